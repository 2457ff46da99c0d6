"""The events of a store, read once: later, what a decision or an ingest changed is read and put among the others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

import geopandas as gpd

from dashboard.renewal import Renewal
from dashboard.shared import shared
from dashboard.shelf import LEAST_EVENTS, shelf_of
from dashboard.versions import Version
from geo.evidence import digest

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

    @cached_property
    def stamp(self) -> str:
        """A text that another state of the store does not have."""
        state = self.state
        return digest(str(state.drawing), state.keys.tobytes().hex(), repr((state.decision, state.document)))


@shared(entries=4)
def read_events(version: Version) -> ReadEvents:
    """Return the events of a store, whoever asks; of those that were read before, only what changed is read again."""
    from geo.stores import open_store

    last = _last_readings()
    before = last.get(version.address) or _shelved(version.address)
    with open_store(version.address, read_only=True) as store:
        changes = store.event_changes(before.state, known=before.events) if before else store.event_changes()
    reading = _renewed(before, changes)
    last.clear()
    last[version.address] = reading
    return reading


def keep_events(reading: ReadEvents, address: str) -> None:
    """Keep a large store's events on disk for the next start of the server, where most of them were read now."""
    if reading.came_of is None and len(reading.events) >= LEAST_EVENTS:
        shelf_of(address).put_events(reading.state, reading.events)


def _shelved(address: str) -> ReadEvents | None:
    found = shelf_of(address).events()
    return None if found is None else ReadEvents(next(_NUMBERS), *found)


@shared(entries=1)
def _last_readings() -> dict[str, ReadEvents]:
    return {}


def _renewed(before: ReadEvents | None, changes: EventChanges) -> ReadEvents:
    if before is None or changes.kept is None:
        return ReadEvents(next(_NUMBERS), changes.state, changes.events)
    renewal = Renewal(changes.kept, changes.places)
    events = before.events if renewal.is_still(len(before.events)) else renewal.table(before.events, changes.events)
    return ReadEvents(next(_NUMBERS), changes.state, events, before.number, renewal)
