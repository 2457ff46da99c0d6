"""GeoJSON held against every rule of RFC 7946 that concerns it."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import pytest
from shapely.geometry import LinearRing, MultiPolygon, Polygon, box

from geo.exports import Layer, write_scene
from geo.exports.geojson import rfc_geometry
from geo.records import record
from geo.tables import EVENT_COLUMNS, ZONE_COLUMNS, Scene, check_zones
from tests.layers import scenes

SCENE = scenes.make_scene(events=40)


def collection(scene: Scene, path: Path, layer: Layer = "events") -> dict[str, Any]:
    return json.loads(write_scene(scene, path, layer=layer, exported_on=date(2026, 1, 2)).read_text("utf-8"))


def faults(value: dict[str, Any]) -> list[str]:
    """Return every breach of the RFC in a feature collection."""
    found = []
    if value["type"] != "FeatureCollection" or not isinstance(value["features"], list):
        found.append("3.3: no feature collection")
    if {"coordinates", "geometries", "geometry", "properties", "crs"} & set(value):
        found.append("7.1, 4: members of other objects, or crs")
    for feature in value["features"]:
        if feature["type"] != "Feature" or not {"geometry", "properties"} <= set(feature):
            found.append("3.2: no feature")
        if not isinstance(feature.get("id", ""), str | int):
            found.append("3.2: id is neither text nor number")
        if feature["geometry"] is not None:
            found += geometry_faults(feature["geometry"])
    return found


def geometry_faults(geometry: dict[str, Any]) -> list[str]:
    match geometry["type"]:
        case "Point":
            return position_faults(geometry["coordinates"])
        case "Polygon":
            return polygon_faults(geometry["coordinates"])
        case "MultiPolygon":
            return [fault for polygon in geometry["coordinates"] for fault in polygon_faults(polygon)]
    return [f"1.4: {geometry['type']} is not expected"]


def polygon_faults(rings: list[Any]) -> list[str]:
    found = []
    for number, ring in enumerate(rings):
        if len(ring) < 4 or list(ring[0]) != list(ring[-1]):
            found.append("3.1.6: ring is not closed")
        elif LinearRing(ring).is_ccw != (number == 0):
            found.append("3.1.6: ring is wound the wrong way")
        found += [fault for position in ring for fault in position_faults(position)]
    return found


def position_faults(position: list[float]) -> list[str]:
    lon, lat = position
    found = [] if -180 <= lon <= 180 and -90 <= lat <= 90 else ["3.1.1, 3.1.9: position off the globe"]
    return found + [f"11.2: {value!r}" for value in position if round(value, 6) != value]


@pytest.mark.parametrize("layer", ["events", "zones"])
def test_the_rules_are_kept(layer: Layer, tmp_path: Path) -> None:
    value = collection(SCENE, tmp_path / "a.geojson", layer)
    assert faults(value) == []
    west, south, east, north = value["bbox"]
    frame = SCENE.events if layer == "events" else SCENE.zones
    assert [west, south, east, north] == pytest.approx(list(frame.total_bounds), abs=1e-6)


def test_properties_are_the_event_record(tmp_path: Path) -> None:
    value = collection(SCENE, tmp_path / "a.geojson")
    for feature, (_, row) in zip(value["features"], SCENE.events.iterrows(), strict=True):
        assert feature["properties"] == record(row)
        assert list(feature["properties"]) == [column.name for column in EVENT_COLUMNS]
        assert feature["id"] == row["event_id"]
        assert (feature["geometry"] is None) == (feature["properties"]["lon"] is None)


def test_zones_keep_their_columns_and_half_open_days(tmp_path: Path) -> None:
    first = collection(SCENE, tmp_path / "a.geojson", "zones")["features"][0]["properties"]
    assert list(first) == [column.name for column in ZONE_COLUMNS]
    assert first["valid_from"] == "2016-11-15"
    assert first["valid_to"] is None


def test_foreign_members_say_whose_data_it_is(tmp_path: Path) -> None:
    value = collection(SCENE, tmp_path / "a.geojson")
    assert value["exported"] == "2026-01-02"
    assert value["period"] == {"from": "2016-11-15", "to": "2016-12-24"}
    assert value["attribution"][0]["licence"] == "CC BY 4.0"


def test_ground_across_the_antimeridian_is_cut(tmp_path: Path) -> None:
    across = Polygon([(179, -1), (181, -1), (181, 1), (179, 1)])
    zones = check_zones(SCENE.zones.iloc[:1].set_geometry([across], crs=4326))
    value = collection(replace(SCENE, zones=zones), tmp_path / "a.geojson", "zones")
    assert faults(value) == []
    assert value["bbox"] == [179, -1, -179, 1]
    parts = gpd.read_file(tmp_path / "a.geojson").geometry.iloc[0]
    assert parts.equals(MultiPolygon([box(179, -1, 180, 1), box(-180, -1, -179, 1)]))


def test_rings_wound_wrongly_are_turned_and_empty_shapes_are_null() -> None:
    turned = rfc_geometry(Polygon([(0, 0), (0, 9), (9, 9), (9, 0)], [[(1, 1), (2, 1), (2, 2), (1, 2)]]))
    assert isinstance(turned, Polygon)
    assert turned.exterior.is_ccw
    assert not turned.interiors[0].is_ccw
    assert rfc_geometry(Polygon()) is None
    assert rfc_geometry(None) is None


def test_gdal_reads_it_without_a_warning(tmp_path: Path) -> None:
    for layer in ("events", "zones"):
        path = write_scene(SCENE, tmp_path / f"{layer}.geojson", layer=layer)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            frame = pyogrio.read_dataframe(path)
        assert len(frame) == len(SCENE.events if layer == "events" else SCENE.zones)
        assert frame.crs.to_epsg() == 4326
