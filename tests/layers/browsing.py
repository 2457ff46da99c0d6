"""A real browser for tests of the map: offline, and it notes everything that should not happen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("ATLAS_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass
class Visit:
    """A page and what went wrong on it."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def ready(self, *, timeout: float = 30_000) -> Page:
        """Wait until the map is drawn."""
        self.page.wait_for_selector("body[data-ready]", timeout=timeout)
        return self.page


@contextmanager
def browser() -> Iterator[Browser]:
    """Start chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@contextmanager
def visit(browser: Browser, path: Path, *, hash_: str = "", **context: object) -> Iterator[Visit]:
    """Open a file; requests beyond it, script errors, dialogs and breaches of the page's policy are faults."""
    opened = browser.new_context(**{"viewport": {"width": 1366, "height": 768}, **context})  # type: ignore[arg-type]
    page = opened.new_page()
    found = Visit(page)
    page.on("request", lambda request: _noted(request.url, found, path))
    page.on("pageerror", lambda error: found.faults.append(f"error: {error.stack}"))
    page.on("dialog", lambda dialog: (found.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda entry: found.faults.append(entry.text) if entry.type == "error" else None)
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    page.add_init_script(
        "window.breaches=[];addEventListener('securitypolicyviolation',e=>breaches.push(e.violatedDirective+e.blockedURI))"
    )
    page.goto(path.as_uri() + hash_)
    yield found
    found.faults += page.evaluate("window.breaches || []")
    found.faults += [f"pwned: {value}" for value in page.evaluate("window.pwned === undefined ? [] : [window.pwned]")]
    opened.close()


def _noted(url: str, found: Visit, path: Path) -> None:
    if not url.startswith((path.as_uri(), "blob:")):
        found.faults.append(f"request: {url}")
