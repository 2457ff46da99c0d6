"""What the headline figures add up: one number an event, made once for a store, so that a view is a sum over a mask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from dashboard.measures import HAPPENED
from geo.vocabulary import GeoPrecision, Review, TimePrecision

Mask = np.ndarray[Any, np.dtype[np.bool_]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]
NO_DAY = int(np.iinfo(np.int64).max)
"""First day of the undated: one that never comes."""


@dataclass(frozen=True, slots=True)
class Killed:
    """People killed over several events, by their bounds."""

    low: int
    best: int
    high: int
    counted: int
    """Events with a count."""
    long_tolls: int
    """Tolls of a month or of a vaguer time, not added."""


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """One entry an event."""

    low: Numbers
    """Fewest killed; 0 where no count is added."""
    best: Numbers
    high: Numbers
    counted: Mask
    long_toll: Mask
    vague: Mask
    waiting: Mask
    """Not reviewed yet."""
    rejected: Mask
    first: Numbers
    """Day since 1970, `NO_DAY` of the undated."""
    last: Numbers


@dataclass(frozen=True, slots=True)
class Sums:
    """What the events of a view add up to."""

    events: int
    killed: Killed
    vague: int
    waiting: int


def vague_events(events: pd.DataFrame) -> pd.Series:
    """Return which events are known only to a region, a month or vaguer, or not at all, in place or time."""
    place = events["lon"].isna() | (events["geo_precision"] == GeoPrecision.REGION)
    return place | events["date_start"].isna() | (events["time_precision"] == TimePrecision.MONTH)


def tally_of(events: pd.DataFrame) -> Tally:
    """Return the numbers of a table of events, in its order.

    Only events that happened, or are said to have happened, have killed; unknown counts add nothing. A missing bound
    stands for the nearest known one: "at least 64" adds 64 to each of the three. The toll of a month or of a vaguer
    time is counted apart: it holds the dead of single events that are told beside it.
    """
    happened = events["factuality"].isin(HAPPENED).to_numpy(dtype=bool)
    month = (events["time_precision"] == TimePrecision.MONTH).to_numpy(dtype=bool, na_value=False)
    low, best, high = (events[f"fatalities_{bound}"] for bound in ("low", "best", "high"))
    known = best.fillna(low).fillna(high)
    counted = happened & ~month & known.notna().to_numpy(dtype=bool)
    return Tally(
        low=_whole(low.fillna(known), counted),
        best=_whole(known, counted),
        high=_whole(high.fillna(known), counted),
        counted=counted,
        long_toll=happened & month & best.notna().to_numpy(dtype=bool),
        vague=vague_events(events).to_numpy(dtype=bool, na_value=True),
        waiting=(events["review"] == Review.UNREVIEWED).to_numpy(dtype=bool, na_value=False),
        rejected=(events["review"] == Review.REJECTED).to_numpy(dtype=bool, na_value=False),
        first=_days(events["date_start"], missing=NO_DAY),
        last=_days(events["date_end"], missing=np.iinfo(np.int64).min),
    )


def sums(tally: Tally, mask: Mask) -> Sums:
    """Add up the events that a mask keeps."""
    killed = Killed(
        low=int(tally.low[mask].sum()),
        best=int(tally.best[mask].sum()),
        high=int(tally.high[mask].sum()),
        counted=int((tally.counted & mask).sum()),
        long_tolls=int((tally.long_toll & mask).sum()),
    )
    return Sums(int(mask.sum()), killed, int((tally.vague & mask).sum()), int((tally.waiting & mask).sum()))


def day_number(day: date) -> int:
    """Return the days since 1970."""
    return (day - date(1970, 1, 1)).days


def count_on(tally: Tally, mask: Mask, day: date) -> int:
    """Count the events of a mask whose span of days holds the day."""
    number = day_number(day)
    return int(((tally.first <= number) & (tally.last >= number) & mask).sum())


def _whole(bound: pd.Series, counted: Mask) -> Numbers:
    return np.where(counted, bound.fillna(0).to_numpy(dtype="int64"), 0)


def _days(days: pd.Series, *, missing: int) -> Numbers:
    numbers = days.to_numpy().astype("datetime64[D]").astype("int64")
    return np.where(days.isna().to_numpy(), missing, numbers)
