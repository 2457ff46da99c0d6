"""Events in both stores: load, filter by period and box, search by words; beside plain geopandas on the same file.

`CONFLICT_BENCH_EVENTS` is the number of events (1000000 without it).
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.crs import LONLAT
from geo.stores import Store, open_store
from geo.tables import EVENT_COLUMNS, REGION_COLUMNS, check_events, empty_table
from tests.postgres import SET_UP, find_server, running_server

from .measuring import Measurement, seconds

PERIOD = (date(2016, 11, 20), date(2016, 11, 26))
BOX = (36.5, 35.5, 38.0, 36.8)
WORDS = "hospital 4321"
SCENE = date(2015, 4, 20)
"""Up to here lies a tenth of the events: 100,000 of a million."""


def run() -> list[Measurement]:
    """Measure both stores, PostGIS where it is installed."""
    count = int(os.environ.get("CONFLICT_BENCH_EVENTS", "1000000"))
    events = made_up_events(count)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "store.gpkg"
        found = _measured(str(path), events, "geopackage")
        found += _geopandas(path)
        programs = find_server()
        if programs is None:
            found.append(Measurement("store.postgis.load", float("nan"), "s", f"not installed: {SET_UP}"))
            return found
        with running_server(programs) as server:
            return found + _measured(server.new_database(), events, "postgis")


def made_up_events(count: int) -> gpd.GeoDataFrame:
    """Return events spread over three years and the Levant, the same ones every time."""
    dice = np.random.default_rng(0)
    lon, lat = dice.uniform(35.0, 42.0, count), dice.uniform(32.0, 37.0, count)
    day = pd.Timestamp("2015-01-01") + pd.to_timedelta(dice.integers(0, 1095, count), unit="D")
    columns = {column.name: pd.Series([None] * count, dtype="object") for column in EVENT_COLUMNS}
    told = {"document_id": "d", "source": "Wire", "url": "", "published": "2016-11-20", "attribution": ""}
    words = [
        {"field": name, "start": 0, "end": 32, "text": "Clashes broke out near a hospital"}
        for name in ("event_type", "notes")
    ]
    columns |= {
        "accounts": pd.Series([json.dumps([{**told, "evidence": words}])] * count),
        "event_id": pd.Series([f"ev-{number:08}" for number in range(count)]),
        "event_type": pd.Series(["battles"] * count),
        "sub_event_type": pd.Series(["armed_clash"] * count),
        "date_start": pd.Series(day),
        "date_end": pd.Series(day),
        "lon": pd.Series(lon),
        "lat": pd.Series(lat),
        "place_name": pd.Series([f"Place {number % 9999}" for number in range(count)]),
        "notes": pd.Series([f"Clash near hospital {n % 5000} on ground of side {n % 7}." for n in range(count)]),
        "factuality": pd.Series(["asserted"] * count),
        "control": pd.Series(["unknown"] * count),
        "review": pd.Series(["unreviewed"] * count),
    }
    return check_events(gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, lat), crs=LONLAT))


def _measured(address: str, events: gpd.GeoDataFrame, name: str) -> list[Measurement]:
    with open_store(address, create=True) as store:
        regions = empty_table(REGION_COLUMNS)
        load = seconds(lambda: store.put_events(events, regions))
        return [
            Measurement(f"store.{name}.load", load, "s", f"{len(events):,} events with all indices"),
            *_questions(store, name),
        ]


def _questions(store: Store, name: str) -> list[Measurement]:
    start, end = PERIOD
    inside = len(store.events(start=start, end=end, bbox=BOX))
    told = len(store.events(text=WORDS))
    narrow = seconds(lambda: store.events(start=start, end=end, bbox=BOX), times=3)
    search = seconds(lambda: store.events(text=WORDS), times=3)
    period = len(store.events(start=start, end=end))
    days = seconds(lambda: store.events(start=start, end=end), times=3)
    started = time.process_time()
    whole = len(store.events(end=SCENE))
    scene = time.process_time() - started
    return [
        Measurement(f"store.{name}.period", 1000 * days, "ms", f"a week, {period:,} events"),
        Measurement(
            f"store.{name}.read", 100_000 * scene / max(whole, 1), "s/100,000", f"{whole:,} events, processor time"
        ),
        Measurement(f"store.{name}.filter", 1000 * narrow, "ms", f"period and box, {inside:,} events"),
        Measurement(f"store.{name}.search", 1000 * search, "ms", f"words {WORDS!r}, {told:,} events"),
    ]


def _geopandas(path: Path) -> list[Measurement]:
    where = f"date_start <= '{PERIOD[1]}' AND date_end >= '{PERIOD[0]}'"
    narrow = seconds(lambda: gpd.read_file(path, layer="events", bbox=BOX, where=where), times=3)

    def search() -> gpd.GeoDataFrame:
        everything = gpd.read_file(path, layer="events", columns=["notes"])
        return everything[everything["notes"].str.contains("hospital 4321", case=False)]

    days = seconds(lambda: gpd.read_file(path, layer="events", where=where), times=3)
    return [
        Measurement("store.geopandas.period", 1000 * days, "ms", "the same question to the same GeoPackage"),
        Measurement("store.geopandas.filter", 1000 * narrow, "ms", "the same question to the same GeoPackage"),
        Measurement("store.geopandas.search", 1000 * seconds(search), "ms", "all notes read, then searched"),
    ]
