"""What of the events is other than what somebody read before: a decision changes one of 100,000."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any, Final

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from geo.tables import Column

DRAWINGS: Final = "drawings"
"""Name of the number that is another one since keys mean other events: all were drawn, or a program wrote over some."""
LAST_KEY: Final = "last_event"
"""Highest number that was given to a row of events since; none is given twice."""
KEY: Final = Column("key", "integer", "what stands for one event at one state of it", required=True)
DRAWN_BY_CHANCE: Final = 2**30
"""The number of a drawing lies below; integers of PostgreSQL have 31 bits, and a trigger counts on."""
ROWS_OF_KEY: Final = 2**31
"""A key modulo this is the number of its row."""

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Witness:
    """The newest row of a table: where it is still there, what is stored now grew out of what was stored then."""

    row: int = 0
    name: str = ""


@dataclass(frozen=True, eq=False)
class EventState:
    """Which events were read, and at which state of the store."""

    drawing: int
    """Chosen by chance whenever all events are drawn, so that another store has another one; 0 where none is known."""
    keys: Keys
    """Of the events, in their order."""
    decision: Witness = field(default_factory=Witness)
    document: Witness = field(default_factory=Witness)


@dataclass(frozen=True, eq=False)
class EventChanges:
    """How the events of a store differ from those that were read before."""

    state: EventState
    """Whose keys stand in the order of the events that result: by first day and identifier."""
    kept: Keys | None
    """Rows of the events read before that stand still, in their order; None where all were read anew."""
    places: Keys
    """Rows, among the events that result, of those that are read now."""
    events: gpd.GeoDataFrame
    """Those read now, by EVENT_COLUMNS and in the order of `places`."""


def order_of(events: Any) -> Keys:
    """Return the rows of events by first day and identifier, undated ones last."""
    plain = events[["date_start", "event_id"]].reset_index(drop=True)
    ordered: Keys = plain.sort_values(["date_start", "event_id"], na_position="last").index.to_numpy()
    return ordered


def gaps_for(events: Any, new: Any) -> Keys:
    """Return before which row of ordered events each of new ones belongs, which are in the same order."""
    days, names = _day_numbers(events), events["event_id"]
    gaps = []
    for day, name in zip(_day_numbers(new), new["event_id"], strict=True):
        first, last = (int(days.searchsorted(day, side)) for side in ("left", "right"))
        gaps.append(first + bisect_left(names.iloc[first:last].tolist(), name))
    return np.array(gaps, dtype=np.int64)


def _day_numbers(events: Any) -> Keys:
    days = events["date_start"].to_numpy().astype("datetime64[D]").astype(np.int64)
    # Not a day is the least number, and the undated are the last.
    return np.where(events["date_start"].isna(), np.iinfo(np.int64).max, days)
