"""From events as objects to the event record as a table, and from a row of it to plain JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shapely.geometry import Point

from geo.crs import LONLAT
from geo.model import Account, Count, Event, Resolved
from geo.tables import (
    EVENT_COLUMNS,
    JOIN,
    REGION_COLUMNS,
    Column,
    as_day,
    check_events,
    check_regions,
    empty_table,
)
from geo.vocabulary import UNKNOWN

NOT_JOINED = "No control zones have been joined."

# Loaded with the first table, as in `geo.tables`.
if TYPE_CHECKING:
    import geopandas as gpd


def events_table(events: Iterable[Event]) -> gpd.GeoDataFrame:
    """Return one row an event by `EVENT_COLUMNS`, in the order given; control is `unknown` until zones are joined."""
    import geopandas as gpd

    rows = [_event_row(event) for event in events]
    for row in rows:
        row["accounts"] = json.dumps(row["accounts"], ensure_ascii=False)
    if not rows:
        return empty_table(EVENT_COLUMNS)
    points = [None if row["lon"] is None else Point(row["lon"], row["lat"]) for row in rows]
    return check_events(gpd.GeoDataFrame(rows, geometry=points, crs=LONLAT))


def grounds_table(events: Sequence[Event]) -> gpd.GeoDataFrame:
    """Return of each event what `join_control` asks and fills, and no more, as `events_table` has it.

    For events that become no table: most of what that costs is columns which zones do not look at.
    """
    import geopandas as gpd
    import numpy as np

    places = [_place_fields(event) for event in events]
    days = [event.days for event in events]
    reals = {name: np.array([row[name] for row in places], dtype=float) for name in ("lon", "lat", "uncertainty_km")}
    dates = {
        "date_start": np.array([span.start if span else None for span in days], dtype="datetime64[s]"),
        "date_end": np.array([span.end if span else None for span in days], dtype="datetime64[s]"),
    }
    count = len(places)
    ground = {"control": [UNKNOWN] * count, "zone_id": [""] * count, "control_reason": [NOT_JOINED] * count}
    identifiers = [row["gazetteer_id"] for row in places]
    return gpd.GeoDataFrame(
        {**reals, **dates, "gazetteer_id": identifiers, **ground, "frontline_km": np.full(count, np.nan)}
    )


def regions_table(events: Iterable[Event]) -> gpd.GeoDataFrame:
    """Return the polygons that events are placed by, one row a region, by `REGION_COLUMNS`."""
    import geopandas as gpd

    regions = {
        event.resolution.region_id: event.resolution
        for event in events
        if isinstance(event.resolution, Resolved) and event.resolution.region is not None
    }
    if not regions:
        return empty_table(REGION_COLUMNS)
    rows = [{"region_id": key, "name": resolved.place_name} for key, resolved in sorted(regions.items())]
    shapes = [resolved.region for _, resolved in sorted(regions.items())]
    return check_regions(gpd.GeoDataFrame(rows, geometry=shapes, crs=LONLAT))


def record(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of the events table as a JSON-ready event record, in the documented order."""
    return {column.name: _json_value(row[column.name], column) for column in EVENT_COLUMNS}


def event_record(event: Event, ground: Mapping[str, Any]) -> dict[str, Any]:
    """Return an event as its record, without a table; `ground` holds what zones say of it: its control and why."""
    row = {**_event_row(event), **ground}
    return {column.name: _plain_value(row[column.name], column) for column in EVENT_COLUMNS}


def account_record(account: Account) -> dict[str, Any]:
    """Return an account as it stands in the `accounts` field of an event record."""
    return {
        "document_id": account.document_id,
        "source": account.source,
        "url": account.url,
        "published": account.published.isoformat() if account.published else None,
        "attribution": account.attribution.value if account.attribution else "",
        "evidence": [
            {"field": name, "start": words.start, "end": words.end, "text": words.text}
            for name, words in account.quotations()
        ],
    }


def _json_value(value: Any, column: Column) -> Any:
    """Return what stands in a cell of a table."""
    import pandas as pd

    if column.kind == "day":
        return _plain_value(as_day(value), column)
    return _plain_value(None if column.kind in ("integer", "real") and pd.isna(value) else value, column)


def _plain_value(value: Any, column: Column) -> Any:
    if column.kind == "list":
        return [item for item in str(value).split(JOIN) if item]
    if column.kind == "json":
        return json.loads(value or "[]") if isinstance(value, str) else value
    if column.kind == "flag":
        return bool(value)
    if column.kind == "text":
        return str(value)
    if value is None:
        return None
    if column.kind == "day":
        return value.isoformat()
    return int(value) if column.kind == "integer" else float(value)


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "event_id": event.event_id,
        "event_type": str(event.event_type),
        "sub_event_type": event.sub_event_type,
        "tags": JOIN.join(event.tags),
        "date_start": event.days.start if event.days else None,
        "date_end": event.days.end if event.days else None,
        "time_precision": int(event.days.precision) if event.days else None,
        **_place_fields(event),
        "actor1": event.actor1.name if event.actor1 else "",
        "actor2": event.actor2.name if event.actor2 else "",
        "civilian_targeting": event.civilian_targeting,
        "weapon": event.weapon,
        **_count_fields("fatalities", event.fatalities),
        **_count_fields("injured", event.injured),
        "factuality": str(event.factuality),
        "attribution": event.attribution,
        "confidence": round(event.confidence, 3),
        "control": UNKNOWN,
        "zone_id": "",
        "frontline_km": None,
        "control_reason": NOT_JOINED,
        "notes": event.notes,
        "accounts": [account_record(account) for account in event.accounts],
        "review": str(event.review),
    }


def _place_fields(event: Event) -> dict[str, Any]:
    resolution = event.resolution
    if not isinstance(resolution, Resolved):
        blank = ("place_name", "place_name_local", "gazetteer", "gazetteer_id", "country", "admin1")
        nothing = ("lon", "lat", "geo_precision", "uncertainty_km")
        fields = {**dict.fromkeys(blank, ""), **dict.fromkeys(nothing)}
        return {**fields, "toponym": resolution.toponym, "place_reason": resolution.reason}
    place = resolution.place
    return {
        "lon": round(resolution.lon, 6),
        "lat": round(resolution.lat, 6),
        "geo_precision": int(resolution.geo_precision),
        "uncertainty_km": round(resolution.uncertainty_km, 3),
        "place_name": resolution.place_name,
        "place_name_local": place.name_local,
        "toponym": resolution.toponym,
        "gazetteer": place.gazetteer,
        "gazetteer_id": resolution.region_id or place.gazetteer_id,
        "country": place.country,
        "admin1": place.admin1,
        "place_reason": resolution.reason,
    }


def _count_fields(name: str, count: Count | None) -> dict[str, int | None]:
    known = count or Count(None, None, None)
    return {f"{name}_low": known.low, f"{name}_best": known.best, f"{name}_high": known.high}
