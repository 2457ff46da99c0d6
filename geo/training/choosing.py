"""How sure the tagger must be: chosen where it reads documents that it has not seen, by the F1 of what then stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, TypeVar

from geo.extraction.recognizers.choice import Listing, NameChoice, PlaceChoice, chosen_names, chosen_places, datelines
from geo.extraction.recognizers.decoding import Span
from geo.extraction.recognizers.entities import LABELS as ENTITIES
from geo.extraction.recognizers.entities import standing
from geo.training.corpora import Passage
from geo.training.scoring import Score, exact, matched_score, overlapping_half, same_name_nearby, total

Listed = Listing
"""How sure the gazetteer is of a name."""
Found = Mapping[str, Mapping[str, Sequence[Sequence[Any]]]]
"""Candidates [start, end, label, score], by corpus and document or trigger."""
T = TypeVar("T", NameChoice, PlaceChoice)

Grid = Mapping[str, Sequence[float]]
_NAMES: Grid = {
    "known": (0.3, 0.35, 0.4, 0.45, 0.5, 0.55),
    # No higher: the gold leaves out names that have no coordinates, which small places of a war often have not.
    "unknown": (0.5, 0.6, 0.65, 0.7, 0.75),
    "elsewhere": (0.0, 0.2, 0.3, 0.4, 0.5, 0.6),
}
_PLACES: Grid = {"likeliest": (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6), "further": (0.4, 0.5, 0.6, 0.7, 0.8)}
_SPANS = tuple(round(0.3 + 0.025 * step, 3) for step in range(17))
NAME_CORPORA = {
    "toponym": ("lgl", "geovirus"),
    "lgl_toponym": ("lgl",),
    "geovirus_toponym": ("geovirus",),
}
"""The corpora by which each label of names is judged."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How sure the model must be of everything that it marks."""

    names: Mapping[str, NameChoice]
    places: PlaceChoice
    spans: Mapping[str, float]
    """By label of re3d: mean probability from which a span stands."""

    def record(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return asdict(self)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Choices:
        """Return what `record` made a record of."""
        names = {label: NameChoice(**each) for label, each in record["names"].items()}
        return cls(names, PlaceChoice(**record["places"]), dict(record["spans"]))


def best_choices(passages: Sequence[Passage], found: Found, *, listed: Listed) -> Choices:
    """Return the choices by which most of the candidates of the passages are judged rightly."""
    by_corpus = {
        corpus: [passage for passage in passages if passage.corpus == corpus and _is_read(passage, found)]
        for corpus in found
    }

    def names_f1(label: str, choice: NameChoice) -> float:
        scores = (
            name_score(by_corpus[corpus], found[corpus], label, choice, listed=listed) for corpus in NAME_CORPORA[label]
        )
        return sum(score.f1 for score in scores)

    names = {label: _climbed(NameChoice(), _NAMES, partial(names_f1, label)) for label in NAME_CORPORA}
    sentences = by_corpus["event_location"]
    places = _climbed(PlaceChoice(), _PLACES, lambda choice: place_score(sentences, found["event_location"], choice).f1)
    documents = by_corpus["re3d"]

    def entities_f1(label: str, least: float) -> float:
        return entity_score(documents, found["re3d"], label, least).f1

    spans = {label: _smooth_best(_SPANS, partial(entities_f1, label)) for label in ENTITIES}
    return Choices(names, places, spans)


def name_score(
    passages: Sequence[Passage], found: Mapping[str, Any], label: str, choice: NameChoice, *, listed: Listed
) -> Score:
    """Count names of places by the rule of the leaderboard."""
    scores = []
    for passage in passages:
        candidates = [Span(*row) for row in found[passage.passage_id] if row[2] == label]
        chosen = chosen_names(passage.text, candidates, listed=listed, choice=choice)
        gold = [(mark.start, mark.end) for mark in passage.marks if mark.label == label]
        guesses = [(span.start, span.end) for span in chosen]
        scores.append(matched_score(gold, guesses, same_name_nearby(passage.text)))
    return total(scores)


def place_score(passages: Sequence[Passage], found: Mapping[str, Any], choice: PlaceChoice) -> Score:
    """Count places of triggers."""
    scores = []
    for passage in passages:
        apart = datelines(passage.text)
        for link in passage.links:
            candidates = [Span(*row) for row in found[link.link_id]]
            chosen = chosen_places(passage.text, candidates, choice=choice, apart_from=apart)
            scores.append(matched_score(link.places, [(span.start, span.end) for span in chosen], overlapping_half))
    return total(scores)


def entity_score(passages: Sequence[Passage], found: Mapping[str, Any], label: str, least: float) -> Score:
    """Count locations or organisations, nested ones too, by exact spans."""
    scores = []
    for passage in passages:
        gold = sorted({(mark.start, mark.end) for mark in passage.entities if mark.label == label})
        candidates = [Span(*row) for row in found[passage.passage_id]]
        stand = standing(passage.text, candidates, label=label, least=least)
        scores.append(matched_score(gold, [(span.start, span.end) for span in stand], exact))
    return total(scores)


def _smooth_best(values: Sequence[float], measure: Callable[[float], float]) -> float:
    """Return the value whose neighbourhood is best: a lone peak over few documents is chance."""
    heights = [measure(value) for value in values]
    means = [sum(near) / len(near) for near in (heights[max(0, at - 1) : at + 2] for at in range(len(heights)))]
    return values[means.index(max(means))]


def _is_read(passage: Passage, found: Found) -> bool:
    rows = found[passage.corpus]
    return all(link.link_id in rows for link in passage.links) if passage.links else passage.passage_id in rows


def _climbed(start: T, grid: Grid, measure: Callable[[T], float]) -> T:
    """Set one value after the other to its best, until none gets better."""
    best, height = start, measure(start)
    for _ in range(3):
        before = height
        for name, values in grid.items():
            for value in values:
                other = replace(best, **{name: value})
                reached = height if other == best else measure(other)
                if reached > height:
                    best, height = other, reached
        if height == before:
            break
    return best
