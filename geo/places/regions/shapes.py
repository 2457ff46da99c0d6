"""Shapes of regions, in a metric frame around a place.

All functions here take and give shapely geometries in metres of one azimuthal equidistant frame (geo.crs.to_local),
x to the east and y to the north, unless they say otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

_FAR = 2e7
"""Metres; longer than any extent."""
_SAMPLES = 40
"""Points along the longer side of the grid that distances are measured on."""


def polygons_of(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """Return the polygonal part of a geometry; empty where there is none."""
    mended = shape if shape.is_valid else shapely.make_valid(shape)
    parts = [part for part in shapely.get_parts(shapely.get_parts(mended)) if part.geom_type == "Polygon"]
    parts = [part for part in parts if part.area > 0.0]
    if len(parts) == 1:
        return parts[0]
    return MultiPolygon(parts)


def wedge(centre: Point, *, bearing: float, half_angle: float, inner: float = 0.0, outer: float = _FAR) -> Polygon:
    """A sector of a ring around a point: bearings within `half_angle` degrees, distances `inner` to `outer` metres."""
    angles = np.radians(
        np.linspace(bearing - half_angle, bearing + half_angle, max(3, math.ceil(half_angle / 4) * 2 + 1))
    )
    far = [(centre.x + outer * math.sin(angle), centre.y + outer * math.cos(angle)) for angle in angles]
    if inner <= 0.0:
        near = [(centre.x, centre.y)] if half_angle < 90.0 else []
    else:
        near = [(centre.x + inner * math.sin(angle), centre.y + inner * math.cos(angle)) for angle in reversed(angles)]
    return Polygon(far + near)


def side_of_shape(shape: BaseGeometry, *, bearings: Sequence[float]) -> BaseGeometry:
    """The part of a shape towards some bearings, seen from its centroid.

    Towards a cardinal point it is the half, cut through the centroid; towards a point in between, the quarter. Several
    bearings give the union.
    """
    centre = shape.centroid
    cuts = [
        wedge(centre, bearing=bearing, half_angle=90.0 if bearing % 90.0 == 0.0 else 45.0, outer=_reach(shape))
        for bearing in bearings
    ]
    return polygons_of(shape.intersection(shapely.union_all(cuts)))


def middle_of_shape(shape: BaseGeometry) -> BaseGeometry:
    """The middle of a shape: itself at half its width, about its centroid, and nowhere outside of it."""
    centre = shape.centroid
    return polygons_of(shapely.affinity.scale(shape, 0.5, 0.5, origin=centre).intersection(shape))


def _reach(shape: BaseGeometry) -> float:
    west, south, east, north = shape.bounds
    return 2.0 * math.hypot(east - west, north - south) + 1.0


def point_inside(shape: BaseGeometry, *, wanted: Point | None = None) -> Point:
    """A point that stands for a shape and lies inside it: the wanted one, else the centroid, else the next best."""
    best = wanted if wanted is not None else shape.centroid
    if shape.covers(best):
        return best
    inner = shape.buffer(-0.05 * math.sqrt(shape.area))
    return nearest_points(inner if not inner.is_empty else shape.representative_point(), best)[0]


def radius_holding(shape: BaseGeometry, point: Point, *, share: float = 0.9) -> float:
    """Radius in metres around a point that holds a share of a shape's area.

    It is the share's quantile of the distances to the points of a regular grid inside the shape, so that the true
    place lies within it with that probability if every spot of the shape is as likely as another.
    """
    west, south, east, north = shape.bounds
    step = max(east - west, north - south) / _SAMPLES
    if step <= 0.0:
        return 0.0
    xs, ys = np.meshgrid(np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step))
    inside = shapely.contains_xy(shape, xs.ravel(), ys.ravel())
    if not inside.any():
        return shapely.hausdorff_distance(shape, point)
    distances = np.hypot(xs.ravel()[inside] - point.x, ys.ravel()[inside] - point.y)
    return float(np.quantile(distances, share))


def corridor(first: Point, second: Point, *, width: float) -> BaseGeometry:
    """The strip within `width` metres of the straight line between two points, cut off square at its ends."""
    if first.equals(second):
        return first.buffer(width)
    return LineString([first, second]).buffer(width, cap_style="flat")
