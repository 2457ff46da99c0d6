"""The frontline of slices whose zones do not touch: what a map adds to the borders it can see."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pytest
from shapely.geometry import box

from geo.crs import LONLAT
from geo.tables import ZONE_COLUMNS, check_zones, empty_table
from geo.zones import bridged_frontlines, frontlines

DAYS = ("2016-11-20", "2016-11-25")


def zones_with(gap: float, *, status: str = "held", east: str = "rebels") -> gpd.GeoDataFrame:
    """Two neighbours of 0.1 by 0.1 degrees, `gap` degrees apart, over five days."""
    rows = [
        {"zone_id": "west", "controller": "government", "status": "held"},
        {"zone_id": "east", "controller": east, "status": status},
    ]
    for row in rows:
        row |= {"series": "town", "controller_name": "", "colour": "", "name": "", "source": "", "note": ""}
        row |= {"valid_from": DAYS[0], "valid_to": DAYS[1], "known_since": None, "doubt_km": 0.0}
    shapes = [box(37.0, 36.0, 37.1, 36.1), box(37.1 + gap, 36.0, 37.2 + gap, 36.1)]
    return check_zones(gpd.GeoDataFrame(rows, geometry=shapes, crs=LONLAT))


def test_shared_borders_need_no_bridge() -> None:
    touching = zones_with(0.0)
    assert frontlines(touching)["length_km"].tolist() == pytest.approx([11.1], abs=0.05)
    assert bridged_frontlines(touching).empty


def test_a_street_between_two_sides_is_bridged_for_the_days_it_lasts() -> None:
    bridged = bridged_frontlines(zones_with(0.001))
    assert bridged["length_km"].tolist() == pytest.approx([11.1], abs=0.3)
    assert (bridged["valid_from"].dt.date.tolist(), bridged["valid_to"].dt.date.tolist()) == (
        [date(2016, 11, 20)],
        [date(2016, 11, 25)],
    )


def test_ground_of_several_parts_has_a_front() -> None:
    parted = zones_with(0.0)
    parted.geometry = [parted.geometry[0].union(box(36.0, 36.0, 36.1, 36.1)), parted.geometry[1]]
    assert frontlines(parted)["length_km"].tolist() == pytest.approx([11.1], abs=0.05)


@pytest.mark.parametrize(
    "zones",
    [zones_with(0.02), zones_with(0.001, east="government", status="contested"), empty_table(ZONE_COLUMNS)],
    ids=["too far apart", "contested ground of the same side", "no zones"],
)
def test_no_bridge(zones: gpd.GeoDataFrame) -> None:
    assert bridged_frontlines(zones).empty
