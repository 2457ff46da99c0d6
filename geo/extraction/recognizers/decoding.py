"""Probabilities of begin, inside and outside to spans of characters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.extraction.recognizers.windows import Pieces

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text that the model marks, half-open in characters."""

    start: int
    end: int
    label: str
    score: float
    """Mean probability over its words that they carry the label."""


def decoded_spans(begin: FloatArray, inside: FloatArray, pieces: Pieces, *, label: str, threshold: float) -> list[Span]:
    """Return the spans of one label; `begin` and `inside` are probabilities by piece.

    A word carries the label where the two together reach `threshold`. A span breaks where begin is likelier than
    inside, and at the end of a sentence.
    """
    words = np.flatnonzero(pieces.first)
    if not len(words):
        return []
    marked = begin[words] + inside[words]
    carries = marked >= threshold
    if not carries.any():
        return []
    before = np.concatenate(([False], carries[:-1]))
    sentence = pieces.sentence[words]
    turned = np.concatenate(([True], sentence[1:] != sentence[:-1]))
    starts = carries & (~before | turned | (begin[words] > inside[words]))
    after = np.concatenate((carries[1:], [False]))
    next_starts = np.concatenate((starts[1:], [True]))
    ends = carries & (~after | next_starts)
    last_piece = np.concatenate((words[1:], [len(pieces)])) - 1
    spans = []
    for first, last in zip(np.flatnonzero(starts), np.flatnonzero(ends), strict=True):
        start, end = int(pieces.starts[words[first]]), int(pieces.ends[last_piece[last]])
        if end > start:
            spans.append(Span(start, end, label, round(float(marked[first : last + 1].mean()), 4)))
    return spans
