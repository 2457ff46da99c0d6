"""A million events on a thousand daily slices, beside a per-day loop of geopandas.sjoin on the same tables.

The loop only finds the zone; the join also finds the frontline and each event's distance to it, decides what is
contested or uncertain, and says why. The loop is timed on every twentieth day and scaled up.
"""

from __future__ import annotations

import resource
import time
from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import Point, Polygon

from geo.crs import LONLAT
from geo.tables import EVENT_COLUMNS, check_events, check_zones
from geo.zones import areas_by_day, join_control, zones_at

from .measuring import Measurement

EVENTS = 1_000_000
DAYS = 1_000
CORNERS = 200
"""Of the frontline between the two large zones."""
EVERY = 20
START = np.datetime64("2020-01-01")


def run() -> list[Measurement]:
    """Measure the join, a tenth of it, the loop, and the zones of one day."""
    zones, events = series(), reports(EVENTS)
    joined, on_the_clock = _seconds(lambda: join_control(events, zones)), -time.perf_counter()
    join_control(events, zones)
    on_the_clock += time.perf_counter()
    tenth = _seconds(lambda: join_control(events.iloc[: EVENTS // 10], zones))
    loop = _seconds(lambda: _loop(events, zones)) * EVERY
    areas = _seconds(lambda: areas_by_day(zones))
    days = [date(2020, 1, 1) + timedelta(days=number) for number in range(0, DAYS, 50)]
    at = max(_seconds(lambda day=day: zones_at(zones, day)) for day in days)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return [
        Measurement("zones.join", joined, "s", f"{EVENTS:,} events, {DAYS:,} slices, {len(zones):,} zones"),
        Measurement("zones.join_of_a_tenth", tenth, "s", f"{EVENTS // 10:,} events"),
        Measurement("zones.growth", joined / tenth, "×", "time for ten times as many events"),
        Measurement("zones.join_on_the_clock", on_the_clock, "s", "the rest of the table is processor time"),
        Measurement("zones.sjoin_loop", loop, "s", f"geopandas.sjoin day by day, every {EVERY}th day timed"),
        Measurement("zones.times_as_fast", loop / joined, "×", "the loop against the join"),
        Measurement("zones.at_worst", at * 1000, "ms", "zones of one day"),
        Measurement("zones.areas_by_day", areas, "s", f"{DAYS:,} days"),
        Measurement("zones.peak", peak, "GiB", "resident, both tables included"),
    ]


def series() -> gpd.GeoDataFrame:
    """Return two sides with a moving frontline and four enclaves, a slice a day."""
    chance = np.random.default_rng(0)
    north = np.linspace(45, 52, CORNERS)
    drift = np.cumsum(chance.normal(0, 0.02, CORNERS))
    drift -= np.linspace(0, drift[-1], CORNERS)
    rows: list[tuple[str, int]] = []
    shapes: list[Any] = []
    for day in range(DAYS):
        line = np.column_stack([31 + drift + day / DAYS + 0.3 * np.sin(day / 50 + north), north])
        enclaves = [Point(24 + 1.2 * k + 0.1 * np.sin(day / 30 + k), 48).buffer(0.4).exterior.coords for k in range(4)]
        west = Polygon([*line, (22, 52), (22, 45)], enclaves)
        east = Polygon([*line, (41, 52), (41, 45)])
        for side, shape in (("west", west), ("east", east), *(("east", Polygon(ring)) for ring in enclaves)):
            rows.append((side, day))
            shapes.append(shape if shape.is_valid else shapely.make_valid(shape))
    sides, days = zip(*rows, strict=True)
    columns = {
        "zone_id": [f"zone-{number}" for number in range(len(rows))],
        "controller": sides,
        "controller_name": sides,
        "valid_from": START + np.array(days),
        "valid_to": START + np.array(days) + 1,
    }
    fixed = {"series": "bench", "colour": "#000000", "status": "held", "name": "", "source": "", "note": ""}
    table = pd.DataFrame({**columns, **fixed, "known_since": pd.NaT, "doubt_km": 0.3})
    return check_zones(gpd.GeoDataFrame(table, geometry=shapes, crs=LONLAT))


def reports(count: int) -> gpd.GeoDataFrame:
    """Return events anywhere on the ground of `series`, on any of its days."""
    chance = np.random.default_rng(1)
    blank = {"text": "", "list": "", "json": "[]", "integer": None, "real": np.nan, "day": pd.NaT, "flag": False}
    lon, lat = chance.uniform(22, 41, count), chance.uniform(45, 52, count)
    days = START + chance.integers(0, DAYS, count)
    columns: dict[str, Any] = {column.name: blank[column.kind] for column in EVENT_COLUMNS} | {
        "event_id": np.arange(count).astype(str),
        "event_type": "battles",
        "sub_event_type": "armed_clash",
        "date_start": days,
        "date_end": days,
        "lon": lon,
        "lat": lat,
        "uncertainty_km": chance.choice([0.5, 2.0, 5.0], count),
        "factuality": "asserted",
        "control": "unknown",
        "review": "unreviewed",
    }
    table = pd.DataFrame(columns, index=range(count))
    return check_events(gpd.GeoDataFrame(table, geometry=shapely.points(lon, lat), crs=LONLAT))


def _loop(events: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> None:
    bare = events.drop(columns=["zone_id", "control"])
    for day in zones["valid_from"].unique()[::EVERY]:
        valid = zones[(zones["valid_from"] <= day) & (zones["valid_to"] > day)]
        today = bare[bare["date_start"] == day]
        gpd.sjoin(today, valid[["zone_id", "controller", "geometry"]], how="left", predicate="within")


def _seconds(work: Any) -> float:
    """Processor time: what else runs on the machine must not decide the comparison."""
    started = time.process_time()
    work()
    return time.process_time() - started
