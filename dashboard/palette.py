"""Colours and shapes of the pages: those of the map, and the few that pages add."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from dashboard.i18n import Words
from geo.layers.palette import MARKS, NEUTRAL
from geo.vocabulary import CONTESTED, UNCERTAIN, UNKNOWN

if TYPE_CHECKING:
    import geopandas as gpd

NO_SIDE: Mapping[str, str] = MappingProxyType({CONTESTED: "#8d6cab", UNCERTAIN: "#8a8f98", UNKNOWN: "#b5bac2"})
"""Controls that are no side; the colours of sides come with their zones."""


def mark_styles() -> str:
    """Return a style rule for each event type that draws its mark, with a light rim so that it stands on dark too."""
    rules = []
    for event_type, mark in MARKS.items():
        drawing = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1.3 -1.3 2.6 2.6">'
            f'<path d="{mark.shape}" fill="{mark.colour}" stroke="#fff" stroke-width=".22" paint-order="stroke"/></svg>'
        )
        rules.append(f'.ca-mark.{event_type}{{background-image:url("data:image/svg+xml,{quote(drawing)}")}}')
    return "\n".join(rules)


def side_colours(zones: gpd.GeoDataFrame) -> dict[str, str]:
    """Return the colour of each controller, as the series gives it."""
    first = zones.drop_duplicates("controller")
    return {name: colour or NEUTRAL for name, colour in zip(first["controller"], first["colour"], strict=True)}


def side_names(zones: gpd.GeoDataFrame, words: Words) -> dict[str, str]:
    """Return the name of each controller: the interface's short word where it has one, else the series' own."""
    first = zones.drop_duplicates("controller")
    return {
        code: words.sentences.get(f"control.{code}") or name or code
        for code, name in zip(first["controller"], first["controller_name"], strict=True)
    }
