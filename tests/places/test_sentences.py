"""Sentences about many conflicts, each with the place of one phrase as the map has it.

sentences.csv holds the points and their reach, written from the map before anything was run; an area's row gives a
point in it and about half its width. `names` are the names of places as they stand in the sentence.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geo.crs import distance_km
from geo.model import Document, PlacePhrase, Resolved
from geo.places import Resolver
from tests.naming import mentions

TABLE = Path(__file__).with_name("sentences.csv")
UNKNOWN = {"the road from Sévaré to Douentza"}
"""Sévaré has no row in any gazetteer, and a road needs both of its ends."""


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(rows()) >= 60


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["phrase"])
def test_a_phrase_lies_where_the_map_has_it(resolver: Resolver, row: dict[str, str]) -> None:
    text, words = row["text"], row["phrase"]
    names = mentions(text, *row["names"].split("|"))
    start = text.index(words)
    toponym = next(name for name in names if start <= name.start and name.end <= start + len(words))
    phrase = PlacePhrase(start, start + len(words), words, toponym)
    (answer,) = resolver.resolve_phrases(Document("d", text), names, [phrase], days=[None])
    if words in UNKNOWN:
        assert not isinstance(answer, Resolved)
        return
    assert isinstance(answer, Resolved)
    assert distance_km(float(row["lon"]), float(row["lat"]), answer.lon, answer.lat) <= float(row["km"]), answer.reason
