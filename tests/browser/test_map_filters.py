"""Every filter of the file against the same choice made on the table; colours; the picture that geo export draws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from geo.errors import ConfigurationError
from geo.exports import write_scene
from tests.layers import browsing, scenes

pytestmark = pytest.mark.browser

SCENE = scenes.make_scene(events=120)
EVENTS = SCENE.events
_DEATHS = EVENTS["fatalities_best"].fillna(0)
CHOICES: dict[str, tuple[str, pd.Series]] = {
    "type": ("types=battles+riots", EVENTS["event_type"].isin(["battles", "riots"])),
    "actor": ("actor=Civilians", (EVENTS["actor1"] == "Civilians") | (EVENTS["actor2"] == "Civilians")),
    "factuality": ("factuality=claimed", EVENTS["factuality"] == "claimed"),
    "precision": ("precision=1", (EVENTS["geo_precision"] == 1).fillna(False)),
    "fatalities": ("deaths=5", _DEATHS >= 5),
    "place": ("place=eastern", EVENTS["place_name"].str.contains("eastern")),
    "place in Arabic": ("place=حي 7", EVENTS["place_name_local"].str.contains("حي 7")),
    "events": (f"ids={EVENTS['event_id'][3]}+{EVENTS['event_id'][8]}", EVENTS.index.isin([3, 8])),
    "two at once": ("deaths=5&factuality=asserted", (_DEATHS >= 5) & (EVENTS["factuality"] == "asserted")),
}


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path = write_scene(SCENE, tmp_path_factory.mktemp("filters") / "map.html")
    with browsing.visit(chromium, path, hash_="#window=all&day=2016-12-24") as visit:
        yield visit.ready()
    assert visit.faults == []


@pytest.mark.parametrize("name", CHOICES)
def test_a_shared_address_filters_as_the_table_does(page: Page, name: str) -> None:
    hash_, wanted = CHOICES[name]
    page.evaluate("hash => { location.hash = hash }", f"window=all&day=2016-12-24&{hash_}")
    count = int(pd.Series(wanted).sum())
    assert 0 < count < len(EVENTS)
    expect(page.locator("[data-testid=event-count]")).to_contain_text(re.compile(rf"Events: {count}\b"))
    counts = page.locator("[data-testid=type-count]").all_text_contents()
    if name != "type":
        assert sum(map(int, counts)) == count


def test_dark_is_dark_and_the_light_comes_back(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("[data-testid=theme]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert "theme=light" in page.evaluate("ConflictAtlas.hashOf(ConflictAtlas.all()[0].state.outer())")


def test_a_picture_is_drawn_without_a_window(tmp_path: Path) -> None:
    drawn = write_scene(scenes.make_scene(events=20), tmp_path / "map.png")
    assert drawn.read_bytes().startswith(b"\x89PNG")
    assert drawn.stat().st_size > 50_000


def test_without_chromium_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(ConfigurationError, match="apt-get install chromium"):
        write_scene(SCENE, tmp_path / "map.png")
    assert list(tmp_path.iterdir()) == []
