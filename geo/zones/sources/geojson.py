"""GeoJSON (RFC 7946), and what is published under that name.

Geometries are built by hand from the coordinates, because a library refuses a whole file for one unclosed ring or for a
`Polygon` that is nested like a `MultiPolygon`. The `crs` member of the 2008 draft is obeyed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import Rejection, ZoneError
from geo.zones.features import RawFeature, RawFile
from geo.zones.sources.reprojection import degrees

_DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def read(path: Path, *, crs: str | None = None) -> RawFile:
    """Read every feature of a file; `crs` wins over what the file says.

    Raises:
        ZoneError: the file is no JSON, or no GeoJSON.

    """
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, UnicodeDecodeError) as error:
        raise ZoneError(
            Rejection(str(path), f"not valid JSON ({error})", expected="a GeoJSON FeatureCollection")
        ) from error
    members = _features(content)
    if members is None:
        raise ZoneError(Rejection(str(path), "no GeoJSON", expected="a FeatureCollection, a Feature or a geometry"))
    notes: list[str] = []
    declared = crs or _declared_crs(content)
    if declared and not crs:
        notes.append(f"The coordinate system {declared} of the file's crs member was obeyed.")
    features = tuple(_feature(number, member, declared) for number, member in enumerate(members, start=1))
    return RawFile(features, tuple(notes))


def _features(content: Any) -> list[Any] | None:
    if not isinstance(content, dict):
        return None
    if content.get("type") == "FeatureCollection" and isinstance(content.get("features"), list):
        return list(content["features"])
    if content.get("type") == "Feature":
        return [content]
    return [{"geometry": content, "properties": {}}] if "coordinates" in content or "geometries" in content else None


def _declared_crs(content: dict[str, Any]) -> str | None:
    member = content.get("crs")
    properties = member.get("properties") if isinstance(member, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    # CRS84 is the default of GeoJSON, under its OGC name.
    return name if name and "CRS84" not in name else None


def _feature(number: int, member: Any, crs: str | None) -> RawFeature:
    if not isinstance(member, dict):
        return RawFeature(number, {}, None, ("no_feature",))
    properties = member.get("properties")
    faults: list[str] = []
    try:
        shape = _shape(member.get("geometry"), faults)
    except (TypeError, ValueError, shapely.errors.GEOSException):
        shape = None
        faults.append("malformed_coordinates")
    if shape is not None and crs:
        shape = degrees(shape, crs)
    return RawFeature(number, properties if isinstance(properties, dict) else {}, shape, tuple(dict.fromkeys(faults)))


def _shape(geometry: Any, faults: list[str]) -> BaseGeometry | None:
    if not isinstance(geometry, dict):
        return None
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        members = [_shape(member, faults) for member in geometry.get("geometries", ())]
        return GeometryCollection([member for member in members if member is not None])
    coordinates = geometry.get("coordinates")
    if kind not in _DEPTHS or not coordinates:
        return None
    depth = _depth(coordinates)
    if kind not in ("Polygon", "MultiPolygon"):
        return _thin_shape(coordinates, depth)
    if depth != _DEPTHS[kind]:
        faults.append("type_does_not_fit")
    if depth == 3:
        polygons = [_polygon(rings, faults) for rings in coordinates]
        return MultiPolygon([polygon for polygon in polygons if polygon is not None])
    # A Polygon without the list around its only ring.
    return _polygon(coordinates if depth == 2 else [coordinates], faults)


def _thin_shape(coordinates: Any, depth: int) -> BaseGeometry:
    """Points and lines are set aside later; it is enough to know that they are no ground."""
    while depth > 1:
        coordinates, depth = coordinates[0], depth - 1
    return Point(coordinates[:2]) if depth == 0 else LineString([point[:2] for point in (coordinates * 2)[:2]])


def _depth(coordinates: Any) -> int:
    depth = -1
    while isinstance(coordinates, Sequence) and not isinstance(coordinates, str) and coordinates:
        coordinates, depth = coordinates[0], depth + 1
    return depth


def _polygon(rings: Sequence[Any], faults: list[str]) -> Polygon | None:
    shell, *holes = [_ring(ring, faults) for ring in rings] or [None]
    if shell is None:
        return None
    return Polygon(shell, [hole for hole in holes if hole is not None])


def _ring(ring: Any, faults: list[str]) -> npt.NDArray[np.float64] | None:
    """Return a closed ring of two columns, or None where it has fewer than three corners."""
    points = np.asarray(ring if len({len(point) for point in ring}) <= 1 else [point[:2] for point in ring], np.float64)
    if points.ndim != 2 or points.shape[1] < 2:
        faults.append("short_ring")
        return None
    if points.shape[1] > 2:
        faults.append("z_values")
        points = points[:, :2]
    if not (points[0] == points[-1]).all():
        faults.append("unclosed_ring")
        points = np.concatenate([points, points[:1]])
    if len(points) < 4:
        faults.append("short_ring")
        return None
    return points
