"""Groups among thousands of accounts of which most are compared with each other, as those of a city's busy day are.

To name each pair of ten thousand accounts takes gigabytes, and to sort them takes longer than to weigh them. Here one
square of numbers holds them all: above its diagonal the score of each pair, below it how much the groups of the two
speak for one event. Links are looked for in bands of the score, the surest first, and only between accounts that are
not in one group yet. The groups are those of `groups.group_accounts`, number for number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from geo.matching.blocks import block_keys
from geo.matching.columns import Columns, Flags, Floats, Integers
from geo.matching.groups import IN_A_ROW, ROUNDING, UNCOMPARED, Groups, clusters
from geo.matching.traits import Traits
from geo.matching.weighing import Batches, weighed_batches
from geo.matching.weights import Weights

_TILE: Final = 512
"""Rows and columns that are turned over at once: as much as a processor keeps beside itself."""
_AT_ONCE: Final = 4_000_000
"""Numbers of the square that are looked at together."""
_MOST_IN_BAND: Final = 500_000
"""Links that are sorted together, or a sixteenth of all pairs where that is more."""
_BANDS: Final = 2_000
_MOST_SCORE: Final = 20.0
"""Bands are of a hundredth; what is surer is of the first."""
_DENSE: Final = 0.3
"""Share of the accounts that the largest block holds at least."""
_NONE: Final = -np.inf


def busy_days(traits: Sequence[Traits], together: Iterable[tuple[str, str]], *, fewest: int) -> Iterator[list[int]]:
    """Yield the rows of accounts of which no other account shares a block, and most share one with most others.

    `together` are accounts that people bound, which belong beside each other; sets smaller than `fewest` are left out.
    """
    if len(traits) < fewest:
        return
    sizes = Counter(name for item in traits for name in block_keys(item))
    if max(sizes.values(), default=0) < _DENSE * fewest:
        return
    first: dict[int, int] = {}
    ties = [(first.setdefault(name, row), row) for row, item in enumerate(traits) for name in block_keys(item)]
    number = {item.account_id: row for row, item in enumerate(traits)}
    ties += [(number[one], number[other]) for one, other in together if one in number and other in number]
    home = clusters(len(traits), [tuple(np.array(ties, dtype=np.int64).T)])
    for least, count in zip(*np.unique(home, return_counts=True), strict=True):
        rows = np.flatnonzero(home == least).tolist() if count >= fewest else []
        if rows and max(sizes[name] for row in rows for name in block_keys(traits[row])) >= _DENSE * count:
            yield rows


class Square:
    """The scores of all pairs of accounts, which are in order of their identifiers."""

    def __init__(self, traits: Sequence[Traits], batches: Batches, weights: Weights) -> None:
        columns = Columns.of(traits)
        self._count = len(traits)
        self._document = columns.document
        self._weights = weights
        self._numbers: Floats = np.full((self._count, self._count), _NONE)
        copies = []
        for pairs in weighed_batches(columns, batches, weights):
            self._numbers[pairs.first, pairs.second] = pairs.score
            copies.append(np.stack([pairs.first[pairs.copied], pairs.second[pairs.copied]]).astype(np.int32))
        self._copies = np.concatenate([np.zeros((2, 0), np.int32), *copies], axis=1)
        self._lay_margins()
        self._keep_links(np.array([item.is_blurred for item in traits], dtype=np.bool_))

    def clusters(self, bound: Sequence[tuple[int, int]]) -> Integers:
        """Return for each account the least one that links, or people's words in `bound`, connect it with."""
        words = np.array(bound, dtype=np.int64).reshape(-1, 2)
        return clusters(self._count, self._connecting(words))

    def _connecting(self, words: Integers) -> Iterator[tuple[Integers, Integers]]:
        yield words[:, 0], words[:, 1]
        for first, part, above in self._parts():
            one, other = np.nonzero(above & (part > _NONE))
            yield one + first, other + first

    def groups(
        self,
        *,
        apart: Iterable[tuple[int, int]],
        together: Iterable[tuple[int, int]],
        listed: Mapping[int, str],
    ) -> list[list[int]]:
        """Return the groups among the accounts, as `groups.group_accounts` makes them; can be asked once."""
        found = Groups(range(self._count), self, apart, listed)
        for one, other in together:
            found.bind(one, other)
        for low, high in self._bands():
            self._join(found, low, high)
        return found.members()

    def _join(self, groups: Groups, low: float, high: float) -> None:
        """Try the links of a score from `low` to below `high`, the surest first, of equal ones the first."""
        found = list(self._links(groups, low, high))
        one, other = (np.concatenate([pairs[end] for pairs in found]) for end in (0, 1))
        scores = self._numbers[one, other]
        if len(scores) and scores.min() < scores.max():
            surest = np.argsort(-scores, kind="stable")
            one, other = one[surest], other[surest]
        for start in range(0, len(one), IN_A_ROW):
            groups.join_all(one[start : start + IN_A_ROW], other[start : start + IN_A_ROW])

    def _links(self, groups: Groups, low: float, high: float) -> Iterator[tuple[Integers, Integers]]:
        """Yield links between different groups, in order of the accounts."""
        yield np.zeros(0, np.int64), np.zeros(0, np.int64)
        for first, part, above in self._parts():
            asked = above & (part >= low) & (part < high)
            asked &= groups.group[first : first + len(part), None] != groups.group[None, first:]
            one, other = np.nonzero(asked)
            yield one + first, other + first

    def _bands(self) -> list[tuple[float, float]]:
        """Return ranges of scores, the highest first, each with not many links in it."""
        edges = np.linspace(0.0, _MOST_SCORE, _BANDS + 1)
        counts = np.zeros(_BANDS, dtype=np.int64)
        for _, part, above in self._parts():
            counts += np.histogram(part[above & (part > _NONE)], edges)[0]
        most = max(_MOST_IN_BAND, self._count * self._count // 16)
        bands, high, held = [], float("inf"), 0
        for place in range(_BANDS - 1, -1, -1):
            if held and held + counts[place] > most:
                bands.append((float(edges[place + 1]), high))
                high, held = float(edges[place + 1]), 0
            held += int(counts[place])
        return [*bands, (0.0, high)]

    def copies(self) -> tuple[Integers, Integers]:
        """Return the pairs that are copies of one text."""
        return self._copies[0].astype(np.int64), self._copies[1].astype(np.int64)

    def agree(self, left: Integers, right: Integers) -> Flags:
        """Tell for pairs of groups whether their members speak for one event on the whole."""
        agreed: Flags = self._numbers[np.maximum(left, right), np.minimum(left, right)] >= -ROUNDING
        return agreed

    def merge(self, left: int, right: int) -> None:
        """Add the sums of the right group to those of the left."""
        numbers = self._numbers
        before = numbers[left, :left] + self._margins_of(right, 0, left)
        after = numbers[left + 1 :, left] + self._margins_of(right, left + 1, self._count)
        numbers[left, :left], numbers[left + 1 :, left] = before, after

    def _margins_of(self, group: int, start: int, end: int) -> Floats:
        """Return how much a group and each of others, from one place to another, speak for one event."""
        row = self._numbers[group, start : max(min(end, group), start)]
        column = self._numbers[max(start, group + 1) : end, group]
        itself = np.zeros(int(start <= group < end))
        return np.concatenate([row, itself, column])

    def _thresholds(self, first: int, last: int, start: int, end: int) -> Floats:
        within = self._document[first:last, None] == self._document[None, start:end]
        return np.where(within, self._weights.same_document_threshold, self._weights.threshold)

    def _lay_margins(self) -> None:
        """Write below the diagonal what the scores above it come to."""
        for first in range(0, self._count, _TILE):
            last = min(first + _TILE, self._count)
            for start in range(first, self._count, _TILE):
                end = min(start + _TILE, self._count)
                scores = self._numbers[first:last, start:end]
                margins = np.where(scores > _NONE, scores - self._thresholds(first, last, start, end), UNCOMPARED).T
                if start > first:
                    self._numbers[start:end, first:last] = margins
                else:
                    scores[:] = np.where(np.tri(last - first, k=-1, dtype=np.bool_), margins, scores)

    def _keep_links(self, blurred: Flags) -> None:
        """Leave above the diagonal the scores of links alone; see `groups.links`."""
        for first, part, above in self._parts():
            part[above & (part < self._thresholds(first, first + len(part), first, self._count))] = _NONE
        kept: dict[tuple[int, int], float] = {}
        vague = np.flatnonzero(blurred).tolist()
        for row in vague:
            scores = np.concatenate([self._numbers[:row, row], [_NONE], self._numbers[row, row + 1 :]])
            # Of equal scores the first: pairs with an earlier account come before those with a later one.
            for wanted in (scores, np.where(blurred, _NONE, scores)):
                other = int(wanted.argmax())
                if wanted[other] > _NONE:
                    kept[min(row, other), max(row, other)] = float(wanted[other])
        for row in vague:
            self._numbers[row, row + 1 :] = _NONE
            self._numbers[:row, row] = _NONE
        for pair, score in kept.items():
            self._numbers[pair] = score

    def _parts(self) -> Iterator[tuple[int, Floats, Flags]]:
        """Yield some rows at a time: the first of them, what they hold from that column on, and what is above."""
        step = max(_AT_ONCE // max(self._count, 1), 1)
        for first in range(0, self._count, step):
            part = self._numbers[first : first + step, first:]
            yield first, part, ~np.tri(*part.shape, dtype=np.bool_)
