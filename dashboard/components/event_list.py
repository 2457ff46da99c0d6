"""The list of events, in step with the map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd

from dashboard.components.browser import browser_component
from dashboard.components.event_card import count_in_words
from dashboard.i18n import Words
from geo.evidence import digest
from geo.layers.palette import MARKS
from geo.tables import as_day
from geo.vocabulary import CONTESTED, UNCERTAIN, UNKNOWN, Factuality, GeoPrecision, Review

ROWS = 1000
"""Rows that a browser scrolls without a pause; the list says when it leaves some out."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A short word beside an event."""

    kind: str
    """`side`, or `doubt` for what makes the event less sure."""
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """An event in one line."""

    id: str
    type: str
    title: str
    where: str
    killed: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class DayRows:
    """The events that begin on one day."""

    day: str
    """ISO 8601, empty for the undated."""
    label: str
    events: list[Row] = field(default_factory=list)


def list_rows(events: gpd.GeoDataFrame, words: Words, *, controllers: Mapping[str, str]) -> list[DayRows]:
    """Return the events in lines, grouped by the day on which they begin; `events` are in the order of their days."""
    groups: dict[date | None, DayRows] = {}
    for row in events.head(ROWS).to_dict("records"):
        day = as_day(row["date_start"])
        if day not in groups:
            label = words.day(day) if day else words("list.undated")
            groups[day] = DayRows(day.isoformat() if day else "", label)
        groups[day].events.append(_row(row, words, controllers))
    return list(groups.values())


def draw_list(
    days: Sequence[DayRows], words: Words, *, total: int, day: date, selected: str, imposed: int, heard: int, tall: bool
) -> None:
    """Draw the list.

    `imposed` counts how often Python itself set day and selection; the browser takes them over when it changes, but for
    what the reader did after the move numbered `heard`. A `tall` list takes the height of the map.
    """
    listed = sum(len(group.events) for group in days)
    note = words("list.cut", shown=listed, total=total) if listed < total else ""
    plain = [asdict(group) for group in days]
    browser_component("event_list")(
        key="event_list",
        data={
            "days": plain,
            "rows_id": digest(*(repr(group) for group in days), words.language),
            "marks": {str(kind): {"shape": mark.shape, "colour": mark.colour} for kind, mark in MARKS.items()},
            "title": words("list.title"),
            "empty": words("list.empty"),
            "note": note,
            "day": day.isoformat(),
            "selected": selected,
            "imposed": imposed,
            "heard": heard,
            "tall": tall,
        },
    )


def _row(row: Mapping[str, Any], words: Words, controllers: Mapping[str, str]) -> Row:
    known = any(not pd.isna(row[f"fatalities_{bound}"]) for bound in ("low", "best", "high"))
    return Row(
        id=row["event_id"],
        type=row["event_type"],
        title=words.name("sub_type", row["sub_event_type"]),
        where=row["place_name"] or row["toponym"] or words("card.not_placed"),
        killed=words("list.killed", count=count_in_words(row, "fatalities", words)) if known else "",
        badges=tuple(_badges(row, words, controllers)),
    )


def _badges(row: Mapping[str, Any], words: Words, controllers: Mapping[str, str]) -> Iterator[Badge]:
    control = row["control"]
    if control in (CONTESTED, UNCERTAIN):
        yield Badge("doubt", words.name("control", control))
    elif control != UNKNOWN:
        yield Badge("side", controllers.get(control) or words.name("control", control))
    if row["factuality"] != Factuality.ASSERTED:
        yield Badge("doubt", words.name("factuality", row["factuality"]))
    elif pd.isna(row["lon"]) or row["geo_precision"] == GeoPrecision.REGION:
        yield Badge("doubt", words("list.vague"))
    if row["review"] != Review.UNREVIEWED:
        yield Badge("side", words.name("review_state", row["review"]))


def selected_row(events: gpd.GeoDataFrame, event_id: str) -> Mapping[str, Any] | None:
    """Return the record of an event, None where the table does not hold it."""
    rows = events[events["event_id"] == event_id]
    return None if rows.empty else rows.iloc[0].to_dict()


def step(events: gpd.GeoDataFrame, event_id: str, by: int) -> str:
    """Return the identifier of the event `by` places further in the list; at the ends, the same one."""
    ids = list(events["event_id"])
    if event_id not in ids:
        return ids[0] if ids else ""
    return str(ids[max(0, min(len(ids) - 1, ids.index(event_id) + by))])
