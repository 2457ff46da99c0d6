"""UCDP Georeferenced Event Dataset (CSV): columns and codes as in the GED codebook."""

from __future__ import annotations

from typing import Final

from geo.pipeline.coded.building import CodedRow, Spot, days_of
from geo.pipeline.coded.cells import Cells, coded, counted, day_of, degrees, told
from geo.pipeline.coded.days import DayOrder
from geo.pipeline.coded.names import Names
from geo.vocabulary import GeoPrecision

COLUMNS = (
    *("id", "type_of_violence", "date_start", "date_end", "date_prec", "side_a", "side_b", "where_prec"),
    *("where_coordinates", "latitude", "longitude", "country", "adm_1", "best", "high", "low", "source_article"),
)
"""Columns that must be there; others are kept with the row."""
DAYS = ("date_start", "date_end")
_SUB_TYPES: Final = {1: "armed_clash", 2: "armed_clash", 3: "attack"}
"""State-based, non-state, one-sided."""
_TIME: Final = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}
_REGION: Final = Spot(GeoPrecision.REGION, 100.0)
_COUNTRY: Final = Spot(GeoPrecision.REGION, 300.0)
_SPOTS: Final = {
    1: Spot(GeoPrecision.TOWN, 5.0),
    2: Spot(GeoPrecision.PART, 25.0),
    3: Spot(GeoPrecision.PART, 40.0),
    4: _REGION,
    5: _REGION,
    6: _COUNTRY,
    7: _COUNTRY,
}
"""The place; within 25 km of it; a district; a province; along a line or around a point; a country; at sea or above."""


def read_row(cells: Cells, names: Names, order: DayOrder | None = None) -> CodedRow:
    """Return a row; raise `ValueError` with what is wrong in it."""
    kind = coded(cells, "type_of_violence", _SUB_TYPES)
    start, end = day_of(cells, "date_start", order), day_of(cells, "date_end", order)
    if end < start:
        raise ValueError(f"date_end {cells['date_end']!r} lies before date_start {cells['date_start']!r}")
    return CodedRow(
        publisher="ucdp",
        row_id=told(cells, "id"),
        cells=cells,
        sub_event_type=kind,
        type_column="type_of_violence",
        days=days_of(start, end, coded(cells, "date_prec", _TIME)),
        day_columns=("date_start", "date_end"),
        place_columns=("where_coordinates", "adm_1", "country"),
        lon=degrees(cells, "longitude"),
        lat=degrees(cells, "latitude"),
        spot=coded(cells, "where_prec", _SPOTS),
        country=names.country(cells["country"]),
        admin1=cells["adm_1"],
        actor1=names.actor(cells["side_a"]),
        actor1_column="side_a",
        actor2=names.actor(cells["side_b"]),
        actor2_column="side_b",
        fatalities=counted(cells, "low", "best", "high"),
        count_columns=("best", "low", "high"),
        civilian_column="type_of_violence" if kind == "attack" else "",
        source="UCDP GED",
        published=end,
    )
