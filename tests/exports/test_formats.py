"""Every format over the same scenes: whole files or none, and our own files read back equal."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from geopandas.testing import assert_geodataframe_equal

import geo.exports.formats as formats
from geo.errors import TableError, UnknownFormatError, UsageError
from geo.exports import SUFFIXES, Layer, read_events, read_zones, scene_bytes, write_scene
from geo.tables import EVENT_COLUMNS, REGION_COLUMNS, ZONE_COLUMNS, Scene, empty_table
from tests.layers import scenes
from tests.layers.hostile import hostile_scene

SCENE = scenes.make_scene(events=60)
READABLE = (".geojson", ".gpkg", ".parquet")


def empty_scene() -> Scene:
    return replace(
        SCENE,
        events=empty_table(EVENT_COLUMNS),
        zones=empty_table(ZONE_COLUMNS),
        regions=empty_table(REGION_COLUMNS),
    )


@pytest.mark.parametrize("suffix", READABLE)
def test_our_own_files_read_back_equal(suffix: str, tmp_path: Path) -> None:
    events = read_events(write_scene(SCENE, tmp_path / f"events{suffix}"))
    zones = read_zones(write_scene(SCENE, tmp_path / f"zones{suffix}", layer="zones"))
    assert_geodataframe_equal(events, SCENE.events)
    assert_geodataframe_equal(zones, SCENE.zones, normalize=True)


@pytest.mark.parametrize("suffix", READABLE)
def test_hostile_texts_read_back_equal(suffix: str, tmp_path: Path) -> None:
    scene, _ = hostile_scene()
    assert_geodataframe_equal(read_events(write_scene(scene, tmp_path / f"e{suffix}")), scene.events)
    zones = read_zones(write_scene(scene, tmp_path / f"z{suffix}", layer="zones"))
    assert_geodataframe_equal(zones, scene.zones, normalize=True)


@pytest.mark.parametrize("layer", ["events", "zones"])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_scene_is_a_file(suffix: str, layer: Layer, tmp_path: Path) -> None:
    path = write_scene(empty_scene(), tmp_path / f"none{suffix}", layer=layer)
    assert path.stat().st_size > 0
    if suffix in READABLE:
        assert len(read_events(path) if layer == "events" else read_zones(path)) == 0


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_bytes_are_those_of_the_file(suffix: str, tmp_path: Path) -> None:
    assert len(scene_bytes(SCENE, suffix)) == pytest.approx(
        write_scene(SCENE, tmp_path / f"scene{suffix}").stat().st_size, rel=0.02
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"scene{suffix}"
    path.write_text("old")
    whole = formats.load_writer(suffix)

    def broken(scene: Scene, path: Path, **rest: object) -> None:
        whole(scene, path, **rest)  # type: ignore[arg-type]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(formats, "load_writer", lambda _: broken)
    with pytest.raises(UsageError, match="No space left on device"):
        write_scene(SCENE, path)
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_link_is_kept_and_a_pipe_gets_the_whole_file(tmp_path: Path) -> None:
    kept, link, pipe = tmp_path / "kept.csv", tmp_path / "link.csv", tmp_path / "pipe.csv"
    kept.write_text("old")
    link.symlink_to(kept)
    write_scene(SCENE, link)
    assert link.is_symlink()
    assert kept.read_bytes() == scene_bytes(SCENE, ".csv")
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as beside:
        read = beside.submit(pipe.read_bytes)
        write_scene(SCENE, pipe)
        assert read.result(timeout=60) == kept.read_bytes()
    assert pipe.is_fifo()


def test_a_place_that_is_none_and_a_wrong_call_are_said_clearly(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match=r"'\.shp'.*\.geojson"):
        write_scene(SCENE, tmp_path / "map.shp")
    with pytest.raises(UsageError, match="Choose a folder that exists"):
        write_scene(SCENE, tmp_path / "nowhere" / "map.csv")
    with pytest.raises(UsageError, match="no such option"):
        write_scene(SCENE, tmp_path / "map.csv", colour="red")
    with pytest.raises(UnknownFormatError):
        read_events(tmp_path / "map.csv")


def test_a_foreign_file_is_rejected_with_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "foreign.geojson"
    path.write_text('{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"a":1}}]}')
    with pytest.raises(TableError, match="event_id"):
        read_events(path)


def test_suffixes_are_read_whatever_their_case(tmp_path: Path) -> None:
    assert write_scene(SCENE, tmp_path / "MAP.GeoJSON").read_text().startswith('{"type":"FeatureCollection"')
