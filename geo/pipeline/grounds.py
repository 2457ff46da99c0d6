"""What a side holds of a place, by the zones of a person's own store and by those that ship."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from geo.errors import StoreError
from geo.model import Event, Place, Resolved
from geo.pipeline.plan import DEFINITION_FILE, Plan
from geo.places import HeldGround

# Zones and stores are tables; they are loaded at the first question, as most reports ask none.
if TYPE_CHECKING:
    import geopandas as gpd

UNCOVERED = "No series of zones covers the place on that day."
"""Said where several series were asked: which of them has nothing to say is of no use."""
_Ground = Callable[[Place, str, date | None], BaseGeometry | None]


def known_ground(plan: Plan) -> HeldGround:
    """Return the ground of a side by the first series that knows it: the store's own, then those that ship."""

    @cache
    def own() -> tuple[_Ground, ...]:
        from geo.zones import read_definition

        return (StoredGround(plan.store, without=frozenset(read_definition(f).name for f in plan.series_folders)),)

    @cache
    def shipped() -> tuple[_Ground, ...]:
        from geo.zones import held_ground

        return tuple(map(held_ground, shipped_series(plan)))

    def ground(place: Place, holder: str, day: date | None) -> BaseGeometry | None:
        # Tables take longer to load than a report to read: on other days those that ship have nothing to say.
        covered = day is None or any(period.starts <= day < period.ends for period in series_periods(plan))
        asked = chain(own() if plan.store else (), shipped() if covered else ())
        return next((shape for held in asked if (shape := held(place, holder, day)) is not None), None)

    return ground


@dataclass(frozen=True, slots=True)
class SeriesPeriod:
    """The days of a shipped series."""

    name: str
    starts: date
    ends: date
    """First day after."""


@lru_cache(maxsize=2)
def series_periods(plan: Plan) -> tuple[SeriesPeriod, ...]:
    """Return the days of each series that ships; of one that does not say them, all days, so that it is looked at."""
    periods = []
    for folder in plan.series_folders:
        told = tomllib.loads((folder / DEFINITION_FILE).read_text(encoding="utf-8"))
        starts, ends = (told.get(name) for name in ("starts", "ends"))
        known = isinstance(starts, date) and isinstance(ends, date)
        periods.append(SeriesPeriod(str(told.get("name")), *((starts, ends) if known else (date.min, date.max))))
    return tuple(periods)


def why_unjoined(event: Event, periods: Sequence[SeriesPeriod]) -> str:
    """Return why no series says anything of an event, in the words of `join_control`; empty where one may."""
    if not periods:
        return "No control zones have been joined."
    if not isinstance(event.resolution, Resolved):
        return "The place of the event is not known."
    days = event.days
    if days is None:
        return "The day of the event is not known."
    if any(days.start < period.ends and days.end >= period.starts for period in periods):
        return ""
    if len(periods) > 1:
        return UNCOVERED
    return f"The series {periods[0].name} has no zones for that day."


@lru_cache(maxsize=2)
def shipped_series(plan: Plan) -> tuple[gpd.GeoDataFrame, ...]:
    """Return the zone series that ship, built once a process."""
    from geo.zones import build_series

    return tuple(build_series(folder) for folder in plan.series_folders)


class StoredGround:
    """What a side holds by the series of a store; only the zones of the day asked for are read, at the first question.

    A store that is not there, or not on this machine, knows nothing.
    """

    def __init__(self, address: str, *, without: frozenset[str] = frozenset()) -> None:
        self._address = address
        self._without = without
        """Series that others answer for."""
        self._revision = -1
        self._days: dict[date, tuple[gpd.GeoDataFrame, ...]] = {}

    def __call__(self, place: Place, holder: str, day: date | None) -> BaseGeometry | None:
        """Return the ground in EPSG:4326; None where no series knows, and for an event without a day."""
        from geo.zones import held_ground

        if day is None:
            return None
        answers = (held_ground(zones)(place, holder, day) for zones in self._zones(day))
        return next((shape for shape in answers if shape is not None), None)

    def _zones(self, day: date) -> tuple[gpd.GeoDataFrame, ...]:
        from geo.stores import open_store

        if "://" not in self._address and not Path(self._address).exists():
            return ()
        try:
            with open_store(self._address, read_only=True) as store:
                # What is imported while a dashboard runs counts from then on.
                if store.revision() != self._revision:
                    self._revision = store.revision()
                    self._days.clear()
                if day not in self._days:
                    named = [name for name in store.series() if name not in self._without]
                    self._days[day] = tuple(store.zones(name, start=day, end=day) for name in named)
                return self._days[day]
        except StoreError:
            return ()
