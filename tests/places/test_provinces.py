"""The division of a place whose row names none."""

from __future__ import annotations

from geo.places import Gazetteer
from geo.places.gazetteers.entry import Entry
from geo.places.provinces import with_provinces


def village(name: str, lon: float, *, admin1: str = "", population: int = 0, kind: str = "village") -> Entry:
    return Entry(name, name, lon, 10.0, kind, country="XX", admin1=admin1, population=population)


def test_neighbours_agree_on_a_division() -> None:
    known = [village("a", 20.0, admin1="West"), village("b", 20.1, admin1="West"), village("c", 20.4, admin1="East")]
    asked, far, sea = village("d", 20.15), village("e", 24.0), village("f", 20.1, kind="sea")
    told = with_provinces([*known, asked, far, sea])
    assert [one.admin1 for one in told] == ["West", "West", "East", "West", "", ""]


def test_hidden_entries_have_no_vote() -> None:
    known = [village("a", 20.0, admin1="West"), village("b", 20.1, admin1="West"), village("c", 20.4, admin1="East")]
    assert with_provinces([*known, village("d", 20.15)], hidden=[0])[3].admin1 == ""


def test_a_quarter_has_the_division_of_its_city() -> None:
    city = village("city", 20.0, admin1="Capital", population=900_000, kind="city")
    suburbs = [village(name, 20.06, admin1="Country") for name in ("a", "b", "c")]
    assert with_provinces([city, *suburbs, village("q", 20.04, kind="neighbourhood")])[4].admin1 == "Capital"


def test_quarters_of_the_projects_files_have_a_division(gazetteer: Gazetteer) -> None:
    place = gazetteer.place("ukraine", "ukraine:bakhmut")
    quarter = next(one.place for one in gazetteer.candidates("Shujaiya") if one.place.country == "PS")
    assert place is not None
    assert place.admin1
    assert quarter.admin1 == "Gaza"
