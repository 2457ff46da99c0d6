"""Which events a view shows: pure functions over the board of events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.board import Board, any_holds
from dashboard.state import Box, View
from dashboard.tally import NO_DAY, Mask, Tally, day_number


@dataclass(frozen=True, slots=True)
class Ground:
    """A place as ground to be in: its extent where that is known, else all within its radius."""

    lon: float
    lat: float
    radius_km: float
    extent: BaseGeometry | None = None


def shown_events(board: Board, view: View, *, start: date, end: date) -> gpd.GeoDataFrame:
    """Return the events that a view shows, in the board's order.

    `start` and `end` are the days of the scene, for a view that names none. An event is in the period where its span
    of days touches it. Undated events have no place in a period and are shown only while the view restricts none.
    """
    return board.events[shown_mask(board, view, start=start, end=end)]


def shown_mask(board: Board, view: View, *, start: date, end: date, ground: Ground | None = None) -> Mask:
    """Return which events `shown_events` returns, one truth an event; `ground` is that of the view's place."""
    mask = _in_period(board.tally, view, view.start or start, view.end or end)
    for part in _masks(board, view):
        mask &= part if isinstance(part, np.ndarray) else part.to_numpy(dtype=bool, na_value=False)
    if view.area:
        mask &= _in_box(board.events, view.area)
    if ground is not None:
        mask &= _on_ground(board.events, ground)
    return mask


def _in_box(events: pd.DataFrame, box: Box) -> Mask:
    west, south, east, north = box
    lon, lat = events["lon"].to_numpy(dtype="float64"), events["lat"].to_numpy(dtype="float64")
    between = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    return np.asarray(between & (lat >= south) & (lat <= north))


def _on_ground(events: pd.DataFrame, ground: Ground) -> Mask:
    lon, lat = events["lon"].to_numpy(dtype="float64"), events["lat"].to_numpy(dtype="float64")
    if ground.extent is not None:
        shapely.prepare(ground.extent)
        return np.asarray(shapely.intersects_xy(ground.extent, np.nan_to_num(lon, nan=999.0), np.nan_to_num(lat)))
    # Haversine on the mean sphere: within 0.5 % of the geodesic, less than any radius is known to.
    phi, other = np.radians(lat), np.radians(ground.lat)
    half = np.sin((phi - other) / 2) ** 2 + np.cos(phi) * np.cos(other) * np.sin(np.radians(lon - ground.lon) / 2) ** 2
    return np.asarray(2 * 6371.0088 * np.arcsin(np.sqrt(half)) <= ground.radius_km)


def _in_period(tally: Tally, view: View, start: date, end: date) -> Mask:
    first, last = day_number(start), day_number(end)
    inside = (tally.last >= first) & (tally.first <= last)
    return inside if view.start or view.end else inside | (tally.first == NO_DAY)


def _masks(board: Board, view: View) -> Iterator[pd.Series | Mask]:
    events = board.events
    choices = {
        "event_type": view.types,
        "sub_event_type": view.sub_types,
        "factuality": view.factualities,
        "geo_precision": view.precisions,
        "control": view.control,
    }
    for column, chosen in choices.items():
        if chosen:
            yield events[column].isin(chosen)
    if view.actors:
        yield events["actor1"].isin(view.actors) | events["actor2"].isin(view.actors)
    if view.sides:
        named = [name for name, side in board.side_of.items() if side in view.sides]
        yield events["actor1"].isin(named) | events["actor2"].isin(named)
    for name, fewest in (("fatalities", view.killed), ("injured", view.injured)):
        if fewest:
            yield events[[f"{name}_{bound}" for bound in ("low", "best", "high")]].max(axis=1) >= fewest
    yield events["review"].isin(view.reviews) if view.reviews else ~board.tally.rejected
    if view.sources:
        yield np.logical_or.reduce([board.sources.holds(f"|{name}|") for name in view.sources])
    for word in view.text.casefold().split():
        yield any_holds(board.words, word)
