"""Numbers that count no people: of days, kilometres, houses or weapons, and ages."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.language.numbers import Number
from geo.extraction.language.words import word_set

UNITS = word_set(
    "january february march april may june july august september october november december "
    "day days hour hours week weeks month months year years minute minutes km kilometres kilometers miles mile "
    "metres meters percent % per dollars million airstrikes strikes raids rockets shells bombs missiles houses "
    "homes villages vehicles tanks times hospitals schools buildings am pm a.m p.m districts neighbourhoods "
    "neighborhoods attacks bodies-of - tonnes tons rounds checkpoints countries provinces cities towns trucks "
    "buses cars cattle cows sheep goats camels donkeys horses livestock animals dogs chickens birds elephants calves "
    "pigs oxen buffaloes poultry drones positions targets bunkers boats ships jets helicopters planes aircraft sites "
    "depots weapons motorcycles rifles motorbikes launchers huts shops structures dwellings"
)
"""Nouns of what is counted that are neither people nor their bodies."""


def is_measure(lows: Sequence[str], number: Number) -> bool:
    """Return whether a number is of things or of years: `12 rockets`, `a 14-year`."""
    after = list(lows[number.last : number.last + 3])
    if after[:1] == ["of"] and len(after) == 3 and after[1].isdigit():
        return after[2] in UNITS  # `46 of 52 drones`
    return bool(after) and (
        after[0] in UNITS or after[:2] == ["-", "year"] or after[0] == "year" or after[:2] == ["years", "old"]
    )
