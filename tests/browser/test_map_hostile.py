"""Hostile texts in every field of the map, in a real browser: no script runs, nothing breaks, the text is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from geo.exports import write_scene
from tests.layers import browsing
from tests.layers.hostile import CORPUS, hostile_scene

pytestmark = pytest.mark.browser


def test_no_field_of_the_map_runs_or_breaks(tmp_path: Path) -> None:
    scene, documents = hostile_scene()
    file = write_scene(scene, tmp_path / "map.html", documents=documents, selected=scene.events["event_id"].iloc[0])
    with browsing.browser() as chromium, browsing.visit(chromium, file) as visit:
        page = visit.ready()
        page.locator("[data-testid=timeline-window]").select_option("all")
        page.locator("[data-testid=timeline-slider]").press("End")
        items = page.locator("[data-testid=event-item]")
        items.nth(len(CORPUS) - 1).wait_for(state="attached")
        seen = [_open_card(page, items.nth(number)) for number in range(len(CORPUS))]
        for text in CORPUS.values():
            assert any(notes == _cut(text) for notes in seen), f"the notes of no card are {text[:80]!r}"
        page.locator("[data-testid=card-close]").click()
        for language in ("ar", "uk", "en"):
            page.locator("[data-testid=language]").select_option(language)
        page.locator("[data-testid=search]").fill(CORPUS["jinja"])
        expect(items).to_have_count(1)
        page.locator("[data-testid=filter-reset]").click()
        page.locator("summary", has_text="More filters").click()
        page.locator("[data-testid=filter-place]").fill(CORPUS["script"])
        page.locator("[data-testid=filter-place]").press("Enter")
        page.locator("[data-testid=about]").click()
        assert page.locator("dialog li").count() == len(CORPUS) + 1
        # Leaflet's zoom buttons are the only links: no text of the corpus is an address of the web.
        assert page.locator("a[href]:not([href='#'])").count() == 0
        page.keyboard.press("Escape")
        page.locator("[data-testid=map] .folium-map").click(position={"x": 420, "y": 300})
        page.locator("[data-testid=map] .folium-map").hover(position={"x": 420, "y": 200})
        page.wait_for_timeout(200)
    assert visit.faults == []


def _open_card(page: Page, item: Locator) -> str:
    """Open an event from the list and return its notes as they are in the page."""
    item.evaluate("button => button.click()")
    card = page.locator("[data-testid=card]")
    expect(card).to_have_attribute("data-event-id", item.get_attribute("data-event-id") or "")
    card.locator("[data-testid=evidence]").first.wait_for(state="attached")
    card.locator("[data-testid=document-text]").first.wait_for(state="attached")
    return card.locator(".notes").text_content() or ""


def _cut(text: str) -> str:
    return text if len(text) <= 4000 else text[:3999] + "…"
