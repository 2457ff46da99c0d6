"""ACLED exports (CSV): columns as in the ACLED codebook, whose event types are this project's own."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from geo.model import Count
from geo.pipeline.coded.building import CodedRow, Spot, days_of
from geo.pipeline.coded.cells import Cells, coded, day_of, degrees, told, whole
from geo.pipeline.coded.days import DayOrder
from geo.pipeline.coded.names import Names
from geo.vocabulary import SUB_EVENT_TYPES, GeoPrecision

COLUMNS = (
    *("event_id_cnty", "event_date", "time_precision", "sub_event_type", "actor1", "actor2", "country", "admin1"),
    *("location", "latitude", "longitude", "geo_precision", "source", "notes", "fatalities"),
)
"""Columns that must be there; others are kept with the row."""
DAYS = ("event_date",)
_DAYS_BY_PRECISION: Final = {1: 0, 2: 3, 3: 15}
"""Half the span of days around the date that a time precision stands for."""
_SPOTS: Final = {
    1: Spot(GeoPrecision.TOWN, 5.0),
    2: Spot(GeoPrecision.PART, 25.0),
    3: Spot(GeoPrecision.REGION, 100.0),
}


def read_row(cells: Cells, names: Names, order: DayOrder | None = None) -> CodedRow:
    """Return a row; raise `ValueError` with what is wrong in it."""
    sub_type = _snake(cells["sub_event_type"])
    if sub_type not in SUB_EVENT_TYPES:
        raise ValueError(f"sub_event_type {cells['sub_event_type']!r} is not one of ACLED's")
    day, half = day_of(cells, "event_date", order), coded(cells, "time_precision", _DAYS_BY_PRECISION)
    fatalities = whole(cells, "fatalities") if cells["fatalities"] else None
    return CodedRow(
        publisher="acled",
        row_id=told(cells, "event_id_cnty"),
        cells=cells,
        sub_event_type=sub_type,
        type_column="sub_event_type",
        days=days_of(_around(day, -half), _around(day, half), whole(cells, "time_precision")),
        day_columns=("event_date",),
        place_columns=("location", "admin1", "country"),
        lon=degrees(cells, "longitude"),
        lat=degrees(cells, "latitude"),
        spot=coded(cells, "geo_precision", _SPOTS),
        country=names.country(cells["country"]),
        admin1=cells["admin1"],
        actor1=names.actor(cells["actor1"]),
        actor1_column="actor1",
        actor2=names.actor(cells["actor2"]),
        actor2_column="actor2",
        fatalities=None if fatalities is None else Count(fatalities, fatalities, fatalities),
        count_columns=("fatalities",),
        civilian_column="civilian_targeting" if cells.get("civilian_targeting") else "",
        source=cells["source"],
        published=day,
    )


def _snake(words: str) -> str:
    return re.sub(r"[^a-z]+", "_", words.lower()).strip("_")


def _around(day: date, count: int) -> date:
    return date.fromordinal(day.toordinal() + count)
