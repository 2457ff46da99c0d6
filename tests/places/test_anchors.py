"""The points of large areas: learnt where annotators agree, inside the area, and no narrower than before."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geo.crs import distance_km
from geo.errors import ConfigurationError
from geo.model import Document, Mention, Place, Resolved
from geo.places import Gazetteer, Resolver
from geo.places.anchors import Anchor, anchor_key
from geo.places.ranking import read_weights, write_weights
from geo.training.anchors import Mark, learnt_anchors, lies_in, marks_of
from geo.training.place_lessons import NEAR_KM, GoldDocument, GoldName
from geo.vocabulary import MentionKind


def country(gazetteer: Gazetteer, iso: str) -> Place:
    (match,) = gazetteer.country(iso)
    return gazetteer.index.place(match.number)


def marks(*points: tuple[float, float]) -> list[Mark]:
    return [Mark(f"document {number}", lon, lat) for number, (lon, lat) in enumerate(points)]


def test_an_area_moves_to_where_most_annotators_mark_it_and_no_farther(gazetteer: Gazetteer) -> None:
    chad = country(gazetteer, "TD")
    (anchor,) = learnt_anchors({chad: marks((16.5, 13.0), (16.4, 12.9), (16.5, 13.0))}, gazetteer).values()
    assert (anchor.documents, anchor.near_known, anchor.near) == (3, 0, 3)
    assert distance_km(anchor.lon, anchor.lat, 16.5, 13.0) <= NEAR_KM
    assert distance_km(anchor.lon, anchor.lat, 16.5, 13.0) > NEAR_KM - 60.0
    assert lies_in(chad, anchor.lon, anchor.lat, gazetteer)


@pytest.mark.parametrize(
    ("points", "why"),
    [
        (((16.5, 13.0),), "one document is no convention"),
        (((2.3, 48.9), (2.3, 48.9), (2.4, 48.8)), "marks outside of the area say nothing about it"),
        (((19.0, 15.0), (19.1, 15.1), (18.9, 15.0)), "the known point is as good"),
    ],
)
def test_the_known_point_stays(gazetteer: Gazetteer, points: tuple[tuple[float, float], ...], why: str) -> None:
    assert not learnt_anchors({country(gazetteer, "TD"): marks(*points)}, gazetteer), why


def test_a_point_that_is_right_for_somebody_stays_right(gazetteer: Gazetteer) -> None:
    chad = country(gazetteer, "TD")
    mine = (chad.lon, chad.lat)
    (anchor,) = learnt_anchors({chad: marks(mine, (17.3, 14.0), (17.3, 14.0))}, gazetteer).values()
    assert distance_km(anchor.lon, anchor.lat, *mine) <= NEAR_KM
    assert anchor.near == 3


def test_a_mark_in_the_town_of_the_name_says_nothing_about_the_area(gazetteer: Gazetteer, resolver: Resolver) -> None:
    text = "The people of Luxembourg voted."
    first = text.index("Luxembourg")
    mention = Mention(first, first + 10, "Luxembourg", MentionKind.TOPONYM)
    gold = GoldDocument(Document("d", text), (GoldName(mention, 6.13, 49.61),))
    (answer,) = resolver.resolve_toponyms(gold.document, [mention])
    assert isinstance(answer, Resolved)
    assert answer.place.kind == "country"
    assert not marks_of([(gold, [answer])], gazetteer)


def test_an_anchor_moves_the_point_and_widens_the_doubt(gazetteer: Gazetteer) -> None:
    chad = country(gazetteer, "TD")
    weights = read_weights(gazetteer.models / "places.json")
    anchor = Anchor(chad.name, 18.0, 14.0, documents=2, near_known=0, near=2)
    text = "Fighting in Chad went on."
    names = [Mention(12, 16, "Chad", MentionKind.TOPONYM)]
    (known,) = Resolver(gazetteer, weights=replace(weights, anchors={})).resolve_toponyms(Document("d", text), names)
    own = replace(weights, anchors={anchor_key(chad): anchor})
    (moved,) = Resolver(gazetteer, weights=own).resolve_toponyms(Document("d", text), names)
    assert isinstance(known, Resolved)
    assert isinstance(moved, Resolved)
    assert (known.lon, known.lat) == (chad.lon, chad.lat)
    assert (moved.lon, moved.lat, moved.place) == (18.0, 14.0, chad)
    away = distance_km(chad.lon, chad.lat, 18.0, 14.0)
    assert moved.uncertainty_km == pytest.approx(known.uncertainty_km + away, abs=0.01)


def test_the_shipped_anchors_lie_in_their_areas(gazetteer: Gazetteer) -> None:
    for key, anchor in read_weights(gazetteer.models / "places.json").anchors.items():
        source, _, identifier = key.partition(":")
        place = gazetteer.place(source, identifier)
        assert place is not None, key
        assert lies_in(place, anchor.lon, anchor.lat, gazetteer), key
        assert distance_km(place.lon, place.lat, anchor.lon, anchor.lat) <= place.radius_km, key
        assert anchor.documents >= anchor.near > anchor.near_known, key


def test_weights_and_anchors_are_read_as_written(gazetteer: Gazetteer, tmp_path: Path) -> None:
    weights = read_weights(gazetteer.models / "places.json")
    one = {"countries:1": Anchor("Nowhere", 1.25, -2.5, documents=3, near_known=0, near=3)}
    for anchors in (one, {}):
        write_weights(tmp_path / "places.json", replace(weights, anchors=anchors))
        assert read_weights(tmp_path / "places.json").anchors == anchors


@pytest.mark.parametrize(
    "anchors",
    [
        "x",
        ["x"],
        {"countries:1": {"lon": 1.0}},
        {"countries:1": {"name": "A", "lon": 999, "lat": 0, "documents": 2, "near_known": 0, "near": 2}},
        {"countries:1": {"name": "A", "lon": "east", "lat": 0, "documents": 2, "near_known": 0, "near": 2}},
    ],
)
def test_broken_anchors_name_their_file_and_what_to_do(gazetteer: Gazetteer, tmp_path: Path, anchors: Any) -> None:
    path = tmp_path / "places.json"
    facts = json.loads((gazetteer.models / "places.json").read_text(encoding="utf-8"))
    path.write_text(json.dumps({**facts, "anchors": anchors}), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"places\.json does not hold .* Run it, or restore the file"):
        read_weights(path)
