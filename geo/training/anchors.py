"""Learn where annotators put the point of a large area: the gazetteer's is one convention among several.

China's point is 35° N 105° E for one gold set and 35° N 103° E for another. The anchor is the point nearest to the
gazetteer's that lies within 161 km of the marks of most documents and gives up none that the gazetteer's point has.
Marks outside of the area, and those nearer to another place of the name, say nothing about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from geo.crs import distance_km
from geo.model import Place, Resolved, Unresolved
from geo.places.anchors import LARGE, Anchor, anchor_key
from geo.places.arithmetic import Floats, arc_km
from geo.places.gazetteer import Gazetteer
from geo.training.place_lessons import NEAR_KM, GoldDocument

LEAST_DOCUMENTS = 2
"""One document is no convention."""
_GRID = 0.25
"""Degrees between the points that are tried."""
_MARGIN = 0.99
"""The distances of the search are those on a sphere, within 0.6 % of the ellipsoid's."""
_NAMESAKE_KM = 50.0
"""A mark as near to another place of the name means that one, if it is farther from the area's point."""
_SEARCHED_KM = (20.0, 60.0, 200.0)
_SETTLED = frozenset(("city", "town", "village", "suburb"))
Answers = Sequence[Resolved | Unresolved]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where one document marks an area."""

    document: str
    lon: float
    lat: float


def marks_of(read: Iterable[tuple[GoldDocument, Answers]], gazetteer: Gazetteer) -> dict[Place, list[Mark]]:
    """Return the marks of every large area that a name was read as, each document's points once."""
    found: dict[Place, dict[Mark, None]] = defaultdict(dict)
    for gold, answers in read:
        for name, answer in zip(gold.names, answers, strict=True):
            if isinstance(answer, Resolved) and answer.place.kind in LARGE and answer.region is None:
                mark = Mark(gold.document.document_id, name.lon, name.lat)
                if not _means_another(name.mention.text, answer.place, mark, gazetteer):
                    found[answer.place][mark] = None
    return {place: list(marks) for place, marks in found.items()}


def learnt_anchors(marks: Mapping[Place, Sequence[Mark]], gazetteer: Gazetteer) -> dict[str, Anchor]:
    """Return the anchors of the areas that enough documents mark, where one is better than the gazetteer's point."""
    found = {}
    for place, every in sorted(marks.items(), key=lambda one: anchor_key(one[0])):
        inside = [mark for mark in every if lies_in(place, mark.lon, mark.lat, gazetteer)]
        if len({mark.document for mark in inside}) >= LEAST_DOCUMENTS:
            anchor = _anchor(place, inside, gazetteer)
            if anchor is not None:
                found[anchor_key(place)] = anchor
    return found


def lies_in(place: Place, lon: float, lat: float, gazetteer: Gazetteer) -> bool:
    """Return whether a point lies in an area: the settlement nearest to it does, or the area's disc holds it."""
    nearest = _nearest_settlement(gazetteer, lon, lat) if place.country else None
    if nearest is None:
        return distance_km(place.lon, place.lat, lon, lat) <= place.radius_km
    return nearest.country == place.country and (place.kind != "admin1" or nearest.admin1 == place.admin1)


@lru_cache(maxsize=10_000)
def _nearest_settlement(gazetteer: Gazetteer, lon: float, lat: float) -> Place | None:
    found = (one for km in _SEARCHED_KM for one in gazetteer.near(lon, lat, km=km) if one.kind in _SETTLED)
    return next(found, None)


@lru_cache(maxsize=10_000)
def _namesakes(gazetteer: Gazetteer, name: str) -> tuple[Place, ...]:
    return tuple(candidate.place for candidate in gazetteer.candidates(name))


def _means_another(name: str, place: Place, mark: Mark, gazetteer: Gazetteer) -> bool:
    """Return whether a mark is nearer to a namesake: New York marked in the city says nothing about the state."""
    away = distance_km(place.lon, place.lat, mark.lon, mark.lat)
    reach = min(away, _NAMESAKE_KM)
    others = (one for one in _namesakes(gazetteer, name) if one != place)
    return any(distance_km(one.lon, one.lat, mark.lon, mark.lat) < reach for one in others)


def _anchor(place: Place, marks: Sequence[Mark], gazetteer: Gazetteer) -> Anchor | None:
    """Return the best point for the marks, None where the gazetteer's is as good."""
    tried = np.vstack([[[place.lon, place.lat]], _grid(place)])
    near = _distances(tried, np.array([[mark.lon, mark.lat] for mark in marks])) <= NEAR_KM * _MARGIN
    documents = sorted({mark.document for mark in marks})
    by_document = np.column_stack(
        [near[:, [mark.document == document for mark in marks]].any(axis=1) for document in documents]
    )
    held = by_document.sum(axis=1)
    loses = (near[0] & ~near).any(axis=1)
    away = _distances(tried, tried[:1])[:, 0]
    better = np.flatnonzero((held > held[0]) & ~loses & (away <= place.radius_km))
    for at in sorted(better.tolist(), key=lambda one: (-int(held[one]), float(away[one]))):
        lon, lat = (round(float(each), 4) for each in tried[at])
        if lies_in(place, lon, lat, gazetteer):
            return Anchor(place.name, lon, lat, len(documents), int(held[0]), int(held[at]))
    return None


def _grid(place: Place) -> Floats:
    """Return the points of a round grid in the box around an area's disc, as rows of lon, lat."""
    high = place.radius_km / 111.0
    wide = high / max(float(np.cos(np.radians(min(abs(place.lat), 80.0)))), 0.17)
    steps = [
        np.arange(np.ceil((middle - reach) / _GRID), (middle + reach) / _GRID) * _GRID
        for middle, reach in ((place.lon, min(wide, 60.0)), (place.lat, min(high, 40.0)))
    ]
    lon, lat = np.meshgrid(*steps)
    keep = (np.abs(lat) <= 85.0) & (np.abs(lon) <= 180.0)
    return np.column_stack([lon[keep], lat[keep]])


def _distances(first: Floats, second: Floats) -> Floats:
    return arc_km(_vectors(first) @ _vectors(second).T)


def _vectors(points: Floats) -> Floats:
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
