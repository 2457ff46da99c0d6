"""The map page: zones and events by day, the list in step with them, and the card of the chosen event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from dashboard import ground, queries
from dashboard.components.comparison import comparison_html
from dashboard.components.decision_words import decision_line
from dashboard.components.downloads import draw_downloads
from dashboard.components.event_card import card_html, considered_places, read_tellings, telling_html
from dashboard.components.event_list import Listing, draw_list
from dashboard.components.figures import figures_html, headline
from dashboard.components.filter_panel import draw_filters
from dashboard.components.map_frame import draw_map, heard_number, imposed_count
from dashboard.components.notices import show_empty_store
from dashboard.components.verdicts import seen_decision
from dashboard.files import lent_file
from dashboard.i18n import Words
from dashboard.session import change_view, current_view, current_words, filters_of
from dashboard.state import View
from dashboard.tally import count_on
from geo.tables import as_day
from geo.vocabulary import Review


def draw_page() -> None:
    """Draw the filters, and beside them the part that follows the map."""
    words, view = current_words(), current_view()
    version = queries.store_version()
    series = queries.series_of(version, view)
    whole = queries.whole_scene(version, series)
    if whole.events.empty and whole.zones.empty:
        st.title(words("pages.map"))
        show_empty_store(words, store=version.address)
        return
    board = queries.board(version, series)
    draw_filters(board, whole, view, words, controllers=ground.sides(version, series, view.language).names)
    draw_board()


@st.fragment
def draw_board() -> None:
    """Draw figures, map, list and card; a move on the map reruns only this."""
    words, view = current_words(), current_view()
    version = queries.store_version()
    series = queries.series_of(version, view)
    whole, shown = queries.whole_scene(version, series), queries.shown(version, series, filters_of(view))
    period = queries.period(whole, view)
    chosen = queries.event_row(version, series, view.selected)
    inside = queries.is_shown(version, series, filters_of(view), view.selected)
    day = _day_shown(view, period, chosen if inside else None)
    _draw_head(version, series, view, shown, day, words)
    left, right = st.columns([0.64, 0.36], gap="small")
    with left:
        page = queries.map_page(version, series, view.language)
        draw_map(lent_file(page, "text/html", place="map"), words, only=shown.only, period=period, area=view.area)
    with right:
        lines = lent_file(queries.list_lines(version, series, view.language), "application/json", place="list")
        draw_list(
            Listing(lines, shown.only),
            words,
            day=day,
            selected=view.selected,
            imposed=imposed_count(day, view.selected),
            heard=heard_number(),
            tall=not inside,
        )
        _draw_card(chosen if inside else None, version, series, view, words)
    if chosen is not None and inside:
        _draw_sources(chosen, version, words)


def _day_shown(view: View, period: tuple[date, date], chosen: Mapping[str, Any] | None) -> date:
    """Return the view's day within the period; without one the chosen event's, else the first."""
    told = as_day(chosen["date_start"]) if chosen is not None else None
    return min(max(view.day or told or period[0], period[0]), period[1])


def _draw_head(
    version: queries.Version, series: str, view: View, shown: queries.Shown, day: date, words: Words
) -> None:
    figures, download = st.columns([0.84, 0.16], gap="small", vertical_alignment="center")
    board, sides = queries.board(version, series), ground.sides(version, series, view.language)
    told = headline(
        shown.sums,
        ground.held(version, series),
        words,
        total=len(board.events),
        here=count_on(board.tally, shown.mask, day),
        start=queries.period(queries.whole_scene(version, series), view)[0],
        day=day,
        sides=sides.names,
        colours=sides.colours,
    )
    figures.html(figures_html(told))
    with download:
        draw_downloads(version, series, view, words)


def _draw_card(
    chosen: Mapping[str, Any] | None, version: queries.Version, series: str, view: View, words: Words
) -> None:
    if chosen is None:
        st.caption(words("card.hidden") if view.selected else words("card.choose"))
        return
    with st.container(key="card_box", border=True):
        columns = st.columns(3, gap="small")
        goals = {
            "previous": (-1, ":material/arrow_upward:"),
            "next": (1, ":material/arrow_downward:"),
            "close": (0, ":material/close:"),
        }
        for column, (name, (by, icon)) in zip(columns, goals.items(), strict=True):
            goal = queries.neighbour(version, series, filters_of(view), view.selected, by) if by else ""
            column.button(
                words(f"card.{name}"),
                key=f"card_{name}",
                icon=icon,
                width="stretch",
                type="tertiary",
                on_click=_select,
                args=(version, series, goal),
            )
        considered = considered_places(queries.event_accounts(version, chosen["event_id"]))
        names = ground.sides(version, series, view.language).names
        decided = _decided(chosen, version, words)
        st.html(card_html(chosen, words, controllers=names, considered=considered, decided=decided))


def _decided(chosen: Mapping[str, Any], version: queries.Version, words: Words) -> str:
    """Say who decided last about an event, what and when; empty where nobody did, or it may not be seen."""
    if chosen["review"] == Review.UNREVIEWED:
        return ""
    last = seen_decision(version, chosen["event_id"])
    return "" if last is None else decision_line(last, words)


def _select(version: queries.Version, series: str, event_id: str) -> None:
    row = queries.event_row(version, series, event_id)
    day = as_day(row["date_start"]) if row else None
    change_view(selected=event_id, **({"day": day} if day else {}))


def _draw_sources(chosen: Mapping[str, Any], version: queries.Version, words: Words) -> None:
    tellings = read_tellings(chosen["accounts"])
    st.header(words("card.sources", n=len(tellings)))
    if len(tellings) > 1:
        st.html(comparison_html(tellings, words, accounts=queries.event_accounts(version, chosen["event_id"])))
    columns = st.columns(min(len(tellings), 3) or 1, gap="medium")
    for index, telling in enumerate(tellings):
        with columns[index % len(columns)].container(border=True):
            st.html(telling_html(telling, lambda name: queries.document(version, name), words))


draw_page()
