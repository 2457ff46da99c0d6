"""The map of a zone series without events: its days are stepped through on the map itself."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.components.browser import browser_component
from dashboard.i18n import Words
from dashboard.session import change_view

_KEY = "ground_map"


def draw_ground_map(address: str, words: Words, *, day: date) -> None:
    """Draw the map's page, which is lent at `address`, on a day; that which the reader moves to goes into the view."""
    browser_component(_KEY)(
        key=_KEY,
        data={
            "address": address,
            "title": words("zones.map"),
            "loading": words("map.loading"),
            "day": day.isoformat(),
        },
        on_day_change=_take_over,
    )


def _take_over() -> None:
    told = read_day(st.session_state[_KEY].get("day"))
    if told is not None:
        change_view(day=told)


def read_day(told: object) -> date | None:
    """Read the day that the browser reports, None for what is no day."""
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        return None
