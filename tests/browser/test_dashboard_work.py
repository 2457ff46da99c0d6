"""What people do to a store in a real browser: add a report, correct it, decide beside somebody else, import zones."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.stores import open_store
from tests.browser.serving import Visit, served, visiting

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("dashboard")]

REPORT = (
    "Shells hit a bakery in the al-Furqan district of Aleppo on 25 November 2016, "
    "killing nine people and wounding seven, residents said."
)


@pytest.fixture
def own(demo_store: Path, tmp_path: Path) -> Path:
    """A copy of the sample store, to write to."""
    return Path(shutil.copy(demo_store, tmp_path / "own.gpkg"))


@pytest.fixture
def address(own: Path, tmp_path: Path) -> Iterator[str]:
    with served(own, tmp_path / "log.txt") as serving:
        yield serving


def paste(tab: Visit, *, source: str) -> Page:
    """Store the report as that of a source."""
    page = tab.open("/documents")
    page.get_by_label("Text of the report").fill(REPORT)
    page.get_by_label("Source", exact=True).first.fill(source)
    page.locator(".st-key-paste_store button").click()
    expect(page.locator("[data-testid=stAlert]").first).to_contain_text("Documents stored: 1")
    return page


def sign(tab: Visit, name: str) -> None:
    """Write the name that decisions are signed with."""
    field = tab.page.get_by_label("Your name", exact=True)
    field.fill(name)
    field.press("Enter")
    expect(tab.page.get_by_role("button", name="Confirm")).to_be_enabled()
    tab.rest()


def event_of_report(store: Path) -> dict:
    """The event that the report tells of."""
    with open_store(str(store), read_only=True) as opened:
        for row in opened.events().to_dict("records"):
            if "bakery in the al-Furqan" in " ".join(item["text"] for item in quotes(row)) or row["injured_best"] == 7:
                return row
    raise AssertionError("the report was not stored, or tells of nothing")


def quotes(row: dict) -> list[dict]:
    return [quote for told in json.loads(row["accounts"]) for quote in told["evidence"]]


def test_a_pasted_report_is_on_the_map_and_a_corrected_place_outlives_its_reingest(
    chromium: Browser, address: str, own: Path
) -> None:
    with visiting(chromium, address) as tab:
        page = paste(tab, source="First Wire")
        told = event_of_report(own)
        page.get_by_role("link", name="Map", exact=True).click()
        search = page.get_by_label("Search", exact=True)
        search.fill("Furqan")
        search.press("Enter")
        tab.row(told["event_id"]).click()
        expect(tab.map.locator("[data-testid=card]")).to_have_attribute("data-event-id", told["event_id"])
        expect(tab.map.locator("[data-testid=timeline-day]")).to_have_attribute("data-day", "2016-11-25")
        expect(page.locator(".ca-telling blockquote").first).to_contain_text("al-Furqan")

        page = tab.open(f"/review?event={told['event_id']}")
        expect(page.get_by_text("Write your name, so that")).to_be_visible()
        sign(tab, "Rima")
        expect(page.get_by_text("Write your name, so that")).to_have_count(0)
        # By key alone: the form opens, and its first field has the cursor.
        page.get_by_label("Your name", exact=True).press("Tab")
        page.keyboard.press("e")
        expect(page.get_by_label("Search a place")).to_be_focused()
        page.locator("iframe.ready").wait_for()
        lon = page.get_by_label("Longitude (°E)")
        before = lon.input_value()
        tab.press(page.frame_locator("iframe").locator("[data-testid=map]"), at=(120, 110))
        expect(page.get_by_text("the nearest known place")).to_be_visible()
        expect(lon).not_to_have_value(before)
        pointed = float(lon.input_value())
        page.get_by_role("button", name="Save the correction").click()
        expect(page.get_by_text("Kept:")).to_be_visible()

        # The same text from another source: the report is read anew, and its event drawn anew.
        paste(tab, source="Second Wire")
        after = event_of_report(own)
        assert json.loads(after["accounts"])[0]["source"] == "Second Wire"
        assert (after["review"], round(after["lon"], 5)) == ("corrected", pointed)
        page = tab.open(f"/?event={after['event_id']}")
        expect(page.locator(".ca-card")).to_contain_text("corrected")
        assert tab.faults == []


def test_of_two_reviewers_on_one_event_the_second_is_told(chromium: Browser, address: str, own: Path) -> None:
    with open_store(str(own), read_only=True) as store:
        event_id = store.events().iloc[0]["event_id"]
    with visiting(chromium, address) as first, visiting(chromium, address) as second:
        for tab, name in ((first, "Rima"), (second, "Sami")):
            tab.open(f"/review?event={event_id}")
            sign(tab, name)
        first.page.get_by_role("button", name="Confirm").click()
        expect(first.page.get_by_text("Kept:")).to_be_visible()
        second.page.get_by_role("button", name="Reject").click()
        expect(second.page.get_by_text("Nothing was changed: Rima decided about this")).to_be_visible()
        # Having seen it, the second may decide otherwise.
        second.rest()
        second.page.get_by_role("button", name="Reject").click()
        expect(second.page.get_by_text("Kept:")).to_be_visible()
        assert first.faults == second.faults == []
    with open_store(str(own), read_only=True) as store:
        decided = [(item.person, str(item.review)) for item in store.decisions()]
    assert decided == [("Rima", "confirmed"), ("Sami", "rejected")]


def test_values_without_a_meaning_are_filled_in_and_the_zones_imported(
    chromium: Browser, address: str, own: Path
) -> None:
    with visiting(chromium, address) as tab:
        page = tab.open("/zones")
        page.locator("summary").filter(has_text="Import zones").click()
        file = {"name": "zones_20161120.geojson", "mimeType": "application/geo+json", "buffer": zones_without_sides()}
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_role("button", name="Remove zones_20161120.geojson")).to_be_visible()
        name = page.get_by_label("Name of the series")
        name.fill("north")
        # Leaving the field takes a hint below it away, and the buttons move up.
        name.press("Tab")
        page.get_by_role("button", name="Check").first.click()
        # The first: while the page is drawn anew, the button of the last drawing may still stand behind it.
        store = page.locator(".st-key-mapping_store button").first
        expect(store).to_be_disabled()
        # The table is a picture that keys are typed into; what it holds stands beside it for screen readers.
        table = page.locator(".st-key-mapping_values, [data-testid=stDataFrame]").last
        for row, side in enumerate(("Northern Army", "Southern Army")):
            cell = table.locator(f"#glide-cell-2-{row}")
            table.locator(".dvn-scroller").click(position={"x": 30, "y": 52 + 35 * row})
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowRight")
            page.keyboard.press("Enter")
            editor = page.locator(".gdg-input")
            editor.fill(side)
            editor.press("Enter")
            expect(cell).to_have_text(side)
        expect(store).to_be_enabled()
        store.click()
        expect(page.get_by_text("2 zones of the series “north” are in the store.")).to_be_visible()
        assert tab.faults == []
    with open_store(str(own), read_only=True) as opened:
        assert set(opened.zones("north")["controller_name"]) == {"Northern Army", "Southern Army"}


def zones_without_sides() -> bytes:
    """A day of two zones whose names no rule knows."""
    features = []
    for name, west in (("A", 37.0), ("B", 37.2)):
        ring = [[west, 36.0], [west + 0.1, 36.0], [west + 0.1, 36.1], [west, 36.1], [west, 36.0]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"name": name}, "geometry": shape})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
