"""Near misspellings of a country's towns are those towns; made-up names, and those like a name far away, are none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geo.crs import distance_km
from geo.model import Document, Mention, Resolved
from geo.places import Gazetteer, Resolver
from geo.vocabulary import MentionKind

TABLE = Path(__file__).with_name("misspellings.csv")
"""`lat` and `lon` from the map; empty where no place is right."""
REACH_KM = 60.0
"""Of a district around the town, the point may lie so far from it."""


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def mentions(text: str, *names: str) -> list[Mention]:
    starts = [(text.index(name), name) for name in names]
    return [Mention(start, start + len(name), name, MentionKind.TOPONYM) for start, name in sorted(starts)]


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len([row for row in rows() if row["lat"]]) >= 30
    assert len([row for row in rows() if not row["lat"]]) >= 15


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["name"])
def test_a_spelling_is_a_town_of_the_country_or_no_place(resolver: Resolver, row: dict[str, str]) -> None:
    name, country, beside = row["name"], row["country"], row["beside"]
    text = f"In {country}, fighting went on in {name} on Monday, and in {beside}."
    (answer,) = [
        one
        for one in resolver.resolve_toponyms(Document("d", text), mentions(text, name, country, beside))
        if one.toponym == name
    ]
    if row["lat"]:
        assert isinstance(answer, Resolved)
        assert distance_km(float(row["lon"]), float(row["lat"]), answer.lon, answer.lat) <= REACH_KM, answer.reason
    elif isinstance(answer, Resolved):
        assert answer.place.kind == "country", answer.reason
        assert "stands for it" in answer.reason


def test_a_like_sound_is_a_guess_and_not_the_name(gazetteer: Gazetteer) -> None:
    assert all(match.likeness < 1.0 for match in gazetteer.matches("Kramatorzk"))
    assert all(match.likeness == 1.0 for match in gazetteer.matches("Kramatorsk"))
