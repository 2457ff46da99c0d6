"""One reader's session: the view that its URL holds, and the words of its language."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.i18n import Words, load_words
from dashboard.state import ReadView, View, read_view, url_parameters

_PAGE, _PARAMETERS = "atlas_page", "atlas_parameters"


def read_url() -> ReadView:
    """Read the view from the URL."""
    return read_view({name: st.query_params.get_all(name) for name in st.query_params})


def current_view() -> View:
    """Return the view that the URL holds."""
    return read_url().view


def change_view(**changes: Any) -> None:
    """Write changed fields of the view to the URL."""
    show_view(replace(current_view(), **changes))


def show_view(view: View) -> None:
    """Write a view to the URL, as a step that the browser's back undoes; an unchanged view writes nothing."""
    parameters = url_parameters(view)
    if parameters != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(parameters)
    st.session_state[_PARAMETERS] = parameters


def keep_view_across_pages(page: str) -> None:
    """Carry the view over when the reader goes to another page, whose bare URL says nothing of it."""
    moved = st.session_state.get(_PAGE, page) != page
    if moved and not st.query_params and st.session_state.get(_PARAMETERS):
        st.query_params.from_dict(st.session_state[_PARAMETERS])
    st.session_state[_PAGE] = page
    st.session_state[_PARAMETERS] = url_parameters(current_view())


def current_words() -> Words:
    """Return the words of the language that the URL asks for."""
    return load_words(current_view().language)


def filters_of(view: View) -> View:
    """Return the part of a view that chooses events, for use as a key."""
    return replace(view, day=None, selected="", language="en")
