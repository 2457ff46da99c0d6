"""The tables of a store, the same in both databases; events, zones and regions as declared in geo/tables.py."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Double,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    and_,
    func,
    literal_column,
)
from sqlalchemy.types import TypeEngine

from geo.stores.geometry import GeometryOnServer, GeometryType
from geo.tables import EVENT_COLUMNS, REGION_COLUMNS, ZONE_COLUMNS, Kind
from geo.tables import Column as Declared

SCHEMA_VERSION = 4
"""Raised with every change of the tables; `migrations` of a store brings older ones forward."""

LONG_DAYS = 31
"""Events that last longer are few and have an index of their own in SQLite, where none serves an overlap of days."""

GEOMETRY = "geom"
FEATURE_TABLES = {"events": "Point", "zones": "Geometry", "regions": "Geometry"}
"""Table and geometry type, in the order in which QGIS lists them."""
ATTRIBUTE_TABLES = ("documents", "accounts", "decisions", "runs", "atlas_state")

_TYPES: dict[Kind, type[TypeEngine[Any]]] = {
    "text": Text,
    "list": Text,
    "json": Text,
    "integer": Integer,
    "real": Double,
    "day": Date,
    "flag": Boolean,
}


_KEYED: dict[str, Any] = {"sqlite_autoincrement": True}
"""A deleted row's key is not given to another one, as GeoPackage asks."""


@cache
def store_tables(dialect: str) -> MetaData:
    """Return the tables for `sqlite` or `postgresql`."""
    metadata = MetaData()
    geometry = GeometryOnServer if dialect == "postgresql" else GeometryType
    for name, columns in (("events", EVENT_COLUMNS), ("zones", ZONE_COLUMNS), ("regions", REGION_COLUMNS)):
        declared = [Column(column.name, _TYPES[column.kind]()) for column in columns]
        shape: Column[bytes] = Column(GEOMETRY, geometry(FEATURE_TABLES[name]))
        Table(name, metadata, _key(), shape, *declared, *_constraints(name, columns), **_KEYED)
    events = metadata.tables["events"]
    if dialect == "postgresql":
        Index("ix_events_period", days_of(events), postgresql_using="gist", postgresql_where=_is_dated(events))
        Index("ix_events_date_start", events.c.date_start)
    else:
        # Both days in one: to look into each row for its last day took longer than all else of a week's question.
        Index("ix_events_span", events.c.date_start, events.c.date_end)
        Index("ix_events_long", events.c.date_end, sqlite_where=is_long(events))
    _documents(metadata)
    _drawn(metadata)
    Table(
        "decisions",
        metadata,
        _key(),
        Column("decision_id", Text, nullable=False, unique=True),
        Column("kind", Text, nullable=False),
        Column("event_id", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("decided_at", Text, nullable=False),
        **_KEYED,
    )
    Table(
        "runs",
        metadata,
        _key(),
        Column("run_id", Text, nullable=False, unique=True),
        Column("started_at", Text, nullable=False),
        Column("ended_at", Text),
        Column("body", Text, nullable=False),
        **_KEYED,
    )
    Table("atlas_state", metadata, _key(), Column("name", Text, unique=True), Column("value", Integer), **_KEYED)
    return metadata


def days_of(events: Table) -> ColumnElement[Any]:
    """Return the days of events as PostgreSQL's range, both ends included."""
    return func.daterange(events.c.date_start, events.c.date_end, literal_column("'[]'"))


def is_long(events: Table) -> ColumnElement[bool]:
    """Tell events of more than `LONG_DAYS` days, for SQLite."""
    length = func.julianday(events.c.date_end) - func.julianday(events.c.date_start)
    return length > literal_column(str(LONG_DAYS))


def _is_dated(events: Table) -> ColumnElement[bool]:
    return and_(events.c.date_start.is_not(None), events.c.date_end.is_not(None))


def _key() -> Column[int]:
    return Column("fid", Integer, primary_key=True)


def _constraints(name: str, columns: tuple[Declared, ...]) -> list[Index | UniqueConstraint]:
    match name:
        case "events":
            fields = ("date_end", "event_type", "sub_event_type", "gazetteer_id")
            return [UniqueConstraint("event_id"), *(Index(f"ix_events_{field}", field) for field in fields)]
        case "zones":
            return [UniqueConstraint("series", "zone_id"), Index("ix_zones_days", "series", "valid_from", "valid_to")]
        case _:
            return [UniqueConstraint(columns[0].name)]


def _documents(metadata: MetaData) -> None:
    Table(
        "documents",
        metadata,
        _key(),
        Column("document_id", Text, nullable=False, unique=True),
        Column("content_digest", Text, nullable=False, unique=True),
        Column("title", Text, nullable=False),
        Column("published", Date),
        Column("source", Text, nullable=False),
        Column("url", Text, nullable=False),
        Column("language", Text, nullable=False),
        Column("origin", Text, nullable=False),
        Column("warnings", Text, nullable=False),
        Column("accounts", Integer, nullable=False),
        Column("text", Text, nullable=False),
        Index("ix_documents_published", "published"),
        **_KEYED,
    )
    Table(
        "accounts",
        metadata,
        _key(),
        Column("account_id", Text, nullable=False, unique=True),
        Column("document_id", Text, nullable=False, index=True),
        Column("sub_event_type", Text, nullable=False),
        Column("date_start", Date),
        Column("date_end", Date),
        Column("lon", Double),
        Column("lat", Double),
        Column("region_id", Text, nullable=False),
        Column("body", Text, nullable=False),
        **_KEYED,
    )


def _drawn(metadata: MetaData) -> None:
    """What events were drawn from: kept by this program for itself, so no table of the GeoPackage for others."""
    Table(
        "drawn",
        metadata,
        Column("account_id", Text, primary_key=True),
        Column("event_id", Text, nullable=False, index=True),
        Column("cluster", Text, nullable=False, index=True),
    )
    Table(
        "blocks",
        metadata,
        Column("block", BigInteger, nullable=False, index=True),
        Column("account_id", Text, nullable=False, index=True),
    )
    Table("undrawn", metadata, Column("kind", Text, primary_key=True), Column("name", Text, primary_key=True))
