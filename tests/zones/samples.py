"""Small zones and events for the tests of the zones room."""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.crs import LONLAT
from geo.tables import EVENT_COLUMNS, check_events, check_zones

_BLANK = {"text": "", "list": "", "json": "[]", "integer": None, "real": None, "day": None, "flag": False}


def zone(
    controller: str,
    shape: BaseGeometry,
    valid_from: str | date,
    valid_to: str | date | None = None,
    *,
    status: str = "held",
    name: str = "",
) -> dict[str, Any]:
    return {
        "controller": controller,
        "geometry": shape,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "status": status,
        "name": name,
    }


def zones_of(*rows: dict[str, Any], series: str = "sample") -> gpd.GeoDataFrame:
    full = [
        {
            "zone_id": f"{series}-{number}",
            "series": series,
            "controller_name": row["controller"].capitalize(),
            "colour": "#000000",
            "known_since": None,
            "doubt_km": 0.3,
            "source": "sample",
            "note": "",
            **row,
        }
        for number, row in enumerate(rows)
    ]
    frame = gpd.GeoDataFrame(full, geometry="geometry", crs=LONLAT)
    for column in ("valid_from", "valid_to", "known_since"):
        frame[column] = pd.to_datetime(frame[column])
    return check_zones(frame)


def event(event_id: str, lon: float | None, lat: float | None, start: str | date | None, end: Any = None, **more: Any):
    return {"event_id": event_id, "lon": lon, "lat": lat, "date_start": start, "date_end": end or start, **more}


def events_of(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    blank = {column.name: _BLANK[column.kind] for column in EVENT_COLUMNS}
    fixed = {
        "event_type": "battles",
        "sub_event_type": "armed_clash",
        "factuality": "asserted",
        "control": "unknown",
        "review": "unreviewed",
        "uncertainty_km": 0.1,
    }
    frame = pd.DataFrame([{**blank, **fixed, **row} for row in rows])
    for column in ("date_start", "date_end"):
        frame[column] = pd.to_datetime(frame[column])
    points = gpd.points_from_xy(frame["lon"].astype(float), frame["lat"].astype(float))
    placed = [point if row["lon"] is not None else None for point, row in zip(points, rows, strict=True)]
    return check_events(gpd.GeoDataFrame(frame, geometry=placed, crs=LONLAT))


WEST, EAST = box(0.0, 0.0, 0.5, 1.0), box(0.5, 0.0, 1.0, 1.0)
"""Two halves of a degree that share the border lon 0.5."""
BOW_TIE = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
