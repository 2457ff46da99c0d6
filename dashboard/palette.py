"""Colours and shapes of the pages: those of the map, and the few that pages add."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from dashboard.i18n import Words
from geo.layers.escaping import safe_colour
from geo.layers.palette import MARKS, NEUTRAL
from geo.vocabulary import CONTESTED, UNCERTAIN, UNKNOWN

if TYPE_CHECKING:
    import geopandas as gpd

NO_SIDE: Mapping[str, str] = MappingProxyType({CONTESTED: "#8d6cab", UNCERTAIN: "#8a8f98", UNKNOWN: "#b5bac2"})
"""Controls that are no side; the colours of sides come with their zones."""


_PAPER, _NIGHT = "#ffffff", "#14181d"
"""The pages' grounds in the light and in the dark theme."""
_APART = 3.0
"""The least contrast of what must be seen against its ground (WCAG 2.2, 1.4.11)."""


def on_both_themes(colour: str) -> str:
    """Return a colour (`#rrggbb`), darkened or lightened as far as it takes to be seen on either theme's ground.

    The map's own yellow, under hatching and a rim, is a line on white that nobody sees.
    """
    channels = _channels(colour)
    for step in range(20):
        darker = tuple(round(part * (1 - 0.05 * step)) for part in channels)
        if _contrast(darker, _channels(_PAPER)) >= _APART:
            channels = darker
            break
    for step in range(20):
        lighter = tuple(round(part + (255 - part) * 0.05 * step) for part in channels)
        if _contrast(lighter, _channels(_NIGHT)) >= _APART:
            return "#" + "".join(f"{part:02x}" for part in lighter)
    return colour


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(channels: tuple[int, ...]) -> float:
    shares = [part / 255 for part in channels]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


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


def control_colour(code: str, colours: Mapping[str, str]) -> str:
    """Return the colour of a controller, or of what is no side, for lines and bars of a page."""
    return on_both_themes(safe_colour(colours.get(code) or NO_SIDE.get(code, NEUTRAL), otherwise=NEUTRAL))


def side_names(zones: gpd.GeoDataFrame, words: Words) -> dict[str, str]:
    """Return the name of each controller: the interface's short word where it has one, else the series' own."""
    first = zones.drop_duplicates("controller")
    return {
        code: words.sentences.get(f"control.{code}") or name or code
        for code, name in zip(first["controller"], first["controller_name"], strict=True)
    }
