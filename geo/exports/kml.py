"""KML 2.2 with time spans, for Google Earth: events as placemarks, zones as polygons of their days.

Earth reads a description as HTML, so its text is escaped as HTML first and as XML then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

import shapely
from shapely.geometry.base import BaseGeometry

from geo.exports.geojson import rfc_geometry
from geo.exports.options import ExportOptions, Layer
from geo.exports.values import json_rows, layer_of
from geo.exports.xml_text import xml_text
from geo.layers.escaping import html_text, safe_url
from geo.layers.palette import MARKS, controller_colours
from geo.tables import Scene

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_ZONE_ALPHA = "66"


def write_kml(scene: Scene, path: Path, *, layer: Layer, options: ExportOptions) -> None:
    """Write one layer of a scene."""
    frame, columns = layer_of(scene, layer)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        page = _Page(XMLGenerator(file, encoding="utf-8", short_empty_elements=True))
        page.generator.startDocument()
        with page.open("kml", xmlns=_NAMESPACE), page.open("Document"):
            page.leaf("name", scene.title)
            page.leaf("description", html_text("; ".join(f"{c.name} ({c.licence})" for c in scene.attributions)))
            sides = _styles(page, scene, layer)
            rows = json_rows(frame, columns)
            for row, geometry in zip(rows, frame.geometry, strict=True):
                shape = rfc_geometry(geometry)
                if layer == "events":
                    _event(page, row, shape)
                else:
                    _zone(page, row, shape, sides)
        page.generator.endDocument()


class _Element:
    """An open element; closed at the end of its `with`."""

    def __init__(self, generator: XMLGenerator, name: str) -> None:
        self.generator, self.name = generator, name

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        self.generator.endElement(self.name)


class _Page:
    """Writes elements with text that is cleaned and escaped."""

    def __init__(self, generator: XMLGenerator) -> None:
        self.generator = generator

    def open(self, element: str, **attributes: str) -> _Element:
        self.generator.startElement(
            element, AttributesImpl({key: xml_text(value) for key, value in attributes.items()})
        )
        return _Element(self.generator, element)

    def leaf(self, element: str, text: str, **attributes: str) -> None:
        if text:
            with self.open(element, **attributes):
                self.generator.characters(xml_text(text))


def _styles(page: _Page, scene: Scene, layer: Layer) -> dict[str, int]:
    """Write the shared styles; return the number of each controller's."""
    if layer == "events":
        for kind, mark in MARKS.items():
            with page.open("Style", id=f"type-{kind}"), page.open("IconStyle"):
                page.leaf("color", _abgr(mark.colour, "ff"))
        return {}
    sides = scene.zones.drop_duplicates("controller")
    names = sides["controller"].tolist()
    for number, colour in enumerate(controller_colours(names, sides["colour"].tolist())):
        with page.open("Style", id=f"side-{number}"):
            with page.open("LineStyle"):
                page.leaf("color", _abgr(colour, "ff"))
            with page.open("PolyStyle"):
                page.leaf("color", _abgr(colour, _ZONE_ALPHA))
    return {name: number for number, name in enumerate(names)}


def _event(page: _Page, row: dict[str, Any], shape: BaseGeometry | None) -> None:
    with page.open("Placemark"):
        page.leaf("name", f"{row['sub_event_type'].replace('_', ' ')}, {row['place_name']}".strip(", "))
        page.leaf("description", _description(row))
        _span(page, row["date_start"], row["date_end"])
        page.leaf("styleUrl", f"#type-{row['event_type']}")
        _extended(page, row, leave_out=("accounts", "notes", "lon", "lat"))
        _geometry(page, shape)


def _description(row: dict[str, Any]) -> str:
    lines = [html_text(row["notes"])] if row["notes"] else []
    for account in row["accounts"]:
        source = html_text(str(account.get("source") or account.get("document_id") or ""))
        url = safe_url(str(account.get("url") or ""))
        lines.append(f'<a href="{html_text(url)}">{source}</a>' if url else source)
    return "<br/>".join(lines)


def _zone(page: _Page, row: dict[str, Any], shape: BaseGeometry | None, sides: dict[str, int]) -> None:
    last = date.fromisoformat(row["valid_to"]) - timedelta(days=1) if row["valid_to"] else None
    with page.open("Placemark"):
        page.leaf("name", row["name"] or row["controller_name"] or row["controller"])
        page.leaf("description", html_text(row["note"]))
        _span(page, row["valid_from"], last.isoformat() if last else None)
        page.leaf("styleUrl", f"#side-{sides[row['controller']]}")
        _extended(page, row, leave_out=("note",))
        _geometry(page, shape)


def _span(page: _Page, start: str | None, end: str | None) -> None:
    """Both days included; an end that is not known leaves the span open."""
    if start or end:
        with page.open("TimeSpan"):
            page.leaf("begin", start or "")
            page.leaf("end", end or "")


def _extended(page: _Page, row: dict[str, Any], *, leave_out: Iterable[str]) -> None:
    with page.open("ExtendedData"):
        for name, value in row.items():
            if name in leave_out or value in (None, "", []):
                continue
            with page.open("Data", name=name):
                page.leaf("value", "; ".join(value) if isinstance(value, list) else str(value))


def _geometry(page: _Page, shape: BaseGeometry | None) -> None:
    if shape is None:
        return
    parts = shapely.get_parts(shape)
    if len(parts) == 1:
        _part(page, parts[0])
        return
    with page.open("MultiGeometry"):
        for part in parts:
            _part(page, part)


def _part(page: _Page, part: BaseGeometry) -> None:
    if part.geom_type == "Point":
        with page.open("Point"):
            page.leaf("coordinates", _coordinates(part))
    elif part.geom_type == "Polygon":
        with page.open("Polygon"):
            for name, ring in [
                ("outerBoundaryIs", part.exterior),
                *(("innerBoundaryIs", hole) for hole in part.interiors),
            ]:
                with page.open(name), page.open("LinearRing"):
                    page.leaf("coordinates", _coordinates(ring))


def _coordinates(shape: BaseGeometry) -> str:
    return " ".join(f"{lon},{lat}" for lon, lat in shapely.get_coordinates(shape).tolist())


def _abgr(colour: str, alpha: str) -> str:
    """KML writes colours as alpha, blue, green, red."""
    return f"{alpha}{colour[5:7]}{colour[3:5]}{colour[1:3]}".lower()
