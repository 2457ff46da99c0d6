"""The map in its frame; what the reader does there comes back as the view's day and selection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard.components.browser import browser_component
from dashboard.i18n import Words
from dashboard.session import change_view, current_view, went_back
from dashboard.state import Box, read_area

_KEY = "map_frame"
_REPORTED, _IMPOSED, _HEARD, _BACKS = "map_reported", "map_imposed", "map_heard", "map_backs"
_LIMITED = "map_limited"


@dataclass(frozen=True, slots=True)
class Asked:
    """Day and selection as Python last knew them to be shown."""

    day: date
    selected: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What the browser reports: day and selection, each with the number of the reader's move that set it."""

    day: date | None = None
    selected: str = ""
    day_number: int = 0
    selected_number: int = 0
    backs: int = 0
    """How often the reader had gone back or forward by then."""


def draw_map(address: str, words: Words, *, only: str, period: tuple[date, date], area: Box | tuple[()]) -> None:
    """Draw the map's page, which is lent at `address`; a change of its state reruns the part of the page that draws it.

    `only` has one bit an event that the view shows, as base64 (empty for all); `period` are its first and last day.
    `area` is the box (west, south, east, north) that the view is limited to; the reader draws it, or takes what is
    in sight.
    """
    if st.session_state.pop(_LIMITED, False):
        # The filters at the side stand outside of what a move on the map draws anew.
        st.rerun()
    browser_component(_KEY)(
        key=_KEY,
        data={
            "address": address,
            "title": words("map.frame_title"),
            "loading": words("map.loading"),
            "only": only,
            "period": [day.isoformat() for day in period],
            "area": list(area) or None,
            "tools": {name: words(f"map.area_{name}") for name in ("group", "draw", "limit", "clear")},
        },
        on_state_change=_take_over,
        on_area_change=_take_area,
    )


def _take_area() -> None:
    """Put the area that the reader drew, or none, into the view."""
    try:
        change_view(area=read_area(st.session_state[_KEY].get("area") or ()))
    except (TypeError, ValueError):
        return
    st.session_state[_LIMITED] = True


def imposed_count(day: date, selected: str) -> int:
    """Count how often something else than the map or the list (a link, the browser's back) set day and selection."""
    now = Asked(day, selected)
    if st.session_state.get(_REPORTED) != now:
        st.session_state[_REPORTED] = now
        st.session_state[_IMPOSED] = st.session_state.get(_IMPOSED, 0) + 1
    return int(st.session_state[_IMPOSED])


def heard_number() -> int:
    """Return the number of the reader's last move that Python has heard of."""
    return int(st.session_state.get(_HEARD, 0))


def read_moved(state: Mapping[str, Any]) -> Moved:
    """Read what the browser reports; a day that is none counts as not given."""
    try:
        day = date.fromisoformat(str(state.get("day") or ""))
    except ValueError:
        day = None
    moves = state.get("moves")
    numbers = moves if isinstance(moves, Mapping) else {}
    return Moved(
        day,
        str(state.get("selected") or ""),
        _whole(numbers.get("day")),
        _whole(numbers.get("selected")),
        _whole(state.get("backs")),
    )


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _take_over() -> None:
    """Put what is newer than the last report into the view; the browser's back is newer than a move before it."""
    moved, heard = read_moved(st.session_state[_KEY].get("state") or {}), heard_number()
    undone = went_back() and moved.backs <= st.session_state.get(_BACKS, 0)
    st.session_state[_HEARD] = max(heard, moved.day_number, moved.selected_number)
    st.session_state[_BACKS] = moved.backs
    if undone:
        return
    changes: dict[str, Any] = {}
    if moved.day is not None and moved.day_number > heard:
        changes["day"] = moved.day
    if moved.selected_number > heard:
        changes["selected"] = moved.selected
    change_view(**changes)
    view = current_view()
    if (day := view.day or moved.day) is not None:
        st.session_state[_REPORTED] = Asked(day, view.selected)
