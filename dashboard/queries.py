"""What the pages read from the store, and the only cache of the dashboard.

Every answer is kept under the store's version, so that an ingest or a decision from anywhere is seen on the next run.
Answers are shared between sessions and not copied: pages never change a table that they were given.
"""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import streamlit as st

from dashboard.components.marked_text import Mark
from dashboard.filters import Board, make_board, shown_events
from dashboard.state import View
from geo.model import Candidate, Document
from geo.settings import read_settings
from geo.tables import Scene

if TYPE_CHECKING:
    from geo.places import Gazetteer
    from geo.stores import Decision

Suffix = Literal[".html", ".geojson", ".csv", ".gpkg", ".parquet", ".kml"]
Layer = Literal["events", "zones"]

_SERVER_FRESHNESS_S = 10
"""How long what a database server said is taken for current; a file says itself when it changed."""


@dataclass(frozen=True, slots=True)
class Version:
    """A store at one state of its content."""

    address: str
    stamp: str


def store_version() -> Version:
    """Return the store of the settings at its present state."""
    address = read_settings().store
    if "://" in address:
        return Version(address, str(int(time.time() // _SERVER_FRESHNESS_S)))
    files = [Path(address + ending) for ending in ("", "-wal")]
    marks = [f"{stat.st_mtime_ns}:{stat.st_size}" for stat in (file.stat() for file in files if file.exists())]
    return Version(address, "/".join(marks))


@st.cache_resource(max_entries=4, show_spinner=False)
def series_names(version: Version) -> tuple[str, ...]:
    """Return the names of the store's zone series."""
    from geo.stores import open_store

    with open_store(version.address, read_only=True) as store:
        return store.series()


def series_of(version: Version, view: View) -> str:
    """Return the zone series of a view: its own where the store has it, else the store's first, else none."""
    names = series_names(version)
    return view.series if view.series in names else names[0] if names else ""


@st.cache_resource(max_entries=4, show_spinner=False)
def whole_scene(version: Version, series: str) -> Scene:
    """Return everything that the store holds, with one zone series."""
    from geo.pipeline import load_scene
    from geo.stores import open_store

    with open_store(version.address, read_only=True) as store:
        return load_scene(store, series=series or None)


@st.cache_resource(max_entries=4, show_spinner=False)
def board(version: Version, series: str) -> Board:
    """Return the store's events, ready for filters."""
    return make_board(whole_scene(version, series).events)


@st.cache_resource(max_entries=4, show_spinner=False)
def areas(version: Version, series: str) -> pd.DataFrame:
    """Return the area in km² that each controller held, by day."""
    from geo.zones import areas_by_day

    zones = whole_scene(version, series).zones
    if zones.empty:
        return pd.DataFrame({"day": pd.Series(dtype="datetime64[s]"), "controller": [], "area_km2": []})
    return areas_by_day(zones)


@st.cache_resource(max_entries=16, show_spinner=False)
def view_scene(version: Version, series: str, view: View) -> Scene:
    """Return the scene of a view: its events, and the zones and days of its period."""
    whole = whole_scene(version, series)
    start, end = view.start or whole.start, view.end or whole.end
    zones = whole.zones
    touching = (zones["valid_from"] <= pd.Timestamp(end)) & ~(zones["valid_to"] <= pd.Timestamp(start))
    events = shown_events(board(version, series), view, start=start, end=end).reset_index(drop=True)
    return replace(whole, events=events, zones=zones[touching].reset_index(drop=True), start=start, end=end)


@st.cache_resource(max_entries=8, show_spinner=False)
def map_page(version: Version, series: str, view: View, language: str) -> str:
    """Return the map of a view as a complete HTML page."""
    from geo.layers import map_html

    return map_html(view_scene(version, series, view), language=language)


@st.cache_resource(max_entries=24, show_spinner=False)
def export(version: Version, series: str, view: View, suffix: Suffix, layer: Layer) -> bytes:
    """Return a view as the bytes of a file."""
    from geo.exports import scene_bytes

    return scene_bytes(view_scene(version, series, view), suffix, layer=layer)


@st.cache_resource(max_entries=512, show_spinner=False)
def document(version: Version, document_id: str) -> Document | None:
    """Return a document with its text, None where the store does not hold it."""
    from geo.stores import open_store

    with open_store(version.address, read_only=True) as store:
        return store.document(document_id)


@st.cache_resource(max_entries=4, show_spinner=False)
def documents(version: Version) -> pd.DataFrame:
    """Return the store's documents, one row each, without their texts."""
    from geo.stores import open_store

    with open_store(version.address, read_only=True) as store:
        return store.documents()


@st.cache_resource(max_entries=4, show_spinner=False)
def decisions(version: Version) -> tuple[Decision, ...]:
    """Return all decisions, oldest first."""
    from geo.stores import open_store

    with open_store(version.address, read_only=True) as store:
        return store.decisions()


@st.cache_resource(show_spinner=False)
def _gazetteer() -> Gazetteer:
    from geo.places import open_gazetteer

    return open_gazetteer(read_settings())


@st.cache_resource(max_entries=256, show_spinner=False)
def places_named(name: str) -> tuple[Candidate, ...]:
    """Return the places of the gazetteer that a name could mean, the likeliest first."""
    return _gazetteer().candidates(name, limit=8)


@st.cache_resource(max_entries=4, show_spinner=False)
def _marks_by_document(version: Version) -> Mapping[str, tuple[Mark, ...]]:
    from geo.stores import open_store

    marks: dict[str, list[Mark]] = {}
    with open_store(version.address, read_only=True) as store:
        for account in store.accounts():
            quotes = account.quotations()
            marks.setdefault(account.document_id, []).extend(
                Mark(words.start, words.end, name) for name, words in quotes
            )
    return {name: tuple(found) for name, found in marks.items()}


def document_marks(version: Version, document_id: str) -> tuple[Mark, ...]:
    """Return the words of a document that some account quotes."""
    return _marks_by_document(version).get(document_id, ())


@st.cache_resource(max_entries=2, show_spinner=False)
def data_sources(path: Path, stamp: int) -> tuple[Mapping[str, Any], ...]:
    """Return the entries of data/sources.toml; `stamp` is the file's time of change."""
    with path.open("rb") as file:
        return tuple(tomllib.load(file).get("source", ()))


@st.cache_resource(max_entries=2, show_spinner=False)
def measured_quality(path: Path, stamp: int) -> Mapping[str, Any]:
    """Return what `geo evaluate --json` wrote; `stamp` is the file's time of change."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def file_stamp(path: Path) -> int:
    """Return a file's time of change in nanoseconds, 0 where there is none."""
    return path.stat().st_mtime_ns if path.exists() else 0


def period(scene: Scene, view: View) -> tuple[date, date]:
    """Return the first and last day that a view shows."""
    return view.start or scene.start, view.end or scene.end


def held_area(areas_table: pd.DataFrame, controller: str, day: date) -> float:
    """Return the km² that a controller held on a day, 0 where the series says nothing of it."""
    rows = areas_table[(areas_table["controller"] == controller) & (areas_table["day"] == pd.Timestamp(day))]
    return float(rows["area_km2"].sum())
