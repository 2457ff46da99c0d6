"""From judged pairs to groups: the surest pairs first, a group only while its members agree on the whole.

The order of arrival makes no difference: pairs are taken by score and identifiers. Groups form inside clusters, which
are what links connect. A pair that is taken for one event is a link, with one exception: an account whose day or place
is vague (`Traits.is_blurred`) has only its surest link, its surest to one that is not vague, and those that are either
of other vague ones. So `last week in Aleppo` joins what it fits best and chains no week together, two such reports are
not each other's only hold, and a new account changes its own cluster alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from geo.matching.scores import Weighed

Pair = tuple[str, str]
_UNCOMPARED = -2.2
"""A pair that was not worth comparing shares no ground or no day: it speaks against as a full threshold."""


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


def links(blurred: Collection[str], judgements: Iterable[Weighed]) -> list[Weighed]:
    """Return the judgements that can join groups, the surest first; `blurred` names the vague accounts."""
    likely = sorted((item for item in judgements if item.same), key=lambda item: (-item.score, item.first, item.second))
    of_any: dict[str, Weighed] = {}
    of_sharp: dict[str, Weighed] = {}
    for item in likely:
        for name, other in ((item.first, item.second), (item.second, item.first)):
            if name in blurred:
                of_any.setdefault(name, item)
                if other not in blurred:
                    of_sharp.setdefault(name, item)
    surest = {*of_any.values(), *of_sharp.values()}
    return [item for item in likely if item in surest or not (item.first in blurred or item.second in blurred)]


def clusters(names: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """Return the names in connected sets, each in order of the names, the sets by their first."""
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, other in pairs:
        if one in parent and other in parent:
            first, second = sorted((root(one), root(other)))
            parent[second] = first
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(parent):
        found[root(name)].append(name)
    return [found[name] for name in sorted(found)]


def group_accounts(
    names: Sequence[str],
    linked: Iterable[Weighed],
    judgements: Iterable[Weighed],
    constraints: Constraints,
) -> list[list[str]]:
    """Return the groups among the accounts of one cluster; people's words win over every score.

    `linked` are tried in their order; `judgements` are all that were made among the accounts.
    """
    judged = {(item.first, item.second): item for item in judgements}
    groups = _Groups(names, judged, constraints.apart)
    for pair in sorted(constraints.together):
        groups.bind(*pair)
    for item in linked:
        groups.join(item.first, item.second)
    return groups.members()


class _Groups:
    """Disjoint sets of account identifiers, and how much the members of any two of them speak for one event.

    The sums are kept and added up when groups merge: asking every pair of members anew would cost the fourth power of
    the accounts of a busy day in one city.
    """

    def __init__(self, names: Sequence[str], judged: Mapping[Pair, Weighed], parted: frozenset[Pair]) -> None:
        self._number = {name: number for number, name in enumerate(names)}
        self._members: dict[int, list[str]] = {number: [name] for name, number in self._number.items()}
        self._margins: dict[int, dict[int, tuple[float, int]]] = {number: {} for number in self._members}
        """For each group, by other group: the sum over the judged pairs between them, and how many these are."""
        self._parted: dict[int, set[str]] = {number: set() for number in self._members}
        for one, other in parted:
            if one in self._number and other in self._number:
                self._parted[self._number[one]].add(other)
                self._parted[self._number[other]].add(one)
        for (one, other), item in judged.items():
            left, right = self._number[one], self._number[other]
            self._margins[left][right] = self._margins[right][left] = (item.score - item.threshold, 1)

    def bind(self, one: str, other: str) -> None:
        """Put two accounts together on a person's word, unless another word parts their groups."""
        if one in self._number and other in self._number:
            left, right = self._number[one], self._number[other]
            if left != right and not self._must_part(left, right):
                self._merge(left, right)

    def join(self, one: str, other: str) -> None:
        """Put two accounts' groups together where the members agree on the whole."""
        left, right = self._number[one], self._number[other]
        if left == right or self._must_part(left, right):
            return
        total, judged = self._margins[left].get(right, (0.0, 0))
        unjudged = len(self._members[left]) * len(self._members[right]) - judged
        if total + _UNCOMPARED * unjudged >= 0:
            self._merge(left, right)

    def _must_part(self, left: int, right: int) -> bool:
        parted = self._parted[left]
        return bool(parted) and not parted.isdisjoint(self._members[right])

    def _merge(self, left: int, right: int) -> None:
        if len(self._margins[left]) < len(self._margins[right]):
            left, right = right, left
        for name in self._members[right]:
            self._number[name] = left
        self._members[left] += self._members.pop(right)
        self._parted[left] |= self._parted.pop(right)
        for other, (total, judged) in self._margins.pop(right).items():
            del self._margins[other][right]
            if other != left:
                had, counted = self._margins[left].get(other, (0.0, 0))
                self._margins[left][other] = self._margins[other][left] = (had + total, counted + judged)

    def members(self) -> list[list[str]]:
        """Return the groups."""
        return list(self._members.values())
