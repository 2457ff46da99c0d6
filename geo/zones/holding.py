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
from geo.zones.nearest import nearest_km_in_groups
from geo.zones.slices import Timeline

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Geometries = npt.NDArray[np.object_]

NO_ZONE = -1
"""Side of a moment that no zone covers."""
OVERLAP = 1 << 30
"""Side of a moment that zones of two sides cover."""
_VERTICES = 100_000
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
class Queue:
    """Moments within the series, ordered by stretch."""

    moments: int
    """How many there are, those outside the series included."""
    order: Integers
    """Their positions among all moments."""
    lon: Floats
    lat: Floats
    stretches: Integers
    """Those that have moments."""
    cuts: Integers
    """Stretch `stretches[k]` has the moments `cuts[k]:cuts[k + 1]`."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Consecutive stretches of a queue."""

    stretches: Integers
    cuts: Integers
    """Positions in the queue: one more than stretches."""

    @property
    def span(self) -> slice:
        """The moments of the batch in the queue."""
        return slice(int(self.cuts[0]), int(self.cuts[-1]))


def holdings(zones: gpd.GeoDataFrame, side: Integers, line: Timeline, queue: Queue) -> Holdings:
    """Return who holds each moment's point, in the order of the moments."""
    held, first = np.full(queue.moments, NO_ZONE), np.full(queue.moments, -1)
    geometries = zones.geometry.to_numpy()
    bounds = shapely.bounds(geometries)
    for batch in _batches(line, queue, shapely.get_num_coordinates(geometries)):
        pairs = [
            _box_pairs(line.zones_in(stretch), bounds, queue, int(begin), int(end))
            for stretch, begin, end in zip(batch.stretches, batch.cuts[:-1], batch.cuts[1:], strict=True)
        ]
        position = np.concatenate([pair[0] for pair in pairs])
        zone = np.concatenate([pair[1] for pair in pairs])
        inside = _inside(geometries, zone, queue.lon[position], queue.lat[position])
        _note_holders(held, first, side, queue.order[position[inside]], zone[inside])
    return Holdings(held, first)


def distances_km(
    zones: gpd.GeoDataFrame, side: Integers, line: Timeline, queue: Queue, *, shrink: float, bridge_km: float
) -> Floats:
    """Return the distance in km from each moment's point to the frontline of its stretch; NaN where there is none."""
    distance = np.full(queue.moments, np.nan)
    geometries = zones.geometry.to_numpy()
    batches = list(_batches(line, queue, shapely.get_num_coordinates(geometries)))
    measured = partial(_batch_km, geometries, side, line, queue, shrink=shrink, bridge_km=bridge_km)
    # GEOS and the arithmetic let go of the interpreter's lock, so that two batches share two cores.
    with ThreadPoolExecutor(max_workers=_THREADS) as pool:
        for batch, kilometres in zip(batches, pool.map(measured, batches), strict=True):
            distance[queue.order[batch.span]] = kilometres
    return distance


def _batch_km(
    geometries: Geometries,
    side: Integers,
    line: Timeline,
    queue: Queue,
    batch: _Batch,
    *,
    shrink: float,
    bridge_km: float,
) -> Floats:
    rows = np.concatenate([line.zones_in(stretch) for stretch in batch.stretches])
    sizes = [len(line.zones_in(stretch)) for stretch in batch.stretches]
    group = np.repeat(np.arange(len(sizes)), sizes)
    edges = frontline_edges(geometries[rows], side[rows], group, shrink=shrink, bridge_km=bridge_km)
    edge_cuts = np.searchsorted(edges.group, np.arange(len(sizes) + 1))
    points = np.column_stack([queue.lon[batch.span], queue.lat[batch.span]])
    return nearest_km_in_groups(points, batch.cuts - batch.cuts[0], edges.points, edge_cuts, shrink=shrink)


def queued(moments: Moments) -> Queue:
    """Return the moments within the series, ordered by stretch."""
    # Few bits make a stable sort several times as fast.
    small = moments.stretch.astype(np.int16 if moments.stretch.max(initial=0) < 1 << 15 else np.int64)
    order = np.argsort(small, kind="stable")
    ordered = moments.stretch[order]
    outside = int(np.searchsorted(ordered, 0))
    order, ordered = order[outside:], ordered[outside:]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    cuts = np.append(starts, len(order))
    return Queue(len(moments.event), order, moments.lon[order], moments.lat[order], ordered[starts], cuts)


def _batches(line: Timeline, queue: Queue, vertices: Integers) -> Iterator[_Batch]:
    weights = np.array([vertices[line.zones_in(stretch)].sum() for stretch in queue.stretches], dtype=np.int64)
    batch_of = np.cumsum(weights) // _VERTICES
    for number in np.unique(batch_of):
        first, after = np.searchsorted(batch_of, [number, number + 1])
        yield _Batch(queue.stretches[first:after], queue.cuts[first : after + 1])


def _box_pairs(rows: Integers, bounds: Floats, queue: Queue, begin: int, end: int) -> tuple[Integers, Integers]:
    """Return (place in the queue, zone) wherever a point lies in a zone's box, ordered by both."""
    found = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))]
    west, south, east, north = (column[:, None] for column in bounds[rows].T)
    step = max(1, _PAIRS // max(1, len(rows)))
    for start in range(begin, end, step):
        stop = min(start + step, end)
        lon, lat = queue.lon[start:stop], queue.lat[start:stop]
        table = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        point, zone = np.nonzero(np.ascontiguousarray(table.T))
        found.append((point + start, rows[zone]))
    return np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])


def _inside(geometries: Geometries, zone: Integers, lon: Floats, lat: Floats) -> npt.NDArray[np.bool_]:
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
    """Write the side and the first zone of each moment that a zone covers; pairs of one moment stand together."""
    if not len(position):
        return
    starts = np.flatnonzero(np.diff(position, prepend=-1))
    least, most = np.minimum.reduceat(side[zone], starts), np.maximum.reduceat(side[zone], starts)
    held[position[starts]] = np.where(least == most, most, OVERLAP)
    first[position[starts]] = zone[starts]
