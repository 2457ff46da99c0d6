"""One noun at the end of a list of nations, for all its numbers: `45 Emirati, ten Saudi and five Bahraini soldiers`."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.casualties.words_of_harm import PEOPLE, is_countryman
from geo.extraction.language.numbers import number_of

_LINKS = frozenset({",", "and"})
_NATIONAL = ("i", "ish", "ese", "ian", "ean", "can")
"""Endings of words for a nation, which stand before the noun that all numbers of the list share."""
_MOST = 6
"""Numbers that one list may have."""


def shared_noun(lows: Sequence[str], position: int) -> tuple[str, int] | None:
    """Return the noun that a number ending at a position shares with later ones, and where it ends; None for none."""
    at = position
    for listed in range(_MOST):
        if at >= len(lows) or not _is_nation(lows, at):
            return None
        at += 1
        if listed and at < len(lows) and lows[at] in PEOPLE:
            return lows[at], at + 1
        if at >= len(lows) or lows[at] not in _LINKS:
            return None
        while at < len(lows) and lows[at] in _LINKS:
            at += 1
        if at >= len(lows) or number_of(lows[at]) is None:
            return None
        at += 1
    return None


def _is_nation(lows: Sequence[str], at: int) -> bool:
    known = f"{lows[at]}s" in PEOPLE or is_countryman([lows[at]], 0)
    return known or (lows[at].isalpha() and len(lows[at]) > 4 and lows[at].endswith(_NATIONAL))
