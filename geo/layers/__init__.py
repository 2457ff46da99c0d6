"""Tables to folium objects: one self-contained map for the dashboard and the exported file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.layers.elements import BaseMap, EventLayer, OnlineTiles, Panels, Timeline, ZoneLayer
from geo.layers.tiles import Tiles, read_tiles

if TYPE_CHECKING:
    from geo.layers.page import AtlasMap, atlas_map, map_html

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


def __getattr__(name: str) -> Any:
    # Folium takes a third of a second to load, and who only writes a table's columns draws no page.
    if name in ("AtlasMap", "atlas_map", "map_html"):
        from geo.layers import page

        return getattr(page, name)
    raise AttributeError(name)
