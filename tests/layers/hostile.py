"""Strings that break maps and tables, and a scene that carries one of them in every field that holds free text."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import geopandas as gpd

from geo.tables import EVENT_COLUMNS, ZONE_COLUMNS, Attribution, Scene, check_events, check_regions, check_zones
from tests.layers import scenes

CORPUS = {
    "script": "<script>window.pwned=1;alert(1)</script>",
    "closing script": "</script><script>window.pwned=2</script>",
    "half a closing tag": "</scr\u0130pt </SCRIPT\t><img src=x onerror=window.pwned=3>",
    "comment": "<!--<script>window.pwned=4</script>-->",
    "attribute": '" onmouseover="window.pwned=5" x="\' autofocus onfocus=\'window.pwned=5',
    "svg": "<svg/onload=window.pwned=6><animate onbegin=window.pwned=6>",
    "iframe": "<iframe srcdoc='<script>parent.pwned=7</script>'></iframe><base href=//evil.example/>",
    "template literal": "${window.pwned=8}`${window.pwned=8}`\\`",
    "jinja": "{{ 7*7 }}{% for x in range(3) %}x{% endfor %}{{ ''.__class__.__mro__ }}{# gone #}",
    "javascript link": "javascript:window.pwned=9//https://example.org",
    "data link": "data:text/html,<script>window.pwned=10</script>",
    "quotes": "'\"\\'\\\";window.pwned=11;//\\u003c",
    "line ends": "a\u2028window.pwned=12\u2029\r\n\u0085b",
    "bidi": "\u202egnp.exe \u2066\u202bابدأ\u202c name\u2069\u200f",
    "arabic": "قصف حي الفرقان «غرب حلب»",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈\U0001f4a5 e\u0301\u0323",
    "control": "a\x01\x08\x0b\x1f\x7f\ufffe b",
    "formula": '=HYPERLINK("http://evil.example","x")&cmd|\' /C calc\'!A1',
    "formula with a space": "  +1+1",
    "at": "@SUM(A1:A9)",
    "minus": "-2+3",
    "tab": "\t=1+1",
    "wide formula": "＝1+1",
    "entities": "&lt;b&gt;&amp;&#60;script&#62;",
    "cdata": "]]><x/><![CDATA[",
    "prototype": "__proto__",
    "constructor": "constructor",
    "long": "Ṫ" * 1_000_000,
    "long word": "Donaudampfschifffahrtsgesellschaft" * 30,
    "zalgo": "Z" + "\u0335\u0321\u0349" * 400,
}
"""By what they try."""

_CLOSED = {"event_type", "sub_event_type", "tags", "factuality", "review", "accounts"}


@cache
def hostile_scene() -> tuple[Scene, dict[str, str]]:
    """Return a scene with an event, a zone, a region and a source for each string, and the documents behind it."""
    texts = list(CORPUS.values())
    calm = scenes.make_scene(events=len(texts), days=4, cells=6)
    scene = replace(
        calm,
        events=_hostile_events(calm.events, texts),
        zones=_hostile_zones(calm.zones.iloc[: len(texts)], texts),
        regions=_hostile_regions(calm.regions, texts),
        attributions=tuple(Attribution(name=text, licence=text, url=text, what=text) for text in texts),
        title=" ".join(text[:200] for text in texts),
    )
    return scene, {text: f"{text} {text[:1000]}" for text in texts}


def _hostile_events(events: gpd.GeoDataFrame, texts: list[str]) -> gpd.GeoDataFrame:
    free = [column.name for column in EVENT_COLUMNS if column.kind == "text" and column.name not in _CLOSED]
    filled = events.assign(**dict.fromkeys(free, texts))
    filled["event_id"] = [f"{text[:2000]}{number}" for number, text in enumerate(texts)]
    filled["gazetteer_id"] = [f"{text}#east" for text in texts]
    filled["accounts"] = [_strange_accounts(text) for text in texts]
    return check_events(filled)


def _strange_accounts(text: str) -> str:
    evidence = [{"field": text, "start": 0, "end": len(text), "text": text}]
    account = {"document_id": text, "source": text, "url": text, "published": text, "attribution": text}
    odd = [{"evidence": None}, {"evidence": [None, {"text": 3}], "source": [text[:100]]}]
    return json.dumps([{**account, "evidence": evidence}, *odd], ensure_ascii=False)


def _hostile_zones(zones: gpd.GeoDataFrame, texts: list[str]) -> gpd.GeoDataFrame:
    free = [column.name for column in ZONE_COLUMNS if column.kind == "text" and column.name not in ("status", "series")]
    filled = zones.assign(**dict.fromkeys(free, texts))
    filled["zone_id"] = [f"{text[:2000]}{number}" for number, text in enumerate(texts)]
    return check_zones(filled.assign(valid_from=zones["valid_from"].min(), valid_to=None))


def _hostile_regions(regions: gpd.GeoDataFrame, texts: list[str]) -> gpd.GeoDataFrame:
    shape = regions.geometry.iloc[0]
    rows = [{"region_id": f"{text}#east", "name": text} for text in texts]
    return check_regions(gpd.GeoDataFrame(rows, geometry=[shape] * len(rows), crs=regions.crs))
