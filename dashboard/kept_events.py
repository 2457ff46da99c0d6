"""The events of a store, read once: later, what a decision or an ingest changed is read and put among the others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import geopandas as gpd

from dashboard.renewal import Renewal
from dashboard.shared import shared
from dashboard.versions import Version

if TYPE_CHECKING:
    from geo.stores import EventChanges, EventState

_NUMBERS = count()


@dataclass(frozen=True, eq=False)
class ReadEvents:
    """The exact events of a store at one state."""

    number: int
    """Of this reading, in this process."""
    state: EventState
    events: gpd.GeoDataFrame
    """By EVENT_COLUMNS, by first day and identifier."""
    came_of: int | None = None
    """Number of the reading that these events came of, by `renewal`; None where all were read."""
    renewal: Renewal | None = None


@shared(entries=4)
def read_events(version: Version) -> ReadEvents:
    """Return the events of a store, whoever asks; of those that were read before, only what changed is read again."""
    from geo.stores import open_store

    last = _last_readings()
    before = last.get(version.address)
    with open_store(version.address, read_only=True) as store:
        changes = store.event_changes(before.state, known=before.events) if before else store.event_changes()
    reading = _renewed(before, changes)
    last.clear()
    last[version.address] = reading
    return reading


@shared(entries=1)
def _last_readings() -> dict[str, ReadEvents]:
    return {}


def _renewed(before: ReadEvents | None, changes: EventChanges) -> ReadEvents:
    if before is None or changes.kept is None:
        return ReadEvents(next(_NUMBERS), changes.state, changes.events)
    renewal = Renewal(changes.kept, changes.places)
    events = before.events if renewal.is_still(len(before.events)) else renewal.table(before.events, changes.events)
    return ReadEvents(next(_NUMBERS), changes.state, events, before.number, renewal)
