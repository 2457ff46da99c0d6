"""How far the true place may lie: the radius that holds it nine times in ten."""

from __future__ import annotations

import numpy as np

from geo.places.features import Floats, Scene
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
    """Return the radius around the best candidate that holds the true place nine times in ten.

    The place's own radius, as calibrated for its kind, is enough where the reading is sure. Where it is not, the radius
    reaches out to the other candidates, the nearest first, until they are likely enough together.
    """
    index = scene.gazetteer.index
    own = float(index.radius[int(scene.numbers[best])]) * weights.radius.get(doubt_class(scene.kinds[best]), 1.0)
    wanted = weights.radius.get("sure", SURE)
    if probability[best] >= wanted:
        return own
    lon, lat = scene.radians(best)
    away = scene.distances_km(lon, lat)[start:end]
    order = np.argsort(away)
    held = np.cumsum(probability[start:end][order])
    reached = int(np.searchsorted(held, wanted))
    return max(own, float(away[order[min(reached, len(order) - 1)]]))
