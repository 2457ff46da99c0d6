"""`geo zones` from a folder of raw files to a map: imported, joined by new days, checked, compared."""

import json

import geopandas as gpd
import pytest
from shapely.geometry import box, mapping
from typer.testing import CliRunner

from geo.commands.zones import app
from geo.errors import InputError, UsageError

BOW_TIE = [[36.0, 36.0], [36.4, 36.4], [36.4, 36.0], [36.0, 36.4], [36.0, 36.0]]


def write(path, **grounds):
    shapes = {name: shape if isinstance(shape, dict) else mapping(shape) for name, shape in grounds.items()}
    features = [
        {"type": "Feature", "properties": {"controller": name}, "geometry": shape} for name, shape in shapes.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


@pytest.fixture
def zones(tmp_path, monkeypatch):
    """Call `geo zones` in this process, in `tmp_path`; return its exit code and all that it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONFLICT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("CONFLICT_STORE", str(tmp_path / "store.gpkg"))

    def call(*arguments):
        done = CliRunner().invoke(app, [*map(str, arguments)], env={"COLUMNS": "200", "NO_COLOR": "1"})
        return done.exit_code, " ".join(done.output.split())

    return call


@pytest.fixture
def refused(zones):
    """Call `geo zones` with a fault in the call or its input; return what is said of it."""

    def call(*arguments):
        done = CliRunner().invoke(app, [*map(str, arguments)])
        assert isinstance(done.exception, (UsageError, InputError)), done.exception
        return str(done.exception)

    return call


@pytest.fixture
def maps(tmp_path):
    folder = tmp_path / "maps"
    folder.mkdir()
    write(folder / "20200101.geojson", rebels=box(36, 35, 37, 36), government=box(36.9, 35, 38, 36))
    write(folder / "20200102.geojson", rebels={"type": "Polygon", "coordinates": [BOW_TIE]})
    return folder


def test_a_series_grows_by_a_day_and_tells_what_changed(zones, maps, tmp_path):
    code, told = zones("import", maps, "--series", "own")
    assert code == 0, told
    assert "overlap_contested: 2" in told
    write(maps / "20200103.geojson", government=box(36, 35, 38, 36.4))
    assert "5 zones of the series own" in zones("import", maps / "20200103.geojson", "--series", "own", "--append")[1]
    assert "nothing was changed" in zones("import", maps, "--series", "own", "--append")[1]

    told = zones("check", "--series", "own")[1]
    assert "total repaired self_intersection: 1 feature(s)" in told
    assert "0 overlap(s)" in told
    kept = gpd.read_file(tmp_path / "store.own.faults.gpkg", layer="faults")
    assert len(kept) == 3
    assert not kept.geometry.is_valid.all()

    code, told = zones("changes", "-o", "ground.geojson", "--events", "map.html", "--agreed", "2020-01-03")
    assert code == 0, told
    assert "beside 0 reported event(s) in map.html" in told
    ground = gpd.read_file(tmp_path / "ground.geojson")
    assert "non_violent_transfer_of_territory" in set(ground["sub_event_type"])
    assert (tmp_path / "map.html").stat().st_size > 100_000

    assert "2020-01-03" in zones("areas", "--chart", "areas.svg", "-o", "areas.csv")[1]
    assert (tmp_path / "areas.svg").read_text().startswith("<svg")
    assert zones("frontline", "-o", "front.geojson")[0] == 0
    assert gpd.read_file(tmp_path / "front.geojson")["length_km"].iat[0] > 50


def test_a_wrong_call_names_what_is_wrong_before_anything_is_written(zones, refused, maps, tmp_path):
    zones("import", maps, "--series", "own")
    assert "unknown format '.bmp'" in refused("areas", "--chart", "areas.bmp")
    assert "there is no folder none" in refused("areas", "-o", "none/areas.csv")
    assert "there is no folder none" in refused("frontline", "-o", "none/front.geojson")
    assert "no frontline on these days" in refused("frontline", "-o", "front.geojson", "--from", "2030-01-01")
    assert "says nothing on 1999-01-01" in refused("at", "1999-01-01", "-o", "front.geojson", "--frontline")
    assert "lies before" in refused("changes", "--from", "2020-02-01", "--to", "2020-01-01")
    assert "ends before it begins" in refused("changes", "--agreed", "2020-02-01..2020-01-01")
    places = tmp_path / "places.csv"
    places.write_text("name,lon,lat\nHere,36,35\nThere,136,east\n", encoding="utf-8")
    assert f"{places}, line 3: lon '136', lat 'east' are no point" in refused("changes", "--places", places)
    places.write_bytes(b"PK\x03\x04\xff")
    assert f"{places}: cannot be read" in refused("changes", "--places", places)
    assert not list(tmp_path.glob("front*"))


def test_what_cannot_be_built_from_is_named_with_its_place(zones, refused, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "empty: holds no file of zones" in zones("import", "empty", "--series", "own")[1]
    holders = tmp_path / "holders.csv"
    holders.write_text("place,lon,lat,day,holder\nHere,36,95,2016-11-40,us\nThere,36.1,35,2016-11-20,us\n")
    told = refused("build", holders)
    assert "line 2, day is '2016-11-40'; line 2, lat is '95'; expected a place" in told
    holders.write_text("place,lon,lat,day,holder\nHere,36,35,2016-11-20,us\nThere,36.1,35,2016-11-20,us\n")
    (tmp_path / "outline.geojson").write_text('{"type": "FeatureCollection", "features": [', encoding="utf-8")
    assert "outline.geojson cannot be read as polygons" in refused("build", holders, "--outline", "outline.geojson")
