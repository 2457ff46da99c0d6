"""Text as the learned tagger reads it: word pieces with their offsets and letter case, cut into windows at sentences.

Everything here is linear in the length of the text, so that a document of megabytes is read like a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from geo.extraction.language.sentences import split_sentences

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

LOWER, CAPITALISED, UPPER = 0, 1, 2
"""Letter case of a word piece, given to the encoder as its token type (its vocabulary knows lower case only)."""

_CHUNK = 20_000
"""Characters given to the tokenizer at once; it keeps whole sentences together where there are any."""

_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, left over from broken decoding; the tokenizer takes none."""


_WORD = re.compile(r"[^ \t\n\r]+")
"""What no space parts. The tokenizer reads each such stretch alike, whatever stands beside it."""
_LONGEST_KEPT, _MOST_KEPT = 24, 20_000
"""Characters of a word whose pieces are kept, and how many words: news uses the same few thousand over and over."""


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


class _Cut(NamedTuple):
    """The pieces of one word, as parallel tuples; offsets are counted from its start."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    first: tuple[bool, ...]
    case: tuple[int, ...]


class WordCutter:
    """Cuts words into pieces, each word that is met again by what was found the first time."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """The tokenizer must neither truncate nor pad."""
        self._tokenizer = tokenizer
        self._kept: dict[str, _Cut] = {}

    def cut(self, word: str) -> _Cut:
        """Return the pieces of a stretch of text without spaces."""
        found = self._kept.get(word)
        if found is None:
            found = self._made(word)
            if len(word) <= _LONGEST_KEPT and len(self._kept) < _MOST_KEPT:
                self._kept[word] = found
        return found

    def _made(self, word: str) -> _Cut:
        encoding = self._tokenizer.encode(word, add_special_tokens=False)
        offsets = encoding.offsets
        return _Cut(
            ids=tuple(encoding.ids),
            starts=tuple(low for low, _ in offsets),
            ends=tuple(high for _, high in offsets),
            first=tuple(not token.startswith("##") for token in encoding.tokens),
            case=tuple(_letter_case(word, low, high) for low, high in offsets),
        )


def word_pieces(text: str, cutter: WordCutter) -> Pieces:
    """Cut a text into word pieces."""
    text = _SURROGATE.sub("\ufffd", text)
    spans = split_sentences(text)
    found = [
        (word.start(), cutter.cut(word[0]))
        for start, end in _chunks(spans)
        for word in _WORD.finditer(text, start, end)
    ]
    shifts = _joined([(start,) for start, _ in found]).repeat([len(cut.ids) for _, cut in found])
    low = shifts + _joined([cut.starts for _, cut in found])
    case = _joined([cut.case for _, cut in found])
    if _is_in_capitals(text, low, case):
        case[:] = LOWER
    return Pieces(
        ids=_joined([cut.ids for _, cut in found]),
        starts=low,
        ends=shifts + _joined([cut.ends for _, cut in found]),
        first=_joined([cut.first for _, cut in found]).astype(np.bool_),
        case=case,
        sentence=np.searchsorted(np.asarray([start for start, _ in spans], dtype=np.int64), low, side="right") - 1,
    )


def _joined(parts: Sequence[tuple[int, ...]]) -> IntArray:
    return np.fromiter(chain.from_iterable(parts), dtype=np.int64)


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


def _letter_case(word: str, low: int, high: int) -> int:
    if not word[low : low + 1].isupper():
        return LOWER
    return UPPER if high - low > 1 and word[low:high].isupper() else CAPITALISED


def _is_in_capitals(text: str, starts: IntArray, case: IntArray) -> bool:
    """Tell whether capitals say nothing in a text, since there is hardly anything else in it."""
    upper = int((case == UPPER).sum())
    return upper > 0 and upper > 0.6 * sum(1 for start in starts.tolist() if text[start].isalpha())
