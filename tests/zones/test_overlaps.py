"""Ground of two sides in one snapshot, and new days of a series that is there already."""

import json
from datetime import date

import pytest
from hypothesis import given
from shapely.geometry import box, mapping

from geo.crs import area_km2
from geo.errors import ConfigurationError
from geo.zones import appended, check_series, read_zone_files, zones_at
from geo.zones.mapping import OverlapRule, read_mapping

from .test_properties import CALM, snapshots, written

LARGE, SMALL = box(0, 0, 1, 1), box(0.9, 0.4, 1.2, 0.6)
SHARED_KM2 = area_km2(LARGE.intersection(SMALL))
RULES = """
[text]
properties = ["name"]
[[rules]]
is = "Reds"
controller = "reds"
[[rules]]
is = "Blues"
controller = "blues"
"""


def write(folder, day, *grounds):
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": mapping(shape)} for name, shape in grounds
    ]
    path = folder / f"map_{day}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.fixture
def rules(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("rule", "reds", "blues", "contested"),
    [("contested", -1, -1, 1), ("smaller", -1, 0, 0), ("last", -1, 0, 0), ("keep", 0, 0, 0)],
)
def test_ground_of_two_sides_is_given_away_by_the_stated_rule(tmp_path, rules, rule, reds, blues, contested):
    rules.write_text(f'[overlaps]\nrule = "{rule}"\n' + RULES, encoding="utf-8")
    for day in ("20200101", "20200102"):
        write(tmp_path, day, ("Reds", LARGE), ("Blues", SMALL), ("Blues", box(5, 5, 6, 6 + int(day) % 2)))
    read = read_zone_files(sorted(tmp_path.glob("*.geojson")), series="s", mapping=rules)
    here = zones_at(read.zones, date(2020, 1, 1))
    held = {
        (row.controller, row.status): sum(area_km2(shape) for shape in here.geometry[[row.Index]])
        for row in here[here.intersects(LARGE)].itertuples()
    }
    assert held["reds", "held"] == pytest.approx(area_km2(LARGE) + reds * SHARED_KM2, rel=1e-4)
    assert held["blues", "held"] == pytest.approx(area_km2(SMALL) + blues * SHARED_KM2, rel=1e-4)
    assert held.get(("reds", "contested"), 0) == pytest.approx(contested * SHARED_KM2, rel=1e-4)
    told = [fault for fault in read.report.faults if fault.faults == (f"overlap_{rule}",)]
    assert len(told) == -reds - blues
    assert all(fault.changed_km2 == pytest.approx(SHARED_KM2, rel=1e-4) for fault in told)
    assert {fault.original.wkt for fault in told} <= {LARGE.wkt, SMALL.wkt}
    assert bool(check_series(read.zones).overlaps) == (rule == "keep")


def test_an_unknown_rule_is_refused(rules):
    rules.write_text('[overlaps]\nrule = "strongest"\n' + RULES, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="contested, smaller, last, keep"):
        read_mapping(rules)
    assert read_mapping.__module__ == OverlapRule.__module__


@CALM
@given(taken=snapshots())
def test_nothing_overlaps_after_an_import(tmp_path, taken):
    assert not check_series(written(tmp_path, taken).zones, least_km2=0.5).overlaps


def test_a_new_day_joins_a_series_and_an_old_one_changes_nothing(tmp_path, rules):
    first = write(tmp_path, "20200101", ("Reds", LARGE), ("Blues", box(1, 0, 2, 1)))
    second = write(tmp_path, "20200105", ("Reds", LARGE))
    third = write(tmp_path, "20200109", ("Blues", LARGE))
    between = write(tmp_path, "20200103", ("Blues", SMALL))

    def read(*files):
        return read_zone_files(files, series="s", mapping=rules).zones

    whole = read(first, between, second, third)
    joined = read(first, second)
    for path in (third, between):
        joined = appended(joined, read(path))
    kept = ["zone_id", "controller", "valid_from", "valid_to"]
    assert joined[kept].equals(whole[kept])
    assert (joined.geometry.to_wkb() == whole.geometry.to_wkb()).all()
    for path in (first, between, second, third):
        assert appended(joined, read(path)) is joined
    assert appended(joined, whole) is joined
    corrected = appended(joined, read(write(tmp_path, "20200105", ("Blues", LARGE))))
    assert zones_at(corrected, date(2020, 1, 6))["controller"].tolist() == ["blues"]
    assert zones_at(corrected, date(2020, 1, 4)).geometry.iat[0].equals(SMALL)


@CALM
@given(taken=snapshots())
def test_days_appended_one_by_one_say_what_one_import_says(tmp_path, taken):
    days = sorted(taken)
    whole = written(tmp_path, taken).zones
    joined = whole.iloc[:0]
    for day in days:
        joined = appended(joined, written(tmp_path, {day: taken[day]}).zones)
    for day in days:
        told, expected = zones_at(joined, day), zones_at(whole, day)
        assert sorted(told["controller"]) == sorted(expected["controller"])
        assert sorted(told.geometry.to_wkt()) == sorted(expected.geometry.to_wkt())


def test_intervals_are_added_once(tmp_path):
    def file(name, *spans):
        features = [
            {
                "type": "Feature",
                "properties": {"controller": side, "valid_from": start, "valid_to": end},
                "geometry": mapping(LARGE),
            }
            for side, start, end in spans
        ]
        path = tmp_path / name
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        return read_zone_files([path], series="s")

    old = file("a.geojson", ("reds", "2020-01-01", "2020-02-01"))
    new = file("b.geojson", ("reds", "2020-01-01", "2020-02-01"), ("blues", "2020-01-01", None))
    assert new.report.intervals
    joined = appended(old.zones, new.zones, intervals=True)
    assert joined["controller"].tolist() == ["reds", "blues"]
    assert joined["zone_id"].is_unique
    assert appended(joined, new.zones, intervals=True) is joined
