"""GeoPackage: events, zones and regions in one file, with the styles that QGIS opens them in."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from geo.exports.options import ExportOptions, Layer
from geo.exports.qgis_styles import event_style, zone_style
from geo.tables import EVENT_COLUMNS, REGION_COLUMNS, ZONE_COLUMNS, Column, Scene

_STYLE_TABLE = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
)
"""
"""As QGIS creates it."""

VERSION = "1.3"
"""Of the GeoPackage standard: programs some years old, and the published validators, do not know 1.4 yet."""


_ROOM = 4 * 1024 * 1024
"""Bytes; a disk with less is full for a GeoPackage and its journal."""


def write_geopackage(scene: Scene, path: Path, *, layer: Layer, options: ExportOptions) -> None:
    """Write the layers `events`, `zones` and `regions`; all of them whatever the layer.

    Raises `OSError` where there is no room, as other writers do.
    """
    try:
        _write(scene, path)
    except (DataLayerError, DataSourceError, sqlite3.OperationalError) as error:
        # GDAL and SQLite keep the system's reason to themselves.
        if shutil.disk_usage(path.parent).free >= _ROOM:
            raise
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error


def _write(scene: Scene, path: Path) -> None:
    tables = {
        "events": (scene.events, EVENT_COLUMNS, "Point"),
        "zones": (scene.zones, ZONE_COLUMNS, "MultiPolygon"),
        "regions": (scene.regions, REGION_COLUMNS, "MultiPolygon"),
    }
    for name, (frame, columns, kind) in tables.items():
        pyogrio.write_dataframe(
            _with_dates(frame, columns),
            path,
            layer=name,
            driver="GPKG",
            append=path.exists(),
            geometry_type=kind,
            promote_to_multi=kind == "MultiPolygon",
            layer_metadata={"TITLE": f"{scene.title}: {name}"[:200]},
            use_arrow=True,
            **({} if path.exists() else {"dataset_options": {"VERSION": VERSION}}),
        )
    styles = {"events": event_style(), "zones": zone_style(scene.zones)}
    with closing(sqlite3.connect(path)) as connection, connection:
        _add_styles(connection, styles)


def _with_dates(frame: gpd.GeoDataFrame, columns: Sequence[Column]) -> gpd.GeoDataFrame:
    """Give days as dates: as timestamps they would come with an hour and a zone that nobody claimed."""
    days = {column.name for column in columns if column.kind == "day"}
    dated = {name: frame[name].dt.date.astype("object").where(frame[name].notna(), None) for name in days}
    return frame.assign(**dated)


def _add_styles(connection: sqlite3.Connection, styles: dict[str, str]) -> None:
    connection.execute(_STYLE_TABLE)
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
        " VALUES ('layer_styles', 'attributes', 'layer_styles')"
    )
    connection.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,"
        " styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', ?, 'geom', ?, ?, '', 1, '', '')",
        [(name, name, style) for name, style in styles.items()],
    )
