"""GeoJSON by RFC 7946: longitude first, 6 decimals, right-hand rings, cut at the antimeridian, with a bounding box.

Foreign members of the collection: `title`, `period` ({from, to}, both days included), `exported`, `attribution`
(list of {name, licence, url, what}). An event that could not be placed has a null geometry, as the RFC asks.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.affinity import translate
from shapely.geometry import box, mapping
from shapely.geometry.base import BaseGeometry

from geo.exports.options import ExportOptions, Layer
from geo.exports.values import json_rows, layer_of
from geo.layers.escaping import valid_text
from geo.tables import Scene

DECIMALS = 6
_IDS = {"events": "event_id", "zones": "zone_id"}


def write_geojson(scene: Scene, path: Path, *, layer: Layer, options: ExportOptions) -> None:
    """Write one layer of a scene as a feature collection, feature by feature."""
    frame, columns = layer_of(scene, layer)
    shapes = [rfc_geometry(geometry) for geometry in frame.geometry]
    head = {"type": "FeatureCollection", **_members(scene, options), **_bbox(shapes)}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_text(head)[:-1] + ',"features":[')
        for number, (shape, properties) in enumerate(zip(shapes, json_rows(frame, columns), strict=True)):
            feature = {
                "type": "Feature",
                "id": properties[_IDS[layer]],
                "geometry": None if shape is None else mapping(shape),
                "properties": properties,
            }
            file.write((",\n" if number else "\n") + _text(feature))
        file.write("\n]}\n")


def rfc_geometry(geometry: BaseGeometry | None) -> BaseGeometry | None:
    """Return a geometry as the RFC wants it; None for an empty one."""
    if geometry is None or geometry.is_empty:
        return None
    whole = _cut_at_antimeridian(geometry)
    rounded = shapely.transform(whole, lambda coordinates: np.round(coordinates, DECIMALS))
    oriented: BaseGeometry = shapely.orient_polygons(rounded)
    return oriented


def _cut_at_antimeridian(geometry: BaseGeometry) -> BaseGeometry:
    west, _, east, _ = geometry.bounds
    if west >= -180 and east <= 180:
        return geometry
    turns = range(int(np.floor((west + 180) / 360)), int(np.floor((east + 180) / 360)) + 1)
    worlds = [(turn, box(-180 + 360 * turn, -90, 180 + 360 * turn, 90)) for turn in turns]
    parts = [translate(geometry.intersection(world), xoff=-360 * turn) for turn, world in worlds]
    return shapely.union_all([part for part in parts if not part.is_empty])


def _bbox(shapes: list[BaseGeometry | None]) -> dict[str, Any]:
    """Return the member `bbox`; nothing where nothing is placed."""
    placed = [shape for shape in shapes if shape is not None]
    if not placed:
        return {}
    boxes = np.vstack([shapely.bounds(part) for shape in placed for part in shapely.get_parts(shape)])
    west, east = _longitudes(boxes)
    south, north = boxes[:, 1].min(), boxes[:, 3].max()
    return {"bbox": [round(float(value), DECIMALS) for value in (west, south, east, north)]}


def _longitudes(boxes: npt.NDArray[np.float64]) -> tuple[float, float]:
    """West and east; where something touches the antimeridian on both sides, the west is the larger number."""
    west, east = boxes[:, 0].min(), boxes[:, 2].max()
    if west > -180 or east < 180:
        return west, east
    order = boxes[np.argsort(boxes[:, 0])]
    reach = np.maximum.accumulate(order[:, 2])
    gaps = order[1:, 0] - reach[:-1]
    if not len(gaps) or gaps.max() <= 0:
        return west, east
    widest = int(gaps.argmax())
    return order[widest + 1, 0], reach[widest]


def _members(scene: Scene, options: ExportOptions) -> dict[str, Any]:
    exported = options.exported_on or datetime.now(tz=UTC).date()
    return {
        "title": scene.title,
        "period": {"from": scene.start.isoformat(), "to": scene.end.isoformat()},
        "exported": exported.isoformat(),
        "attribution": [
            {"name": credit.name, "licence": credit.licence, "url": credit.url, "what": credit.what}
            for credit in scene.attributions
        ],
    }


def _text(value: Any) -> str:
    return valid_text(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
