"""Tables to folium objects: one self-contained map for the dashboard and the exported file."""

from geo.layers.elements import EventLayer, Panels, Timeline, ZoneLayer
from geo.layers.page import AtlasMap, atlas_map, map_html

__all__ = ["AtlasMap", "EventLayer", "Panels", "Timeline", "ZoneLayer", "atlas_map", "map_html"]
