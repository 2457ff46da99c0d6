"""Coordinate systems and distances.

Everything stored or passed around is `lon, lat` in EPSG:4326. Distances on the globe are geodesic (WGS 84, Karney
2013, through geographiclib); areas and buffers are computed in a local azimuthal equidistant frame.
"""

from __future__ import annotations

from functools import lru_cache

import shapely
from geographiclib.geodesic import Geodesic
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

LONLAT = "EPSG:4326"
EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the WGS 84 ellipsoid (IUGG)."""


def distance_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Geodesic distance in km between two points in degrees."""
    return float(Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2, Geodesic.DISTANCE)["s12"]) / 1000.0


def destination(lon: float, lat: float, *, bearing: float, km: float) -> tuple[float, float]:
    """Return the `(lon, lat)` reached from a point along a bearing (degrees clockwise from north)."""
    end = Geodesic.WGS84.Direct(lat, lon, bearing, km * 1000.0)
    return float(end["lon2"]), float(end["lat2"])


@lru_cache(maxsize=4096)
def _frames(lon: float, lat: float) -> tuple[Transformer, Transformer]:
    # Written out as steps: a look-up of coordinate systems in PROJ's database takes two hundred times as long.
    local = f"+proj=aeqd +lat_0={lat} +lon_0={lon} +x_0=0 +y_0=0 +ellps=WGS84"
    pipeline = "+proj=pipeline +step"
    return (
        Transformer.from_pipeline(f"{pipeline} +proj=unitconvert +xy_in=deg +xy_out=rad +step {local}"),
        Transformer.from_pipeline(f"{pipeline} +inv {local} +step +proj=unitconvert +xy_in=rad +xy_out=deg"),
    )


def to_local(geometry: BaseGeometry, *, lon: float, lat: float) -> BaseGeometry:
    """Project from degrees to metres in the azimuthal equidistant frame centred on `lon, lat`.

    The centre is rounded to a tenth of a degree so that neighbours share a frame; within 500 km of it distances are
    right to about 0.1 %.
    """
    return shapely.transform(geometry, _frames(round(lon, 1), round(lat, 1))[0].transform, interleaved=False)


def from_local(geometry: BaseGeometry, *, lon: float, lat: float) -> BaseGeometry:
    """Project back from the frame of `to_local` with the same `lon, lat` to degrees."""
    return shapely.transform(geometry, _frames(round(lon, 1), round(lat, 1))[1].transform, interleaved=False)


def buffer_km(geometry: BaseGeometry, km: float) -> BaseGeometry:
    """Grow (or, with a negative `km`, shrink) a geometry in degrees by a distance in km."""
    centre = geometry.centroid
    grown = to_local(geometry, lon=centre.x, lat=centre.y).buffer(km * 1000.0)
    return from_local(grown, lon=centre.x, lat=centre.y)


def area_km2(geometry: BaseGeometry) -> float:
    """Area in km² of a geometry in degrees, on the WGS 84 ellipsoid."""
    # The sign of a ring's geodesic area is its winding: parts wound both ways would cancel each other out.
    wound = shapely.orient_polygons(geometry)
    return abs(Geod(ellps="WGS84").geometry_area_perimeter(wound)[0]) / 1e6
