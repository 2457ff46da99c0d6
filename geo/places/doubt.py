"""How far the true place may lie: the radius that holds it nine times in ten."""

from __future__ import annotations

import numpy as np

from geo.places.arithmetic import Floats
from geo.places.features import Scene
from geo.places.kinds import KINDS, Extent
from geo.places.ranking import Weights

SURE = 0.9
"""Share of cases in which the radius should hold the true place."""
_SETTLED = frozenset(("city", "town", "village", "suburb", "neighbourhood"))


def doubt_class(kind: str) -> str:
    """Return the group of kinds that share a calibration: settled, division, country, wide or site."""
    if kind in _SETTLED:
        return "settled"
    if kind in ("country", "admin1", "admin2"):
        return kind
    return "site" if KINDS[kind].extent is Extent.POINT else "wide"


def spread_radius_km(scene: Scene, probability: Floats, best: int, start: int, end: int, weights: Weights) -> float:
    """Return the radius around the best candidate that holds the true place nine times in ten."""
    index, number = scene.gazetteer.index, int(scene.numbers[best])
    own = float(index.radius[number])
    if not index.is_curated(number):
        own *= weights.radius.get(doubt_class(scene.kinds[best]), 1.0)
    sure = weights.radius.get("sure", SURE)
    if probability[best] >= sure:
        return own
    return reach_km(own, scene.doubtful_km(best, start, end), probability[start:end], sure=sure)


def reach_km(own: float, distances: Floats, shares: Floats, *, sure: float) -> float:
    """Return the radius that holds candidates of a likelihood of `sure` together, and at least the place's own.

    The place's own radius is enough where the reading is sure. Where it is not, the radius reaches out to the other
    candidates, the nearest first, until they are likely enough together.
    """
    order = np.argsort(distances)
    held = np.cumsum(shares[order])
    reached = min(int(np.searchsorted(held, sure)), len(order) - 1)
    return max(own, float(distances[order[reached]]))
