"""Names of places: found (by the leaderboard's rule and exactly), and placed, given or end to end."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from typing import Any

from geo.extraction.recognizers.choice import Listing, chosen_names, gazetteer_lists
from geo.extraction.recognizers.decoding import Span
from geo.model import Document, Mention, Resolved, Unresolved
from geo.places import Gazetteer, Resolver, open_gazetteer
from geo.places.ranking import read_weights
from geo.settings import read_settings
from geo.training.place_lessons import GoldDocument, read_gold
from geo.training.places import FOLDS, with_anchors
from geo.training.scoring import exact, matched_score, same_name_nearby, total
from geo.vocabulary import MentionKind

from .gold import SHARED, gold_rows, out_of_fold, out_of_fold_note, scorer
from .measuring import Figure

Row = dict[str, Any]
_CORPORA = ("lgl", "geovirus")
_UNSEEN = "anchors learnt on other documents"


def figures_lgl() -> list[Figure]:
    """Measure on LGL, whose gold counts the adjectives of nations as names of places."""
    return _figures("lgl")


def figures_geovirus() -> list[Figure]:
    """Measure on GeoVirus."""
    return _figures("geovirus")


def _figures(corpus: str) -> list[Figure]:
    rows = gold_rows(f"data/geoparsing/{corpus}.jsonl")
    candidates = out_of_fold().spans[corpus]
    rows = [row for row in rows if row["id"] in candidates]
    listed = gazetteer_lists(_gazetteer().find_toponyms)
    found = {row["id"]: _chosen(row, candidates[row["id"]], f"{corpus}_toponym", listed) for row in rows}
    usual = {row["id"]: _chosen(row, candidates[row["id"]], "toponym", listed) for row in rows}
    note = out_of_fold_note()
    ranked = f"the ranking of places has learnt from this corpus; {_ranking_measured()}"
    recognised = total(matched_score(_gold(row), found[row["id"]], same_name_nearby(row["text"])) for row in rows)
    usually = total(matched_score(_gold(row), usual[row["id"]], same_name_nearby(row["text"])) for row in rows)
    exactly = total(matched_score(_gold(row), found[row["id"]], exact) for row in rows)
    gold = {row["id"]: _gold(row) for row in rows}
    given = _placed(rows, gold, _resolved)
    known = _placed(rows, gold, _resolved_known)
    baseline = _placed(rows, gold, _most_populous)
    end_to_end = _placed(rows, found, _resolved)
    return [
        Figure(f"{corpus}.f1", recognised.f1, note=f"EUPEG rule; {note}"),
        Figure(f"{corpus}.precision", recognised.precision, note=f"EUPEG rule; {note}"),
        Figure(f"{corpus}.recall", recognised.recall, note=f"EUPEG rule; {note}"),
        Figure(f"{corpus}.exact_f1", exactly.f1, note=f"exact spans; {note}"),
        Figure(f"{corpus}.usual_f1", usually.f1, note=f"the label that reading uses, learnt from all corpora; {note}"),
        Figure(f"{corpus}.given161", given["placed161"], note=f"gold names given, within 161 km; {_UNSEEN}; {ranked}"),
        Figure(f"{corpus}.given161_known_points", known["placed161"], note=f"by the gazetteer's points; {ranked}"),
        Figure(f"{corpus}.given161_population", baseline["placed161"], note="baseline: the most populous of the name"),
        Figure(
            f"{corpus}.placed161",
            end_to_end["placed161"],
            note=f"all gold, found and placed; names {note}; {_UNSEEN}; {ranked}",
        ),
    ]


def _chosen(row: Row, candidates: Sequence[Sequence[Any]], label: str, listed: Listing) -> list[tuple[int, int]]:
    """Return the names that stand, by thresholds chosen on other documents."""
    spans = [Span(*span) for span in candidates if span[2] == label]
    choice = out_of_fold().choices_for(row["text"]).names[label]
    return [(span.start, span.end) for span in chosen_names(row["text"], spans, listed=listed, choice=choice)]


def _gold(row: Row) -> list[tuple[int, int]]:
    return [(gold["start"], gold["end"]) for gold in row["toponyms"] if gold.get("lat") is not None]


def _placed(rows: Sequence[Row], spans: Mapping[str, Sequence[tuple[int, int]]], place: Any) -> dict[str, Any]:
    """Place spans and score them by the leaderboard's rule."""
    predicted = {}
    for row in rows:
        points = place(row, spans[row["id"]])
        predicted[row["id"]] = {
            "toponyms": [
                {"start": start, "end": end, "surface": row["text"][start:end], "lon": lon, "lat": lat}
                for (start, end), (lon, lat) in zip(spans[row["id"]], points, strict=True)
            ]
        }
    result: dict[str, Any] = scorer("score_geoparsing").score({row["id"]: row for row in rows}, predicted)
    return result


Points = list[tuple[float | None, float | None]]


def _resolved(row: Row, spans: Sequence[tuple[int, int]]) -> Points:
    return [(one.lon, one.lat) if isinstance(one, Resolved) else (None, None) for one in _answers(row, spans)]


def _resolved_known(row: Row, spans: Sequence[tuple[int, int]]) -> Points:
    """Return the gazetteer's own points of large areas, not their anchors."""
    places = [one.place if isinstance(one, Resolved) else None for one in _answers(row, spans)]
    return [(place.lon, place.lat) if place else (None, None) for place in places]


def _answers(row: Row, spans: Sequence[tuple[int, int]]) -> Sequence[Resolved | Unresolved]:
    document = Document(row["id"], row["text"])
    resolver = _resolver(_folds()[row["text"]])
    return resolver.resolve_toponyms(document, [_mention(row, span) for span in spans])


def _most_populous(row: Row, spans: Sequence[tuple[int, int]]) -> Points:
    points: Points = []
    for start, end in spans:
        places = [candidate.place for candidate in _gazetteer().candidates(row["text"][start:end])]
        best = max(places, key=lambda place: place.population, default=None)
        points.append((best.lon, best.lat) if best else (None, None))
    return points


def _mention(row: Row, span: tuple[int, int]) -> Mention:
    return Mention(*span, row["text"][slice(*span)], MentionKind.TOPONYM)


def _ranking_measured() -> str:
    weights = json.loads((read_settings().models / "places.json").read_text(encoding="utf-8"))
    return f"by itself: {weights.get('measured', 'not measured')}"


@functools.cache
def _gazetteer() -> Gazetteer:
    return open_gazetteer(read_settings())


@functools.cache
def _golds() -> list[GoldDocument]:
    return [gold for corpus in _CORPORA for gold in read_gold(SHARED / f"data/geoparsing/{corpus}.jsonl")]


@functools.cache
def _folds() -> dict[str, int]:
    """Return each document's fold by its text, the same as in training."""
    corpora = [gold_rows(f"data/geoparsing/{corpus}.jsonl") for corpus in _CORPORA]
    return {row["text"]: at % FOLDS for rows in corpora for at, row in enumerate(rows)}


@functools.cache
def _resolver(fold: int) -> Resolver:
    """Return the resolver whose anchors have not seen the documents of a fold."""
    shipped = read_weights(read_settings().models / "places.json")
    unseen = [gold for gold in _golds() if _folds()[gold.document.text] != fold]
    return Resolver(_gazetteer(), weights=with_anchors(shipped, unseen, _gazetteer()))
