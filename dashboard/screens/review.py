"""The review page: a queue by doubt and weight; confirm, correct or reject, and take back."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import geopandas as gpd
import streamlit as st

from dashboard import queries
from dashboard.access import current_person
from dashboard.components.browser import browser_component
from dashboard.components.comparison import comparison_html
from dashboard.components.correction_form import draw_correction
from dashboard.components.decision_words import decision_line, draw_history
from dashboard.components.downloads import draw_downloads
from dashboard.components.entrance import may
from dashboard.components.event_card import card_html, considered_places, read_tellings, telling_html
from dashboard.components.event_list import selected_row, step
from dashboard.components.filter_panel import draw_filters
from dashboard.components.joining_form import draw_joining, near_events
from dashboard.components.notices import show_empty_store
from dashboard.components.queue_table import draw_queue
from dashboard.components.verdicts import keep_joining, keep_verdict, seen_decision, show_message, take_back
from dashboard.files import lent_file
from dashboard.i18n import Words
from dashboard.palette import side_names
from dashboard.review import (
    decisions_about,
    queue_reasons,
    review_queue,
)
from dashboard.roles import Role
from dashboard.session import change_view, current_view, current_words, filters_of
from geo.stores import Decision
from geo.vocabulary import Review

_PERSON, _OPENED = "review_person", "review_opened"
_SECTIONS = (("correct", ":material/edit:", "E"), ("join", ":material/call_merge:", "M"))
"""What opens a form: its name, its icon, its key."""


def draw_page() -> None:
    """Draw the event at the head of the queue, what can be decided about it, and the queue."""
    words, view = current_words(), current_view()
    version = queries.store_version()
    series = queries.series_of(version, view)
    whole = queries.whole_scene(version, series)
    st.title(words("pages.review"))
    if not may(Role.REVIEWER, words):
        return
    if whole.events.empty:
        show_empty_store(words, store=version.address)
        return
    sides = side_names(whole.zones, words)
    draw_filters(queries.board(version, series), whole, view, words, controllers=sides)
    lead, download = st.columns([0.84, 0.16], gap="small", vertical_alignment="center")
    lead.markdown(words("review.lead"))
    with download:
        draw_downloads(version, series, view, words)
    scene = queries.view_scene(version, series, filters_of(view))
    queue = review_queue(scene.events)
    row = selected_row(scene.events, view.selected)
    # What comes and goes has a place of its own: what follows would be drawn twice while a run lasts if it moved.
    with st.container(key="review_told"):
        show_message()
        if view.selected and row is None:
            present = queries.event_row(version, series, view.selected) is not None
            st.info(words("review.hidden" if present else "review.vanished"), icon=":material/info:")
    if row is None and not queue.empty:
        row = queue.iloc[0].to_dict()
    if scene.events.empty:
        st.info(words("list.empty"), icon=":material/filter_alt:")
    elif row is None:
        st.success(words("review.done"), icon=":material/done_all:")
    else:
        # What tells of the same may be hidden by a filter.
        _draw_event(row, queue, queries.board(version, series).events, version, words, sides)
    draw_queue(queue, words)
    draw_history(queries.decisions(version), words)


def _draw_event(
    row: Mapping[str, Any],
    queue: gpd.GeoDataFrame,
    near: gpd.GeoDataFrame,
    version: queries.Version,
    words: Words,
    sides: Mapping[str, str],
) -> None:
    event, decision = st.columns([0.62, 0.38], gap="medium")
    with event:
        with st.container(border=True):
            accounts = queries.event_accounts(version, row["event_id"])
            considered = considered_places(accounts)
            st.html(card_html(row, words, controllers=sides, considered=considered))
        tellings = read_tellings(row["accounts"])
        if len(tellings) > 1:
            st.html(comparison_html(tellings, words, accounts=accounts))
        for telling in tellings:
            with st.container(border=True):
                st.html(telling_html(telling, lambda name: queries.document(version, name), words))
    with decision, st.container(key="decision"):
        _draw_decision(row, queue, near, version, words)


def _draw_decision(
    row: Mapping[str, Any], queue: gpd.GeoDataFrame, near: gpd.GeoDataFrame, version: queries.Version, words: Words
) -> None:
    accounts = queries.event_accounts(version, row["event_id"])
    seen = seen_decision(version, row["event_id"])
    ids = list(queue["event_id"])
    with st.container(key="review_why", gap="small"):
        if row["event_id"] in ids:
            st.markdown(f"**{words('review.position', at=ids.index(row['event_id']) + 1, n=len(ids))}**")
            reasons = [words(f"review.{reason.key}", **reason.values) for reason in queue_reasons(row)]
            st.caption(f"{words('review.why')}: {' · '.join(reasons)}")
    person = _draw_person(words)
    with st.container(key="review_unsigned"):
        if not person:
            st.caption(f":material/person: {words('review.name_first')}")
    following = step(queue, row["event_id"], 1)
    with st.container(key="verdicts"):
        _draw_verdicts(row, person, seen, following, words)
    with st.container(key="review_keys"):
        st.caption(words("review.keys"))
    opened = _draw_sections(row["event_id"], words)
    with st.container(key="review_section", border=opened != ""):
        if opened == "correct":
            _correct(row, person, seen, following, version, words)
        elif opened == "join":
            joining = draw_joining(row, near_events(near, row), accounts, words, ready=bool(person))
            if joining is not None:
                keep_joining(row, joining, near, version, person, words)
                st.rerun()
    if opened:
        browser_component("focus")(key="focus", data={"box": "review_section", "turn": f"{opened} {row['event_id']}"})
    _draw_trail(version, row["event_id"], words)


def _draw_sections(event_id: str, words: Words) -> str:
    """Draw the two buttons that open a form below them, and return which one is open, empty for none."""
    about, opened = st.session_state.get(_OPENED, ("", ""))
    opened = opened if about == event_id else ""
    with st.container(key="review_sections"):
        for column, (name, icon, key) in zip(st.columns(2, gap="small"), _SECTIONS, strict=True):
            column.button(
                words(f"review.{name}"),
                key=f"review_{name}",
                icon=":material/expand_less:" if opened == name else icon,
                width="stretch",
                shortcut=key,
                on_click=_open,
                args=(event_id, "" if opened == name else name),
            )
    return opened


def _open(event_id: str, name: str) -> None:
    st.session_state[_OPENED] = (event_id, name)


def _correct(
    row: Mapping[str, Any],
    person: str,
    seen: Decision | None,
    following: str,
    version: queries.Version,
    words: Words,
) -> None:
    """Draw the correction, and keep it when it is saved."""
    page = queries.ground_page(version, queries.series_of(version, current_view()), words.language)
    correction = draw_correction(row, words, address=lent_file(page, "text/html", place="point_map"))
    if correction is None:
        return
    if correction.fault:
        st.warning(words(f"review.{correction.fault}"), icon=":material/rule:")
    elif not correction.fields:
        st.info(words("review.no_change"))
    elif not person:
        st.warning(words("review.person_first"), icon=":material/person:")
    else:
        fields, note = correction.fields, correction.note
        keep_verdict(row, Review.CORRECTED, person, seen, following, words, fields=fields, note=note)
        st.rerun()


def _draw_trail(version: queries.Version, event_id: str, words: Words) -> None:
    """Draw what was decided about the event so far, the latest first."""
    accounts = [account.account_id for account in queries.event_accounts(version, event_id)]
    told = decisions_about(queries.decisions(version), event_id, accounts)
    if told:
        st.caption(words("review.trail"))
        items = "".join(f'<li dir="auto">{escape(decision_line(item, words))}</li>' for item in reversed(told))
        st.html(f'<ul class="ca-findings">{items}</ul>')


def _draw_person(words: Words) -> str:
    """Return the name that decisions are signed with: that of the login, else what is written here."""
    known = current_person()
    if known.logged_in:
        st.session_state[_PERSON] = known.name
    help_text = words("review.person_help")
    return st.text_input(words("review.person"), key=_PERSON, help=help_text, disabled=known.logged_in).strip()


def _draw_verdicts(row: Mapping[str, Any], person: str, seen: Decision | None, following: str, words: Words) -> None:
    confirm, reject = st.columns(2, gap="small")
    for column, review, icon, key in (
        (confirm, Review.CONFIRMED, ":material/check:", "Y"),
        (reject, Review.REJECTED, ":material/block:", "X"),
    ):
        column.button(
            words("review.confirm" if review is Review.CONFIRMED else "review.reject"),
            key=f"review_{review}",
            type="primary" if review is Review.CONFIRMED else "secondary",
            icon=icon,
            width="stretch",
            disabled=not person,
            shortcut=key,
            on_click=keep_verdict,
            args=(row, review, person, seen, following, words),
        )
    skip, undo = st.columns(2, gap="small")
    skip.button(
        words("review.skip"),
        key="review_skip",
        icon=":material/skip_next:",
        width="stretch",
        shortcut="S",
        on_click=change_view,
        kwargs={"selected": following},
    )
    undo.button(
        words("review.undo"),
        key="review_undo",
        icon=":material/undo:",
        width="stretch",
        disabled=not person,
        shortcut="U",
        on_click=take_back,
        args=(person, words),
    )


draw_page()
