"""GeoJSON: each feature is a place; a polygon becomes its extent, with a point inside it as the place's point."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.crs import area_km2
from geo.errors import GazetteerError, Rejection
from geo.places.gazetteers.entry import Entry, Reading
from geo.places.kinds import KINDS

_NAMES = ("name", "name_en", "NAME", "shapeName", "ADM3_EN", "ADM2_EN", "ADM1_EN", "Name")


def read(path: Path, reading: Reading) -> Iterator[Entry | Rejection]:
    """Yield the features as entries; raise `GazetteerError` where the file is no feature collection."""
    try:
        collection = json.loads(path.read_text(encoding="utf-8-sig"))
        features = collection["features"] if collection["type"] == "FeatureCollection" else [collection]
    except (ValueError, KeyError, TypeError) as error:
        raise GazetteerError(Rejection(str(path), "it is no GeoJSON", expected="a FeatureCollection")) from error
    for number, feature in enumerate(features, start=1):
        yield feature_entry(feature, path=path, number=number, reading=reading)


def feature_entry(feature: Mapping[str, Any], *, path: Path, number: int, reading: Reading) -> Entry | Rejection:
    """Return one feature as an entry, or why it is none."""
    where = f"feature {number}"
    properties = feature.get("properties") or {}
    name = str(properties.get(reading.columns.get("name", ""), "") or _first(properties, _NAMES))
    kind = str(properties.get(reading.columns.get("kind", "kind"), "") or reading.kind or "neighbourhood")
    if not name:
        return Rejection(str(path), "it has no name", where, remedy="say which property holds it: --column name=…")
    if kind not in KINDS:
        return Rejection(str(path), f"the kind {kind!r} is unknown", where, ", ".join(sorted(KINDS)))
    geometry = _geometry(feature.get("geometry"))
    if geometry is None or geometry.is_empty:
        return Rejection(str(path), "its geometry cannot be read", where)
    point = geometry if geometry.geom_type == "Point" else geometry.representative_point()
    if not (-180 <= point.x <= 180 and -90 <= point.y <= 90):
        return Rejection(str(path), "its coordinates are no degrees", where, "EPSG:4326", "reproject the file")
    extent = geometry if geometry.geom_type in ("Polygon", "MultiPolygon") else None
    given = properties.get(reading.columns.get("id", "id")) or feature.get("id")
    return Entry(
        gazetteer_id=str(given or f"{name}@{point.y:.4f},{point.x:.4f}"),
        name=name,
        lon=round(point.x, 6),
        lat=round(point.y, 6),
        kind=kind,
        country=str(properties.get(reading.columns.get("country", "country"), "") or reading.country),
        radius_km=round(math.sqrt(area_km2(extent) / math.pi), 3) if extent is not None else 0.0,
        extent=shapely.to_wkb(extent) if extent is not None else b"",
    )


def _first(properties: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(properties[name]) for name in names if properties.get(name)), "")


def _geometry(written: Any) -> BaseGeometry | None:
    try:
        geometry = shape(written)
        return geometry if geometry.is_valid else shapely.make_valid(geometry)
    except (ShapelyError, ValueError, TypeError, AttributeError, KeyError):
        return None
