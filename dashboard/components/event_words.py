"""What an event record says, in the reader's words: its days, its counts with their bounds, and one sentence of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.i18n import Words
from geo.tables import as_day
from geo.vocabulary import Factuality

_STORED = "en"
"""The language in which the store keeps sentences."""


def days_in_words(row: Mapping[str, Any], words: Words) -> str:
    """Return the days of an event with their precision."""
    start, end = as_day(row["date_start"]), as_day(row["date_end"])
    if start is None or end is None:
        return words("card.no_day")
    span = words.day(start) if start == end else f"{words.day(start)} – {words.day(end)}"
    precision = row["time_precision"]
    return span if pd.isna(precision) or precision == 1 else f"{span} ({words(f'time_precision.p{int(precision)}')})"


def count_in_words(row: Mapping[str, Any], name: str, words: Words) -> str:
    """Return a count of people with its bounds: `14 (12 to 20)`, `at least 64`, or that it is not said."""
    low, best, high = (
        None if pd.isna(row[f"{name}_{bound}"]) else int(row[f"{name}_{bound}"]) for bound in ("low", "best", "high")
    )
    return number_in_words(low, best, high, words)


def number_in_words(low: int | None, best: int | None, high: int | None, words: Words) -> str:
    """Return a number with its bounds, of which none need be known."""
    if low is None and best is None and high is None:
        return words("card.not_said")
    if low is not None and high is not None and low != high:
        bounds = words("card.bounds", low=low, high=high)
        return bounds if best is None else f"{best} ({bounds})"
    if high is None and low is not None and (best is None or best == low):
        # `At least 64`: the best estimate is the bound itself, and nothing is known above it.
        return words("card.at_least", n=low)
    if low is None and best is None:
        return words("card.at_most", n=high)
    return str(best if best is not None else low)


def sentence(row: Mapping[str, Any], words: Words) -> str:
    """Return the event in one sentence: the stored one, which is English, or one made of its fields."""
    if words.language == _STORED and row["notes"]:
        return str(row["notes"])
    what = words.name("sub_type", row["sub_event_type"])
    if row["factuality"] != Factuality.ASSERTED:
        what = f"{what} ({words.name('factuality', row['factuality'])})"
    when = words("list.undated") if as_day(row["date_start"]) is None else days_in_words(row, words)
    told = [words("card.sentence", what=what, where=place_name(row, words), when=when)]
    for field, name in (("killed", "fatalities"), ("injured", "injured")):
        if any(not pd.isna(row[f"{name}_{bound}"]) for bound in ("low", "best", "high")):
            told.append(words("card.toll", name=words(f"card.{field}"), count=count_in_words(row, name, words)))
    return " ".join(told)


def place_name(row: Mapping[str, Any], words: Words) -> str:
    """Return the name of an event's place, in the reader's script where it is known."""
    local = row["place_name_local"] if words.right_to_left else ""
    return str(local or row["place_name"] or row["toponym"] or words("card.not_placed"))


def is_stored_language(words: Words) -> bool:
    """Tell whether the reader reads the language in which the store keeps its reasons."""
    return words.language == _STORED
