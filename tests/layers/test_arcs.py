"""Shared arcs: what neighbours have in common is stored once, and nothing is lost or torn apart."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, box

from geo.layers.arcs import QUANTUM, ArcShapes, shared_arcs
from tests.layers import scenes


def rebuilt(shapes: ArcShapes) -> list[shapely.Geometry]:
    """Put the shapes together again as the page does: rings of arcs, filled by the even-odd rule."""
    rings = iter(shapes.rings)
    result = []
    for count in shapes.ring_counts:
        shape: shapely.Geometry = Polygon()
        for ring in [next(rings) for _ in range(count)]:
            pieces = [shapes.arcs[ref] if ref >= 0 else shapes.arcs[~ref][::-1] for ref in ring]
            for one, other in zip(pieces, pieces[1:] + pieces[:1], strict=True):
                assert np.array_equal(one[-1], other[0])
            points = np.vstack(pieces) * QUANTUM
            shape = shape.symmetric_difference(Polygon(points).buffer(0))
        result.append(shape)
    return result


def test_a_common_border_is_one_arc() -> None:
    left, right = box(0, 0, 1, 1), box(1, 0, 2, 1)
    shapes = shared_arcs(np.array([left, right]), tolerance=0)
    used = [{ref if ref >= 0 else ~ref for ref in ring} for ring in shapes.rings]
    assert len(shapes.arcs) == 3
    assert len(used[0] & used[1]) == 1


def test_the_same_ground_on_another_day_adds_nothing() -> None:
    town = scenes.make_zones(days=10).geometry.to_numpy()[:20]
    once, thrice = shared_arcs(town), shared_arcs(np.concatenate([town, town, town]))
    assert len(thrice.arcs) == len(once.arcs)


def test_holes_parts_and_lone_rings_come_back() -> None:
    ring = box(0, 0, 1, 1).difference(box(0.4, 0.4, 0.6, 0.6))
    island = MultiPolygon([box(3, 3, 4, 4), box(5, 5, 6, 6)])
    filling = box(0.4, 0.4, 0.6, 0.6)
    shapes = np.array([ring, island, filling])
    for before, after in zip(shapes, rebuilt(shared_arcs(shapes, tolerance=0)), strict=True):
        assert before.symmetric_difference(after).area == pytest.approx(0, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(0.05, 0.6)), min_size=1, max_size=5))
def test_any_overlapping_shapes_come_back(circles: list[tuple[float, float, float]]) -> None:
    shapes = np.array([Point(x, y).buffer(r, quad_segs=5) for x, y, r in circles])
    for before, after in zip(shapes, rebuilt(shared_arcs(shapes, tolerance=0)), strict=True):
        assert before.symmetric_difference(after).area < 1e-3


def test_simplifying_leaves_no_gap_between_neighbours() -> None:
    zones = scenes.make_zones(days=20)
    cells = shapely.segmentize(zones[zones["valid_from"] == zones["valid_from"].min()].geometry.to_numpy(), 1e-4)
    shapes = rebuilt(shared_arcs(cells, tolerance=2e-4))
    total = sum(shape.area for shape in shapes)
    union = shapely.union_all(shapes)
    assert union.area == pytest.approx(total, rel=1e-9)
    assert len(shapely.get_parts(union)) == 1
    assert all(not part.interiors for part in shapely.get_parts(union))


def test_nothing_to_cut() -> None:
    empty = shared_arcs(np.array([], dtype=object))
    assert (empty.arcs, empty.rings, empty.ring_counts) == ((), (), ())
    odd = shared_arcs(np.array([Polygon(), Point(1, 1), box(0, 0, QUANTUM / 9, QUANTUM / 9)]))
    assert odd.ring_counts == (0, 0, 0)
