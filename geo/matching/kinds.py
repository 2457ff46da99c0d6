"""What spares work where many accounts are alike: of ten thousand of one city and day, most are of a few hundred kinds.

Nothing is decided here and nothing left out: what two accounts of the same kinds as two others have in common is the
same number, and words are counted as they would be one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geo.matching.columns import Columns, Counts, Floats, Integers

_MOST_KINDS: Final = 4_000
"""With more, pairs are compared one by one: the table of them would take more than 64 MB."""
_LARGEST_TABLE: Final = 256 * 1024 * 1024
"""Bytes of the table of words."""
_SHORT_RUN: Final = 8
"""Pairs of one row below which a set is as quick as a table."""
_SPARSE: Final = 8
"""Cells of a row that are added up in the time that one is looked for in."""
_WORDS: Final = ("words", "spelling", "document")
"""Columns that the words of a pair are compared by, or nothing else than its threshold."""


class Kinds:
    """What speaks for pairs but their words, worked out once for each two kinds of accounts."""

    def __init__(self, columns: Columns, of: Callable[[Integers, Integers], Floats]) -> None:
        """`of` compares pairs of rows by nothing but what makes their kinds."""
        self._of = of
        names = _rows_of(columns)
        known: dict[bytes, int] = {}
        self._kind = np.array([known.setdefault(name, len(known)) for name in names], dtype=np.int64)
        self._count = len(known)
        _, self._first = np.unique(self._kind, return_index=True)
        small = 0 < self._count <= _MOST_KINDS and self._count < len(names)
        self._place = np.zeros(self._count * self._count, dtype=np.int32) if small else None
        """For each two kinds where their score stands; 0 where it is not known yet."""
        self._scores: Floats = np.zeros(1)

    def __call__(self, one: Integers, other: Integers) -> Floats:
        """Return what speaks for pairs of rows."""
        if self._place is None:
            return self._of(one, other)
        # The second row is the same for many pairs in turn: what is known of its kind lies beside each other.
        pair = self._kind[other] * self._count + self._kind[one]
        places = self._place[pair]
        fresh = np.unique(pair[places == 0])
        if len(fresh):
            self._place[fresh] = np.arange(len(self._scores), len(self._scores) + len(fresh), dtype=np.int32)
            scores = self._of(self._first[fresh % self._count], self._first[fresh // self._count])
            self._scores = np.concatenate([self._scores, scores])
            places = self._place[pair]
        found: Floats = self._scores[places]
        return found


def _rows_of(columns: Columns) -> list[bytes]:
    """Return for each account all that it is compared by but its words, as bytes."""
    told = [_flat(getattr(columns, field.name)) for field in fields(columns) if field.name not in (*_WORDS, "traits")]
    return [row.tobytes() for row in np.concatenate(told, axis=1)] if len(columns.traits) else []


def _flat(column: Any) -> npt.NDArray[np.uint8]:
    if isinstance(column, Counts):
        return np.concatenate([_flat(getattr(column, field.name)) for field in fields(column)], axis=1)
    values = np.ascontiguousarray(column)
    return values.view(np.uint8).reshape(len(values), -1)


class SharedWords:
    """How many words pairs of accounts have in common."""

    def __init__(self, words: Sequence[frozenset[str]]) -> None:
        self._words = words
        self._table: npt.NDArray[np.uint8] | None = None
        self._codes: list[list[int]] = []

    def __call__(self, one: Integers, other: Integers) -> Integers:
        """Return the counts of pairs of rows; pairs with the same second row are quickest beside each other."""
        shared = np.zeros(len(one), dtype=np.int64)
        ends = np.flatnonzero(other[1:] != other[:-1]) + 1
        for start, end in pairwise([0, *ends.tolist(), len(other)]):
            if end - start < _SHORT_RUN or not self._has_table():
                rows = zip(one[start:end].tolist(), other[start:end].tolist(), strict=True)
                shared[start:end] = [len(self._words[left] & self._words[right]) for left, right in rows]
            elif codes := self._codes[int(other[start])]:
                shared[start:end] = self._counted(codes, one[start:end])
        return shared

    def _counted(self, codes: list[int], rows: Integers) -> Integers:
        assert self._table is not None
        if len(rows) * _SPARSE < self._table.shape[1]:
            few: Integers = self._table[np.ix_(np.array(codes, dtype=np.int64), rows)].sum(axis=0, dtype=np.int64)
            return few
        # Whole rows of the table are added up faster than some cells of each are looked for.
        all_of_them = np.add.reduce(self._table[codes], axis=0, dtype=np.uint8 if len(codes) < 256 else np.int64)
        found: Integers = all_of_them[rows].astype(np.int64)
        return found

    def _has_table(self) -> bool:
        """Make a row a word that several accounts have, a column an account, unless that is too large."""
        if self._table is None and not self._codes:
            several = [word for word, count in Counter(w for words in self._words for w in words).items() if count > 1]
            code = {word: number for number, word in enumerate(several)}
            self._codes = [[code[word] for word in words if word in code] for words in self._words]
            if 0 < len(code) * len(self._words) <= _LARGEST_TABLE:
                self._table = np.zeros((len(code), len(self._words)), dtype=np.uint8)
                for row, codes in enumerate(self._codes):
                    self._table[codes, row] = 1
        return self._table is not None
