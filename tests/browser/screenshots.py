"""Pictures of the dashboard: `python -m tests.browser.screenshots FOLDER [--all]`.

Without `--all` it draws `map.png`, the README's picture: the day on which Sakhour fell. With it, every page in both
themes, at 1366×768 and on a phone, and the map in Arabic. `ATLAS_SAMPLE_STORE` names a sample store that is built
already.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

from dashboard.app import PAGES
from geo.stores import open_store
from tests.browser.serving import MAP, served, visiting
from tests.dashboard.sample_store import sample_store
from tests.layers import browsing

_DESKTOP: ViewportSize = {"width": 1366, "height": 768}
_PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture."""

    name: str
    path: str
    theme: str = "light"
    size: str = "desktop"
    until: bool = False
    """Whether the map shows all events up to its day."""


def every_shot(event_id: str) -> Iterator[Shot]:
    """Yield a shot of each page in both themes and sizes, and of the map in Arabic."""
    for page in PAGES:
        path = f"/?event={event_id}" if page == "map" else f"/{page}"
        for theme in ("light", "dark"):
            for size in ("desktop", "phone"):
                yield Shot(f"{page}-{theme}-{size}", path, theme, size)
    yield Shot("map-arabic-light-desktop", f"/?event={event_id}&lang=ar")


def draw(browser: Browser, address: str, shot: Shot, folder: Path) -> None:
    """Draw one picture once the page has come to rest."""
    size = _PHONE if shot.size == "phone" else _DESKTOP
    with visiting(browser, address, viewport=size, color_scheme=shot.theme) as visit:
        page = visit.open(shot.path)
        if page.locator(MAP).count():
            visit.map.locator("body[data-ready]").wait_for(timeout=60_000)
            if shot.until:
                visit.map.locator("[data-testid=timeline-window]").select_option("all")
        page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')", timeout=60_000)
        page.wait_for_timeout(1_000)
        page.screenshot(path=folder / f"{shot.name}.png")
        print(f"{shot.name}.png", *visit.faults)


def telling_event(store: Path) -> str:
    """Return the event with the most to show: placed within a town, on known ground, with casualties and sources."""
    with open_store(str(store), read_only=True) as opened:
        events = opened.events()
    placed = events[events["lon"].notna() & events["date_start"].notna()]
    weight = placed["accounts"].str.count('"document_id"') + placed["fatalities_best"].notna().astype(int)
    weight += (placed["tags"] != "").astype(int) + placed["control"].isin(["government", "rebels"]).astype(int)
    return str(placed.loc[weight.idxmax(), "event_id"])


def main() -> None:
    """Draw the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="every page, theme and size")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    store = sample_store()
    event_id = telling_event(store)
    shots = every_shot(event_id) if arguments.all else iter([Shot("map", "/?day=2016-11-28", until=True)])
    log = Path(tempfile.mkdtemp(prefix="atlas-shots-")) / "serve.txt"
    with served(store, log) as address, browsing.browser() as chromium:
        for shot in shots:
            draw(chromium, address, shot, arguments.folder)


if __name__ == "__main__":
    main()
