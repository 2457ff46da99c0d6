"""A scene as a file, by its suffix: HTML, GeoJSON, CSV, GeoPackage, GeoParquet, KML, PNG."""

from geo.exports.coarsening import COARSENED, Publication, publish
from geo.exports.csv_table import table_csv
from geo.exports.formats import PICTURE, SUFFIXES, scene_bytes, whole_file, write_scene
from geo.exports.options import ExportOptions, Layer
from geo.exports.reading import read_events, read_zones
from geo.exports.sensitive import SensitiveRule, is_public, sensitive_rules

__all__ = [
    "COARSENED",
    "PICTURE",
    "SUFFIXES",
    "ExportOptions",
    "Layer",
    "Publication",
    "SensitiveRule",
    "is_public",
    "publish",
    "read_events",
    "read_zones",
    "scene_bytes",
    "sensitive_rules",
    "table_csv",
    "whole_file",
    "write_scene",
]
