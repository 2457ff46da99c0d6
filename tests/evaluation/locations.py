"""Places of events, for given triggers."""

from __future__ import annotations

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
    for row in rows:
        gold = [(place["start"], place["end"]) for place in row["locations"]]
        predicted = [(start, end) for start, end, _, _ in found[row["id"]]]
        scores.append(matched_score(gold, predicted, overlapping_half))
        if not gold:
            silent.append(not predicted)
    whole = total(scores)
    aleppo = total(score for score, row in zip(scores, rows, strict=True) if "Aleppo" in row["text"])
    return [
        Figure("event_location.f1", whole.f1, note=note),
        Figure("event_location.precision", whole.precision, note=note),
        Figure("event_location.recall", whole.recall, note=note),
        Figure("event_location.aleppo_f1", aleppo.f1, note=f"sentences that name Aleppo; {note}"),
        Figure("event_location.exact_empty", sum(silent) / len(silent), note=f"no place told, none found; {note}"),
    ]
