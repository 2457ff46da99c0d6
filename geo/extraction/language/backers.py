"""Names that do not tell whose country it is: the Iran of `militias backed by Iran`, the Turk of `ethnic Turks`."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.language.words import Word, word_set

_HELPED = word_set(
    "backed supported aided assisted helped armed trained funded sponsored joined reinforced accompanied"
)
_BETWEEN = word_set("the a an its local allied")
_WITHIN = 4
"""Words from `by` to the name, at most."""


def only_backs(words: Sequence[Word], first: int) -> bool:
    """Return whether the name at a position is only whom a side is backed by, or a people wherever it lives."""
    if first and words[first - 1].low == "ethnic":
        return True
    if first > 1 and words[first - 1].low == "-" and words[first - 2].low in ("pro", "anti"):
        return True  # `pro-Russian gunmen` fight anywhere
    for at in range(first - 1, max(0, first - 1 - _WITHIN), -1):
        low = words[at].low
        if low == "by":
            return words[at - 1].low in _HELPED
        if low not in _BETWEEN:
            return False
    return False
