"""From whatever coordinates a file is in to degrees, lon before lat."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from geo.crs import LONLAT
from geo.errors import Rejection, ZoneError


def degrees(shape: BaseGeometry, crs: str) -> BaseGeometry:
    """Return a geometry in EPSG:4326.

    Raises:
        ZoneError: `crs` names no known coordinate system.

    """
    transformer = _to_degrees(crs)
    if transformer is None:
        return shape

    def project(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return shapely.transform(shape, project)


@lru_cache(maxsize=32)
def _to_degrees(crs: str) -> Transformer | None:
    try:
        source = CRS.from_user_input(crs)
    except CRSError as error:
        raise ZoneError(
            Rejection(crs, "unknown coordinate system", remedy="name it in the mapping, as in crs = 'EPSG:32637'")
        ) from error
    return None if source == CRS(LONLAT) else Transformer.from_crs(source, LONLAT, always_xy=True)
