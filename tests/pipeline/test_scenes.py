"""Which zones a map shows that was asked for no series by name."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from geo.crs import LONLAT
from geo.matching import match_accounts
from geo.pipeline import fitting_series, load_scene
from geo.records import events_table, regions_table
from geo.stores import open_store
from geo.tables import check_zones
from tests.samples import account, days_later, document


def ground(series: str) -> gpd.GeoDataFrame:
    row = {
        "zone_id": f"{series}-1", "series": series, "controller": "army", "controller_name": "", "colour": "",
        "status": "held", "name": "", "valid_from": date(2016, 11, 1), "valid_to": None, "known_since": None,
        "doubt_km": None, "source": "", "note": "",
    }  # fmt: skip
    return check_zones(gpd.GeoDataFrame([row], geometry=[box(37, 36, 38, 37)], crs=LONLAT))


@pytest.mark.parametrize(
    ("lies_on", "fitting"), [("own-1", "own"), ("shipped-1", "shipped"), ("", "")], ids=["own", "shipped", "elsewhere"]
)
def test_a_map_shows_the_zones_its_events_lie_on(tmp_path, lies_on, fitting):
    with open_store(str(tmp_path / "store.gpkg"), create=True) as store:
        for series in ("own", "shipped"):
            store.put_zones(ground(series))
        # With nothing to go by, the first.
        assert fitting_series(store) == "own"
        report = document("d1", "A hospital in eastern Aleppo was bombed on Saturday.")
        found = match_accounts((account(report),))
        store.put_events(events_table(found).assign(zone_id=lies_on), regions_table(found))
        assert fitting_series(store) == fitting
        assert set(load_scene(store).zones["series"]) == ({fitting} if fitting else set())
        assert set(load_scene(store, series="shipped").zones["series"]) == {"shipped"}


def test_a_map_reaches_the_newest_zones_where_they_hold_until_further_notice(tmp_path):
    with open_store(str(tmp_path / "store.gpkg"), create=True) as store:
        old, new = ground("own"), ground("own").assign(zone_id="own-2")
        old["valid_to"], new["valid_from"] = pd.Timestamp("2016-11-15"), pd.Timestamp("2016-11-15")
        store.put_zones(gpd.GeoDataFrame(pd.concat([old, new], ignore_index=True), crs=LONLAT))
        scene = load_scene(store)
        assert (scene.start, scene.end) == (date(2016, 11, 1), date(2016, 11, 15))
        found = match_accounts((account(document("d1", "A hospital in Aleppo was bombed."), day=days_later(20)),))
        store.put_events(events_table(found), regions_table(found))
        assert load_scene(store, series="own").end == days_later(20)
