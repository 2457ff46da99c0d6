"""The nearest of many edges for many points, without a loop over either.

Edges that follow each other are bound into bundles with an enclosing circle. A bundle can only hold the nearest edge of
a point when the near rim of its circle lies no farther than the far rim of the best one; only those are looked into.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.crs import EARTH_RADIUS_KM

Floats = npt.NDArray[np.float64]

_BUNDLE = 12
"""Edges in a bundle: measured on 100 to 5,000 edges, 8 to 16 cost about the same."""
_TABLE = 4_000_000
"""Most point-bundle pairs held at once."""


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
    factor = np.array([shrink, 1.0])
    bundles = _bundles(edges * factor)
    step = max(1, _TABLE // len(bundles))
    parts = [_nearest(points[start : start + step] * factor, bundles) for start in range(0, len(points), step)]
    return great_circle_km(points, np.concatenate(parts) / factor if parts else np.zeros((0, 2)))


def great_circle_km(start: Floats, end: Floats) -> Floats:
    """Great-circle distance in km between points in degrees (haversine formula)."""
    lon1, lat1, lon2, lat2 = (np.radians(values) for values in (*start.T, *end.T))
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))


def _bundles(edges: Floats) -> Floats:
    """Return edges in bundles, shape (bundles, edges, 2, 2); the last one is filled up with its last edge."""
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
    start, along = bundles[bundle, :, 0], bundles[bundle, :, 1] - bundles[bundle, :, 0]
    offset = points[point][:, None] - start
    squared = np.maximum((along**2).sum(axis=2), 1e-300)
    share = np.clip((offset * along).sum(axis=2) / squared, 0, 1)
    gap = offset - share[..., None] * along
    gaps = (gap**2).sum(axis=2)
    edge = gaps.argmin(axis=1)
    rows = np.arange(len(point))
    candidates = points[point] - gap[rows, edge]
    # Pairs come ordered by point: the best of each run is the first after a stable sort by distance within the point.
    order = np.lexsort((gaps[rows, edge], point))
    first = np.flatnonzero(np.diff(point[order], prepend=-1))
    return candidates[order[first]]
