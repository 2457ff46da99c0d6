"""Bring your own gazetteer: every format in, bad rows named, nothing changed the second time."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import shapely

from geo.errors import GazetteerError, UnknownFormatError, UsageError
from geo.places.additions import add_gazetteer
from geo.places.gazetteers.entry import Reading
from geo.places.gazetteers.imports import format_of
from geo.places.gazetteers.table import Table
from geo.settings import Settings

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", cache=tmp_path / "cache", state=tmp_path / "state", store="")


def geonames_row(identifier: str, name: str, lat: str, lon: str, feature: str, people: str) -> str:
    fields = [identifier, name, name, f"{name}e,xyz,Другое", lat, lon, feature[0], feature[2:], "XX"]
    return "\t".join([*fields, *[""] * 5, people, "", "", "UTC", "2020-01-01"])


def test_a_geonames_dump(tmp_path: Path, settings: Settings) -> None:
    rows = [
        geonames_row("1", "Zedtown", "10.5", "20.5", "P.PPL", "60000"),
        geonames_row("2", "Zed Airport", "10.6", "20.6", "S.AIRP", "0"),
        geonames_row("3", "Zed Reef", "10.7", "20.7", "U.RFU", "0"),
        geonames_row("4", "Badlat", "north", "20.7", "P.PPL", "0"),
        "5\ttoo short",
    ]
    path = tmp_path / "XX.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("XX.txt", "\n".join(rows))
        archive.writestr("readme.txt", "about")
    added = add_gazetteer(path, settings=settings, name="zed")
    kept = {entry.name: entry for entry in Table(added.path, licence="").entries()}
    assert {name: entry.kind for name, entry in kept.items()} == {"Zedtown": "city", "Zed Airport": "airport"}
    assert kept["Zedtown"].alt_names == ("Zedtowne", "Другое")
    assert [rejection.place for rejection in added.rejections] == ["line 4", "line 5"]


def test_a_csv_with_a_mapping(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "Camps 2020.csv"
    path.write_text("NAME_EN,y,x,what\nNorth Camp,10.5,20.5,camp\nSouth Camp,95,20.5,camp\n", encoding="utf-8")
    reading = Reading(country="XX", columns={"name": "NAME_EN", "kind": "what"})
    added = add_gazetteer(path, settings=settings, reading=reading)
    assert (added.name, added.places, added.changed) == ("camps-2020", 1, True)
    assert "line 3" in str(added.rejections[0])
    again = add_gazetteer(path, settings=settings, reading=reading)
    assert not again.changed


def test_a_csv_without_a_column_for_the_name_says_what_to_do(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "x.csv"
    path.write_text("titel,lat,lon\nX,1,2\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="--column"):
        add_gazetteer(path, settings=settings)


def test_polygons_become_extents(tmp_path: Path, settings: Settings) -> None:
    ring = [[20.0, 10.0], [20.1, 10.0], [20.1, 10.1], [20.0, 10.1], [20.0, 10.0]]
    features = [
        {"type": "Feature", "properties": {"name": "Zedside"}, "geometry": {"type": "Polygon", "coordinates": [ring]}},
        {"type": "Feature", "properties": {"name": "Nowhere"}, "geometry": None},
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [20.0, 10.0]}},
    ]
    path = tmp_path / "parts.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    added = add_gazetteer(path, settings=settings)
    (entry,) = Table(added.path, licence="").entries()
    extent = shapely.from_wkb(entry.extent)
    assert extent.bounds == (20.0, 10.0, 20.1, 10.1)
    assert extent.contains(shapely.Point(entry.lon, entry.lat))
    assert [rejection.place for rejection in added.rejections] == ["feature 2", "feature 3"]


def test_whos_on_first_of_syria(settings: Settings) -> None:
    path = SHARED / "gazetteers" / "wof_sy.tsv"
    if not path.exists():
        pytest.skip(f"{path} is not beside the project")
    added = add_gazetteer(path, settings=settings, reading=Reading(country="SY"))
    assert added.places > 9_000
    assert all("is unknown" in one.reason or "no number" in one.reason for one in added.rejections)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.zip", "", "geonames"),
        ("a.txt", geonames_row("1", "X", "1", "2", "P.PPL", "0"), "geonames"),
        ("a.tsv", "wof_id\tplacetype\n", "wof"),
        ("a.csv", "name,lat,lon\n", "csv"),
        ("a.geojson", '{"type": "FeatureCollection", "features": []}', "geojson"),
        ("b.geojson", '{"properties": {"wof:id": 1}}', "wof"),
    ],
)
def test_formats_are_guessed(tmp_path: Path, name: str, content: str, expected: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert format_of(tmp_path / name) == expected


def test_wrong_calls_are_refused(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "x.doc"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(UnknownFormatError, match="geojson"):
        add_gazetteer(path, settings=settings)
    with pytest.raises(UsageError, match="of its own"):
        add_gazetteer(path, settings=settings, name="geonames")
    with pytest.raises(UsageError, match="no name"):
        add_gazetteer(path, settings=settings, name="A b")
    empty = tmp_path / "e.csv"
    empty.write_text("name,lat,lon\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="no place"):
        add_gazetteer(empty, settings=settings)
