"""How much ground each side holds, day by day, and what passed from whom to whom.

Areas are geodesic, on the WGS 84 ellipsoid, in km². Contested ground is counted for itself, as `contested`: it is
nobody's while it is fought over.
"""

from __future__ import annotations

from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import LONLAT, area_km2
from geo.vocabulary import CONTESTED, UNKNOWN, ZoneStatus
from geo.zones.slices import Timeline, day_number, span, timeline

Geometries = npt.NDArray[np.object_]

SLIVER_KM2 = 0.01
"""Changes smaller than this are noise of digitising, unless the caller sets another limit."""


def areas_by_day(zones: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the area that each side holds on each day of the series.

    Columns: `day` (datetime64), `controller` (a controller, or `contested`) and `area_km2`. Days without zones have no
    rows: no data is not nobody.
    """
    columns = {"day": "datetime64[s]", "controller": "str", "area_km2": "float64"}
    bounds = span(zones)
    if bounds is None:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    line = timeline(zones)
    sides = side_names(zones)
    areas = zone_areas_km2(zones)
    common = _Common(zones.geometry.to_numpy())
    last = day_number(bounds[1])
    parts: list[pd.DataFrame] = []
    for stretch in range(len(line.cuts) - 1):
        rows = line.zones_in(stretch)
        totals = pd.Series(areas[rows]).groupby(sides[rows]).sum() - common.counted_twice(rows, sides)
        days = np.arange(line.cuts[stretch], min(line.cuts[stretch + 1] - 1, max(last, line.cuts[stretch])) + 1)
        parts.append(
            pd.DataFrame(
                {
                    "day": np.repeat(days.astype("datetime64[D]"), len(totals)),
                    "controller": np.tile(totals.index.to_numpy(), len(days)),
                    "area_km2": np.tile(totals.to_numpy(), len(days)),
                }
            )
        )
    return pd.concat(parts, ignore_index=True).astype(columns)


def zone_areas_km2(zones: gpd.GeoDataFrame) -> npt.NDArray[np.float64]:
    """Return the area of each zone in km²; a geometry that many rows share is measured once."""
    measured: dict[int, float] = {}
    geometries = zones.geometry.to_numpy()
    for geometry in geometries:
        if id(geometry) not in measured:
            measured[id(geometry)] = area_km2(geometry)
    return np.array([measured[id(geometry)] for geometry in geometries], dtype=np.float64)


class _Common:
    """Ground that zones of one side share, so that it is not counted twice; each pair of polygons is measured once."""

    def __init__(self, geometries: Geometries) -> None:
        self._geometries = geometries
        self._measured: dict[tuple[int, int], float] = {}

    def counted_twice(self, rows: npt.NDArray[np.int64], sides: Geometries) -> pd.Series:
        """Return for each side of a slice by how much the sum of its zones is too large, in km²."""
        twice = dict.fromkeys(sorted(set(sides[rows])), 0.0)
        for side in twice:
            own = rows[sides[rows] == side]
            shapes = self._geometries[own]
            one, other = shapely.STRtree(shapes).query(shapes)
            pairs = [(shapes[a], shapes[b]) for a, b in zip(one[one < other], other[one < other], strict=True)]
            shared = [self._shared_km2(*pair) for pair in pairs]
            if any(shared):
                # Three zones may share one piece: only the union counts it right.
                members = {id(shape): shape for pair, area in zip(pairs, shared, strict=True) if area for shape in pair}
                piled = sum(area_km2(shape) for shape in shapes if id(shape) in members)
                twice[side] = piled - area_km2(shapely.union_all(list(members.values())))
        return pd.Series(twice)

    def _shared_km2(self, one: BaseGeometry, other: BaseGeometry) -> float:
        key = (id(one), id(other))
        if key not in self._measured:
            common = _polygons(shapely.intersection(one, other))
            self._measured[key] = 0.0 if common.is_empty else area_km2(common)
        return self._measured[key]


def side_names(zones: gpd.GeoDataFrame) -> Geometries:
    """Return each zone's controller, `contested` for contested ground."""
    contested = (zones["status"] == ZoneStatus.CONTESTED).to_numpy()
    return np.where(contested, CONTESTED, zones["controller"].to_numpy().astype(object)).astype(object)


def changes(
    zones: gpd.GeoDataFrame,
    *,
    start: date | None = None,
    end: date | None = None,
    places: gpd.GeoDataFrame | None = None,
    least_km2: float = SLIVER_KM2,
) -> gpd.GeoDataFrame:
    """Return what passed from whom to whom, one row for each day and pair of sides, with the ground as geometry.

    Columns: `day` (the first day of the new holder), `from_side`, `to_side` (controllers, `contested`, or `unknown`
    where no zone covers the ground), `area_km2`, `places` (names inside, joined by `; `), `zone_ids` (the zones that
    hold it now).

    Args:
        zones: one series.
        start: first day that is looked at; a change on it is against the day before.
        end: last day, included.
        places: points in EPSG:4326 with a column `name`.
        least_km2: smaller changes are left out.

    """
    line = timeline(zones)
    sides = side_names(zones)
    geometries = zones.geometry.to_numpy()
    rows: list[dict[str, object]] = []
    shapes: list[BaseGeometry] = []
    for stretch in range(1, len(line.cuts) - 1):
        day = date(1970, 1, 1) + timedelta(days=int(line.cuts[stretch]))
        if (start and day < start) or (end and day > end):
            continue
        before = _grounds(line, stretch - 1, sides, geometries)
        after = _grounds(line, stretch, sides, geometries)
        if not before or not after:
            # A gap: nothing is known on one side of it, so nothing can be said to have changed.
            continue
        now = line.zones_in(stretch)
        for giver, taker, ground in _passed(before, after):
            area = area_km2(ground)
            if area < least_km2:
                continue
            taken = now[(sides[now] == taker) & shapely.intersects(geometries[now], ground.representative_point())]
            rows.append(
                {
                    "day": day,
                    "from_side": giver,
                    "to_side": taker,
                    "area_km2": round(area, 4),
                    "places": "; ".join(names_inside(ground, places)),
                    "zone_ids": ";".join(str(item) for item in zones["zone_id"].to_numpy()[taken]),
                }
            )
            shapes.append(ground)
    columns = ["day", "from_side", "to_side", "area_km2", "places", "zone_ids"]
    table = gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry=shapes, crs=LONLAT)
    table["day"] = pd.to_datetime(table["day"]).astype("datetime64[s]")
    return table


def names_inside(ground: BaseGeometry, places: gpd.GeoDataFrame | None) -> list[str]:
    """Return the names of the places that lie in a ground, in the order of the table, each once."""
    if places is None or places.empty:
        return []
    found = np.sort(places.sindex.query(ground, predicate="intersects"))
    return list(dict.fromkeys(str(name) for name in places["name"].to_numpy()[found]))


def _grounds(
    line: Timeline,
    stretch: int,
    sides: Geometries,
    geometries: Geometries,
) -> dict[str, BaseGeometry]:
    rows = line.zones_in(stretch)
    return {str(side): shapely.union_all(geometries[rows[sides[rows] == side]]) for side in sorted(set(sides[rows]))}


def _passed(before: dict[str, BaseGeometry], after: dict[str, BaseGeometry]) -> list[tuple[str, str, BaseGeometry]]:
    """Return (from, to, ground) for every pair of different sides, `unknown` standing for no zone."""
    covered_before = shapely.union_all(list(before.values()))
    covered_after = shapely.union_all(list(after.values()))
    found = [
        (giver, taker, _polygons(shapely.intersection(before[giver], after[taker])))
        for giver in before
        for taker in after
        if giver != taker and not before[giver].equals(after.get(giver))
    ]
    found += [(UNKNOWN, taker, _polygons(after[taker].difference(covered_before))) for taker in after]
    found += [(giver, UNKNOWN, _polygons(before[giver].difference(covered_after))) for giver in before]
    return [(giver, taker, ground) for giver, taker, ground in found if not ground.is_empty]


def _polygons(geometry: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)
