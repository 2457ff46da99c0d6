"""New days of a series that is there already.

A new snapshot closes the one before it and holds until the next day on which the series changes, or as long as its
mapping allows. Where the series has a snapshot of that very day, the new one takes its place. What the series says
already changes nothing, so that a file that comes twice does no harm.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.tables import check_zones
from geo.zones.slices import FOREVER, day_numbers

Days = npt.NDArray[np.int64]
_TELLING = ["controller", "status", "name"]


def appended(series: gpd.GeoDataFrame, fresh: gpd.GeoDataFrame, *, intervals: bool = False) -> gpd.GeoDataFrame:
    """Return a series with the zones of new files joined to it; the very table where nothing is new.

    Args:
        series: by `ZONE_COLUMNS`.
        fresh: what the new files gave, by `ZONE_COLUMNS`.
        intervals: whether each zone has days of its own; then those that are not there yet are added.

    """
    if fresh.empty:
        return series
    if series.empty:
        return fresh
    return _with_intervals(series, fresh) if intervals else _with_snapshots(series, fresh)


def _with_intervals(series: gpd.GeoDataFrame, fresh: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    known = set(zip(_told(series), day_numbers(series["valid_from"]), day_numbers(series["valid_to"]), strict=True))
    told = zip(_told(fresh), day_numbers(fresh["valid_from"]), day_numbers(fresh["valid_to"]), strict=True)
    new = fresh[[item not in known for item in told]].copy()
    if new.empty:
        return series
    taken = set(series["zone_id"])
    new["zone_id"] = [next(_free(str(zone_id), taken)) for zone_id in new["zone_id"]]
    return check_zones(pd.concat([series, new], ignore_index=True))


def _free(zone_id: str, taken: set[str]) -> Iterator[str]:
    """Yield an identifier that is not taken, and take it."""
    number, fresh = 1, zone_id
    while fresh in taken:
        number += 1
        fresh = f"{zone_id}.{number}"
    taken.add(fresh)
    yield fresh


def _with_snapshots(series: gpd.GeoDataFrame, fresh: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    rows = pd.concat([series, fresh], ignore_index=True)
    told = np.array([*_told(series), *_told(fresh)], dtype=object)
    starts, ends = day_numbers(rows["valid_from"]), day_numbers(rows["valid_to"])
    before = starts.copy(), ends.copy()
    present = np.arange(len(rows)) < len(series)
    for day in np.unique(starts[len(series) :]):
        new = np.flatnonzero((starts == day) & (np.arange(len(rows)) >= len(series)))
        _splice(int(day), new, told, starts, ends, present)
    present &= starts < ends
    if (
        present[: len(series)].all()
        and present.sum() == len(series)
        and np.array_equal(before[1][present], ends[present])
    ):
        return series
    joined = rows[present].copy()
    last = ends[present]
    closed = np.where(last == FOREVER, np.datetime64("NaT", "D").astype(np.int64), last)
    joined["valid_to"] = closed.astype("datetime64[D]").astype("datetime64[s]")
    return check_zones(joined.sort_values(["valid_from", "zone_id"], kind="stable", ignore_index=True))


def _splice(
    day: int, new: Days, told: npt.NDArray[np.object_], starts: Days, ends: Days, present: npt.NDArray[np.bool_]
) -> None:
    """Write one new snapshot into the days of the series."""
    later = starts[present & (starts > day)]
    until = min(int(ends[new].max()), int(later.min()) if len(later) else FOREVER)
    covering = np.flatnonzero(present & (starts <= day) & (ends > day))
    if set(told[covering]) == set(told[new]):
        ends[covering] = np.maximum(ends[covering], until)
        return
    ends[covering] = day
    present[new] = True
    ends[new] = until


def _told(zones: gpd.GeoDataFrame) -> list[str]:
    """Return what each zone says, apart from its days: who holds which ground."""
    points, of = shapely.get_coordinates(zones.geometry.to_numpy(), return_index=True)
    cuts = np.searchsorted(of, np.arange(len(zones) + 1))
    texts = zones[_TELLING].astype("str").agg("\x1f".join, axis=1)
    return [
        hashlib.blake2b(text.encode("utf-8") + points[first:after].tobytes(), digest_size=16).hexdigest()
        for text, first, after in zip(texts, cuts[:-1], cuts[1:], strict=True)
    ]
