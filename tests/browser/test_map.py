"""The map in a real browser, opened as a file with nothing outside to be had."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from geo.exports import write_scene
from geo.layers import map_html
from geo.tables import check_zones
from tests.layers import browsing, scenes

pytestmark = pytest.mark.browser

SCENE = scenes.make_scene(events=120)
DAYS = SCENE.events["date_start"].dt.strftime("%Y-%m-%d")
MARK_BESIDE_CARD = """() => {
    const app = ConflictAtlas.all()[0];
    const row = app.events.row(app.state.value.selected);
    const ground = app.map.getContainer().getBoundingClientRect();
    const card = document.querySelector(".card").getBoundingClientRect();
    const spot = app.map.latLngToContainerPoint(app.map.unproject([app.events.x[row], app.events.y[row]], 0));
    return spot.x > 0 && spot.x < ground.width && spot.y > 0 && ground.top + spot.y < card.top;
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browsing.browser() as started:
        yield started


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "map.html"
    return write_scene(SCENE, path, documents=scenes.DOCUMENTS, day=date(2016, 11, 20))


@pytest.fixture
def page(chromium: Browser, file: Path) -> Iterator[Page]:
    with browsing.visit(chromium, file) as visit:
        yield visit.ready()
    assert visit.faults == []


def area(page: Page, controller: str) -> float:
    row = page.locator(f'[data-testid=legend-area][data-controller="{controller}"]')
    return float(row.get_attribute("data-area-km2") or "nan")


def set_day(page: Page, day: str) -> None:
    number = (date.fromisoformat(day) - date(1970, 1, 1)).days
    page.locator("[data-testid=timeline-slider]").fill(str(number))
    expect(page.locator("[data-testid=timeline-day]")).to_have_attribute("data-day", day)


def spans(day: str) -> int:
    start, end = SCENE.events["date_start"], SCENE.events["date_end"]
    return int(((start <= day) & (end >= day)).sum())


def test_the_day_decides_zones_events_and_areas(page: Page) -> None:
    before = area(page, "rebels"), area(page, "government")
    assert page.locator("[data-testid=event-item]").count() == spans("2016-11-20")
    set_day(page, "2016-12-20")
    assert area(page, "rebels") < before[0]
    assert area(page, "government") > before[1]
    expect(page.locator("[data-testid=event-item]")).to_have_count(spans("2016-12-20"))


def test_the_areas_are_those_of_the_zones_of_the_day(page: Page) -> None:
    set_day(page, "2016-12-01")
    zones = SCENE.zones
    valid = (zones["valid_from"] <= "2016-12-01") & ~(zones["valid_to"] <= "2016-12-01")
    metric = zones[valid & (zones["controller"] == "rebels") & (zones["status"] == "held")].to_crs(32637)
    assert area(page, "rebels") == pytest.approx(metric.area.sum() / 1e6, rel=0.005)


def test_ground_is_named_on_the_days_on_which_its_zone_holds(chromium: Browser, tmp_path: Path) -> None:
    zones = scenes.make_zones(days=10, cells=1)
    zones["name"] = "Old Town"
    # On the fourth day nobody holds it, and nothing of it is drawn.
    gap = zones[zones["valid_from"] < "2016-11-18"].assign(valid_to=pd.Timestamp("2016-11-18"))
    later = gap.assign(zone_id="later", valid_from=pd.Timestamp("2016-11-19"), valid_to=pd.NaT).iloc[:1]
    ground = check_zones(gpd.GeoDataFrame(pd.concat([gap, later], ignore_index=True), crs=zones.crs))
    scene = replace(scenes.make_scene(events=0, days=10), zones=ground)
    with browsing.visit(chromium, write_scene(scene, tmp_path / "gap.html", day=date(2016, 11, 16))) as visit:
        page = visit.ready()
        for day, named in (("2016-11-16", True), ("2016-11-18", False), ("2016-11-19", True)):
            set_day(page, day)
            drawn = "named => ConflictAtlas.all()[0].names.drawn.has('Old Town') === named"
            page.wait_for_function(drawn, arg=named)


def test_windows_of_days(page: Page) -> None:
    start, end = SCENE.events["date_start"], SCENE.events["date_end"]
    for window, expected in {
        "week": int(((start <= "2016-11-20") & (end >= "2016-11-14")).sum()),
        "all": int((start <= "2016-11-20").sum()),
        "day": spans("2016-11-20"),
    }.items():
        page.locator("[data-testid=timeline-window]").select_option(window)
        expect(page.locator("[data-testid=event-item]")).to_have_count(expected)


def test_play_steps_by_days_and_pauses(page: Page) -> None:
    play = page.locator("[data-testid=timeline-play]")
    page.locator("[data-testid=timeline-pace]").select_option("fast")
    play.click()
    expect(play).to_have_attribute("aria-label", "Pause")
    # Any later day will do: a busy machine may see a few of them at once.
    expect(page.locator("[data-testid=timeline-day]")).not_to_have_attribute("data-day", "2016-11-20")
    play.click()
    page.locator("[data-testid=timeline-next]").click()
    page.locator("[data-testid=timeline-back]").click()
    stopped = page.locator("[data-testid=timeline-day]").get_attribute("data-day")
    page.wait_for_timeout(500)
    expect(page.locator("[data-testid=timeline-day]")).to_have_attribute("data-day", stopped or "")


def test_keys_drive_the_timeline_and_the_card(page: Page) -> None:
    day = page.locator("[data-testid=timeline-day]")
    page.locator("[data-testid=timeline-slider]").press("ArrowRight")
    expect(day).to_have_attribute("data-day", "2016-11-21")
    page.locator("body").press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(",")
    expect(day).to_have_attribute("data-day", "2016-11-20")
    page.keyboard.press("/")
    expect(page.locator("[data-testid=search]")).to_be_focused()
    item = page.locator("[data-testid=event-item]").first
    item.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=card]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=card]")).to_be_hidden()
    expect(item).to_be_focused()


def test_the_list_is_one_stop_of_the_tab_key(page: Page) -> None:
    page.locator("[data-testid=timeline-window]").select_option("all")
    items = page.locator("[data-testid=event-item]")
    items.first.focus()
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    expect(items.first).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.dataset.testid") != "event-item"
    page.keyboard.press("Shift+Tab")
    expect(items.first).to_be_focused()


def test_dragging_over_the_histogram_chooses_a_span_of_days(page: Page) -> None:
    box = page.locator("[data-testid=histogram]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(page.locator("[data-testid=timeline-window]")).to_have_value("range")
    state = page.evaluate("ConflictAtlas.all()[0].state.outer()")
    shown = SCENE.events[(SCENE.events["date_start"] <= state["day"]) & (SCENE.events["date_end"] >= state["from"])]
    expect(page.locator("[data-testid=event-item]")).to_have_count(len(shown))


def test_the_card_tells_all_and_quotes_its_sources(page: Page) -> None:
    event = SCENE.events.iloc[5]
    page.evaluate(
        "id => ConflictAtlas.all()[0].state.set({selected: id, window: 'all', day: 17200})", event["event_id"]
    )
    card = page.locator("[data-testid=card]")
    expect(card).to_have_attribute("data-event-id", event["event_id"])
    expect(card.locator(".notes")).to_have_text(event["notes"])
    low, high = event["fatalities_low"], event["fatalities_high"]
    expect(card.locator("[data-fact=killed]")).to_contain_text(f"{low}–{high}")
    expect(card.locator("[data-fact=where]")).to_contain_text(event["place_name"])
    expect(card.locator("[data-fact=control]")).to_contain_text(event["control"], ignore_case=True)
    assert card.locator(".account").count() == len(json.loads(event["accounts"]))
    quotes = card.locator("[data-testid=evidence]").all_inner_texts()
    assert "on Sunday" in [quote.strip('“”"') for quote in quotes]
    marked = card.locator("[data-testid=document-text] mark").all_inner_texts()
    # Offsets count code points: a picture character comes before the words.
    assert marked[:2] == ["Rebel shelling", "the Furqan school in western Aleppo"]
    assert card.locator("a").first.get_attribute("href") == "https://example.org/reports/5"
    page.locator("[data-testid=card-close]").click()
    expect(card).to_be_hidden()


def test_a_click_on_a_mark_opens_its_card(page: Page) -> None:
    # Marks are drawn with the next picture of the screen.
    point = page.wait_for_function(
        """() => {
            const app = ConflictAtlas.all()[0];
            const box = app.map.getContainer().getBoundingClientRect();
            const legend = document.querySelector('.legend').getBoundingClientRect();
            for (const item of app.layer.items) {
                const layerPoint = L.point(item.x, item.y).add(app.layer.canvas._bounds.min);
                const spot = app.map.layerPointToContainerPoint(layerPoint);
                const [x, y] = [box.left + spot.x, box.top + spot.y];
                const free = x > legend.right && y > 120 && x < innerWidth - 90;
                if (item.count === 1 && free) return [x, y, app.events.id(item.row)];
            }
        }"""
    ).json_value()
    page.mouse.click(point[0], point[1])
    expect(page.locator("[data-testid=card]")).to_have_attribute("data-event-id", point[2])


DOUBT_IN_SIGHT = """() => {
    const app = ConflictAtlas.all()[0];
    const row = app.events.row(app.state.value.selected);
    const radius = app.layer.doubt(row) * 2 ** app.map.getZoom();
    const { width, height } = app.map.getContainer().getBoundingClientRect();
    return radius > 0 && 2 * radius <= Math.min(width, height);
}"""


def test_a_doubt_wider_than_the_view_is_shown_whole(page: Page) -> None:
    page.locator("[data-testid=timeline-window]").select_option("all")
    widest = SCENE.events.set_index("event_id")["uncertainty_km"].idxmax()
    page.evaluate("() => ConflictAtlas.all()[0].map.setView([36.2, 37.15], 17, { animate: false })")
    page.evaluate("(event) => ConflictAtlas.all()[0].state.set({ selected: event })", widest)
    expect(page.locator("[data-testid=card]")).to_have_attribute("data-event-id", widest)
    page.wait_for_function(DOUBT_IN_SIGHT)


def test_filters_and_search_narrow_list_and_counts(page: Page) -> None:
    page.locator("[data-testid=timeline-window]").select_option("all")
    page.locator("[data-testid=timeline-slider]").press("End")
    items = page.locator("[data-testid=event-item]")
    expect(items).to_have_count(len(SCENE.events))
    for kind in set(SCENE.events["event_type"]) - {"battles"}:
        page.locator(f'[data-testid=filter-type][data-type="{kind}"]').uncheck()
    expect(items).to_have_count(int((SCENE.events["event_type"] == "battles").sum()))
    page.locator("[data-testid=filter-reset]").click()
    page.locator("summary", has_text="More filters").click()
    page.locator("[data-testid=filter-deaths]").select_option("5")
    expect(items).to_have_count(int((SCENE.events["fatalities_best"].fillna(0) >= 5).sum()))
    page.locator("[data-testid=filter-deaths]").select_option("0")
    page.locator("[data-testid=filter-actor]").select_option("Rebel groups")
    acts = (SCENE.events[["actor1", "actor2"]] == "Rebel groups").any(axis=1)
    expect(items).to_have_count(int(acts.sum()))
    page.locator("[data-testid=filter-reset]").click()
    page.locator("[data-testid=search]").fill("barrel BOMB")
    expect(items).to_have_count(int((SCENE.events["weapon"] == "barrel bomb").sum()))
    page.locator("[data-testid=search]").fill("حي 7")
    expect(items).not_to_have_count(0)


def test_the_address_holds_the_view(chromium: Browser, file: Path, page: Page) -> None:
    set_day(page, "2016-12-05")
    page.locator("[data-testid=timeline-window]").select_option("week")
    page.locator("[data-testid=search]").fill("quarter 5")
    page.locator("[data-testid=event-item]").first.click()
    expect(page.locator("[data-testid=card]")).to_be_visible()
    chosen = page.locator("[data-testid=card]").get_attribute("data-event-id")
    # The address is written a little after the state.
    page.wait_for_function("chosen => location.hash.includes(`selected=${chosen}`)", arg=chosen)
    address = page.evaluate("location.hash")
    with browsing.visit(chromium, file, hash_=address) as visit:
        again = visit.ready()
        expect(again.locator("[data-testid=timeline-day]")).to_have_attribute("data-day", "2016-12-05")
        expect(again.locator("[data-testid=timeline-window]")).to_have_value("week")
        expect(again.locator("[data-testid=search]")).to_have_value("quarter 5")
        expect(again.locator("[data-testid=card]")).to_have_attribute("data-event-id", chosen or "")


@pytest.mark.parametrize(
    "address", ["#day=tomorrow&window=never&types=%00&view=a,b,c&precision=-1e9", "#day=1999-01-01", "#%E0%A4"]
)
def test_a_wrong_address_does_no_harm(address: str, chromium: Browser, file: Path) -> None:
    with browsing.visit(chromium, file, hash_=address) as visit:
        visit.ready()
    assert visit.faults == []


def test_a_parent_window_is_told_and_obeyed(chromium: Browser, file: Path, tmp_path: Path) -> None:
    parent = tmp_path / "parent.html"
    parent.write_text(
        "<script>window.heard=[];addEventListener('message',e=>heard.push(e.data))</script>"
        "<iframe id=f style='width:1200px;height:700px'></iframe>"
    )
    with browsing.visit(chromium, parent) as visit:
        page = visit.page
        page.evaluate("html => { document.getElementById('f').srcdoc = html }", file.read_text())
        frame = page.frame_locator("#f")
        frame.locator("body[data-ready]").wait_for()
        order = {"target": "conflict-atlas", "type": "state", "state": {"day": "2016-12-09", "window": "week"}}
        page.evaluate("order => document.getElementById('f').contentWindow.postMessage(order, '*')", order)
        expect(frame.locator("[data-testid=timeline-day]")).to_have_attribute("data-day", "2016-12-09")
        page.wait_for_function("() => heard.at(-1).state?.day === '2016-12-09'")
        heard: list[dict[str, Any]] = page.evaluate("window.heard")
    last = heard[-1]
    assert (last["source"], last["type"]) == ("conflict-atlas", "state")
    assert (last["state"]["day"], last["state"]["window"]) == ("2016-12-09", "week")
    assert [fault for fault in visit.faults if "about:srcdoc" not in fault] == []


def test_languages_turn_words_places_and_direction(page: Page) -> None:
    page.locator("[data-testid=language]").select_option("ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("[data-testid=about]")).to_have_text("حول الخريطة")
    assert page.locator("[data-testid=event-item] .where").first.inner_text().startswith(("حي", "eastern", "Quarter"))
    for language, word in {"uk": "Про мапу", "fr": "À propos", "en": "About"}.items():
        page.locator("[data-testid=language]").select_option(language)
        expect(page.locator("[data-testid=about]")).to_have_text(word)
        expect(page.locator("html")).to_have_attribute("dir", "ltr")


def test_the_card_speaks_the_reader_s_language(page: Page) -> None:
    page.locator("[data-testid=language]").select_option("ar")
    set_day(page, "2016-11-20")
    expect(page.locator(".leaflet-control-scale-line")).to_have_text(re.compile(r"^[\d.,]+ (م|كم)$"))
    page.locator("[data-testid=event-item]").first.click()
    card = page.locator("[data-testid=card]")
    expect(card.locator(".notes")).to_contain_text(re.compile(r"نوفمبر.* 2016"))
    # Sentences that are stored in English wait behind a word that says so.
    stored = card.locator("p[lang=en]")
    assert stored.count() > 0
    assert not any(stored.nth(at).is_visible() for at in range(stored.count()))
    card.locator("summary").first.click()
    expect(stored.first).to_be_visible()


def test_a_map_of_few_events_opens_with_all_of_them(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sparse.html"
    path.write_text(map_html(scenes.make_scene(events=6, days=600)), encoding="utf-8")
    with browsing.visit(chromium, path) as visit:
        page = visit.ready()
        expect(page.locator("[data-testid=timeline-window]")).to_have_value("all")
        expect(page.locator("[data-testid=event-item]")).to_have_count(6)
        # Days of two years are told with their year.
        expect(page.locator("[data-testid=event-item] .when").first).to_have_text(re.compile(r"\d{4}$"))
    assert visit.faults == []


def test_the_about_box_names_sources_licences_and_the_day_of_export(page: Page) -> None:
    page.locator("[data-testid=about]").click()
    box = page.locator("dialog")
    for words in ("Made-up Reports", "CC BY 4.0", "ODbL 1.0", "Leaflet", "made on"):
        expect(box).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()


def test_the_picture_is_a_png(page: Page) -> None:
    with page.expect_download() as download:
        page.locator("[data-testid=save-picture]").click()
    assert download.value.suggested_filename == "map-2016-11-20.png"
    assert Path(download.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_phone_has_sheets_for_list_and_card(chromium: Browser, file: Path) -> None:
    with browsing.visit(
        chromium, file, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    ) as visit:
        page = visit.ready()
        expect(page.locator("[data-testid=event-item]").first).to_be_hidden()
        page.locator("[data-testid=side-open]").tap()
        page.locator("[data-testid=event-item]").first.tap()
        expect(page.locator("[data-testid=card]")).to_be_visible()
        page.wait_for_function(MARK_BESIDE_CARD)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390
    assert visit.faults == []


def test_the_printed_page_has_map_legend_and_list(page: Page, tmp_path: Path) -> None:
    page.emulate_media(media="print")
    expect(page.locator("[data-testid=legend-area]").first).to_be_visible()
    expect(page.locator("[data-testid=event-item]").first).to_be_visible()
    expect(page.locator("[data-testid=timeline-play]")).to_be_hidden()
    assert page.pdf()[:5] == b"%PDF-"


def test_paper_gets_one_picture_of_the_map_and_the_screen_its_own_again(page: Page) -> None:
    painted = """() => {
        const tops = [...document.querySelectorAll(".leaflet-pane > canvas")];
        tops.sort((one, other) => one.parentNode.style.zIndex - other.parentNode.style.zIndex);
        const { width, height } = tops.at(-1);
        const points = tops.at(-1).getContext("2d").getImageData(0, 0, width, height).data;
        return points.filter((_, at) => at % 4 === 3 && points[at]).length / (width * height);
    }"""
    page.wait_for_function(f"() => ({painted})() > 0")
    marks = page.evaluate(painted)
    assert marks < 0.5
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    # A printer takes each canvas for itself, and a cleared one blots out those below: all is in the topmost.
    assert page.evaluate(painted) == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.wait_for_function(f"marks => Math.abs(({painted})() - marks) < 0.05", arg=marks)


def test_an_empty_map_says_so(chromium: Browser, tmp_path: Path) -> None:
    path = write_scene(scenes.make_scene(events=0), tmp_path / "empty.html")
    with browsing.visit(chromium, path) as visit:
        expect(visit.ready().locator("[data-testid=list-empty]")).to_have_text(
            "No event of these days fits the filters."
        )
    assert visit.faults == []


def test_layers_go_on_any_folium_map(chromium: Browser, tmp_path: Path) -> None:
    import folium

    from geo.layers import EventLayer, Timeline, ZoneLayer
    from geo.layers.page import AtlasMap

    page_map = AtlasMap(title="plain", language="en")
    assert isinstance(page_map, folium.Map)
    ZoneLayer(SCENE.zones).add_to(page_map)
    EventLayer(SCENE.events, regions=SCENE.regions).add_to(page_map)
    first = (SCENE.start - date(1970, 1, 1)).days
    Timeline(start=first, end=first + 39, day=first + 5).add_to(page_map)
    path = tmp_path / "plain.html"
    page_map.save(str(path))
    with browsing.visit(chromium, path) as visit:
        page = visit.ready()
        set_day(page, "2016-12-02")
        # Marks are drawn with the next picture of the screen.
        page.wait_for_function("() => ConflictAtlas.all()[0].layer.items.length > 0")
    assert visit.faults == []
