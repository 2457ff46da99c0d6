"""From judged pairs to groups: the surest pairs first, a group only while its members agree on the whole.

The order of arrival makes no difference: pairs are taken by score and identifiers. Groups form inside clusters, which
are what links connect. A pair that is taken for one event is a link, with one exception: an account whose day or place
is vague (`Traits.is_blurred`) has only its surest link, and those that are the surest of other vague ones. So `last
week in Aleppo` joins what it fits best and chains no week together, and a new account changes its own cluster alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from geo.matching.scores import Judgement

Pair = tuple[str, str]
_UNCOMPARED = -2.5
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


def links(blurred: Collection[str], judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements that can join groups, the surest first; `blurred` names the vague accounts."""
    likely = sorted((item for item in judgements if item.same), key=lambda item: (-item.score, item.first, item.second))
    surest: dict[str, Judgement] = {}
    for item in likely:
        for name in (item.first, item.second):
            if name in blurred:
                surest.setdefault(name, item)
    return [
        item
        for item in likely
        if not (item.first in blurred or item.second in blurred)
        or item in (surest.get(item.first), surest.get(item.second))
    ]


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
    linked: Iterable[Judgement],
    judgements: Iterable[Judgement],
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
    """Disjoint sets of account identifiers."""

    def __init__(self, names: Sequence[str], judged: Mapping[Pair, Judgement], parted: frozenset[Pair]) -> None:
        self._judged = judged
        self._parted = parted
        self._group = {name: [name] for name in names}

    def bind(self, one: str, other: str) -> None:
        """Put two accounts together on a person's word, unless another word parts their groups."""
        if one in self._group and other in self._group and not self._must_part(one, other):
            self._merge(one, other)

    def join(self, one: str, other: str) -> None:
        """Put two accounts' groups together where the members agree on the whole."""
        left, right = self._group[one], self._group[other]
        if left is right or self._must_part(one, other):
            return
        judged = [self._judged.get((min(a, b), max(a, b))) for a in left for b in right]
        if sum(item.score - item.threshold if item else _UNCOMPARED for item in judged) >= 0:
            self._merge(one, other)

    def _must_part(self, one: str, other: str) -> bool:
        if not self._parted:
            return False
        left, right = self._group[one], self._group[other]
        return any((min(a, b), max(a, b)) in self._parted for a in left for b in right)

    def _merge(self, one: str, other: str) -> None:
        left, right = self._group[one], self._group[other]
        if left is right:
            return
        left.extend(right)
        for name in right:
            self._group[name] = left

    def members(self) -> list[list[str]]:
        """Return the groups."""
        return list({id(group): group for group in self._group.values()}.values())
