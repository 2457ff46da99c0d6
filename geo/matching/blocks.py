"""Which accounts are worth comparing: those that share a day and a patch of ground, a number of dead, or their words.

The doubts are part of it: an account falls into every patch that its uncertainty reaches and on every day of its span
and the one after. A key depends on its account alone, so an account's blocks are known before any other account is.
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
_WIDE_KM = 160.0
"""Places with more doubt are compared by name alone: the centre of a country is near nothing."""
_LONGEST_DAYS = 31
"""Longer spans are compared by words alone."""
_FEWEST_WORDS = 6
"""Shorter sentences are alike by chance."""
_TELLING_COUNT = 5
"""So many dead on one day, told twice, are worth a comparison wherever they were placed."""


def block_keys(item: Traits, weights: Weights) -> frozenset[str]:
    """Return the names of the blocks that an account is in; accounts that share none are not compared."""
    # Announcements never match what has happened, so they need no common block.
    realm = weights.realm(item.sub_type) + ("!" if item.announced else "")
    keys = {f"{words}/{realm}/{day}" for words in _wordings(item) for day in _copied_days(item)}
    span = (item.days.end - item.days.start).days if item.days else _LONGEST_DAYS + 1
    if item.days is None or span > _LONGEST_DAYS:
        return frozenset(keys)
    days = [(item.days.start + timedelta(days=offset)).toordinal() for offset in range(span + 2)]
    return frozenset(keys | {f"{ground}/{realm}/{day}" for ground in _grounds(item, weights) for day in days})


def candidate_pairs(traits: Sequence[Traits], weights: Weights) -> Iterator[tuple[int, int]]:
    """Yield each pair of indices worth comparing once, the smaller first."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for second, item in enumerate(traits):
        near: set[int] = set()
        for key in block_keys(item, weights):
            near.update(blocks[key])
            blocks[key].append(second)
        for first in sorted(near):
            yield first, second


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
