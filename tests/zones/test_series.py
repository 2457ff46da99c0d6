"""The shipped series: built whole, deterministic, and in line with what is known of those days."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import shapely
from shapely.geometry import Point

from geo.crs import area_km2
from geo.errors import ConfigurationError
from geo.model import Place
from geo.zones import (
    areas_by_day,
    build_from_places,
    build_series,
    changes,
    check_series,
    frontline_at,
    held_ground,
    length_km,
    zones_at,
)

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(path.parent for path in (ROOT / "data" / "zones").glob("*/series.toml"))
ALEPPO = Place("aleppo", "aleppo:city", "Aleppo", 37.1343, 36.2021, "city", radius_km=5.9)


@pytest.fixture(scope="module")
def aleppo():
    return build_series(ROOT / "data" / "zones" / "aleppo")


def holder(zones, lon: float, lat: float, day: date) -> tuple[str, str]:
    valid = zones_at(zones, day)
    here = valid[valid.intersects(Point(lon, lat))]
    assert len(here) == 1
    return here["controller"].iat[0], here["status"].iat[0]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_shipped_series_is_sound(folder):
    zones = build_series(folder)
    report = check_series(zones)
    assert report.sound, report
    assert zones["note"].str.len().gt(0).all()
    assert zones.geometry.is_valid.all()


def test_the_build_is_deterministic(aleppo):
    again = build_series(ROOT / "data" / "zones" / "aleppo")
    assert again.drop(columns="geometry").equals(aleppo.drop(columns="geometry"))
    assert (again.geometry.to_wkb() == aleppo.geometry.to_wkb()).all()


def test_slices_are_half_open_and_cover_the_period_once(aleppo):
    slices = aleppo[["valid_from", "valid_to"]].drop_duplicates().sort_values("valid_from")
    assert slices["valid_from"].iat[0].date() == date(2016, 11, 15)
    assert slices["valid_to"].iat[-1].date() == date(2016, 12, 24)
    assert (slices["valid_to"].iloc[:-1].to_numpy() == slices["valid_from"].iloc[1:].to_numpy()).all()


def test_sides_on_20_november(aleppo):
    day = date(2016, 11, 20)
    assert holder(aleppo, 37.1859, 36.2089, day) == ("rebels", "held")
    assert holder(aleppo, 37.1174, 36.2100, day) == ("government", "held")
    assert holder(aleppo, 37.1525, 36.2361, day) == ("sdf", "held")
    assert holder(aleppo, 37.1222, 36.1802, day)[1] == "contested"


def test_the_north_east_falls_in_late_november_and_the_old_city_in_december(aleppo):
    assert holder(aleppo, 37.1897, 36.2203, date(2016, 11, 25)) == ("rebels", "held")
    assert holder(aleppo, 37.1897, 36.2203, date(2016, 11, 28)) == ("government", "held")
    assert holder(aleppo, 37.1665, 36.1968, date(2016, 12, 5)) == ("rebels", "held")
    assert holder(aleppo, 37.1665, 36.1968, date(2016, 12, 7)) == ("government", "held")
    assert holder(aleppo, 37.1346, 36.1779, date(2016, 12, 21)) == ("rebels", "held")
    assert "rebels" not in set(zones_at(aleppo, date(2016, 12, 23))["controller"])


def test_sheikh_saeed_goes_back_and_forth(aleppo):
    days = [date(2016, 11, 29), date(2016, 11, 30), date(2016, 12, 1), date(2016, 12, 2), date(2016, 12, 12)]
    assert [holder(aleppo, 37.1564, 36.1648, day) for day in days] == [
        ("rebels", "held"),
        ("rebels", "contested"),
        ("rebels", "held"),
        ("rebels", "contested"),
        ("government", "held"),
    ]


def test_ramouseh_goes_back_and_forth_when_built_from_the_summer_on():
    zones = build_series(ROOT / "data" / "zones" / "aleppo", start=date(2016, 7, 15), end=date(2016, 10, 1))
    days = [date(2016, 8, 1), date(2016, 8, 6), date(2016, 8, 20), date(2016, 9, 7), date(2016, 9, 20)]
    assert [holder(zones, 37.1316, 36.1571, day) for day in days] == [
        ("government", "held"),
        ("government", "contested"),
        ("rebels", "held"),
        ("rebels", "contested"),
        ("government", "held"),
    ]


def test_rebel_held_area_shrinks_to_nothing(aleppo):
    areas = areas_by_day(aleppo)
    rebels = areas[areas["controller"] == "rebels"].set_index("day")["area_km2"]
    assert 40 < rebels["2016-11-20"] < 55
    assert rebels["2016-12-01"] < 30
    assert rebels["2016-12-16"] < 6
    assert rebels.index.max().date() == date(2016, 12, 21)
    assert set(areas["day"].dt.date) >= {date(2016, 11, 15), date(2016, 12, 23)}


def test_what_passed_on_28_november_names_the_places_inside(aleppo):
    import geopandas as gpd

    places = gpd.GeoDataFrame(
        {"name": ["Sakhour", "Sukkari"]}, geometry=[Point(37.1897, 36.2203), Point(37.143, 36.176)]
    )
    changed = changes(aleppo, start=date(2016, 11, 28), end=date(2016, 11, 28), places=places.set_crs(4326))
    taken = changed[changed["to_side"] == "government"]
    assert set(changed["day"].dt.date) == {date(2016, 11, 28)}
    assert "Sakhour" in "; ".join(taken["places"])
    assert "Sukkari" not in "; ".join(changed["places"])
    assert (changed["area_km2"] - changed.geometry.map(area_km2)).abs().max() < 1e-3


def test_frontline_lies_between_the_sides(aleppo):
    day = date(2016, 11, 20)
    line = frontline_at(aleppo, day)
    valid = zones_at(aleppo, day)
    rebels = shapely.union_all(valid[valid["controller"] == "rebels"].geometry.to_numpy())
    outer = shapely.union_all(valid.geometry.to_numpy()).boundary
    # Contested ground is a side of its own, so it is gone round as well.
    assert 30 < length_km(line) < 60
    assert line.distance(rebels) == 0
    assert line.intersection(outer.buffer(1e-6)).length < 0.1 * line.length


def test_held_ground_is_the_sides_own(aleppo):
    ground = held_ground(aleppo)
    day = date(2016, 11, 20)
    eastern = ground(ALEPPO, "rebels", day)
    assert eastern is not None
    assert eastern.intersects(Point(37.1859, 36.2089))
    assert not eastern.intersects(Point(37.1174, 36.2100))
    assert ground(ALEPPO, "nobody", day) is None
    assert ground(ALEPPO, "rebels", date(2016, 12, 23)) is None
    assert ground(ALEPPO, "rebels", date(2020, 1, 1)) is None
    hospital = Place("aleppo", "aleppo:h", "hospital", 37.1859, 36.2089, "hospital", radius_km=0.3)
    near = ground(hospital, "rebels", day)
    assert near is not None
    assert area_km2(near) < 2


def test_every_statement_cites_a_declared_source():
    for folder in FOLDERS:
        text = (folder / "series.toml").read_text(encoding="utf-8")
        declared = set(re.findall(r"^\[sources\.(\w+)\]", text, re.M))
        build_series(folder)
        assert declared


def test_a_wrong_folder_names_every_fault(tmp_path):
    (tmp_path / "series.toml").write_text('name = "x"\nstarts = 2020-01-02\nends = 2020-01-01\ncolour = 1\n')
    with pytest.raises(ConfigurationError) as caught:
        build_series(tmp_path)
    for word in ("controllers", "colour", "ends"):
        assert word in str(caught.value)


def test_zones_from_a_table_of_places(tmp_path):
    table = tmp_path / "towns.csv"
    table.write_text(
        "place,lon,lat,day,holder,status\n"
        "North,10,51,2020-01-01,Reds,\n"
        "South,10,50,2020-01-01,Blues,\n"
        "South,10,50,2020-01-05,Reds,\n"
        "North,10,51,2020-01-03,Reds,contested\n"
        "East,11,50.5,2020-01-04,Blues,\n"
    )
    zones = build_from_places(table, series="towns")
    assert holder(zones, 10, 50, date(2020, 1, 4)) == ("blues", "held")
    assert holder(zones, 10, 50, date(2020, 1, 5)) == ("reds", "held")
    assert holder(zones, 10, 51, date(2020, 1, 3)) == ("reds", "contested")
    # Nobody says who held the east before the fourth.
    assert not zones_at(zones, date(2020, 1, 2)).intersects(Point(11, 50.5)).any()
    assert check_series(zones).sound


def test_zones_agree_with_every_neighbourhood_whose_holder_is_known(aleppo):
    path = ROOT.parent / "shared" / "data" / "aleppo" / "places.csv"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    said = {"government": "government", "rebel": "rebels", "kurdish_sdf": "sdf", "split/contested": "contested"}
    places = pd.read_csv(path)
    known = places[
        places["side_2016_11_20"].isin(said)
        & places["kind"].isin(["neighbourhood", "industrial area", "hospital"])
        & ~places["source"].str.contains(r"unverified memory \(coords\)")
    ]
    valid = zones_at(aleppo, date(2016, 11, 20))
    wrong = []
    for row in known.itertuples():
        here = valid[valid.intersects(Point(row.lon, row.lat))]
        found = {
            status if status == "contested" else side
            for side, status in zip(here["controller"], here["status"], strict=True)
        }
        if found and found != {said[row.side_2016_11_20]}:
            wrong.append((row.name, row.side_2016_11_20, found))
    assert len(known) > 120
    assert not wrong
