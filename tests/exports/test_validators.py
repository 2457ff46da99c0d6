"""Our files under other people's programs: GDAL's validator of GeoPackages, GDAL opening GeoJSON without a warning."""

from __future__ import annotations

import subprocess
import warnings
from pathlib import Path

import pyogrio
import pytest

from geo.exports import write_scene
from geo.tables import Scene
from tests.exports.test_formats import empty_scene
from tests.layers import scenes
from tests.layers.hostile import hostile_scene

SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's own, for which its package python3-gdal is made; tests/set_up.sh installs it."""

SCENES = {"a town": lambda: scenes.make_scene(), "nothing": empty_scene, "hostile texts": lambda: hostile_scene()[0]}


def validated(path: Path) -> str:
    """Return what GDAL's validate_gpkg says of a file: nothing where it keeps every requirement of the standard."""
    command = [SYSTEM_PYTHON, "-m", "osgeo_utils.samples.validate_gpkg", "-k", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert "No module named" not in done.stderr, "python3-gdal is missing: run bash tests/set_up.sh"
    return done.stdout + done.stderr + ("" if done.returncode == 0 else f"exit code {done.returncode}")


@pytest.mark.parametrize("name", SCENES)
def test_the_geopackage_passes_gdals_validator(name: str, tmp_path: Path) -> None:
    path = write_scene(SCENES[name](), tmp_path / "map.gpkg")
    assert validated(path) == ""


@pytest.mark.parametrize("layer", ["events", "zones"])
@pytest.mark.parametrize("name", SCENES)
def test_gdal_opens_the_geojson_without_a_warning(name: str, layer: str, tmp_path: Path) -> None:
    scene: Scene = SCENES[name]()
    path = write_scene(scene, tmp_path / "map.geojson", layer="zones" if layer == "zones" else "events")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = pyogrio.read_dataframe(path)
    assert len(table) == len(scene.zones if layer == "zones" else scene.events)
    if len(table):
        assert table.crs.to_epsg() == 4326
