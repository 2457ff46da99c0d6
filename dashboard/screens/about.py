"""The about page: what this is, how to read it, and where the store lies."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from dashboard import queries
from dashboard.access import current_person
from dashboard.components.notices import shown_address
from dashboard.i18n import Words
from dashboard.palette import side_colours, side_names
from dashboard.session import current_view, current_words
from geo.errors import StoreError
from geo.layers.escaping import safe_colour
from geo.layers.palette import MARKS, NEUTRAL
from geo.settings import read_settings


def draw_page() -> None:
    """Draw what a newcomer needs to read the map."""
    words = current_words()
    st.title("Conflict Atlas")
    st.markdown(words("about.lead"))
    read, signs = st.columns([0.6, 0.4], gap="large")
    with read:
        st.header(words("about.how"))
        st.markdown(words("about.how_text"))
        st.header(words("about.doubt"))
        st.markdown(words("about.doubt_text"))
        st.header(words("about.keys"))
        st.markdown(words("about.keys_text"))
    with signs:
        _draw_signs(words)
    st.header(words("about.settings"))
    settings = read_settings()
    st.markdown(words("about.settings_text", store=f"`{shown_address(settings.store)}`", data=f"`{settings.data}`"))
    person = current_person()
    role = words(f"access.role_{person.role.code}")
    st.markdown(words("access.login_on", role=role) if person.logged_in else words("access.local"))
    st.markdown(words("about.care"))


def _draw_signs(words: Words) -> None:
    st.header(words("about.signs"))
    marks = [(f'<span class="ca-mark {name}"></span>', words.name("type", name)) for name in MARKS]
    st.html(_signs_html(words("about.signs_events"), marks))
    try:
        version = queries.store_version()
        zones = queries.whole_scene(version, queries.series_of(version, current_view())).zones
    except StoreError:
        # This page explains; what is wrong with the store is said by those that need it.
        return
    colours = side_colours(zones)
    swatches = [
        (f'<span class="ca-swatch" style="background:{safe_colour(colours[code], otherwise=NEUTRAL)}"></span>', name)
        for code, name in side_names(zones, words).items()
    ]
    if swatches:
        st.html(_signs_html(words("about.signs_sides"), swatches))


def _signs_html(title: str, signs: Iterable[tuple[str, str]]) -> str:
    items = "".join(f"<li>{sign}<bdi>{escape(name)}</bdi></li>" for sign, name in signs)
    return f'<h3>{escape(title)}</h3><ul class="ca-signs">{items}</ul>'


draw_page()
