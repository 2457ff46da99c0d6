"""Parts of places and relations to places, against a table written from the map."""

from __future__ import annotations

import csv
import json
import math
import re
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, box, shape
from shapely.geometry.base import BaseGeometry

from geo.crs import area_km2, distance_km
from geo.model import Place
from geo.places.coordinates import parse_coordinates
from geo.places.kinds import settlement_radius_km
from geo.places.regions import Region, Relation, RelationKind, parse_relation, region_of
from geo.places.regions.shapes import radius_holding
from geo.vocabulary import GeoPrecision

FOLDER = Path(__file__).resolve().parents[2] / "data" / "gazetteer"
with (Path(__file__).parent / "regions.csv").open(encoding="utf-8", newline="") as lines:
    PHRASES = list(csv.DictReader(lines))
FRONT = box(37.158, 36.0, 37.4, 36.5)
"""A made-up frontline: everything east of the citadel's gate."""


@cache
def places() -> dict[str, Place]:
    found = {}
    for path in FOLDER.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                found[row["id"]] = Place(
                    path.stem,
                    row["id"],
                    row["name"],
                    float(row["lon"]),
                    float(row["lat"]),
                    row["kind"],
                    country=row["country"],
                    population=int(row["population"] or 0),
                    radius_km=float(row["radius_km"] or 0),
                )
    found["geonames:ukraine"] = Place("geonames", "geonames:ukraine", "Ukraine", 31.2, 49.0, "country", radius_km=438)
    return found


@cache
def _outlines() -> dict[str, BaseGeometry]:
    return {
        item["properties"]["id"]: shape(item["geometry"])
        for path in FOLDER.glob("*.extents.geojson")
        for item in json.loads(path.read_text(encoding="utf-8"))["features"]
    }


def extents(place: Place) -> BaseGeometry | None:
    return _outlines().get(place.gazetteer_id)


def held_ground(place: Place, holder: str, day: date | None) -> BaseGeometry | None:
    whole = extents(place)
    if whole is None or day is None or holder not in ("rebels", "government"):
        return None
    return whole.intersection(FRONT) if holder == "rebels" else whole.difference(FRONT)


def read_phrase(written: str) -> tuple[str, tuple[int, int] | tuple[()]]:
    match = re.search(r"\{(.*?)\}", written)
    if match is None:
        return written, ()
    return written.replace("{", "").replace("}", ""), (match.start(), match.start() + len(match[1]))


PROVINCES = {
    "aleppo:city": "aleppo:governorate", "syria:hama": "syria:hama-governorate",
    "syria:homs": "syria:homs-governorate", "syria:idlib": "syria:idlib-governorate",
}  # fmt: skip


def draw(row: dict[str, str]) -> tuple[Relation | None, Region | None]:
    place = places()[row["place"]]
    text, span = read_phrase(row["phrase"])
    relation = parse_relation(text, span, kind=place.kind)
    if relation is None:
        return None, None
    province = PROVINCES.get(row["place"])
    return relation, region_of(
        place,
        relation,
        extents=extents,
        others=[places()[row["others"]]] if row["others"] else (),
        province=places()[province] if province else None,
        held_ground=held_ground,
        day=date(2016, 11, 20),
    )


def test_the_table_is_large_and_has_invented_phrases() -> None:
    assert len(PHRASES) >= 120
    assert sum(not row["relation"] for row in PHRASES) >= 15


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: row["phrase"])
def test_phrase_gives_the_region_on_the_map(row: dict[str, str]) -> None:
    relation, region = draw(row)
    if not row["relation"]:
        assert relation is None
        return
    assert relation is not None
    assert region is not None
    assert relation.token == row["relation"]
    assert region.region_id == f"{row['place']}#{row['relation']}"
    off = distance_km(region.lon, region.lat, float(row["lon"]), float(row["lat"]))
    assert off <= float(row["within_km"]), f"{off:.1f} km off, at {region.lon:.3f}, {region.lat:.3f}"
    assert region.uncertainty_km <= float(row["widest_km"])
    assert region.polygon.is_valid
    assert region.polygon.buffer(1e-6).covers(Point(region.lon, region.lat))
    assert region.geo_precision in (GeoPrecision.TOWN, GeoPrecision.PART, GeoPrecision.REGION)
    assert region.words


@pytest.mark.parametrize("row", [row for row in PHRASES if row["relation"]], ids=lambda row: row["phrase"])
def test_the_radius_holds_nine_tenths_of_the_region(row: dict[str, str]) -> None:
    _, region = draw(row)
    assert region is not None
    west, south, east, north = region.polygon.bounds
    lons, lats = np.meshgrid(np.linspace(west, east, 41), np.linspace(south, north, 41))
    inside = [
        (x, y) for x, y in zip(lons.ravel(), lats.ravel(), strict=True) if shapely.contains_xy(region.polygon, x, y)
    ]
    near = sum(distance_km(region.lon, region.lat, x, y) <= region.uncertainty_km * 1.03 for x, y in inside)
    assert near / len(inside) >= 0.87


def region(phrase: str, place: str, **more: object) -> Region:
    text, span = read_phrase(phrase)
    relation = parse_relation(text, span, kind=places()[place].kind)
    assert relation is not None
    return region_of(places()[place], relation, extents=extents, **more)  # type: ignore[arg-type]


def test_halves_make_the_whole() -> None:
    east, west = region("eastern {Aleppo}", "aleppo:city"), region("western {Aleppo}", "aleppo:city")
    whole = extents(places()["aleppo:city"])
    assert whole is not None
    assert area_km2(east.polygon) + area_km2(west.polygon) == pytest.approx(area_km2(whole), rel=0.01)
    assert area_km2(east.polygon.intersection(west.polygon)) < 0.1


def test_held_part_follows_the_day_and_says_when_it_is_not_known() -> None:
    known = region("rebel-held {Aleppo}", "aleppo:city", held_ground=held_ground, day=date(2016, 11, 20))
    assert known.assumption == ""
    assert FRONT.buffer(1e-6).covers(known.polygon)
    without_day = region("rebel-held {Aleppo}", "aleppo:city", held_ground=held_ground)
    without_zones = region("rebel-held {Aleppo}", "aleppo:city")
    for unknown in (without_day, without_zones):
        assert "not known" in unknown.assumption
        assert unknown.uncertainty_km > known.uncertainty_km
    nothing = region("SDF-held {Aleppo}", "aleppo:city", held_ground=lambda place, holder, day: Point(0, 0).buffer(0))
    assert "nothing" in nothing.assumption


def test_held_half_without_zones_is_still_the_half_that_is_named() -> None:
    east = region("rebel-held eastern {Aleppo}", "aleppo:city")
    assert distance_km(east.lon, east.lat, 37.185, 36.205) < 2
    assert east.uncertainty_km > region("eastern {Aleppo}", "aleppo:city").uncertainty_km


def test_the_other_side_is_opposite_to_the_part_before() -> None:
    east = region("eastern {Aleppo}", "aleppo:city")
    other = region("the other side of the city", "aleppo:city", before=east)
    assert distance_km(other.lon, other.lat, 37.115, 36.20) < 2.5
    elsewhere = region("elsewhere in {Aleppo}", "aleppo:city", before=east)
    assert area_km2(elsewhere.polygon.intersection(east.polygon)) < 0.1


def test_a_place_without_an_outline_is_a_disc_of_its_radius() -> None:
    town = Place("x", "x:1", "Nowhere", 10.0, 50.0, "town", population=20_000, radius_km=2.0)
    half = region_of(town, Relation(RelationKind.PART, bearings=(90.0,)))
    radius = max(2.0, settlement_radius_km(20_000))
    assert area_km2(half.polygon) == pytest.approx(math.pi * radius**2 / 2, rel=0.02)
    assert half.lon > town.lon
    assert "disc" in half.assumption


CITIES = {
    "Aleppo": (2_132_000, 110), "Hama": (313_000, 32), "Homs": (653_000, 60), "Damascus": (2_500_000, 210),
    "Mosul": (1_600_000, 180), "Baghdad": (6_000_000, 670), "Kharkiv": (1_430_000, 300), "Mariupol": (430_000, 120),
    "Lviv": (720_000, 110), "Sanaa": (2_500_000, 190), "Gaza": (590_000, 50), "Cairo": (15_000_000, 1_700),
    "Idlib": (99_000, 14),
}  # fmt: skip
"""Population and built-up area in km² as commonly stated, rounded; the line of settlement_radius_km is laid through."""


@pytest.mark.parametrize("city", CITIES)
def test_radius_follows_population(city: str) -> None:
    population, area = CITIES[city]
    assert 1 / 1.6 < settlement_radius_km(population) / math.sqrt(area / math.pi) < 1.6
    assert settlement_radius_km(0) == 0


def test_distance_is_geodesic_with_the_doubt_of_both() -> None:
    near, far = region("5 km north of {Hama}", "syria:hama"), region("50 km north of {Hama}", "syria:hama")
    hama = places()["syria:hama"]
    assert distance_km(hama.lon, hama.lat, far.lon, far.lat) == pytest.approx(50, abs=0.1)
    assert far.uncertainty_km > near.uncertainty_km
    vague = region("some 50 km north of {Hama}", "syria:hama")
    assert vague.uncertainty_km > far.uncertainty_km


@pytest.mark.parametrize(
    ("phrase", "km", "token"),
    [
        ("20 miles north of {X}", 32.19, "32km_n"),
        ("500 metres east of {X}", 0.5, "0.5km_e"),
        ("1,500 m east of {X}", 1.5, "1.5km_e"),
        ("a dozen kilometres west of {X}", 12, "12km_w"),
        ("ten to fifteen kilometres west of {X}", 12.5, "12km_w"),
        ("20-kilometer drive", None, ""),
    ],
)
def test_units_and_number_words(phrase: str, km: float | None, token: str) -> None:
    text, span = read_phrase(phrase)
    relation = parse_relation(text, span)
    if km is None:
        assert relation is None
        return
    assert relation is not None
    assert relation.distance_km == pytest.approx(km, abs=0.01)
    assert relation.token == token
    assert 0 < relation.distance_doubt_km <= km / 2


def test_a_held_village_is_the_village_itself_with_whatever_is_held_there() -> None:
    assert parse_relation("rebel-held Anadan", (11, 17), kind="village") is None
    assert parse_relation("eastern Kindi hospital", (8, 22), kind="hospital") is None


def test_names_with_directions_are_not_parts() -> None:
    for text in ("West Bank", "South Sudan", "Eastern Ghouta", "North Kivu"):
        assert parse_relation(text, (0, len(text))) is None


def test_a_direction_that_is_part_of_the_name_is_no_part() -> None:
    assert parse_relation("eastern Ghouta", (8, 14), kind="region", name="Eastern Ghouta") is None
    assert parse_relation("western Ghouta", (8, 14), kind="region", name="Eastern Ghouta") is not None


def test_directions_belong_to_the_name_they_stand_at() -> None:
    text = "northern Syria's Aleppo"
    assert parse_relation(text, (17, 23)) is None
    relation = parse_relation(text, (9, 14), kind="country")
    assert relation is not None
    assert relation.token == "north"


def test_province_level_is_dropped_for_what_is_a_province() -> None:
    assert parse_relation("Idlib province", (0, 5), kind="admin1") is None
    relation = parse_relation("northern Idlib province", (9, 14), kind="admin1")
    assert relation is not None
    assert relation.token == "north"


def test_province_without_outline_says_so() -> None:
    drawn = region("northern {Hama} province", "syria:hama")
    assert "disc" in drawn.assumption
    assert drawn.geo_precision is GeoPrecision.REGION


def test_border_shared_with_a_neighbour() -> None:
    one, other = places()["syria:idlib-governorate"], places()["aleppo:governorate"]
    relation = parse_relation("the Idlib-Aleppo border", (4, 9), kind="admin1")
    assert relation is not None
    drawn = region_of(one, relation, extents=extents, others=[other])
    assert 36.6 < drawn.lon < 37.2
    assert drawn.words == "border of Idlib Governorate with Aleppo"


def test_relations_are_pure() -> None:
    row = next(row for row in PHRASES if row["relation"] == "rural_north")
    assert draw(row)[1] == draw(row)[1]


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("31U DQ 48251 11932", 2.29450, 48.85820),
        ("56H LH 34367 50948", 151.20929, -33.86880),
        ("18TWL8582706811", -73.98396, 40.70775),
    ],
)
def test_mgrs_references(text: str, lon: float, lat: float) -> None:
    """Known points: the Eiffel Tower, Sydney's harbour front, New York's Lower East Side."""
    found = parse_coordinates(f"a strike at {text} was reported")
    assert found is not None
    assert distance_km(found.lon, found.lat, lon, lat) < 0.02


@pytest.mark.parametrize(
    "text",
    ["", "3.1415, 2.7182 and so on to 361", "version 3.11.2", "99.1234, 200.1234", "61S CA 1 1", "36.2 and 37.1"],
)
def test_numbers_that_are_no_coordinates(text: str) -> None:
    found = parse_coordinates(text)
    assert found is None or text.startswith("3.1415")


def test_coordinates_carry_the_doubt_of_their_digits() -> None:
    coarse, fine = parse_coordinates("36.2 N, 37.1 E"), parse_coordinates("36.2021, 37.1343")
    assert coarse is not None
    assert fine is not None
    assert coarse.doubt_km == pytest.approx(5.6, abs=0.1)
    assert fine.doubt_km < 0.05


def test_radius_holding_is_a_quantile() -> None:
    disc = Point(0, 0).buffer(1000, quad_segs=64)
    assert radius_holding(disc, Point(0, 0)) == pytest.approx(1000 * math.sqrt(0.9), rel=0.02)
