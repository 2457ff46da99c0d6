"""Faults of published polygons, and the rule by which each is mended or the feature left out.

| fault | rule |
|---|---|
| `z_values` | heights are dropped |
| `unclosed_ring` | the first point is repeated at the end |
| `type_does_not_fit` | the nesting of the coordinates decides, not the name of the type |
| `short_ring` | a hole with fewer than three corners is dropped; a shell with fewer rejects the polygon |
| `geometry_collection` | its polygons are kept, the rest is dropped |
| `not_finite` | rejected: a coordinate is no number |
| `swapped_axes` | swapped back where only that brings it onto the globe, or into the stated bounds |
| `outside_bounds` | rejected: it lies off the globe, or off the bounds that the mapping states |
| `self_intersection`, `ring_self_intersection`, `hole_outside_shell`, `disconnected_interior`, `nested_shells`, \
`nested_holes`, `duplicate_rings`, `invalid` | rebuilt from its rings: shells are joined, holes are cut out of them |
| `sliver` | parts thinner than a metre are dropped; a feature of slivers alone is rejected |
| `empty` | rejected |
| `overlap_contested`, `overlap_smaller`, `overlap_last` | ground of two sides, given away by the rule in \
`geo.zones.overlaps` (found when a slice is put together) |
| `duplicate` | the second of two equal zones of one side in one slice is dropped (found when a slice is put together) |

Each repair says by how many km² it changed the ground: the difference in area to the rings as they were drawn, or the
ground that an even-odd reading of the rings would add or take, whichever is more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.crs import area_km2

SLIVER_WIDTH_M = 1.0
_METRES_PER_DEGREE = 111_195.0
_GRID = 1e-9
"""Degrees to which a repair may round: a tenth of a millimetre."""
_REASONS = {
    "Self-intersection": "self_intersection",
    "Ring Self-intersection": "ring_self_intersection",
    "Hole lies outside shell": "hole_outside_shell",
    "Interior is disconnected": "disconnected_interior",
    "Nested shells": "nested_shells",
    "Holes are nested": "nested_holes",
    "Duplicate Rings": "duplicate_rings",
}
_POLYGONS = ("Polygon", "MultiPolygon")


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box in degrees that a series lies in."""

    west: float
    south: float
    east: float
    north: float

    def hold(self, geometry: BaseGeometry) -> bool:
        """Return whether a geometry lies wholly in the box."""
        west, south, east, north = geometry.bounds
        return self.west <= west and self.south <= south and east <= self.east and north <= self.north


GLOBE = Bounds(-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True)
class Repair:
    """A polygon made valid, or the reason why it could not be."""

    geometry: BaseGeometry | None
    """Valid Polygon or MultiPolygon in EPSG:4326; None where the feature is rejected."""
    faults: tuple[str, ...]
    """By the table above; empty for a sound polygon."""
    changed_km2: float = 0.0


def repaired(geometry: BaseGeometry, *, bounds: Bounds = GLOBE) -> Repair:
    """Return a valid polygon for whatever a file gave, with every fault that was found.

    Args:
        geometry: in degrees; any type.
        bounds: where the series lies, for telling swapped axes.

    """
    faults: list[str] = []
    if shapely.is_empty(geometry):
        return Repair(None, ("empty",))
    if geometry.has_z:
        geometry = shapely.force_2d(geometry)
        faults.append("z_values")
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        return Repair(None, (*faults, "not_finite"))
    if geometry.geom_type == "GeometryCollection":
        geometry = polygons_of(geometry)
        faults.append("geometry_collection")
        if geometry.is_empty:
            return Repair(None, (*faults, "empty"))
    placed = _placed(geometry, bounds)
    if placed is None:
        return Repair(None, (*faults, "outside_bounds"))
    if placed is not geometry:
        faults.append("swapped_axes")
    return _sound(placed, faults)


def _sound(drawn: BaseGeometry, faults: list[str]) -> Repair:
    sound = drawn
    if not shapely.is_valid(drawn):
        faults.append(_fault_name(shapely.is_valid_reason(drawn)))
        sound = _made_valid(drawn)
    kept = without_slivers(sound)
    if kept is not sound:
        faults.append("sliver")
    if kept.is_empty:
        lost = 0.0 if sound.is_empty else area_km2(sound)
        return Repair(None, tuple(faults) or ("empty",), lost)
    changed = _changed_km2(drawn, sound, kept) if kept is not drawn else 0.0
    return Repair(kept, tuple(faults), changed)


def _made_valid(drawn: BaseGeometry) -> BaseGeometry:
    """Return valid ground: by the rule of shells and holes, and where that fails by the next best that works.

    GEOS now and then answers with an invalid polygon, or not at all, where rings cross at hardly any angle.
    """
    attempts: tuple[Callable[[], BaseGeometry], ...] = (
        lambda: shapely.make_valid(drawn, method="structure", keep_collapsed=False),
        lambda: shapely.set_precision(shapely.make_valid(drawn, method="structure", keep_collapsed=False), _GRID),
        lambda: shapely.make_valid(drawn),
        lambda: shapely.buffer(drawn, 0.0),
    )
    for attempt in attempts:
        try:
            ground = polygons_of(attempt())
        except shapely.errors.GEOSException:
            continue
        if shapely.is_valid(ground) and not ground.is_empty:
            return ground
    return MultiPolygon()


def _changed_km2(drawn: BaseGeometry, sound: BaseGeometry, kept: BaseGeometry) -> float:
    if sound is drawn:
        return max(0.0, area_km2(sound) - area_km2(kept))
    by_rings = abs(_drawn_km2(drawn) - area_km2(kept))
    try:
        even_odd = polygons_of(shapely.make_valid(drawn))
        other_reading = polygons_of(shapely.symmetric_difference(kept, even_odd))
    except shapely.errors.GEOSException:
        return by_rings
    return max(by_rings, 0.0 if other_reading.is_empty else area_km2(other_reading))


def _drawn_km2(drawn: BaseGeometry) -> float:
    """Area of the rings as they were drawn: shells less holes, whether or not they cross."""
    total = 0.0
    for part in shapely.get_parts(drawn):
        if part.geom_type == "Polygon" and not part.is_empty:
            total += area_km2(shapely.Polygon(part.exterior))
            total -= sum(area_km2(shapely.Polygon(hole)) for hole in part.interiors)
    return total


def _fault_name(reason: str) -> str:
    return next((name for start, name in _REASONS.items() if reason.startswith(start)), "invalid")


def _placed(geometry: BaseGeometry, bounds: Bounds) -> BaseGeometry | None:
    if bounds.hold(geometry):
        return geometry
    swapped = shapely.transform(geometry, lambda points: points[:, ::-1])
    return swapped if bounds.hold(swapped) else None


def polygons_of(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry as one Polygon or MultiPolygon, empty where there are none."""
    if geometry.geom_type in _POLYGONS:
        return geometry
    parts = [part for part in _leaves(geometry) if part.geom_type == "Polygon" and not part.is_empty]
    if len(parts) == 1:
        return parts[0]
    joined = MultiPolygon(parts)
    return (
        joined if not parts or shapely.is_valid(joined) else polygons_of(shapely.union_all(shapely.make_valid(parts)))
    )


def _leaves(geometry: BaseGeometry) -> list[BaseGeometry]:
    if geometry.geom_type == "GeometryCollection" or geometry.geom_type.startswith("Multi"):
        return [leaf for part in shapely.get_parts(geometry) for leaf in _leaves(part)]
    return [geometry]


def without_slivers(geometry: BaseGeometry) -> BaseGeometry:
    """Return the geometry without the parts that are thinner than a metre; itself where it has none."""
    if shapely.is_empty(geometry):
        return geometry
    parts = shapely.get_parts(geometry)
    # Twice the area by the perimeter is the width of a long thin shape.
    shrink = np.cos(np.radians(geometry.bounds[1]))
    widths = 2 * shapely.area(parts) * shrink / np.maximum(shapely.length(parts), 1e-300) * _METRES_PER_DEGREE
    thick = widths >= SLIVER_WIDTH_M
    if thick.all():
        return geometry
    kept = parts[thick]
    return kept[0] if len(kept) == 1 else MultiPolygon(kept.tolist())
