"""Which accounts are worth comparing: those that share a day and a patch of ground, or their very words.

The doubts are part of it: an account falls into every patch that its uncertainty reaches and on every day of its span,
with a day before and after. So the pairs that are left out could not have reached the threshold.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from geo.matching.traits import Traits
from geo.matching.weights import Weights

_CELL_DEG = 0.5
_KM_PER_DEG = 111.2
_WIDE_KM = 100.0
"""Places with more doubt are compared by name alone: a country's centre is near nothing."""
_LONGEST_DAYS = 31
"""Longer spans are compared by words alone."""

Key = tuple[str | int, ...]


def candidate_pairs(traits: Sequence[Traits], weights: Weights) -> Iterator[tuple[int, int]]:
    """Yield each pair of indices worth comparing once, the smaller first."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    for index, item in enumerate(traits):
        for key in _keys(item, weights):
            blocks[key].append(index)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        for position, first in enumerate(members):
            for second in members[position + 1 :]:
                if (first, second) not in seen:
                    seen.add((first, second))
                    yield first, second


def _keys(item: Traits, weights: Weights) -> set[Key]:
    # Announcements never match what has happened, so they need no common block.
    family = weights.family(item.sub_type) + ("!" if item.announced else "")
    keys: set[Key] = {("words", family, *sorted(item.words))} if len(item.words) > 5 else set()
    span = (item.days.end - item.days.start).days if item.days else _LONGEST_DAYS + 1
    if item.days is None or item.place is None or span > _LONGEST_DAYS:
        return keys
    days = [(item.days.start + timedelta(days=offset)).toordinal() for offset in range(-1, span + 1)]
    if item.place.uncertainty_km > _WIDE_KM:
        return keys | {("name", family, item.place_key, day) for day in days}
    return keys | {("cell", family, *cell, day) for cell in _cells(item) for day in days}


def _cells(item: Traits) -> Iterator[tuple[int, int]]:
    place = item.place
    assert place is not None
    reach = place.uncertainty_km / _KM_PER_DEG
    across = min(reach / max(math.cos(math.radians(place.lat)), 0.05), 180.0)
    for column in range(_cell(place.lon - across), _cell(place.lon + across) + 1):
        for row in range(_cell(place.lat - reach), _cell(place.lat + reach) + 1):
            # The date line: one patch has one number from both sides.
            yield column % round(360 / _CELL_DEG), row


def _cell(degrees: float) -> int:
    return math.floor(degrees / _CELL_DEG)
