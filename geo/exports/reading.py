"""Reading our own files back into the tables they were written from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from shapely.geometry import shape

from geo.crs import LONLAT
from geo.errors import TableError, UnknownFormatError
from geo.exports.values import from_json
from geo.tables import EVENT_COLUMNS, ZONE_COLUMNS, Column, check_events, check_zones

_READABLE = (".geojson", ".gpkg", ".parquet")


def read_events(path: Path) -> gpd.GeoDataFrame:
    """Return the events of a `.geojson`, `.gpkg` or `.parquet` that `write_scene` wrote; `TableError` for any other."""
    return check_events(_read(path, "events", EVENT_COLUMNS), name=str(path))


def read_zones(path: Path) -> gpd.GeoDataFrame:
    """Return the zones of a `.geojson`, `.gpkg` or `.parquet` that `write_scene` wrote; `TableError` for any other."""
    return check_zones(_read(path, "zones", ZONE_COLUMNS), name=str(path))


def _read(path: Path, layer: str, columns: Sequence[Column]) -> gpd.GeoDataFrame:
    match path.suffix.lower():
        case ".geojson":
            return _from_geojson(path, columns)
        case ".gpkg":
            return _single_parts(pyogrio.read_dataframe(path, layer=layer, use_arrow=True))
        case ".parquet":
            return gpd.read_parquet(path)
        case unknown:
            raise UnknownFormatError(unknown, known=_READABLE)


def _single_parts(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Undo the promotion of polygons to multipolygons, which a layer of one type asks for."""
    alone = shapely.get_num_geometries(frame.geometry.to_numpy()) == 1
    frame.loc[alone, frame.geometry.name] = shapely.get_geometry(frame.geometry.to_numpy()[alone], 0)
    return frame


def _from_geojson(path: Path, columns: Sequence[Column]) -> gpd.GeoDataFrame:
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    properties = [feature["properties"] for feature in features]
    missing = [column.name for column in columns if any(column.name not in row for row in properties)]
    if missing:
        raise TableError(str(path), [f"property {name!r} is missing" for name in missing])
    data = {column.name: from_json([row[column.name] for row in properties], column) for column in columns}
    shapes = [None if feature["geometry"] is None else shape(feature["geometry"]) for feature in features]
    return gpd.GeoDataFrame(pd.DataFrame(data), geometry=gpd.GeoSeries(shapes, crs=LONLAT), crs=LONLAT)
