"""Pages for states in which there is nothing to show: what happened, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.i18n import Words
from dashboard.state import Faulty
from geo.errors import AtlasError, Rejection


def show_failure(error: AtlasError, words: Words, *, store: str) -> None:
    """Say that the store or the configuration cannot be used, why, and how to mend it."""
    st.title(words("notices.failure_title"))
    st.error(str(error), icon=":material/error:")
    st.markdown(words("notices.failure_help", store=f"`{store}`"))
    st.code("python -m geo demo\npython -m geo serve", language="bash")


def show_loading(words: Words) -> None:
    """Show the outline of a page and say what is being waited for."""
    parts = "".join(f'<span class="{name}"></span>' for name in ("figure", "figure", "figure", "map", "list"))
    st.html(f'<div class="ca-loading" role="status"><p>{escape(words("app.loading"))}</p>{parts}</div>')


def show_empty_store(words: Words, *, store: str) -> None:
    """Say that the store holds no events, and the two ways to get some."""
    st.info(words("notices.empty_store", store=f"`{store}`"), icon=":material/inbox:")
    st.markdown(words("notices.empty_store_help"))
    st.code("python -m geo demo\npython -m geo ingest PATH --published 2016-11-20", language="bash")
    st.page_link("screens/documents.py", label=words("notices.paste_one"), icon=":material/description:")


def show_faults(faults: Sequence[Faulty], words: Words) -> None:
    """Name the parts of a link that were left out because they could not be read."""
    if faults:
        parts = ", ".join(f"`{fault.parameter}={fault.value}`" for fault in faults)
        st.warning(words("notices.faulty_link", parts=parts), icon=":material/link_off:")


def show_rejections(rejections: Sequence[Rejection], words: Words) -> None:
    """List inputs that were left out, each with its reason and remedy."""
    if not rejections:
        return
    st.subheader(words("notices.rejections", n=len(rejections)))
    for rejection in rejections:
        st.warning(str(rejection), icon=":material/report:")
