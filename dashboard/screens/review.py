"""The review page: a queue by doubt and weight; confirm, correct or reject, and take back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import streamlit as st

from dashboard import queries
from dashboard.access import current_person
from dashboard.components.correction_form import draw_correction
from dashboard.components.decision_words import decided_what, draw_history, overtaken_words
from dashboard.components.entrance import may
from dashboard.components.event_card import card_html, comparison_html, considered_places, read_tellings, telling_html
from dashboard.components.event_list import selected_row, step
from dashboard.components.filter_panel import draw_filters
from dashboard.components.joining_form import Joining, draw_joining, near_events
from dashboard.components.notices import show_empty_store
from dashboard.components.queue_table import draw_queue
from dashboard.files import lent_file
from dashboard.i18n import Words
from dashboard.palette import side_names
from dashboard.review import (
    OvertakenError,
    VanishedError,
    decide,
    last_decision,
    merge,
    queue_reasons,
    review_queue,
    split,
    undo_last,
)
from dashboard.roles import Role
from dashboard.session import change_view, current_view, current_words, filters_of
from geo.errors import StoreError
from geo.stores import Decision
from geo.vocabulary import Review

_PERSON, _MESSAGE = "review_person", "review_message"


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
    st.markdown(words("review.lead"))
    scene = queries.view_scene(version, series, filters_of(view))
    queue = review_queue(scene.events)
    row = selected_row(scene.events, view.selected)
    # What comes and goes has a place of its own: what follows would be drawn twice while a run lasts if it moved.
    with st.container(key="review_told"):
        _show_message()
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
        _draw_event(row, queue, scene.events, version, words, sides)
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
            considered = considered_places(queries.event_accounts(version, row["event_id"]))
            st.html(card_html(row, words, controllers=sides, considered=considered))
        tellings = read_tellings(row["accounts"])
        if len(tellings) > 1:
            st.html(comparison_html(tellings, words))
        for telling in tellings:
            with st.container(border=True):
                st.html(telling_html(telling, lambda name: queries.document(version, name), words))
    with decision, st.container(key="decision"):
        _draw_decision(row, queue, near, version, words)


def _draw_decision(
    row: Mapping[str, Any], queue: gpd.GeoDataFrame, near: gpd.GeoDataFrame, version: queries.Version, words: Words
) -> None:
    accounts = queries.event_accounts(version, row["event_id"])
    seen = _seen(version, row["event_id"])
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
    with st.expander(words("review.correct"), icon=":material/edit:"):
        series = queries.series_of(version, current_view())
        page = queries.ground_page(version, series, words.language)
        correction = draw_correction(row, words, address=lent_file(page, "text/html", place="point_map"))
    with st.expander(words("review.join"), icon=":material/call_merge:"):
        joining = draw_joining(row, near_events(near, row), accounts, words, ready=bool(person))
    if joining is not None:
        _join(row, joining, near, version, person, words)
        st.rerun()
    if correction is None:
        return
    if not correction.fields:
        st.info(words("review.no_change"))
    elif not person:
        st.warning(words("review.person_first"), icon=":material/person:")
    else:
        _decide(row, Review.CORRECTED, person, seen, following, words, fields=correction.fields, note=correction.note)
        st.rerun()


def _seen(version: queries.Version, event_id: str) -> Decision | None:
    """Return the last decision about an event or its accounts that the page knows of."""
    accounts = queries.event_accounts(version, event_id)
    return last_decision(queries.decisions(version), event_id, [account.account_id for account in accounts])


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
            on_click=_decide,
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
        on_click=_undo,
        args=(person, words),
    )


def _decide(
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
        st.session_state[_MESSAGE] = ("error", words("documents.read_only", reason=str(error)))
        return
    what = f"{words.name('sub_type', row['sub_event_type'])}, {words.name('review_state', review)}"
    st.session_state[_MESSAGE] = ("success", words("review.decided", what=what))
    change_view(selected=following if following != row["event_id"] else "")


def _join(
    row: Mapping[str, Any],
    joining: Joining,
    near: gpd.GeoDataFrame,
    version: queries.Version,
    person: str,
    words: Words,
) -> None:
    try:
        if joining.merged:
            rows = [row, *near[near["event_id"].isin(joining.merged)].to_dict("records")]
            merge(version.address, rows, person=person, seen=[_seen(version, item["event_id"]) for item in rows])
        else:
            split(version.address, row, joining.split, person=person, seen=_seen(version, row["event_id"]))
    except OvertakenError as overtaken:
        st.session_state[_MESSAGE] = ("warning", overtaken_words(overtaken.decision, words))
        return
    except VanishedError:
        st.session_state[_MESSAGE] = ("warning", words("review.vanished"))
        return
    except StoreError as error:
        st.session_state[_MESSAGE] = ("error", str(error))
        return
    if joining.merged:
        # What the event became has another identifier, or its own: the queue says what is next.
        change_view(selected="")
    what = words("review.merged", n=len(joining.merged) + 1) if joining.merged else words("review.parted")
    st.session_state[_MESSAGE] = ("success", words("review.decided", what=what))


def _undo(person: str, words: Words) -> None:
    try:
        undone = undo_last(queries.store_version().address, person=person)
    except OvertakenError as overtaken:
        st.session_state[_MESSAGE] = ("warning", overtaken_words(overtaken.decision, words))
        return
    except StoreError as error:
        st.session_state[_MESSAGE] = ("error", words("documents.read_only", reason=str(error)))
        return
    if undone is None:
        st.session_state[_MESSAGE] = ("info", words("review.nothing_to_undo"))
        return
    st.session_state[_MESSAGE] = ("success", words("review.undone", what=decided_what(undone, words)))
    change_view(selected=undone.event_id)


def _show_message() -> None:
    kind, text = st.session_state.pop(_MESSAGE, ("", ""))
    show = {"success": st.success, "warning": st.warning, "error": st.error, "info": st.info}.get(kind)
    if show:
        show(text)


draw_page()
