"""Tables to folium objects: one self-contained map for the dashboard and the exported file."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.layers.elements import BaseMap, EventLayer, OnlineTiles, Panels, Timeline, ZoneLayer
    from geo.layers.page import AtlasMap, atlas_map, map_html
    from geo.layers.tiles import Tiles, read_tiles

__all__ = [
    "AtlasMap",
    "BaseMap",
    "EventLayer",
    "OnlineTiles",
    "Panels",
    "Tiles",
    "Timeline",
    "ZoneLayer",
    "atlas_map",
    "map_html",
    "read_tiles",
]


_HOMES = {
    **dict.fromkeys(("AtlasMap", "atlas_map", "map_html"), "page"),
    **dict.fromkeys(("Tiles", "read_tiles"), "tiles"),
}


def __getattr__(name: str) -> Any:
    # Folium and branca take half a second to load, and who only writes a table's columns, or a page's colours, draws
    # no map.
    if name in __all__:
        return getattr(importlib.import_module(f"geo.layers.{_HOMES.get(name, 'elements')}"), name)
    raise AttributeError(name)
