"""From older tables to the present ones, a step a version; never back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import Connection

from geo.errors import StoreError
from geo.stores.schema import SCHEMA_VERSION

Step = Callable[[Connection], None]


def _index_periods(connection: Connection) -> None:
    """Version 2 finds events by a period, and regions that are in use, without a look at each event."""
    # Written out: what the tables are today may be something else than what version 2 was.
    period = {
        "sqlite": "CREATE INDEX ix_events_long ON events (date_end)"
        " WHERE julianday(date_end) - julianday(date_start) > 31",
        "postgresql": "CREATE INDEX ix_events_period ON events USING gist (daterange(date_start, date_end, '[]'))"
        " WHERE date_start IS NOT NULL AND date_end IS NOT NULL",
    }
    connection.exec_driver_sql(period[connection.dialect.name])
    connection.exec_driver_sql("CREATE INDEX ix_events_gazetteer_id ON events (gazetteer_id)")


def _remember_drawing(connection: Connection) -> None:
    """Version 3 remembers what each event was drawn from, so that a few can be drawn anew."""
    for statement in (
        "CREATE TABLE drawn (account_id TEXT NOT NULL PRIMARY KEY, event_id TEXT NOT NULL, cluster TEXT NOT NULL)",
        "CREATE INDEX ix_drawn_event_id ON drawn (event_id)",
        "CREATE INDEX ix_drawn_cluster ON drawn (cluster)",
        "CREATE TABLE blocks (block BIGINT NOT NULL, account_id TEXT NOT NULL)",
        "CREATE INDEX ix_blocks_block ON blocks (block)",
        "CREATE INDEX ix_blocks_account_id ON blocks (account_id)",
        "CREATE TABLE undrawn (kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (kind, name))",
        # Drawn by rules that remembered nothing: the next ingest draws all anew.
        "INSERT INTO atlas_state (name, value) VALUES ('drawn_version', 0)",
    ):
        connection.exec_driver_sql(statement)


def _index_spans(connection: Connection) -> None:
    """Version 4 finds events by a period in SQLite without a look at each event that begins in it."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP INDEX IF EXISTS ix_events_date_start")
        connection.exec_driver_sql("CREATE INDEX ix_events_span ON events (date_start, date_end)")


STEPS: Mapping[int, Step] = {1: _index_periods, 2: _remember_drawing, 3: _index_spans}
"""What brings tables of the version that is the key to the next one."""
_READ_AS_THEY_ARE: Final = 3
"""From this version on tables answer all that the present ones do, if more slowly."""


def check_version(version: int, *, address: str, read_only: bool) -> None:
    """Raise `StoreError` for tables of a later version, or of an earlier one that may not be written to."""
    if not version:
        raise StoreError(
            f"the store {address} does not say of which version its tables are: it is damaged. Go back to a copy made"
            " by geo store backup, or ingest the reports into a new store"
        )
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"the store {address} was made by a later version of this program (tables {version}, known up to"
            f" {SCHEMA_VERSION}). Update the program"
        )
    if version < _READ_AS_THEY_ARE and read_only:
        raise StoreError(
            f"the store {address} has tables of version {version}, older than this program's. Keep a copy of it (geo"
            " store backup FILE), then bring it forward: geo store compact"
        )


def bring_forward(connection: Connection, version: int) -> int:
    """Take every step from `version` to the present one, in the caller's transaction; return the present one."""
    for old in range(version, SCHEMA_VERSION):
        if old not in STEPS:
            raise StoreError(f"no step leads from tables of version {old} to version {old + 1}")
        STEPS[old](connection)
    return SCHEMA_VERSION
