"""The base map in the file: what is carried, how much of it, and what an online one may load."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from geo.errors import UsageError
from geo.layers import map_html, read_tiles
from geo.layers.basemap import base_piece, scene_bounds
from geo.settings import read_settings
from geo.tables import EVENT_COLUMNS, ZONE_COLUMNS, Scene, empty_table
from tests.layers import scenes

DATA = read_settings().data
PLACES = {"Aleppo": (37.0, 36.0, 37.25, 36.5), "Ukraine": (22.0, 44.0, 40.5, 52.5), "Gaza": (34.2, 31.2, 34.6, 31.6)}


@pytest.mark.parametrize("name", PLACES)
def test_a_map_carries_what_its_extent_needs(name: str) -> None:
    piece = base_piece(PLACES[name], data=DATA)
    assert piece is not None
    assert 20_000 < len(json.dumps(piece)) < 250_000


def test_the_scene_says_where_it_is_and_one_far_away_event_does_not() -> None:
    scene = scenes.make_scene(events=100)
    assert scene_bounds(scene) == (37.0, 36.0, 37.25, 36.5)
    far = scene.events.copy()
    far.loc[far.index[0], ["lon", "lat"]] = [-70.0, -30.0]
    assert scene_bounds(replace(scene, events=far)) == (37.0, 36.0, 37.25, 36.5)


def test_a_scene_without_a_place_has_the_world() -> None:
    scene: Scene = replace(
        scenes.make_scene(events=5), events=empty_table(EVENT_COLUMNS), zones=empty_table(ZONE_COLUMNS)
    )
    assert scene_bounds(scene) is None
    assert base_piece(None, data=DATA) is not None


def test_a_data_folder_without_one_gives_a_map_without_one(tmp_path: Path) -> None:
    assert base_piece(None, data=tmp_path) is None
    scene = scenes.make_scene(events=5)
    assert '.addBase("' not in map_html(scene, data=tmp_path)
    assert '.addBase("' in map_html(scene, data=DATA)


def test_a_thousand_events_and_forty_days_stay_under_the_promised_size() -> None:
    html = map_html(scenes.make_scene(events=1000, days=40), documents=scenes.DOCUMENTS)
    assert len(html.encode()) < 700_000


def test_tiles_widen_the_policy_to_their_host_alone() -> None:
    scene = scenes.make_scene(events=5)
    assert "img-src data: blob:;" in map_html(scene)
    assert "img-src data: blob: https://tile.openstreetmap.org;" in map_html(scene, tiles=read_tiles("osm"))
    own = read_tiles("https://{s}.tiles.example/a/{z}/{x}/{y}.png", attribution="© Example")
    page = map_html(scene, tiles=own)
    assert "img-src data: blob: https://*.tiles.example;" in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/1.png",
        "https://tiles.example; script-src *//{z}/{x}/{y}",
        "https://user@tiles.example/{z}/{x}/{y}.png",
        "javascript:alert(1)//{z}{x}{y}",
    ],
)
def test_what_is_no_address_of_tiles_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="names no tiles"):
        read_tiles(address, attribution="somebody")


def test_tiles_of_ones_own_need_an_attribution() -> None:
    with pytest.raises(UsageError, match="--attribution"):
        read_tiles("https://tiles.example/{z}/{x}/{y}.png")
