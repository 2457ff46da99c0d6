"""Feature tables read column by column, through Arrow: at 100,000 events a Python object a cell is what costs.

SQLite is asked through the module that writes to it. A second copy of SQLite in the process, such as the one in GDAL,
would drop the locks that the first one holds on the file whenever it closes it (sqlite.org/howtocorrupt, 2.2.1).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import shapely
from numpy.typing import NDArray

from geo.crs import LONLAT
from geo.stores.changes import KEY
from geo.stores.geometry import from_wkb, wkb_of
from geo.stores.schema import GEOMETRY
from geo.tables import Column, Kind

_ROWS: Final = 5_000
"""Rows that are held as Python objects at once."""
_WAITING: Final = 2
"""Pieces of so many rows that wait to be taken apart."""
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
_BETWEEN: Final = "\x1f"
"""Stands between the values of a column that SQLite writes as one text: ASCII's own separator, which reports lack."""
_AS_VALUES: Final = ("real",)
"""Kinds that SQLite's text would not give back to the last bit."""


def whole_table(connection: Any, name: str, columns: Sequence[Column]) -> gpd.GeoDataFrame | None:
    """Return a feature table of SQLite by key; None where its texts hold the separator, and rows have to be asked for.

    SQLite writes each column of a few thousand rows as one text, which Arrow takes apart: no Python object is made for
    a text, and Python's lock is free meanwhile. `connection` is the driver's; `columns` are of the table, its key too.
    """
    joined = [column for column in columns if column.kind not in _AS_VALUES]
    plain = [column for column in columns if column.kind in _AS_VALUES]
    page = f"FROM {name} WHERE fid > ? ORDER BY fid LIMIT {_ROWS}"  # noqa: S608 - names of the schema
    texts = ", ".join(f"CAST(group_concat({_text_of(column)}, char(31)) AS BLOB)" for column in joined)
    texts_query = f"SELECT count(*), max(fid), {texts} FROM (SELECT fid, {_names(joined)} {page})"  # noqa: S608
    values_query = f"SELECT {', '.join((GEOMETRY, *(column.name for column in plain)))} {page}"
    schema = pa.schema([(column.name, _of_sqlite(column)) for column in columns])
    pieces: list[Future[_Piece | None]] = []
    last = -1
    # While SQLite writes the next rows, Arrow takes those before apart: neither holds Python's lock for it.
    with ThreadPoolExecutor(1) as aside:
        while True:
            count, following, *written = connection.execute(texts_query, (last,)).fetchone()
            if not count:
                break
            blobs, *values = zip(*connection.execute(values_query, (last,)), strict=True)
            found = dict(zip((column.name for column in plain), values, strict=True))
            texts_of = dict(zip((column.name for column in joined), written, strict=True))
            pieces.append(aside.submit(_piece, schema, count, texts_of, found, blobs))
            last = following
            if len(pieces) > _WAITING:
                pieces[-1 - _WAITING].result()
    made = [piece.result() for piece in pieces]
    told = [piece for piece in made if piece is not None]
    if len(told) < len(made):
        return None
    shapes = np.concatenate([np.empty(0, dtype=object), *(piece.shapes for piece in told)])
    return _table(pa.Table.from_batches([piece.rows for piece in told], schema=schema), shapes, columns)


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """Some thousands of rows."""

    rows: pa.RecordBatch
    shapes: NDArray[np.object_]


def _piece(
    schema: pa.Schema,
    count: int,
    texts: Mapping[str, bytes],
    values: Mapping[str, Sequence[float | None]],
    blobs: Sequence[bytes | None],
) -> _Piece | None:
    """Return so many rows of texts by column and values by column; None where a text holds the separator."""
    found = {name: pa.array(each, pa.float64()) for name, each in values.items()}
    for name, text in texts.items():
        found[name] = array = _parted(text, schema.field(name).type)
        if len(array) != count:
            return None
    rows = pa.RecordBatch.from_arrays([found[field.name] for field in schema], schema=schema)
    return _Piece(rows, _shapes_of_blobs(blobs))


def _names(columns: Sequence[Column]) -> str:
    return ", ".join("fid AS key" if column is KEY else column.name for column in columns)


def _text_of(column: Column) -> str:
    missing = "[]" if column.kind == "json" else ""
    return f"ifnull({column.name}, '{missing}')"


def _parted(text: bytes, kind: pa.DataType) -> pa.Array:
    """Return the values of a column's text; nothing between two separators is null, but for texts."""
    whole = pa.array([text], pa.large_binary()).cast(pa.large_string())
    values = pc.split_pattern(whole, _BETWEEN).flatten()
    if pa.types.is_large_string(kind):
        return values
    return pc.cast(pc.if_else(pc.equal(values, ""), pa.scalar(None, values.type), values), kind)


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
    # In one piece: rows of a text in many pieces are taken one by one.
    whole = table.combine_chunks()
    ready = {column.name: _series(whole.column(column.name), column) for column in columns}
    return gpd.GeoDataFrame(pd.DataFrame(ready, copy=False), geometry=shapes, crs=LONLAT)


def _series(values: pa.ChunkedArray, column: Column) -> pd.Series:
    match column.kind:
        case "integer":
            return values.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
        case "day":
            told = pc.if_else(pc.equal(values, ""), None, values) if pa.types.is_large_string(values.type) else values
            return told.cast(pa.date32()).cast(pa.timestamp("s")).to_pandas()
        case "flag":
            return values.cast(pa.bool_()).fill_null(False).to_pandas()
        case _:
            return values.to_pandas()


def _shapes_of_blobs(blobs: Sequence[bytes | None]) -> NDArray[np.object_]:
    """Return the shapes of GeoPackage blobs."""
    filled = [blob for blob in blobs if blob is not None]
    if {*map(len, filled)} <= {_POINT_BLOB.itemsize}:
        points = np.frombuffer(b"".join(filled), _POINT_BLOB)
        if _plain(points):
            return _placed(points, [blob is not None for blob in blobs])
    return np.asarray(from_wkb([None if blob is None else wkb_of(blob) for blob in blobs]), dtype=object)


def _shapes_of_hexadecimals(written: Sequence[str | None]) -> NDArray[np.object_]:
    r"""Return the shapes of WKB as PostgreSQL writes bytes: `\x` and two digits each."""
    filled = [digits[2:] for digits in written if digits is not None]
    if {*map(len, filled)} <= {2 * _POINT.itemsize}:
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
