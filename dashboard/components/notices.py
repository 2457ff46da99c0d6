"""Pages for states in which there is nothing to show: what happened, and what to do about it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard.components.as_written import as_written
from dashboard.i18n import Words
from dashboard.state import Faulty
from geo.errors import AtlasError, ConfigurationError, Rejection

_FEW = 4
"""Rejections that are told one by one."""
_FOLDER = re.compile(r"\S*conflict-atlas-[^/\\\s]+[/\\]")
_NUMBER = re.compile(r"\[Errno -?\d+\] ")
_PASSWORD = re.compile(r"(//[^/:@]*:)[^/]*@")


def show_failure(error: AtlasError, words: Words, *, store: str) -> None:
    """Say that the store or the configuration cannot be used, why, and how to mend it."""
    broken = isinstance(error, ConfigurationError)
    st.title(words("notices.settings_title") if broken else words("notices.failure_title"))
    # What follows an empty line is to be copied as it stands, line by line.
    said, _, example = str(error).partition("\n\n")
    st.error(said[:1].upper() + said[1:], icon=":material/error:")
    if example:
        st.code(example, language="toml")
    if broken:
        st.markdown(words("notices.settings_help"))
        return
    st.markdown(words("notices.failure_help", store=f"`{shown_address(store)}`"))
    # What is no store must not be written over, nor a team's database: the sample goes into a file of its own.
    option = store_option("sample.gpkg" if "://" in store or Path(store).exists() else store)
    st.code(f"python -m geo demo{option}\npython -m geo serve{option}", language=None)


def shown_address(store: str) -> str:
    """Return a store's path or address as anybody may read it: without the password of a database."""
    return _PASSWORD.sub(r"\1…@", store)


def store_option(store: str) -> str:
    """Return the option that names the store's file to a command; the address of a database comes from the settings."""
    return "" if "://" in store else f" --store {shlex.quote(store)}"


def show_loading(words: Words) -> None:
    """Show the outline of a page and say what is being waited for."""
    parts = "".join(f'<span class="{name}"></span>' for name in ("figure", "figure", "figure", "map", "list"))
    st.html(f'<div class="ca-loading" role="status"><p>{escape(words("app.loading"))}</p>{parts}</div>')


def show_empty_store(words: Words, *, store: str) -> None:
    """Say that the store holds no events, and the ways to get some."""
    st.info(words("notices.empty_store", store=f"`{shown_address(store)}`"), icon=":material/inbox:")
    option = store_option(store)
    own, sample = st.columns(2, gap="medium")
    with own, st.container(border=True, key="empty_own"):
        st.header(words("notices.empty_own"))
        st.markdown(words("notices.empty_own_help"))
        st.page_link("screens/documents.py", label=words("notices.paste_one"), icon=":material/description:")
        st.markdown(words("notices.empty_command"))
        st.code(f"python -m geo ingest REPORTS --published 2016-11-20{option}", language=None, wrap_lines=True)
    with sample, st.container(border=True, key="empty_sample"):
        st.header(words("notices.empty_sample"))
        st.markdown(words("notices.empty_sample_help"))
        st.code(f"python -m geo demo{option}", language=None, wrap_lines=True)


def show_faults(faults: Sequence[Faulty], words: Words) -> None:
    """Name the parts of a link that were left out because they could not be read."""
    if faults:
        parts = ", ".join(as_written(f"{fault.parameter}={fault.value}") for fault in faults)
        st.warning(words("notices.faulty_link", parts=parts), icon=":material/link_off:")


def show_rejections(rejections: Sequence[Rejection], words: Words) -> None:
    """List inputs that were left out, each with its reason and remedy."""
    if not rejections:
        return
    st.subheader(words("notices.rejections", n=len(rejections)))
    if len(rejections) <= _FEW:
        for rejection in rejections:
            st.warning(as_written(_plain(str(rejection))), icon=":material/report:")
        return
    # A file of a thousand broken lines must not push what was found out of sight.
    rows = [
        {
            "input": _plain(", ".join(part for part in (rejection.source, rejection.place) if part)),
            "reason": _plain(rejection.reason),
            "expected": rejection.expected,
            "remedy": rejection.remedy,
        }
        for rejection in rejections
    ]
    names = {name: words(f"notices.rejected_{name}") for name in rows[0]}
    table = pd.DataFrame(rows).rename(columns=names)
    st.dataframe(table, hide_index=True, width="stretch", height=min(38 + 35 * len(rows), 250))


def _plain(said: str) -> str:
    """Return words without what only the server knows: the folder that an upload lay in, a system's number."""
    return _NUMBER.sub("", _FOLDER.sub("", said))
