"""A scene as one page that needs nothing else: dashboard and exported file are the same page."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import folium
from branca.element import Figure
from folium.template import Template

from geo.layers import assets
from geo.layers.basemap import base_piece, scene_bounds
from geo.layers.elements import (
    BaseMap,
    EventLayer,
    InlineScript,
    InlineStyle,
    OnlineTiles,
    Panels,
    Timeline,
    Verbatim,
    ZoneLayer,
)
from geo.layers.escaping import html_text, safe_url
from geo.layers.tiles import Tiles
from geo.settings import read_settings
from geo.tables import Scene

_EPOCH = date(1970, 1, 1)
_TITLE_LENGTH = 200
THEMES = ("light", "dark")
_LANGUAGE_DIRECTIONS = {"ar": "rtl"}


class AtlasFigure(Figure):
    """A page that forbids itself every outside load, and every script that is not ours word for word.

    Where tiles were asked for, pictures from their host are allowed, and nothing else.
    """

    def __init__(self, *, title: str, language: str) -> None:
        super().__init__(title=title)
        self.language = language
        self.pictures_from = ""

    def render(self, **kwargs: Any) -> str:
        """Return the page."""
        for child in self._children.values():
            child.render(**kwargs)
        call = InlineScript(self.script.render(**kwargs))
        trusted = [*self.header._children.values(), call]
        policy = content_policy(
            scripts=[element.text for element in trusted if isinstance(element, InlineScript)],
            styles=[element.text for element in trusted if isinstance(element, InlineStyle)],
            pictures=self.pictures_from,
        )
        # A server of tiles may ask who shows them; without tiles nobody is told anything.
        referrer = "strict-origin-when-cross-origin" if self.pictures_from else "no-referrer"
        direction = _LANGUAGE_DIRECTIONS.get(self.language, "ltr")
        return (
            f'<!DOCTYPE html>\n<html lang="{self.language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="generator" content="Conflict Atlas">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta name="referrer" content="{referrer}">\n'
            f"<title>{html_text(str(self.title)[:_TITLE_LENGTH])}</title>\n{self.header.render(**kwargs)}\n</head>\n"
            f"<body>\n{self.html.render(**kwargs)}\n{call.render(**kwargs)}\n</body>\n</html>\n"
        )


class AtlasMap(folium.Map):
    """A folium map with Leaflet in the file, and none of folium's other libraries."""

    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []
    _template = Template(
        """
        {% macro html(this, kwargs) %}<div class="folium-map" id={{ this.get_name()|tojson }}></div>{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
            center: {{ this.location|tojson }}, zoom: 10, minZoom: 1, maxZoom: 18, zoomSnap: 0.25, zoomControl: false,
            attributionControl: false, worldCopyJump: true, boxZoom: true, maxBoundsViscosity: 0.8,
            trackResize: false
        });
        {% endmacro %}
        """
    )

    def __init__(self, *, title: str, language: str) -> None:
        super().__init__(location=[0.0, 0.0], tiles=None)
        # A fixed name makes the same scene give the same bytes.
        self._id = "atlas"
        self.figure = figure = AtlasFigure(title=title, language=language)
        figure.header._children.clear()
        figure.header.add_child(InlineStyle(assets.leaflet_style()), name="leaflet_style")
        figure.header.add_child(InlineScript(assets.leaflet_script()), name="leaflet_script")
        figure.html.add_child(Verbatim(f"<noscript>{html_text(_NO_SCRIPT)}</noscript>"), name="no_script")
        figure.add_child(self)


_NO_SCRIPT = "This map is drawn by the scripts inside this file: allow scripts for it to see the map."


def atlas_map(
    scene: Scene,
    *,
    day: date | None = None,
    selected: str = "",
    language: str = "en",
    documents: Mapping[str, str] | None = None,
    exported_on: date | None = None,
    cards: bool = True,
    theme: str = "",
    tiles: Tiles | None = None,
    data: Path | None = None,
) -> folium.Map:
    """Return a scene as one self-contained map.

    `day` is the day shown first; without it, the scene's first, or all until its last where most days have no event.
    `selected` is the event whose card is open, `language` one of `en`, `ar`, `uk`, `fr`. `documents` maps document ids
    to their texts, in which quoted words are marked.
    `exported_on` is stated in the box about the map (today, without it). `cards=False` leaves out notes and quotes.
    `theme` is `light`, `dark`, or empty for the reader's own. `tiles` are loaded from outside, in place of the base map
    in the file, which comes from `data` (the project's data folder, without it).

    Hooks for tests are `data-testid` attributes: `timeline-slider`, `timeline-play`, `timeline-back`, `timeline-next`,
    `timeline-window`, `timeline-day` (its `data-day` is the ISO day), `histogram`, `event-item` (with
    `data-event-id`), `event-count`, `card` (with `data-event-id`), `card-close`, `evidence` (one quoted stretch, with
    `data-field`), `document-text`, `legend-area` (with `data-controller` and `data-area-km2`), `search`,
    `filter-type` (with `data-type`), `filter-actor`, `filter-place`, `filter-factuality`, `filter-precision`,
    `filter-deaths`, `filter-ids`, `type-count`, `language`, `theme`, `about`, `share`, `save-picture`, `map`.
    `body[data-ready]` is set when all is drawn.
    """
    language = language if language in assets.LANGUAGES else "en"
    page = AtlasMap(title=scene.title, language=language)
    _add_ground(page, scene, tiles=tiles, data=data or read_settings().data)
    if len(scene.zones):
        _named(ZoneLayer(scene.zones, bridges=scene.bridges), "zones").add_to(page)
    used = _documents_of(scene, documents or {})
    _named(EventLayer(scene.events, regions=scene.regions, documents=used, cards=cards), "events").add_to(page)
    start, end = (scene.start - _EPOCH).days, (scene.end - _EPOCH).days
    first = min(max((day - _EPOCH).days if day else start, start), end)
    sparse = day is None and _is_sparse(scene)
    _named(Timeline(start=start, end=end, day=first, sparse=sparse), "timeline").add_to(page)
    about = {
        "title": scene.title,
        "language": language,
        "selected": selected,
        "theme": theme if theme in THEMES else "",
        "exported": (exported_on or datetime.now(tz=UTC).date()).isoformat(),
        "attributions": [
            {"name": credit.name, "licence": credit.licence, "url": safe_url(credit.url), "what": credit.what}
            for credit in scene.attributions
        ],
    }
    _named(Panels(about), "panels").add_to(page)
    return page


def map_html(
    scene: Scene,
    *,
    day: date | None = None,
    selected: str = "",
    language: str = "en",
    documents: Mapping[str, str] | None = None,
    exported_on: date | None = None,
    cards: bool = True,
    theme: str = "",
    tiles: Tiles | None = None,
    data: Path | None = None,
) -> str:
    """Return `atlas_map` as a complete page: one file, no outside request, also from `file://`."""
    page = atlas_map(
        scene,
        day=day,
        selected=selected,
        language=language,
        documents=documents,
        exported_on=exported_on,
        cards=cards,
        theme=theme,
        tiles=tiles,
        data=data,
    )
    return str(page.get_root().render())


def content_policy(*, scripts: list[str], styles: list[str], pictures: str = "") -> str:
    """Return a Content-Security-Policy that allows these inline texts, pictures made in the page, and nothing else.

    `pictures` is an origin that pictures may come from too.
    """
    allowed = {"script-src": scripts, "style-src": styles}
    lists = "; ".join(f"{name} {' '.join(map(_content_hash, texts))}" for name, texts in allowed.items())
    images = f"data: blob: {pictures}".strip()
    return f"default-src 'none'; {lists}; img-src {images}; base-uri 'none'; form-action 'none'"


def _content_hash(text: str) -> str:
    # A browser hashes the text with the line ends that its parser makes of it.
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(normal.encode('utf-8')).digest()).decode('ascii')}'"


def _is_sparse(scene: Scene) -> bool:
    """Return whether there is less than one dated event in three days."""
    return 0 < 3 * int(scene.events["date_start"].notna().sum()) < (scene.end - scene.start).days + 1


def _add_ground(page: AtlasMap, scene: Scene, *, tiles: Tiles | None, data: Path) -> None:
    if tiles is not None:
        _named(OnlineTiles(tiles), "tiles").add_to(page)
        page.figure.pictures_from = tiles.origin
        return
    piece = base_piece(scene_bounds(scene), data=data)
    if piece is not None:
        _named(BaseMap(piece), "base").add_to(page)


def _named(element: Any, name: str) -> Any:
    element._id = name
    return element


def _documents_of(scene: Scene, documents: Mapping[str, str]) -> dict[str, str]:
    """Keep the documents that some account of the scene's events names."""
    if not documents:
        return {}
    named = {account.get("document_id") for text in scene.events["accounts"].unique() for account in _accounts(text)}
    return {key: text for key, text in documents.items() if key in named}


def _accounts(text: str) -> list[dict[str, Any]]:
    try:
        accounts = json.loads(text)
    except json.JSONDecodeError:
        return []
    return [account for account in accounts if isinstance(account, dict)] if isinstance(accounts, list) else []
