"""The documents page: read a report, see what is found in it and what was left out, store it or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import queries
from dashboard.access import current_person
from dashboard.components.as_written import as_written
from dashboard.components.document_view import document_title, draw_document
from dashboard.components.event_card import card_html, read_tellings
from dashboard.components.findings import open_questions
from dashboard.components.notices import show_rejections
from dashboard.i18n import Words
from dashboard.palette import side_names
from dashboard.reading import (
    ReadDocument,
    Reading,
    explained,
    fed_documents,
    pasted_document,
    read_events,
    store_reading,
    uploaded_documents,
)
from dashboard.roles import Role
from dashboard.session import current_view, current_words
from geo.errors import Rejection, StoreError
from geo.model import Document
from geo.settings import read_settings

_READING = "documents_reading"


def draw_page() -> None:
    """Draw the ways to a document: a pasted text, files, a feed, the store."""
    words = current_words()
    st.title(words("pages.documents"))
    st.markdown(words("documents.lead"))
    drawn = {"paste": _draw_paste, "upload": _draw_upload, "feed": _draw_feed, "in_store": _draw_stored}
    if current_person().role < Role.EDITOR:
        # To ask addresses of the web from where the server stands is not for everybody.
        del drawn["feed"]
    for tab, draw in zip(st.tabs([words(f"documents.{name}") for name in drawn]), drawn.values(), strict=True):
        with tab:
            draw(words)


def _draw_paste(words: Words) -> None:
    with st.form("paste", border=False):
        text = st.text_area(
            words("documents.text"), height=220, placeholder=words("documents.text_hint"), key="paste_text"
        )
        published, source, title, url = st.columns(4, gap="small")
        day = published.date_input(
            words("documents.published"),
            value=None,
            min_value=date(1900, 1, 1),
            format="DD/MM/YYYY",
            help=words("documents.published_help"),
            key="paste_published",
        )
        source_name = source.text_input(words("documents.source"), key="paste_source")
        heading = title.text_input(words("documents.title"), key="paste_title")
        address = url.text_input(words("documents.url"), key="paste_url")
        choice = _buttons("paste", words)
    if choice:
        if not text.strip():
            st.warning(words("documents.need_text"), icon=":material/edit_note:")
            return
        document = pasted_document(text, title=heading, published=day, source=source_name, url=address)
        reading = _read([document], words)
        _finish(reading, words, keep=choice == "store", tab="paste")
    _draw_reading(words, tab="paste")


def _draw_upload(words: Words) -> None:
    with st.form("upload", border=False):
        files = st.file_uploader(
            words("documents.files"),
            type=["txt", "html", "htm", "json", "jsonl", "csv", "zip", "xml"],
            accept_multiple_files=True,
            key="upload_files",
        )
        day = st.date_input(
            words("documents.published"),
            value=None,
            min_value=date(1900, 1, 1),
            format="DD/MM/YYYY",
            help=words("documents.published_help"),
            key="upload_published",
        )
        choice = _buttons("upload", words)
    if choice:
        if not files:
            st.warning(words("documents.need_text"), icon=":material/edit_note:")
            return
        reading = _read(uploaded_documents(files, published=day), words)
        _finish(reading, words, keep=choice == "store", tab="upload")
    _draw_reading(words, tab="upload")


def _draw_feed(words: Words) -> None:
    with st.form("feed", border=False):
        st.markdown(words("documents.feed_lead"))
        url = st.text_input(words("documents.feed_url"), placeholder="https://", key="feed_url")
        choice = _buttons("feed", words)
    if choice:
        if not url.strip():
            st.warning(words("documents.need_url"), icon=":material/edit_note:")
            return
        with st.spinner(words("documents.fetching")):
            found = fed_documents(url)
        reading = _read(found, words)
        _finish(reading, words, keep=choice == "store" and bool(reading.documents), tab="feed")
        if not found:
            st.info(words("documents.feed_empty"), icon=":material/inbox:")
        elif not reading.documents:
            st.error(words("documents.feed_failed"), icon=":material/cloud_off:")
    _draw_reading(words, tab="feed")


def _read(inputs: Sequence[Document | Rejection], words: Words) -> Reading:
    """Find the events of documents and say meanwhile how far it is."""
    bar = st.progress(0.0, text=words("documents.reading"))
    reading = read_events(
        inputs,
        progress=lambda done, total: bar.progress(
            done / total, text=words("documents.progress", done=done, total=total)
        ),
    )
    bar.empty()
    return reading


def _buttons(name: str, words: Words) -> str:
    """Draw the form's two buttons and return which one was pressed, empty for none."""
    first, second, _ = st.columns([0.18, 0.18, 0.64], gap="small")
    tried = first.form_submit_button(
        words("documents.try"), type="primary", icon=":material/visibility:", width="stretch", key=f"{name}_try"
    )
    kept = second.form_submit_button(
        words("documents.store"),
        icon=":material/save:",
        width="stretch",
        key=f"{name}_store",
        disabled=current_person().role < Role.EDITOR,
    )
    return "try" if tried else "store" if kept else ""


def _finish(reading: Reading, words: Words, *, keep: bool, tab: str) -> None:
    st.session_state[_READING] = (tab, reading)
    if not keep:
        return
    try:
        stored = store_reading(reading, address=read_settings().store)
    except StoreError as error:
        st.error(words("documents.read_only", reason=as_written(str(error))), icon=":material/lock:")
        return
    st.success(
        words("documents.stored", added=stored.added, known=stored.known, events=stored.events),
        icon=":material/check:",
    )
    show_rejections(stored.rejections, words)


def _draw_reading(words: Words, *, tab: str) -> None:
    made_on, reading = st.session_state.get(_READING, ("", None))
    if made_on != tab or reading is None:
        return
    show_rejections(reading.rejections, words)
    if not reading.documents:
        return
    if reading.events.empty:
        st.info(words("documents.found_none"), icon=":material/search_off:")
    else:
        n, documents = len(reading.events), len(reading.documents)
        st.subheader(words("documents.found", n=n, documents=documents))
    item = _chosen(reading, words, tab=tab)
    text, cards = st.columns([0.55, 0.45], gap="medium")
    with text:
        draw_document(item.document, item.accounts, explained(item.document), words, warnings=item.warnings)
    with cards:
        told = reading.events[[_tells(row, item.document.document_id) for row in reading.events["accounts"]]]
        for row in told.to_dict("records"):
            with st.container(border=True):
                st.html(card_html(row, words, controllers=_controllers(words)))


def _tells(accounts: str, document_id: str) -> bool:
    return any(telling.document_id == document_id for telling in read_tellings(accounts))


def _chosen(reading: Reading, words: Words, *, tab: str) -> ReadDocument:
    """Draw the table of the documents that were read, where there are several, and return the chosen one."""
    documents = reading.documents
    if len(documents) == 1:
        return documents[0]
    table = pd.DataFrame(
        {
            "title": [document_title(item.document, words) for item in documents],
            "published": [_day(item.document, words) for item in documents],
            "events": [len(item.accounts) for item in documents],
            "open": [open_questions(item.accounts) for item in documents],
            "warnings": [" ".join(dict.fromkeys((*item.document.warnings, *item.warnings))) for item in documents],
        }
    )
    chosen = st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(table), 280),
        on_select="rerun",
        selection_mode="single-row",
        key=f"read_{tab}_{id(reading)}",
        column_config={
            "title": st.column_config.TextColumn(words("documents.title"), width="large"),
            "published": words("documents.published"),
            "events": words("columns.events"),
            "open": words("documents.open_column"),
            "warnings": st.column_config.TextColumn(words("documents.warnings"), width="large"),
        },
    )
    rows = chosen["selection"]["rows"]
    st.caption(words("documents.open"))
    if rows:
        return documents[rows[0]]
    return next((item for item in documents if item.accounts), documents[0])


def _day(document: Document, words: Words) -> str:
    return words.day(document.published) if document.published else ""


def _controllers(words: Words) -> dict[str, str]:
    version = queries.store_version()
    zones = queries.whole_scene(version, queries.series_of(version, current_view())).zones
    return side_names(zones, words)


def _draw_stored(words: Words) -> None:
    version = queries.store_version()
    table = queries.documents(version)
    if table.empty:
        st.info(words("documents.no_documents"), icon=":material/inbox:")
        return
    st.caption(words("documents.count", n=len(table)))
    shown = [name for name in ("published", "source", "title", "accounts", "document_id") if name in table.columns]
    chosen = st.dataframe(
        table[shown],
        hide_index=True,
        width="stretch",
        height=320,
        on_select="rerun",
        selection_mode="single-row",
        key="stored_documents",
        column_config={
            "published": st.column_config.DateColumn(words("documents.published"), format=words("formats.day")),
            "source": words("documents.source"),
            "title": st.column_config.TextColumn(words("documents.title"), width="large"),
            "accounts": words("columns.events"),
            "document_id": "ID",
        },
    )
    rows = chosen["selection"]["rows"]
    document = queries.document(version, str(table.iloc[rows[0]]["document_id"])) if rows else None
    if document is None:
        st.caption(words("documents.open"))
        return
    exact = version.public_at is None
    draw_document(
        document,
        queries.document_accounts(version, document.document_id),
        explained(document) if exact else None,
        words,
        quoted=queries.document_marks(version, document.document_id),
    )


draw_page()
