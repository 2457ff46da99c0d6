"""Feature tables read column by column, through Arrow: at 100,000 events a Python object a cell is what costs.

SQLite is asked through the module that writes to it. A second copy of SQLite in the process, such as the one in GDAL,
would drop the locks that the first one holds on the file whenever it closes it (sqlite.org/howtocorrupt, 2.2.1).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import shapely
from numpy.typing import NDArray

from geo.crs import LONLAT
from geo.stores.geometry import from_wkb, wkb_of
from geo.stores.schema import GEOMETRY
from geo.tables import Column, Kind

_ROWS: Final = 5_000
"""Rows that are held as Python objects at once."""
_LONGEST_ROW: Final = 256 * 1024 * 1024
"""Bytes of one row of PostgreSQL's answer."""
_ARROW: Final[dict[Kind, pa.DataType]] = {
    "text": pa.large_string(),
    "list": pa.large_string(),
    "json": pa.large_string(),
    "integer": pa.int64(),
    "real": pa.float64(),
    "day": pa.date32(),
    "flag": pa.bool_(),
}
_POINT: Final = np.dtype([("order", "u1"), ("kind", "<u4"), ("lon", "<f8"), ("lat", "<f8")])
"""WKB of a point, little-endian."""
_POINT_BLOB: Final = np.dtype([("head", "V8"), *((name, _POINT[name]) for name in _POINT.names or ())])
"""The same in a GeoPackage: no envelope stands before a point."""


def table_of_cursor(cursor: Any, columns: Sequence[Column]) -> gpd.GeoDataFrame:
    """Return what is left of a cursor of SQLite, rows of (GeoPackage blob, declared columns…); not yet checked."""
    schema = pa.schema([(column.name, _of_sqlite(column)) for column in columns])
    parts: list[pa.RecordBatch] = []
    shapes: list[NDArray[np.object_]] = [np.empty(0, dtype=object)]
    while rows := cursor.fetchmany(_ROWS):
        blobs, *fields = zip(*rows, strict=True)
        shapes.append(_shapes_of_blobs(blobs))
        arrays = [pa.array(values, field.type) for values, field in zip(fields, schema, strict=True)]
        parts.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
    return _table(pa.Table.from_batches(parts, schema=schema), np.concatenate(shapes), columns)


def table_of_copy(blocks: Iterable[Any], columns: Sequence[Column]) -> gpd.GeoDataFrame:
    """Return what PostgreSQL copies out as CSV: rows of (WKB in hexadecimal, declared columns…)."""
    content = b"".join(blocks)
    types = {GEOMETRY: pa.large_string(), **{column.name: _ARROW[column.kind] for column in columns}}
    if not content:
        empty = pa.schema(types).empty_table()
        return _table(empty.drop_columns([GEOMETRY]), np.empty(0, dtype=object), columns)
    answer = pyarrow.csv.read_csv(
        io.BytesIO(content),
        read_options=pyarrow.csv.ReadOptions(
            column_names=list(types), block_size=min(len(content) + 1, _LONGEST_ROW), use_threads=False
        ),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=types,
            # Null is nothing at all between two commas; an empty text stands in quotation marks.
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )
    shapes = _shapes_of_hexadecimals(answer.column(GEOMETRY).to_pylist())
    return _table(answer.drop_columns([GEOMETRY]), shapes, columns)


def _of_sqlite(column: Column) -> pa.DataType:
    """Return the type that SQLite hands out: days are text in it and flags are numbers."""
    match column.kind:
        case "day":
            return pa.large_string()
        case "flag":
            return pa.int64()
        case _:
            return _ARROW[column.kind]


def _table(table: pa.Table, shapes: NDArray[np.object_], columns: Sequence[Column]) -> gpd.GeoDataFrame:
    ready = {column.name: _series(table.column(column.name), column) for column in columns}
    return gpd.GeoDataFrame(pd.DataFrame(ready, copy=False), geometry=shapes, crs=LONLAT)


def _series(values: pa.ChunkedArray, column: Column) -> pd.Series:
    match column.kind:
        case "integer":
            return values.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
        case "day":
            return values.cast(pa.date32()).cast(pa.timestamp("s")).to_pandas()
        case "flag":
            return values.cast(pa.bool_()).fill_null(False).to_pandas()
        case _:
            return values.to_pandas()


def _shapes_of_blobs(blobs: Sequence[bytes | None]) -> NDArray[np.object_]:
    """Return the shapes of GeoPackage blobs."""
    filled = [blob for blob in blobs if blob is not None]
    if all(len(blob) == _POINT_BLOB.itemsize for blob in filled):
        points = np.frombuffer(b"".join(filled), _POINT_BLOB)
        if _plain(points):
            return _placed(points, [blob is not None for blob in blobs])
    return np.asarray(from_wkb([None if blob is None else wkb_of(blob) for blob in blobs]), dtype=object)


def _shapes_of_hexadecimals(written: Sequence[str | None]) -> NDArray[np.object_]:
    r"""Return the shapes of WKB as PostgreSQL writes bytes: `\x` and two digits each."""
    filled = [digits[2:] for digits in written if digits is not None]
    if all(len(digits) == 2 * _POINT.itemsize for digits in filled):
        points = np.frombuffer(bytes.fromhex("".join(filled)), _POINT)
        if _plain(points):
            return _placed(points, [digits is not None for digits in written])
    return np.asarray(from_wkb([None if digits is None else bytes.fromhex(digits[2:]) for digits in written]))


def _plain(points: NDArray[np.void]) -> bool:
    return bool((points["order"] == 1).all() and (points["kind"] == 1).all())


def _placed(points: NDArray[np.void], there: Sequence[bool]) -> NDArray[np.object_]:
    """Return a point where one is there, None elsewhere; all at once, not one by one."""
    shapes = np.full(len(there), None, dtype=object)
    shapes[np.asarray(there, dtype=bool)] = shapely.points(points["lon"], points["lat"])
    return shapes
