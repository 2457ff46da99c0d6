"""Control of events that are placed by a region: they lie somewhere in it, not at its point."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.vocabulary import UNCERTAIN, ZoneStatus
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
    for (region, begin, end), positions in groups.items():
        answer = _answer(zones, line, shapes[region], str(names[region]) or "the region", range(begin, end + 1))
        if answer is not None:
            yield np.array(positions), answer


def _answer(
    zones: gpd.GeoDataFrame, line: Timeline, region: BaseGeometry, name: str, stretches: range
) -> Answer | None:
    told = [_largest(zones, line, region, stretch) for stretch in stretches]
    if told[0] is None:
        return None
    side, share, position = told[0]
    zone_id = str(zones["zone_id"].iat[position])
    if any(other is None or other[0] != side or other[1] < MOST for other in told[1:]):
        return Answer(UNCERTAIN, zone_id, f"The event lies somewhere in {name}, which changed hands within its days.")
    holder = str(zones["controller_name"].iat[position]) or side
    if share < MOST:
        reason = f"The event lies somewhere in {name}, of which {share:.0%} was held by: {holder}."
        return Answer(UNCERTAIN, zone_id, reason)
    reason = f"The event lies somewhere in {name}, which that day was held by: {holder} ({share:.0%} of its ground)."
    return Answer(side, zone_id, reason)


def _largest(
    zones: gpd.GeoDataFrame, line: Timeline, region: BaseGeometry, stretch: int
) -> tuple[str, float, int] | None:
    """Return the side with most of the region's covered ground, its share, and its largest zone there."""
    rows = line.zones_in(stretch)
    # Shares of one small region: square degrees are as good as square kilometres.
    areas = shapely.area(shapely.intersection(zones.geometry.to_numpy()[rows], region))
    covered = float(areas.sum())
    if covered < COVERED * region.area or covered <= 0:
        return None
    held = (zones["status"].to_numpy()[rows] == ZoneStatus.HELD).astype(float) * areas
    controllers = zones["controller"].to_numpy()[rows].astype(str)
    totals = {side: float(held[controllers == side].sum()) for side in dict.fromkeys(controllers)}
    side = max(totals, key=lambda name: totals[name])
    position = int(rows[np.where(controllers == side, areas, -1).argmax()])
    return side, totals[side] / covered, position
