"""The GeoPackage as other programs see it."""

from __future__ import annotations

import sqlite3
import warnings
from datetime import date

import geopandas as gpd
import pyogrio
import pytest
from shapely.geometry import Point
from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from geo.errors import StoreError
from geo.stores import open_store
from tests.stores.test_contract import fill_events, zones


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "store.gpkg"
    with open_store(str(path), create=True) as store:
        fill_events(store)
        store.put_zones(zones())
    return path


def test_gdal_reads_every_layer_without_a_warning(path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        layers = dict(pyogrio.list_layers(path))
        assert layers["events"] == "Point"
        assert layers["zones"] == "Unknown"
        assert {"documents", "accounts", "runs", "decisions"} <= set(layers)
        events = gpd.read_file(path, layer="events")
        assert len(events) == 3
        assert events.crs.to_epsg() == 4326
        assert str(events["date_start"].dtype).startswith("datetime64")
        assert events["civilian_targeting"].dtype == bool
        near = gpd.read_file(path, layer="events", bbox=(37.0, 36.0, 37.5, 36.5))
        assert len(near) == 1
        assert len(gpd.read_file(path, layer="zones", where="controller = 'rebels'")) == 1
        assert len(gpd.read_file(path, layer="accounts")) == 3


def test_gdal_finds_what_it_would_have_written(path, tmp_path):
    reference = tmp_path / "reference.gpkg"
    gpd.GeoDataFrame({"a": [1]}, geometry=[Point(1, 2)], crs=4326).to_file(reference, layer="events")

    def parts(file):
        with sqlite3.connect(file) as connection:
            triggers = {
                row[0].casefold()
                for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                if row[0].startswith("rtree_events_")
            }
            header = [connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")]
            extensions = connection.execute("SELECT * FROM gpkg_extensions WHERE table_name = 'events'").fetchall()
            return triggers, header, extensions

    assert parts(path) == parts(reference)


def test_an_edit_by_another_program_keeps_the_index_true(path):
    info = pyogrio.read_info(path, layer="events")
    assert info["features"] == 3
    extra = gpd.read_file(path, layer="events").iloc[:1].assign(event_id="ev-new", lon=30.0, lat=31.0)
    extra.geometry = [Point(30.0, 31.0)]
    extra.to_file(path, layer="events", mode="a")
    with open_store(str(path)) as store:
        assert store.check() == ()
        assert store.events(bbox=(29, 30, 31, 32))["event_id"].tolist() == ["ev-new"]


def test_a_copy_that_is_put_back_is_read_while_it_is_written(path, tmp_path):
    with open_store(str(path), read_only=True) as store:
        copy = store.backup(tmp_path / "copy.gpkg")
    with open_store(str(copy)) as store, open_store(str(copy), read_only=True) as reader, store._writing() as writing:
        writing.exec_driver_sql("UPDATE atlas_state SET value = value + 1 WHERE name = 'revision'")
        assert len(reader.events()) == 3
        assert copy.with_name("copy.gpkg-wal").exists()


def test_a_period_is_found_by_indices_that_hold_both_days_of_an_event(path):
    with open_store(str(path), read_only=True) as store:
        query = store._among(select(store._tables["events"].c.fid), date(2016, 11, 20), date(2016, 11, 26))
        asked = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with sqlite3.connect(path) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {asked}")]
    assert any("COVERING INDEX ix_events_span (date_start>? AND date_start<?)" in step for step in plan), plan
    assert any("INDEX ix_events_long (date_end>?)" in step for step in plan), plan


def test_foreign_files_are_refused(tmp_path):
    text = tmp_path / "notes.gpkg"
    text.write_text("not a database, but long enough to be taken for one" * 10)
    with pytest.raises(StoreError, match="no store"):
        open_store(str(text))
    other = tmp_path / "other.gpkg"
    gpd.GeoDataFrame({"a": [1]}, geometry=[Point(1, 2)], crs=4326).to_file(other)
    with pytest.raises(StoreError, match="no store of this project"):
        open_store(str(other), create=True)
    with pytest.raises(StoreError, match="no file"):
        open_store(str(tmp_path), create=True)
    with pytest.raises(StoreError, match="cannot be made"):
        open_store(str(text / "below" / "x.gpkg"), create=True)


def test_nothing_is_left_beside_a_closed_store(path):
    assert [file.name for file in path.parent.iterdir()] == ["store.gpkg"]
