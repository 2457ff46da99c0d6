"""Words of a stretch of text, and phrases looked up among them.

A phrase is a run of words with nothing but spaces or hyphens between them, so that `air strike`, `air-strike` and a
text whose hyphens were lost (`air  strike`) read alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.N.
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?\b"  # 1,200  20th  1990s
    r"|['’]s\b"  # a possessive stands alone: Aleppo | 's
    r"|\w+"
    r"|[^\w\s]"
)


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written as one string."""
    return frozenset(words.split())


_GAP = frozenset(" \t\r\n\u00a0-\u2010\u2011\u2013")
_HYPHENS = frozenset("-\u2010\u2011\u2013")
_QUOTES = str.maketrans("’‘`´", "''''")


class Word(NamedTuple):
    """One word, number or mark, with its offsets in the document."""

    start: int
    end: int
    low: str
    """Lower case, with typographic apostrophes made plain."""
    capital: bool
    """Whether it starts with an upper-case letter."""

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation."""
        return not (self.low[0].isalnum() or self.low[0] in "_'")


class SentenceWords(tuple[Word, ...]):
    """The words of a sentence in order. Every word list is looked up in them, so their lower case is made once."""

    @cached_property
    def lows(self) -> list[str]:
        """The words in lower case."""
        return [word.low for word in self]


class Lows(dict[int, str]):
    """Words in lower case by position; empty outside."""

    def __missing__(self, position: int) -> str:
        return ""


class Positions(dict[int, int]):
    """Positions of words by offset, each looked for once."""

    def __init__(self, starts: Iterable[int]) -> None:
        self._starts = list(starts)

    def __missing__(self, offset: int) -> int:
        found = self[offset] = max(0, bisect_right(self._starts, offset) - 1)
        return found


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of `text[start:end]` in order, with offsets into `text`."""
    words = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        surface = match[0]
        low = surface.lower()
        plain = low if low.isascii() else low.translate(_QUOTES)
        words.append(_word((*match.span(), plain, surface[0].isupper())))
    return words


_word = partial(tuple.__new__, Word)
"""As `Word._make`, which would count the fields of every word."""


@lru_cache(maxsize=2_048)
def sentence_words(text: str, start: int, end: int) -> SentenceWords:
    """Return the words of a sentence as `words_of` does; those who mark it and those who read it need the same."""
    return SentenceWords(words_of(text, start, end))


def _is_gap(text: str) -> bool:
    return all(character in _GAP for character in text)


class Found(NamedTuple, Generic[T]):
    """A phrase found at `words[first:last]`, and what it stands for."""

    first: int
    last: int
    value: T


@dataclass(frozen=True, slots=True)
class _Phrase(Generic[T]):
    key: tuple[str, ...]
    surface: str
    value: T

    def fits_case(self, surface: str, *, cased: bool) -> bool:
        """Return whether the text writes it as a name is written: `WHO` is not `who`."""
        if self.surface.isupper() and len(self.key) == 1:
            return surface == self.surface if cased else len(self.surface) > 3
        return not cased or not self.surface[0].isupper() or surface[0].isupper()


_KEPT_ANSWERS = 50_000
"""Phrases whose answer a table keeps: the same few are asked for again and again."""


class PhraseTable(Generic[T]):
    """Phrases and what they stand for; the longest phrase at a word wins. Cannot change once made.

    A phrase that starts with an upper-case letter is a name, and one in capitals an acronym: they are found only so
    written, unless the text has lost its case.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        table: dict[str, list[_Phrase[T]]] = {}
        for surface, value in phrases:
            key = tuple(word.low for word in words_of(surface) if word.low != "-")
            if key:
                table.setdefault(key[0], []).append(_Phrase(key, surface, value))
        # Longest first; of two of one length the earlier row of the file wins.
        self._table = {head: sorted(rows, key=lambda row: -len(row.key)) for head, rows in table.items()}
        self._asked: dict[str, T | None] = {}

    def __len__(self) -> int:
        return sum(map(len, self._table.values()))

    def values(self) -> Iterator[T]:
        """Yield what every phrase stands for."""
        return (row.value for rows in self._table.values() for row in rows)

    def get(self, phrase: str) -> T | None:
        """Return what exactly this phrase stands for, whatever its case."""
        if phrase in self._asked:
            return self._asked[phrase]
        low = tuple(word.low for word in words_of(phrase) if word.low != "-")
        rows = self._table.get(low[0], ()) if low else ()
        found = next((row.value for row in rows if row.key == low), None)
        if len(self._asked) < _KEPT_ANSWERS:
            self._asked[phrase] = found
        return found

    def may_stand_in(self, words: Sequence[Word]) -> bool:
        """Return whether any phrase begins with one of the words: most tables have none in most sentences."""
        return not self._table.keys().isdisjoint(lows_of(words))

    def find(self, text: str, words: Sequence[Word], *, cased: bool = True) -> Iterator[Found[T]]:
        """Yield the phrases among `words`, left to right; no two overlap."""
        table = self._table
        lows = lows_of(words)
        if table.keys().isdisjoint(lows):
            return
        free = 0
        for position in [index for index, low in enumerate(lows) if low in table]:
            if position < free:
                continue
            following = next((low for low in lows[position + 1 : position + 3] if low not in _HYPHENS), "")
            for row in table[lows[position]]:
                if len(row.key) > 1 and row.key[1] != following and following:
                    continue
                last = position + 1 if len(row.key) == 1 else _run_end(text, words, position, row.key)
                if last > position and row.fits_case(text[words[position].start : words[last - 1].end], cased=cased):
                    yield Found(position, last, row.value)
                    free = last
                    break


def lows_of(words: Sequence[Word]) -> Sequence[str]:
    """Return words in lower case."""
    return words.lows if isinstance(words, SentenceWords) else [word.low for word in words]


def _run_end(text: str, words: Sequence[Word], first: int, key: tuple[str, ...]) -> int:
    """Return the index after the run of words that spells `key` from `first`, or `first` where none does."""
    position = first
    for offset, low in enumerate(key):
        if offset:
            position += 1
            while position < len(words) and words[position].low in _HYPHENS:
                position += 1
        if position >= len(words) or words[position].low != low:
            return first
        if offset and low != "'s" and not _is_gap(text[words[position - 1].end : words[position].start]):
            return first
    return position + 1


def is_past_form(low: str) -> bool:
    """Return whether a word has the form of a past tense or participle."""
    return low.endswith("ed") or low in _IRREGULAR


_IRREGULAR = word_set(
    "shot took hit struck fought stole fled withdrew burnt blew slew threw opened fired set broke overran retook beat "
    "fell drove tore caught sent lost found"
)
