"""What stands in a list is of one kind; what is told beside a name does not always hold it."""

from __future__ import annotations

import pytest

from geo.model import Document, Place, Resolved, Unresolved
from geo.places import Resolver
from geo.places.headings import headed_lists
from geo.places.surroundings import is_larger, is_stranger
from tests.naming import mentions


def answers(resolver: Resolver, text: str, *names: str) -> list[Resolved | Unresolved]:
    return resolver.resolve_toponyms(Document("d", text), mentions(text, *names))


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("The provinces of Aland, Boland and Coland voted.", ("Aland", "Boland", "Coland"), [(3, "province")]),
        ("Aland and Boland counties voted.", ("Aland", "Boland"), [(2, "county")]),
        ("Aland and Boland. The states of Coland and Doland.", ("Aland", "Boland", "Coland", "Doland"), [(2, "state")]),
        ("In Aland, provinces voted.", ("Aland",), []),
        ("Aland and Boland voted.", ("Aland", "Boland"), []),
    ],
)
def test_a_noun_in_the_plural_heads_a_list(text: str, names: tuple[str, ...], found: list[tuple[int, str]]) -> None:
    assert [(len(run), noun) for run, noun in headed_lists(text, mentions(text, *names))] == found


@pytest.mark.parametrize(
    ("text", "names", "asked", "kind", "country"),
    [
        (
            "Cases were reported in Kenya, in the provinces of Coast, Central and Eastern.",
            ("Kenya", "Coast", "Central", "Eastern"),
            "Eastern",
            "region",
            "KE",
        ),
        (
            "Fires burn in Alberta, Saskatchewan, New Brunswick and Quebec.",
            ("Alberta", "Saskatchewan", "New Brunswick", "Quebec"),
            "New Brunswick",
            "admin1",
            "CA",
        ),
        ("Armenia, Georgia and Turkey signed.", ("Armenia", "Georgia", "Turkey"), "Georgia", "country", "GE"),
        (
            "Florida, Georgia and Alabama signed.",
            ("Florida", "Georgia", "Alabama"),
            "Georgia",
            "admin1",
            "US",
        ),
        ("Planes crossed the Atlantic.", ("Atlantic",), "Atlantic", "sea", ""),
        (
            "The court in Charleston, West Virginia, cited cases from California and Massachusetts.",
            ("Charleston", "West Virginia", "California", "Massachusetts"),
            "California",
            "admin1",
            "US",
        ),
        ("Police in Minsk, Belarus, held ten people.", ("Minsk", "Belarus"), "Minsk", "city", "BY"),
    ],
)
def test_a_list_and_its_heading_decide(
    resolver: Resolver, text: str, names: tuple[str, ...], asked: str, kind: str, country: str
) -> None:
    (answer,) = (one for one in answers(resolver, text, *names) if one.toponym == asked)
    assert isinstance(answer, Resolved)
    assert (answer.place.kind, answer.place.country) == (kind, country), answer.reason


def test_what_is_told_in_parallel_holds_nothing(resolver: Resolver) -> None:
    text = "Fighting went on in Zubrovkistan on Monday, and in Idlib."
    unknown, _ = answers(resolver, text, "Zubrovkistan", "Idlib")
    assert isinstance(unknown, Unresolved)


def place(name: str, kind: str, country: str, lon: float, population: int = 0) -> Place:
    return Place("g", name, name, lon, 10.0, kind, country=country, population=population, radius_km=5.0)


def test_only_small_settlements_are_strangers() -> None:
    holder = [place("Holder", "admin2", "AA", 0.0)]

    def away_km(first: Place, second: Place) -> float:
        return abs(first.lon - second.lon) * 110.0

    assert is_stranger(place("Hamlet", "village", "BB", 50.0), holder, away_km)
    assert not is_stranger(place("Great Island", "island", "BB", 50.0), holder, away_km)
    assert not is_stranger(place("Small State", "country", "BB", 50.0, 90_000), holder, away_km)


def test_a_hamlet_holds_no_town() -> None:
    town = place("Town", "town", "AA", 0.0, 40_000)
    assert not is_larger(place("Hamlet", "village", "BB", 1.0, 300), town)
    assert is_larger(place("District", "admin2", "BB", 1.0), town)
