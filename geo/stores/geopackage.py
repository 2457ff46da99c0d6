"""One file that QGIS opens as it is: a GeoPackage in SQLite's WAL mode, with many readers beside one writer."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
from sqlalchemy import (
    Connection,
    Select,
    Table,
    column,
    delete,
    insert,
    literal_column,
    select,
    table,
    union_all,
)

from geo.errors import StoreError
from geo.evidence import Document
from geo.stores.columns import table_of_cursor, whole_table
from geo.stores.opening import BUSY_S, box_of, sqlite_address, sqlite_engine
from geo.stores.packaging import (
    APPLICATION_ID,
    EDITS_TRIGGER,
    GEOPACKAGE_VERSION,
    SEARCH_TABLE,
    index_name,
    metadata_statements,
    trigger_statements,
)
from geo.stores.refusals import refusal
from geo.stores.schema import FEATURE_TABLES, GEOMETRY, LONG_DAYS, SCHEMA_VERSION, is_long, store_tables
from geo.stores.sql import SqlStore
from geo.stores.store import Box
from geo.stores.words import searched_texts
from geo.tables import Column

_ELSEWHERE: Final = "Name a file in a folder that this user may write to, with room on its disk"


def open_geopackage(path: Path, *, create: bool, read_only: bool, as_it_is: bool = False) -> GeoPackageStore:
    """Open a GeoPackage of this project, or make one; raise `StoreError` with what is wrong and what to do."""
    if not path.exists():
        if not create:
            raise StoreError(f"there is no store at {path}. Make one with: geo demo, or geo ingest PATH --store {path}")
        _create(path)
    if not path.is_file():
        raise StoreError(f"{path} is no file. Expected the path of a GeoPackage, such as atlas.gpkg")
    _check_kind(path)
    if not read_only and not os.access(path, os.W_OK):
        remedy = "Let the user write to the file, copy it elsewhere, or name another store"
        raise StoreError(f"the store {path} may not be written to by this user. {remedy}")
    store = GeoPackageStore(sqlite_engine(path, read_only=read_only), address=str(path))
    return store if as_it_is else store.bring_forward(read_only=read_only)


class GeoPackageStore(SqlStore):
    """The default store: one file."""

    _driver_error = sqlite3.Error

    def _replace_features(self, connection: Connection, table: Table, chunks: Iterable[list[dict[str, Any]]]) -> None:
        # The triggers call Python once a row and corner: at a million rows a bulk load without them is minutes less.
        triggers = trigger_statements(table.name)
        for name in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.execute(delete(table))
        connection.exec_driver_sql(f"DELETE FROM {index_name(table.name)}")  # noqa: S608
        key = 0
        for rows in chunks:
            for row in rows:
                key += 1
                row["fid"] = key
            connection.execute(insert(table), rows)
            boxes = [(row["fid"], *box_of(row[GEOMETRY])) for row in rows if row[GEOMETRY] is not None]
            if boxes:
                index = index_name(table.name)
                connection.exec_driver_sql(f"INSERT INTO {index} VALUES (?, ?, ?, ?, ?)", boxes)  # noqa: S608
        for statement in triggers.values():
            connection.exec_driver_sql(statement)

    def _replace_search(self, connection: Connection, events: gpd.GeoDataFrame) -> None:
        connection.exec_driver_sql(f"DELETE FROM {SEARCH_TABLE}")  # noqa: S608
        rows = list(enumerate(searched_texts(events), start=1))
        if rows:
            connection.exec_driver_sql(f"INSERT INTO {SEARCH_TABLE} (rowid, body) VALUES (?, ?)", rows)  # noqa: S608

    def _add_search(self, connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
        connection.exec_driver_sql(f"INSERT INTO {SEARCH_TABLE} (rowid, body) VALUES (?, ?)", list(rows))  # noqa: S608

    def _drop_search(self, connection: Connection, keys: Sequence[int]) -> None:
        if keys:
            rows = [(key,) for key in keys]
            connection.exec_driver_sql(f"DELETE FROM {SEARCH_TABLE} WHERE rowid = ?", rows)  # noqa: S608

    def _frame(self, connection: Connection, query: Select[Any], columns: Sequence[Column]) -> gpd.GeoDataFrame:
        # The driver's own cursor: the types of SQLAlchemy would be applied cell by cell.
        return table_of_cursor(connection.execute(query).cursor, columns)

    def _watch_edits(self, connection: Connection) -> None:
        connection.exec_driver_sql(EDITS_TRIGGER)

    def _whole(self, connection: Connection, table: Table, columns: Sequence[Column]) -> gpd.GeoDataFrame:
        found = whole_table(connection.connection.driver_connection, table.name, columns)
        return super()._whole(connection, table, columns) if found is None else found

    def _among(self, query: Select[Any], start: date, end: date) -> Select[Any]:
        events = self._tables["events"]
        overlaps = (events.c.date_start <= end, events.c.date_end >= start)
        # Of two open bounds an index can serve one alone, which is half of the table: short events lie between two.
        first = start - timedelta(days=LONG_DAYS) if start - date.min > timedelta(days=LONG_DAYS) else date.min
        short = select(events.c.fid).where(events.c.date_start >= first, *overlaps)
        # The sign keeps SQLite from an index of first days: half of the table begins before a day, and few are long.
        begun = literal_column("+events.date_start", events.c.date_start.type) <= end
        long = select(events.c.fid).where(is_long(events), begun, events.c.date_end >= start)
        return query.where(events.c.fid.in_(union_all(short, long)))

    def _within(self, query: Select[Any], table_: Table, bbox: Box) -> Select[Any]:
        index = table(index_name(table_.name), *map(column, ("id", "minx", "maxx", "miny", "maxy")))
        west, south, east, north = bbox
        found = select(index.c.id).where(
            index.c.maxx >= west, index.c.minx <= east, index.c.maxy >= south, index.c.miny <= north
        )
        # The index holds 32-bit floats, rounded outwards; the columns tell exactly.
        exact = (table_.c.lon.between(west, east), table_.c.lat.between(south, north))
        return query.where(table_.c.fid.in_(found), *exact)

    def _with_words(self, query: Select[Any], words: Sequence[str]) -> Select[Any]:
        search = table(SEARCH_TABLE, column("rowid"), column(SEARCH_TABLE))
        wanted = " ".join(f'"{word}"*' for word in words)
        found = select(search.c.rowid).where(search.c[SEARCH_TABLE].op("MATCH")(wanted))
        return query.where(self._tables["events"].c.fid.in_(found))

    def _lock_document(self, connection: Connection, document: Document) -> None:
        """A transaction that writes is the only one in SQLite."""

    def _faults_of_its_kind(self, connection: Connection) -> tuple[str, ...]:
        """Run SQLite's own check and compare the spatial indices with their tables."""
        told = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        if faults := tuple(f"SQLite: {line}." for line in told if line != "ok"):
            return faults
        for name in FEATURE_TABLES:
            shapes = f"SELECT count(*) FROM {name} WHERE {GEOMETRY} IS NOT NULL"  # noqa: S608
            filled = connection.exec_driver_sql(shapes).scalar()
            indexed = connection.exec_driver_sql(f"SELECT count(*) FROM {index_name(name)}").scalar()  # noqa: S608
            if filled != indexed:
                faults += (f"The spatial index of {name} has {indexed} entries for {filled} shapes.",)
        return faults

    def _searched_keys(self) -> Select[Any]:
        return select(table(SEARCH_TABLE, column("rowid")).c.rowid)

    def backup(self, path: Path) -> Path:
        """Write a whole copy by SQLite's online backup, beside its name first."""
        if path.exists():
            raise StoreError(f"{path} exists already. Name a new file for the backup")
        if not os.access(path.absolute().parent, os.W_OK):
            raise StoreError(f"the backup {path} cannot be made: its folder cannot be written to. {_ELSEWHERE}")
        beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
        try:
            with self._errors(), self._engine.connect() as connection:
                source = connection.connection.driver_connection
                assert isinstance(source, sqlite3.Connection)
                with contextlib.closing(sqlite3.connect(beside)) as target:
                    source.backup(target)
                    target.execute("PRAGMA journal_mode = DELETE")
            beside.replace(path)
        except (StoreError, OSError) as error:
            raise StoreError(f"the backup {path} cannot be made: {error}") from None
        finally:
            with contextlib.suppress(OSError):
                beside.unlink()
        return path

    def compact(self) -> None:
        """Write the file anew without unused pages and fold the log into it."""
        with self._errors(), self._engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.execute(f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}) VALUES ('optimize')")  # noqa: S608
            driver.execute("VACUUM")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _create(path: Path) -> None:
    """Make an empty store beside its name, then link it there: a store that was killed in birth is never seen."""
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(beside, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the store {path} cannot be made: {error}. {_ELSEWHERE}") from None
    try:
        _write_schema(connection)
        connection.close()
        # Another run may have made it in the meantime; theirs is as good.
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the store {path} cannot be made: {error}. {_ELSEWHERE}") from None
    finally:
        connection.close()
        beside.unlink(missing_ok=True)


def _write_schema(connection: sqlite3.Connection) -> None:
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {GEOPACKAGE_VERSION}")
    connection.execute("BEGIN")
    for made in store_tables("sqlite").sorted_tables:
        connection.execute(str(CreateTable(made).compile(dialect=sqlite.dialect())))
        for index in made.indexes:
            connection.execute(str(CreateIndex(index).compile(dialect=sqlite.dialect())))
    for statement, values in metadata_statements():
        connection.execute(statement, values)
    state = [("schema_version", SCHEMA_VERSION), ("revision", 0), ("events_revision", 0), ("drawn_version", 0)]
    connection.executemany("INSERT INTO atlas_state (name, value) VALUES (?, ?)", state)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")


def _check_kind(path: Path) -> None:
    try:
        connection = sqlite3.connect(sqlite_address(path, read_only=True), uri=True, timeout=BUSY_S)
        try:
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        finally:
            connection.close()
    except sqlite3.Error as error:
        if "locked" in str(error):
            held = "Another program holds it: end its edit (QGIS keeps one open) and call again"
            raise StoreError(f"the store {path} is locked. {held}") from None
        if "malformed" in str(error):
            raise StoreError(f"the store {path} is damaged: {refusal(error)}") from None
        raise StoreError(f"{path} is no store: {error}. Expected a GeoPackage made by this project") from None
    if not {"atlas_state", "documents", "events"} <= names:
        raise StoreError(f"{path} is a database, but no store of this project. Name another file")
