"""Who held the ground of an event on its days: one event in, one event out.

| `control` | where |
|---|---|
| a controller | the point lies on that side's ground on every day of the event |
| `contested` | the zone says so, or zones of two sides overlap there |
| `uncertain` | `uncertainty_km` reaches the frontline, or the event's days span a change of hands |
| `unknown` | no zone covers the point, or the event has no place or no day |

An event placed by a region (`eastern Aleppo`) lies somewhere in it, not at its point: its control is the side that
holds nine tenths of the region's ground, `contested` where that much is, and `uncertain` otherwise; the reason tells
each side's share.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.vocabulary import ZoneStatus
from geo.zones.answers import Finding, answers_for
from geo.zones.frontline import BRIDGE_KM, shrink_of, sides
from geo.zones.holding import NO_ZONE, OVERLAP, Moments, distances_km, holdings, queued
from geo.zones.region_control import region_answers
from geo.zones.slices import FOREVER, Timeline, day_numbers, timeline

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Join:
    """What was found for each event."""

    finding: Integers
    zone: Integers
    """Position in the table of zones, -1 for none."""
    frontline_km: Floats


def join_control(
    events: gpd.GeoDataFrame,
    zones: gpd.GeoDataFrame,
    *,
    regions: gpd.GeoDataFrame | None = None,
    bridge_km: float = BRIDGE_KM,
) -> gpd.GeoDataFrame:
    """Return the events with `control`, `zone_id`, `frontline_km` and `control_reason` filled; same rows, same order.

    Args:
        events: by `EVENT_COLUMNS`, EPSG:4326.
        zones: by `ZONE_COLUMNS`, one series, EPSG:4326.
        regions: by `REGION_COLUMNS`: polygons of the events whose `gazetteer_id` is a `region_id`.
        bridge_km: gaps between opposing zones narrower than this are bridged by the frontline.

    """
    joined = events.copy(deep=False)
    if events.empty:
        return joined
    line = timeline(zones)
    found = _join(events, zones, line, bridge_km=bridge_km)
    width = len(zones) + 1
    codes, answer_of = _distinct(found.finding * width + found.zone + 1, most=width * len(Finding))
    findings, positions = [Finding(int(code // width)) for code in codes], [int(code % width) - 1 for code in codes]
    answers = answers_for(findings, positions, zones)
    if regions is not None and not regions.empty and not zones.empty:
        for which, answer in region_answers(events, zones, line, regions):
            answer_of[which] = len(answers)
            answers.append(answer)
    for name in ("control", "zone_id", "control_reason"):
        distinct = pd.array([getattr(answer, name) for answer in answers], dtype="str")
        joined[name] = distinct.take(answer_of)
    joined["frontline_km"] = np.round(found.frontline_km, 3)
    return joined


def _join(events: gpd.GeoDataFrame, zones: gpd.GeoDataFrame, line: Timeline, *, bridge_km: float) -> _Join:
    count = len(events)
    lon, lat = (events[name].to_numpy(dtype=np.float64) for name in ("lon", "lat"))
    first = day_numbers(events["date_start"])
    last = np.where(events["date_end"].isna(), first, day_numbers(events["date_end"]))
    finding = np.full(count, Finding.NO_GROUND, dtype=np.int64)
    finding[first == FOREVER] = Finding.NO_DAY
    finding[np.isnan(lon) | np.isnan(lat)] = Finding.NO_PLACE
    zone, distance = np.full(count, -1, dtype=np.int64), np.full(count, np.nan)
    usable = np.flatnonzero(finding == Finding.NO_GROUND)
    if zones.empty or not len(usable):
        finding[usable] = Finding.NO_SERIES
        return _Join(finding, zone, distance)
    moments = _moments(line, usable, lon, lat, first, last)
    side = sides(zones)
    queue = queued(moments)
    held = holdings(zones, side, line, queue)
    finding, zone = _findings(finding, zone, zones, side, moments, held.side, held.zone)
    starts = moments.starts()
    if len(starts) < len(moments.event):
        queue = queued(moments.at(starts))
    distance[moments.event[starts]] = distances_km(
        zones, side, line, queue, shrink=shrink_of(zones), bridge_km=bridge_km
    )
    doubt = events["uncertainty_km"].to_numpy(dtype=np.float64)
    reaches = (finding == Finding.HELD) & (np.nan_to_num(doubt) >= np.nan_to_num(distance, nan=np.inf))
    finding[reaches] = Finding.REACHES
    return _Join(finding, zone, distance)


def _distinct(codes: Integers, *, most: int) -> tuple[Integers, Integers]:
    """Return the distinct codes in order, and for each code its place among them; `most` is above all codes."""
    # A table instead of a sort: there are few codes and many events.
    present = np.zeros(most, dtype=bool)
    present[codes] = True
    return np.flatnonzero(present), (np.cumsum(present) - 1)[codes]


def _moments(line: Timeline, usable: Integers, lon: Floats, lat: Floats, first: Integers, last: Integers) -> Moments:
    """Return one moment for each stretch of the series that an event's days touch, events in order."""
    begin = line.stretch_of(first[usable])
    if len(line.cuts) and np.array_equal(first, last):
        return Moments(usable, begin, lon[usable], lat[usable])
    end = line.stretch_of(last[usable])
    # Days before the series are marked by one moment outside it; so are days after it.
    low = np.where(begin < 0, np.where(first[usable] < line.cuts[0], -1, len(line.cuts) - 1), begin)
    high = np.where(end < 0, np.where(last[usable] < line.cuts[0], -1, len(line.cuts) - 1), end)
    lengths = high - low + 1
    which = np.repeat(np.arange(len(usable)), lengths)
    within = np.arange(len(which)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    stretch = low[which] + within
    stretch[stretch == len(line.cuts) - 1] = -1
    event = usable[which]
    return Moments(event, stretch, lon[event], lat[event])


def _findings(
    finding: Integers,
    zone: Integers,
    zones: gpd.GeoDataFrame,
    side: Integers,
    moments: Moments,
    held_side: Integers,
    held_zone: Integers,
) -> tuple[Integers, Integers]:
    starts = moments.starts()
    least, most = np.minimum.reduceat(held_side, starts), np.maximum.reduceat(held_side, starts)
    event = moments.event[starts]
    outside = np.bitwise_and.reduceat((moments.stretch < 0).astype(np.int64), starts).astype(bool)
    zone[event] = held_zone[starts]
    contested = np.append((zones["status"] == ZoneStatus.CONTESTED).to_numpy(), False)
    finding[event] = np.select(
        [
            outside,
            least != most,
            most == NO_ZONE,
            most == OVERLAP,
            contested[held_zone[starts]],
        ],
        [Finding.NO_DAYS_OF_SERIES, Finding.CHANGES, Finding.NO_GROUND, Finding.OVERLAP, Finding.CONTESTED],
        Finding.HELD,
    )
    return finding, zone
