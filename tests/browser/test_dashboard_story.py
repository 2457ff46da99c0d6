"""The dashboard's main story in a real browser with the network off."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import pandas as pd
import pytest
from playwright.sync_api import Browser, expect

from geo.stores import open_store
from geo.tables import EVENT_COLUMNS, ZONE_COLUMNS
from tests.browser.serving import Visit
from tests.layers import browsing

FORMATS = {
    "geojson": gpd.read_file,
    "csv": pd.read_csv,
    # Where QGIS shows a list of layers to choose from.
    "gpkg": lambda path: gpd.read_file(path, layer=path.stem),
    "parquet": gpd.read_parquet,
    "kml": gpd.read_file,
}
"""By suffix, what opens a file of it."""
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("dashboard")]


@pytest.fixture(scope="module")
def hospital(demo_store: Path) -> dict:
    """A strike of the sample store whose quoted words name a hospital, found as a reader finds it."""
    with open_store(str(demo_store), read_only=True) as store:
        events = store.events()
    for row in events.sort_values("date_start").to_dict("records"):
        words = " ".join(quote["text"] for told in json.loads(row["accounts"]) for quote in told["evidence"])
        if "health_care" in row["tags"] and "hospital" in words.casefold() and row["lon"] == row["lon"]:
            return row
    pytest.fail("the sample store tells of no hospital")


def test_the_fall_of_eastern_aleppo_and_the_hospital(visit, hospital: dict, tmp_path: Path) -> None:
    tab = visit()
    page = tab.open("/?day=2016-11-26")
    day = tab.map.locator("[data-testid=timeline-day]")
    expect(day).to_have_attribute("data-day", "2016-11-26")
    before = tab.area("rebels")

    # Played day by day to 13 December: each is drawn by the map itself, while no message reaches the server.
    play = tab.map.locator("[data-testid=timeline-play]")
    tab.map.locator("[data-testid=timeline-pace]").select_option("fast")
    with tab.silence():
        tab.press(play)
        expect(day).to_have_attribute("data-day", re.compile("2016-12-1[3-9]"))
        tab.press(play)
        expect(play).to_have_attribute("aria-label", "Play")
        while tab.map_day() != "2016-12-13":
            tab.press(tab.map.locator("[data-testid=timeline-back]"))
    page.wait_for_url("**day=2016-12-13**")
    expect(page.locator(".figure.area-rebels small")).to_contain_text("since 15 Nov")
    page.wait_for_function(
        "before => parseFloat(document.querySelector('.figure.area-rebels strong').textContent) < before / 2",
        arg=before,
    )
    legend = tab.map.locator("[data-testid=legend-area][data-controller=rebels]")
    # Days that the map rested on in between come first.
    page.wait_for_function(
        "area => Math.abs(parseFloat(document.querySelector('.figure.area-rebels strong').textContent) - area) < 0.1",
        arg=float(legend.get_attribute("data-area-km2")),
    )

    # The hospital: searched for, chosen in the list, shown on the map, with its words in their text.
    search = page.get_by_label("Search", exact=True)
    search.fill("hospital")
    search.press("Enter")
    tab.rest()
    row = tab.row(hospital["event_id"])
    row.click()
    expect(row).to_have_attribute("aria-selected", "true")
    expect(page.locator(".ca-card")).to_contain_text("health care")
    expect(page.locator(".ca-card")).to_contain_text(hospital["place_name"])
    expect(tab.map.locator("[data-testid=card]")).to_have_attribute("data-event-id", hospital["event_id"])
    page.wait_for_url(f"**event={hospital['event_id']}**")
    marked = page.locator(".ca-telling blockquote mark")
    expect(marked.first).to_be_visible()
    quoted = {quote["text"] for told in json.loads(hospital["accounts"]) for quote in told["evidence"]}
    shown = page.locator(".ca-telling blockquote").first.inner_text()
    assert any(words in shown for words in quoted)

    # What is seen is what is downloaded.
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as waiting:
        page.locator(".st-key-download_events_geojson button").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    events = gpd.read_file(file)
    # GeoJSON gives each feature an id of its own beside the properties.
    assert list(events.columns.drop("id", errors="ignore")) == [*(column.name for column in EVENT_COLUMNS), "geometry"]
    assert hospital["event_id"] in set(events["event_id"])
    assert len(events) == int(page.locator(".figure.events strong").inner_text())


def test_the_view_can_be_had_in_every_format(visit, chromium: Browser, tmp_path: Path) -> None:
    tab = visit()
    page = tab.open("/?q=hospital")
    shown = int(page.locator(".figure.events strong").inner_text())
    page.get_by_role("button", name="Download").click()
    files = {}
    for layer, suffix in [
        ("events", "html"),
        *((layer, suffix) for layer in ("events", "zones") for suffix in FORMATS),
    ]:
        # While the page is drawn anew, a button that is pressed may be the one just taken away.
        tab.rest()
        with page.expect_download() as waiting:
            page.locator(f".st-key-download_{layer}_{suffix} button").click()
        files[layer, suffix] = tmp_path / f"{layer}.{suffix}"
        waiting.value.save_as(files[layer, suffix])
        assert waiting.value.suggested_filename == (
            "conflict-atlas-map.html" if suffix == "html" else f"{layer}.{suffix}"
        )
    for layer, columns in (("events", EVENT_COLUMNS), ("zones", ZONE_COLUMNS)):
        tables = {suffix: FORMATS[suffix](files[layer, suffix]) for suffix in FORMATS}
        names = [column.name for column in columns]
        # GeoJSON gives each feature an id of its own beside the properties; a KML says the rest in words.
        for suffix in ("geojson", "csv", "gpkg", "parquet"):
            assert [name for name in tables[suffix] if name in names] == names, suffix
        assert len({len(table) for table in tables.values()}) == 1, {name: len(table) for name, table in tables.items()}
        assert len(tables["csv"]) == shown or layer == "zones"
    assert set(FORMATS["parquet"](files["zones", "parquet"])["controller"]) == {"government", "rebels", "sdf"}
    with browsing.visit(chromium, files["events", "html"]) as alone:
        alone.ready().locator("[data-testid=timeline-window]").select_option("all")
        alone.page.locator("[data-testid=timeline-slider]").press("End")
        expect(alone.page.locator("[data-testid=event-item]").first).to_be_attached()
    assert alone.faults == []


def test_a_link_reproduces_the_view_and_back_undoes_a_step(visit, hospital: dict) -> None:
    tab = visit()
    page = tab.open("/?q=hospital&day=2016-11-25")
    tab.row(hospital["event_id"]).click()
    page.wait_for_url(f"**event={hospital['event_id']}**")
    expect(page.locator(".ca-card")).to_be_visible()
    tab.rest()
    link = page.url
    page.go_back()
    expect(page.locator(".ca-card")).to_have_count(0)
    expect(tab.map.locator("[data-testid=timeline-day]")).to_have_attribute("data-day", "2016-11-25")
    page.go_forward()
    expect(page.locator(".ca-card")).to_be_visible()

    # Browsers reload a frame when they go back past its start: it must not bring its first day with it.
    map_frame = page.locator("iframe").element_handle()
    map_frame.evaluate("frame => { frame.src = frame.src; }")
    expect(tab.map.locator("[data-testid=card]")).to_have_attribute("data-event-id", hospital["event_id"])
    expect(tab.map.locator("[data-testid=timeline-day]")).to_have_attribute("data-day", tab.day_of_url())
    expect(page.locator(".ca-card")).to_be_visible()

    other = visit()
    other.page.goto(link)
    expect(other.page.locator(".ca-card")).to_be_visible()
    expect(other.row(hospital["event_id"])).to_have_attribute("aria-selected", "true")
    expect(other.map.locator("[data-testid=timeline-day]")).to_have_attribute("data-day", tab.map_day() or "")
    expect(other.page.get_by_label("Search", exact=True)).to_have_value("hospital")


def test_a_link_reproduces_how_the_map_is_looked_at_too(visit) -> None:
    tab = visit()
    page = tab.open("/?day=2016-11-25")
    page.locator("iframe.ready").wait_for()
    # What is looked at is in the link, and no step of the browser's back.
    steps = page.evaluate("() => history.length")
    tab.map.locator("[data-testid=timeline-window]").select_option("week")
    page.wait_for_url("**window=week**")
    tab.press(tab.map.get_by_role("button", name="Zoom in"))
    page.wait_for_url("**at=**")
    assert page.evaluate("() => history.length") == steps
    tab.press(tab.map.locator("[data-testid=timeline-next]"))
    page.wait_for_url("**day=2016-11-26**")
    tab.rest()
    assert {"at", "window"} <= set(parse_qs(urlsplit(page.url).query)), "what Python writes keeps it"
    at = parse_qs(urlsplit(page.url).query)["at"]

    other = visit()
    other.page.goto(page.url)
    other.page.locator("iframe.ready").wait_for()
    expect(other.map.locator("[data-testid=timeline-window]")).to_have_value("week")
    expect(other.map.locator("[data-testid=timeline-day]")).to_have_attribute("data-day", "2016-11-26")
    scale = tab.map.locator(".leaflet-control-scale-line").first.inner_text()
    expect(other.map.locator(".leaflet-control-scale-line").first).to_have_text(scale)
    assert parse_qs(urlsplit(other.page.url).query)["at"] == at


def test_the_view_goes_along_to_other_pages(visit) -> None:
    tab = visit()
    page = tab.open("/?type=battles")
    page.get_by_role("link", name="Trends").click()
    page.wait_for_url("**/trends?*type=battles*")
    tab.rest()
    expect(page.locator("[data-testid=stSidebar]")).to_contain_text("Battles")
    page.get_by_role("link", name="Map").click()
    page.wait_for_url("**type=battles*")


def test_map_and_list_follow_each_other_by_keyboard(visit) -> None:
    tab = visit()
    page = tab.open("/?day=2016-11-20")
    listbox = page.get_by_role("listbox", name="Events by day")
    # Its lines come after the page: before, there is nothing to choose from.
    page.locator(".list .event").first.wait_for()
    listbox.focus()
    listbox.press("ArrowDown")
    chosen = page.locator('.event[aria-selected="true"]')
    expect(chosen).to_have_count(1)
    first = chosen.get_attribute("data-id")
    expect(tab.map.locator("[data-testid=card]")).to_have_attribute("data-event-id", first)
    listbox.press("ArrowDown")
    expect(chosen).not_to_have_attribute("data-id", first)
    # The frame is a process of its own: a key pressed there before it has heard of the second event closes the first.
    second = chosen.get_attribute("data-id")
    expect(tab.map.locator("[data-testid=card]")).to_have_attribute("data-event-id", second)
    expect(page.locator(".ca-card")).to_be_visible()
    # Closed on the map, closed in the list and beside it.
    tab.map.locator("body").press("Escape")
    expect(chosen).to_have_count(0)
    expect(page.locator(".ca-card")).to_have_count(0)


def draw_area(tab: Visit, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag over the map, again where its frame did not hear all of it (see `Visit.press`)."""
    for _ in range(10):
        tab.page.mouse.move(*start)
        tab.page.mouse.down()
        tab.page.mouse.move(*end, steps=3)
        tab.page.mouse.up()
        if tab.map.locator("body").evaluate("() => ConflictAtlas.all()[0].state.value.area !== null"):
            return
    raise AssertionError("ten drags, and the frame heard none of them")


def test_an_area_is_drawn_on_the_map_and_let_go(visit) -> None:
    tab = visit()
    page = tab.open("/")
    shown = page.locator(".figure.events strong")
    before = int(shown.inner_text())
    page.locator("iframe.ready").wait_for()
    draw = page.get_by_role("button", name="Draw an area")
    draw.click()
    expect(draw).to_have_attribute("aria-pressed", "true")
    expect(tab.map.locator(".leaflet-container")).to_have_css("cursor", "crosshair")
    frame = page.locator("iframe").first.bounding_box()
    west, north = frame["x"] + 0.38 * frame["width"], frame["y"] + 150
    draw_area(tab, (west, north), (west + 80, north + 60))
    page.wait_for_url("**area=**")
    expect(shown).not_to_have_text(str(before))
    west_deg, south, east, north_deg = map(float, parse_qs(urlsplit(page.url).query)["area"][-1].split(","))
    assert 36.9 < west_deg < east < 37.5
    assert 36.0 < south < north_deg < 36.5
    # The filter at the side knows of it too, and the whole is one click away.
    expect(page.locator(".st-key-filter_area")).to_be_visible()
    page.get_by_role("button", name="Everywhere").click()
    expect(shown).to_have_text(str(before))
    expect(page.locator(".st-key-filter_area")).to_have_count(0)
    # Without a mouse: what is in sight.
    page.get_by_role("button", name="Only what is in sight").press("Enter")
    page.wait_for_url("**area=**")
