"""Places of events, for given triggers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from geo.extraction.recognizers.choice import chosen_places, datelines
from geo.extraction.recognizers.decoding import Span
from geo.training.scoring import Score, matched_score, overlapping_half, total

from .gold import gold_rows, out_of_fold, out_of_fold_note
from .measuring import Figure


def figures_event_location() -> list[Figure]:
    """Measure on event_location, and on its sentences that name Aleppo."""
    rows = gold_rows("data/event_location/train.jsonl")
    found = out_of_fold().spans["event_location"]
    note = out_of_fold_note()
    scores: list[Score] = []
    silent: list[bool] = []
    aleppos: list[bool] = []
    for row in rows:
        gold = [(place["start"], place["end"]) for place in row["locations"]]
        if row["id"] not in found:
            continue
        chosen = chosen_places(
            row["text"],
            [Span(*span) for span in found[row["id"]]],
            choice=out_of_fold().choices_for(row["text"]).places,
            apart_from=datelines(row["text"]),
        )
        predicted = [(span.start, span.end) for span in chosen]
        aleppos.append("Aleppo" in row["text"])
        scores.append(matched_score(gold, predicted, overlapping_half))
        if not gold:
            silent.append(not predicted)
    whole = total(scores)
    aleppo = total(score for score, about in zip(scores, aleppos, strict=True) if about)
    return [
        Figure("event_location.f1", whole.f1, note=note),
        Figure("event_location.precision", whole.precision, note=note),
        Figure("event_location.recall", whole.recall, note=note),
        Figure("event_location.aleppo_f1", aleppo.f1, note=f"sentences that name Aleppo; {note}"),
        Figure("event_location.exact_empty", sum(silent) / len(silent), note=f"no place told, none found; {note}"),
        _gold_with_itself(rows),
    ]


def _gold_with_itself(rows: Iterable[Mapping[str, Any]]) -> Figure:
    """Tell how far the annotators agree with themselves: some triggers of the corpus were asked about twice."""
    asked: dict[tuple[str, str], list[set[str]]] = {}
    for row in rows:
        text, trigger = row["text"], row["trigger"]
        places = {_letters(text[place["start"] : place["end"]]) for place in row["locations"]}
        asked.setdefault((_letters(text), _letters(text[: trigger["start"]])), []).append(places)
    twice = [pair for answers in asked.values() for pair in pairwise(answers)]
    score = total(_agreed(first, second) for first, second in twice)
    return Figure("event_location.gold_with_itself_f1", score.f1, note=f"{len(twice)} triggers annotated twice")


def _agreed(first: set[str], second: set[str]) -> Score:
    return Score(len(first & second), len(second - first), len(first - second))


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
