"""The exported map under axe-core, as it opens and as it is used."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from geo.layers import map_html
from tests.browser.accessibility import faults
from tests.layers import browsing, scenes

STATES = {
    "as it opens": "",
    "with a card, in Arabic": "language=ar&window=all&day=2016-12-01&selected=ev-0100000000000003",
    "dark, with a card": "theme=dark&window=all&day=2016-12-01&selected=ev-0100000000000003",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("axe") / "map.html"
    written.write_text(map_html(scenes.make_scene(), documents=scenes.DOCUMENTS), encoding="utf-8")
    return written


@pytest.mark.parametrize("state", STATES)
def test_the_map_keeps_nobody_out(chromium: Browser, path: Path, state: str) -> None:
    with browsing.visit(chromium, path, hash_=f"#{STATES[state]}") as visit:
        page = visit.ready()
        if "selected" in STATES[state]:
            page.locator("[data-testid=card] .account summary").first.click()
            page.locator("details:has(.choices) > summary").click()
        found = faults(page)
    assert found == []


def test_the_box_about_the_map_keeps_nobody_out(chromium: Browser, path: Path) -> None:
    with browsing.visit(chromium, path) as visit:
        visit.ready().locator("[data-testid=about]").click()
        assert faults(visit.page) == []
