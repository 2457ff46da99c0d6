"""The compiled index: whole or rebuilt, never half; and the same names out as went in."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from geo.errors import ConfigurationError, GazetteerError
from geo.places.compilation import NameRank
from geo.places.gazetteers.entry import Entry
from geo.places.gazetteers.table import COLUMNS, Table
from geo.places.index import open_index
from geo.settings import Settings

HEADER = ",".join(COLUMNS)
ROWS = (
    "1,Aleppo,Halab|Alep,حلب,36.2012,37.1612,city,SY,Aleppo,2098210,8,,map",
    "2,al-Bab,,الباب,36.3705,37.5157,town,SY,Aleppo,63069,,,map",
)


@dataclass(frozen=True)
class World:
    """An embedded source with one coarse row."""

    name: str = "world"
    licence: str = "none"
    curated: bool = False

    def fingerprint(self) -> str:
        return "1"

    def entries(self) -> Iterator[Entry]:
        yield Entry("w1", "Aleppo", 37.15, 36.2, "city", ("Beroea",), country="SY", population=2_000_000)
        yield Entry("w2", "Aleppo", -79.1, 40.0, "village", country="US", population=600)


def settings_of(folder: Path) -> Settings:
    return Settings(data=folder / "data", cache=folder / "cache", state=folder / "state", store="")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text("\n".join((HEADER, *ROWS)) + "\n", encoding="utf-8")
    return path


def test_every_name_of_a_place_finds_it(table: Path, tmp_path: Path) -> None:
    index = open_index(settings_of(tmp_path), sources=(Table(table, licence="map"),))
    for key in ("aleppo", "halab", "alep", "حلب"):
        assert [index.place(number).gazetteer_id for number in index.numbers(key)] == ["1"]
    posting = index.postings(index.key_number("bab"))[0]
    assert posting.rank is NameRank.DERIVED
    assert index.numbers("halabja") == ()
    assert [index.keys[number] for number in index.beginning("al ")] == ["al bab"]


def test_a_curated_row_takes_the_place_of_the_embedded_one(table: Path, tmp_path: Path) -> None:
    index = open_index(settings_of(tmp_path), sources=(World(), Table(table, licence="map")))
    found = [index.place(number) for number in index.numbers("aleppo")]
    assert {(place.gazetteer, place.country) for place in found} == {("own", "SY"), ("world", "US")}
    assert [index.place(number).gazetteer for number in index.numbers("beroea")] == ["own"]


def test_quarters_of_one_file_that_share_a_name_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "quarters.csv"
    rows = ("1,Upper Mill,Mill,,36.16,37.10,neighbourhood,SY,,,,,map", "2,Mill,,,36.18,37.10,neighbourhood,SY,,,,,map")
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    index = open_index(settings_of(tmp_path), sources=(Table(path, licence="map"),))
    assert {index.place(number).gazetteer_id for number in index.numbers("mill")} == {"1", "2"}
    assert len(index.in_cell(37.1, 36.1)) == 2


def test_a_row_without_an_outline_keeps_that_of_the_row_it_replaces(table: Path, tmp_path: Path) -> None:
    outline = {"type": "Polygon", "coordinates": [[[37.1, 36.1], [37.2, 36.1], [37.2, 36.3], [37.1, 36.1]]]}
    feature = {"type": "Feature", "properties": {"id": "1"}, "geometry": outline}
    features = json.dumps({"type": "FeatureCollection", "features": [feature]})
    table.with_name("own.extents.geojson").write_text(features, encoding="utf-8")
    newer = tmp_path / "newer.csv"
    newer.write_text(f"{HEADER}\nn1,Aleppo,,,36.2,37.16,city,SY,,,,,map\n", encoding="utf-8")
    index = open_index(settings_of(tmp_path), sources=(Table(table, licence="map"), Table(newer, licence="map")))
    (number,) = index.numbers("aleppo")
    assert index.place(number).gazetteer == "newer"
    assert shapely.from_wkb(index.extent(number)).equals(shape(outline))


@pytest.mark.parametrize("damage", ["empty", "half", "tail"])
def test_a_damaged_index_is_noticed_and_rebuilt(table: Path, tmp_path: Path, damage: str) -> None:
    settings, sources = settings_of(tmp_path), (Table(table, licence="map"),)
    open_index(settings, sources=sources)
    (path,) = settings.cache.glob("*.index")
    whole = path.read_bytes()
    path.write_bytes({"empty": b"", "half": whole[: len(whole) // 2], "tail": whole[:-8] + b"\0" * 8}[damage])
    assert open_index(settings, sources=sources).numbers("aleppo")
    assert path.read_bytes() == whole


def test_a_changed_source_gives_another_index(table: Path, tmp_path: Path) -> None:
    settings, sources = settings_of(tmp_path), (Table(table, licence="map"),)
    open_index(settings, sources=sources)
    table.write_text(table.read_text(encoding="utf-8").replace("Alep,", "Chalep,"), encoding="utf-8")
    index = open_index(settings, sources=sources)
    assert index.numbers("chalep")
    assert not index.numbers("alep")


def _opened(folder: Path, table: Path) -> int:
    return len(open_index(settings_of(folder), sources=(Table(table, licence="map"),)).numbers("aleppo"))


def test_two_processes_may_build_at_once(table: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(2) as pool:
        assert pool.starmap(_opened, [(tmp_path, table)] * 4) == [1, 1, 1, 1]
    assert not list((tmp_path / "cache").glob("*.part"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("3,X,,,north,37,city,,,,,,map", "lat is 'north'"),
        ("3,X,,,36,187,city,,,,,,map", "lon is '187'"),
        ("3,X,,,36,37,metropolis,,,,,,map", "the kind 'metropolis' is unknown"),
        ("1,X,,,36,37,city,,,,,,map", "the id '1' repeats"),
        ("3,X,,,36,37,city,Syria,,,,,map", "no ISO 3166-1"),
        ("3,X,,,36,37", "number of fields"),
        (",X,,,36,37,city,,,,,,map", "id or name is empty"),
    ],
)
def test_a_bad_row_is_named_by_its_line(table: Path, row: str, words: str) -> None:
    table.write_text(f"{table.read_text(encoding='utf-8')}{row}\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="line 4") as caught:
        list(Table(table, licence="map").entries())
    assert words in str(caught.value)


def test_an_unknown_column_is_a_fault(table: Path) -> None:
    table.write_text(table.read_text(encoding="utf-8").replace("id,name", "key,name", 1), encoding="utf-8")
    with pytest.raises(GazetteerError, match="line 1"):
        list(Table(table, licence="map").entries())


def test_a_cache_that_cannot_be_written_is_said(table: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, no folder", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="CONFLICT_CACHE"):
        open_index(settings_of(tmp_path), sources=(Table(table, licence="map"),))
