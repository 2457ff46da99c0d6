"""The dashboard with 100,000 events and 300 days of zones: a real server, a real browser, ten sessions at once.

`CONFLICT_BENCH_EVENTS` is the number of events, `CONFLICT_BENCH_SESSIONS` that of the sessions. Each act is timed from
the reader's key to the state that the reader waits for, seen in the page itself: polling from outside would add to it.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from geo.stores import open_store
from tests.browser.serving import Visit, served, visiting
from tests.layers import browsing, scenes

from .measuring import Measurement

DAYS = 300
ROUNDS = 20
THINKING_S = 5.0
"""Within how long each of the sessions acts once, at a moment of its own."""
_PATIENCE_MS = 600_000
_FIGURE = "document.querySelector('.figure.events strong')?.textContent"


def run() -> list[Measurement]:
    """Measure the cold start, a filter change, a day step and opening an event, alone and in ten sessions."""
    count = int(os.environ.get("CONFLICT_BENCH_EVENTS", "100000"))
    sessions = int(os.environ.get("CONFLICT_BENCH_SESSIONS", "10"))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        store = _made_store(Path(folder) / "bench.gpkg", events=count)
        address = stack.enter_context(served(store, Path(folder) / "log.txt"))
        browser = stack.enter_context(browsing.browser())
        tabs = [stack.enter_context(visiting(browser, address)) for _ in range(sessions)]
        for tab in tabs:
            tab.context.set_default_timeout(_PATIENCE_MS)
        found = [*_opened(tabs[0], "cold start"), *_acts(tabs[:1], "one session")]
        warm = [measurement for tab in tabs[1:] for measurement in _opened(tab, "warm start")]
        usable = [measurement.value for measurement in warm if measurement.name.endswith("usable")]
        if usable:
            found.append(Measurement("dashboard.warm start.usable", statistics.median(usable), "s", "median"))
            found += _acts(tabs, f"{sessions} sessions, each at its own moment", within_s=THINKING_S)
            found += _acts(tabs, f"{sessions} sessions in the same instant")
        found.append(Measurement("dashboard.server memory", _memory_mb(address), "MB", f"{sessions} sessions open"))
        return found


def _made_store(path: Path, *, events: int) -> Path:
    scene = scenes.make_scene(events=events, days=DAYS)
    with open_store(str(path), create=True) as store:
        store.put_zones(scene.zones)
        store.put_events(scene.events, scene.regions)
    return path


def _opened(tab: Visit, name: str) -> Iterator[Measurement]:
    """Go to the map page: until something is seen, and until list and map can be used."""
    started = time.perf_counter()
    tab.page.goto(tab.address, wait_until="commit")
    tab.page.wait_for_selector(".ca-loading, .ca-figures")
    yield Measurement(f"dashboard.{name}.seen", time.perf_counter() - started, "s", "to the first words of the page")
    tab.page.wait_for_selector(".event")
    tab.page.wait_for_selector("iframe.ready")
    tab.rest()
    yield Measurement(f"dashboard.{name}.usable", time.perf_counter() - started, "s", "to list, map and figures")


def _acts(tabs: list[Visit], who: str, *, within_s: float = 0.0) -> Iterator[Measurement]:
    """All sessions act within so many seconds; the first round warms up and is not counted."""
    for name, act in (("filter change", _filtered), ("day step", _stepped), ("event opened", _event_opened)):
        times = [seconds for number in range(ROUNDS) for seconds in _round(tabs, act, number, within_s)][len(tabs) :]
        times.sort()
        yield Measurement(f"dashboard.{name}.median", statistics.median(times), "s", f"{who}, n={len(times)}")
        yield Measurement(f"dashboard.{name}.p95", times[int(0.95 * (len(times) - 1))], "s", who)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a reader does, and what the page shows when it is done."""

    press: Callable[[], object]
    until: str
    """A JavaScript expression."""


def _round(tabs: list[Visit], act: Callable[[Page, int], Act], number: int, within_s: float) -> list[float]:
    """Let each session act once, at a moment drawn by a seed; return how long each waited."""
    acts = [(tab.page, act(tab.page, number)) for tab in tabs]
    for page, made in acts:
        page.evaluate(_WATCH, made.until)
    drawn = random.Random(number)  # noqa: S311
    moments = sorted(drawn.uniform(0.0, within_s) for _ in acts)
    begun, started = time.time(), []
    for (_, made), moment in zip(acts, moments, strict=True):
        time.sleep(max(0.0, begun + moment - time.time()))
        started.append(time.time())
        made.press()
    for page, _ in acts:
        page.wait_for_function("() => window.benchDone", timeout=_PATIENCE_MS)
    ended = [page.evaluate("() => window.benchDone") / 1000 for page, _ in acts]
    return [end - start for start, end in zip(started, ended, strict=True)]


_WATCH = """(until) => {
  window.benchDone = 0;
  const done = new Function(`return ${until}`);
  const look = () => { if (done()) window.benchDone = Date.now(); else requestAnimationFrame(look); };
  requestAnimationFrame(look);
}"""
"""Looks at every frame, in the page itself, and notes when it saw what was waited for."""


def _filtered(page: Page, number: int) -> Act:
    """Search for another word, until the figures show what it leaves."""
    before = page.evaluate(f"() => {_FIGURE}")
    search = page.get_by_label("Search", exact=True)
    search.fill(("mortar", "barrel", "artillery", "Quarter 7")[number % 4])
    return Act(lambda: search.press("Enter"), f"{_FIGURE} !== '{before}'")


def _stepped(page: Page, number: int) -> Act:
    """Step to the next day, until the page around the map has heard that the map shows it."""
    slider = page.frame_locator("iframe").locator("[data-testid=timeline-slider]")
    before = page.evaluate("() => window.conflictAtlas.state.day")
    key = "ArrowRight" if number % 2 == 0 else "ArrowLeft"
    return Act(lambda: slider.press(key), f"window.conflictAtlas.state.day !== '{before}'")


def _event_opened(page: Page, number: int) -> Act:
    """Choose the next event in the list, until its card is there."""
    listbox = page.get_by_role("listbox")
    before = page.evaluate("() => window.conflictAtlas.state.selected || ''")
    moved = f"window.conflictAtlas.state.selected !== '{before}'"
    shown = "document.querySelector('.ca-card')?.dataset.event === window.conflictAtlas.state.selected"
    return Act(lambda: listbox.press("ArrowDown"), f"{moved} && {shown}")


def _memory_mb(address: str) -> float:
    """Return the resident memory of the server's process, found by the port that it was started with."""
    port = address.rsplit(":", 1)[1].encode()
    for process in Path("/proc").iterdir():
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            if port in words and b"streamlit" in words:
                status = (process / "status").read_text()
                return int(status.split("VmRSS:")[1].split()[0]) / 1024
        except (OSError, IndexError):
            continue
    return float("nan")
