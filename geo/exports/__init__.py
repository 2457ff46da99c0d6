"""A scene as a file, by its suffix: HTML, GeoJSON, CSV, GeoPackage, GeoParquet, KML, PNG."""

from geo.exports.formats import PICTURE, SUFFIXES, Layer, scene_bytes, write_scene
from geo.exports.options import ExportOptions
from geo.exports.reading import read_events, read_zones

__all__ = [
    "PICTURE",
    "SUFFIXES",
    "ExportOptions",
    "Layer",
    "read_events",
    "read_zones",
    "scene_bytes",
    "write_scene",
]
