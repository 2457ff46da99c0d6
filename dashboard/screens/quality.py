"""The quality page: how right the system was measured to be, what is unsettled here, and whose data this is."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import queries, references
from dashboard.components.figures import figures_html
from dashboard.components.measured import in_short, measured_figures, measured_html
from dashboard.components.sensitive_rules import draw_sensitive_rules
from dashboard.components.shares import doubt_shares, shares_html
from dashboard.i18n import Words
from dashboard.session import current_view, current_words
from geo.layers.escaping import safe_url
from geo.settings import read_settings


def draw_page() -> None:
    """Draw measured accuracy, shares of doubt, limits, sources and licences."""
    words, view = current_words(), current_view()
    st.title(words("pages.quality"))
    st.markdown(words("quality.lead"))
    version = queries.store_version()
    events = queries.board(version, queries.series_of(version, view)).events
    _draw_measured(words)
    st.header(words("quality.limits"))
    st.markdown(words("quality.limits_text"))
    _draw_shares(events, words)
    draw_sensitive_rules(version, words)
    _draw_sources(words)


def _draw_measured(words: Words) -> None:
    st.header(words("quality.measured"))
    path = read_settings().data / "quality.json"
    if not path.exists():
        st.info(words("quality.not_measured"), icon=":material/science:")
        st.code("python -m geo evaluate --json data/quality.json", language=None)
        return
    measured = references.measured_quality(path, references.file_stamp(path))["figures"]
    figures = list(measured_figures(measured, words))
    pinned = [figure for figure in figures if figure.pinned]
    st.markdown(words("quality.short"))
    st.html(figures_html(in_short(measured, words)))
    with st.expander(words("quality.all_pinned", n=len(pinned or figures)), icon=":material/list:"):
        st.markdown(words("quality.pinned"))
        st.html(measured_html(pinned or figures, words))
    if pinned:
        others = [figure for figure in figures if not figure.pinned]
        with st.expander(words("quality.others", n=len(others)), icon=":material/list:"):
            st.html(measured_html(others, words))


def _draw_shares(events: pd.DataFrame, words: Words) -> None:
    st.header(words("quality.shares", n=len(events)))
    if not len(events):
        st.caption(words("quality.no_events"))
        return
    st.html(shares_html(doubt_shares(events), words))


def _draw_sources(words: Words) -> None:
    st.header(words("quality.sources"))
    path = read_settings().data / "sources.toml"
    if not path.exists():
        st.warning(words("quality.no_sources", path=str(path)), icon=":material/help:")
        return
    entries = references.data_sources(path, references.file_stamp(path))
    # Side by side where there is room, else below each other: a licence that nobody can read to its end is none.
    st.html(f'<ul class="ca-sources">{"".join(_source_item(entry, words) for entry in entries)}</ul>')


def _source_item(entry: Mapping[str, Any], words: Words) -> str:
    name, address = escape(str(entry.get("name", ""))), safe_url(str(entry.get("url", "")))
    if address:
        name = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{name}</a>'
    what, licence = (escape(str(entry.get(part, ""))) for part in ("what", "licence"))
    told = f'<small>{escape(words("quality.source_licence"))}</small> <bdi lang="en">{licence}</bdi>'
    named = f'<strong dir="auto" lang="en">{name}</strong>'
    return f'<li>{named}<span dir="auto" lang="en">{what}</span><span>{told}</span></li>'


draw_page()
