"""Entities of re3d, wider than names: locations and organisations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo.extraction.recognizers.decoding import Span
from geo.extraction.recognizers.entities import standing
from geo.training.scoring import exact, matched_score, overlapping_half, total

from .gold import gold_rows, out_of_fold, out_of_fold_note
from .measuring import Figure


def figures_re3d() -> list[Figure]:
    """Measure on re3d; nested entities count, each stretch once a label."""
    rows = gold_rows("data/re3d/train.jsonl")
    found = out_of_fold().spans["re3d"]
    figures = []
    for label in ("Location", "Organisation"):
        name = label.lower()
        read = {row["id"]: _stretches(row["text"], found[row["id"]], name) for row in rows if row["id"] in found}
        for rule, agree in (("exact", exact), ("overlap", overlapping_half)):
            score = total(
                matched_score(
                    sorted({(each["start"], each["end"]) for each in row["entities"] if each["label"] == label}),
                    read[row["id"]],
                    agree,
                )
                for row in rows
                if row["id"] in read
            )
            figures.append(Figure(f"re3d.{name}_{rule}_f1", score.f1, note=out_of_fold_note()))
    return figures


def _stretches(text: str, rows: Sequence[Sequence[Any]], label: str) -> list[tuple[int, int]]:
    least = out_of_fold().choices_for(text).spans[label]
    stand = standing(text, [Span(*row) for row in rows], label=label, least=least)
    return [(span.start, span.end) for span in stand]
