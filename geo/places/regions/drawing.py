"""One small function a relation: the shape that it means, in metres of the local frame of the place.

The widths of strips, rings and sectors are choices, said in place; evaluation calibrates them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo.crs import destination, distance_km, to_local
from geo.model import Place
from geo.places.kinds import KINDS
from geo.places.regions import shapes
from geo.places.regions.relations import Relation, RelationKind


@dataclass(frozen=True, slots=True)
class Scene:
    """What a relation is drawn from. Geometries are in metres of the local frame of the place."""

    place: Place
    relation: Relation
    extent: BaseGeometry
    centre: Point
    radius: float
    """Of the disc with the extent's area."""
    others: tuple[tuple[Place, Point, BaseGeometry], ...]
    province: BaseGeometry | None
    held: BaseGeometry | None
    before: BaseGeometry | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """The shape that a relation means, in metres of the local frame of the place."""

    shape: BaseGeometry
    point: Point | None = None
    """The point that stands for it, if the shape's centroid is not the best."""
    assumption: str = ""
    """What had to be assumed for want of data."""
    stretch: float = 1.0
    """Factor on the radius where the shape is a guess."""


_HOUR = 60e3
_REGIONS = frozenset({"admin1", "admin2", "admin3", "region", "country", "territory"})


def _base(scene: Scene) -> BaseGeometry:
    """The extent that a part is taken of: the place's, or the division's where the words mean that."""
    if not scene.relation.level:
        return scene.extent
    if scene.province is not None:
        return scene.province
    km = KINDS["admin2" if scene.relation.level == "district" else "admin1"].radius_km
    return scene.centre.buffer(km * 1000.0)


def _base_assumption(scene: Scene) -> str:
    if scene.relation.level and scene.province is None:
        return f"no extent of the {scene.relation.level} is known, so a disc around its town stands for it"
    return ""


def _part(scene: Scene) -> Drawing:
    base = _base(scene)
    if scene.relation.central or not scene.relation.bearings:
        middle = shapes.middle_of_shape(base)
        inside = middle.covers(scene.centre)
        return Drawing(middle, scene.centre if inside else None, _base_assumption(scene))
    return Drawing(shapes.side_of_shape(base, bearings=scene.relation.bearings), assumption=_base_assumption(scene))


def _province(scene: Scene) -> Drawing:
    base = _base(replace(scene, relation=replace(scene.relation, level=scene.relation.level or "province")))
    assumption = "" if scene.province is not None else "no extent of the province is known: a disc around its town"
    if scene.relation.bearings:
        return Drawing(shapes.side_of_shape(base, bearings=scene.relation.bearings), assumption=assumption)
    return Drawing(base, assumption=assumption)


def _held(scene: Scene) -> Drawing:
    base = _base(scene)
    side = shapes.side_of_shape(base, bearings=scene.relation.bearings) if scene.relation.bearings else base
    who = scene.relation.holder
    if scene.held is None:
        missing = f"what {who} held that day is not known, so all of it stands for their part"
        return Drawing(side, assumption=missing, stretch=1.15)
    held = shapes.polygons_of(scene.held.intersection(side))
    if held.is_empty and scene.relation.bearings:
        held = shapes.polygons_of(scene.held.intersection(base))
    if held.is_empty:
        return Drawing(side, assumption=f"the zones of that day give {who} nothing of it", stretch=1.15)
    return Drawing(held)


def _countryside(scene: Scene) -> Drawing:
    """The land that goes by a town's name: its division, without the town, as far as an hour's drive; else a ring.

    Directions are sectors of 90° about the town: reports split a countryside four ways.
    """
    town, assumption = scene.extent, ""
    if scene.province is not None:
        land = scene.province.difference(town).intersection(scene.centre.buffer(scene.radius + _HOUR))
    elif scene.place.kind in _REGIONS:
        land = town
    else:
        assumption = "no extent of the province is known, so a ring around the town"
        land = scene.centre.buffer(scene.radius + max(15e3, 3.0 * scene.radius)).difference(town)
    if scene.relation.bearings:
        origin = land.centroid if land is town else scene.centre
        sectors = [shapes.wedge(origin, bearing=b, half_angle=45.0, outer=2e6) for b in scene.relation.bearings]
        land = land.intersection(shapely.union_all(sectors))
    return Drawing(land, assumption=assumption)


def _offset(scene: Scene) -> Drawing:
    """A piece of a ring: the doubt of the distance and of the direction (22.5°, as eight winds are told apart).

    Reports measure from the centre of a small place, and from centre or edge of a large one: the edge's distance is
    added to the doubt, at half weight.
    """
    relation, radius = scene.relation, scene.radius
    if not relation.bearings:
        reach = ((relation.distance_km or 0.0) + relation.distance_doubt_km) * 1000.0 + radius
        return Drawing(scene.centre.buffer(reach), scene.centre)
    if relation.distance_km is None:
        # No distance: from the edge outwards as far as a report would still name this place.
        inner, outer = radius, radius + max(8e3, 1.5 * radius)
        parts = [
            shapes.wedge(scene.centre, bearing=b, half_angle=40.0, inner=inner, outer=outer) for b in relation.bearings
        ]
        return Drawing(shapely.union_all(parts))
    metres, doubt = relation.distance_km * 1000.0, relation.distance_doubt_km * 1000.0 + 0.5 * radius
    parts = [
        shapes.wedge(scene.centre, bearing=b, half_angle=22.5, inner=max(0.0, metres - doubt), outer=metres + doubt)
        for b in relation.bearings
    ]
    lon, lat = destination(scene.place.lon, scene.place.lat, bearing=relation.bearings[0], km=relation.distance_km)
    wanted = to_local(Point(lon, lat), lon=scene.place.lon, lat=scene.place.lat)
    return Drawing(shapely.union_all(parts), wanted)


def _near(scene: Scene) -> Drawing:
    """The place and the ground around it: half its radius and 2 km more, or the distance that is told."""
    told = scene.relation.distance_km
    more = told * 1000.0 if told is not None else 0.5 * scene.radius + 2e3
    return Drawing(_base(scene).buffer(more), scene.centre, _base_assumption(scene))


def _outskirts(scene: Scene) -> Drawing:
    """From 0.7 of the radius to 1.4 of it; without a direction the middle stays the best single point."""
    grown = scene.extent.buffer(0.4 * scene.radius + 500.0)
    if not scene.relation.bearings:
        return Drawing(grown, scene.centre)
    core = scene.extent.buffer(-0.3 * scene.radius)
    ring = shapes.polygons_of(grown.difference(core))
    origin = scene.extent.centroid
    sectors = [shapes.wedge(origin, bearing=b, half_angle=45.0, outer=1e6) for b in scene.relation.bearings]
    return Drawing(ring.intersection(shapely.union_all(sectors)))


def _without_other(scene: Scene) -> Drawing:
    name = scene.relation.others[0] if scene.relation.others else "the other end"
    return Drawing(
        scene.centre.buffer(scene.radius + 10e3),
        scene.centre,
        f"{name} is not known, so a disc of 10 km around stands in",
    )


def _strip(scene: Scene, *, share: float, least: float) -> Drawing:
    """The strip from one place to the other, without the two, `share` of its length wide to each side."""
    if not scene.others:
        return _without_other(scene)
    other, point, shape = scene.others[0]
    metres = distance_km(scene.place.lon, scene.place.lat, other.lon, other.lat) * 1000.0
    strip = shapes.corridor(scene.centre, point, width=max(least, share * metres))
    open_country = shapes.polygons_of(strip.difference(scene.extent).difference(shape))
    middle = Point((scene.centre.x + point.x) / 2, (scene.centre.y + point.y) / 2)
    return Drawing(open_country if open_country.covers(middle) else strip, middle)


def _between(scene: Scene) -> Drawing:
    """A sixth of the length to each side, at least 1.5 km."""
    return _strip(scene, share=1 / 6, least=1.5e3)


def _road(scene: Scene) -> Drawing:
    """Roads stray from the straight line by a tenth of its length."""
    return _strip(scene, share=0.1, least=1e3)


def _axis(scene: Scene) -> Drawing:
    """From one place to the other, both included."""
    if not scene.others:
        return _without_other(scene)
    _, point, shape = scene.others[0]
    radius = max(0.5e3, min(scene.radius, math.sqrt(shape.area / math.pi)))
    middle = Point((scene.centre.x + point.x) / 2, (scene.centre.y + point.y) / 2)
    return Drawing(shapes.corridor(scene.centre, point, width=radius), middle)


def _border(scene: Scene) -> Drawing:
    """A strip along the edge, 5 km or a tenth of the radius to each side; towards the other place or the direction."""
    width = max(5e3, 0.1 * scene.radius)
    edge = scene.extent.boundary.buffer(width)
    if scene.others:
        _, point, shape = scene.others[0]
        shared = edge.intersection(shape.boundary.buffer(width))
        if not shared.is_empty:
            return Drawing(shared)
        bearing = math.degrees(math.atan2(point.x - scene.centre.x, point.y - scene.centre.y)) % 360.0
        return Drawing(
            edge.intersection(shapes.wedge(scene.extent.centroid, bearing=bearing, half_angle=45.0, outer=1e7))
        )
    if scene.relation.bearings:
        sectors = [
            shapes.wedge(scene.extent.centroid, bearing=b, half_angle=60.0, outer=1e7) for b in scene.relation.bearings
        ]
        return Drawing(edge.intersection(shapely.union_all(sectors)))
    return Drawing(edge)


def _rest(scene: Scene) -> Drawing:
    """The place without the part spoken of before; over against it where the words say "the other side"."""
    if scene.before is None:
        return Drawing(scene.extent, assumption="the text names no part before, so the whole place")
    if not scene.relation.opposite:
        return Drawing(scene.extent.difference(scene.before))
    centre, there = scene.extent.centroid, scene.before.centroid
    bearing = math.degrees(math.atan2(centre.x - there.x, centre.y - there.y)) % 360.0
    half = shapes.wedge(centre, bearing=bearing, half_angle=90.0, outer=1e7)
    rest = shapes.polygons_of(scene.extent.intersection(half).difference(scene.before))
    return Drawing(rest if not rest.is_empty else scene.extent.difference(scene.before))


DRAWERS: dict[RelationKind, Callable[[Scene], Drawing]] = {
    RelationKind.PART: _part,
    RelationKind.HELD: _held,
    RelationKind.COUNTRYSIDE: _countryside,
    RelationKind.PROVINCE: _province,
    RelationKind.OFFSET: _offset,
    RelationKind.NEAR: _near,
    RelationKind.OUTSKIRTS: _outskirts,
    RelationKind.BETWEEN: _between,
    RelationKind.ROAD: _road,
    RelationKind.AXIS: _axis,
    RelationKind.BORDER: _border,
    RelationKind.REST: _rest,
}
NEED_EXTENT = frozenset({RelationKind.PART, RelationKind.HELD, RelationKind.REST})
