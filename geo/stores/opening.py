"""How a GeoPackage is opened: with its log where somebody writes, and without one where nothing can be written."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import struct
from pathlib import Path
from typing import Any, Final

import shapely
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from geo.stores.geometry import wkb_of

BUSY_S: Final = 120.0
"""How long a writer waits for another one."""


def box_of(wkb: bytes) -> tuple[float, float, float, float]:
    """Return (west, east, south, north) of a shape, in degrees."""
    if len(wkb) == 21:
        x, y = struct.unpack_from("<dd", wkb, 5)
        return x, x, y, y
    min_x, min_y, max_x, max_y = shapely.from_wkb(wkb).bounds
    return min_x, max_x, min_y, max_y


def _bound(position: int) -> Any:
    def bound(blob: bytes | None) -> float | None:
        return None if blob is None else box_of(wkb_of(blob))[position]

    return bound


def _is_empty(blob: bytes | None) -> int | None:
    return None if blob is None else int(bool(shapely.from_wkb(wkb_of(blob)).is_empty))


def _sealed(path: Path) -> bool:
    return not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def sqlite_address(path: Path, *, read_only: bool) -> str:
    """Return what SQLite opens a file by.

    Whoever closes a store last folds its log into it, a reader too where it may. A reader that may not write there can
    make no log, and must tell SQLite not to look for one; but while somebody writes, what is new is in the log alone.
    """
    still = read_only and _sealed(path) and not path.with_name(f"{path.name}-wal").exists()
    return f"{path.resolve().as_uri()}?mode={'rw' if not read_only else 'ro&immutable=1' if still else 'ro'}"


def sqlite_engine(path: Path, *, read_only: bool) -> Engine:
    """Return what connects to a file, with the functions that the triggers of its spatial indices call."""
    sealed = read_only and _sealed(path)

    def connected() -> sqlite3.Connection:
        connection = sqlite3.connect(
            sqlite_address(path, read_only=read_only),
            uri=True,
            timeout=BUSY_S,
            check_same_thread=False,
            isolation_level=None,
            cached_statements=256,
        )
        for position, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
            connection.create_function(name, 1, _bound(position), deterministic=True)
        connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)
        if not read_only:
            # A copy that is put back, and a file that QGIS closed, have no log any more; where somebody holds it in
            # that state, it works for now as it is.
            with contextlib.suppress(sqlite3.OperationalError):
                connection.execute("PRAGMA journal_mode = WAL")
        # Safe against a killed program at once, and against a power cut but for the last transactions.
        connection.execute("PRAGMA query_only = ON" if read_only else "PRAGMA synchronous = NORMAL")
        return connection

    # A reader without rights asks each time whether somebody writes by now.
    pool: dict[str, Any] = {"poolclass": NullPool} if sealed else {"pool_size": 5, "max_overflow": 20}
    engine = create_engine("sqlite://", creator=connected, **({"poolclass": QueuePool} | pool))

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine
