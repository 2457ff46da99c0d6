"""Stores of other versions: older ones are brought forward, newer ones refused."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, inspect, text, update
from typer.testing import CliRunner

from geo.commands.application import app
from geo.errors import StoreError
from geo.stores import migrations, open_store, sql
from geo.stores.schema import SCHEMA_VERSION, store_tables
from tests.stores.test_contract import fill_events, told, zones

FOLDER = Path(__file__).parent


def write_version_1(address: str) -> None:
    """Make a store as version 1 of the tables had it, by nothing but SQL: three events, zones, a decision, a run."""
    if address.startswith("postgresql"):
        with psycopg.connect(address) as connection:
            connection.execute((FOLDER / "version_1_postgis.sql").read_text(encoding="utf-8"))
        return
    with sqlite3.connect(address) as connection:
        connection.executescript((FOLDER / "version_1.sql").read_text(encoding="utf-8"))
    connection.close()


def set_version(address: str, version: int) -> None:
    with open_store(address, create=True) as store:
        store.add_documents([told()])
        state = store._tables["atlas_state"]  # type: ignore[attr-defined]
        with store._writing() as connection:  # type: ignore[attr-defined]
            connection.execute(update(state).where(state.c.name == "schema_version").values(value=version))


def test_a_newer_store_is_refused(address):
    set_version(address, 99)
    with pytest.raises(StoreError, match="later version"):
        open_store(address)


def test_a_version_without_a_way_forward_is_refused(address):
    set_version(address, -1)
    with pytest.raises(StoreError, match="no step leads from tables of version -1"):
        open_store(address)


def test_a_store_of_version_1_is_brought_forward_with_all_that_it_holds(address):
    write_version_1(address)
    with pytest.raises(StoreError, match=r"geo store backup FILE\), then bring it forward"):
        open_store(address, read_only=True)
    with open_store(address) as store:
        assert store.check() == ()
        assert len(store.accounts()) == len(store.documents()) == 3
        assert [decision.note for decision in store.decisions()] == ["seen"]
        assert [run.run_id for run in store.runs()] == ["run-1"]
        assert store.zones("aleppo")["zone_id"].tolist() == ["z1", "z2"]
        first, second, third = store.events()["event_id"]
        assert store.events(start=date(2016, 11, 22), end=date(2016, 11, 22))["event_id"].tolist() == [second]
        assert store.events(text="army")["event_id"].tolist() == [second]
        store.add_documents([told(9)])
        store.put_zones(zones("other"))
        assert len(fill_events(store)) == 3
    with open_store(address, read_only=True) as store:
        assert len(store.accounts()) == 4


def test_a_reader_reads_a_store_of_the_version_before_as_it_is(address):
    write_version_1(address)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sql, "SCHEMA_VERSION", 3)
        patched.setattr(migrations, "SCHEMA_VERSION", 3)
        open_store(address).close()
    day = date(2016, 11, 22)
    with open_store(address, read_only=True) as store, store._reading() as connection:  # type: ignore[attr-defined]
        before = store.events(start=day, end=day)["event_id"].tolist()
        assert store._state(connection, "schema_version") == 3  # type: ignore[attr-defined]
    with open_store(address) as store, store._reading() as connection:  # type: ignore[attr-defined]
        assert store._state(connection, "schema_version") == SCHEMA_VERSION  # type: ignore[attr-defined]
        assert store.events(start=day, end=day)["event_id"].tolist() == before


def test_an_older_store_is_backed_up_as_it_is(address, tmp_path):
    write_version_1(address)
    copy = tmp_path / "copy.gpkg"
    result = CliRunner().invoke(app, ["store", "backup", str(copy), "--store", address])
    assert result.exit_code == 0, result.output
    with pytest.raises(StoreError, match="tables of version 1"):
        open_store(address, read_only=True)
    if address.startswith("postgresql"):
        assert copy.read_bytes()[:5] == b"PGDMP"
        return
    with pytest.raises(StoreError, match="tables of version 1"):
        open_store(str(copy), read_only=True)
    with open_store(str(copy)) as store:
        assert len(store.accounts()) == 3


@pytest.mark.filterwarnings("ignore:Did not recognize type")
def test_a_store_brought_forward_is_the_same_as_a_new_one(address):
    write_version_1(address)
    with open_store(address) as store, store._reading() as connection:  # type: ignore[attr-defined]
        found = {name: shape(connection, name) for name in store_tables(connection.dialect.name).tables}
        declared = store_tables(connection.dialect.name).tables
        for name, (columns, indexes) in found.items():
            assert columns == {column.name for column in declared[name].columns}
            assert indexes == {str(index.name) for index in declared[name].indexes}
        assert store._state(connection, "schema_version") == SCHEMA_VERSION  # type: ignore[attr-defined]


def shape(connection: Connection, table: str) -> tuple[set[str], set[str]]:
    """Return the columns and indices of a table, without those that a constraint or a geometry brings."""
    about = inspect(connection)
    indexes = about.get_indexes(table)
    if connection.dialect.name == "sqlite":
        rows = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = :t"), {"t": table}
        )
        names = {name for name in rows.scalars() if not name.startswith("sqlite_")}
    else:
        names = {str(index["name"]) for index in indexes if "duplicates_constraint" not in index}
    return {column["name"] for column in about.get_columns(table)}, names - {f"ix_{table}_geom"}


def test_a_step_that_fails_changes_nothing(address, monkeypatch):
    def half(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE documents ADD COLUMN mark TEXT"))
        raise StoreError("the second half failed")

    write_version_1(address)
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "STEPS", {1: half})
        with pytest.raises(StoreError, match="second half"):
            open_store(address)
    with open_store(address) as store:
        assert len(store.accounts()) == 3
        assert "mark" not in store.documents().columns
