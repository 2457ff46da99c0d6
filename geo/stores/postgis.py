"""A team's store: PostgreSQL with PostGIS, by URL."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import psycopg
from sqlalchemy import (
    URL,
    BigInteger,
    Column,
    ColumnElement,
    Computed,
    Connection,
    Index,
    Integer,
    Select,
    Table,
    Text,
    cast,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    literal_column,
    make_url,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.exc import ArgumentError, DBAPIError

from geo.errors import StoreError
from geo.evidence import Document
from geo.stores.changes import ROWS_OF_KEY
from geo.stores.columns import table_of_copy
from geo.stores.geometry import SRS_ID
from geo.stores.refusals import refusal
from geo.stores.schema import FEATURE_TABLES, GEOMETRY, SCHEMA_VERSION, days_of, store_tables
from geo.stores.sql import SqlStore
from geo.stores.store import Box
from geo.stores.words import searched_texts
from geo.tables import Column as Declared

_PATIENCE_S: Final = 30
"""How long a server is waited for, unless the address says `connect_timeout`."""
_CREATION_LOCK: Final = 0x41544C53
"""Advisory lock of whoever makes the tables."""


def open_postgis(address: str, *, create: bool, read_only: bool, as_it_is: bool = False) -> PostgisStore:
    """Open the store of a database, or make its tables; raise `StoreError` with what is wrong and what to do."""
    url = _url(address)
    options: dict[str, Any] = {"options": "-c default_transaction_read_only=on"} if read_only else {}
    if "connect_timeout" not in url.query:
        # Without it a host that does not answer is waited for as long as the system's own patience lasts.
        options["connect_timeout"] = _PATIENCE_S
    # A server that was restarted has closed the pooled connections; each is tried before it is used.
    engine = create_engine(url, pool_pre_ping=True, connect_args=options)
    shown = url.set(drivername="postgresql").render_as_string(hide_password=True)
    store = PostgisStore(engine, address=shown)
    try:
        if not inspect(engine).has_table("atlas_state"):
            if not create:
                raise StoreError(f"there is no store in {shown}. Make one with: geo ingest PATH --store URL")
            _create(store)
    except DBAPIError as error:
        raise StoreError(f"the database {shown} cannot be used: {refusal(error)}") from error
    return store if as_it_is else store.bring_forward(read_only=read_only)


class PostgisStore(SqlStore):
    """A store that many people write to at once."""

    _driver_error = psycopg.Error

    def _search(self) -> Table:
        metadata = store_tables("postgresql")
        if "events_search" in metadata.tables:
            return metadata.tables["events_search"]
        vector = Column("vector", TSVECTOR, Computed("to_tsvector('simple', body)", persisted=True))
        table = Table("events_search", metadata, Column("fid", Integer, primary_key=True), Column("body", Text), vector)
        Index("ix_events_search", vector, postgresql_using="gin")
        return table

    def _replace_features(self, connection: Connection, table: Table, chunks: Iterable[list[dict[str, Any]]]) -> None:
        connection.execute(delete(table))
        key = 0
        for rows in chunks:
            for row in rows:
                key += 1
                row["fid"] = key
            connection.execute(insert(table), rows)

    def _replace_search(self, connection: Connection, events: gpd.GeoDataFrame) -> None:
        table = self._search()
        connection.execute(delete(table))
        rows = [{"fid": key, "body": body} for key, body in enumerate(searched_texts(events), start=1)]
        if rows:
            connection.execute(insert(table), rows)

    def _add_search(self, connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
        connection.execute(insert(self._search()), [{"fid": key, "body": body} for key, body in rows])

    def _drop_search(self, connection: Connection, keys: Sequence[int]) -> None:
        table = self._search()
        connection.execute(delete(table).where(table.c.fid.in_(keys)))

    def _frame(self, connection: Connection, query: Select[Any], columns: Sequence[Declared]) -> gpd.GeoDataFrame:
        compiled = query.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        statement = f"COPY ({compiled.string}) TO STDOUT (FORMAT csv)"
        with driver.cursor() as cursor, cursor.copy(statement.encode(), compiled.params) as blocks:
            return table_of_copy(blocks, columns)

    def _key(self, table: Table) -> ColumnElement[int]:
        # Whoever writes over a row, this program or another, leaves the number of the transaction in it.
        written = cast(cast(literal_column(f"{table.name}.xmin"), Text), BigInteger)
        return written * ROWS_OF_KEY + table.c.fid

    def _among(self, query: Select[Any], start: date, end: date) -> Select[Any]:
        events = self._tables["events"]
        dated = (events.c.date_start.is_not(None), events.c.date_end.is_not(None))
        return query.where(*dated, days_of(events).op("&&")(func.daterange(start, end, "[]")))

    def _within(self, query: Select[Any], table: Table, bbox: Box) -> Select[Any]:
        return query.where(func.ST_Intersects(table.c[GEOMETRY], func.ST_MakeEnvelope(*bbox, SRS_ID)))

    def _with_words(self, query: Select[Any], words: Sequence[str]) -> Select[Any]:
        search = self._search()
        # Folded words are letters and digits alone, so they need no quoting in the query's own language.
        wanted = func.to_tsquery("simple", " & ".join(f"{word}:*" for word in words))
        found = select(search.c.fid).where(search.c.vector.op("@@")(wanted))
        return query.where(self._tables["events"].c.fid.in_(found))

    def _lock_document(self, connection: Connection, document: Document) -> None:
        for name in sorted((document.document_id, document.content_digest)):
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))

    def _faults_of_its_kind(self, connection: Connection) -> tuple[str, ...]:
        """Look for broken shapes; the server checks its own files."""
        faults: tuple[str, ...] = ()
        for name in FEATURE_TABLES:
            table = self._tables[name]
            broken = select(func.count()).select_from(table).where(~func.ST_IsValid(table.c[GEOMETRY]))
            if count := connection.execute(broken).scalar_one():
                faults += (f"{count} shape(s) of {name} are not valid.",)
        return faults

    def _searched_keys(self) -> Select[Any]:
        return select(self._search().c.fid)

    def backup(self, path: Path) -> Path:
        """Write a dump by the server's own pg_dump, readable by pg_restore."""
        if path.exists():
            raise StoreError(f"{path} exists already. Name a new file for the backup")
        url = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            subprocess.run(["pg_dump", "--format=custom", f"--file={path}", url], check=True, capture_output=True)  # noqa: S603, S607
        except FileNotFoundError:
            raise StoreError("pg_dump is not installed. Install the package postgresql-client") from None
        except subprocess.CalledProcessError as error:
            raise StoreError(f"pg_dump failed: {error.stderr.decode('utf-8', 'replace').strip()}") from None
        return path

    def compact(self) -> None:
        """Let the server reclaim room and renew its statistics."""
        with self._errors(), self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for name in (*self._tables, "events_search"):
                connection.execute(text(f"VACUUM ANALYZE {name}"))


def _create(store: PostgisStore) -> None:
    with store._writing() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(_CREATION_LOCK)))
        if inspect(connection).has_table("atlas_state"):
            return
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
        store._search()
        metadata = store_tables("postgresql")
        metadata.create_all(connection)
        for name in FEATURE_TABLES:
            connection.execute(text(f"CREATE INDEX ix_{name}_{GEOMETRY} ON {name} USING gist ({GEOMETRY})"))
        state = [("schema_version", SCHEMA_VERSION), ("revision", 0), ("events_revision", 0), ("drawn_version", 0)]
        rows = [{"name": name, "value": value} for name, value in state]
        connection.execute(insert(metadata.tables["atlas_state"]), rows)


def _url(address: str) -> URL:
    try:
        return make_url(address).set(drivername="postgresql+psycopg")
    except ArgumentError:
        raise StoreError("the store's address is no URL. Expected postgresql://user@host/database") from None
