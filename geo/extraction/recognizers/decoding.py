"""Probabilities of begin, inside and outside to spans of characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.extraction.recognizers.windows import BoolArray, IntArray, Pieces

FloatArray = NDArray[np.float32]

FURTHER = 0.7
"""Share of a threshold from which a word goes on a span that a surer word opened."""

_ARTICLE = re.compile(r"(?<!\w)(?:al|el|as|ash|ad|an|ar|at|az|es|ez|ul)[-‐‑]$", re.IGNORECASE)
_GLOTTAL = re.compile(r"['’‘`ʿʾ][^\W\d_]{2,}")
_AROUND = ' \t\n\xa0,.;:!?"“”()[]-'
_OPEN = re.compile(r"[^\w(\"“]+")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text that the model marks, half-open in characters."""

    start: int
    end: int
    label: str
    score: float
    """Mean probability over its words that they carry the label."""


def decoded_spans(
    begin: FloatArray,
    inside: FloatArray,
    pieces: Pieces,
    *,
    label: str,
    threshold: float,
    further: float,
    touching: bool = True,
) -> list[Span]:
    """Return the spans of one label; `begin` and `inside` are probabilities by piece.

    A span starts at a word that carries the label with probability `threshold`, and goes on over words that carry it
    with `further`: the second word of a name is doubted more often than it is wrong. It breaks at the end of a
    sentence and, where spans may be `touching`, where begin is likelier than inside.
    """
    words = Words.of(pieces)
    opening = begin[words.first] > inside[words.first] if touching else None
    marked = begin[words.first] + inside[words.first]
    return words.spans(marked, opening, label=label, threshold=threshold, further=further)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a stretch of pieces: what carries labels."""

    first: IntArray
    """The first piece of each, counted from the beginning of the stretch."""
    starts: IntArray
    """Of the pieces of the stretch; so are `ends`."""
    ends: IntArray
    sentence: Sequence[int]
    """Number of the sentence of each word."""

    @classmethod
    def of(cls, pieces: Pieces) -> Words:
        """Return the words of a text."""
        first = np.flatnonzero(pieces.first)
        return cls(first, pieces.starts, pieces.ends, pieces.sentence[first].tolist())

    @classmethod
    def within(cls, pieces: Pieces, low: int, high: int) -> Words:
        """Return the words of a stretch of pieces that is read as one sentence."""
        first = np.flatnonzero(pieces.first[low:high])
        return cls(first, pieces.starts[low:high], pieces.ends[low:high], [0] * len(first))

    def spans(
        self,
        marked: FloatArray,
        opening: BoolArray | None,
        *,
        label: str,
        threshold: float,
        further: float,
    ) -> list[Span]:
        """Return the spans of words that are `marked` with a probability each, as `decoded_spans` has it.

        `opening` tells of which words begin is likelier than inside; without it nothing but a sentence breaks a span.
        """
        sure: list[int] = np.flatnonzero(marked >= threshold).tolist()
        if not sure:
            return []
        goes_on: list[bool] = (marked >= further if opening is None else (marked >= further) & ~opening).tolist()
        sentence, count = self.sentence, len(self.first)
        spans: list[Span] = []
        done = -1
        for first in sure:
            if first <= done:
                continue
            done = first
            while done + 1 < count and goes_on[done + 1] and sentence[done + 1] == sentence[done]:
                done += 1
            start = int(self.starts[self.first[first]])
            end = int(self.ends[self.first[done + 1] - 1 if done + 1 < count else -1])
            if end > start:
                # As `mean`, which counts the axes of a few numbers for longer than it adds them.
                score = float(np.add.reduce(marked[first : done + 1]) / (done + 1 - first))
                spans.append(Span(start, end, label, round(score, 4)))
        return spans


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the space and marks around its words; empty where nothing else is in it."""
    words = text[start:end]
    start += len(words) - len(words.lstrip(_AROUND))
    words = text[start:end].rstrip(_AROUND)
    end = start + len(words)
    # What was opened inside is closed there, and an abbreviation keeps its stop.
    for closing, within in ((")", "("), (".", ".")):
        if text[end : end + 1] == closing and within in words:
            end += 1
    return start, end


_OF_SITE = re.compile(r"\s(?:military|air|naval|border|refugee|power|international)\Z")
_SITE = re.compile(r"\s(?:airport|airbase|airfield|base|camp|crossing|station|plant)\b")
"""What a mark that ends in `Mezzeh military` has left out."""


def whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span with what belongs to the name and without what does not; empty where no letter is left.

    Word pieces end at hyphens and apostrophes, so that a span may hold half of `al-Raqqa` or of `Sheikh Sa'eed`.
    """
    article = _ARTICLE.search(text, max(0, start - 5), start)
    if article:
        start = article.start()
    elif text[start - 1 : start] != "(" and (mark := _OPEN.match(text, start, end)):
        start = mark.end()
    ending = _GLOTTAL.match(text, end) or (_SITE.match(text, end) if _OF_SITE.search(text, start, end) else None)
    if ending:
        end = ending.end()
    while end > start and text[end - 1] in ",;:":
        end -= 1  # `South Kivu: on 12 November …`
    return start, max(start, end)
