"""Changes of hands as a layer, as evidence and as a picture; the frontline as a table."""

import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest

from geo.tables import check_events
from geo.zones import (
    areas_by_day,
    areas_chart,
    build_series,
    change_events,
    change_records,
    changes,
    frontline_at,
    frontlines,
    length_km,
)

from .samples import EAST, WEST, zone, zones_of

ALEPPO = Path(__file__).resolve().parents[2] / "data" / "zones" / "aleppo"


@pytest.fixture(scope="module")
def halves():
    return zones_of(
        zone("rebels", WEST, "2020-01-01", "2020-01-04"),
        zone("government", EAST, "2020-01-01", "2020-01-04"),
        zone("government", WEST, "2020-01-04", "2020-01-06"),
        zone("government", EAST, "2020-01-04", "2020-01-05"),
        zone("rebels", EAST, "2020-01-05", "2020-01-06", status="contested"),
        zone("rebels", EAST, "2020-01-09", None),
    )


def test_changes_are_events_with_a_side_that_took_and_one_that_lost(halves):
    evidence = change_events(changes(halves), agreed=[(date(2020, 1, 4), date(2020, 1, 4))])
    assert evidence["sub_event_type"].tolist() == ["non_violent_transfer_of_territory", "armed_clash"]
    assert evidence["event_type"].tolist() == ["strategic_developments", "battles"]
    fought = change_events(changes(halves))
    assert fought["sub_event_type"].tolist() == ["government_regains_territory", "armed_clash"]
    records = check_events(change_records(fought, halves))
    assert records["actor1"].tolist() == ["Government", ""]
    assert records["actor2"].tolist() == ["Rebels", "Government"]
    assert records["control"].tolist() == ["government", "contested"]
    assert records["event_id"].is_unique
    assert all(point.within(ground) for point, ground in zip(records.geometry, fought.geometry, strict=True))
    assert change_records(fought.iloc[:0], halves).empty
    assert change_records(fought, halves)["event_id"].equals(records["event_id"])


def test_the_chart_shows_every_side_and_leaves_days_without_data_white(halves):
    areas = areas_by_day(halves)
    drawn = areas_chart(areas, title="Ground & sides", colours={"rebels": "#009E73"}, names={"rebels": "The Rebels"})
    root = ElementTree.fromstring(drawn)
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Ground & sides", "The Rebels", "government", "contested", "2020-01-01"} <= set(texts)
    bands = list(root.iter("{http://www.w3.org/2000/svg}polygon"))
    # Three sides, two runs of days with a gap of three days between.
    assert len(bands) == 6
    edges = sorted({float(point.split(",")[0]) for band in bands for point in band.get("points").split()})
    assert max(after - before for before, after in zip(edges, edges[1:], strict=False)) > 100


def test_the_table_of_frontlines_agrees_with_each_day():
    zones = build_series(ALEPPO)
    table = frontlines(zones, start=date(2016, 11, 20), end=date(2016, 12, 1))
    assert (table["valid_to"].iloc[:-1].to_numpy() == table["valid_from"].iloc[1:].to_numpy()).all()
    for row in table.itertuples():
        line = frontline_at(zones, row.valid_from.date())
        assert row.length_km == pytest.approx(length_km(line), rel=1e-3)
        assert line.equals(row.geometry)


def test_an_open_series_has_an_open_last_frontline():
    zones = zones_of(zone("reds", WEST, "2020-01-01"), zone("blues", EAST, "2020-01-01"))
    table = frontlines(zones)
    assert table["valid_to"].isna().tolist() == [True]
    assert frontlines(zones, end=date(2019, 1, 1)).empty
