"""Every page in a real browser: both themes, desktop and phone, both languages, nothing from outside."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from dashboard.app import PAGES
from tests.browser.serving import served, visiting

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("dashboard")]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.mark.parametrize("page", PAGES)
def test_no_page_needs_the_network_or_overflows(visit, page: str) -> None:
    for context in ({"color_scheme": "light"}, {"color_scheme": "dark", **PHONE}):
        tab = visit(**context)
        shown = tab.open("/" if page == "map" else f"/{page}")
        expect(shown.locator("[data-testid=stException]")).to_have_count(0)
        shown.wait_for_timeout(500)
        width = shown.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1], f"{page} is wider than the window: {width}"


def test_arabic_is_written_from_right_to_left(visit) -> None:
    tab = visit()
    page = tab.open("/?lang=ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.get_by_role("link", name="الاتجاهات")).to_be_visible()
    board = page.locator(".event").first.bounding_box()
    frame = page.locator("iframe").first.bounding_box()
    assert board["x"] < frame["x"], "the list stands left of the map"
    expect(tab.map.locator("html")).to_have_attribute("dir", "rtl")


def test_a_chart_can_be_saved_as_a_picture(visit, tmp_path: Path) -> None:
    tab = visit()
    page = tab.open("/trends")
    page.locator(".st-key-box_events_by_day svg.marks").wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save “Events by day” as a picture").click()
    assert waiting.value.suggested_filename == "events_by_day.png"
    waiting.value.save_as(tmp_path / "chart.png")
    with Image.open(tmp_path / "chart.png") as picture:
        assert min(picture.size) > 300
        assert len(picture.convert("RGB").getcolors(1 << 24)) > 20, "the picture is empty"


HOSTILE = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'


def test_a_hostile_report_stays_text(chromium, demo_store: Path, tmp_path: Path) -> None:
    own = Path(shutil.copy(demo_store, tmp_path / "own.gpkg"))
    with served(own, tmp_path / "log.txt") as address, visiting(chromium, address) as tab:
        page = tab.open("/documents")
        page.get_by_label("Text of the report").fill(
            f"Shells hit a market in the al-Furqan district of Aleppo on Friday, killing three people. {HOSTILE}"
        )
        page.get_by_label("Source", exact=True).first.fill(HOSTILE)
        page.get_by_label("Title", exact=True).first.fill(HOSTILE)
        page.locator(".st-key-paste_store button").click()
        expect(page.locator("[data-testid=stAlert]").first).to_contain_text("Documents stored: 1", timeout=300_000)
        expect(page.locator(".ca-text").first).to_contain_text("<script>")
        page.get_by_role("link", name="Map").click()
        tab.rest()
        page.get_by_label("Search", exact=True).fill("market")
        page.get_by_label("Search", exact=True).press("Enter")
        expect(page.get_by_role("button", name="Clear filters")).to_be_visible()
        tab.rest()  # the list before the search has another event of that district
        page.locator(".event", has_text="al-Furqan").click()
        expect(page.locator(".ca-telling").first).to_contain_text("<script>")
        page.locator("iframe.ready").wait_for()
        assert tab.faults == []


def test_the_ground_is_stepped_through_on_its_map_and_back_undoes_it(visit) -> None:
    tab = visit()
    page = tab.open("/zones?day=2016-11-20")
    ground = page.frame_locator('iframe[title^="Map of who held"]')
    day = ground.locator("[data-testid=timeline-day]")
    expect(day).to_have_attribute("data-day", "2016-11-20")
    page.locator("iframe.ready").wait_for()
    tab.press(ground.locator("[data-testid=timeline-next]"))
    page.wait_for_url("**day=2016-11-21**")
    expect(page.get_by_role("heading", name="Ground held on 21 November 2016")).to_be_visible()
    expect(page.get_by_role("heading", name="Zones valid on 21 November 2016")).to_be_visible()
    expect(day).to_have_attribute("data-day", "2016-11-21")
    page.go_back()
    expect(page.get_by_role("heading", name="Ground held on 20 November 2016")).to_be_visible()
    expect(day).to_have_attribute("data-day", "2016-11-20")


# Corners of the ground and of the legend over it in the map's window, the window's size, and the map's middle.
GROUND = """() => {
    const { map, sight } = ConflictAtlas.all()[0];
    const corner = (place) => map.latLngToContainerPoint(place);
    const [first, last] = [corner(sight.bounds().getNorthWest()), corner(sight.bounds().getSouthEast())];
    const size = map.getSize();
    const legend = document.querySelector(".legend").getBoundingClientRect();
    const { lat, lng } = map.getCenter();
    return {
        ground: [first.x, first.y, last.x, last.y], legend: [legend.left, legend.top, legend.right, legend.bottom],
        size: [size.x, size.y], view: [map.getZoom(), lat.toFixed(5), lng.toFixed(5)].join(" "), framed: sight.framed,
    };
}"""
ZOOMED = """(before) => {
    const { map } = ConflictAtlas.all()[0];
    return map.getZoom() > before && !map._animatingZoom;
}"""
RESIZED = "([x, y]) => { const size = ConflictAtlas.all()[0].map.getSize(); return size.x !== x || size.y !== y; }"


def assert_the_legend_hides_nothing(shown: dict) -> None:
    west, north, east, south = shown["ground"]
    left, top, right, bottom = shown["legend"]
    width, height = shown["size"]
    assert 0 <= west < east <= width, f"cut off: {shown}"
    assert 0 <= north < south <= height, f"cut off: {shown}"
    assert east <= left or right <= west or south <= top or bottom <= north, f"under the legend: {shown}"


@pytest.mark.parametrize("context", [{}, PHONE], ids=["desktop", "phone"])
def test_no_ground_lies_under_the_legend_until_somebody_moves_the_map(visit, context: dict) -> None:
    tab = visit(**context)
    page = tab.open("/zones")
    page.locator("iframe.ready").wait_for()
    frame = page.locator("iframe").element_handle().content_frame()
    first = frame.evaluate(GROUND)
    assert first["framed"]
    assert_the_legend_hides_nothing(first)
    # In another window too, as long as nobody has moved it.
    page.set_viewport_size({"width": 1000, "height": 620})
    frame.wait_for_function(RESIZED, arg=first["size"])
    framed = frame.evaluate(GROUND)
    assert_the_legend_hides_nothing(framed)
    # What the reader looks at stays the middle in any size.
    tab.press(tab.map.get_by_role("button", name="Zoom in"))
    frame.wait_for_function(ZOOMED, arg=float(framed["view"].split()[0]))
    moved = frame.evaluate(GROUND)
    assert not moved["framed"]
    page.set_viewport_size({"width": 1366, "height": 768})
    frame.wait_for_function(RESIZED, arg=moved["size"])
    assert frame.evaluate(GROUND)["view"] == moved["view"]
