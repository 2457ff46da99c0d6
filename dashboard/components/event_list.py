"""The list of events, in step with the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard.components.browser import browser_component
from dashboard.i18n import Words
from geo.layers.palette import MARKS


@dataclass(frozen=True, slots=True)
class Listing:
    """What the browser needs to know to draw the list."""

    address: str
    """Where the columns of `list_columns` are lent."""
    only: str
    """One bit an event that the view shows, as base64; empty for all."""


def draw_list(
    listing: Listing, words: Words, *, day: date, selected: str, imposed: int, heard: int, tall: bool
) -> None:
    """Draw the list.

    `imposed` counts how often Python itself set day and selection; the browser takes them over when it changes, but for
    what the reader did after the move numbered `heard`. A `tall` list takes the height of the map.
    """
    browser_component("event_list")(
        key="event_list",
        data={
            "address": listing.address,
            "only": listing.only,
            "marks": {str(kind): {"shape": mark.shape, "colour": mark.colour} for kind, mark in MARKS.items()},
            "title": words("list.title"),
            "empty": words("list.empty"),
            "loading": words("list.loading"),
            "day": day.isoformat(),
            "selected": selected,
            "imposed": imposed,
            "heard": heard,
            "tall": tall,
        },
    )


def selected_row(events: pd.DataFrame, event_id: str) -> Mapping[str, Any] | None:
    """Return the record of an event, None where the table does not hold it."""
    rows = events[events["event_id"] == event_id]
    return None if rows.empty else rows.iloc[0].to_dict()


def step(events: pd.DataFrame, event_id: str, by: int) -> str:
    """Return the identifier of the event `by` places further in the list; at the ends, the same one."""
    ids = events["event_id"]
    if ids.empty:
        return ""
    at = (ids == event_id).to_numpy().nonzero()[0]
    return str(ids.iloc[max(0, min(len(ids) - 1, int(at[0]) + by)) if len(at) else 0])
