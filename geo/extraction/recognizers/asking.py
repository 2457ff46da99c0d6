"""What the readings of links are asked: in each sentence, at which words the events of triggers may have happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geo.extraction.recognizers.decoding import FloatArray
from geo.extraction.recognizers.sections import Window
from geo.extraction.recognizers.windows import BoolArray, IntArray

_TOGETHER = 16
"""Triggers that are asked for at once, at most: memory does not grow with what a text holds of them."""


@dataclass(frozen=True, slots=True)
class Question:
    """Triggers of one scope, their sentence, and the words in it that may name a place."""

    window: int
    """First piece of the window."""
    low: int
    high: int
    """The scope, in pieces of the section, as `window` is."""
    candidates: IntArray
    """Pieces that may belong to a place, counted from `low`."""
    numbers: tuple[int, ...]
    """Of the triggers in their section."""
    position: IntArray
    """First piece of each trigger, counted from `low`."""


def questions(window: Window, names: FloatArray, first: BoolArray, *, nameless: float) -> Iterator[Question]:
    """Yield what is asked of the triggers of a window; what goes together depends on their document alone.

    `names` holds the probability that each piece of the window belongs to the name of a place, `first` says which begin
    a word. A word may name a place where it or a neighbour reaches `nameless`; scopes without one are left out.
    """
    scopes: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for number, piece, low, high in window.triggers:
        scopes.setdefault((low, high), []).append((number, piece - low))
    for (low, high), triggers in scopes.items():
        at = slice(low - window.low, high - window.low)
        candidates = _candidates(names[at], first[at], nameless)
        if not len(candidates):
            continue
        for start in range(0, len(triggers), _TOGETHER):
            numbers, position = zip(*triggers[start : start + _TOGETHER], strict=True)
            yield Question(window.low, low, high, candidates, numbers, np.asarray(position, dtype=np.int64))


def _candidates(names: FloatArray, first: BoolArray, nameless: float) -> IntArray:
    words = np.flatnonzero(first)
    named = np.concatenate(([False], names[words] >= nameless, [False]))
    return words[named[:-2] | named[1:-1] | named[2:]]
