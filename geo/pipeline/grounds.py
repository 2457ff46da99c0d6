"""What a side holds of a place, by the zones of a person's own store and by those that ship."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from geo.errors import StoreError
from geo.model import Place
from geo.pipeline.plan import Plan
from geo.places import HeldGround
from geo.stores import open_store
from geo.zones import build_series, held_ground, read_definition

_Ground = Callable[[Place, str, date | None], BaseGeometry | None]


def known_ground(plan: Plan) -> HeldGround:
    """Return the ground of a side by the first series that knows it: the store's own, then those that ship."""

    @cache
    def grounds() -> tuple[_Ground, ...]:
        names = frozenset(read_definition(folder).name for folder in plan.series_folders)
        own: list[_Ground] = [StoredGround(plan.store, without=names)] if plan.store else []
        return (*own, *map(held_ground, shipped_series(plan)))

    def ground(place: Place, holder: str, day: date | None) -> BaseGeometry | None:
        return next((shape for held in grounds() if (shape := held(place, holder, day)) is not None), None)

    return ground


@lru_cache(maxsize=2)
def shipped_series(plan: Plan) -> tuple[gpd.GeoDataFrame, ...]:
    """Return the zone series that ship, built once a process."""
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
        if day is None:
            return None
        answers = (held_ground(zones)(place, holder, day) for zones in self._zones(day))
        return next((shape for shape in answers if shape is not None), None)

    def _zones(self, day: date) -> tuple[gpd.GeoDataFrame, ...]:
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
