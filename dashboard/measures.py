"""What a chart counts of events: the events themselves, or the people whom they killed or injured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from geo.vocabulary import Factuality, TimePrecision

HAPPENED = (Factuality.ASSERTED, Factuality.CLAIMED)


class Measure(StrEnum):
    """What is counted."""

    EVENTS = "events"
    KILLED = "killed"
    INJURED = "injured"


_COLUMNS = {Measure.KILLED: "fatalities", Measure.INJURED: "injured"}


@dataclass(frozen=True, slots=True)
class Counted:
    """The events that have something to count, and what was left out."""

    events: pd.DataFrame
    """With three columns more, `low`, `best` and `high`; a missing bound is the nearest known one."""
    silent: int
    """Events without a count."""
    long_tolls: int
    """Counts of a month or of a vaguer time, which hold those of single events told beside them."""
    unreal: int
    """Denied or announced events, whose counts are nobody's."""


def counted(events: pd.DataFrame, measure: Measure) -> Counted:
    """Return what a measure counts of events; of the events themselves all count, each as one."""
    if measure is Measure.EVENTS:
        return Counted(events.assign(low=1, best=1, high=1), 0, 0, 0)
    happened = events[events["factuality"].isin(HAPPENED)]
    low, best, high = (happened[f"{_COLUMNS[measure]}_{bound}"] for bound in ("low", "best", "high"))
    known = best.fillna(low).fillna(high)
    told = happened.assign(low=low.fillna(known), best=known, high=high.fillna(known))[known.notna()]
    long = (told["time_precision"] == TimePrecision.MONTH).fillna(False).astype(bool)
    return Counted(told[~long], len(happened) - len(told), int(long.sum()), len(events) - len(happened))
