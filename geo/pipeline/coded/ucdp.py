"""UCDP Georeferenced Event Dataset (CSV): columns and codes as in the GED codebook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from geo.model import Count
from geo.pipeline.coded.building import CodedRow, days_of
from geo.vocabulary import GeoPrecision

COLUMNS = (
    *("id", "type_of_violence", "date_start", "date_end", "date_prec", "side_a", "side_b", "where_prec"),
    *("where_coordinates", "latitude", "longitude", "country", "adm_1", "best", "high", "low", "source_article"),
)
"""Columns that must be there; others are kept with the row."""
_SUB_TYPES = {"1": "armed_clash", "2": "armed_clash", "3": "attack"}
"""State-based, non-state, one-sided."""
_TIME = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}
_SPACE = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 3}


def read_row(cells: Mapping[str, str]) -> CodedRow:
    """Return a row; raise `ValueError` with what is wrong in it."""
    kind = cells["type_of_violence"]
    if kind not in _SUB_TYPES:
        raise ValueError(f"type_of_violence {kind!r} is none of 1, 2, 3")
    start, end = (date.fromisoformat(cells[name][:10]) for name in ("date_start", "date_end"))
    low, best, high = (int(cells[name]) for name in ("low", "best", "high"))
    return CodedRow(
        publisher="ucdp",
        row_id=cells["id"],
        cells=cells,
        sub_event_type=_SUB_TYPES[kind],
        type_column="type_of_violence",
        days=days_of(start, end, _TIME[int(cells["date_prec"])]),
        day_column="date_start",
        place_name=cells["where_coordinates"],
        place_column="where_coordinates",
        lon=float(cells["longitude"]),
        lat=float(cells["latitude"]),
        geo_precision=GeoPrecision(_SPACE[int(cells["where_prec"])]),
        admin1=cells["adm_1"],
        actor1=cells["side_a"],
        actor1_column="side_a",
        actor2=cells["side_b"],
        actor2_column="side_b",
        fatalities=Count(low, best, high),
        count_column="best",
        civilian_column="type_of_violence" if kind == "3" else "",
        source="UCDP GED",
        published=end,
    )
