"""The dashboard with 100,000 events and 300 days of zones: a real server, real browsers, ten sessions at once.

`CONFLICT_BENCH_EVENTS` is the number of events, `CONFLICT_BENCH_SESSIONS` that of the sessions and
`CONFLICT_BENCH_BROWSERS` that of browsers in the last part (as many as sessions; 1 leaves that part out). Each act is
timed from the reader's key to the state that the reader waits for, seen in the page itself: polling from outside would
add to it.

Readers have machines of their own to draw with, and here everything shares one: ten browsers without a graphics card
need more of it than the server. So sessions are counted in two ways, and the note of each figure says which it is.
"one browser and 9 that draw nothing" has one browser, timed in its page, while nine sessions act over the same protocol
without drawing (`tests/browser/reader.py`), timed to the end of the server's answer. "10 browsers on this machine" has
all of them draw. Every search is for words that nobody searched for before.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, count
from pathlib import Path

from playwright.sync_api import Browser, Page

from geo.stores import open_store
from tests.browser.reader import Reader
from tests.browser.serving import Visit, served, visiting
from tests.layers import browsing, scenes

from .measuring import Measurement

DAYS = 300
ROUNDS = 20
_ASKED = count()
THINKING_S = 5.0
"""Within how long each of the sessions acts once, at a moment of its own."""
_PATIENCE_MS = 600_000
_FIGURE = "document.querySelector('.ca-figures')?.textContent"


def run() -> list[Measurement]:
    """Measure the cold start, a filter change, a day step and opening an event, alone and in ten sessions."""
    events = int(os.environ.get("CONFLICT_BENCH_EVENTS", "100000"))
    sessions = int(os.environ.get("CONFLICT_BENCH_SESSIONS", "10"))
    browsers = int(os.environ.get("CONFLICT_BENCH_BROWSERS", str(sessions)))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        store = _made_store(Path(folder) / "bench.gpkg", events=events)
        browser = stack.enter_context(browsing.browser())
        began = time.perf_counter()
        address = stack.enter_context(served(store, Path(folder) / "log.txt"))
        listening = time.perf_counter() - began
        found = [Measurement("dashboard.server listens", listening, "s", "from the call of geo serve")]
        tabs = [_tab(stack, browser, address)]
        found += [*_opened(tabs[0], "cold start"), *_acts(Crew(tabs), "one browser")]
        readers = [stack.enter_context(Reader(address)) for _ in range(sessions - 1)]
        found += _together(Crew(tabs, readers, _server(address)), f"one browser and {sessions - 1} that draw nothing")
        tabs += [_tab(stack, browser, address) for _ in range(browsers - 1)]
        warm = [measurement for tab in tabs[1:] for measurement in _opened(tab, "warm start")]
        usable = [measurement.value for measurement in warm if measurement.name.endswith("usable")]
        if usable:
            found.append(Measurement("dashboard.warm start.usable", statistics.median(usable), "s", "median"))
            found += _together(Crew(tabs), f"{browsers} browsers on this machine")
        status = (_server(address) / "status").read_text()
        memory = int(status.split("VmRSS:")[1].split()[0]) / 1024
        found += _second_start(browser, store, Path(folder) / "log.txt")
        opened = f"{len(tabs)} browsers and {len(readers)} that draw nothing open"
        return [*found, Measurement("dashboard.server memory", memory, "MB", opened)]


def _second_start(browser: Browser, store: Path, log: Path) -> list[Measurement]:
    """Start another server with the same store, as after a night: what the first one kept on disk holds."""
    with ExitStack() as stack:
        tab = _tab(stack, browser, stack.enter_context(served(store, log)))
        return list(_opened(tab, "second start"))


def _tab(stack: ExitStack, browser: Browser, address: str) -> Visit:
    tab = stack.enter_context(visiting(browser, address))
    tab.context.set_default_timeout(_PATIENCE_MS)
    return tab


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


@dataclass(frozen=True, slots=True)
class Crew:
    """Who acts at once."""

    tabs: list[Visit]
    readers: list[Reader] = field(default_factory=list)
    """Sessions that draw nothing."""
    server: Path | None = None
    """Of whose process the CPU time is counted, in /proc."""


def _together(crew: Crew, who: str) -> Iterator[Measurement]:
    yield from _acts(crew, f"{who}, each at its own moment within {THINKING_S:.0f} s", within_s=THINKING_S)
    yield from _acts(crew, f"{who}, in the same instant")


def _acts(crew: Crew, who: str, *, within_s: float = 0.0) -> Iterator[Measurement]:
    """All sessions act within so many seconds; the first round warms up and is not counted."""
    for name, act, silent in (
        ("filter change", _filtered, _searched),
        ("day step", _stepped, _rested),
        ("event opened", _event_opened, lambda reader, number: reader.open_next()),
    ):
        _round(crew, act, silent, 0, within_s)
        before = _cpu_s(crew.server)
        rounds = [_round(crew, act, silent, number, within_s) for number in range(1, ROUNDS)]
        spent = (_cpu_s(crew.server) - before) / (len(rounds) * (len(crew.tabs) + len(crew.readers)))
        for kind, times in (("", [each.drawn for each in rounds]), (" answered", [each.answered for each in rounds])):
            seconds = sorted(chain.from_iterable(times))
            if seconds:
                note = f"{who}, n={len(seconds)}" if not kind else f"{who}, those that draw nothing, n={len(seconds)}"
                yield Measurement(f"dashboard.{name}{kind}.median", statistics.median(seconds), "s", note)
                yield Measurement(f"dashboard.{name}{kind}.p95", seconds[int(0.95 * (len(seconds) - 1))], "s", note)
        if crew.server:
            yield Measurement(f"dashboard.{name}.server CPU", spent, "s", f"{who}, of one session")


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a reader does, and what the page shows when it is done."""

    press: Callable[[], object]
    until: str
    """A JavaScript expression."""


@dataclass(frozen=True, slots=True)
class Round:
    """How long each session waited, in seconds."""

    drawn: list[float]
    answered: list[float]


def _round(
    crew: Crew,
    act: Callable[[Page, int], Act],
    silent: Callable[[Reader, int], object],
    number: int,
    within_s: float,
) -> Round:
    """Let each session act once, at a moment drawn by a seed."""
    acts = [(tab.page, act(tab.page, number)) for tab in crew.tabs]
    for page, made in acts:
        page.evaluate(_WATCH, made.until)
    drawn = random.Random(number)  # noqa: S311
    moments = [drawn.uniform(0.0, within_s) for _ in (*acts, *crew.readers)]
    begun = time.time() + 0.05
    with ThreadPoolExecutor(len(crew.readers) or 1) as pool:
        waiting = [
            pool.submit(_answered, partial(silent, reader, number), begun + moment)
            for reader, moment in zip(crew.readers, moments[len(acts) :], strict=True)
        ]
        started = []
        for (_, made), moment in zip(acts, sorted(moments[: len(acts)]), strict=True):
            time.sleep(max(0.0, begun + moment - time.time()))
            started.append(time.time())
            made.press()
        for page, _ in acts:
            page.wait_for_function("() => window.benchDone", timeout=_PATIENCE_MS)
        ended = [page.evaluate("() => window.benchDone") / 1000 for page, _ in acts]
        return Round(
            [end - start for start, end in zip(started, ended, strict=True)], [each.result() for each in waiting]
        )


def _answered(ask: Callable[[], object], moment: float) -> float:
    """Return how long an answer took that was asked for at a moment of Unix time."""
    time.sleep(max(0.0, moment - time.time()))
    started = time.perf_counter()
    ask()
    return time.perf_counter() - started


_WATCH = """(until) => {
  window.benchDone = 0;
  const done = new Function(`return ${until}`);
  const look = () => { if (done()) window.benchDone = Date.now(); else requestAnimationFrame(look); };
  requestAnimationFrame(look);
}"""
"""Looks at every frame, in the page itself, and notes when it saw what was waited for."""


def _filtered(page: Page, number: int) -> Act:
    """Search for another word, until the figures show what it leaves."""
    before = json.dumps(page.evaluate(f"() => {_FIGURE}"))
    search = page.get_by_label("Search", exact=True)
    search.fill(_new_words())
    return Act(lambda: search.press("Enter"), f"{_FIGURE} !== {before}")


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


def _searched(reader: Reader, number: int) -> None:
    reader.search(_new_words())


def _rested(reader: Reader, number: int) -> None:
    """Say which day the map rests on: a browser says so well after its map has shown it."""
    reader.step_to(f"2016-11-{16 + number % 14}")


def _new_words() -> str:
    """Return words that nobody searched for in this run, and that a hundredth of the events hold."""
    number = next(_ASKED)
    weapon, told = ("mortar", "barrel", "artillery", "bomb")[number % 4], ("", "rebel", "school", "sunday", "children")
    return f"{weapon} {number // 4 % 100:02} {told[number // 400 % 5]}".strip()


def _server(address: str) -> Path:
    """Return the folder in /proc of the server's process, found by the port that it was started with."""
    port = address.rsplit(":", 1)[1].encode()
    for process in Path("/proc").iterdir():
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if port in words and b"run" in words:
            return process
    raise RuntimeError(f"no process serves {address}")


def _cpu_s(process: Path | None) -> float:
    """Return the CPU time of a process, 0 of none."""
    if process is None:
        return 0.0
    fields = (process / "stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
