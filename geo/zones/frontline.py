"""Where opposing sides meet.

Sides are controllers; contested ground is a side of its own, so its borders are frontline too. The frontline is made of
the edges that zones of two sides share, vertex for vertex, and, where cells, streets or sloppy digitising leave a gap
(or an overlap), of those edges of one side that come within the bridging width of another side. Of two facing edges the
one of the side that comes first in the alphabet is taken, so that a bridged stretch is counted once.

Work is done in degrees with longitudes shrunk by the cosine of the series' middle latitude; lengths and distances that
come out are geodesic or great-circle.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod
from shapely.geometry import MultiLineString

from geo.crs import LONLAT
from geo.tables import FRONTLINE_COLUMNS, check_frontlines
from geo.vocabulary import CONTESTED, ZoneStatus
from geo.zones.slices import FOREVER, day_number, timeline, zones_at

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Geometries = npt.NDArray[np.object_]

BRIDGE_KM = 0.3
"""Gaps narrower than this are bridged, unless the caller sets another width."""
KM_PER_DEGREE = 111.195
"""Of latitude, on the mean sphere."""
_LONGEST_PIECE = 1
"""Longest piece of a bridged edge, in bridging widths."""
_ALONG = 0.75
"""Cosine of the angle to the other side's ground from which on an edge leads there instead of facing it."""
_PIECES = 8
_APART = 1000.0
"""Degrees between two slices that are searched together."""


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
    return _drawn(zones_at(zones, day), shrink=shrink_of(zones), bridge_km=bridge_km)


def _drawn(slice_: gpd.GeoDataFrame, *, shrink: float, bridge_km: float) -> MultiLineString:
    if slice_.empty:
        return MultiLineString()
    geometries = slice_.geometry.to_numpy()
    group = np.zeros(len(slice_), dtype=np.int64)
    return _joined(frontline_edges(geometries, sides(slice_), group, shrink=shrink, bridge_km=bridge_km))


def _joined(edges: Edges) -> MultiLineString:
    if not len(edges.points):
        return MultiLineString()
    # Only for drawing: edges that continue each other become one line.
    merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(edges.points)))
    return MultiLineString(shapely.get_parts(merged).tolist())


def frontlines(
    zones: gpd.GeoDataFrame, *, start: date | None = None, end: date | None = None, bridge_km: float = BRIDGE_KM
) -> gpd.GeoDataFrame:
    """Return the frontline of each stretch of days on which no zone changes, EPSG:4326.

    Columns: `valid_from`, `valid_to` (half-open, null where open) and `length_km`. Stretches without a frontline have
    no row.

    Args:
        zones: one series.
        start: first day; stretches that reach before it are told whole.
        end: last day, included.
        bridge_km: widest gap that is bridged.

    """
    return _by_stretch(zones, partial(_drawn, shrink=shrink_of(zones), bridge_km=bridge_km), start=start, end=end)


def bridged_frontlines(zones: gpd.GeoDataFrame, *, bridge_km: float = BRIDGE_KM) -> gpd.GeoDataFrame:
    """Return of each stretch's frontline the part across gaps, as `frontlines` does: borders that zones share are not
    in it, nor those between a side's ground and what is contested of it, so that a map that draws shared borders from
    the zones themselves adds these."""
    return _by_stretch(zones, partial(_bridging, shrink=shrink_of(zones), bridge_km=bridge_km))


def _by_stretch(
    zones: gpd.GeoDataFrame,
    draw: Callable[[gpd.GeoDataFrame], MultiLineString],
    *,
    start: date | None = None,
    end: date | None = None,
) -> gpd.GeoDataFrame:
    line = timeline(zones)
    rows: list[tuple[np.datetime64, np.datetime64, float]] = []
    drawn: list[MultiLineString] = []
    for stretch in range(max(0, len(line.cuts) - 1)):
        first, after = line.cuts[stretch], line.cuts[stretch + 1]
        if (end and first > day_number(end)) or (start and after <= day_number(start)):
            continue
        front = draw(zones.iloc[line.zones_in(stretch)])
        if not front.is_empty:
            closed = np.datetime64("NaT", "s") if after == FOREVER else np.datetime64(int(after), "D")
            rows.append((np.datetime64(int(first), "D"), closed, round(length_km(front), 3)))
            drawn.append(front)
    columns = {column.name: [row[number] for row in rows] for number, column in enumerate(FRONTLINE_COLUMNS)}
    return check_frontlines(gpd.GeoDataFrame(columns, geometry=drawn, crs=LONLAT))


def _bridging(slice_: gpd.GeoDataFrame, *, shrink: float, bridge_km: float) -> MultiLineString:
    group = np.zeros(len(slice_), dtype=np.int64)
    holder = np.unique(slice_["controller"].astype(str), return_inverse=True)[1].astype(np.int64)
    geometries = slice_.geometry.to_numpy()
    edges = _border_edges(geometries, group)
    _, alone = _shared_and_alone(edges, holder)
    near = _near_other_side(_take(edges, alone), geometries, holder, group, shrink=shrink, bridge_km=bridge_km)
    return _joined(near)


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
    # Rings are found in polygons alone: those of several parts are taken apart first.
    polygons, zone_of = shapely.get_parts(geometries, return_index=True)
    rings, polygon_of = shapely.get_rings(polygons, return_index=True)
    vertices, ring_of = shapely.get_coordinates(rings, return_index=True)
    following = np.flatnonzero(ring_of[1:] == ring_of[:-1])
    points = np.stack([vertices[following], vertices[following + 1]], axis=1)
    zone = zone_of[polygon_of[ring_of[following]]].astype(np.int64)
    return Edges(points, zone, group[zone])


def _shared_and_alone(edges: Edges, side: Integers) -> tuple[Integers, Integers]:
    """Return the edges that two sides share (one of each pair), and those that no other zone has."""
    keys = _edge_keys(edges)
    order = np.argsort(keys)
    ordered = keys[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = ordered[1:] != ordered[:-1]
    starts = np.flatnonzero(fresh)
    counts = np.diff(starts, append=len(order))
    edge_side = side[edges.zone[order]]
    least, most = np.minimum.reduceat(edge_side, starts), np.maximum.reduceat(edge_side, starts)
    # The first of equal edges, whatever the sort made of their order.
    first = np.minimum.reduceat(order, starts)
    return np.sort(first[least < most]), np.sort(first[counts == 1])


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
    """Return those edges that come within the bridging width of ground of a side later in the alphabet.

    Long edges are cut in eight again and again as long as they are near, so that only their near parts count and the
    far parts cost little. Slices lie side by side in one frame, far apart, so that one search serves them all.
    """
    width = bridge_km / KM_PER_DEGREE
    kept: list[Edges] = [_take(edges, np.zeros(0, dtype=np.int64))]
    if not len(edges.points) or bridge_km <= 0:
        return kept[0]
    ground = _side_by_side(geometries, group, shrink)
    tree = shapely.STRtree(ground)
    shapely.prepare(ground)
    while len(edges.points):
        edges = _take(edges, _near(edges, tree, side, shrink=shrink, width=width))
        steps = edges.points[:, 1] - edges.points[:, 0]
        short = np.hypot(steps[:, 0] * shrink, steps[:, 1]) <= _LONGEST_PIECE * width
        pieces = _take(edges, np.flatnonzero(short))
        kept.append(_take(pieces, _facing(pieces, tree, side, shrink=shrink, width=width)))
        edges = _cut(_take(edges, np.flatnonzero(~short)))
    return Edges(*(np.concatenate(columns) for columns in zip(*map(_columns, kept), strict=True)))


def _side_by_side(geometries: Geometries, group: Integers, shrink: float) -> Geometries:
    points, of = shapely.get_coordinates(geometries, return_index=True)
    moved = np.column_stack([points[:, 0] * shrink + group[of] * _APART, points[:, 1]])
    return shapely.set_coordinates(geometries.copy(), moved)


def _facing(edges: Edges, tree: shapely.STRtree, side: Integers, *, shrink: float, width: float) -> Integers:
    """Return those short edges that face the ground of a later side; borders that end there only lead to it."""
    moved = edges.points * np.array([shrink, 1.0])
    moved[..., 0] += edges.group[:, None] * _APART
    middle = shapely.points(moved.mean(axis=1))
    edge, zone = tree.query(middle, predicate="dwithin", distance=width)
    later = side[zone] > side[edges.zone[edge]]
    edge, zone = edge[later], zone[later]
    ways = shapely.get_coordinates(shapely.shortest_line(middle[edge], tree.geometries[zone])).reshape(-1, 2, 2)
    way, step = ways[:, 1] - ways[:, 0], moved[edge, 1] - moved[edge, 0]
    along = np.abs((way * step).sum(axis=1))
    return np.unique(edge[along <= _ALONG * np.hypot(*way.T) * np.hypot(*step.T)])


def _near(edges: Edges, tree: shapely.STRtree, side: Integers, *, shrink: float, width: float) -> Integers:
    moved = edges.points * np.array([shrink, 1.0])
    moved[..., 0] += edges.group[:, None] * _APART
    low, high = moved.min(axis=1) - width, moved.max(axis=1) + width
    edge, zone = tree.query(shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]))
    later = side[zone] > side[edges.zone[edge]]
    edge, zone = edge[later], zone[later]
    lines = shapely.linestrings(moved)
    close = shapely.dwithin(tree.geometries[zone], lines[edge], width)
    return np.unique(edge[close])


def _cut(edges: Edges) -> Edges:
    """Return the edges, each in eight equal pieces."""
    shares = np.linspace(0.0, 1.0, _PIECES + 1)
    begin, step = edges.points[:, 0], edges.points[:, 1] - edges.points[:, 0]
    stops = begin[:, None] + step[:, None] * shares[None, :, None]
    # The last stop is the end itself: rounding must not open the line.
    stops[:, -1] = edges.points[:, 1]
    points = np.stack([stops[:, :-1], stops[:, 1:]], axis=2).reshape(-1, 2, 2)
    return Edges(points, np.repeat(edges.zone, _PIECES), np.repeat(edges.group, _PIECES))
