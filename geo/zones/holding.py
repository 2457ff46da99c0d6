"""Points on zones, and points to frontlines, for many days at once.

The work goes stretch by stretch of the series, in batches of a bounded number of border vertices, so that memory does
not grow with the length of a series. Within a batch nothing loops over events.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.zones.frontline import frontline_edges
from geo.zones.nearest import nearest_km
from geo.zones.slices import Timeline

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

NO_ZONE = -1
"""Side of a moment that no zone covers."""
OVERLAP = 1 << 30
"""Side of a moment that zones of two sides cover."""
_VERTICES = 400_000
"""Border vertices in a batch."""
_THREADS = 2
_PAIRS = 4_000_000
"""Point-box pairs compared at once."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Events at stretches of a series, ordered by event: an event of many days has many moments."""

    event: Integers
    stretch: Integers
    """-1 outside the series."""
    lon: Floats
    lat: Floats

    def starts(self) -> Integers:
        """Return the position of each event's first moment."""
        return np.flatnonzero(np.diff(self.event, prepend=-1))

    def at(self, positions: Integers) -> Moments:
        """Return the moments at some positions."""
        return Moments(self.event[positions], self.stretch[positions], self.lon[positions], self.lat[positions])


@dataclass(frozen=True, slots=True)
class Holdings:
    """For each moment the side that holds its point, and the first zone that covers it."""

    side: Integers
    """NO_ZONE, OVERLAP, or the number of a side."""
    zone: Integers
    """Position in the table of zones, -1 for none."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Consecutive stretches with moments, and those moments, ordered by stretch."""

    stretches: Integers
    moments: tuple[Integers, ...]
    """For each stretch the positions of its moments."""


def holdings(zones: gpd.GeoDataFrame, side: Integers, line: Timeline, moments: Moments) -> Holdings:
    """Return who holds each moment's point."""
    held, first = np.full(len(moments.event), NO_ZONE), np.full(len(moments.event), -1)
    geometries = zones.geometry.to_numpy()
    bounds = shapely.bounds(geometries)
    vertices = shapely.get_num_coordinates(geometries)
    for batch in _batches(line, moments, vertices):
        pairs = [
            _box_pairs(line.zones_in(stretch), bounds, moments, positions)
            for stretch, positions in zip(batch.stretches, batch.moments, strict=True)
        ]
        position = np.concatenate([pair[0] for pair in pairs])
        zone = np.concatenate([pair[1] for pair in pairs])
        inside = _inside(geometries, zone, moments.lon[position], moments.lat[position])
        _note_holders(held, first, side, position[inside], zone[inside])
    return Holdings(held, first)


def distances_km(
    zones: gpd.GeoDataFrame, side: Integers, line: Timeline, moments: Moments, *, shrink: float, bridge_km: float
) -> Floats:
    """Return the distance in km from each moment's point to the frontline of its stretch; NaN where there is none."""
    distance = np.full(len(moments.event), np.nan)
    geometries = zones.geometry.to_numpy()
    points = np.column_stack([moments.lon, moments.lat])
    for batch in _batches(line, moments, shapely.get_num_coordinates(geometries)):
        rows = np.concatenate([line.zones_in(stretch) for stretch in batch.stretches])
        sizes = [len(line.zones_in(stretch)) for stretch in batch.stretches]
        group = np.repeat(np.arange(len(sizes)), sizes)
        edges = frontline_edges(geometries[rows], side[rows], group, shrink=shrink, bridge_km=bridge_km)
        cuts = np.searchsorted(edges.group, np.arange(len(sizes) + 1))
        fronts = [edges.points[cuts[number] : cuts[number + 1]] for number in range(len(sizes))]
        # The arithmetic of one stretch lets go of the interpreter's lock, so that two stretches share two cores.
        with ThreadPoolExecutor(max_workers=_THREADS) as pool:
            found = pool.map(partial(_stretch_km, points, shrink), fronts, batch.moments)
            for positions, kilometres in zip(batch.moments, found, strict=True):
                distance[positions] = kilometres
    return distance


def _stretch_km(points: Floats, shrink: float, front: Floats, positions: Integers) -> Floats:
    return nearest_km(points[positions], front, shrink=shrink)


def _batches(line: Timeline, moments: Moments, vertices: Integers) -> Iterator[_Batch]:
    order = np.argsort(moments.stretch, kind="stable")
    ordered = moments.stretch[order]
    order, ordered = order[ordered >= 0], ordered[ordered >= 0]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    groups = np.split(order, starts[1:]) if len(starts) else []
    stretches = ordered[starts]
    weights = np.array([vertices[line.zones_in(stretch)].sum() for stretch in stretches], dtype=np.int64)
    batch_of = np.cumsum(weights) // _VERTICES
    for number in np.unique(batch_of):
        which = np.flatnonzero(batch_of == number)
        yield _Batch(stretches[which], tuple(groups[index] for index in which))


def _box_pairs(rows: Integers, bounds: Floats, moments: Moments, positions: Integers) -> tuple[Integers, Integers]:
    """Return (moment, zone) wherever a point lies in a zone's box."""
    found: list[tuple[Integers, Integers]] = []
    step = max(1, _PAIRS // max(1, len(positions)))
    lon, lat = moments.lon[positions], moments.lat[positions]
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        west, south, east, north = (column[:, None] for column in bounds[some].T)
        zone, point = np.nonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        found.append((positions[point], some[zone]))
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])


def _inside(geometries: npt.NDArray[np.object_], zone: Integers, lon: Floats, lat: Floats) -> npt.NDArray[np.bool_]:
    """Return which points lie in or on the border of their zone."""
    distinct = geometries[np.unique(zone)]
    fresh = distinct[~shapely.is_prepared(distinct)]
    shapely.prepare(fresh)
    try:
        return shapely.intersects_xy(geometries[zone], lon, lat)
    finally:
        # A prepared polygon weighs several times its vertices; a long series must not keep them all.
        shapely.destroy_prepared(fresh)


def _note_holders(held: Integers, first: Integers, side: Integers, position: Integers, zone: Integers) -> None:
    """Write the side and the first zone of each moment that a zone covers."""
    if not len(position):
        return
    order = np.lexsort((zone, position))
    position, zone = position[order], zone[order]
    starts = np.flatnonzero(np.diff(position, prepend=-1))
    least, most = np.minimum.reduceat(side[zone], starts), np.maximum.reduceat(side[zone], starts)
    held[position[starts]] = np.where(least == most, most, OVERLAP)
    first[position[starts]] = zone[starts]
