"""Colours and shapes, one set for the map, the QGIS styles and KML.

The colours start from Okabe and Ito, "Color Universal Design" (2008). Those of any two event types lie at least 20
apart in CIELAB for usual sight, for protanopia and for deuteranopia. Events keep away from the vermilion, green and
yellow that controllers are usually given, so that a mark is not read as a side. Colour is never alone: each event type
has its own shape, each controller its own pattern.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from geo.layers.escaping import safe_colour
from geo.vocabulary import EventType


@dataclass(frozen=True, slots=True)
class Mark:
    """How events of a type are drawn."""

    colour: str
    """`#rrggbb`"""
    shape: str
    """Outline as an SVG path within [-1, 1], y downwards."""
    symbol: str
    """Name of the nearest simple marker of QGIS."""


MARKS = MappingProxyType(
    {
        EventType.BATTLES: Mark(
            "#1f1f1f",
            "M-.95-.5-.5-.95 0-.45 .5-.95 .95-.5 .45 0 .95 .5 .5 .95 0 .45-.5 .95-.95 .5-.45 0Z",
            "cross_fill",
        ),
        EventType.EXPLOSIONS: Mark(
            "#c0142c",
            "M0-1.05 .27-.62 .74-.74 .62-.27 1.05 0 .62 .27 .74 .74 .27 .62 0 1.05-.27 .62-.74 .74-.62 .27"
            "-1.05 0-.62-.27-.74-.74-.27-.62Z",
            "star",
        ),
        EventType.VIOLENCE_AGAINST_CIVILIANS: Mark("#9a26d9", "M0-1.05 1.05 0 0 1.05-1.05 0Z", "diamond"),
        EventType.PROTESTS: Mark("#0072b2", "M-.8-.8H.8V.8H-.8Z", "square"),
        EventType.RIOTS: Mark("#e69f00", "M0-1 1 .8H-1Z", "triangle"),
        EventType.STRATEGIC_DEVELOPMENTS: Mark("#91936c", "M-.95 0A.95 .95 0 1 1 .95 0 .95 .95 0 1 1-.95 0Z", "circle"),
    }
)

_CONTROLLERS = ("#d55e00", "#009e73", "#f0e442", "#56b4e9", "#cc79a7", "#0072b2", "#e69f00", "#999999")
NEUTRAL = "#7f7f7f"


def controller_colours(controllers: Sequence[str], given: Sequence[str]) -> tuple[str, ...]:
    """Return a colour for each controller: the one that its series gives, or the next free one of the palette."""
    taken = {colour.lower() for colour in given}
    free = [colour for colour in _CONTROLLERS if colour not in taken] or list(_CONTROLLERS)
    fallback = {name: free[index % len(free)] for index, name in enumerate(controllers)}
    return tuple(safe_colour(colour, otherwise=fallback[name]) for name, colour in zip(controllers, given, strict=True))
