"""A case's focus: the place that its reports are about."""

from __future__ import annotations

import numpy as np

from geo.errors import ConfigurationError
from geo.places.arithmetic import Floats
from geo.places.compilation import STEP
from geo.places.features import Scene
from geo.places.gazetteer import Gazetteer

STRENGTH = 3.0
"""Added to the score of a candidate in the focus: about as much as a hundred times more people."""
_REACH_KM = 150.0


def focus_bias(scene: Scene, focus: str, gazetteer: Gazetteer) -> Floats | None:
    """Return what to add to each candidate's score, None where no focus is set.

    The focus is a country's ISO code or the name of any place. Raises `ConfigurationError` for a name that the
    gazetteer does not know.
    """
    if not focus:
        return None
    matches = gazetteer.country(focus) or gazetteer.matches(focus)
    if not matches:
        raise ConfigurationError(f"the focus {focus!r} is no place of the gazetteer. Set it to a known name")
    index = gazetteer.index
    number = max(matches, key=gazetteer.prior).number
    radius = float(index.radius[number])
    lon, lat = np.radians(index.lon[number] * STEP), np.radians(index.lat[number] * STEP)
    away = scene.distances_km(float(lon), float(lat))
    near = np.exp(-np.maximum(away - radius, 0.0) / _REACH_KM)
    if index.kind_name(number) == "country":
        inside = np.array([index.country[int(one)] == index.country[number] for one in scene.numbers], dtype=float)
        near = np.maximum(near * 0.5, inside)
    return STRENGTH * near
