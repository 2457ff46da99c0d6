"""Where opposing sides meet.

Sides are controllers; contested ground is a side of its own, so its borders are frontline too. The frontline is made of
the edges that zones of two sides share, vertex for vertex, and, where cells, streets or sloppy digitising leave a gap
(or an overlap), of those edges of one side that come within the bridging width of another side. Of two facing edges the
one of the side that comes first in the alphabet is taken, so that a bridged stretch is counted once.

Work is done in degrees with longitudes shrunk by the cosine of the series' middle latitude; lengths and distances that
come out are geodesic or great-circle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod
from shapely.geometry import MultiLineString

from geo.vocabulary import CONTESTED, ZoneStatus
from geo.zones.slices import zones_at

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Geometries = npt.NDArray[np.object_]

BRIDGE_KM = 0.3
"""Gaps narrower than this are bridged, unless the caller sets another width."""
KM_PER_DEGREE = 111.195
"""Of latitude, on the mean sphere."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Straight pieces of zone borders in degrees; row `i` runs from `points[i, 0]` to `points[i, 1]`."""

    points: Floats
    """Shape (n, 2, 2): edge, end, lon and lat."""
    zone: Integers
    """Position of the zone that each edge belongs to."""
    group: Integers
    """Slice that each edge belongs to."""


def sides(zones: gpd.GeoDataFrame) -> Integers:
    """Return a number for each zone's side, in alphabetical order of the sides; contested ground comes last."""
    names = zones["controller"].astype("object").to_numpy().copy()
    contested = (zones["status"] == ZoneStatus.CONTESTED).to_numpy()
    names[contested] = "\U0010ffff" + CONTESTED
    return np.unique(names.astype(str), return_inverse=True)[1].astype(np.int64)


def frontline_at(zones: gpd.GeoDataFrame, day: date, *, bridge_km: float = BRIDGE_KM) -> MultiLineString:
    """Return the frontline of a day in EPSG:4326; empty where no two sides meet."""
    slice_ = zones_at(zones, day)
    if slice_.empty:
        return MultiLineString()
    geometries = slice_.geometry.to_numpy()
    edges = frontline_edges(
        geometries, sides(slice_), np.zeros(len(slice_), dtype=np.int64), shrink=shrink_of(zones), bridge_km=bridge_km
    )
    if not len(edges.points):
        return MultiLineString()
    # Only for drawing: edges that continue each other become one line.
    merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(edges.points)))
    return MultiLineString(shapely.get_parts(merged).tolist())


def length_km(line: MultiLineString) -> float:
    """Geodesic length of a frontline in km."""
    return abs(float(Geod(ellps="WGS84").geometry_length(line))) / 1000.0 if not line.is_empty else 0.0


def shrink_of(zones: gpd.GeoDataFrame) -> float:
    """Return the factor that makes degrees of longitude as long as degrees of latitude, mid-series."""
    south, north = zones.total_bounds[[1, 3]]
    return float(np.cos(np.radians((south + north) / 2))) if np.isfinite(south) else 1.0


def frontline_edges(
    geometries: Geometries | Sequence[object], side: Integers, group: Integers, *, shrink: float, bridge_km: float
) -> Edges:
    """Return the edges of the frontlines of one or many slices at once.

    Args:
        geometries: polygons in EPSG:4326, one for each zone of each slice.
        side: number of the side of each.
        group: number of the slice of each; zones of different slices never meet.
        shrink: factor on degrees of longitude.
        bridge_km: widest gap that is bridged, in km.

    """
    edges = _border_edges(np.asarray(geometries, dtype=object), group)
    if not len(edges.points):
        return edges
    shared, alone = _shared_and_alone(edges, side)
    near = _near_other_side(
        _take(edges, alone), np.asarray(geometries, dtype=object), side, group, shrink=shrink, bridge_km=bridge_km
    )
    kept = _take(edges, shared)
    found = Edges(*(np.concatenate(pair) for pair in zip(_columns(kept), _columns(near), strict=True)))
    return _take(found, np.argsort(found.group, kind="stable"))


def _columns(edges: Edges) -> tuple[Floats, Integers, Integers]:
    return edges.points, edges.zone, edges.group


def _take(edges: Edges, which: Integers) -> Edges:
    return Edges(edges.points[which], edges.zone[which], edges.group[which])


def _border_edges(geometries: Geometries, group: Integers) -> Edges:
    rings, polygon_of = shapely.get_rings(geometries, return_index=True)
    vertices, ring_of = shapely.get_coordinates(rings, return_index=True)
    following = np.flatnonzero(ring_of[1:] == ring_of[:-1])
    points = np.stack([vertices[following], vertices[following + 1]], axis=1)
    zone = polygon_of[ring_of[following]].astype(np.int64)
    return Edges(points, zone, group[zone])


def _shared_and_alone(edges: Edges, side: Integers) -> tuple[Integers, Integers]:
    """Return the edges that two sides share (one of each pair), and those that no other zone has."""
    keys = _edge_keys(edges)
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = ordered[1:] != ordered[:-1]
    starts = np.flatnonzero(fresh)
    counts = np.diff(starts, append=len(order))
    edge_side = side[edges.zone[order]]
    least, most = np.minimum.reduceat(edge_side, starts), np.maximum.reduceat(edge_side, starts)
    return np.sort(order[starts[least < most]]), np.sort(order[starts[counts == 1]])


def _edge_keys(edges: Edges) -> npt.NDArray[np.uint64]:
    """Return a number for each edge that does not depend on its direction."""
    # -0.0 and 0.0 are the same place with different bits.
    bits = (edges.points + 0.0).view(np.uint64).reshape(-1, 2, 2)
    with np.errstate(over="ignore"):
        ends = bits[..., 0] * np.uint64(0x9E3779B97F4A7C15) ^ (bits[..., 1] * np.uint64(0xC2B2AE3D27D4EB4F))
        ends ^= ends >> np.uint64(29)
        ends *= np.uint64(0xBF58476D1CE4E5B9)
        ends ^= ends >> np.uint64(32)
        total = ends[:, 0] + ends[:, 1]
        return total + edges.group.astype(np.uint64) * np.uint64(0x94D049BB133111EB)


def _near_other_side(
    edges: Edges, geometries: Geometries, side: Integers, group: Integers, *, shrink: float, bridge_km: float
) -> Edges:
    """Return those edges that come within the bridging width of ground of a side later in the alphabet."""
    empty = np.zeros(0, dtype=np.int64)
    if not len(edges.points) or bridge_km <= 0:
        return _take(edges, empty)
    width = bridge_km / KM_PER_DEGREE
    edges = _take(edges, _beside_other_ground(edges, geometries, side, group, shrink=shrink, width=width))
    edges = _cut_short(edges, shrink=shrink, longest=4 * width)
    factor = np.array([shrink, 1.0])
    kept: list[Integers] = []
    starts = np.flatnonzero(np.diff(edges.group, prepend=-1)) if len(edges.group) else empty
    for start, end in zip(starts, np.append(starts[1:], len(edges.group)), strict=True):
        zones_here = np.flatnonzero(group == edges.group[start])
        ground = shapely.transform(geometries[zones_here], lambda points: points * factor)
        lines = shapely.linestrings(edges.points[start:end] * factor)
        line, zone = shapely.STRtree(ground).query(lines, predicate="dwithin", distance=width)
        later = side[zones_here[zone]] > side[edges.zone[start + line]]
        kept.append(start + np.unique(line[later]))
    return _take(edges, np.concatenate(kept) if kept else empty)


def _beside_other_ground(
    edges: Edges, geometries: Geometries, side: Integers, group: Integers, *, shrink: float, width: float
) -> Integers:
    """Return the edges whose box comes near the box of a zone of a later side: a cheap sieve."""
    bounds = shapely.bounds(geometries)
    reach = np.array([width / shrink, width])
    low, high = edges.points.min(axis=1) - reach, edges.points.max(axis=1) + reach
    near = np.zeros(len(low), dtype=bool)
    order = np.argsort(edges.group, kind="stable")
    for number in np.unique(group):
        start, end = np.searchsorted(edges.group[order], [number, number + 1])
        if start == end:
            continue
        mine = order[start:end]
        for zone in np.flatnonzero(group == number):
            later = side[zone] > side[edges.zone[mine]]
            meets = (low[mine] <= bounds[zone, 2:]).all(axis=1) & (high[mine] >= bounds[zone, :2]).all(axis=1)
            near[mine] |= later & meets
    return np.flatnonzero(near)


def _cut_short(edges: Edges, *, shrink: float, longest: float) -> Edges:
    """Cut edges into pieces no longer than `longest` degrees, so that only their near parts count."""
    steps = edges.points[:, 1] - edges.points[:, 0]
    lengths = np.hypot(steps[:, 0] * shrink, steps[:, 1])
    pieces = np.clip(np.ceil(lengths / longest), 1, 10_000).astype(np.int64)
    which = np.repeat(np.arange(len(pieces)), pieces)
    number = np.arange(len(which)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    share = (number / pieces[which])[:, None]
    begin = edges.points[which, 0] + steps[which] * share
    end = edges.points[which, 0] + steps[which] * (share + (1 / pieces[which])[:, None])
    return Edges(np.stack([begin, end], axis=1), edges.zone[which], edges.group[which])
