"""Who held the ground of a coarsened event: told only where it leaves the place as wide as the cell makes it.

Where a side holds a corner of a cell, "on that side's ground" is the corner. So of a cell and day either the holder is
told of every event there or of none: a silence about one side alone would name it as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.vocabulary import CONTESTED, UNCERTAIN, UNKNOWN, ZoneStatus

_LEAST_SHARE = 0.25
"""Of a cell, which each side must hold that holds any of it."""
_NOTHING = 1e-3
"""A share that is left over by rounding."""
_KM_A_DEGREE = 111.195


def may_tell_holder(
    events: pd.DataFrame, zones: gpd.GeoDataFrame, side_km: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """Tell for each event whether who held its ground may be said beside its cell.

    `events` have `lon` and `lat` of the middle of their cell of `side_km`, with `date_start`, `date_end` and `control`;
    `zones` are by `ZONE_COLUMNS`. Nothing is told of an event without a day, or of several days.
    """
    days = events["date_start"].where(events["date_start"] == events["date_end"])

    @cache
    def shares(lon: float, lat: float, km: float, day: pd.Timestamp) -> Mapping[str, float]:
        held = zones[(zones["valid_from"] <= day) & ~(zones["valid_to"] <= day)]
        return _shares(held, lon, lat, km)

    def may(control: str, lon: float, lat: float, km: float, day: pd.Timestamp) -> bool:
        if np.isnan(lon) or pd.isna(day):
            return False
        parts = shares(lon, lat, km, day)
        known = control in parts or (control == UNCERTAIN and parts.keys() != {UNKNOWN})
        return known and min(parts.values()) >= _LEAST_SHARE

    asked = zip(events["control"], events["lon"], events["lat"], side_km, days, strict=True)
    return np.array([may(*each) for each in asked], dtype=bool)


def _shares(zones: gpd.GeoDataFrame, lon: float, lat: float, km: float) -> Mapping[str, float]:
    """Return the share of a cell that each side holds, what is contested, and what no zone covers."""
    high = km / _KM_A_DEGREE / 2
    wide = high / np.cos(np.radians(lat))
    # In degrees: within a few kilometres every part of the cell is stretched alike.
    parts = shapely.area(shapely.clip_by_rect(zones.geometry.values, lon - wide, lat - high, lon + wide, lat + high))
    cell = 4 * wide * high
    sides = zones["controller"].where(zones["status"] != ZoneStatus.CONTESTED, CONTESTED)
    held = pd.Series(parts / cell, dtype="float64").groupby(sides.to_numpy()).sum()
    shares = {str(side): float(share) for side, share in held.items() if share > _NOTHING}
    bare = 1.0 - sum(shares.values())
    return {**shares, UNKNOWN: bare} if bare > _NOTHING or not shares else shares
