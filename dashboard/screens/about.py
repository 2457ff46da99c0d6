"""The about page: what this is, how to read it, and where the store lies."""

from __future__ import annotations

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
    for event_type in MARKS:
        st.html(f'<span class="ca-mark {event_type}"></span> {words.name("type", event_type)}')
    try:
        version = queries.store_version()
        zones = queries.whole_scene(version, queries.series_of(version, current_view())).zones
    except StoreError:
        # This page explains; what is wrong with the store is said by those that need it.
        return
    colours = side_colours(zones)
    for code, name in side_names(zones, words).items():
        colour = safe_colour(colours[code], otherwise=NEUTRAL)
        st.html(f'<span class="ca-swatch" style="background:{colour}"></span> {escape(name)}')


draw_page()
