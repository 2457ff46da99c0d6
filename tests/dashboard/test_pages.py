"""Every page on the sample store, on an empty one and on one that cannot be opened."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from dashboard.app import PAGES
from geo.stores import open_store
from geo.zones import read_zone_files  # noqa: F401  the zones page needs it
from tests.dashboard.sample_store import ROOT


def test_every_page_has_a_file_and_every_file_is_a_page() -> None:
    files = {path.stem for path in (ROOT / "dashboard" / "screens").glob("*.py")} - {"__init__"}
    assert files == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_runs_on_the_sample_store(dashboard, demo_store: Path, page: str, language: str) -> None:
    app = dashboard(demo_store, page, lang=language)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_helpful_on_an_empty_store(dashboard, empty_store: Path, page: str) -> None:
    app = dashboard(empty_store, page)
    assert not app.exception
    assert not app.error
    if page in ("map", "trends", "review"):
        assert any("geo demo" in item.value for item in app.code)
        assert str(empty_store) in app.info[0].value


@pytest.mark.parametrize("page", PAGES)
def test_a_store_that_is_missing_is_explained(dashboard, tmp_path: Path, page: str) -> None:
    missing = tmp_path / "missing.gpkg"
    app = dashboard(missing, page)
    assert not app.exception
    if page == "about":
        # It explains the dashboard, whatever is wrong with the store, and says which one that is.
        assert any(str(missing) in item.value for item in app.markdown)
        return
    assert str(missing) in app.error[0].value
    assert "geo demo" in app.code[0].value


def test_a_file_that_is_no_store_is_explained(dashboard, tmp_path: Path) -> None:
    other = tmp_path / "notes.gpkg"
    other.write_text("not a database")
    app = dashboard(other)
    assert not app.exception
    assert str(other) in app.error[0].value


def figures(app) -> str:
    return next(item.body for item in app.html if "ca-figures" in item.body)


def test_filters_come_from_the_link_and_write_it(dashboard, demo_store: Path) -> None:
    app = dashboard(demo_store, type="battles")
    assert app.multiselect(key="filter_types").value == ["battles"]
    before = figures(app)
    app.multiselect(key="filter_types").set_value([]).run()
    assert "type" not in app.query_params
    assert figures(app) != before
    app.text_input(key="filter_text").set_value("hospital").run()
    assert app.query_params["q"] == "hospital"
    app.button(key="clear_filters").click().run()
    assert not app.query_params
    assert not app.exception


def test_a_place_and_an_area_limit_the_events_and_are_in_the_link(dashboard, demo_store: Path) -> None:
    app = dashboard(demo_store)
    whole = figures(app)
    app.text_input(key="filter_place_name").set_value("Homs").run()
    assert not app.exception
    assert app.query_params["place"] == app.selectbox(key="filter_place").value
    assert figures(app) != whole
    app.text_input(key="filter_place_name").set_value("Nosuchplaceanywhere").run()
    assert "place" not in app.query_params
    assert any("Nosuchplaceanywhere" in caption.value for caption in app.caption)
    app = dashboard(demo_store, area="37.1,36.15,37.25,36.25")
    assert figures(app) != whole
    assert "36.150–36.250° N" in app.button(key="filter_area").label
    app.button(key="filter_area").click().run()
    assert "area" not in app.query_params
    assert figures(app) == whole


def test_the_card_says_which_other_places_were_possible(dashboard, demo_store: Path) -> None:
    from datetime import date

    from geo.pipeline import accounts_of

    with open_store(str(demo_store), read_only=True) as store:
        events = store.events(start=date(2016, 11, 15), end=date(2016, 12, 22))
        told = {event_id: accounts_of(store, event_id)[0] for event_id in events["event_id"]}
    event_id, others = next((key, one.resolution.runners_up) for key, one in told.items() if one.resolution.runners_up)
    bodies = [item.body for item in dashboard(demo_store, event=event_id).html]
    card = next(body for body in bodies if '<article class="ca-card"' in body)
    assert "Other places that it could mean" in card
    assert all(other.reason in unescape(card) for other in others)


def test_a_period_cannot_end_before_it_starts(dashboard, demo_store: Path) -> None:
    from datetime import date

    app = dashboard(demo_store)
    app.date_input(key="filter_end").set_value(date(2016, 11, 30)).run()
    app.date_input(key="filter_start").set_value(date(2016, 12, 5)).run()
    assert app.query_params["from"] == app.query_params["to"] == "2016-12-05"


def test_a_broken_link_still_opens_and_says_what_was_left_out(dashboard, demo_store: Path) -> None:
    app = dashboard(demo_store, type="war", day="2016-12-01")
    assert not app.exception
    assert "type=war" in app.warning[0].value


def test_a_link_to_an_event_opens_its_card_and_its_words(dashboard, demo_store: Path) -> None:
    with open_store(str(demo_store), read_only=True) as store:
        event_id = store.events()["event_id"].iloc[3]
    app = dashboard(demo_store, event=event_id)
    bodies = [item.body for item in app.html]
    assert any("ca-card" in body for body in bodies)
    assert any("<mark" in body for body in bodies)
    app.button(key="card_next").click().run()
    assert app.query_params["event"] != event_id
    app.button(key="card_close").click().run()
    assert "event" not in app.query_params


def test_an_event_that_the_view_hides_is_said_to_be_hidden(dashboard, demo_store: Path) -> None:
    app = dashboard(demo_store, event="ev-0000000000000000")
    assert any("not in this view" in caption.value for caption in app.caption)


def test_filters_that_leave_nothing_say_so(dashboard, demo_store: Path) -> None:
    for page in ("map", "trends", "review"):
        app = dashboard(demo_store, page, q="nosuchwordanywhere")
        assert not app.exception


REPORT = (
    "Shells fired by rebel groups hit a market in the al-Furqan district of Aleppo on Friday, "
    "killing at least three people, state media said."
)


def test_a_pasted_report_is_tried_without_a_trace_then_stored(dashboard, own_store: Path) -> None:
    from datetime import date

    def counts() -> tuple[int, int]:
        with open_store(str(own_store), read_only=True) as store:
            return len(store.documents()), len(store.events())

    before = counts()
    app = dashboard(own_store, "documents")
    app.text_area(key="paste_text").set_value(REPORT)
    app.date_input(key="paste_published").set_value(date(2016, 12, 17))
    app.text_input(key="paste_source").set_value("Test Wire")
    app.button(key="paste_try").click().run()
    assert not app.exception
    assert any("ca-card" in item.body for item in app.html)
    bodies = [item.body for item in app.html]
    assert any("<mark" in body for body in bodies)
    card = next(body for body in bodies if "ca-card" in body)
    assert "Ground held by</dt>" in card
    assert '<dd dir="auto">Unknown' not in card, "tried on the ground that the store knows"
    assert counts() == before
    app.button(key="paste_store").click().run()
    assert not app.exception
    assert "Documents stored: 1" in app.success[0].value
    after = counts()
    assert after[0] == before[0] + 1
    app.button(key="paste_store").click().run()
    assert counts() == after, "the same report a second time changes nothing"


def test_many_broken_lines_are_a_table_beside_what_was_found(dashboard, demo_store: Path) -> None:
    app = dashboard(demo_store, "documents")
    lines = "id,text\nr1,Shells hit a market in Sakhour on 20 November 2016.\nr2,No news today.\n" + "e,\n" * 30
    app.file_uploader(key="upload_files").set_value([("rows.csv", lines.encode(), "text/csv")])
    app.button(key="upload_try").click().run()
    assert not app.exception
    assert not app.warning
    tables = [item.value for item in app.dataframe]
    left = next(table for table in tables if "What was found" in table.columns)
    assert len(left) == 30
    assert left["Input"].iloc[0] == "rows.csv, line 4"
    read = next(table for table in tables if "warnings" in table.columns)
    assert list(read["events"]) == [1, 0]
    assert "Events found: 1 · documents: 2" in {item.value for item in app.subheader}


def test_nothing_pasted_is_asked_for(dashboard, demo_store: Path) -> None:
    app = dashboard(demo_store, "documents")
    app.button(key="paste_try").click().run()
    assert app.warning[0].value == "Paste a text first, or choose a file."


def test_a_feed_that_may_not_be_asked_is_refused_with_the_reason(dashboard, demo_store: Path) -> None:
    app = dashboard(demo_store, "documents")
    for address, reason in (
        ("http://127.0.0.1:9/feed.xml", "127.0.0.1"),
        ("/etc/passwd", "not an http or https address"),
    ):
        app.text_input(key="feed_url").set_value(address)
        app.button(key="feed_try").click().run()
        assert not app.exception
        assert any(reason in message.value.replace("\\", "") for message in app.warning)


def test_trends_count_people_by_kind_actor_and_ground_and_the_link_says_so(dashboard, demo_store: Path) -> None:
    app = dashboard(demo_store, "trends")
    assert "Events by sub-type" in {item.value for item in app.header}
    app.button_group(key="trends_count").set_value("killed").run()
    assert not app.exception
    assert app.query_params["count"] == "killed"
    heads = {item.value for item in app.header}
    assert {"Killed by sub-type", "Killed by who did it", "Killed by who held the ground"} <= heads
    assert sum("n = " in item.value for item in app.caption) == len(app.header), "every chart says its n"
