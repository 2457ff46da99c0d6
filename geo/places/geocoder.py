"""The gazetteer behind geopy's `Geocoder` interface, so that its recipes and other people's code work with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.model import Candidate, Place
from geo.places.gazetteer import Gazetteer

_REACH_KM = 50.0
"""How far from a point `reverse` looks."""


class GazetteerGeocoder(Geocoder):
    """Geocodes names with the embedded gazetteer; asks no server, so `timeout` is accepted and means nothing.

    `geocode("Aleppo, Syria")` takes the part after the comma for what the place lies in. Points are geopy's: latitude
    first.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__(adapter_factory=URLLibAdapter)
        self._gazetteer = gazetteer

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int = 10,
        language: str = "en",
        country_codes: str | list[str] = (),  # type: ignore[assignment]
    ) -> Location | list[Location] | None:
        """Return the likeliest place, or with `exactly_one=False` up to `limit` places; None where there is none.

        `language="local"`, or the language of the place's own script (`ar`, `uk`, …), gives the address in it where
        it is known. `country_codes` are ISO 3166-1 alpha-2. Raises `GeocoderQueryError` for an empty query.
        """
        if not query or not query.strip():
            raise GeocoderQueryError("the query is empty")
        codes = {country_codes} if isinstance(country_codes, str) else set(country_codes)
        wanted = {code.upper() for code in codes if code}
        found = [one for one in self._candidates(query.strip()) if not wanted or one.place.country in wanted]
        locations = [_location(one.place, language=language, score=one.score) for one in found[:limit]]
        return _answer(locations, exactly_one=exactly_one)

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int = 10,
        language: str = "en",
    ) -> Location | list[Location] | None:
        """Return the nearest place within 50 km of a point (latitude, longitude), or a list; None where none is."""
        point = query if isinstance(query, Point) else Point(query)
        near = self._gazetteer.near(point.longitude, point.latitude, km=_REACH_KM)
        locations = [_location(place, language=language, score=1.0) for place in near[:limit]]
        return _answer(locations, exactly_one=exactly_one)

    def _candidates(self, query: str) -> tuple[Candidate, ...]:
        whole = self._gazetteer.candidates(query)
        if whole and "spelt" not in whole[0].reason:
            return whole
        name, *containers = [part.strip() for part in query.split(",") if part.strip()] or [query]
        found = self._gazetteer.candidates(name, limit=200)
        for container in containers:
            holders = [one.place for one in self._gazetteer.candidates(container, limit=200)]
            found = tuple(one for one in found if any(_lies_in(one.place, holder) for holder in holders))
        return found


def _lies_in(place: Place, holder: Place) -> bool:
    if place == holder or place.country != holder.country:
        return False
    return holder.kind == "country" or (holder.kind in ("admin1", "admin2") and place.admin1 == holder.admin1)


def _location(place: Place, *, language: str, score: float) -> Location:
    local = bool(place.name_local) and language not in ("en", "", None, False)
    name = place.name_local if local else place.name
    address = ", ".join(filter(None, (name, place.admin1 if place.admin1 != place.name else "", place.country)))
    return Location(address, (place.lat, place.lon), _raw(place, score))


def _raw(place: Place, score: float) -> Mapping[str, Any]:
    return {
        "gazetteer": place.gazetteer,
        "gazetteer_id": place.gazetteer_id,
        "name": place.name,
        "name_local": place.name_local,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "population": place.population,
        "radius_km": place.radius_km,
        "score": score,
    }


def _answer(locations: list[Location], *, exactly_one: bool) -> Location | list[Location] | None:
    if not locations:
        return None
    return locations[0] if exactly_one else locations
