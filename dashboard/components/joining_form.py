"""Which accounts are one event: merging the shown event with one near it, or splitting accounts off it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.i18n import Words
from geo.model import Account
from geo.tables import as_day

_NEAR_DAYS, _NEAR_DEGREES = 4, 0.3
"""Events that could be the same lie no further apart than this; about 30 km."""
_MOST = 40


@dataclass(frozen=True, slots=True)
class Joining:
    """What a person asks for: events to merge with the shown one, or accounts of it to split off."""

    merged: tuple[str, ...] = ()
    split: tuple[str, ...] = ()


def near_events(events: pd.DataFrame, row: Mapping[str, Any]) -> pd.DataFrame:
    """Return the events that could be told of the same happening, by day; those without a day or place as well."""
    others = events[events["event_id"] != row["event_id"]]
    if not pd.isna(row["date_start"]):
        apart = (others["date_start"] - row["date_start"]).abs() > pd.Timedelta(days=_NEAR_DAYS)
        others = others[~apart.fillna(False)]
    if not pd.isna(row["lon"]):
        far = ((others["lon"] - row["lon"]).abs() > _NEAR_DEGREES) | (
            (others["lat"] - row["lat"]).abs() > _NEAR_DEGREES
        )
        others = others[~far.fillna(False)]
    same = others["sub_event_type"] != row["sub_event_type"]
    return others.loc[same.sort_values(kind="stable").index].head(_MOST)


def draw_joining(
    row: Mapping[str, Any], near: pd.DataFrame, accounts: tuple[Account, ...], words: Words, *, ready: bool
) -> Joining | None:
    """Draw both forms; return what is asked for when a button is pressed. `ready` tells whether a person is named."""
    labels = {item["event_id"]: _event_label(item, words) for item in near.to_dict("records")}
    merged = st.multiselect(
        words("review.merge_with"),
        list(labels),
        format_func=lambda name: labels[name],
        key=f"merge_{row['event_id']}",
        placeholder=words("review.merge_none") if not labels else words("review.merge_hint"),
        disabled=not labels,
    )
    if st.button(
        words("review.merge"), key="review_merge", icon=":material/call_merge:", disabled=not (ready and merged)
    ):
        return Joining(merged=tuple(merged))
    if len(accounts) < 2:
        st.caption(words("review.split_one"))
        return None
    told = {account.account_id: _account_label(account, words) for account in accounts}
    split = st.multiselect(
        words("review.split_off"), list(told), format_func=lambda name: told[name], key=f"split_{row['event_id']}"
    )
    able = ready and 0 < len(split) < len(accounts)
    if st.button(words("review.split"), key="review_split", icon=":material/call_split:", disabled=not able):
        return Joining(split=tuple(split))
    return None


def _event_label(row: Mapping[str, Any], words: Words) -> str:
    day = as_day(row["date_start"])
    where = row["place_name"] or row["toponym"] or words("card.not_placed")
    when = words.short_day(day) if day else words("list.undated")
    return f"{when} · {words.name('sub_type', row['sub_event_type'])} · {where}"


def _account_label(account: Account, words: Words) -> str:
    quoted = next((quote.text for name, quote in account.quotations() if name == "event_type"), "")
    return f"{account.source or account.document_id} · “{quoted}”"
