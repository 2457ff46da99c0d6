"""The points that annotators give to large areas: a country has no point of its own, only conventions.

An anchor is learnt (geo/training/anchors.py) and stands in data/models/places.json with what it was learnt from. It is
where an area is drawn as a point; what lies in the area, and how near names are to each other, goes by the gazetteer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo.crs import distance_km
from geo.model import Place

LARGE = frozenset(("country", "territory", "admin1", "region", "continent", "sea"))
"""Kinds whose point is a convention."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The point by which annotators mark an area, in degrees (EPSG:4326)."""

    name: str
    lon: float
    lat: float
    documents: int
    """Gold documents that mark the area."""
    near_known: int
    """How many of them mark a point within 161 km of the gazetteer's."""
    near: int
    """How many mark one within 161 km of the anchor."""


Anchors = Mapping[str, Anchor]
"""By `anchor_key`."""


def anchor_key(place: Place) -> str:
    """Return the name under which a place's anchor is kept."""
    return f"{place.gazetteer}:{place.gazetteer_id}"


def anchored(place: Place, anchors: Anchors) -> tuple[float, float, float]:
    """Return lon, lat and how far that is from the gazetteer's point in km: its own where no anchor was learnt."""
    anchor = anchors.get(anchor_key(place)) if place.kind in LARGE else None
    if anchor is None:
        return place.lon, place.lat, 0.0
    return anchor.lon, anchor.lat, distance_km(place.lon, place.lat, anchor.lon, anchor.lat)


def anchors_of(facts: Mapping[str, Mapping[str, Any]]) -> dict[str, Anchor]:
    """Read the anchors of a model's JSON; ValueError, TypeError or AttributeError where they are none."""
    found = {key: Anchor(**each) for key, each in facts.items()}
    for key, anchor in found.items():
        if not (abs(float(anchor.lon)) <= 180 and abs(float(anchor.lat)) <= 90):
            raise ValueError(f"the anchor {key} lies at lon {anchor.lon}, lat {anchor.lat}: not on Earth")
    return found
