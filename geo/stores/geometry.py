"""Geometry columns: GeoPackage blobs in SQLite, PostGIS geometry in PostgreSQL, WKB in between.

A GeoPackage blob is a header (magic `GP`, version, flags, SRS, envelope) and then WKB: OGC 12-128r19, section 2.1.3.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import LargeBinary, func
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

SRS_ID = 4326
_FLAG_LITTLE_ENDIAN = 0b1
_FLAG_XY_ENVELOPE = 0b10
_POINT_HEADER = struct.pack("<2sBBi", b"GP", 0, _FLAG_LITTLE_ENDIAN, SRS_ID)
_POINT_BYTES = 21
"""Byte order, type and two numbers; every other filled geometry is longer."""
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)


def to_blob(wkb: bytes) -> bytes:
    """Return WKB as a GeoPackage blob, with an envelope for all but points."""
    if len(wkb) == _POINT_BYTES:
        return _POINT_HEADER + wkb
    min_x, min_y, max_x, max_y = shapely.from_wkb(wkb).bounds
    flags = _FLAG_LITTLE_ENDIAN | _FLAG_XY_ENVELOPE
    return struct.pack("<2sBBi4d", b"GP", 0, flags, SRS_ID, min_x, max_x, min_y, max_y) + wkb


def wkb_of(blob: bytes) -> bytes:
    """Return the WKB inside a GeoPackage blob; raise `ValueError` for anything else."""
    if blob[:2] != b"GP":
        raise ValueError("not a GeoPackage geometry")
    return blob[8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 0b111] :]


def to_wkb(shapes: Any) -> list[bytes | None]:
    """Return little-endian ISO WKB of each shape, None for a missing or an empty one."""
    array: NDArray[np.object_] = np.asarray(shapes, dtype=object)
    empty = shapely.is_missing(array) | shapely.is_empty(array)
    written = shapely.to_wkb(array, byte_order=1, flavor="iso")
    return [None if nothing else wkb for nothing, wkb in zip(empty, written, strict=True)]


def from_wkb(wkbs: list[bytes | None]) -> Any:
    """Return the shapes of WKB, None for None."""
    return shapely.from_wkb(np.array(wkbs, dtype=object))


class _GeopackageGeometry(UserDefinedType[bytes]):
    cache_ok = True

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def get_col_spec(self, **_: Any) -> str:
        return self.kind.upper()


class _PostgisGeometry(UserDefinedType[bytes]):
    cache_ok = True

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def get_col_spec(self, **_: Any) -> str:
        return f"geometry({self.kind}, {SRS_ID})"


class GeometryType(TypeDecorator[bytes]):
    """A column whose Python side is WKB in EPSG:4326."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, kind: str = "Geometry") -> None:
        super().__init__()
        self.kind = kind

    def load_dialect_impl(self, dialect: Any) -> TypeEngine[Any]:
        """Choose the database's own type."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(_PostgisGeometry(self.kind))
        return dialect.type_descriptor(_GeopackageGeometry(self.kind))

    def process_bind_param(self, value: bytes | None, dialect: Any) -> bytes | None:
        """Wrap WKB for SQLite."""
        return to_blob(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Any) -> bytes | None:
        """Unwrap what the database gives."""
        if value is None:
            return None
        return wkb_of(value) if dialect.name == "sqlite" else bytes(value)


class GeometryOnServer(GeometryType):
    """The same for PostgreSQL, which converts on its side."""

    cache_ok = True

    def bind_expression(self, bindvalue: Any) -> ColumnElement[Any]:
        """Read WKB on the way in."""
        return func.ST_GeomFromWKB(bindvalue, SRS_ID, type_=self)

    def column_expression(self, column: Any) -> ColumnElement[Any]:
        """Write WKB on the way out."""
        return func.ST_AsBinary(column, type_=LargeBinary())
