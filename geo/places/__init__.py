"""From a name to a place. Knows no type of event."""

from __future__ import annotations

from geo.places.gazetteer import Gazetteer, open_gazetteer

__all__ = ["Gazetteer", "open_gazetteer"]
