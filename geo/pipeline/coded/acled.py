"""ACLED exports (CSV): columns as in the ACLED codebook, whose event types are this project's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from geo.model import Count
from geo.pipeline.coded.building import CodedRow, days_of
from geo.vocabulary import SUB_EVENT_TYPES, GeoPrecision

COLUMNS = (
    *("event_id_cnty", "event_date", "time_precision", "sub_event_type", "actor1", "actor2", "country", "admin1"),
    *("location", "latitude", "longitude", "geo_precision", "source", "notes", "fatalities"),
)
"""Columns that must be there; others are kept with the row."""
_DAYS_BY_PRECISION = {1: 0, 2: 3, 3: 15}
"""Half the span of days around the date that a time precision stands for."""


def read_row(cells: Mapping[str, str]) -> CodedRow:
    """Return a row; raise `ValueError` with what is wrong in it."""
    sub_type = _snake(cells["sub_event_type"])
    if sub_type not in SUB_EVENT_TYPES:
        raise ValueError(f"sub_event_type {cells['sub_event_type']!r} is not one of ACLED's")
    day, precision = _day(cells["event_date"]), int(cells["time_precision"])
    fatalities = int(cells["fatalities"]) if cells["fatalities"] else None
    half = _DAYS_BY_PRECISION[precision]
    return CodedRow(
        publisher="acled",
        row_id=cells["event_id_cnty"],
        cells=cells,
        sub_event_type=sub_type,
        type_column="sub_event_type",
        days=days_of(date.fromordinal(day.toordinal() - half), date.fromordinal(day.toordinal() + half), precision),
        day_column="event_date",
        place_name=cells["location"],
        place_column="location",
        lon=float(cells["longitude"]),
        lat=float(cells["latitude"]),
        geo_precision=GeoPrecision(int(cells["geo_precision"])),
        admin1=cells["admin1"],
        actor1=cells["actor1"],
        actor1_column="actor1",
        actor2=cells["actor2"],
        actor2_column="actor2",
        fatalities=None if fatalities is None else Count(fatalities, fatalities, fatalities),
        count_column="fatalities",
        civilian_column="civilian_targeting" if cells.get("civilian_targeting") else "",
        source=cells["source"],
        published=day,
    )


def _snake(words: str) -> str:
    return re.sub(r"[^a-z]+", "_", words.lower()).strip("_")


def _day(written: str) -> date:
    for pattern in ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y"):
        try:
            return datetime.strptime(written, pattern).date()
        except ValueError:
            continue
    raise ValueError(f"event_date {written!r} is no day")
