"""Text as the learned tagger reads it: word pieces with their offsets and letter case, cut into windows at sentences.

Everything here is linear in the length of the text, so that a document of megabytes is read like a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from geo.extraction.sentences import split_sentences

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

LOWER, CAPITALISED, UPPER = 0, 1, 2
"""Letter case of a word piece, given to the encoder as its token type (its vocabulary knows lower case only)."""

_CHUNK = 20_000
"""Characters given to the tokenizer at once; it keeps whole sentences together where there are any."""

_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, left over from broken decoding; the tokenizer takes none."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one text, as parallel arrays; offsets are half-open, in characters of the text."""

    ids: IntArray
    starts: IntArray
    ends: IntArray
    first: BoolArray
    """True on the first piece of a word; words are what gets labels."""
    case: IntArray
    sentence: IntArray
    """Number of the sentence that the piece lies in, counted from 0."""

    def __len__(self) -> int:
        return len(self.ids)


def word_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut a text into word pieces; `tokenizer` must neither truncate, pad nor add special tokens."""
    text = _SURROGATE.sub("\ufffd", text)
    spans = split_sentences(text)
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    first: list[bool] = []
    for start, end in _chunks(spans):
        encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
        ids += encoding.ids
        offsets += [(start + low, start + high) for low, high in encoding.offsets]
        first += [not token.startswith("##") for token in encoding.tokens]
    # Each in a piece of its own: a column of a table would be copied by every search in it.
    low, high = np.ascontiguousarray(np.asarray(offsets, dtype=np.int64).reshape(-1, 2).T)
    borders = np.asarray([start for start, _ in spans], dtype=np.int64)
    return Pieces(
        ids=np.asarray(ids, dtype=np.int64),
        starts=low,
        ends=high,
        first=np.asarray(first, dtype=np.bool_),
        case=_letter_case(text, offsets),
        sentence=np.searchsorted(borders, low, side="right") - 1,
    )


def window_ranges(pieces: Pieces, *, limit: int, overlap: int = 24) -> list[tuple[int, int]]:
    """Return ranges of pieces, each at most `limit` long, that together cover the text.

    A window ends where a sentence does. A sentence longer than `limit` is cut into windows that share `overlap`
    pieces, so that every word is seen with some of its context on both sides by one of them.
    """
    changes = np.flatnonzero(np.diff(pieces.sentence)) + 1
    borders = [*changes.tolist(), len(pieces)]
    ranges: list[tuple[int, int]] = []
    start = previous = 0
    for border in borders:
        if border - start > limit:
            if previous > start:
                ranges.append((start, previous))
                start = previous
            while border - start > limit:
                ranges.append((start, start + limit))
                start += limit - overlap
        previous = border
    if previous > start:
        ranges.append((start, previous))
    return ranges


def _chunks(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Group sentences into stretches of about `_CHUNK` characters, and cut longer sentences."""
    start = end = -1
    for low, high in spans:
        if start >= 0 and high - start > _CHUNK:
            yield start, end
            start = -1
        if start < 0:
            start = low
        while high - start > _CHUNK:
            yield start, start + _CHUNK
            start += _CHUNK
        end = high
    if start >= 0 and end > start:
        yield start, end


def _letter_case(text: str, offsets: Sequence[tuple[int, int]]) -> IntArray:
    """Tell the letter case of each piece; all lower where capitals tell nothing (none at all, or nothing else)."""
    case = np.zeros(len(offsets), dtype=np.int64)
    for index, (start, end) in enumerate(offsets):
        if text[start].isupper():
            case[index] = UPPER if end - start > 1 and text[start:end].isupper() else CAPITALISED
    upper = int((case == UPPER).sum())
    if upper and upper > 0.6 * sum(1 for start, _ in offsets if text[start].isalpha()):
        case[:] = LOWER
    return case
