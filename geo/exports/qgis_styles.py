"""QGIS styles (QML) in the map's own colours: events by type, zones by who holds them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import geopandas as gpd

from geo.exports.xml_text import xml_text
from geo.layers.palette import MARKS, controller_colours

_ZONE_ALPHA = 90


def event_style() -> str:
    """Return the style of the layer `events`: a shape and a colour for each type."""
    categories = [(str(kind), str(kind).replace("_", " "), kind) for kind in MARKS]
    renderer, symbols = _categorized("event_type", [(value, label) for value, label, _ in categories])
    for number, (_, _, kind) in enumerate(categories):
        mark = MARKS[kind]
        options = {
            "name": mark.symbol,
            "color": _rgba(mark.colour, 255),
            "outline_color": "255,255,255,255",
            "outline_width": "0.4",
            "size": "3.4",
            "size_unit": "MM",
        }
        _symbol(symbols, number, "marker", "SimpleMarker", options)
    return _document(renderer)


def zone_style(zones: gpd.GeoDataFrame) -> str:
    """Return the style of the layer `zones`: a colour for each controller."""
    sides = zones.drop_duplicates("controller")
    names = sides["controller"].tolist()
    colours = controller_colours(names, sides["colour"].tolist())
    labels = [label or name for name, label in zip(names, sides["controller_name"], strict=True)]
    renderer, symbols = _categorized("controller", list(zip(names, labels, strict=True)))
    for number, colour in enumerate(colours):
        options = {
            "color": _rgba(colour, _ZONE_ALPHA),
            "outline_color": _rgba(colour, 255),
            "outline_width": "0.3",
            "style": "solid",
        }
        _symbol(symbols, number, "fill", "SimpleFill", options)
    return _document(renderer)


def _categorized(attribute: str, categories: list[tuple[str, str]]) -> tuple[ET.Element, ET.Element]:
    renderer = ET.Element("renderer-v2", type="categorizedSymbol", attr=attribute, enableorderby="0", forceraster="0")
    listed = ET.SubElement(renderer, "categories")
    for number, (value, label) in enumerate(categories):
        attributes = {"value": xml_text(value), "label": xml_text(label), "symbol": str(number), "render": "true"}
        ET.SubElement(listed, "category", attributes)
    return renderer, ET.SubElement(renderer, "symbols")


def _symbol(symbols: ET.Element, number: int, kind: str, layer_class: str, options: dict[str, str]) -> None:
    symbol = ET.SubElement(symbols, "symbol", {"name": str(number), "type": kind, "alpha": "1", "clip_to_extent": "1"})
    layer = ET.SubElement(symbol, "layer", {"class": layer_class, "enabled": "1", "locked": "0", "pass": "0"})
    listed = ET.SubElement(layer, "Option", {"type": "Map"})
    for name, value in options.items():
        ET.SubElement(listed, "Option", {"name": name, "type": "QString", "value": value})


def _document(renderer: ET.Element) -> str:
    root = ET.Element("qgis", version="3.28", styleCategories="Symbology")
    root.append(renderer)
    text: str = ET.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}"


def _rgba(colour: str, alpha: int) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"
