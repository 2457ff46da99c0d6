"""From judged pairs to groups: the surest pairs first, a group only while its members agree on the whole.

The order of arrival makes no difference: pairs are taken by score and identifiers. Groups form inside clusters, which
are what links connect. A pair that is taken for one event is a link, with one exception: an account whose day or place
is vague (`Traits.is_blurred`) has only its surest link, its surest to one that is not vague, and those that are either
of other vague ones. So `last week in Aleppo` joins what it fits best and chains no week together, two such reports are
not each other's only hold, and a new account changes its own cluster alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Protocol

import numpy as np

from geo.matching.columns import Flags, Integers
from geo.matching.weighing import WeighedPairs

Pair = tuple[str, str]
UNCOMPARED = -2.2
"""A pair that was not worth comparing shares no ground or no day: it speaks against as a full threshold."""
ROUNDING = 1e-9
NOT_LISTED: Mapping[int, str] = MappingProxyType({})
"""No account is a row of a register."""
_MOST_IN_TABLE = 5_000
"""Accounts of one cluster: a square of them takes 200 MB."""
_DENSE = 0.04
"""Share of a square: a number in it takes 8 bytes, and a pair that is named from both of its sides some two hundred."""
IN_A_ROW = 4_096
"""Pairs that are looked at together."""


@dataclass(frozen=True)
class Constraints:
    """What people said of pairs of accounts, each pair in order of its identifiers."""

    apart: frozenset[Pair] = frozenset()
    together: frozenset[Pair] = frozenset()
    """Never of `apart` too."""

    @classmethod
    def of(cls, *, apart: Iterable[Sequence[str]] = (), together: Iterable[Sequence[str]] = ()) -> Constraints:
        """Return the pairs of groups of account identifiers; apart wins over together."""
        parted = frozenset(pair for names in apart for pair in pairs_of(names))
        return cls(parted, frozenset(pair for names in together for pair in pairs_of(names)) - parted)


def pairs_of(names: Iterable[str]) -> Iterator[Pair]:
    """Yield each pair of different names once, in order."""
    return combinations(sorted(set(names)), 2)


def links(blurred: Flags, judged: WeighedPairs) -> WeighedPairs:
    """Return the judgements that can join groups, the surest first; `blurred` tells the vague accounts by row."""
    likely = judged[judged.same]
    likely = likely[np.lexsort((likely.second, likely.first, -likely.score))]
    ends = np.stack([likely.first, likely.second], axis=1)
    vague = blurred[ends]
    kept: Flags = np.logical_not(vague.any(axis=1))
    for wanted in (vague, vague & ~vague[:, ::-1]):
        place = np.flatnonzero(wanted)
        _, surest = np.unique(ends.ravel()[place], return_index=True)
        kept[place[surest] // 2] = True
    return likely[kept]


def clusters(count: int, pairs: Iterable[tuple[Integers, Integers]]) -> Integers:
    """Return for each of `count` rows the least row that pairs, given as arrays, connect it with."""
    parent = np.arange(count, dtype=np.int64)

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = int(parent[row])
        return row

    for firsts, seconds in pairs:
        for start in range(0, len(firsts), IN_A_ROW):
            _flatten(parent)
            one, other = firsts[start : start + IN_A_ROW], seconds[start : start + IN_A_ROW]
            # Of a busy day nearly all pairs connect what is connected already.
            apart = parent[one] != parent[other]
            for left, right in zip(one[apart].tolist(), other[apart].tolist(), strict=True):
                first, second = root(left), root(right)
                if first != second:
                    parent[max(first, second)] = min(first, second)
    _flatten(parent)
    return parent


def _flatten(parent: Integers) -> None:
    """Let every row name its root."""
    while not np.array_equal(above := parent[parent], parent):
        parent[:] = above


def group_accounts(
    rows: Sequence[int],
    linked: WeighedPairs,
    judged: WeighedPairs,
    *,
    apart: Iterable[tuple[int, int]] = (),
    together: Iterable[tuple[int, int]] = (),
    listed: Mapping[int, str] = NOT_LISTED,
) -> list[list[int]]:
    """Return the groups among the accounts of one cluster, by their rows; people's words win over every score.

    `linked` are tried in their order; `judged` are all judgements that were made among the accounts. `listed` tells
    of which register a row is: two of one register are in one group on a person's word alone.
    """
    # Where most pairs are judged, naming each takes more room than a square of all.
    dense = len(rows) <= _MOST_IN_TABLE or len(judged) > _DENSE * len(rows) ** 2
    groups = Groups(rows, _Table(rows, judged) if dense else _Sparse(rows, judged), apart, listed)
    for one, other in together:
        groups.bind(one, other)
    for start in range(0, len(linked), IN_A_ROW):
        groups.join_all(linked.first[start : start + IN_A_ROW], linked.second[start : start + IN_A_ROW])
    return groups.members()


class _Table:
    """How much the members of any two groups speak for one event, in a square: for clusters of any density.

    The sums are kept and added up when groups merge: asking every pair of members anew would cost the fourth power of
    the accounts of a busy day in one city.
    """

    def __init__(self, rows: Sequence[int], judged: WeighedPairs) -> None:
        self._margins = np.full((len(rows), len(rows)), UNCOMPARED)
        members = np.asarray(rows)
        one, other = np.searchsorted(members, judged.first), np.searchsorted(members, judged.second)
        self._margins[one, other] = self._margins[other, one] = judged.score - judged.threshold

    def agree(self, left: Integers, right: Integers) -> Flags:
        """Tell for pairs of groups whether their members speak for one event on the whole."""
        agreed: Flags = self._margins[left, right] >= -ROUNDING
        return agreed

    def merge(self, left: int, right: int) -> None:
        """Add the sums of the right group to those of the left."""
        self._margins[left] += self._margins[right]
        self._margins[:, left] = self._margins[left]


class _Sparse:
    """The same by the pairs that were judged alone: for clusters that are too large for a square."""

    def __init__(self, rows: Sequence[int], judged: WeighedPairs) -> None:
        self._size = [1] * len(rows)
        self._margins: list[dict[int, float]] = [{} for _ in rows]
        """For each group, by other group: how much more than uncompared pairs those between them speak for one."""
        members = np.asarray(rows)
        one, other = np.searchsorted(members, judged.first), np.searchsorted(members, judged.second)
        above = judged.score - judged.threshold - UNCOMPARED
        for left, right, margin in zip(one.tolist(), other.tolist(), above.tolist(), strict=True):
            self._margins[left][right] = self._margins[right][left] = margin

    def agree(self, left: Integers, right: Integers) -> Flags:
        """Tell for pairs of groups whether their members speak for one event on the whole."""
        pairs = zip(left.tolist(), right.tolist(), strict=True)
        sums = [
            self._margins[one].get(other, 0.0) + UNCOMPARED * self._size[one] * self._size[other]
            for one, other in pairs
        ]
        agreed: Flags = np.array(sums) >= -ROUNDING
        return agreed

    def merge(self, left: int, right: int) -> None:
        """Add the sums of the right group to those of the left."""
        self._size[left] += self._size[right]
        for other, margin in self._margins[right].items():
            del self._margins[other][right]
            if other != left:
                total = self._margins[left].get(other, 0.0) + margin
                self._margins[left][other] = self._margins[other][left] = total
        self._margins[right] = {}


class Margins(Protocol):
    """How much the members of any two groups speak for one event."""

    def agree(self, left: Integers, right: Integers) -> Flags:
        """Tell for pairs of groups whether their members speak for one event on the whole."""

    def merge(self, left: int, right: int) -> None:
        """Add the sums of the right group to those of the left."""


class Groups:
    """Disjoint sets of rows; a set is named by one of its members' places in the cluster."""

    def __init__(
        self,
        rows: Sequence[int],
        margins: Margins,
        apart: Iterable[tuple[int, int]],
        listed: Mapping[int, str],
    ) -> None:
        self._margins = margins
        self._rows = np.asarray(rows, dtype=np.int64)
        self.group: Integers = np.arange(len(rows), dtype=np.int64)
        """The group of each place in the cluster."""
        self._members = {place: [row] for place, row in enumerate(rows)}
        self._parted: dict[int, set[int]] = defaultdict(set)
        self._listed = {place: {listed[row]} for place, row in enumerate(rows) if row in listed}
        for one, other in apart:
            left, right = np.searchsorted(self._rows, (one, other)).tolist()
            self._parted[left].add(other)
            self._parted[right].add(one)

    def bind(self, one: int, other: int) -> None:
        """Put two accounts together on a person's word, unless another word parts their groups."""
        left, right = self.group[np.searchsorted(self._rows, (one, other))].tolist()
        if left != right and not self._must_part(left, right):
            self._merge(left, right)

    def join_all(self, firsts: Integers, seconds: Integers) -> None:
        """Put the groups of pairs together, one pair after the other, where their members agree on the whole."""
        one, other = np.searchsorted(self._rows, firsts), np.searchsorted(self._rows, seconds)
        start = 0
        while start < len(one):
            left, right = self.group[one[start:]], self.group[other[start:]]
            # Nothing changes until two groups merge: the first pair that may merge them is the next to look at.
            hopeful = np.flatnonzero((left != right) & self._margins.agree(left, right))
            for place in hopeful.tolist():
                if not self._must_part(int(left[place]), int(right[place]), by_lists=True):
                    self._merge(int(left[place]), int(right[place]))
                    start += place + 1
                    break
            else:
                return

    def _must_part(self, left: int, right: int, *, by_lists: bool = False) -> bool:
        if by_lists and left in self._listed and not self._listed[left].isdisjoint(self._listed.get(right, ())):
            return True
        parted = self._parted.get(left)
        return parted is not None and not parted.isdisjoint(self._members[right])

    def _merge(self, left: int, right: int) -> None:
        if len(self._members[left]) < len(self._members[right]):
            left, right = right, left
        self._members[left] += self._members.pop(right)
        self.group[self.group == right] = left
        if right in self._parted:
            self._parted[left] |= self._parted.pop(right)
        if right in self._listed:
            self._listed[left] = self._listed.get(left, set()) | self._listed.pop(right)
        self._margins.merge(left, right)

    def members(self) -> list[list[int]]:
        """Return the groups."""
        return list(self._members.values())
