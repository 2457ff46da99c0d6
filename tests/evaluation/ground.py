"""The held ground of Aleppo on one day against the sides that sources tell for its neighbourhoods.

Where neighbourhoods end is not in the list, points are: each gets the ground nearer to it than to any other point,
1 km at the most. What sources call split or contested is left out on both sides. That is no independent survey: the
series was built from reports of the same weeks, and the overlap says how well it keeps to them.
"""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
from shapely import MultiPoint, voronoi_polygons

from geo.crs import LONLAT
from geo.settings import read_settings
from geo.zones import build_series, zones_at

from .gold import SHARED
from .measuring import Figure

DAY = date(2016, 11, 20)
_SIDES = {"rebels": "rebel", "government": "government"}
"""Controller of the series, and the word of the list."""
_REACH_M = 1000.0
_KINDS = ("neighbourhood", "district", "suburb", "housing project")
_METRES = "EPSG:32637"


def figures_ground() -> list[Figure]:
    """Return the intersection over union of each side's ground, within the ground of neighbourhoods with a side."""
    zones = zones_at(build_series(read_settings().data / "zones" / "aleppo"), DAY).to_crs(_METRES)
    cells = _cells(zones.union_all())
    told = cells[cells["side"].isin(_SIDES.values())]
    inside = told.union_all()
    found = []
    for controller, side in _SIDES.items():
        gold = told[told["side"] == side].union_all()
        held = zones[zones["controller"] == controller].union_all().intersection(inside)
        note = f"{int((told['side'] == side).sum())} neighbourhoods, {gold.area / 1e6:.1f} km²; cells round points"
        found.append(
            Figure(f"ground.{controller}_iou", gold.intersection(held).area / gold.union(held).area, note=note)
        )
    return found


def _cells(city: object) -> gpd.GeoDataFrame:
    """Return the neighbourhoods with their side and the ground round their points, in metres."""
    rows = pd.read_csv(SHARED / "data" / "aleppo" / "places.csv")
    rows = rows[rows["kind"].isin(_KINDS)]
    points = gpd.GeoSeries(gpd.points_from_xy(rows["lon"], rows["lat"]), crs=LONLAT).to_crs(_METRES)
    nearest = list(voronoi_polygons(MultiPoint(list(points)), extend_to=city).geoms)
    ground = [next(cell for cell in nearest if cell.contains(point)) for point in points]
    shapes = [
        cell.intersection(city).intersection(point.buffer(_REACH_M)) for cell, point in zip(ground, points, strict=True)
    ]
    return gpd.GeoDataFrame({"side": list(rows["side_2016_11_20"])}, geometry=shapes, crs=_METRES)
