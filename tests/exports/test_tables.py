"""CSV, GeoPackage, GeoParquet and KML as other programs read them."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
from shapely import from_wkt

from geo.exports import table_csv, write_scene
from geo.exports.csv_shapes import ACLED, UCDP
from geo.tables import EVENT_COLUMNS
from geo.vocabulary import EventType
from tests.layers import scenes
from tests.layers.hostile import CORPUS, hostile_scene

SCENE = scenes.make_scene(events=40)
KML = "{http://www.opengis.net/kml/2.2}"


def rows(path: Path, encoding: str = "utf-8") -> list[list[str]]:
    csv.field_size_limit(10_000_000)
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def test_a_table_without_geometry_is_as_harmless_as_a_layer() -> None:
    days = pd.to_datetime(["2016-11-20", None])
    table = pd.DataFrame({"day": days, "side": ["=1+1", "rebels, others"], "area_km2": [-1.5, 2.0]})
    assert table_csv(table) == 'day,side,area_km2\n2016-11-20,\'=1+1,-1.5\n,"rebels, others",2.0\n'


def test_csv_has_the_record_as_columns(tmp_path: Path) -> None:
    head, *body = rows(write_scene(SCENE, tmp_path / "a.csv"))
    assert head == [column.name for column in EVENT_COLUMNS]
    first = dict(zip(head, body[1], strict=True))
    event = SCENE.events.iloc[1]
    assert (first["event_id"], first["date_start"]) == (event["event_id"], f"{event['date_start']:%Y-%m-%d}")
    assert float(first["lon"]) == event["lon"]
    assert first["tags"] == event["tags"]
    assert json.loads(first["accounts"]) == json.loads(event["accounts"])


def test_csv_of_zones_carries_their_shape(tmp_path: Path) -> None:
    head, first, *_ = rows(write_scene(SCENE, tmp_path / "a.csv", layer="zones"))
    shape = from_wkt(first[head.index("geometry")])
    assert shape.equals(SCENE.zones.geometry.iloc[0])


def test_no_cell_starts_like_a_formula(tmp_path: Path) -> None:
    scene, _ = hostile_scene()
    for layer in ("events", "zones"):
        head, *body = rows(write_scene(scene, tmp_path / "a.csv", layer=layer))
        assert len(body) == len(CORPUS)
        for row in body:
            assert len(row) == len(head)
            for name, cell in zip(head, row, strict=True):
                if name not in ("lon", "lat"):
                    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_the_mark_and_the_tags_are_there_on_request(tmp_path: Path) -> None:
    path = write_scene(SCENE, tmp_path / "a.csv", bom=True, hxl=True)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    head, tags, *body = rows(path, "utf-8-sig")
    assert len(body) == len(SCENE.events)
    assert all(tag.startswith("#") for tag in tags)
    assert tags[head.index("lat")] == "#geo+lat"


@pytest.mark.parametrize(("shape", "names"), [("acled", ACLED), ("ucdp", UCDP)])
def test_columns_of_others(shape: str, names: tuple[str, ...], tmp_path: Path) -> None:
    head, *body = rows(write_scene(SCENE, tmp_path / "a.csv", shape=shape))
    assert head == list(names)
    first = dict(zip(head, body[0], strict=True))
    assert float(first["latitude"]) == SCENE.events["lat"].iloc[0]
    assert "The Made-up Post" in first["source" if shape == "acled" else "source_article"]


def test_the_geopackage_has_layers_dates_and_styles(tmp_path: Path) -> None:
    path = write_scene(SCENE, tmp_path / "a.gpkg")
    layers = dict(pyogrio.list_layers(path))
    assert {name: layers[name] for name in ("events", "zones", "regions")} == {
        "events": "Point",
        "zones": "MultiPolygon",
        "regions": "MultiPolygon",
    }
    assert pyogrio.read_info(path, layer="events")["crs"] == "EPSG:4326"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        kinds = dict(connection.execute("SELECT name, type FROM pragma_table_info('events')"))
        assert (kinds["date_start"], kinds["fatalities_best"], kinds["civilian_targeting"]) == (
            "DATE",
            "INTEGER",
            "BOOLEAN",
        )
        contents = dict(connection.execute("SELECT table_name, data_type FROM gpkg_contents"))
        assert contents["layer_styles"] == "attributes"
        styles = dict(connection.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
    renderer = ET.fromstring(styles["events"].split("\n", 1)[1]).find("renderer-v2")
    assert renderer is not None
    assert {category.get("value") for category in renderer.iter("category")} == set(EventType)
    numbers = {category.get("symbol") for category in renderer.iter("category")}
    assert numbers == {symbol.get("name") for symbol in renderer.iter("symbol")}
    assert "government" in styles["zones"]


def test_styles_of_hostile_controllers_are_still_xml(tmp_path: Path) -> None:
    scene, _ = hostile_scene()
    with closing(sqlite3.connect(write_scene(scene, tmp_path / "a.gpkg"))) as connection:
        (style,) = connection.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = 'zones'").fetchone()
    values = [category.get("value") for category in ET.fromstring(style.split("\n", 1)[1]).iter("category")]
    assert CORPUS["script"] in values


def test_geoparquet_states_its_version_and_frame(tmp_path: Path) -> None:
    path = write_scene(SCENE, tmp_path / "a.parquet")
    about = json.loads(pq.read_schema(path).metadata[b"geo"])
    assert about["version"] == "1.1.0"
    assert about["columns"]["geometry"]["encoding"] == "WKB"
    assert about["columns"]["geometry"]["crs"]["id"] == {"authority": "EPSG", "code": 4326}


def test_kml_has_spans_styles_and_shapes(tmp_path: Path) -> None:
    root = ET.parse(write_scene(SCENE, tmp_path / "a.kml")).getroot()
    marks = root.findall(f".//{KML}Placemark")
    assert len(marks) == len(SCENE.events)
    assert marks[0].findtext(f"{KML}TimeSpan/{KML}begin") == f"{SCENE.events['date_start'].iloc[0]:%Y-%m-%d}"
    styles = {style.get("id") for style in root.iter(f"{KML}Style")}
    assert {mark.findtext(f"{KML}styleUrl", "")[1:] for mark in marks} <= styles
    zones = gpd.read_file(write_scene(SCENE, tmp_path / "b.kml", layer="zones"))
    assert zones.geometry.iloc[0].equals(SCENE.zones.geometry.iloc[0])
    first = ET.parse(tmp_path / "b.kml").getroot()
    ends = {mark.findtext(f"{KML}TimeSpan/{KML}end") for mark in first.iter(f"{KML}Placemark")}
    # A slice ends before its `valid_to`; KML's end is a day that it still covers.
    last_days = (SCENE.zones["valid_to"] - pd.Timedelta(days=1)).dropna().dt.strftime("%Y-%m-%d")
    assert ends == {None, *last_days}


def test_kml_of_hostile_texts_holds_them_as_text(tmp_path: Path) -> None:
    scene, _ = hostile_scene()
    expected = {"kml", "Document", "name", "description", "Style", "IconStyle", "color", "Placemark", "TimeSpan"}
    expected |= {"begin", "end", "styleUrl", "ExtendedData", "Data", "value", "Point", "coordinates", "LineStyle"}
    expected |= {"PolyStyle", "Polygon", "outerBoundaryIs", "LinearRing"}
    for layer in ("events", "zones"):
        root = ET.parse(write_scene(scene, tmp_path / "a.kml", layer=layer)).getroot()
        assert {element.tag.removeprefix(KML) for element in root.iter()} <= expected
        # Earth reads descriptions as HTML: there the only markup is ours.
        for description in root.iter(f"{KML}description"):
            assert "<script" not in (description.text or "").lower()
            assert 'href="javascript' not in (description.text or "").lower()
        values = {element.text for element in root.iter(f"{KML}value")}
        assert CORPUS["svg"] in values
