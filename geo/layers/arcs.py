"""Polygons as rings of shared arcs, so that borders that many zones and many days have in common are stored once.

Vertices are quantised to a grid; a vertex is a junction where lines meet that do not all go on together; between
junctions every ring that passes follows the same stretch, an arc. Simplifying arcs with their ends held keeps
neighbours glued to each other: the idea is TopoJSON's (Bostock), the code is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.layers.encoding import Json, number_array

QUANTUM = 1e-5
"""Grid of the vertices in degrees: about a metre."""
TOLERANCE = 3e-5
"""How far simplifying may move a line, in degrees: about three metres."""

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ArcShapes:
    """Shapes as lists of rings, rings as lists of arcs."""

    arcs: tuple[npt.NDArray[np.float64], ...]
    """Each an (n, 2) array of lon, lat in whole quanta."""
    rings: tuple[tuple[int, ...], ...]
    """Indices of arcs in order; `~index` runs the arc backwards."""
    ring_counts: tuple[int, ...]
    """How many rings each shape has, in order; holes are rings too, as the page fills by the even-odd rule."""

    def encoded(self) -> Json:
        """Return the shapes as JSON: deltas between successive points, counts and arc references."""
        points = np.vstack([np.empty((0, 2)), *self.arcs]).astype("int64")
        deltas = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype="int64"))
        return {
            "quantum": QUANTUM,
            "dx": number_array(deltas[:, 0]),
            "dy": number_array(deltas[:, 1]),
            "arcLengths": number_array(np.array([len(arc) for arc in self.arcs], dtype="int64")),
            "ringArcs": number_array(np.array([index for ring in self.rings for index in ring], dtype="int64")),
            "ringLengths": number_array(np.array([len(ring) for ring in self.rings], dtype="int64")),
            "shapeRings": number_array(np.array(self.ring_counts, dtype="int64")),
        }


def shared_arcs(shapes: npt.NDArray[Any], *, tolerance: float = TOLERANCE) -> ArcShapes:
    """Cut polygons into shared arcs.

    `shapes` are polygons or multipolygons in degrees; anything else in them is left out. `tolerance` is in degrees.
    """
    polygons, shape_of_part = shapely.get_parts(shapes, return_index=True)
    areal = shapely.get_type_id(polygons) == 3
    polygons, shape_of_part = polygons[areal], shape_of_part[areal]
    lines, part_of_ring = shapely.get_rings(polygons, return_index=True)
    vertices, ring_of = _open_rings(lines)
    ids, grid = _vertex_ids(vertices)
    starts = np.flatnonzero(np.diff(ring_of, prepend=-1))
    stops = np.append(starts[1:], len(ids))[: len(starts)]
    junctions = _junctions(ids, starts, stops, count=len(grid))
    rings, counts, found = _cut(
        ids, starts, stops, junctions, shape_of_part[part_of_ring[ring_of[starts]]], len(shapes)
    )
    return ArcShapes(_simplified([grid[arc] for arc in found], tolerance), rings, counts)


def line_arcs(shapes: npt.NDArray[Any], *, tolerance: float = TOLERANCE) -> ArcShapes:
    """Return lines (in degrees) as shapes whose every part is one arc; equal parts are stored once."""
    parts, shape_of_part = shapely.get_parts(shapes, return_index=True)
    known: dict[bytes, int] = {}
    found: list[Integers] = []
    rings = []
    for part in parts:
        arc = np.rint(shapely.get_coordinates(part) / QUANTUM).astype("int64")
        index = known.setdefault(arc.tobytes(), len(found))
        if index == len(found):
            found.append(arc)
        rings.append((index,))
    counts = np.bincount(shape_of_part, minlength=len(shapes))
    return ArcShapes(_simplified(found, tolerance), tuple(rings), tuple(int(count) for count in counts))


def _open_rings(lines: npt.NDArray[Any]) -> tuple[Integers, Integers]:
    """Quantise rings, drop repeated points and the closing one, and leave out rings that collapse."""
    coordinates, ring_of = shapely.get_coordinates(lines, return_index=True)
    grid = np.rint(coordinates / QUANTUM).astype("int64")
    same = np.all(grid[1:] == grid[:-1], axis=1) & (ring_of[1:] == ring_of[:-1])
    keep = np.append(True, ~same) if len(grid) else np.empty(0, dtype=bool)
    grid, ring_of = grid[keep], ring_of[keep]
    last = np.append(ring_of[1:] != ring_of[:-1], True) if len(grid) else keep
    grid, ring_of = grid[~last], ring_of[~last]
    large = np.bincount(ring_of, minlength=len(lines))[ring_of] >= 3 if len(ring_of) else np.empty(0, dtype=bool)
    return grid[large], ring_of[large]


def _vertex_ids(vertices: Integers) -> tuple[Integers, Integers]:
    keys = (vertices[:, 0] << 32) + vertices[:, 1]
    _, first, ids = np.unique(keys, return_index=True, return_inverse=True)
    return ids, vertices[first]


def _junctions(ids: Integers, starts: Integers, stops: Integers, *, count: int) -> npt.NDArray[np.bool_]:
    """Tell which vertices have other than two neighbours over all rings."""
    following = np.roll(ids, -1)
    following[stops - 1] = ids[starts]
    low, high = np.minimum(ids, following), np.maximum(ids, following)
    edges = np.unique(low * max(count, 1) + high)
    ends = np.concatenate([edges // max(count, 1), edges % max(count, 1)])
    return np.bincount(ends, minlength=count) != 2


def _cut(
    ids: Integers,
    starts: Integers,
    stops: Integers,
    junctions: npt.NDArray[np.bool_],
    shape_of_ring: Integers,
    shapes: int,
) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...], list[Integers]]:
    """Return the rings as arc references, the number of rings of each shape, and the distinct arcs."""
    known: dict[bytes, int] = {}
    found: list[Integers] = []
    rings = []
    for start, stop in zip(starts, stops, strict=True):
        references = []
        for stretch in _stretches(ids[start:stop], junctions):
            backwards = stretch[::-1]
            turned = (
                tuple(backwards[:2]) < tuple(stretch[:2]) if stretch[0] == stretch[-1] else backwards[0] < stretch[0]
            )
            arc = np.ascontiguousarray(backwards if turned else stretch)
            index = known.setdefault(arc.tobytes(), len(found))
            if index == len(found):
                found.append(arc)
            references.append(~index if turned else index)
        rings.append(tuple(references))
    counts = np.bincount(shape_of_ring, minlength=shapes) if len(shape_of_ring) else np.zeros(shapes, dtype=int)
    return tuple(rings), tuple(int(count) for count in counts), found


def _stretches(ring: Integers, junctions: npt.NDArray[np.bool_]) -> list[Integers]:
    """Cut an open ring at its junctions; one without any is a single closed stretch from its smallest vertex."""
    cuts = np.flatnonzero(junctions[ring])
    turned = np.roll(ring, -int(cuts[0] if len(cuts) else ring.argmin()))
    closed = np.append(turned, turned[0])
    borders = np.append(cuts - cuts[0], len(ring)) if len(cuts) else np.array([0, len(ring)])
    return [closed[first : last + 1] for first, last in zip(borders[:-1], borders[1:], strict=True)]


def _simplified(arcs: list[Integers], tolerance: float) -> tuple[npt.NDArray[np.float64], ...]:
    if not arcs:
        return ()
    if tolerance <= 0:
        return tuple(arc.astype("float64") for arc in arcs)
    lines = shapely.simplify([shapely.LineString(arc) for arc in arcs], tolerance / QUANTUM, preserve_topology=False)
    simple = [shapely.get_coordinates(line) for line in lines]
    # A closed arc needs three corners; one that would lose them stays as it was.
    return tuple(
        line if len(line) >= (4 if np.array_equal(arc[0], arc[-1]) else 2) else arc.astype("float64")
        for arc, line in zip(arcs, simple, strict=True)
    )
