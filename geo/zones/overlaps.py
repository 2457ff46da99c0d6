"""Ground that two sides claim in one snapshot, and the rule by which it is given to one of them or to none.

| rule | what becomes of the ground |
|---|---|
| `contested` (without any other word) | it is cut from both and becomes a contested zone of its own |
| `smaller` | the smaller zone keeps it: enclaves are often drawn on top of what surrounds them |
| `last` | the zone that stands later in the file keeps it: it is drawn on top |
| `keep` | both keep it; the join calls events there contested |

Where one of the two is contested already, `contested` cuts it from the other. Overlaps under 0.01 km² are noise of
digitising and stay. Zones with spans of days of their own (intervals) are not cut.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import area_km2
from geo.vocabulary import ZoneStatus
from geo.zones.import_report import FeatureFault, Outcome
from geo.zones.mapping import OverlapRule
from geo.zones.reading import Ground
from geo.zones.topology import polygons_of, without_slivers

LEAST_KM2 = 0.01


@dataclass(frozen=True, slots=True)
class _Shared:
    """The ground of two zones."""

    shape: BaseGeometry
    area_km2: float


_NOTHING = _Shared(shapely.MultiPolygon(), 0.0)


@dataclass(slots=True)
class Overlaps:
    """Cuts the snapshots of one series; what was done is in `faults`, each pair of zones once."""

    rule: OverlapRule
    faults: list[FeatureFault] = field(default_factory=list)
    _shared: dict[tuple[bytes, bytes], _Shared] = field(default_factory=dict)
    _areas: dict[bytes, float] = field(default_factory=dict)
    _made: dict[tuple[Ground, bytes], Ground | None] = field(default_factory=dict)
    _told: set[tuple[Ground, Ground]] = field(default_factory=set)

    def cut(self, grounds: Sequence[Ground], file: str) -> tuple[Ground, ...]:
        """Return the ground of a snapshot, without overlaps of different sides; `file` is for the report."""
        if self.rule is OverlapRule.KEEP or len(grounds) < 2:
            return tuple(grounds)
        losses: dict[int, list[BaseGeometry]] = {}
        contested: dict[Ground, None] = {}
        for one, other, shared in self._pairs(grounds):
            losers = self._losers(grounds, one, other)
            for loser in losers:
                losses.setdefault(loser, []).append(shared.shape)
                self._note(grounds[loser], grounds[one if loser == other else other], shared, file)
            if len(losers) == 2:
                contested[self._contested(grounds[one], grounds[other], shared)] = None
        if not losses:
            return tuple(grounds)
        kept = [self._without(ground, losses.get(number, [])) for number, ground in enumerate(grounds)]
        return (*(ground for ground in kept if ground is not None), *contested)

    def _pairs(self, grounds: Sequence[Ground]) -> Iterator[tuple[int, int, _Shared]]:
        shapes = np.array([ground.shape for ground in grounds], dtype=object)
        first, second = shapely.STRtree(shapes).query(shapes)
        ahead = first < second
        for one, other in sorted(zip(first[ahead].tolist(), second[ahead].tolist(), strict=True)):
            if _side(grounds[one]) != _side(grounds[other]):
                shared = self._shared_by(grounds[one], grounds[other])
                if shared.area_km2 >= LEAST_KM2:
                    yield one, other, shared

    def _shared_by(self, one: Ground, other: Ground) -> _Shared:
        key = (one.shape_key, other.shape_key)
        if key not in self._shared:
            common = polygons_of(shapely.intersection(one.shape, other.shape))
            area = 0.0 if common.is_empty else area_km2(common)
            # Most neighbours only share a border: nothing of it is worth keeping.
            self._shared[key] = _Shared(common, area) if area >= LEAST_KM2 else _NOTHING
        return self._shared[key]

    def _losers(self, grounds: Sequence[Ground], one: int, other: int) -> tuple[int, ...]:
        if self.rule is OverlapRule.LAST:
            return (one,)
        if self.rule is OverlapRule.SMALLER:
            return (one,) if self._area(grounds[one]) >= self._area(grounds[other]) else (other,)
        return tuple(number for number in (one, other) if grounds[number].status is ZoneStatus.HELD)

    def _contested(self, one: Ground, other: Ground, shared: _Shared) -> Ground:
        larger, smaller = (one, other) if self._area(one) >= self._area(other) else (other, one)
        names = f"{larger.controller_name} / {smaller.controller_name}"
        fresh = replace(larger, status=ZoneStatus.CONTESTED, name=names, shape_key=_key(shared.shape))
        return replace(fresh, shape=shared.shape)

    def _without(self, ground: Ground, lost: Sequence[BaseGeometry]) -> Ground | None:
        """Return what is left of a zone; None where nothing is."""
        if not lost:
            return ground
        taken = shapely.union_all(list(lost))
        key = (ground, _key(taken))
        if key not in self._made:
            left = without_slivers(polygons_of(shapely.difference(ground.shape, taken)))
            fresh = None if left.is_empty else replace(ground, shape_key=_key(left), shape=left)
            self._made[key] = fresh
        return self._made[key]

    def _note(self, loser: Ground, keeper: Ground, shared: _Shared, file: str) -> None:
        if (loser, keeper) in self._told:
            return
        self._told.add((loser, keeper))
        place = f"{loser.name or loser.controller_name}, over {keeper.name or keeper.controller_name}"
        outcome, fault = Outcome.REPAIRED, (f"overlap_{self.rule}",)
        self.faults.append(FeatureFault(file, place, outcome, fault, shared.area_km2, loser.shape))

    def _area(self, ground: Ground) -> float:
        if ground.shape_key not in self._areas:
            self._areas[ground.shape_key] = area_km2(ground.shape)
        return self._areas[ground.shape_key]


def _side(ground: Ground) -> str:
    return "" if ground.status is ZoneStatus.CONTESTED else ground.controller


def _key(shape: BaseGeometry) -> bytes:
    return hashlib.blake2b(shapely.to_wkb(shape), digest_size=16).digest()
