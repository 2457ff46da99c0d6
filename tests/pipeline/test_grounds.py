"""What "rebel-held X" covers by the zones of somebody's own store."""

from dataclasses import replace
from datetime import date

import pytest
from shapely.geometry import Point

from geo.model import Place
from geo.pipeline import Plan, ingest
from geo.pipeline.grounds import known_ground
from geo.stores import Store
from geo.zones import build_from_places
from tests.pipeline.test_ingest import write_reports

SAID = "Warplanes bombed a hospital in the rebel-held part of Idlib on Saturday. Four people were killed, medics said."
IDLIB = Place("idlib", "test:idlib", "Idlib", 36.634, 35.93, "city", radius_km=3.0)
SATURDAY = date(2016, 11, 19)


@pytest.fixture
def own(tmp_path, plan: Plan, store: Store):
    """A plan whose store says that rebels held the north of Idlib in one week."""
    table = tmp_path / "places.csv"
    table.write_text(
        "place,lon,lat,day,holder\nnorth,36.634,35.96,2016-11-14,rebels\nsouth,36.634,35.90,2016-11-14,government\n"
    )
    zones = build_from_places(table, series="mine", end=date(2016, 11, 21))
    store.put_zones(zones)
    north = zones[zones["controller"] == "rebels"].geometry.iat[0]
    return replace(plan, store=store.address), north


def test_own_zones_say_what_a_side_holds_on_a_day(own, plan):
    mine, north = own
    ground = known_ground(mine)(IDLIB, "rebels", SATURDAY)
    assert ground is not None
    assert ground.within(north.buffer(1e-6))
    assert known_ground(plan)(IDLIB, "rebels", SATURDAY) is None
    assert known_ground(mine)(IDLIB, "rebels", date(2017, 11, 19)) is None
    assert known_ground(mine)(IDLIB, "rebels", None) is None
    assert known_ground(replace(mine, store=mine.store + "-is-gone"))(IDLIB, "rebels", SATURDAY) is None


def test_a_report_of_a_held_part_is_placed_on_own_zones(own, store, tmp_path):
    mine, north = own
    ingest([write_reports(tmp_path, SAID)], plan=mine, store=store, jobs=1)
    (event,) = store.events().itertuples()
    assert Point(event.lon, event.lat).within(north)
    assert (event.control, event.date_start.date()) == ("rebels", SATURDAY)


def test_a_password_does_not_get_into_a_run(plan):
    told = replace(plan, store="postgresql://reader:secret@host/atlas").record()["store"]
    assert told == "postgresql://reader:***@host/atlas"
