"""Pictures of the dashboard's pages: `python -m tests.browser.dashboard_pictures FOLDER [NAME…]`.

Every page, light and dark, at 1366×768, on a wide screen and on a phone, in English and Arabic. A picture is called
`page-theme-size-language.png`; names are patterns (`map-*`, `*-dark-phone-*`), and those alone are drawn. Besides, as
`state-…`, what a newcomer meets: a store without events, one with a single event and no zones, one that is not there;
and as `login-…` and `refused-…` the door: who has not logged in, and who has and is on no list.
`ATLAS_SAMPLE_STORE` names a sample store that is built already.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

from dashboard.app import PAGES
from geo.pipeline import rebuild_events
from geo.stores import open_store
from tests.browser.identity import identity_provider
from tests.browser.screenshots import telling_event
from tests.browser.serving import MAP, Visit, served, visiting
from tests.dashboard.sample_store import sample_store
from tests.layers import browsing
from tests.samples import account, document

THEMES = ("light", "dark")
LANGUAGES = ("en", "ar")
SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1366, "height": 768},
    "wide": {"width": 1920, "height": 1080},
    "phone": {"width": 390, "height": 844},
}


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture."""

    name: str
    path: str
    theme: str
    size: str

    def asked(self, patterns: list[str]) -> bool:
        """Tell whether one of the patterns names it; none names all."""
        return not patterns or any(fnmatch(self.name, pattern) for pattern in patterns)


def page_path(page: str, language: str, event_id: str = "") -> str:
    """Return the link to a page in a language, with an event's card where the page has one."""
    chosen = f"&event={event_id}" if event_id and page in ("map", "review") else ""
    return f"/{'' if page == 'map' else page}?lang={language}{chosen}"


def every_shot(event_id: str) -> Iterator[Shot]:
    """Yield each page in both themes, all sizes and both languages."""
    for page in PAGES:
        for theme in THEMES:
            for size in SIZES:
                for language in LANGUAGES:
                    yield Shot(f"{page}-{theme}-{size}-{language}", page_path(page, language, event_id), theme, size)


def state_shots(state: str) -> Iterator[Shot]:
    """Yield the pages that say what to do in a state."""
    for page in ("map", "trends", "zones", "review", "quality"):
        for theme, size in (("light", "desktop"), ("dark", "phone")):
            yield Shot(f"state-{state}-{page}-{theme}-{size}", page_path(page, "en"), theme, size)


def door_shots() -> Iterator[Shot]:
    """Yield the page to log in on and the refusal, in both themes and languages, large and small."""
    for page in ("login", "refused"):
        for theme, size, language in product(THEMES, ("desktop", "phone"), LANGUAGES):
            yield Shot(f"{page}-{theme}-{size}-{language}", page_path("trends", language), theme, size)


def draw_door(browser: Browser, store: Path, scratch: Path, asked: list[Shot], folder: Path) -> None:
    """Draw what stands before the dashboard where people log in, with a provider of our own."""
    roles, secrets = scratch / "roles.toml", scratch / "secrets.toml"
    roles.write_text('default = "none"\n')
    with identity_provider({"Nobody": {"sub": "1", "email": "nobody@example.org", "email_verified": True}}) as provider:
        secrets.write_text(provider.secrets_toml("http://localhost:{port}/oauth2callback"))
        options = ("--login", str(secrets))
        with served(store, scratch / "door.txt", *options, CONFLICT_ROLES=str(roles)) as address:
            for shot in asked:
                context = {"viewport": SIZES[shot.size], "color_scheme": shot.theme}
                with visiting(browser, address, also=provider.address, **context) as visit:
                    page = visit.open(shot.path)
                    if shot.name.startswith("refused"):
                        page.locator(".st-key-entrance button").first.click()
                        page.get_by_role("link", name="Nobody").click()
                        page.get_by_role("alert").wait_for()
                        visit.open(shot.path)
                    settle(visit)
                    page.screenshot(path=folder / f"{shot.name}.png")
                    print(f"{shot.name}.png", *visit.faults)


def draw(browser: Browser, address: str, shot: Shot, folder: Path) -> None:
    """Draw one picture once the page has come to rest: the window, and as `…-whole.png` what lies below it."""
    with visiting(browser, address, viewport=SIZES[shot.size], color_scheme=shot.theme) as visit:
        visit.open(shot.path)
        settle(visit)
        visit.page.screenshot(path=folder / f"{shot.name}.png")
        height = visit.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        if height > SIZES[shot.size]["height"] * 1.1:
            # Streamlit scrolls inside the window: a window as high as the page shows all of it.
            visit.page.set_viewport_size({"width": SIZES[shot.size]["width"], "height": min(height, 4_000)})
            settle(visit)
            visit.page.screenshot(path=folder / f"{shot.name}-whole.png")
        print(f"{shot.name}.png", *visit.faults)


def settle(visit: Visit) -> None:
    """Wait until the map, the list and the charts are drawn."""
    page = visit.page
    # The map to point at a place, on the review page, lies in a folded part.
    if page.locator(MAP).locator("visible=true").count():
        visit.map.locator("body[data-ready]").wait_for()
        # Shown only once it has taken the page's day over.
        page.locator("iframe.ready").first.wait_for()
        # The page of zones has a map and no list.
        if page.locator(".list").count():
            page.locator(".list .event, .list .empty:visible").first.wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.stVegaLiteChart')].every((box) => box.querySelector('svg, canvas'))"
    )
    # Transitions of Streamlit's own end within this time.
    page.wait_for_timeout(600)
    # By now the map's frame is there in any case, where it came after the first look.
    if page.locator(MAP).locator("visible=true").count():
        page.locator("iframe.ready").first.wait_for()
        page.wait_for_timeout(400)


def stores(folder: Path) -> dict[str, Path]:
    """Return the stores of the states: empty, with one event, and missing."""
    empty, single = folder / "empty.gpkg", folder / "single.gpkg"
    open_store(str(empty), create=True).close()
    report = document()
    with open_store(str(single), create=True) as store:
        store.add_documents([(report, (account(report),), ())])
        rebuild_events(store)
    return {"empty": empty, "single": single, "missing": folder / "missing.gpkg"}


def main() -> None:
    """Draw the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="those alone; * stands for anything")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    sample = sample_store()
    shots = {sample: list(every_shot(telling_event(sample)))}
    with tempfile.TemporaryDirectory() as scratch, browsing.browser() as chromium:
        for state, store in stores(Path(scratch)).items():
            shots[store] = list(state_shots(state))
        door = [shot for shot in door_shots() if shot.asked(arguments.names)]
        if door:
            draw_door(chromium, sample, Path(scratch), door, arguments.folder)
        for store, listed in shots.items():
            asked = [shot for shot in listed if shot.asked(arguments.names)]
            if asked:
                with served(store, Path(scratch) / "log.txt") as address:
                    for shot in asked:
                        draw(chromium, address, shot, arguments.folder)


if __name__ == "__main__":
    main()
