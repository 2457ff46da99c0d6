"""Which accounts are worth comparing: those that share a day and a patch of ground, a number of dead, or their words.

The doubts are part of it: an account falls into every patch that its uncertainty reaches and on every day of its span
and the one after. A key depends on its account alone, so an account's blocks are known before any other account is.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache

import numpy as np

from geo.matching.columns import Integers
from geo.matching.traits import REMEMBERED, Traits
from geo.matching.weights import Weights, read_weights

_CELL_DEG = 0.5
_KM_PER_DEG = 111.2
_WIDE_KM = 160.0
"""Places with more doubt are compared by name alone: the centre of a country is near nothing."""
_LONGEST_DAYS = 31
"""Longer spans are compared by words alone."""
_FEWEST_WORDS = 6
"""Shorter sentences are alike by chance."""
_TELLING_COUNT = 5
"""So many dead on one day, told twice, are worth a comparison wherever they were placed."""
_KEPT_NEIGHBOURS = 100
"""Sets of blocks whose rows are remembered."""
_TOGETHER = 100_000
"""Pairs that are compared at once: enough to share the cost of a step, few enough to hold."""


@lru_cache(maxsize=REMEMBERED)
def block_keys(item: Traits) -> frozenset[int]:
    """Return the blocks that an account is in, as numbers of 63 bits; accounts that share none are not compared."""
    return frozenset(map(_number, _names(item, read_weights())))


def _number(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big") >> 1


def _names(item: Traits, weights: Weights) -> frozenset[str]:
    # Announcements never match what has happened, so they need no common block.
    realm = weights.realm(item.sub_type) + ("!" if item.announced else "")
    keys = {f"{words}/{realm}/{day}" for words in _wordings(item) for day in _copied_days(item)}
    span = (item.days.end - item.days.start).days if item.days else _LONGEST_DAYS + 1
    if item.days is None or span > _LONGEST_DAYS:
        return frozenset(keys)
    days = [(item.days.start + timedelta(days=offset)).toordinal() for offset in range(span + 2)]
    return frozenset(keys | {f"{ground}/{realm}/{day}" for ground in _grounds(item, weights) for day in days})


def candidate_pairs(
    traits: Sequence[Traits], *, of: Collection[int] | None = None
) -> Iterator[tuple[Integers, Integers]]:
    """Yield each pair of rows worth comparing once, many at a time; all pairs of a row follow each other, it is second.

    With `of` the pairs alone that one of these rows is in.
    """
    keys = [block_keys(item) for item in traits]
    members: dict[int, list[int]] = defaultdict(list)
    for row, names in enumerate(keys):
        for name in names:
            members[name].append(row)
    blocks = {name: np.array(rows, dtype=np.int64) for name, rows in members.items() if len(rows) > 1}
    asked = range(len(traits)) if of is None else sorted(of)
    wanted = np.zeros(len(traits), dtype=np.bool_)
    wanted[list(asked)] = True
    near = _Neighbours(blocks, len(traits))
    firsts: list[Integers] = []
    seconds: list[Integers] = []
    waiting = 0
    for row in asked:
        others = near(keys[row])
        # Of two rows that are both asked for, the earlier one finds the pair.
        others = others[(others > row) | ~wanted[others]]
        if not len(others):
            continue
        firsts.append(others)
        seconds.append(np.full(len(others), row, dtype=np.int64))
        waiting += len(others)
        if waiting > _TOGETHER:
            yield np.concatenate(firsts), np.concatenate(seconds)
            firsts, seconds, waiting = [], [], 0
    if firsts:
        yield np.concatenate(firsts), np.concatenate(seconds)


class _Neighbours:
    """The rows in any of some blocks; of a busy day many accounts are in the same ones."""

    def __init__(self, blocks: Mapping[int, Integers], count: int) -> None:
        self._blocks = blocks
        self._flagged = np.zeros(count, dtype=np.bool_)
        self._known: dict[frozenset[int], Integers] = {}

    def __call__(self, names: frozenset[int]) -> Integers:
        shared = frozenset(filter(self._blocks.__contains__, names))
        found = self._known.get(shared)
        if found is None:
            for name in shared:
                self._flagged[self._blocks[name]] = True
            found = np.flatnonzero(self._flagged)
            self._flagged[found] = False
            if len(self._known) < _KEPT_NEIGHBOURS:
                self._known[shared] = found
        return found


def _wordings(item: Traits) -> Iterator[str]:
    if len(item.words) >= _FEWEST_WORDS:
        yield f"words {' '.join(sorted(item.words))}"


def _copied_days(item: Traits) -> Iterator[int | str]:
    """Yield the days among which a copy of the text is looked for: a phrase of an agency returns for years."""
    first = item.days.start if item.days else item.account.published
    if first is None:
        yield "undated"
    else:
        yield from (first.toordinal(), first.toordinal() + 1)


def _grounds(item: Traits, weights: Weights) -> Iterator[str]:
    if item.killed is not None and item.killed.best is not None and item.killed.best >= _TELLING_COUNT:
        yield f"killed {item.killed.best}"
    if item.lost_name:
        yield f"name {item.lost_name}"
    if item.tags:
        # A place that is on no map is in no patch: what both concern has to do.
        yield f"kind {item.sub_type} {' '.join(sorted(item.tags))}"
    if item.place is None:
        return
    if item.place.uncertainty_km > weights.of("place", "wide_km"):
        yield f"name {item.place_key}"
    if item.place.uncertainty_km > _WIDE_KM:
        return
    reach = item.place.uncertainty_km / _KM_PER_DEG
    across = min(reach / max(math.cos(math.radians(item.place.lat)), 0.05), 180.0)
    for column in range(_cell(item.place.lon - across), _cell(item.place.lon + across) + 1):
        for row in range(_cell(item.place.lat - reach), _cell(item.place.lat + reach) + 1):
            # The date line: one patch has one number from both sides.
            yield f"cell {column % round(360 / _CELL_DEG)} {row}"


def _cell(degrees: float) -> int:
    return math.floor(degrees / _CELL_DEG)
