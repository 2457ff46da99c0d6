"""`geo zones` from a folder of raw files to a map: imported, joined by new days, checked, compared."""

import json

import geopandas as gpd
import pytest
from shapely.geometry import box, mapping

BOW_TIE = [[36.0, 36.0], [36.4, 36.4], [36.4, 36.0], [36.0, 36.4], [36.0, 36.0]]


def write(path, **grounds):
    shapes = {name: shape if isinstance(shape, dict) else mapping(shape) for name, shape in grounds.items()}
    features = [
        {"type": "Feature", "properties": {"controller": name}, "geometry": shape} for name, shape in shapes.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


@pytest.fixture
def maps(tmp_path):
    folder = tmp_path / "maps"
    folder.mkdir()
    write(folder / "20200101.geojson", rebels=box(36, 35, 37, 36), government=box(36.9, 35, 38, 36))
    write(folder / "20200102.geojson", rebels={"type": "Polygon", "coordinates": [BOW_TIE]})
    return folder


def test_a_series_grows_by_a_day_and_tells_what_changed(geo, maps, tmp_path):
    done = geo("zones", "import", maps, "--series", "own")
    assert done.code == 0, done.told
    assert "overlap_contested: 2" in done.told
    write(maps / "20200103.geojson", government=box(36, 35, 38, 36.4))
    again = geo("zones", "import", maps / "20200103.geojson", "--series", "own", "--append")
    assert "5 zones of the series own" in again.told
    assert "nothing was changed" in geo("zones", "import", maps, "--series", "own", "--append").told

    check = geo("zones", "check", "--series", "own")
    assert "total repaired self_intersection: 1 feature(s)" in check.out
    assert "0 overlap(s)" in check.out
    kept = gpd.read_file(tmp_path / "store.own.faults.gpkg", layer="faults")
    assert len(kept) == 3
    assert not kept.geometry.is_valid.all()

    changed = geo("zones", "changes", "-o", "ground.geojson", "--events", "map.html", "--agreed", "2020-01-03")
    assert changed.code == 0, changed.told
    ground = gpd.read_file(tmp_path / "ground.geojson")
    assert set(ground["sub_event_type"]) == {"non_violent_transfer_of_territory"}
    assert "change(s) beside 0 reported" in changed.told
    assert (tmp_path / "map.html").stat().st_size > 100_000

    areas = geo("zones", "areas", "--chart", "areas.svg", "-o", "areas.csv")
    assert "2020-01-03" in areas.out
    assert (tmp_path / "areas.svg").read_text().startswith("<svg")
    front = geo("zones", "frontline", "-o", "front.geojson")
    assert front.code == 0
    assert gpd.read_file(tmp_path / "front.geojson")["length_km"].iat[0] > 200
