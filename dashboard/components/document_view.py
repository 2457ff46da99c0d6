"""One document: what was found in it, what makes no event and why, and its text with everything recognised marked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.components.as_written import as_written
from dashboard.components.findings import findings_html, open_questions, refusals_html
from dashboard.components.marked_text import Mark, marked_html, marks_of
from dashboard.i18n import Words
from geo.model import Account, Document
from geo.pipeline import Explanation


def document_title(document: Document, words: Words) -> str:
    """Return how people call a document."""
    pasted = words("documents.pasted") if document.origin == "pasted" else document.document_id
    return document.title or pasted


def draw_document(
    document: Document,
    accounts: Sequence[Account],
    explanation: Explanation | None,
    words: Words,
    *,
    warnings: Sequence[str] = (),
    quoted: Sequence[Mark] = (),
) -> None:
    """Draw a document in a box.

    Without an explanation, for whoever may not see what events are drawn from, the `quoted` words alone are marked.
    """
    with st.container(border=True):
        st.markdown(f"**{as_written(document_title(document, words))}**")
        told = [document.source, words.day(document.published) if document.published else words("card.no_publication")]
        st.caption(" · ".join(as_written(part) for part in told if part))
        if explanation is not None:
            refused = refusals_html(document.text, explanation.refusals, accounts, words)
            st.html(f'<div class="ca-telling">{findings_html(accounts, words)}{refused}</div>')
            if unknown := open_questions(accounts):
                st.caption(words("documents.open_questions", n=unknown))
        for warning in dict.fromkeys((*document.warnings, *warnings)):
            st.caption(f":material/info: {as_written(warning)}")
        marks = marks_of(accounts, explanation, words) if explanation is not None else tuple(quoted)
        text = marked_html(document.text, marks, words)
        key = f'<p class="ca-key">{escape(words("documents.marked"))}</p>' if explanation is not None else ""
        written = f'dir="auto" lang="{escape(document.language)}"'
        st.html(f'{key}<div class="ca-telling ca-text" {written}>{text}</div>')
