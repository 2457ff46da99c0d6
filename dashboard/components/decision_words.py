"""Decisions in words: who decided what, and when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components.as_written import as_written
from dashboard.i18n import Words
from geo.exports import table_csv
from geo.stores import Decision, DecisionKind

_FILE = "decisions.csv"


def overtaken_words(decision: Decision, words: Words) -> str:
    """Say who decided in between, when, and what."""
    what = as_written(told_what(decision, words))
    return words("review.overtaken", who=as_written(decision.person), when=_moment(decision), what=what)


def decision_line(decision: Decision, words: Words) -> str:
    """Say in one line what was decided, by whom, and when."""
    return words("review.line", what=told_what(decision, words), who=decision.person, when=_moment(decision))


def decided_what(decision: Decision, words: Words) -> str:
    """Name what a decision did to its event."""
    if decision.kind is DecisionKind.REVIEW:
        return words.name("review_state", decision.review)
    return words(f"review.kind_{decision.kind}")


def told_what(decision: Decision, words: Words) -> str:
    """Name what a decision did to its event, the fields that it changed, and why."""
    changed = "; ".join(f"{words.name('field', name)}: {_value(value)}" for name, value in decision.fields.items())
    what = decided_what(decision, words) + (f" ({changed})" if changed else "")
    return f"{what} – {decision.note}" if decision.note else what


def decisions_csv(decisions: Sequence[Decision]) -> str:
    """Return all decisions, oldest first, as a table to keep or to pass on; times are UTC, fields JSON."""
    rows = [
        {
            "decision_id": decision.decision_id,
            "decided_at": decision.decided_at,
            "person": decision.person,
            "kind": str(decision.kind),
            "review": str(decision.review) if decision.kind is DecisionKind.REVIEW else "",
            "event_id": decision.event_id,
            "account_ids": " ".join(decision.account_ids),
            "other_ids": " ".join(decision.other_ids),
            "undoes": decision.undoes,
            "fields": json.dumps(dict(decision.fields), ensure_ascii=False),
            "note": decision.note,
        }
        for decision in decisions
    ]
    return table_csv(pd.DataFrame(rows))


def draw_history(decisions: Sequence[Decision], words: Words) -> None:
    """Draw the table of all decisions, the latest first, and let it be taken away."""
    with st.expander(words("review.history", n=len(decisions)), icon=":material/history:"):
        rows = [
            {
                "when": _moment(decision),
                "who": decision.person,
                "what": decided_what(decision, words),
                "event": decision.event_id,
                "fields": "; ".join(
                    f"{words.name('field', name)}: {_value(value)}" for name, value in decision.fields.items()
                ),
                "note": decision.note,
            }
            for decision in reversed(decisions)
        ]
        names = {name: words(f"review.{name}") for name in ("when", "who", "what", "event", "fields", "note")}
        st.dataframe(pd.DataFrame(rows, columns=list(names)).rename(columns=names), hide_index=True, width="stretch")
        if decisions:
            st.download_button(
                words("review.export"),
                data=lambda: decisions_csv(decisions),
                file_name=_FILE,
                mime="text/csv",
                key="review_export",
                icon=":material/download:",
                on_click="ignore",
            )


def _moment(decision: Decision) -> str:
    return decision.decided_at[:16].replace("T", " ")


def _value(value: Any) -> str:
    return "–" if value is None or value == "" else str(value)
