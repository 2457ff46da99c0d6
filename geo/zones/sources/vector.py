"""Layers of a vector file through GDAL: what GeoPackage, Shapefile and KML have in common."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.errors
import shapely

from geo.errors import Rejection, ZoneError
from geo.zones.features import RawFeature, RawFile
from geo.zones.sources.reprojection import degrees


def read_layers(path: Path, *, crs: str | None, address: str = "", encoding: str | None = None) -> RawFile:
    """Read the features of every layer of a file that has geometries.

    Args:
        path: the file, for messages.
        crs: coordinate system that wins over the file's own.
        address: GDAL's address, where it is not the path.
        encoding: of the attributes, where the file does not say.

    Raises:
        ZoneError: GDAL cannot open the file.

    """
    source = address or str(path)
    try:
        layers = pyogrio.list_layers(source)
        features = [
            feature
            for name, kind in layers
            if kind is not None
            for feature in _layer(source, str(name), crs=crs, encoding=encoding, named=len(layers) > 1)
        ]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise ZoneError(
            Rejection(str(path), f"cannot be read ({error})", expected="a whole GeoPackage, Shapefile or KML")
        ) from error
    return RawFile(tuple(features))


def _layer(source: str, layer: str, *, crs: str | None, encoding: str | None, named: bool) -> Iterator[RawFeature]:
    meta, _, encoded, columns = pyogrio.raw.read(source, layer=layer, encoding=encoding, force_2d=False)
    names = [str(name) for name in meta["fields"]]
    # GEOS refuses an unclosed ring unless it may close it.
    shapes = shapely.from_wkb(encoded, on_invalid="fix") if encoded is not None else np.array([])
    declared = crs or meta["crs"]
    for number, shape in enumerate(shapes, start=1):
        properties = {name: _plain(column[number - 1]) for name, column in zip(names, columns, strict=True)}
        projected = degrees(shape, declared) if shape is not None and declared else shape
        yield RawFeature(number, properties, projected, layer=layer if named else "")


def _plain(value: Any) -> Any:
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else value.astype("datetime64[s]").item().isoformat()
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and np.isnan(value) else value
