"""A place set by pointing at the map: what the browser reports, and what becomes of the event."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard.components.point_map import Spot, read_spot, zoom_for
from geo.stores import open_store


@pytest.mark.parametrize(
    ("told", "spot"),
    [
        ({"event": "ev-1", "lon": 37.15, "lat": 36.2}, Spot(37.15, 36.2)),
        ({"event": "ev-2", "lon": 37.15, "lat": 36.2}, None),
        ({"event": "ev-1", "lon": 437.15, "lat": 36.2}, None),
        ({"event": "ev-1", "lon": float("nan"), "lat": 36.2}, None),
        ({"event": "ev-1", "lon": "37", "lat": 36.2}, None),
        ({"event": "ev-1"}, None),
        (None, None),
    ],
)
def test_only_a_spot_on_the_globe_and_of_the_shown_event_counts(told: object, spot: Spot | None) -> None:
    assert read_spot(told, event_id="ev-1") == spot


@pytest.mark.parametrize(("doubt_km", "zoom"), [(None, 13), (0.5, 13), (8.0, 11), (44.0, 9), (4_000.0, 7)])
def test_the_map_to_point_at_shows_the_doubt_about_the_place(doubt_km: float | None, zoom: int) -> None:
    assert zoom_for(doubt_km) == zoom


def test_a_point_set_by_hand_is_named_by_the_place_that_it_lies_in(dashboard, own_store: Path) -> None:
    with open_store(str(own_store), read_only=True) as store:
        events = store.events(start=date(2016, 11, 15), end=date(2016, 12, 22))
    event_id = events[events["place_name"] != "al-Furqan"]["event_id"].iloc[0]
    app = dashboard(own_store, "review", event=event_id)
    app.text_input(key="review_person").set_value("Rima").run()
    app.button(key="review_correct").click().run()
    lon, lat = 37.1216, 36.2033
    app.number_input(key=f"lon_{event_id}").set_value(lon)
    app.number_input(key=f"lat_{event_id}").set_value(lat)
    next(button for button in app.button if button.label == "Save the correction").click().run()
    assert not app.exception
    with open_store(str(own_store), read_only=True) as store:
        events = store.events()
    row = events.set_index("event_id").loc[event_id]
    assert (row["lon"], row["lat"]) == (lon, lat)
    assert (row.geometry.x, row.geometry.y) == (lon, lat)
    assert row["review"] == "corrected"
    assert row["place_reason"].startswith("A person set this point, ")
    assert row["country"] == "SY"
    assert row["uncertainty_km"] == 0.5
