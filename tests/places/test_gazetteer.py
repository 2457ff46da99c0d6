"""Looking names up in the real gazetteer."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geo.crs import distance_km
from geo.places import Gazetteer
from geo.places.kinds import settlement_radius_km

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Aleppo", "SY", "city"),
        ("حلب", "SY", "city"),
        ("Halab", "SY", "city"),
        ("Paris", "FR", "city"),
        ("Київ", "UA", "city"),
        ("Kiev", "UA", "city"),
        ("U.S.", "US", "country"),
        ("Calif.", "US", "admin1"),
        ("Burma", "MM", "country"),
        ("Khan Sheikhoun", "SY", "town"),
    ],
)
def test_the_likeliest_reading_without_context(gazetteer: Gazetteer, name: str, country: str, kind: str) -> None:
    first = gazetteer.candidates(name)[0].place
    assert (first.country, first.kind) == (country, kind)


@pytest.mark.parametrize("name", ["Zubrovkistan", "Qaxtemburg", "Blefuscorra", "Aldmarch Falls", "Vorhexa", ""])
def test_an_invented_name_is_no_place(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.candidates(name) == ()


def test_a_misspelt_name_scores_less_than_the_name(gazetteer: Gazetteer) -> None:
    right, wrong = gazetteer.candidates("Springfield")[0], gazetteer.candidates("Springfeild")[0]
    assert right.place == wrong.place
    assert wrong.score < right.score
    assert "spelt" in wrong.reason


@pytest.mark.parametrize("name", ["Zabadani (the town)", "Zabadani [sic]", "(rural) Zabadani", "Zabadani (unclosed"])
def test_a_remark_in_brackets_is_no_part_of_a_name(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.candidates(name) == gazetteer.candidates("Zabadani") != ()


def test_names_between_slashes_are_each_looked_up(gazetteer: Gazetteer) -> None:
    places = {one.place.name for one in gazetteer.candidates("Zabadani / Manbij")}
    assert {"Manbij", gazetteer.candidates("Zabadani")[0].place.name} <= places


def test_places_are_found_again_by_their_identifier(gazetteer: Gazetteer) -> None:
    place = gazetteer.candidates("Springfield")[3].place
    assert gazetteer.place(place.gazetteer, place.gazetteer_id) == place
    assert gazetteer.place("geonames", "no such id") is None
    assert gazetteer.place("no such gazetteer", "1") is None


def test_a_settlement_is_as_wide_as_its_population_says(gazetteer: Gazetteer) -> None:
    place = next(one.place for one in gazetteer.candidates("Wichita") if one.place.population > 300_000)
    assert place.gazetteer == "geonames"
    assert place.radius_km == pytest.approx(settlement_radius_km(place.population), abs=0.01)


def test_near_is_ordered_and_bounded(gazetteer: Gazetteer) -> None:
    near = gazetteer.near(37.16, 36.2, km=3)
    away = [distance_km(37.16, 36.2, place.lon, place.lat) for place in near]
    assert near
    assert away == sorted(away)
    assert away[-1] <= 3


def test_near_reaches_across_the_date_line(gazetteer: Gazetteer) -> None:
    lons = [place.lon for place in gazetteer.near(179.9, 67.5, km=250)]
    assert min(lons) < 0 < max(lons)


def test_sources_add_up_to_the_index(gazetteer: Gazetteer) -> None:
    sources = gazetteer.sources()
    assert sum(source.places for source in sources) == len(gazetteer.index)
    assert all(source.licence for source in sources)


def test_places_of_aleppo_are_found_by_every_name(gazetteer: Gazetteer) -> None:
    path = SHARED / "aleppo" / "places.csv"
    if not path.exists():
        pytest.skip(f"{path} is not beside the project")
    asked, lost = 0, []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for name in filter(None, (row["name"], *row["alt_names"].split("|"), row["arabic"])):
                asked += 1
                places = [one.place for one in gazetteer.candidates(name)]
                away = [distance_km(float(row["lon"]), float(row["lat"]), one.lon, one.lat) for one in places]
                if min(away, default=9.0) > 1.0:
                    lost.append(f"{row['name']}: {name}")
    assert asked > 600
    assert not lost


def test_a_place_has_the_kinds_that_any_source_gives_it(gazetteer: Gazetteer) -> None:
    """One source has a camp of 85,000 people as a city."""
    city, camp = (candidate.place for candidate in gazetteer.candidates("Rukban"))
    assert {city.kind, camp.kind} == {"city", "camp"}
    assert gazetteer.kinds(city.gazetteer, city.gazetteer_id) == ("city", "camp")
    assert gazetteer.kinds(city.gazetteer, "no such place") == ()


@pytest.mark.parametrize(
    ("name", "capital"), [("Lebanese capital", "Beirut"), ("Sri Lankan capital", "Colombo"), ("Martian capital", "")]
)
def test_a_capital_is_called_after_its_people(gazetteer: Gazetteer, name: str, capital: str) -> None:
    found = [gazetteer.index.place(match.number).name for match in gazetteer.capital_called(name)]
    assert found == ([capital] if capital else [])
