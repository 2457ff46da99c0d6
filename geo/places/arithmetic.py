"""Arrays of numbers about candidates, and distances on the globe."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from geo.crs import EARTH_RADIUS_KM
from geo.places.compilation import STEP

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Columns = Sequence[npt.NDArray[np.generic]]


def side_by_side(columns: Columns, size: int) -> Floats:
    """Return columns of `size` numbers or truth values as one table."""
    table = np.empty((size, len(columns)))
    for number, column in enumerate(columns):
        table[:, number] = column
    return table


def unit_vector(lon: int, lat: int) -> Floats:
    """Return the vector from the middle of the globe to a point in steps of the index."""
    east, north = math.radians(int(lon) * STEP), math.radians(int(lat) * STEP)
    return np.array([math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)])


def arc_km(cosine: Floats) -> Floats:
    """Return the great-circle distance from the cosine of the angle; within 0.6 % of the geodesic."""
    return EARTH_RADIUS_KM * np.arccos(np.clip(cosine, -1.0, 1.0))


def closeness(units: Floats, group: Integers, others: Integers, *, reaches_km: Sequence[float]) -> tuple[Floats, ...]:
    """Return for each reach a table of how near points are to some `others` of them: 1 at one place, 0 far away.

    Points of one group are not near to each other.
    """
    km = arc_km(units @ units[others].T)
    km[group[others][None, :] == group[:, None]] = np.inf
    return tuple(np.exp(-km / reach) for reach in reaches_km)
