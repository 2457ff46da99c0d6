"""The nearest of many edges for many points, without a loop over either.

Far from all edges the nearest corner stands for the nearest place on an edge: beyond four times the longest edge the
distance is at most 0.8 % too long, as the place lies within half an edge's length of a corner. Nearer points are
measured exactly. For these, edges that follow each other are bound into bundles with an enclosing circle; a bundle can
only hold the nearest edge when the near rim of its circle lies no farther than the far rim of the best one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.crs import EARTH_RADIUS_KM

Floats = npt.NDArray[np.float64]

_BUNDLE = 8
"""Edges in a bundle: measured on 100 to 5,000 edges, 8 to 16 cost about the same."""
_TABLE = 250_000
"""Most pairs of points and corners held at once: two megabytes stay in the processor's cache."""
_FAR = 4.0
"""Longest edges away from which corners are enough."""
_LONGEST_SHARE = 100
"""Edges longer than this part of the frontline's extent are cut before corners are compared."""


def nearest_km(points: Floats, edges: Floats, *, shrink: float) -> Floats:
    """Return the distance in km from each point to the nearest edge.

    Args:
        points: shape (n, 2), degrees lon and lat.
        edges: shape (m, 2, 2): edge, end, lon and lat.
        shrink: factor on degrees of longitude under which the nearest edge is sought; the distance to it is then taken
            on the sphere (haversine; within 0.6 % of the geodesic).

    """
    if not len(edges):
        return np.full(len(points), np.nan)
    if not len(points):
        return np.zeros(0)
    factor = np.array([shrink, 1.0])
    scaled, places = edges * factor, points * factor
    corners, longest = _corners(scaled)
    nearest = corners[_nearest_corner(places, corners)]
    near = np.flatnonzero(((nearest - places) ** 2).sum(axis=1) < (_FAR * longest) ** 2)
    if len(near):
        bundles = _bundles(scaled)
        step = max(1, _TABLE // len(bundles))
        for start in range(0, len(near), step):
            some = near[start : start + step]
            nearest[some] = _nearest(places[some], bundles)
    return great_circle_km(points, nearest / factor)


def _nearest_corner(places: Floats, corners: Floats) -> npt.NDArray[np.int64]:
    """Return the number of the nearest corner, to single precision: close ties may fall either way."""
    centre = corners.mean(axis=0)
    lon, lat = (corners - centre).astype(np.float32).T
    east, north = (places - centre).astype(np.float32).T[:, :, None]
    # Squared distance less the point's own square: two products and no root. Written out, because a matrix product of
    # two columns costs more in handing out threads than it saves.
    squares, lon, lat = lon**2 + lat**2, lon * np.float32(-2), lat * np.float32(-2)
    found = np.empty(len(places), dtype=np.int64)
    step = max(1, _TABLE // len(corners))
    for start in range(0, len(places), step):
        table = east[start : start + step] * lon
        table += north[start : start + step] * lat
        table += squares
        found[start : start + step] = table.argmin(axis=1)
    return found


def _corners(edges: Floats) -> tuple[Floats, float]:
    """Return places along the edges, ends among them, and the longest way between two that follow each other."""
    steps = edges[:, 1] - edges[:, 0]
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    longest = max(float(np.ptp(edges.reshape(-1, 2), axis=0).max()) / _LONGEST_SHARE, float(np.median(lengths)), 1e-9)
    follows = np.ones(len(edges), dtype=bool)
    follows[:-1] = (edges[:-1, 1] != edges[1:, 0]).any(axis=1)
    pieces = np.ceil(lengths / longest).clip(1).astype(np.int64)
    if pieces.max() == 1:
        return np.concatenate([edges[:, 0], edges[follows, 1]]), float(lengths.max())
    which = np.repeat(np.arange(len(edges)), pieces)
    share = (np.arange(len(which)) - np.repeat(np.cumsum(pieces) - pieces, pieces)) / pieces[which]
    along = edges[which, 0] + steps[which] * share[:, None]
    return np.concatenate([along, edges[follows, 1]]), float((lengths / pieces).max())


def great_circle_km(start: Floats, end: Floats) -> Floats:
    """Great-circle distance in km between points in degrees (haversine formula)."""
    lon1, lat1, lon2, lat2 = (np.radians(values) for values in (*start.T, *end.T))
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))


def _bundles(edges: Floats) -> Floats:
    """Return edges in bundles, shape (bundles, edges, 2, 2); the last one is filled up with the last edge."""
    missing = -len(edges) % _BUNDLE
    filled = np.concatenate([edges, np.repeat(edges[-1:], missing, axis=0)])
    return filled.reshape(-1, _BUNDLE, 2, 2)


def _nearest(points: Floats, bundles: Floats) -> Floats:
    """Return the nearest place on the edges for each point, in the shrunk frame."""
    low, high = bundles.min(axis=(1, 2)), bundles.max(axis=(1, 2))
    centre, radius = (low + high) / 2, np.hypot(*((high - low) / 2).T)
    distance = np.hypot(points[:, :1] - centre[:, 0], points[:, 1:] - centre[:, 1])
    best_far_rim = (distance + radius).min(axis=1)
    point, bundle = np.nonzero(distance - radius <= best_far_rim[:, None] * (1 + 1e-12))
    # Longitudes and latitudes apart: sums over pairs of numbers are slow.
    (west, south), (east, north) = bundles[bundle, :, 0].transpose(2, 0, 1), bundles[bundle, :, 1].transpose(2, 0, 1)
    along_lon, along_lat = east - west, north - south
    off_lon, off_lat = points[point, :1] - west, points[point, 1:] - south
    squared = np.maximum(along_lon * along_lon + along_lat * along_lat, 1e-300)
    share = ((off_lon * along_lon + off_lat * along_lat) / squared).clip(0, 1)
    off_lon -= share * along_lon
    off_lat -= share * along_lat
    gaps = off_lon * off_lon + off_lat * off_lat
    edge = gaps.argmin(axis=1)
    rows = np.arange(len(point))
    candidates = points[point] - np.column_stack([off_lon[rows, edge], off_lat[rows, edge]])
    # Pairs come ordered by point: the best of each run is the first after a stable sort by distance within the point.
    order = np.lexsort((gaps[rows, edge], point))
    first = np.flatnonzero(np.diff(point[order], prepend=-1))
    return candidates[order[first]]
