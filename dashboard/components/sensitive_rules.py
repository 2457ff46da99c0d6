"""Which rules for sensitive places hold, and what they do to what the reader sees."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.i18n import Words
from dashboard.session import current_view
from dashboard.sight import Version, publication, series_of
from geo.exports import SensitiveRule, sensitive_rules
from geo.settings import read_settings


def draw_sensitive_rules(version: Version, words: Words) -> None:
    """Draw the rules in words, and how many events they coarsen and hold back."""
    st.header(words("access.sensitive"))
    rules = sensitive_rules(read_settings())
    if not rules:
        st.warning(words("access.sensitive_off"), icon=":material/visibility:")
        return
    st.markdown(words("access.sensitive_lead"))
    heads = "".join(f'<th scope="col">{escape(words(f"access.{name}"))}</th>' for name in ("rule", "rule_how"))
    rows = "".join(
        f"<tr><td>{escape(rule.in_words(words.language))}</td><td>{escape(_how(rule, words))}</td></tr>"
        for rule in rules
    )
    st.html(f'<table class="ca-compare"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>')
    shown = publication(version, series_of(version, current_view()))
    key = "access.sensitive_exact" if version.public_at is None else "access.sensitive_public"
    st.caption(words(key, coarsened=f"{shown.coarsened:,}", withheld=f"{shown.withheld:,}"))


def _how(rule: SensitiveRule, words: Words) -> str:
    parts = [words("access.to_km", km=f"{rule.coarsen_km:g}")] if rule.coarsen_km else []
    parts += [words("access.after_hours", hours=f"{rule.delay_hours:g}")] if rule.delay_hours else []
    return ", ".join(parts)
