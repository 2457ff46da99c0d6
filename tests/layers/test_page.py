"""The page as text: sizes, policy, words, and what its scripts may not do."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import folium
import pytest

from geo.layers import EventLayer, Timeline, ZoneLayer, assets, atlas_map, map_html
from geo.tables import EVENT_COLUMNS, empty_table
from geo.vocabulary import SUB_EVENT_TYPES, TAGS, EventType, Factuality
from tests.layers import scenes

DAY = date(2026, 1, 2)
OWN = Path(__file__).resolve().parents[2] / "geo" / "layers" / "assets"


def block_of(html: str) -> dict[str, Any]:
    found = re.findall(r'<script type="application/json" id="atlas-data">(.*?)</script>', html, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


def unpacked(piece: dict[str, Any]) -> Any:
    return piece["plain"] if "plain" in piece else json.loads(zlib.decompress(base64.b64decode(piece["deflate"])))


def test_a_thousand_events_and_forty_days_of_zones_stay_under_700_kb() -> None:
    html = map_html(scenes.make_scene(events=1000, days=40), documents=scenes.DOCUMENTS)
    assert len(html.encode()) < 700_000


def test_an_event_costs_at_most_90_bytes_and_its_texts() -> None:
    few, many = (scenes.make_scene(events=count, zones=False) for count in (10, 10_010))
    grown = len(map_html(many, cards=False)) - len(map_html(few, cards=False))
    assert grown / 10_000 <= 90


def test_a_year_of_daily_slices_is_megabytes_at_most() -> None:
    html = map_html(scenes.make_scene(events=0, days=365, cells=40))
    assert len(html) < 2_000_000


def test_the_same_scene_gives_the_same_bytes() -> None:
    scene = scenes.make_scene(events=20)
    assert map_html(scene, exported_on=DAY) == map_html(scene, exported_on=DAY)


def test_the_policy_allows_these_scripts_alone() -> None:
    html = map_html(scenes.make_scene(events=5))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    rules = dict(part.strip().split(" ", 1) for part in policy[1].split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]
    for element, rule in (("script", "script-src"), ("style", "style-src")):
        texts = re.findall(rf"<{element}>(.*?)</{element}>", html, re.DOTALL)
        hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts}
        assert hashes == set(rules[rule].split())
    assert not re.search(r"<(link|img|iframe|object|embed)\b|<script [^>]*src|@import|url\((?!#)", html)


def test_a_scene_without_events_zones_or_places_is_a_map() -> None:
    scene = scenes.make_scene(events=0, zones=False)
    html = map_html(replace(scene, events=empty_table(EVENT_COLUMNS), attributions=()))
    assert block_of(html)["event_layer_events"]["size"] == 0


def test_a_day_outside_the_period_is_brought_into_it() -> None:
    scene = scenes.make_scene(events=3)
    timeline = block_of(map_html(scene, day=date(1999, 1, 1)))["timeline_timeline"]
    assert timeline["day"] == timeline["start"]
    timeline = block_of(map_html(scene, day=date(2030, 1, 1)))["timeline_timeline"]
    assert timeline["day"] == timeline["end"]


def test_only_documents_that_are_quoted_travel_along() -> None:
    scene = scenes.make_scene(events=3)
    html = map_html(scene, documents={**scenes.DOCUMENTS, "secret": "not quoted by any event"})
    assert set(unpacked(block_of(html)["event_layer_events"]["documents"])) == {"doc-0", "doc-1", "doc-2"}


def test_a_link_that_is_no_web_address_does_not_reach_the_page() -> None:
    scene = scenes.make_scene(events=1)
    credit = replace(scene.attributions[0], url="javascript:alert(1)")
    block = block_of(map_html(replace(scene, attributions=(credit,))))
    assert block["panels_panels"]["attributions"][0]["url"] == ""


def test_the_elements_follow_folium() -> None:
    scene = scenes.make_scene(events=4)
    whole = atlas_map(scene)
    assert isinstance(whole, folium.Map)
    other = folium.Map(tiles=None)
    ZoneLayer(scene.zones).add_to(other)
    EventLayer(scene.events).add_to(other)
    Timeline(start=17120, end=17130, day=17120).add_to(other)
    html = other.get_root().render()
    for name in ("addZones", "addEvents", "addTimeline"):
        assert len(re.findall(rf"ConflictAtlas\.of\(map_\w+\)\.{name}\(", html)) == 1
    assert html.count("class Atlas {") == 1
    with pytest.raises(TypeError, match="added to a map"):
        EventLayer(scene.events).render()


def test_every_script_and_style_is_in_the_page() -> None:
    assert {path.stem for path in (OWN / "js").iterdir()} == set(assets.SCRIPTS)
    assert {path.stem for path in (OWN / "css").iterdir()} == set(assets.STYLES)
    assert all(len(path.read_text().splitlines()) < 300 for path in (OWN / "js").iterdir())


@pytest.mark.parametrize("path", sorted((OWN / "js").iterdir()), ids=lambda path: path.stem)
def test_no_script_reads_markup_runs_text_or_reaches_out(path: Path) -> None:
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\b|"
        r"new Function|setTimeout\(\s*['\"`]|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|import\(|new Worker|"
        r"bindPopup|bindTooltip|setContent"
    )
    assert not re.search(forbidden, path.read_text())


def test_each_language_has_all_words() -> None:
    tables = assets.words()
    needed = (
        [f"type.{kind}" for kind in EventType]
        + [f"sub.{kind}" for kind in SUB_EVENT_TYPES]
        + [f"tag.{tag}" for tag in TAGS]
        + [f"factuality.{kind}" for kind in Factuality]
        + [f"control.{name}" for name in ("government", "rebels", "sdf", "contested", "uncertain", "unknown")]
    )
    said = set(re.findall(r'say\(\s*"([\w.]+)"', assets.script_text()))
    for language in assets.LANGUAGES:
        assert set(tables[language]) == set(tables["en"])
        assert not (set(needed) | said) - set(tables[language])
        for key, text in tables[language].items():
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", tables["en"][key])), key
