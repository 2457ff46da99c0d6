"""The dashboard as a user has it: served by `python -m geo serve`, looked at in chromium with the network off."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, WebSocket, expect

ROOT = Path(__file__).resolve().parents[2]
MAP = 'iframe[title*="Map"], iframe[title*="خريطة"]'
# Streamlit tries a page's own path first when it looks for its server; that these are not there is its way.
_PROBES = ("/_stcore/health", "/_stcore/host-config")
# Long enough for a machine that has much else to do: what is waited for is a state, never a time.
_PATIENCE_MS = 120_000
expect.set_options(timeout=_PATIENCE_MS)
_HOLDABLE = """(() => {
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    if (window.heldMessages) window.heldMessages.push(() => send.call(this, data));
    else send.call(this, data);
  };
})()"""
# The hostile texts of the tests set `pwned`. This says so at once and from every frame: a frame that is asked for it
# may be on its way to another page, and what ran in the one before would go unheard.
_ALARM = """Object.defineProperty(window, "pwned", {
  set(value) { console.error("hostile text ran: " + value); },
  get() { return undefined; },
})"""


@contextmanager
def served(store: Path | str, log: Path, *options: str, **environment: str) -> Iterator[str]:
    """Serve a store on a free port of this machine until the block ends; `options` are those of `geo serve`."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "geo", "serve", "--store", str(store), "--port", str(port), *options]
    with log.open("w") as output:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        try:
            _wait_for(f"http://localhost:{port}/_stcore/health", server, log)
            yield f"http://localhost:{port}"
        finally:
            # The command runs Streamlit as its child: both are in the session that was started here.
            os.killpg(server.pid, 15)
            server.wait(timeout=30)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert server.poll() is None, f"the server ended:\n{log.read_text()}"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise AssertionError(f"no answer from {address}:\n{log.read_text()}")


@dataclass
class Visit:
    """One reader's browser tab, and what went wrong in it."""

    context: BrowserContext
    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """Go to a page of the dashboard and wait until it has come to rest."""
        self.page.goto(self.address + path)
        self.page.wait_for_selector("[data-testid=stAppViewContainer]")
        self.rest()
        return self.page

    def rest(self) -> None:
        """Wait until Streamlit has nothing left to do."""
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')

    @contextmanager
    def silence(self) -> Iterator[None]:
        """Hold back every message to the server until the block ends."""
        self.page.evaluate("() => { window.heldMessages = []; }")
        yield
        self.page.evaluate("() => { const held = heldMessages; heldMessages = null; held.forEach((go) => go()); }")

    @property
    def map(self) -> FrameLocator:
        """The map inside its frame."""
        return self.page.frame_locator(MAP)

    def map_day(self) -> str | None:
        """The day that the map shows, ISO 8601."""
        return self.map.locator("[data-testid=timeline-day]").get_attribute("data-day")

    def day_of_url(self) -> str:
        """The day that the link names, ISO 8601."""
        return parse_qs(urlsplit(self.page.url).query)["day"][-1]

    def area(self, controller: str) -> float:
        """The headline figure of a side's ground, in km²."""
        return float(self.page.locator(f".figure.area-{controller} strong").inner_text().split()[0].replace(",", ""))

    def press(self, target: Locator, *, at: tuple[int, int] | None = None) -> None:
        """Click inside a frame, again where the frame heard none.

        A sandboxed frame has a process of its own. On a busy machine chromium now and then hands it the press of the
        mouse and loses the release, which neither the frame nor the page around it is told of.
        """
        target.evaluate(
            "() => { window.clicked = false;"
            " window.addEventListener('click', () => { window.clicked = true; }, { capture: true, once: true }); }"
        )
        for _ in range(10):
            target.click(position={"x": at[0], "y": at[1]} if at else None)
            if target.evaluate("() => window.clicked"):
                return
        raise AssertionError("ten clicks, and the frame heard none of them")

    def row(self, event_id: str):
        """The list's row of an event."""
        return self.page.locator(f'.event[data-id="{event_id}"]')


@contextmanager
def visiting(browser: Browser, address: str, *, also: str = "", **context: object) -> Iterator[Visit]:
    """Open a tab in which every request that leaves the server's address (and `also`) is refused and noted."""
    options = {"viewport": {"width": 1366, "height": 768}, "accept_downloads": True, **context}
    opened = browser.new_context(**options)  # type: ignore[arg-type]
    opened.set_default_timeout(_PATIENCE_MS)
    page = opened.new_page()
    visit = Visit(opened, page, address)
    own = {urlsplit(place).netloc for place in (address, also) if place}

    def judged(route) -> None:
        if urlsplit(route.request.url).netloc in own or route.request.url.startswith(("data:", "blob:")):
            route.continue_()
        else:
            visit.faults.append(f"outside request: {route.request.url}")
            route.abort()

    def socketed(connection: WebSocket) -> None:
        if urlsplit(connection.url).netloc not in own:
            visit.faults.append(f"outside socket: {connection.url}")

    opened.route("**/*", judged)
    page.add_init_script(_HOLDABLE)
    page.add_init_script(_ALARM)
    page.on("websocket", socketed)
    page.on("pageerror", lambda error: visit.faults.append(f"script error: {error}"))
    page.on("dialog", lambda dialog: (visit.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda entry: visit.faults.append(entry.text) if "hostile text ran" in entry.text else None)
    page.on("response", lambda answer: _judge_answer(answer.status, answer.url, visit))
    yield visit
    opened.close()


def _judge_answer(status: int, url: str, visit: Visit) -> None:
    if status >= 400 and not url.endswith(_PROBES):
        visit.faults.append(f"{status}: {url}")
