"""Real files of every format, with the faults that published series have."""

import json
import zipfile
from datetime import UTC, date, datetime

import geopandas as gpd
import pytest
from shapely.geometry import box, mapping

from geo.errors import ConfigurationError
from geo.zones import UnmappedValuesError, areas_by_day, check_series, read_zone_files, zones_at
from geo.zones.dating import moment_of
from geo.zones.mapping import read_mapping

from .samples import BOW_TIE, EAST, WEST

RULES = """
[text]
properties = ["name"]
name = "name"
[[rules]]
is = ["Reds", "الحمر"]
controller = "reds"
[[rules]]
like = "^bl|синие"
controller = "blues"
[[rules]]
like = "claimed"
aside = "a claim"
[controllers.reds]
name = "The Reds"
colour = "#D55E00"
"""


def feature(name, geometry, **more):
    shape = geometry if isinstance(geometry, dict) else mapping(geometry)
    return {"type": "Feature", "properties": {"name": name, **more}, "geometry": shape}


def write(path, *features, **members):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **members}), encoding="utf-8")
    return path


@pytest.fixture
def rules(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "maps"
    path.mkdir()
    return path


def test_snapshots_close_the_one_before_and_repeats_are_stored_once(folder, rules):
    both = feature("Reds", WEST), feature("blues (2nd army)", EAST)
    write(folder / "map_20200101.geojson", *both)
    write(folder / "map_20200102.geojson", *both)
    write(folder / "map_2020-01-05.geojson", feature("الحمر", box(0, 0, 1, 1)))
    stamp = int(datetime(2020, 1, 7, 9, tzinfo=UTC).timestamp())
    write(folder / f"map_{stamp}.geojson", feature("Синие", box(0, 0, 1, 1)))
    read = read_zone_files([folder], series="s", mapping=rules)
    days = sorted({(row.valid_from.date(), row.valid_to.date()) for row in read.zones.iloc[:3].itertuples()})
    assert days == [(date(2020, 1, 1), date(2020, 1, 5)), (date(2020, 1, 5), date(2020, 1, 7))]
    assert read.zones["valid_to"].isna().sum() == 1
    assert read.report.identical == 1
    assert read.report.missing_days == ((date(2020, 1, 3), date(2020, 1, 4)), (date(2020, 1, 6), date(2020, 1, 6)))
    assert zones_at(read.zones, date(2020, 1, 4))["controller"].tolist() == ["reds", "blues"]
    assert zones_at(read.zones, date(2020, 1, 4))["controller_name"].tolist() == ["The Reds", "Blues"]
    assert zones_at(read.zones, date(2019, 12, 31)).empty
    assert not read.rejections


def test_the_last_snapshot_of_a_day_counts_and_an_empty_day_is_no_data(folder, rules):
    write(folder / "a_20200101_0800.geojson", feature("Reds", WEST))
    write(folder / "b_20200101_2000.geojson", feature("Reds", EAST))
    write(folder / "c_20200102.geojson")
    write(folder / "d_20200103.geojson", feature("Blues", EAST))
    read = read_zone_files([folder], series="s", mapping=rules)
    assert zones_at(read.zones, date(2020, 1, 2)).geometry.iat[0].equals(EAST)
    assert read.report.superseded == ("a_20200101_0800.geojson (2020-01-01 08:00)",)
    assert read.report.empty_days == (date(2020, 1, 2),)


def test_a_long_gap_ends_a_snapshot(folder, rules):
    rules.write_text("[date]\nlongest_gap_days = 2\n" + RULES)
    write(folder / "20200101.json", feature("Reds", WEST))
    write(folder / "20200110.json", feature("Reds", EAST))
    read = read_zone_files([folder], series="s", mapping=rules)
    assert zones_at(read.zones, date(2020, 1, 5)).empty
    assert [str(gap) for gap in check_series(read.zones).gaps] == ["2020-01-03 to 2020-01-09"]


def test_other_kinds_of_features_are_set_aside_and_counted(folder, rules):
    point = {"type": "Point", "coordinates": [0.5, 0.5]}
    write(folder / "20200101.json", feature("Reds", WEST), feature("HQ", point), feature("Claimed", EAST))
    report = read_zone_files([folder], series="s", mapping=rules).report
    assert report.set_aside == {"no polygon: Point": 1, "a claim": 1}
    assert (report.features, report.taken) == (3, 1)


def test_an_unknown_value_stops_with_a_mapping_that_only_waits_for_its_controllers(folder, rules, tmp_path):
    write(folder / "20200101.json", feature("Reds", WEST), feature("Зелёные", EAST), feature("Зелёные", EAST))
    with pytest.raises(UnmappedValuesError) as caught:
        read_zone_files([folder], series="s", mapping=rules)
    assert caught.value.unknown == {"Зелёные": 2}
    draft = tmp_path / "draft.toml"
    draft.write_text(caught.value.draft, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="still"):
        read_mapping(draft)
    completed = caught.value.draft.replace('"?"', '"greens"')
    head, controllers = completed.split("[controllers", 1)
    draft.write_text(f'{head}[[rules]]\nis = "Reds"\ncontroller = "reds"\n[controllers{controllers}', encoding="utf-8")
    assert set(read_zone_files([folder], series="s", mapping=draft).zones["controller"]) == {"reds", "greens"}


def test_without_a_mapping_the_property_that_names_the_holder_is_found(folder):
    write(folder / "20200101.json", feature("Reds", WEST, remark="x1"), feature("Blues", EAST, remark="x2"))
    with pytest.raises(UnmappedValuesError) as caught:
        read_zone_files([folder], series="s")
    assert 'properties = ["name"]' in caught.value.draft
    assert caught.value.unknown == {"Reds": 1, "Blues": 1}


RING = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
FAULTS = {
    "self_intersection": mapping(BOW_TIE),
    "unclosed_ring": {"type": "Polygon", "coordinates": [RING[:-1]]},
    "type_does_not_fit": {"type": "Polygon", "coordinates": [[RING]]},
    "hole_outside_shell": {"type": "Polygon", "coordinates": [RING, [[2, 2], [3, 2], [3, 3], [2, 2]]]},
    "short_ring": {"type": "Polygon", "coordinates": [RING, [[0.1, 0.1], [0.2, 0.2]]]},
    "geometry_collection": {
        "type": "GeometryCollection",
        "geometries": [{"type": "Polygon", "coordinates": [RING]}, {"type": "Point", "coordinates": [0, 0]}],
    },
    "disconnected_interior": {
        "type": "Polygon",
        "coordinates": [RING, [[0, 0.5], [0.5, 0.4], [1, 0.5], [0.5, 0.6], [0, 0.5]]],
    },
    "sliver": {"type": "MultiPolygon", "coordinates": [[RING], [[[2, 2], [3, 2], [3, 2.000001], [2, 2]]]]},
    "nested_shells": {
        "type": "MultiPolygon",
        "coordinates": [[RING], [[[0.2, 0.2], [0.4, 0.2], [0.4, 0.4], [0.2, 0.2]]]],
    },
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_repaired_and_reported_with_its_original(folder, rules, fault):
    write(folder / "20200101.json", feature("Reds", FAULTS[fault]), feature("Blues", box(5, 5, 6, 6)))
    read = read_zone_files([folder], series="s", mapping=rules)
    assert read.zones.geometry.is_valid.all()
    assert len(read.zones) == 2
    (entry,) = read.report.faults
    assert (entry.outcome, entry.place) == ("repaired", "feature 1")
    assert fault in entry.faults
    assert read.report.originals()["faults"].str.contains(fault).all()
    assert fault in str(read.report.totals())


BAD = {
    "empty": {"type": "Polygon", "coordinates": [RING[:2]]},
    "malformed_coordinates": {"type": "Polygon", "coordinates": [[["a", "b"], ["c", "d"], ["a", "b"], ["c", "d"]]]},
    "outside_bounds": {"type": "Polygon", "coordinates": [[[500, 500], [600, 500], [600, 600], [500, 500]]]},
    "sliver": {"type": "Polygon", "coordinates": [[[2, 2], [3, 2], [3, 2.000001], [2, 2]]]},
}


@pytest.mark.parametrize("fault", BAD)
def test_what_cannot_be_mended_is_rejected_and_the_rest_stays(folder, rules, fault):
    write(folder / "20200101.json", feature("Reds", BAD[fault]), feature("Blues", EAST))
    read = read_zone_files([folder], series="s", mapping=rules)
    assert read.zones["controller"].tolist() == ["blues"]
    assert len(read.rejections) == 1 or fault == "empty"
    assert fault == "empty" or fault.replace("_", " ") in str(read.rejections[0])


def test_duplicates_are_dropped(folder, rules):
    write(folder / "20200101.json", feature("Reds", WEST), feature("Reds", WEST))
    read = read_zone_files([folder], series="s", mapping=rules)
    assert len(read.zones) == 1
    assert read.report.totals()["rejected duplicate"] == 1


def test_swapped_axes_are_recognised_by_the_stated_bounds(folder, rules):
    rules.write_text("[read]\nbounds = [36, 35, 38, 37]\n" + RULES)
    write(folder / "20200101.json", feature("Reds", box(36.1, 37.1, 36.3, 37.3)))
    read = read_zone_files([folder], series="s", mapping=rules)
    assert read.zones.total_bounds.tolist() == [37.1, 36.1, 37.3, 36.3]
    assert read.report.faults[0].faults == ("swapped_axes",)


def test_the_legacy_crs_member_is_obeyed(folder, rules):
    metres = gpd.GeoSeries([WEST], crs=4326).to_crs(3857).iloc[0]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    write(folder / "20200101.json", feature("Reds", metres), crs=crs)
    read = read_zone_files([folder], series="s", mapping=rules)
    assert read.zones.geometry.iat[0].equals_exact(WEST, 1e-6)


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".kml", ".kmz", ".geojson", ".zip"])
def test_every_format_gives_the_same_zones(tmp_path, rules, suffix):
    frame = gpd.GeoDataFrame({"name": ["Reds", "الحمر"]}, geometry=[WEST, EAST], crs=4326)
    path = tmp_path / f"control_20200101{suffix}"
    if suffix == ".kmz":
        frame.to_file(tmp_path / "doc.kml", driver="KML")
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(tmp_path / "doc.kml", "doc.kml")
    elif suffix == ".zip":
        frame.to_file(tmp_path / "control.shp", encoding="utf-8")
        with zipfile.ZipFile(path, "w") as archive:
            for part in tmp_path.glob("control.*"):
                archive.write(part, part.name)
    elif suffix == ".kml":
        frame.to_file(path, driver="KML")
    else:
        frame.to_file(path, encoding="utf-8")
    if suffix in (".kml", ".kmz"):
        rules.write_text(RULES.replace('["name"]', '["Name", "name"]'), encoding="utf-8")
    read = read_zone_files([path], series="s", mapping=rules)
    assert read.zones["controller"].tolist() == ["reds", "reds"]
    assert read.zones["valid_from"].dt.date.tolist() == [date(2020, 1, 1)] * 2
    assert read.zones.geometry.iat[1].equals(EAST)


def test_intervals_with_a_second_date(tmp_path, rules):
    rules.write_text('[date]\nproperty = "since"\nuntil = "to"\nknown_since = "seen"\n' + RULES)
    path = write(
        tmp_path / "all.geojson",
        feature("Reds", WEST, since="2020-01-01", to="2020-02-01", seen="2020-03-01"),
        feature("Blues", EAST, since="15.01.2020", to=None),
        feature("Blues", WEST, since=1580515200, to=1583020800),
        feature("Reds", EAST, since=None, to=None),
    )
    read = read_zone_files([path], series="s", mapping=rules)
    assert len(read.zones) == 3
    assert read.zones["known_since"].dt.date.iat[0] == date(2020, 3, 1)
    assert zones_at(read.zones, date(2020, 1, 20))["controller"].tolist() == ["reds", "blues"]
    assert zones_at(read.zones, date(2020, 2, 1))["controller"].tolist() == ["blues", "blues"]
    assert [rejection.reason for rejection in read.rejections] == ["no date"]


def test_one_bad_file_does_not_stop_the_rest(folder, rules):
    (folder / "20200101.json").write_text("{ not json")
    (folder / "20200102.gpkg").write_bytes(b"nothing of the kind")
    write(folder / "20200103.json", feature("Reds", WEST))
    read = read_zone_files([folder, folder / "missing.json"], series="s", mapping=rules)
    assert len(read.zones) == 1
    assert len(read.rejections) == 3


def test_shared_ground_of_one_side_is_counted_once(folder, rules):
    write(folder / "20200101.json", feature("Reds", box(0, 0, 1, 1)), feature("الحمر", box(0, 0, 0.5, 1)))
    write(folder / "20200102.json", feature("Reds", box(0, 0, 1, 1)))
    areas = areas_by_day(read_zone_files([folder], series="s", mapping=rules).zones)
    assert areas["area_km2"].iat[0] == pytest.approx(areas["area_km2"].iat[1], rel=1e-4)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2016-11-20", date(2016, 11, 20)),
        ("control_20161120_v2", date(2016, 11, 20)),
        ("20.11.2016", date(2016, 11, 20)),
        (1479600000, date(2016, 11, 20)),
        ("1479600000000", date(2016, 11, 20)),
        (20161120, date(2016, 11, 20)),
        ("20161120093000", date(2016, 11, 20)),
        ("no day here 12345", None),
        ("2016-02-30", None),
        (None, None),
        (True, None),
    ],
)
def test_days_are_read_as_they_are_written(value, day):
    moment = moment_of(value)
    assert (moment.date() if moment else None) == day


def test_a_draft_tells_sides_from_days_names_and_codes(folder):
    days = {"DATA_ON": "01/03/2024", "id_str": "e"}
    write(
        folder / "front.json",
        feature(None, WEST, OKUP="Occupied by RF", **days),
        feature(None, EAST, OKUP="Grey zone", **days),
    )
    with pytest.raises(UnmappedValuesError) as caught:
        read_zone_files([folder], series="s")
    assert caught.value.unknown == {"Occupied by RF": 1, "Grey zone": 1}
    assert 'property = "DATA_ON"  # "01/03/2024" is read as 2024-03-01' in caught.value.draft
    assert '# 1 feature(s)\ncontroller = "?"\nstatus = "contested"' in caught.value.draft
    assert "#   id_str" in caught.value.draft


def test_a_draft_takes_codes_and_spans_and_leaves_what_the_ground_is_called(folder):
    spans = {"VON": 20250110, "BIS": 20250127}
    write(
        folder / "kivu.json",
        feature(None, WEST, CODE_CTRL=1, NOM="Goma", **spans),
        feature(None, EAST, CODE_CTRL=2, NOM="Masisi", **spans),
    )
    with pytest.raises(UnmappedValuesError) as caught:
        read_zone_files([folder], series="s")
    draft = caught.value.draft
    assert caught.value.unknown == {"1": 1, "2": 1}
    assert '[text]\nproperties = ["CODE_CTRL"]\nname = "NOM"' in draft
    assert 'property = "VON"' in draft
    assert 'until = "BIS"' in draft
    (folder.parent / "draft.toml").write_text(draft.replace('"?"', '"m23"'), encoding="utf-8")
    read = read_zone_files([folder], series="s", mapping=folder.parent / "draft.toml")
    assert {day.date() for day in read.zones["valid_to"]} == {date(2025, 1, 27)}
