"""Which events a view shows: pure functions over the events table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.state import Box, View
from dashboard.tally import NO_DAY, Mask, Tally, day_number, tally_of


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """A column in which words are looked for: each of its texts once, in lower case."""

    texts: pd.Series
    codes: np.ndarray[Any, np.dtype[np.intp]]
    """For each event the row of its text."""

    def holds(self, word: str) -> Mask:
        """Return which events' texts hold a word, or a part of one, in lower case."""
        return np.asarray(self.texts.str.contains(word, regex=False).to_numpy(dtype=bool)[self.codes])


@dataclass(frozen=True, slots=True)
class Board:
    """The events of a store, with what filters need made ready once."""

    events: gpd.GeoDataFrame
    """By EVENT_COLUMNS, in the order of their days; the undated at the end."""
    sources: pd.Series
    """For each event the names of its sources, each between bars: `|SANA|AFP|`."""
    words: tuple[Searched, ...]
    """Everything that free text is looked for in."""
    quoted: pd.Series
    """For each event what its accounts quote, as it is written."""
    source_names: tuple[str, ...]
    """All sources, by name."""
    actor_names: tuple[str, ...]
    """All actors, the most frequent first."""
    counted: Mapping[str, Mapping[str, int]]
    """For a few columns, how many events have each of its values."""
    side_of: Mapping[str, str]
    """The side of each actor whose side is known."""
    tally: Tally
    """What the headline figures add up."""
    row_of: Mapping[str, int]
    """The row of each event by its identifier."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A place as ground to be in: its extent where that is known, else all within its radius."""

    lon: float
    lat: float
    radius_km: float
    extent: BaseGeometry | None = None


_COUNTED = ("event_type", "sub_event_type", "control")
_WORDS = ("notes", "place_name", "place_name_local", "toponym", "actor1", "actor2", "weapon", "tags", "attribution")


def make_board(
    events: gpd.GeoDataFrame, *, sides: Mapping[str, str] | None = None, before: Board | None = None
) -> Board:
    """Order the events by day and make their sources and words ready for filters.

    `sides` gives an actor's side by its name. From the board `before` is taken what needs not be read anew.
    """
    ordered = events.sort_values(["date_start", "event_id"], na_position="last").reset_index(drop=True)
    sources, quoted = _read_accounts(ordered["accounts"], before)
    both = pd.concat([ordered["actor1"], ordered["actor2"]])
    return Board(
        ordered,
        sources,
        tuple(_searched(column) for column in (quoted, *(ordered[name] for name in _WORDS))),
        quoted,
        source_names=tuple(sorted({name for names in sources.unique() for name in names.split("|") if name})),
        actor_names=tuple(both[both != ""].value_counts().index),
        side_of={name: side for name in both.unique() if (side := (sides or {}).get(name, ""))},
        counted={name: ordered[name].value_counts().to_dict() for name in _COUNTED},
        tally=tally_of(ordered),
        row_of={name: row for row, name in enumerate(ordered["event_id"].tolist())},
    )


def _searched(column: pd.Series) -> Searched:
    codes, distinct = pd.factorize(column.astype("str"))
    return Searched(pd.Series(distinct, dtype="str").str.casefold(), codes)


def _read_accounts(accounts: pd.Series, before: Board | None) -> tuple[pd.Series, pd.Series]:
    """Return the sources and the quoted words of each text of accounts.

    Reading JSON is most of what a board of 100,000 events costs: a text that repeats, or that was read for the board
    `before` (a decision changes few), is not read again.
    """
    codes, distinct = pd.factorize(accounts)
    known: dict[str, tuple[str, str]] = {}
    if before is not None:
        texts, *pairs = (column.tolist() for column in (before.events["accounts"], before.sources, before.quoted))
        known = dict(zip(texts, zip(*pairs, strict=True), strict=True))
    read = [known.get(text) or _sources_and_words(text) for text in distinct.tolist()]
    sources, quoted = ([pair[part] for pair in read] for part in (0, 1))
    return (
        pd.Series([sources[code] for code in codes], index=accounts.index, dtype="str"),
        pd.Series([quoted[code] for code in codes], index=accounts.index, dtype="str"),
    )


_TOLD = re.compile(r'"(source|text)"\s*:\s*"([^"\\]*(?:\\.[^"\\]*)*)"')
"""A source or a quotation in the JSON of accounts. Inside of a string its quotation marks would be escaped."""


def _sources_and_words(text: str) -> tuple[str, str]:
    """Return the sources and the quoted words of accounts; a whole JSON reader takes four times as long."""
    told = _TOLD.findall(text)
    if "\\" in text:
        told = [(key, json.loads(f'"{value}"')) for key, value in told]
    return (
        _between_bars(value for key, value in told if key == "source"),
        " ".join([value for key, value in told if key == "text"]),
    )


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
    if view.killed:
        yield events[["fatalities_high", "fatalities_best", "fatalities_low"]].max(axis=1) >= view.killed
    yield events["review"].isin(view.reviews) if view.reviews else ~board.tally.rejected
    if view.sources:
        yield _any_source(board.sources, view.sources)
    for word in view.text.casefold().split():
        yield np.logical_or.reduce([column.holds(word) for column in board.words])


def _any_source(sources: pd.Series, chosen: tuple[str, ...]) -> pd.Series:
    mask = pd.Series(False, index=sources.index)
    for name in chosen:
        mask |= sources.str.contains(f"|{name}|", regex=False)
    return mask


def _between_bars(names: Iterator[str]) -> str:
    return f"|{'|'.join(dict.fromkeys(name.replace('|', '/') for name in names if name))}|"
