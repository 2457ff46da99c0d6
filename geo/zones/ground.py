"""The part of a place that a side held on a day: what `rebel-held eastern Aleppo` means on the map."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import geopandas as gpd
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.crs import buffer_km
from geo.model import Place
from geo.vocabulary import ZoneStatus
from geo.zones.slices import span, zones_at

_CITIES = frozenset({"city", "capital"})
_CITY_REACH_KM = 12.0
_LEAST_REACH_KM = 0.5

HeldGround = Callable[[Place, str, date | None], BaseGeometry | None]


def held_ground(zones: gpd.GeoDataFrame) -> HeldGround:
    """Return a function from a place, a side and a day to the ground of that side in and around the place.

    The function answers None where the side is no controller of the series, holds nothing within reach of the place,
    or the day lies outside the series. Without a day it takes the first day of the series. Reach is twice the place's
    `radius_km`, and at least 12 km for a city, whose districts lie farther out than half its usual width.
    """
    answers: dict[tuple[str, str, float, float, date], BaseGeometry | None] = {}
    bounds = span(zones)

    def ground(place: Place, holder: str, day: date | None) -> BaseGeometry | None:
        if bounds is None:
            return None
        when = day or bounds[0]
        key = (holder, place.gazetteer_id, place.lon, place.lat, when)
        if key not in answers:
            answers[key] = _ground(zones, place, holder, when)
        return answers[key]

    return ground


def _ground(zones: gpd.GeoDataFrame, place: Place, holder: str, day: date) -> BaseGeometry | None:
    slice_ = zones_at(zones, day)
    held = slice_[(slice_["controller"] == holder) & (slice_["status"] == ZoneStatus.HELD)]
    if held.empty:
        return None
    least = _CITY_REACH_KM if place.kind in _CITIES else _LEAST_REACH_KM
    reach = buffer_km(Point(place.lon, place.lat), max(2 * place.radius_km, least))
    near = shapely.intersection(shapely.union_all(held.geometry.to_numpy()), reach)
    return None if near.is_empty else near
