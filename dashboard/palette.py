"""Colours and shapes: one pair for each event type, so that no meaning hangs on colour alone.

Colours after Okabe and Ito (2008), "Color Universal Design", darkened or lightened to stand 3:1 against both themes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from geo.vocabulary import CONTESTED, UNCERTAIN, UNKNOWN, EventType


@dataclass(frozen=True, slots=True)
class Mark:
    """How an event type is drawn."""

    colour: str
    shape: str
    """Class of the list's style sheet, and Vega's name where `vega` is empty."""
    vega: str = ""


TYPE_MARKS: Mapping[str, Mark] = MappingProxyType(
    {
        EventType.BATTLES: Mark("#c2541b", "diamond"),
        EventType.EXPLOSIONS: Mark("#b8860b", "star", "triangle"),
        EventType.VIOLENCE_AGAINST_CIVILIANS: Mark("#b0488f", "circle"),
        EventType.PROTESTS: Mark("#1f8a70", "triangle"),
        EventType.RIOTS: Mark("#3d8fc4", "hexagon", "square"),
        EventType.STRATEGIC_DEVELOPMENTS: Mark("#5f6b7a", "square"),
    }
)

CONTROL_COLOURS: Mapping[str, str] = MappingProxyType(
    {CONTESTED: "#8d6cab", UNCERTAIN: "#8a8f98", UNKNOWN: "#b5bac2"},
)
"""Controls that are no side; the colours of sides come with their zones."""
