"""The layers as elements that any folium map takes: `EventLayer(events).add_to(folium_map)`.

Each element puts its data into the one data block of its page, and a line of script that names it. Texts never pass
through a template: `folium` would run what it finds in them.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
from branca.element import Element, Figure, MacroElement

from geo.layers import assets
from geo.layers.encoding import Json, packed
from geo.layers.escaping import safe_url, script_json
from geo.layers.event_columns import event_piece, sorted_events
from geo.layers.tiles import Tiles
from geo.layers.zone_slices import region_piece, zone_piece
from geo.tables import FRONTLINE_COLUMNS, empty_table


class Verbatim(Element):
    """Text that goes into the page as it is; an ordinary element would read it as a template."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **kwargs: Any) -> str:
        """Return the text."""
        return self.text


class InlineScript(Verbatim):
    """A script of the project or of Leaflet, never with data in it."""

    def render(self, **kwargs: Any) -> str:
        """Return the text in its element."""
        return f"<script>{self.text}</script>"


class InlineStyle(Verbatim):
    """A stylesheet of the project or of Leaflet."""

    def render(self, **kwargs: Any) -> str:
        """Return the text in its element."""
        return f"<style>{self.text}</style>"


class DataBlock(Element):
    """The one block of the page that carries what comes from reports."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: dict[str, Json] = {}

    def render(self, **kwargs: Any) -> str:
        """Return the block; `escaping.script_json` is the only way in."""
        return f'<script type="application/json" id="atlas-data">{script_json(self.pieces)}</script>'


class AtlasElement(MacroElement):
    """A part of the map with its data."""

    method = ""
    """Function of the page's atlas that builds it."""

    def __init__(self, piece: Json) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = type(self).__name__
        self.piece = piece

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Put the data, the shared scripts and styles, and the call into the page that this element is in."""
        figure = self.get_root()
        if not isinstance(figure, Figure) or self._parent is None:
            raise TypeError(f"{self._name} has to be added to a map before it is drawn")
        figure.header.add_child(InlineStyle(assets.style_text()), name="atlas_style")
        figure.header.add_child(InlineScript(assets.script_text()), name="atlas_script")
        block = figure.html._children.get("atlas_data")
        if not isinstance(block, DataBlock):
            block = DataBlock()
            figure.html.add_child(block, name="atlas_data")
            block.pieces["words"] = packed(assets.words(), above=0)
        block.pieces[self.get_name()] = self.piece
        call = f'ConflictAtlas.of({self._parent.get_name()}).{self.method}("{self.get_name()}");'
        figure.script.add_child(Verbatim(call), name=self.get_name())


class EventLayer(AtlasElement):
    """Events on canvas: a shape and a colour for each type, clusters, doubt, and a card on click.

    `events` follow `EVENT_COLUMNS`; `regions` (by `REGION_COLUMNS`) are the polygons of those placed by a part of a
    place. `documents` maps document ids to texts, in which the card marks the quoted words.
    """

    method = "addEvents"

    def __init__(
        self,
        events: gpd.GeoDataFrame,
        *,
        regions: gpd.GeoDataFrame | None = None,
        documents: dict[str, str] | None = None,
        cards: bool = True,
    ) -> None:
        ordered = sorted_events(events)
        piece = event_piece(ordered, cards=cards)
        if regions is not None:
            piece["regions"] = region_piece(regions, ordered)
        piece["documents"] = packed(documents or {})
        super().__init__(piece)


class ZoneLayer(AtlasElement):
    """Control zones that change with the day: a pattern and a colour for each side, the frontline on top.

    The frontline is the border that zones of two sides share; `bridges` (by `FRONTLINE_COLUMNS`) adds the stretches
    where a gap lies between them.
    """

    method = "addZones"

    def __init__(self, zones: gpd.GeoDataFrame, *, bridges: gpd.GeoDataFrame | None = None) -> None:
        super().__init__(zone_piece(zones, empty_table(FRONTLINE_COLUMNS) if bridges is None else bridges))


class BaseMap(AtlasElement):
    """Land, borders, divisions, rivers and names in the file itself; `piece` is from `basemap.base_piece`."""

    method = "addBase"


class OnlineTiles(AtlasElement):
    """Tiles loaded from a server while the page is looked at, in place of the base map in the file."""

    method = "addTiles"

    def __init__(self, tiles: Tiles) -> None:
        super().__init__({"url": tiles.url, "attribution": tiles.attribution, "link": safe_url(tiles.link)})
        self.origin = tiles.origin


class Timeline(AtlasElement):
    """One control of the day for both layers. `start` and `end` are days since 1970-01-01, both shown.

    A `sparse` one opens with all events until the last day, as most single days have none.
    """

    method = "addTimeline"

    def __init__(self, *, start: int, end: int, day: int, sparse: bool = False) -> None:
        super().__init__({"start": start, "end": end, "day": day, "sparse": sparse})


class Panels(AtlasElement):
    """Search, list, filters, legend, card and the box about the map around it."""

    method = "addPanels"
