"""Many pairs weighed at once, to the same number that `judge` gives each, without its reasons.

Of a busy day there are millions of pairs, and most of them are of other types, days or places: they are left out before
what costs most is compared. Sums are made in the order of `judge`, and of operations alone that IEEE 754 rounds the
same everywhere: a pair's score is one number on every machine and beside whatever other pairs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.matching.columns import NONE, SUB_TYPES, Columns, Counts, Flags, Floats, Integers
from geo.matching.kinds import Kinds, SharedWords
from geo.matching.scores import (
    CLOSE_SHARE,
    FAR_FACTOR,
    arc_km,
    overlap_weight,
    parts_likeness,
    type_likeness,
    weighed,
)
from geo.matching.traits import Traits
from geo.matching.weights import Weights, read_weights

_ROUNDING: Final = 1e-9
"""What a bound on a sum may be short of, as its parts are added in another order."""
Batches = Iterable[tuple[Integers, Integers]]
"""Pairs of rows; those of one row follow each other, it is second."""


@dataclass(frozen=True, slots=True)
class WeighedPairs:
    """Judgements without their reasons, as columns: of a busy day there are millions."""

    first: Integers
    second: Integers
    score: Floats
    threshold: Floats
    copied: Flags

    @property
    def same(self) -> Flags:
        """Which pairs are taken for one event."""
        found: Flags = self.score >= self.threshold
        return found

    def __len__(self) -> int:
        return len(self.first)

    def __getitem__(self, rows: Flags | Integers) -> WeighedPairs:
        return WeighedPairs(
            self.first[rows], self.second[rows], self.score[rows], self.threshold[rows], self.copied[rows]
        )


def joined_pairs(parts: Iterable[WeighedPairs]) -> WeighedPairs:
    """Return the pairs of all parts, in their order."""
    told = [NO_PAIRS, *parts]
    return WeighedPairs(
        np.concatenate([part.first for part in told]),
        np.concatenate([part.second for part in told]),
        np.concatenate([part.score for part in told]),
        np.concatenate([part.threshold for part in told]),
        np.concatenate([part.copied for part in told]),
    )


NO_PAIRS: Final = WeighedPairs(
    np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0), np.zeros(0, np.bool_)
)


def weigh_pairs(columns: Columns, batches: Batches, weights: Weights, *, same: bool = False) -> WeighedPairs:
    """Return the pairs for which more than 0 speaks, or with `same` those alone that are taken for one event.

    The rows of `columns` are in the order of the accounts' identifiers.
    """
    return joined_pairs(weighed_batches(columns, batches, weights, same=same))


def weighed_batches(
    columns: Columns, batches: Batches, weights: Weights, *, same: bool = False
) -> Iterator[WeighedPairs]:
    """Yield what `weigh_pairs` returns, batch by batch."""
    parts, words = _Parts(columns, weights), SharedWords([item.words for item in columns.traits])
    kinds = Kinds(columns, lambda one, other: _unworded(columns, one, other, weights, parts))
    for one, other in batches:
        yield _weighed(columns, one, other, weights, kinds, words, same=same)


def weigh_few(traits: Sequence[Traits], batches: Batches, weights: Weights) -> WeighedPairs:
    """Return what `weigh_pairs` does of a handful of accounts, one pair after the other: columns would cost more."""
    rows = [pair for one, other in batches for pair in zip(one.tolist(), other.tolist(), strict=True)]
    told = [(*sorted(pair), *weighed(traits[pair[0]], traits[pair[1]], weights)) for pair in rows]
    told = [pair for pair in told if pair[2] > 0]
    if not told:
        return NO_PAIRS
    first, second, score, threshold, copied = zip(*told, strict=True)
    return WeighedPairs(
        np.array(first, np.int64), np.array(second, np.int64), np.array(score), np.array(threshold), np.array(copied)
    )


def _weighed(
    columns: Columns, one: Integers, other: Integers, weights: Weights, kinds: Kinds, words: SharedWords, *, same: bool
) -> WeighedPairs:
    within = columns.document[one] == columns.document[other]
    threshold = np.where(within, weights.same_document_threshold, weights.threshold)
    score = kinds(one, other)
    kept = score + weights.most("wording") > (threshold if same else 0.0) - _ROUNDING
    one, other, threshold, score = one[kept], other[kept], threshold[kept], score[kept]
    wording, copied = _wording(columns, one, other, weights, words)
    score = score + wording
    for flags, name in ((columns.announced, "announced_and_done"), (columns.toll, "toll_and_event")):
        score = score + np.where(flags[one] != flags[other], weights.of("standing", name), 0.0)
    listed = (columns.register[one] != NONE) & (columns.register[one] == columns.register[other])
    score = score + np.where(listed, weights.of("standing", "listed_apart"), 0.0)
    kept = score >= threshold if same else score > 0
    copied = copied & (columns.document[one] != columns.document[other])
    return WeighedPairs(np.minimum(one, other), np.maximum(one, other), score, threshold, copied)[kept]


def _unworded(columns: Columns, one: Integers, other: Integers, weights: Weights, parts: _Parts) -> Floats:
    """Return what speaks for each pair but its words and its standing; minus infinity where they cannot save it."""
    found = np.full(len(one), -np.inf)
    rest = weights.most("actors") + weights.most("target") + 2 * weights.most("counts") + weights.most("wording")
    score = _types(weights)[columns.sub_type[one], columns.sub_type[other]]
    days = _days(columns, one, other, weights)
    left = np.flatnonzero(score + days + weights.most("place") + rest > -_ROUNDING)
    one, other, score, days = one[left], other[left], score[left], days[left]
    score = score + _places(columns, one, other, weights, parts) + days
    kept = score + rest > -_ROUNDING
    left, one, other, score = left[kept], one[kept], other[kept], score[kept]
    score = score + _actors(columns, one, other, weights) + _targets(columns, one, other, weights)
    found[left] = score + _counts(columns.killed, one, other, weights) + _counts(columns.injured, one, other, weights)
    return found


@cache
def _type_table(version: int) -> Floats:
    weights = read_weights()
    assert weights.version == version
    return np.array([[type_likeness(one, other, weights)[0] for other in SUB_TYPES] for one in SUB_TYPES])


def _types(weights: Weights) -> Floats:
    """Return the weight of each two sub-types, by their rows."""
    return _type_table(weights.version)


def _days(columns: Columns, one: Integers, other: Integers, weights: Weights) -> Floats:
    starts, ends = (columns.start[one], columns.start[other]), (columns.end[one], columns.end[other])
    gap = np.maximum(*starts) - np.minimum(*ends)
    covered = np.maximum(*ends) - np.minimum(*starts) + 1
    lengths, which = np.unique(covered, return_inverse=True)
    overlap = np.array([overlap_weight(max(int(days), 1), weights) for days in lengths])[which]
    apart = np.where(gap == 1, weights.of("days", "one_day_apart"), weights.of("days", "further_apart"))
    sums = columns.toll[one] & columns.toll[other] & (covered > 1)
    overlap = np.where(sums, weights.of("days", "same_sum") * ((1 - gap) / covered), overlap)
    known = columns.dated[one] & columns.dated[other]
    return np.where(known, np.where(gap <= 0, overlap, apart), weights.of("days", "unknown"))


def _places(columns: Columns, one: Integers, other: Integers, weights: Weights, parts: _Parts) -> Floats:
    left, right = columns.doubt_km[one], columns.doubt_km[other]
    wide = np.maximum(left, right) > weights.of("place", "wide_km")
    doubt = np.maximum(np.sqrt(left * left + right * right), 0.5)
    apart = arc_km(columns.sphere[one], columns.sphere[other])
    inside = np.where(wide, weights.of("place", "wide"), weights.of("place", "within_doubt") * (1.0 - apart / doubt))
    steps = (apart - doubt) / (0.5 * doubt)
    beyond = np.maximum(weights.of("place", "beyond_doubt") * (1.0 + steps), weights.of("place", "beyond_least"))
    found = np.where(apart <= doubt, inside, beyond)
    told = parts(one, other)
    found = np.where(np.isnan(told), found, told)
    same = columns.place[one] == columns.place[other]
    found = np.where(same, weights.of("place", "same") / np.where(wide, 2.0, 1.0), found)
    lost = (columns.lost[one] == columns.lost[other]) & (columns.lost[one] != NONE)
    nowhere = np.where(lost, weights.of("place", "same_name"), weights.of("place", "unknown"))
    both = (columns.lost[one] != NONE) & (columns.lost[other] != NONE)
    nowhere = np.where(both & ~lost, weights.of("place", "other_name"), nowhere)
    return np.where(columns.placed[one] & columns.placed[other], found, nowhere)


class _Parts:
    """What two regions of one place speak for one event, where not their points tell it; each two regions once."""

    def __init__(self, columns: Columns, weights: Weights) -> None:
        self._columns = columns
        self._weights = weights
        self._known: dict[tuple[int, int], float] = {}

    def __call__(self, one: Integers, other: Integers) -> Floats:
        """Return the weights of pairs of rows, no number where their points tell it."""
        columns = self._columns
        asked = columns.region[one] & columns.region[other] & (columns.whole[one] == columns.whole[other])
        asked &= columns.place[one] != columns.place[other]
        found = np.full(len(one), np.nan)
        for row in np.flatnonzero(asked).tolist():
            found[row] = self._weight(int(one[row]), int(other[row]))
        return found

    def _weight(self, one: int, other: int) -> float:
        left, right = self._columns.traits[one].place, self._columns.traits[other].place
        assert left is not None
        assert right is not None
        pair = (int(self._columns.place[one]), int(self._columns.place[other]))
        if pair not in self._known:
            name = parts_likeness(left, right)
            self._known[pair] = self._weights.of("place", name) if name else math.nan
        return self._known[pair]


def _actors(columns: Columns, one: Integers, other: Integers, weights: Weights) -> Floats:
    named = columns.named[one][:, :, None] & columns.named[other][:, None, :]
    by_id = _crossed(columns.actor, one, other)
    both = (columns.actor[one] != NONE)[:, :, None] & (columns.actor[other] != NONE)[:, None, :]
    same = (named & np.where(both, by_id, _crossed(columns.name, one, other))).any(axis=(1, 2))
    sided = (columns.side[one] != NONE)[:, :, None] & (columns.side[other] != NONE)[:, None, :]
    kindred = (named & sided & _crossed(columns.side, one, other)).any(axis=(1, 2))
    opposed = (sided | ~named).all(axis=(1, 2))
    left, right = columns.doer[one], columns.doer[other]
    parted = (left != NONE) & (right != NONE) & (left != right)
    names = ("different", "same", "same_side", "different")
    chosen = np.select((parted, same, kindred, opposed), [weights.of("actors", name) for name in names], 0.0)
    return np.where(named.any(axis=(1, 2)), chosen, 0.0)


def _crossed(codes: Integers, one: Integers, other: Integers) -> npt.NDArray[np.bool_]:
    equal: npt.NDArray[np.bool_] = codes[one][:, :, None] == codes[other][:, None, :]
    return equal


def _targets(columns: Columns, one: Integers, other: Integers, weights: Weights) -> Floats:
    left, right = columns.tags[one], columns.tags[other]
    shared, either = np.bitwise_count(left & right), np.bitwise_count(left | right)
    share = weights.of("target", "shared") * (shared / np.maximum(either, 1))
    weight = np.where(shared > 0, share, weights.of("target", "disjoint"))
    return np.where((left != 0) & (right != 0), weight, 0.0)


def _counts(counts: Counts, one: Integers, other: Integers, weights: Weights) -> Floats:
    told, also = counts.middle[one], counts.middle[other]
    low, high = np.minimum(told, also), np.maximum(told, also)
    inside = counts.bounded[one] & (also >= counts.low[one]) & (also <= counts.high[one])
    inside |= counts.bounded[other] & (told >= counts.low[other]) & (told <= counts.high[other])
    close = inside | (high - low <= CLOSE_SHARE * high)
    far = high > FAR_FACTOR * np.maximum(low, 1)
    names = ("equal", "close", "far")
    chosen = np.select(
        (told == also, close, far),
        [weights.of("counts", name) for name in names],
        weights.of("counts", "different"),
    )
    return np.where(counts.told[one] & counts.told[other], chosen, 0.0)


def _wording(
    columns: Columns, one: Integers, other: Integers, weights: Weights, words: SharedWords
) -> tuple[Floats, Flags]:
    shared = words(one, other)
    left, right = columns.words[one], columns.words[other]
    shorter = np.minimum(left, right)
    copied = (shared / np.maximum(left + right - shared, 1) >= weights.of("wording", "copy")) & (shorter > 0)
    above = np.maximum(0.0, shared / np.maximum(shorter, 1) - weights.of("wording", "chance"))
    apart = columns.placed[one] & columns.placed[other] & (columns.whole[one] != columns.whole[other])
    apart &= columns.spelling[one] != columns.spelling[other]
    alike = np.where(apart, weights.of("wording", "told_apart"), weights.of("wording", "copied"))
    weight = np.where(copied, alike, weights.of("wording", "shared_words") * above)
    contained = shared / np.maximum(shorter, 1) >= weights.of("wording", "contained")
    drawn_out = contained & (shorter >= weights.of("wording", "contained_words"))
    return np.where(shorter > 0, weight, 0.0), copied | drawn_out
