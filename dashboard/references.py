"""What the pages read from files beside the store: the gazetteer, the sources of data, the measured quality."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.model import Candidate
from geo.settings import read_settings

if TYPE_CHECKING:
    from geo.places import Gazetteer


@st.cache_resource(show_spinner=False)
def _gazetteer() -> Gazetteer:
    from geo.places import open_gazetteer

    return open_gazetteer(read_settings())


@st.cache_resource(max_entries=256, show_spinner=False)
def places_named(name: str) -> tuple[Candidate, ...]:
    """Return the places of the gazetteer that a name could mean, the likeliest first."""
    return _gazetteer().candidates(name, limit=8)


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
