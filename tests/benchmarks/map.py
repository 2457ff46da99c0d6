"""The map of 100,000 events against folium's own layers on the same events, with chromium doing the loading.

Folium's pages load Leaflet from a CDN; here they get it from the package, so that what is timed is their own work. The
clustering library of `FastMarkerCluster` is in no package, so that its page is built but not loaded.
"""

from __future__ import annotations

import contextlib
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import folium
import geopandas as gpd
import pandas as pd
from folium.plugins import FastMarkerCluster
from playwright.sync_api import Browser, Route

from geo.layers import assets, map_html
from geo.layers.escaping import script_json
from geo.layers.event_columns import event_piece
from geo.tables import Scene
from tests.layers import browsing, scenes

from .measuring import Measurement

EVENTS = 100_000
MARKERS = 10_000
"""Folium's markers are objects of their own: ten times as many take ten times as long."""
MILLION = 10
ROUNDS = 9
FIELDS = ["event_id", "sub_event_type", "place_name", "actor1", "actor2", "notes", "control", "accounts"]
_ACTS = {
    "step of the day": "a.state.step(1)",
    "filter change": "a.state.set({types: a.state.value.types.length ? [] : ['battles', 'riots']})",
}


def run() -> list[Measurement]:
    """Measure building, size, loading and use of the map, and building and loading of folium's layers."""
    scene = scenes.make_scene(events=EVENTS, days=400)
    with tempfile.TemporaryDirectory() as folder, browsing.browser() as browser:
        place = Path(folder)
        return [
            *_ours(scene, "100,000 events", place, browser, cards=True),
            *_ours(_million(scene), "1,000,000 events", place, browser, cards=False),
            *_small(place),
            *_circle_markers(scene.events.iloc[:MARKERS], place, browser),
            *_geojson(scene.events, place, browser),
            *_fast_cluster(scene.events, place),
        ]


def _ours(scene: Scene, name: str, place: Path, browser: Browser, *, cards: bool) -> list[Measurement]:
    path, built = place / "ours.html", _timed(lambda: map_html(scene, cards=cards))
    path.write_text(map_html(scene, cards=cards), encoding="utf-8")
    columns = len(script_json(event_piece(scene.events, cards=False)))
    found = [
        Measurement(f"map, {name}: built", built, "s", "target 3 s; 30 s for a million"),
        Measurement(f"map, {name}: columns", columns / len(scene.events), "bytes an event", "target 90, without texts"),
        Measurement(f"map, {name}: file", path.stat().st_size / 1e6, "MB", "with all texts" if cards else "no texts"),
    ]
    with browsing.visit(browser, path, hash_="#window=all&day=2017-06-01") as visit:
        started = time.perf_counter()
        visit.page.reload()
        page = visit.ready(timeout=120_000)
        found.append(Measurement(f"map, {name}: ready", time.perf_counter() - started, "s", "target 3 s"))
        page.wait_for_timeout(4000)
        for label, act in _ACTS.items():
            for how, value in page.evaluate(_TIMING.replace("ACT", act), ROUNDS).items():
                found.append(Measurement(f"map, {name}: {label}, {how}", value, "ms", "median"))
    return found


# A step's own work, and the time until the browser has painted it.
_TIMING = """async (rounds) => {
    const a = ConflictAtlas.all()[0];
    const work = [], painted = [];
    for (let i = 0; i < rounds; i++) {
        const start = performance.now();
        ACT;
        work.push(performance.now() - start);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        painted.push(performance.now() - start);
        await new Promise((done) => setTimeout(done, 400));
    }
    const middle = (values) => values.sort((one, other) => one - other)[Math.floor(rounds / 2)];
    return { work: middle(work), painted: middle(painted) };
}"""


def _million(scene: Scene) -> Scene:
    copies = [scene.events.assign(event_id=scene.events["event_id"] + f"-{copy}") for copy in range(MILLION)]
    return replace(scene, events=gpd.GeoDataFrame(pd.concat(copies, ignore_index=True), crs=scene.events.crs))


def _small(place: Path) -> list[Measurement]:
    html = map_html(scenes.make_scene(events=1000, days=40), documents=scenes.DOCUMENTS)
    size = len(html.encode()) / 1000
    return [Measurement("map, 1,000 events and 40 days of zones: file", size, "kB", "target 700")]


def _circle_markers(events: gpd.GeoDataFrame, place: Path, browser: Browser) -> list[Measurement]:
    placed = events[events["lon"].notna()]

    def build() -> str:
        page = folium.Map(tiles=None)
        for row in placed[["lat", "lon", *FIELDS]].to_dict("records"):
            text = "<br>".join(str(row[name]) for name in FIELDS)
            folium.CircleMarker([row["lat"], row["lon"]], radius=4, popup=text).add_to(page)
        return str(page.get_root().render())

    return _folium("CircleMarker", build, len(placed), place, browser)


def _geojson(events: gpd.GeoDataFrame, place: Path, browser: Browser) -> list[Measurement]:
    placed = events[events["lon"].notna()][[*FIELDS, "geometry"]]

    def build() -> str:
        page = folium.Map(tiles=None, prefer_canvas=True)
        popup = folium.GeoJsonPopup(fields=FIELDS)
        folium.GeoJson(placed, marker=folium.CircleMarker(radius=4), popup=popup).add_to(page)
        return str(page.get_root().render())

    return _folium("GeoJson", build, len(placed), place, browser)


def _fast_cluster(events: gpd.GeoDataFrame, place: Path) -> list[Measurement]:
    placed = events[events["lon"].notna()]

    def build() -> str:
        page = folium.Map(tiles=None)
        FastMarkerCluster(placed[["lat", "lon", *FIELDS]].to_numpy().tolist()).add_to(page)
        return str(page.get_root().render())

    return _folium("FastMarkerCluster", build, len(placed), place, None)


def _folium(name: str, build: Callable[[], str], count: int, place: Path, browser: Browser | None) -> list[Measurement]:
    started = time.perf_counter()
    html = build()
    found = [
        Measurement(f"folium {name}, {count:,} events: built", time.perf_counter() - started, "s"),
        Measurement(f"folium {name}, {count:,} events: file", len(html.encode()) / count, "bytes an event"),
    ]
    if browser is not None:
        path = place / "folium.html"
        path.write_text(html, encoding="utf-8")
        found.append(Measurement(f"folium {name}, {count:,} events: loaded", _loading(path, browser), "s"))
    return found


def _loading(path: Path, browser: Browser) -> float:
    page = browser.new_page()
    page.route("**/*", _from_package)
    started = time.perf_counter()
    page.goto(path.as_uri(), timeout=300_000)
    page.wait_for_function("document.querySelector('.leaflet-overlay-pane *')", timeout=300_000)
    taken = time.perf_counter() - started
    with contextlib.suppress(Exception):  # noqa: BLE001 - a page that hangs is no reason to lose the figures
        page.close()
    return taken


def _from_package(route: Route) -> None:
    url = route.request.url
    if url.startswith("file:"):
        route.continue_()
    elif url.endswith("leaflet.js"):
        route.fulfill(body=assets.leaflet_script(), content_type="text/javascript")
    else:
        route.abort()


def _timed(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)
