"""From judged pairs to groups: the surest pairs first, a group only while its members agree on the whole.

The order of arrival makes no difference: pairs are taken by score and identifiers. Groups form within connected
components of pairs alone, so a new account changes only the component that it touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from geo.matching.scores import Judgement
from geo.matching.traits import Traits

Pair = tuple[str, str]


def group_accounts(
    traits: Sequence[Traits],
    judgements: Iterable[Judgement],
    *,
    apart: Iterable[Sequence[str]] = (),
    together: Iterable[Sequence[str]] = (),
) -> list[list[Traits]]:
    """Return the groups; `apart` and `together` name accounts, and win over every score, apart over together."""
    parted = {pair for names in apart for pair in _pairs(names)}
    bound = {pair for names in together for pair in _pairs(names)} - parted
    judged = {(item.first, item.second): item for item in judgements}
    groups = _Groups([item.account_id for item in traits], judged, parted)
    for pair in sorted(bound):
        groups.bind(*pair)
    likely = [item for item in judged.values() if item.same]
    for item in sorted(likely, key=lambda item: (-item.score, item.first, item.second)):
        groups.join(item.first, item.second)
    return groups.members(traits)


def _pairs(names: Sequence[str]) -> Iterable[Pair]:
    return combinations(sorted(set(names)), 2)


class _Groups:
    """Disjoint sets of account identifiers."""

    def __init__(self, names: Sequence[str], judged: Mapping[Pair, Judgement], parted: set[Pair]) -> None:
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
        # A pair that was not worth comparing shares no ground or no day: it speaks against as a full threshold.
        margins = [item.score - item.threshold if item else -2.5 for item in judged]
        if sum(margins) >= 0:
            self._merge(one, other)

    def _must_part(self, one: str, other: str) -> bool:
        left, right = self._group[one], self._group[other]
        return any((min(a, b), max(a, b)) in self._parted for a in left for b in right)

    def _merge(self, one: str, other: str) -> None:
        left, right = self._group[one], self._group[other]
        if left is right:
            return
        left.extend(right)
        for name in right:
            self._group[name] = left

    def members(self, traits: Sequence[Traits]) -> list[list[Traits]]:
        """Return the groups of traits."""
        found: dict[int, list[Traits]] = defaultdict(list)
        for item in traits:
            found[id(self._group[item.account_id])].append(item)
        return list(found.values())
