"""One reader's session: the view that its URL holds, and the words of its language."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.i18n import Words, load_words
from dashboard.state import ReadView, View, read_view, url_parameters

_PARAMETERS = "atlas_parameters"
BROWSERS_OWN = ("at", "window", "since")
"""Parameters that the map itself keeps in the address: how it is looked at, which no page asks for."""


def read_url() -> ReadView:
    """Read the view from the URL.

    What the session wrote there last is believed over what the browser sends, unless the reader went back or forward:
    a message may have left the browser before the newest URL reached it, and must not bring an older view back.
    """
    return read_view(_parameters())


def went_back() -> bool:
    """Tell whether this run was asked for by the browser's back or forward."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def current_view() -> View:
    """Return the view that the URL holds."""
    return read_url().view


def change_view(**changes: Any) -> None:
    """Write changed fields of the view to the URL."""
    show_view(replace(current_view(), **changes))


def show_view(view: View) -> None:
    """Write a view to the URL, as a step that the browser's back undoes; an unchanged view writes nothing."""
    parameters = url_parameters(view)
    if parameters != _sent():
        own = {name: st.query_params.get_all(name) for name in BROWSERS_OWN if name in st.query_params}
        st.query_params.from_dict({**parameters, **own})
    st.session_state[_PARAMETERS] = parameters


def keep_view_across_pages() -> None:
    """Carry the view over when the reader goes to another page, whose bare URL says nothing of it."""
    parameters = _parameters()
    if parameters != _sent():
        own = {name: st.query_params.get_all(name) for name in BROWSERS_OWN if name in st.query_params}
        st.query_params.from_dict({**parameters, **own})
    st.session_state[_PARAMETERS] = parameters


def _sent() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in BROWSERS_OWN}


def _parameters() -> dict[str, list[str]]:
    kept: dict[str, list[str]] | None = st.session_state.get(_PARAMETERS)
    return _sent() if kept is None or went_back() else kept


def current_words() -> Words:
    """Return the words of the language that the URL asks for."""
    return load_words(current_view().language)


def filters_of(view: View) -> View:
    """Return the part of a view that chooses events, for use as a key."""
    plain = View()
    return replace(view, day=None, selected="", count=plain.count, language=plain.language)
