"""One event in, one event out, with the side that held its ground."""

import geopandas as gpd
import pytest
from shapely.geometry import box

from geo.crs import LONLAT, area_km2
from geo.zones import frontline_at, join_control, length_km

from .samples import EAST, WEST, event, events_of, zone, zones_of

DAY = "2020-01-01"


@pytest.fixture(scope="module")
def halves():
    return zones_of(
        zone("reds", WEST, DAY, "2020-01-03"),
        zone("blues", EAST, DAY, "2020-01-03"),
        zone("reds", WEST, "2020-01-03", "2020-01-05"),
        zone("reds", EAST, "2020-01-03", "2020-01-04"),
        zone("blues", EAST, "2020-01-04", "2020-01-05", status="contested", name="East End"),
    )


def test_every_answer_of_the_join(halves):
    joined = join_control(
        events_of(
            event("held", 0.2, 0.5, DAY),
            event("reaches", 0.48, 0.5, DAY, uncertainty_km=5.0),
            event("changes", 0.8, 0.5, "2020-01-02", "2020-01-03"),
            event("same side, new slice", 0.2, 0.5, "2020-01-02", "2020-01-03"),
            event("contested", 0.8, 0.5, "2020-01-04"),
            event("outside", 3.0, 3.0, DAY),
            event("late", 0.2, 0.5, "2021-01-01"),
            event("no place", None, None, DAY),
            event("no day", 0.2, 0.5, None),
            event("half before", 0.2, 0.5, "2019-12-30", "2020-01-01"),
        ),
        halves,
    ).set_index("event_id")
    assert joined["control"].to_dict() == {
        "held": "reds",
        "reaches": "uncertain",
        "changes": "uncertain",
        "same side, new slice": "reds",
        "contested": "contested",
        "outside": "unknown",
        "late": "unknown",
        "no place": "unknown",
        "no day": "unknown",
        "half before": "uncertain",
    }
    assert joined["control_reason"].str.endswith(".").all()
    assert (joined["control_reason"].str.count(r"\. ") == 0).all()
    assert joined.loc["held", "zone_id"] == "sample-0"
    assert "East End" in joined.loc["contested", "control_reason"]
    assert joined.loc["held", "frontline_km"] == pytest.approx(33.36, abs=0.2)
    assert joined.loc[["no place", "no day", "late"], "frontline_km"].isna().all()


def test_overlapping_sides_are_contested_and_one_sides_overlap_is_not():
    zones = zones_of(
        zone("reds", box(0, 0, 0.6, 1), DAY),
        zone("blues", box(0.4, 0, 1, 1), DAY),
        zone("blues", box(0.7, 0, 1, 1), DAY),
    )
    joined = join_control(events_of(event("both", 0.5, 0.5, DAY), event("one", 0.9, 0.5, DAY)), zones)
    assert joined["control"].tolist() == ["contested", "blues"]
    assert "overlap" in joined["control_reason"].iat[0]


def test_an_event_placed_by_a_region_belongs_to_who_holds_the_region(halves):
    shapes = {"city#east": box(0.55, 0.1, 0.95, 0.9), "city#all": box(0.1, 0.1, 0.9, 0.9)}
    regions = gpd.GeoDataFrame(
        {"region_id": list(shapes), "name": ["the east", "the city"]}, geometry=list(shapes.values()), crs=LONLAT
    )
    some = events_of(
        event("east", 0.7, 0.5, DAY, gazetteer_id="city#east", uncertainty_km=40.0),
        event("all", 0.7, 0.5, DAY, gazetteer_id="city#all", uncertainty_km=40.0),
        event("over time", 0.7, 0.5, DAY, "2020-01-03", gazetteer_id="city#east"),
    )
    assert join_control(some, halves)["control"].tolist() == ["uncertain", "uncertain", "uncertain"]
    joined = join_control(some, halves, regions=regions)
    assert joined["control"].tolist() == ["blues", "uncertain", "uncertain"]
    assert "100%" in joined["control_reason"].iat[0]
    assert "50%" in joined["control_reason"].iat[1]


def test_without_zones_or_events(halves):
    nothing = zones_of(zone("reds", WEST, DAY)).iloc[:0]
    joined = join_control(events_of(event("a", 0.2, 0.5, DAY)), nothing)
    assert joined["control"].tolist() == ["unknown"]
    assert join_control(events_of(event("a", 0.2, 0.5, DAY)).iloc[:0], halves).empty


def test_narrow_gaps_are_bridged_and_wide_ones_are_not():
    # 0.002 degrees of longitude at the equator are 223 m.
    narrow = zones_of(zone("reds", box(0, 0, 0.499, 1), DAY), zone("blues", box(0.501, 0, 1, 1), DAY))
    from datetime import date

    day = date(2020, 1, 1)
    assert length_km(frontline_at(narrow, day)) == pytest.approx(110.6, rel=0.02)
    assert frontline_at(narrow, day, bridge_km=0.1).is_empty


def test_the_frontline_of_shared_borders_is_exact(halves):
    from datetime import date

    line = frontline_at(halves, date(2020, 1, 1), bridge_km=0)
    assert line.equals(WEST.intersection(EAST))


def test_an_enclave_drawn_on_top_has_a_frontline_all_around():
    from datetime import date

    island = box(0.4, 0.4, 0.6, 0.6)
    zones = zones_of(zone("reds", box(0, 0, 1, 1), DAY), zone("blues", island, DAY))
    line = frontline_at(zones, date(2020, 1, 1))
    assert line.hausdorff_distance(island.boundary) < 0.02
    assert area_km2(island) > 0
