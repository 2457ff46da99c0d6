"""What can be said against a series: `geo zones check`.

Zones of two sides that overlap are left as they are (a join calls such ground contested) and reported here with their
area, beside gaps in time, invalid polygons and zones that are there twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import area_km2
from geo.zones.change import SLIVER_KM2, side_names
from geo.zones.slices import Gap, gaps, span, timeline


@dataclass(frozen=True, slots=True)
class Overlap:
    """Ground that zones of two sides cover on the same days."""

    first_zone: str
    second_zone: str
    area_km2: float


@dataclass(frozen=True, slots=True)
class SeriesReport:
    """The findings on one series."""

    zones: int
    slices: int
    first: date | None
    last: date | None
    """Last day, or the last day on which something begins where the series is open."""
    controllers: tuple[str, ...]
    gaps: tuple[Gap, ...]
    invalid: tuple[str, ...]
    """Zone and reason."""
    duplicates: tuple[str, ...]
    """Zones that repeat another of the same side on the same days."""
    overlaps: tuple[Overlap, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.gaps or self.invalid or self.duplicates or self.overlaps)


def check_series(zones: gpd.GeoDataFrame, *, least_km2: float = SLIVER_KM2) -> SeriesReport:
    """Return what is wrong with the zones of one series; overlaps smaller than `least_km2` are left out."""
    bounds = span(zones)
    geometries = zones.geometry.to_numpy()
    valid = shapely.is_valid(geometries)
    invalid = tuple(
        f"{zones['zone_id'].iat[row]}: {shapely.is_valid_reason(geometries[row])}" for row in np.flatnonzero(~valid)
    )
    overlaps, duplicates = _meetings(zones, least_km2)
    return SeriesReport(
        zones=len(zones),
        slices=max(0, len(timeline(zones).cuts) - 1) if bounds else 0,
        first=bounds[0] if bounds else None,
        last=bounds[1] if bounds else None,
        controllers=tuple(sorted(set(zones["controller"].astype(str)))),
        gaps=gaps(zones),
        invalid=invalid,
        duplicates=duplicates,
        overlaps=overlaps,
    )


def _meetings(zones: gpd.GeoDataFrame, least_km2: float) -> tuple[tuple[Overlap, ...], tuple[str, ...]]:
    """Return overlaps and repetitions; a pair of polygons that many slices repeat is measured once."""
    line = timeline(zones)
    geometries, sides = zones.geometry.to_numpy(), side_names(zones)
    ids = zones["zone_id"].astype(str).to_numpy()
    measured: dict[tuple[int, int], float] = {}
    overlaps: dict[tuple[str, str], Overlap] = {}
    duplicates: dict[str, None] = {}
    for stretch in range(max(0, len(line.cuts) - 1)):
        rows = line.zones_in(stretch)
        if len(rows) < 2:
            continue
        first, second = shapely.STRtree(geometries[rows]).query(geometries[rows])
        for one, other in zip(rows[first[first < second]], rows[second[first < second]], strict=True):
            if sides[one] == sides[other]:
                if geometries[one] is geometries[other] or geometries[one].equals_exact(geometries[other], 0):
                    duplicates[ids[other]] = None
                continue
            key = (id(geometries[one]), id(geometries[other]))
            if key not in measured:
                measured[key] = _overlap_km2(geometries[one], geometries[other])
            if measured[key] >= least_km2:
                overlaps[ids[one], ids[other]] = Overlap(ids[one], ids[other], measured[key])
    return tuple(overlaps.values()), tuple(duplicates)


def _overlap_km2(one: shapely.Geometry, other: shapely.Geometry) -> float:
    if not (shapely.is_valid(one) and shapely.is_valid(other)):
        return 0.0
    common = shapely.intersection(one, other)
    return 0.0 if common.area == 0 else area_km2(common) if "Polygon" in common.geom_type else _parts_km2(common)


def _parts_km2(common: shapely.Geometry) -> float:
    return sum(area_km2(part) for part in shapely.get_parts(common) if part.geom_type == "Polygon")
