"""The reader's moves on the map, as Python hears of them."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.components.map_frame import Moved, read_moved


@pytest.mark.parametrize(
    ("state", "moved"),
    [
        (
            {"day": "2016-11-25", "selected": "ev-1", "moves": {"day": 3, "selected": 5}, "backs": 1},
            Moved(date(2016, 11, 25), "ev-1", 3, 5, 1),
        ),
        ({"day": "2016-02-31", "selected": None}, Moved()),
        ({"moves": "none", "backs": "x"}, Moved()),
        ({"moves": {"day": "3"}}, Moved()),
    ],
)
def test_what_the_browser_reports_is_read_strictly(state: dict, moved: Moved) -> None:
    assert read_moved(state) == moved


def test_what_the_session_wrote_last_is_believed_over_an_older_message(dashboard, demo_store) -> None:
    app = dashboard(demo_store, q="hospital")
    app.text_input(key="filter_text").set_value("school").run()
    assert app.query_params["q"] == "school"
    # A message that left the browser before it had heard of the new URL.
    app.query_params["q"] = "hospital"
    app.run()
    assert app.text_input(key="filter_text").value == "school"
    assert app.query_params["q"] == "school"
