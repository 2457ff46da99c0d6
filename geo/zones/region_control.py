"""Control of events that are placed by a region: they lie somewhere in it, not at its point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.vocabulary import CONTESTED, UNCERTAIN, ZoneStatus
from geo.zones.answers import Answer
from geo.zones.slices import FOREVER, Timeline, day_numbers

Integers = npt.NDArray[np.int64]

MOST = 0.9
"""Share of a region's ground that makes it one side's."""
COVERED = 0.5
"""Share of a region that zones must cover before anything is said."""


def region_answers(
    events: gpd.GeoDataFrame, zones: gpd.GeoDataFrame, line: Timeline, regions: gpd.GeoDataFrame
) -> Iterator[tuple[Integers, Answer]]:
    """Yield the positions of events in one region on the same days, and the answer for them.

    Events whose region lies outside the zones, or whose days lie outside the series, are left to the join by point.
    """
    shapes = dict(zip(regions["region_id"], regions.geometry, strict=True))
    names = dict(zip(regions["region_id"], regions["name"], strict=True))
    placed = np.flatnonzero(
        events["gazetteer_id"].isin(set(shapes)).to_numpy() & events["date_start"].notna().to_numpy()
    )
    some = events.iloc[placed]
    first = line.stretch_of(day_numbers(some["date_start"]))
    ends = day_numbers(some["date_end"])
    last = np.where(ends == FOREVER, first, line.stretch_of(ends))
    groups: dict[tuple[str, int, int], list[int]] = {}
    for position, region, begin, end in zip(placed, some["gazetteer_id"], first, last, strict=True):
        if begin >= 0 and end >= 0:
            groups.setdefault((region, int(begin), int(end)), []).append(int(position))
    if not groups:
        return
    held = _Held.of(zones, line)
    for (region, begin, end), positions in groups.items():
        answer = _answer(held, shapes[region], str(names[region]) or "the region", range(begin, end + 1))
        if answer is not None:
            yield np.array(positions), answer


@dataclass(frozen=True)
class _Held:
    """A series as the answers of all regions need it: its columns are taken out of their table once."""

    zones: gpd.GeoDataFrame
    line: Timeline
    geometries: npt.NDArray[np.object_]
    side: npt.NDArray[np.str_]
    """Of each zone: who holds it, or that it is contested."""

    @classmethod
    def of(cls, zones: gpd.GeoDataFrame, line: Timeline) -> _Held:
        contested = zones["status"].to_numpy() == ZoneStatus.CONTESTED
        side = np.where(contested, CONTESTED, zones["controller"].to_numpy().astype(object)).astype(str)
        return cls(zones, line, zones.geometry.to_numpy(), side)

    @cached_property
    def names(self) -> dict[str, str]:
        """Controllers in words."""
        return dict(zip(self.zones["controller"].tolist(), self.zones["controller_name"].tolist(), strict=True))


def _answer(held: _Held, region: BaseGeometry, name: str, stretches: range) -> Answer | None:
    told = [_shares(held, region, stretch) for stretch in stretches]
    if told[0] is None:
        return None
    shares, position = told[0]
    zone_id = str(held.zones["zone_id"].iat[position])
    if any(other is None or not _alike(other[0], shares) for other in told[1:]):
        return Answer(UNCERTAIN, zone_id, f"The event lies somewhere in {name}, which changed hands within its days.")
    side, share = max(shares.items(), key=lambda item: item[1])
    words = _in_words(held.names, shares)
    if side == CONTESTED or share < MOST:
        reason = f"The event lies somewhere in {name}, which was divided that day: held by {words}."
        return Answer(CONTESTED if side == CONTESTED and share >= MOST else UNCERTAIN, zone_id, reason)
    return Answer(side, zone_id, f"The event lies somewhere in {name}, held that day by {words}.")


def _alike(shares: Mapping[str, float], first: Mapping[str, float]) -> bool:
    """Return whether one side had a region on both of two days, or the same sides shared it alike."""
    side = max(first, key=lambda name: first[name])
    if first[side] >= MOST:
        return shares.get(side, 0.0) >= MOST
    return all(abs(shares.get(name, 0.0) - first.get(name, 0.0)) < 1 - MOST for name in {*shares, *first})


def _in_words(named: Mapping[str, str], shares: Mapping[str, float]) -> str:
    """Return the shares, largest first: `Rebels (74%), Government (20%); contested (6%)`."""
    told = [
        (named.get(side) or side, f"{share:.0%}") for side, share in sorted(shares.items(), key=lambda item: -item[1])
    ]
    return ", ".join(f"{name} ({share})" for name, share in told if share != "0%")


def _shares(held: _Held, region: BaseGeometry, stretch: int) -> tuple[dict[str, float], int] | None:
    """Return each side's share of the region's covered ground, and the largest zone there of the one with most."""
    rows = held.line.zones_in(stretch)
    # Shares of one small region: square degrees are as good as square kilometres.
    areas = shapely.area(shapely.intersection(held.geometries[rows], region))
    covered = float(areas.sum())
    if covered < COVERED * region.area or covered <= 0:
        return None
    sides = held.side[rows]
    shares = {side: float(areas[sides == side].sum()) / covered for side in dict.fromkeys(sides)}
    most = max(shares, key=lambda name: shares[name])
    return shares, int(rows[np.where(sides == most, areas, -1).argmax()])
