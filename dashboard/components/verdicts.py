"""What the review page does with a decision: it is kept, or the reader is told why not, at the head of the next run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import streamlit as st

from dashboard import queries
from dashboard.components.as_written import as_written
from dashboard.components.decision_words import decided_what, overtaken_words
from dashboard.components.joining_form import Joining
from dashboard.i18n import Words
from dashboard.review import OvertakenError, VanishedError, decide, last_decision, merge, split, undo_last
from dashboard.session import change_view
from geo.errors import StoreError
from geo.stores import Decision
from geo.vocabulary import Review

_MESSAGE = "review_message"


def seen_decision(version: queries.Version, event_id: str) -> Decision | None:
    """Return the last decision about an event or its accounts that the page knows of."""
    accounts = queries.event_accounts(version, event_id)
    return last_decision(queries.decisions(version), event_id, [account.account_id for account in accounts])


def keep_verdict(
    row: Mapping[str, Any],
    review: Review,
    person: str,
    seen: Decision | None,
    following: str,
    words: Words,
    *,
    fields: Mapping[str, Any] | None = None,
    note: str = "",
) -> None:
    """Keep a person's judgement of an event and go on to the one that follows."""
    address = queries.store_version().address
    try:
        decide(address, row, review, person=person, fields=fields, note=note, seen=seen)
    except OvertakenError as overtaken:
        st.session_state[_MESSAGE] = ("warning", overtaken_words(overtaken.decision, words))
        change_view(selected=row["event_id"])
        return
    except VanishedError:
        st.session_state[_MESSAGE] = ("warning", words("review.vanished"))
        change_view(selected="")
        return
    except StoreError as error:
        st.session_state[_MESSAGE] = ("error", words("documents.read_only", reason=as_written(str(error))))
        return
    what = f"{words.name('sub_type', row['sub_event_type'])}, {words.name('review_state', review)}"
    st.session_state[_MESSAGE] = ("success", words("review.decided", what=what))
    change_view(selected=following if following != row["event_id"] else "")


def keep_joining(
    row: Mapping[str, Any],
    joining: Joining,
    near: gpd.GeoDataFrame,
    version: queries.Version,
    person: str,
    words: Words,
) -> None:
    """Merge the event with others among `near`, or split accounts off it."""
    try:
        if joining.merged:
            rows = [row, *near[near["event_id"].isin(joining.merged)].to_dict("records")]
            seen = [seen_decision(version, item["event_id"]) for item in rows]
            merge(version.address, rows, person=person, seen=seen)
        else:
            split(version.address, row, joining.split, person=person, seen=seen_decision(version, row["event_id"]))
    except OvertakenError as overtaken:
        st.session_state[_MESSAGE] = ("warning", overtaken_words(overtaken.decision, words))
        return
    except VanishedError:
        st.session_state[_MESSAGE] = ("warning", words("review.vanished"))
        return
    except StoreError as error:
        st.session_state[_MESSAGE] = ("error", as_written(str(error)))
        return
    if joining.merged:
        # What the event became has another identifier, or its own: the queue says what is next.
        change_view(selected="")
    what = words("review.merged", n=len(joining.merged) + 1) if joining.merged else words("review.parted")
    st.session_state[_MESSAGE] = ("success", words("review.decided", what=what))


def take_back(person: str, words: Words) -> None:
    """Take back the person's last decision and show its event."""
    try:
        undone = undo_last(queries.store_version().address, person=person)
    except OvertakenError as overtaken:
        st.session_state[_MESSAGE] = ("warning", overtaken_words(overtaken.decision, words))
        return
    except StoreError as error:
        st.session_state[_MESSAGE] = ("error", words("documents.read_only", reason=as_written(str(error))))
        return
    if undone is None:
        st.session_state[_MESSAGE] = ("info", words("review.nothing_to_undo"))
        return
    st.session_state[_MESSAGE] = ("success", words("review.undone", what=decided_what(undone, words)))
    change_view(selected=undone.event_id)


def show_message() -> None:
    """Say what became of the last decision, once."""
    kind, text = st.session_state.pop(_MESSAGE, ("", ""))
    show = {"success": st.success, "warning": st.warning, "error": st.error, "info": st.info}.get(kind)
    if show:
        show(text)
