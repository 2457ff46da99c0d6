"""The nearest of many edges for many points of many days, with no loop over points or edges.

Points and edges come in groups, one a day: a point is measured against the edges of its own group. Far from all edges
the nearest corner stands for the nearest place on an edge: beyond four times the longest edge the distance is at most
0.8 % too long, as the place lies within half an edge's length of a corner. Nearer points are measured exactly. For
these, edges that follow each other are bound into bundles with an enclosing circle; a bundle can only hold the nearest
edge when the near rim of its circle lies no farther than the nearest corner.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.crs import EARTH_RADIUS_KM

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

_BUNDLE = 8
"""Edges in a bundle: measured on 100 to 5,000 edges, 8 to 16 cost about the same."""
_TABLE = 60_000
"""Most pairs of points and corners held at once: they stay in the processor's cache, and the matrix product of so few
is not shared out among threads, which would cost more than it saves."""
_PAIRS = 20_000
"""Most pairs of points and bundles held at once."""
_FAR = 4.0
"""Longest edges away from which corners are enough."""
_LONGEST_SHARE = 100
"""Edges longer than this part of the frontline's extent are cut before corners are compared."""
_ROUNDING = 1e-5
"""Share by which the distance to the nearest corner, found in single precision, may be too short."""


@dataclass(frozen=True, slots=True)
class _Corners:
    """Places along the edges, ends among them."""

    places: Floats
    cuts: Integers
    """Group `k` has the places `cuts[k]:cuts[k + 1]`."""
    longest: Floats
    """For each group the longest way between two places that follow each other."""


def nearest_km_in_groups(
    points: Floats, point_cuts: Integers, edges: Floats, edge_cuts: Integers, *, shrink: float
) -> Floats:
    """Return the distance in km from each point to the nearest edge of its group; NaN where the group has none.

    Args:
        points: shape (n, 2), degrees lon and lat, group after group.
        point_cuts: group `k` has the points `point_cuts[k]:point_cuts[k + 1]`.
        edges: shape (m, 2, 2): edge, end, lon and lat, group after group.
        edge_cuts: likewise for edges.
        shrink: factor on degrees of longitude under which the nearest edge is sought; the distance to it is then taken
            on the sphere (haversine; within 0.6 % of the geodesic).

    """
    distance = np.full(len(points), np.nan)
    group = np.repeat(np.arange(len(point_cuts) - 1), np.diff(point_cuts))
    measurable = np.diff(edge_cuts)[group] > 0
    if not measurable.any():
        return distance
    factor = np.array([shrink, 1.0])
    scaled, places = edges * factor, points * factor
    corners = _corners(scaled, edge_cuts)
    nearest = corners.places[_nearest_corners(places, point_cuts, corners)]
    off = places - nearest
    squared = off[:, 0] ** 2 + off[:, 1] ** 2
    near = np.flatnonzero(measurable & (squared < ((_FAR * corners.longest) ** 2)[group]))
    if len(near):
        reach = np.sqrt(squared[near]) * (1 + _ROUNDING)
        nearest[near] = _nearest_places(places[near], nearest[near], group[near], reach, scaled, edge_cuts)
    distance[measurable] = great_circle_km(points[measurable], nearest[measurable] / factor)
    return distance


def _nearest_corners(places: Floats, cuts: Integers, corners: _Corners) -> Integers:
    """Return the number of the nearest corner of its group for each place, to single precision: ties fall either way.

    0 stands where the group has none.
    """
    found = np.zeros(len(places), dtype=np.int64)
    for group in range(len(cuts) - 1):
        begin, end = cuts[group], cuts[group + 1]
        own = corners.places[corners.cuts[group] : corners.cuts[group + 1]]
        if not len(own) or begin == end:
            continue
        centre = own.mean(axis=0)
        by_corner, by_place = _factors((own - centre).astype(np.float32), (places[begin:end] - centre))
        step = max(1, _TABLE // len(own))
        for start in range(0, int(end - begin), step):
            some = by_place[start : start + step]
            found[begin + start : begin + start + len(some)] = (some @ by_corner).argmin(axis=1)
        found[begin:end] += corners.cuts[group]
    return found


def _factors(corners: Singles, places: Floats) -> tuple[Singles, Singles]:
    """Return the matrices whose product is the squared distance less the place's own square: no root, no difference."""
    squares = corners[:, 0] ** 2 + corners[:, 1] ** 2
    by_place = np.ones((len(places), 3), dtype=np.float32)
    by_place[:, :2] = places
    return np.stack([corners[:, 0] * np.float32(-2), corners[:, 1] * np.float32(-2), squares]), by_place


def _corners(edges: Floats, cuts: Integers) -> _Corners:
    group = np.repeat(np.arange(len(cuts) - 1), np.diff(cuts))
    filled = np.flatnonzero(np.diff(cuts))
    starts = cuts[filled]
    steps = edges[:, 1] - edges[:, 0]
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    low = np.minimum.reduceat(np.minimum(edges[:, 0], edges[:, 1]), starts)
    extent = (np.maximum.reduceat(np.maximum(edges[:, 0], edges[:, 1]), starts) - low).max(axis=1)
    usual = np.add.reduceat(lengths, starts) / np.diff(cuts)[filled]
    limit = np.ones(len(cuts) - 1)
    limit[filled] = np.maximum(np.maximum(extent / _LONGEST_SHARE, usual), 1e-9)
    pieces = np.ceil(lengths / limit[group]).clip(1).astype(np.int64)
    last = np.ones(len(edges), dtype=bool)
    apart = edges[:-1, 1] != edges[1:, 0]
    last[:-1] = apart[:, 0] | apart[:, 1] | (group[1:] != group[:-1])
    # Each piece gives its beginning, and the last of a chain its end too.
    counts = pieces + last
    ends = np.cumsum(counts)
    which = np.repeat(np.arange(len(edges)), counts)
    share = (np.arange(len(which)) - np.repeat(ends - counts, counts)) / pieces[which]
    longest = np.zeros(len(cuts) - 1)
    longest[filled] = np.maximum.reduceat(lengths / pieces, starts)
    corner_cuts = np.concatenate([np.zeros(1, dtype=np.int64), ends])[cuts]
    return _Corners(edges[which, 0] + steps[which] * share[:, None], corner_cuts, longest)


def great_circle_km(start: Floats, end: Floats) -> Floats:
    """Great-circle distance in km between points in degrees (haversine formula)."""
    lon1, lat1, lon2, lat2 = (np.radians(values) for values in (*start.T, *end.T))
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))


@dataclass(frozen=True, slots=True)
class _Bundles:
    """Edges of one group that follow each other, `_BUNDLE` by `_BUNDLE`, and the circles around them."""

    edges: Floats
    """Shape (bundles, _BUNDLE, 2, 2); the last one of a group is filled up with its last edge."""
    cuts: Integers
    lon: Floats
    lat: Floats
    radius: Floats


def _bundles(edges: Floats, cuts: Integers) -> _Bundles:
    counts = -(-np.diff(cuts) // _BUNDLE)
    bundle_cuts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    group = np.repeat(np.arange(len(counts)), counts)
    first = cuts[group] + (np.arange(len(group)) - bundle_cuts[group]) * _BUNDLE
    rows = np.minimum(first[:, None] + np.arange(_BUNDLE), (cuts[group + 1] - 1)[:, None])
    bundled = edges[rows]
    ends = np.minimum(bundled[:, :, 0], bundled[:, :, 1]), np.maximum(bundled[:, :, 0], bundled[:, :, 1])
    low, high = ends[0].min(axis=1), ends[1].max(axis=1)
    lon, lat = ((low + high) / 2).T.copy()
    return _Bundles(bundled, bundle_cuts, lon, lat, np.hypot(*((high - low) / 2).T))


def _nearest_places(
    places: Floats, corner: Floats, group: Integers, reach: Floats, edges: Floats, cuts: Integers
) -> Floats:
    """Return the nearest place on the edges of its group for each place, none of which lies farther than `reach`."""
    bundles = _bundles(edges, cuts)
    nearest = corner.copy()
    starts = np.searchsorted(group, np.arange(len(cuts)))
    pairs: list[tuple[Integers, Integers]] = []
    waiting = 0
    for number in np.unique(group):
        begin, end = starts[number], starts[number + 1]
        which, bundle = _close(
            bundles, slice(bundles.cuts[number], bundles.cuts[number + 1]), places[begin:end], reach[begin:end]
        )
        pairs.append((which + begin, bundle + bundles.cuts[number]))
        waiting += len(which)
        if waiting > _PAIRS:
            _note_pairs(nearest, places, bundles, pairs)
            pairs, waiting = [], 0
    _note_pairs(nearest, places, bundles, pairs)
    return nearest


def _close(bundles: _Bundles, own: slice, places: Floats, reach: Floats) -> tuple[Integers, Integers]:
    """Return the pairs of a place and a bundle of its group that may hold the nearest edge."""
    lon, lat, radius = bundles.lon[own], bundles.lat[own], bundles.radius[own]
    found = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))]
    step = max(1, _TABLE // len(lon))
    for start in range(0, len(places), step):
        some = places[start : start + step]
        off_lon, off_lat = some[:, :1] - lon, some[:, 1:] - lat
        squared = off_lon * off_lon + off_lat * off_lat
        which, bundle = np.nonzero(squared <= (reach[start : start + step, None] + radius) ** 2)
        found.append((which + start, bundle))
    return np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])


def _note_pairs(nearest: Floats, places: Floats, bundles: _Bundles, pairs: list[tuple[Integers, Integers]]) -> None:
    if pairs:
        bundle = np.concatenate([pair[1] for pair in pairs])
        _note_nearest(nearest, places, np.concatenate([pair[0] for pair in pairs]), bundles.edges[bundle])


def _note_nearest(nearest: Floats, places: Floats, which: Integers, bundled: Floats) -> None:
    """Write the nearest place on the edges for each place that occurs in `which`, which is in order."""
    if not len(which):
        return
    # Longitudes and latitudes apart: sums over pairs of numbers are slow.
    (west, south), (east, north) = bundled[:, :, 0].transpose(2, 0, 1), bundled[:, :, 1].transpose(2, 0, 1)
    along_lon, along_lat = east - west, north - south
    off_lon, off_lat = places[which, :1] - west, places[which, 1:] - south
    squared = np.maximum(along_lon * along_lon + along_lat * along_lat, 1e-300)
    share = ((off_lon * along_lon + off_lat * along_lat) / squared).clip(0, 1)
    off_lon -= share * along_lon
    off_lat -= share * along_lat
    gaps = off_lon * off_lon + off_lat * off_lat
    edge = gaps.argmin(axis=1)
    rows = np.arange(len(which))
    candidates = places[which] - np.column_stack([off_lon[rows, edge], off_lat[rows, edge]])
    # The best of each run is the first after a stable sort by distance within the place.
    order = np.lexsort((gaps[rows, edge], which))
    first = order[np.flatnonzero(np.diff(which[order], prepend=-1))]
    nearest[which[first]] = candidates[first]
