"""Tables to folium objects: one self-contained map for the dashboard and the exported file."""

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
