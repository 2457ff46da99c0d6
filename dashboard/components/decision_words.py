"""Decisions in words: who decided what, and when."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.i18n import Words
from geo.stores import Decision, DecisionKind


def overtaken_words(decision: Decision, words: Words) -> str:
    """Say who decided in between, when, and what."""
    changed = "; ".join(f"{words.name('field', name)}: {value}" for name, value in decision.fields.items())
    what = decided_what(decision, words) + (f" ({changed})" if changed else "")
    what += f" – {decision.note}" if decision.note else ""
    when = decision.decided_at[:16].replace("T", " ")
    return words("review.overtaken", who=decision.person, when=when, what=what)


def decided_what(decision: Decision, words: Words) -> str:
    """Name what a decision did to its event."""
    if decision.kind is DecisionKind.REVIEW:
        return words.name("review_state", decision.review)
    return words(f"review.kind_{decision.kind}")


def draw_history(decisions: Sequence[Decision], words: Words) -> None:
    """Draw the table of all decisions, the latest first."""
    with st.expander(words("review.history", n=len(decisions)), icon=":material/history:"):
        rows = [
            {
                "when": decision.decided_at[:16].replace("T", " "),
                "who": decision.person,
                "what": decided_what(decision, words),
                "event": decision.event_id,
                "fields": ", ".join(f"{name} = {value}" for name, value in decision.fields.items()),
                "note": decision.note,
            }
            for decision in reversed(decisions)
        ]
        names = {name: words(f"review.{name}") for name in ("when", "who", "what", "event", "fields", "note")}
        st.dataframe(pd.DataFrame(rows, columns=list(names)).rename(columns=names), hide_index=True, width="stretch")
