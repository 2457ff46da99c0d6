"""Pictures of the map as an exported file: `python -m tests.browser.map_pictures FOLDER [NAME…]`.

Three moments of the battle, a phone, Arabic, the printed page (as PDF and as picture), dark, the country around, and a
card. `ATLAS_SAMPLE_STORE` names a sample store that is built already.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from geo.layers import map_html
from geo.pipeline import load_scene
from geo.stores import open_store
from tests.browser.screenshots import telling_event
from tests.dashboard.sample_store import sample_store
from tests.layers import browsing


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a view of the map in the address's hash, and the browser it is seen in."""

    name: str
    view: str
    context: dict[str, Any] = field(default_factory=dict)
    printed: bool = False
    legend: bool = True


_PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
_PAPER = {"viewport": {"width": 703, "height": 1000}}
"""As wide as A4 within its margins: what is narrow on a screen is narrow on paper."""


def every_shot(event_id: str) -> list[Shot]:
    """Return all pictures."""
    return [
        Shot("moment-1", "day=2016-11-20&window=week"),
        Shot("moment-2", "day=2016-11-28&window=all"),
        Shot("moment-3", "day=2016-12-13&window=all"),
        Shot("card", f"day=2016-11-28&window=all&selected={event_id}"),
        Shot("country", "day=2016-11-28&window=all&view=35.6,38.2,7"),
        Shot("continent", "day=2016-11-28&window=all&view=35.6,38.2,5"),
        Shot("close", "day=2016-11-28&window=all&view=36.2050,37.1700,14.5"),
        Shot("dark", "day=2016-11-28&window=all&theme=dark"),
        Shot("dark-country", f"day=2016-11-28&window=all&theme=dark&view=35.6,38.2,7&selected={event_id}"),
        Shot("arabic", f"day=2016-11-28&window=all&language=ar&selected={event_id}"),
        Shot("phone", "day=2016-11-28&window=all", _PHONE),
        Shot("phone-card", f"day=2016-11-28&window=all&selected={event_id}", _PHONE),
        Shot("phone-arabic-dark", "day=2016-11-28&window=all&language=ar&theme=dark", _PHONE),
        Shot("printed", f"day=2016-11-28&window=all&selected={event_id}", _PAPER, printed=True),
    ]


def draw(browser: Browser, page_path: Path, shot: Shot, folder: Path) -> list[str]:
    """Draw one picture and return what went wrong meanwhile."""
    with browsing.visit(browser, page_path, hash_=f"#{shot.view}", **shot.context) as visit:
        page = visit.ready()
        if shot.printed:
            _print(page, folder / f"{shot.name}.pdf")
            # As browsers do it: the page is told before it is laid out for paper.
            page.evaluate("dispatchEvent(new Event('beforeprint'))")
            page.emulate_media(media="print")
        # Two frames: everything that a change asked for is drawn by then.
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        page.screenshot(path=folder / f"{shot.name}.png", full_page=shot.printed)
    return visit.faults


def _print(page: Page, path: Path) -> None:
    page.pdf(path=path, format="A4", print_background=True)


def main() -> None:
    """Draw the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="those alone")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    store = sample_store()
    with open_store(str(store), read_only=True) as opened:
        html = map_html(load_scene(opened))
    with tempfile.TemporaryDirectory() as scratch, browsing.browser() as chromium:
        path = Path(scratch) / "map.html"
        path.write_text(html, encoding="utf-8")
        print(f"map.html: {path.stat().st_size / 1000:.0f} kB")
        for shot in every_shot(telling_event(store)):
            if not arguments.names or shot.name in arguments.names:
                print(f"{shot.name}.png", *draw(chromium, path, shot, arguments.folder))


if __name__ == "__main__":
    main()
