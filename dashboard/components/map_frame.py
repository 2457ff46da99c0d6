"""The map in its frame; what the reader does there comes back as the view's day and selection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard.components.browser import browser_component
from dashboard.i18n import Words
from dashboard.session import change_view, current_view

_KEY = "map_frame"
_REPORTED, _IMPOSED = "map_reported", "map_imposed"


@dataclass(frozen=True, slots=True)
class Moved:
    """Day and selection as the browser shows them."""

    day: date | None
    selected: str


def draw_map(html: str, words: Words) -> None:
    """Draw the map's page; a change of its state reruns the part of the page that draws it."""
    browser_component(_KEY)(
        key=_KEY,
        data={"html": html, "title": words("map.frame_title")},
        on_state_change=_take_over,
    )


def imposed_count(day: date, selected: str) -> int:
    """Count how often something else than the map or the list (a link, the browser's back) set day and selection."""
    now = Moved(day, selected)
    if st.session_state.get(_REPORTED) != now:
        st.session_state[_REPORTED] = now
        st.session_state[_IMPOSED] = st.session_state.get(_IMPOSED, 0) + 1
    return int(st.session_state[_IMPOSED])


def read_moved(state: Mapping[str, Any]) -> Moved:
    """Read what the browser reports; a day that is none counts as not given."""
    try:
        day = date.fromisoformat(str(state.get("day") or ""))
    except ValueError:
        day = None
    return Moved(day, str(state.get("selected") or ""))


def _take_over() -> None:
    moved = read_moved(st.session_state[_KEY].get("state") or {})
    view = current_view()
    day = moved.day or view.day
    if day is not None:
        st.session_state[_REPORTED] = Moved(day, moved.selected)
    change_view(day=day, selected=moved.selected)
