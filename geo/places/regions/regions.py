"""Drawing what a relation means: a polygon, a point inside it, and the radius that should hold the true place.

A place without a polygon is a disc of its `radius_km`, or of the radius that follows from its population
(`geo.places.kinds.settlement_radius_km`), whichever is wider.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo.crs import buffer_km, from_local, to_local
from geo.model import Place
from geo.places.kinds import KINDS, settlement_radius_km
from geo.places.regions import shapes
from geo.places.regions.drawing import DRAWERS, NEED_EXTENT, Drawing, Scene
from geo.places.regions.relations import Relation, RelationKind
from geo.vocabulary import GeoPrecision


class HeldGround(Protocol):
    """What a side holds of a place on a day."""

    def __call__(self, place: Place, holder: str, day: date | None) -> BaseGeometry | None:
        """Return the ground in EPSG:4326, empty where the side holds none; None where that is not known."""
        ...


Extents = Callable[[Place], BaseGeometry | None]
"""Polygon of a place in EPSG:4326 where one is known."""


@dataclass(frozen=True, slots=True)
class Region:
    """A relation to a place, drawn."""

    polygon: BaseGeometry
    """EPSG:4326."""
    lon: float
    lat: float
    uncertainty_km: float
    """Radius around `lon, lat` that should hold the true place nine times in ten."""
    words: str
    """The region in words: `eastern Aleppo`."""
    relation: Relation
    region_id: str
    """`<gazetteer_id>#<relation>`, stable over runs."""
    geo_precision: GeoPrecision
    assumption: str = ""
    """What had to be assumed for want of data, as a clause; empty where nothing was."""


def region_of(
    place: Place,
    relation: Relation,
    *,
    extents: Extents = lambda place: None,
    others: Sequence[Place] = (),
    province: Place | None = None,
    held_ground: HeldGround | None = None,
    day: date | None = None,
    before: Region | None = None,
) -> Region:
    """Draw a relation to a place.

    `extents` gives polygons where they are known; `others` are the places that `relation.others` names, as far as they
    were resolved; `province` is the division named after a town, for its countryside; `held_ground` says what a side
    holds on `day`; `before` is the region that the text spoke of before, for "the other side of the city".
    """
    if relation.kind is RelationKind.COORDINATES and relation.coordinates is not None:
        return _at_coordinates(place, relation)
    frame = {"lon": place.lon, "lat": place.lat}
    whole = extents(place)
    extent = shapes.polygons_of(to_local(whole if whole is not None else disc(place), **frame))
    held = held_ground(place, relation.holder, day) if held_ground and relation.holder else None
    scene = Scene(
        place,
        relation,
        extent,
        to_local(Point(place.lon, place.lat), **frame),
        math.sqrt(extent.area / math.pi),
        tuple(_local_other(other, extents, frame) for other in others),
        _local(extents(province) if province is not None else None, frame),
        _local(held, frame),
        to_local(before.polygon, **frame) if before is not None else None,
    )
    drawing = DRAWERS[relation.kind](scene)
    shape = shapes.polygons_of(drawing.shape)
    if shape.is_empty:
        drawing = Drawing(scene.extent, assumption="the part came out empty, so the whole place stands for it")
        shape = scene.extent
    point = shapes.point_inside(shape, wanted=drawing.point)
    reach = shapes.radius_holding(shape, point) * drawing.stretch / 1000.0
    lonlat = from_local(point, **frame)
    assumption = drawing.assumption
    if not assumption and whole is None and relation.kind in NEED_EXTENT:
        assumption = f"the extent is taken as a disc of {extent_radius_km(place):.1f} km"
    return Region(
        # A ring that all but touches itself may cross itself once its corners are degrees.
        shapes.polygons_of(from_local(shape, **frame)),
        lonlat.x,
        lonlat.y,
        round(max(reach, 0.1), 2),
        relation.words(place.name),
        relation,
        f"{place.gazetteer_id}#{relation.token}",
        _precision(place, relation, reach),
        assumption,
    )


def _at_coordinates(place: Place, relation: Relation) -> Region:
    point = relation.coordinates
    assert point is not None
    polygon = buffer_km(Point(point.lon, point.lat), point.doubt_km)
    words, identifier = relation.words(place.name), f"{place.gazetteer_id}#{relation.token}"
    precision = GeoPrecision.TOWN if point.doubt_km <= 2.0 else GeoPrecision.PART
    return Region(polygon, point.lon, point.lat, point.doubt_km, words, relation, identifier, precision)


def extent_radius_km(place: Place) -> float:
    """Radius of the disc that stands for a place without a polygon, in km."""
    kind = KINDS.get(place.kind)
    grown = settlement_radius_km(place.population) if place.kind in ("city", "town", "village", "suburb") else 0.0
    fallback = kind.radius_km if kind is not None and place.radius_km <= 0.0 else 0.0
    return max(place.radius_km, grown, fallback, 0.1)


def disc(place: Place) -> BaseGeometry:
    """The disc that stands for a place without a polygon, EPSG:4326."""
    return buffer_km(Point(place.lon, place.lat), extent_radius_km(place))


def _local_other(place: Place, extents: Extents, frame: dict[str, float]) -> tuple[Place, Point, BaseGeometry]:
    whole = extents(place)
    shape = to_local(whole if whole is not None else disc(place), **frame)
    return place, to_local(Point(place.lon, place.lat), **frame), shapes.polygons_of(shape)


def _local(geometry: BaseGeometry | None, frame: Mapping[str, float]) -> BaseGeometry | None:
    return None if geometry is None else shapes.polygons_of(to_local(geometry, lon=frame["lon"], lat=frame["lat"]))


def _precision(place: Place, relation: Relation, reach_km: float) -> GeoPrecision:
    """2 for a part of a town or a spot near it; 3 where the answer is as wide as a region."""
    if relation.kind in (RelationKind.PROVINCE,) or reach_km > 30.0:
        return GeoPrecision.REGION
    return GeoPrecision.PART
