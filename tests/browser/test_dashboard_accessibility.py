"""What keeps people out of the dashboard, by axe-core: every page, in English and Arabic, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.app import PAGES
from geo.stores import open_store
from tests.browser.accessibility import Fault, serious_faults
from tests.browser.serving import Visit, served, visiting

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("dashboard")]
_BACKGROUND = "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
_DARK_BACKGROUND = "rgb(20, 24, 29)"
_FADING = """() => document.getAnimations().filter(
    (one) => one.playState === "running" && Number.isFinite(one.effect.getComputedTiming().endTime))"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_keeps_anybody_out(visit, language: str) -> None:
    tab = visit(reduced_motion="reduce")
    page = tab.open(f"/?lang={language}")
    found = []
    for number, name in enumerate(PAGES):
        # By its link, as a reader goes: a page that is loaded anew costs seconds.
        page.get_by_test_id("stTopNavLink").nth(number).click()
        _arrive(tab, name)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.wait_for_function(
                f"dark => (({_BACKGROUND})() === '{_DARK_BACKGROUND}') === dark", arg=theme == "dark"
            )
            found += [(name, theme, fault) for fault in _lasting_faults(page)]
    assert not found


def _lasting_faults(page: Page) -> list[Fault]:
    """Return the faults that are still there when nothing fades any more: Streamlit greys out what it draws anew."""
    found = serious_faults(page)
    if found:
        page.wait_for_function("() => !document.querySelector('[data-stale=true]')")
        page.wait_for_function(f"() => !({_FADING})().length")
        found = serious_faults(page)
    return found


def _arrive(tab: Visit, name: str) -> None:
    page: Page = tab.page
    if name == "map":
        page.locator(".list .event").first.wait_for()
    else:
        page.wait_for_url(f"**/{name}*")
        expect(page.locator("h1").first).to_be_visible()
    tab.rest()
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")


def test_the_map_follows_the_theme_that_the_page_is_drawn_in(visit) -> None:
    tab = visit(color_scheme="light")
    page = tab.open("/")
    drawn = tab.map.locator("html")
    tab.map.locator("body[data-ready]").wait_for()
    expect(drawn).to_have_attribute("data-theme", "light")
    # The reader's own choice in the menu goes before the system's.
    page.get_by_test_id("stMainMenuButton").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    page.wait_for_function(f"() => ({_BACKGROUND})() === '{_DARK_BACKGROUND}'")
    expect(drawn).to_have_attribute("data-theme", "dark")


def test_no_state_keeps_anybody_out(chromium, tmp_path: Path) -> None:
    empty = tmp_path / "empty.gpkg"
    open_store(str(empty), create=True).close()
    found = []
    for store, paths in ((empty, ("/", "/zones")), (tmp_path / "missing.gpkg", ("/",))):
        with (
            served(store, tmp_path / "log.txt") as address,
            visiting(chromium, address, reduced_motion="reduce") as tab,
        ):
            for path in paths:
                page = tab.open(path)
                expect(page.locator("h1").first).to_be_visible()
                expect(page.get_by_test_id("stAlert").first).to_be_visible()
                found += [(store.name, path, fault) for fault in _lasting_faults(page)]
            assert tab.faults == []
    assert not found


def test_a_narrow_window_keeps_all_in_its_width_and_decisions_within_reach(visit) -> None:
    # As wide as a window of 1280 pixels at four hundred per cent.
    tab = visit(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    for name in PAGES:
        page = tab.open(f"/{'' if name == 'map' else name}")
        page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")
        main = page.get_by_test_id("stMain")
        assert main.evaluate("node => node.scrollWidth <= node.clientWidth"), f"{name} scrolls sideways"
        if name == "review":
            boxes = [box.bounding_box() for box in page.locator(".st-key-verdicts button").all()]
            assert len({round(box["y"]) for box in boxes}) == 1, "one row"
            assert max(box["y"] + box["height"] for box in boxes) <= 640, "under the thumb"


def test_the_first_stop_of_the_keyboard_leads_past_pages_and_filters(visit) -> None:
    page = visit().open("/trends")
    expect(page.locator("a.ca-skip")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator("a.ca-skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stMain")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').contains(document.activeElement)")
