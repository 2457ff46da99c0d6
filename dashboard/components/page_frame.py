"""What stands around every page: its styles, its language and direction, and the switch between languages."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.components.browser import browser_component
from dashboard.i18n import Words
from dashboard.palette import mark_styles
from dashboard.session import change_view
from dashboard.state import LANGUAGES

_SHEET = Path(__file__).with_name("style.css")
_RIGHT_TO_LEFT = (
    ".stApp { direction: rtl; } .stMainBlockContainer, section[data-testid=stSidebar] { text-align: right; }"
    " .stDataFrame, .stVegaLiteChart, .stCode { direction: ltr; }"
)


def _menu(words: Words) -> str:
    """Return the rules that put a word beside the arrow which opens the filters, on a phone the pages as well."""
    rule = '[data-testid="stExpandSidebarButton"]::after {{ content: "{}"; }}'
    narrow = rule.format(words("app.menu"))
    least = rule.format(words("app.menu_short"))
    return (
        f"{rule.format(words('app.filters'))}\n@media (max-width: 768px) {{ {narrow} }}\n"
        f"@media (max-width: 380px) {{ {least} }}"
    )


def draw_frame(words: Words) -> None:
    """Put the style sheet on the page, tell the browser the language, and draw the switch between languages."""
    direction = _RIGHT_TO_LEFT if words.right_to_left else ""
    st.html(f"<style>{_SHEET.read_text(encoding='utf-8')}\n{mark_styles()}\n{direction}\n{_menu(words)}</style>")
    st.session_state["language_switch"] = words.language
    with st.container(key="language_box"):
        browser_component("language")(
            key="language",
            data={
                "language": words.language,
                "direction": "rtl" if words.right_to_left else "ltr",
                "labels": {"open": words("app.menu"), "close": words("app.close_menu"), "skip": words("app.skip")},
            },
        )
        st.segmented_control(
            words("app.language"),
            LANGUAGES,
            key="language_switch",
            format_func=lambda code: words(f"languages.{code}"),
            label_visibility="collapsed",
            on_change=lambda: change_view(language=st.session_state["language_switch"] or words.language),
        )
