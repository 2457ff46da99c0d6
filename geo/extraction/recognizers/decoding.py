"""Probabilities of begin, inside and outside to spans of characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.extraction.recognizers.windows import Pieces

FloatArray = NDArray[np.float32]

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
    words = np.flatnonzero(pieces.first)
    marked = begin[words] + inside[words]
    sure = np.flatnonzero(marked >= threshold)
    if not len(sure):
        return []
    sentence = pieces.sentence[words]
    goes_on = marked >= further
    goes_on[1:] &= sentence[1:] == sentence[:-1]
    if touching:
        goes_on &= begin[words] <= inside[words]
    # Words after which a span has to end; a text ends after its last.
    closing = np.append(np.flatnonzero(~goes_on[1:]), len(words) - 1)
    spans: list[Span] = []
    done = -1
    for first in sure.tolist():
        if first <= done:
            continue
        done = int(closing[np.searchsorted(closing, first)])
        last = int(words[done + 1]) - 1 if done + 1 < len(words) else len(pieces) - 1
        start, end = int(pieces.starts[words[first]]), int(pieces.ends[last])
        if end > start:
            spans.append(Span(start, end, label, round(float(marked[first : done + 1].mean()), 4)))
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
    return start, max(start, end)
