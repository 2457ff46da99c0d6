"""Zones in time: which of them hold on a day, and the stretches of days on which none of them changes.

A zone is valid on `[valid_from, valid_to)`; without `valid_to` it is open. The zones valid on one day are that day's
slice. Between two consecutive `cuts` (days on which a zone begins or ends) the slice stays the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

Days = npt.NDArray[np.int64]
"""Days since 1970-01-01."""
FOREVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days on which a series changes, and the zones between them.

    Stretch `k` covers `[cuts[k], cuts[k + 1])`; its zones are `rows[offsets[k]:offsets[k + 1]]`, as positions in the
    table of the series.
    """

    cuts: Days
    rows: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int64]

    def stretch_of(self, days: Days) -> npt.NDArray[np.int64]:
        """Return the stretch that each day falls in; -1 before the series and after its end."""
        found = np.searchsorted(self.cuts, days, side="right") - 1
        return np.where((found < 0) | (found >= len(self.cuts) - 1), -1, found)

    def zones_in(self, stretch: int) -> npt.NDArray[np.int64]:
        """Return the positions of the zones of a stretch, in the order of the table."""
        return self.rows[self.offsets[stretch] : self.offsets[stretch + 1]]


def day_numbers(days: pd.Series, *, missing: int = FOREVER) -> Days:
    """Return days as numbers since 1970-01-01; `missing` stands for null."""
    numbers = days.to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.where(days.isna().to_numpy(), missing, numbers)


def day_number(day: date) -> int:
    """Return a day as a number since 1970-01-01."""
    return int(np.datetime64(day, "D").astype(np.int64))


def timeline(zones: gpd.GeoDataFrame) -> Timeline:
    """Return the stretches of a series on which its zones stay the same."""
    starts, ends = day_numbers(zones["valid_from"]), day_numbers(zones["valid_to"])
    cuts = np.unique(np.concatenate([starts, ends]))
    first, after = np.searchsorted(cuts, starts), np.searchsorted(cuts, ends)
    lengths = after - first
    rows = np.repeat(np.arange(len(zones)), lengths)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    stretches = np.repeat(first, lengths) + within
    order = np.argsort(stretches, kind="stable")
    offsets = np.searchsorted(stretches[order], np.arange(max(len(cuts), 1)))
    return Timeline(cuts, rows[order], offsets)


def zones_at(zones: gpd.GeoDataFrame, day: date) -> gpd.GeoDataFrame:
    """Return the zones that are valid on a day, in the order of the table; none where the series says nothing."""
    moment = np.datetime64(day, "s")
    starts, ends = zones["valid_from"].to_numpy(), zones["valid_to"].to_numpy()
    valid = (starts <= moment) & ((ends > moment) | np.isnat(ends))
    return zones.iloc[np.flatnonzero(valid)].reset_index(drop=True)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days inside the span of a series for which it has no zones."""

    first: date
    last: date
    """Included."""

    def __str__(self) -> str:
        return f"{self.first} to {self.last}" if self.last > self.first else str(self.first)


def gaps(zones: gpd.GeoDataFrame) -> tuple[Gap, ...]:
    """Return the stretches between the first and the last day of a series on which no zone is valid."""
    if zones.empty:
        return ()
    line = timeline(zones)
    empty = np.flatnonzero(np.diff(line.offsets, append=len(line.rows))[: len(line.cuts) - 1] == 0)
    return tuple(Gap(_day(line.cuts[k]), _day(line.cuts[k + 1]) - timedelta(days=1)) for k in empty)


def span(zones: gpd.GeoDataFrame) -> tuple[date, date] | None:
    """Return the first day of a series and its last (the last day on which something begins, where it is open)."""
    if zones.empty:
        return None
    starts = day_numbers(zones["valid_from"])
    last = starts.max() if zones["valid_to"].isna().any() else day_numbers(zones["valid_to"]).max() - 1
    return _day(starts.min()), _day(last)


def _day(number: int | np.int64) -> date:
    return date(1970, 1, 1) + timedelta(days=int(number))
