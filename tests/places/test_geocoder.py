"""The gazetteer as a geopy geocoder, and the second opinion, without any network."""

from __future__ import annotations

from pathlib import Path

import pytest
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location

from geo.model import Place, Unresolved
from geo.places import Gazetteer
from geo.places.geocoder import GazetteerGeocoder
from geo.places.second_opinion import SecondOpinion


@pytest.fixture(scope="module")
def geocoder(gazetteer: Gazetteer) -> GazetteerGeocoder:
    return GazetteerGeocoder(gazetteer)


def test_geocode_one_and_many(geocoder: GazetteerGeocoder) -> None:
    one = geocoder.geocode("Aleppo, Syria")
    assert isinstance(one, Location)
    assert one.latitude == pytest.approx(36.2, abs=0.05)
    assert one.raw["country"] == "SY"
    many = geocoder.geocode("Springfield", exactly_one=False, limit=5)
    assert isinstance(many, list)
    assert len(many) == 5
    assert geocoder.geocode("Zubrovkistan") is None


def test_what_follows_the_comma_is_what_it_lies_in(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.geocode("Paris, Texas, United States")
    assert isinstance(found, Location)
    assert found.raw["admin1"] == "Texas"
    assert geocoder.geocode("Paris, Syria") is None
    limited = geocoder.geocode("Tripoli", country_codes="lb")
    assert isinstance(limited, Location)
    assert limited.raw["country"] == "LB"


def test_the_address_may_be_in_the_local_script(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.geocode("Aleppo", language="ar")
    assert isinstance(found, Location)
    assert found.address.startswith("حلب")


def test_reverse_gives_the_nearest(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.reverse((36.199, 37.163))
    assert isinstance(found, Location)
    assert found.raw["country"] == "SY"
    assert geocoder.reverse("0, -150") is None


def test_an_empty_query_is_geopys_error(geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode("  ")


def test_it_works_with_the_rate_limiter(geocoder: GazetteerGeocoder) -> None:
    geocode = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    assert [geocode(name).raw["country"] for name in ("Homs", "Lviv")] == ["SY", "UA"]


def test_a_second_opinion_is_asked_once(tmp_path: Path) -> None:
    asked = []

    def service(name: str, **_: object) -> Location | None:
        asked.append(name)
        return Location("Zed, Somewhere", (1.0, 2.0), {"osm_id": 7, "display_name": "Zed, Somewhere"}) if name else None

    for _ in range(2):
        place = SecondOpinion(tmp_path, geocode=service).place("Zed")
        assert isinstance(place, Place)
        assert (place.lon, place.lat, place.gazetteer) == (2.0, 1.0, "nominatim")
    assert asked == ["Zed"]


def test_a_second_opinion_that_fails_is_said_and_not_kept(tmp_path: Path) -> None:
    def service(name: str, **_: object) -> None:
        raise GeocoderServiceError("no answer")

    answer = SecondOpinion(tmp_path, geocode=service).place("Zed")
    assert isinstance(answer, Unresolved)
    assert not list(tmp_path.iterdir())
