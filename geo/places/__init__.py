"""From a name to a place. Knows no type of event."""

from __future__ import annotations

from geo.places.gazetteer import Gazetteer, open_gazetteer
from geo.places.regions import HeldGround
from geo.places.resolution import Resolver

__all__ = ["Gazetteer", "HeldGround", "Resolver", "open_gazetteer"]
