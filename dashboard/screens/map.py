"""The map page: zones and events by day, the list in step with them, and the card of the chosen event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import queries
from dashboard.components.downloads import draw_downloads
from dashboard.components.event_card import card_html, comparison_html, considered_places, read_tellings, telling_html
from dashboard.components.event_list import Listing, draw_list, selected_row, step
from dashboard.components.figures import figures_html, headline
from dashboard.components.filter_panel import draw_filters
from dashboard.components.map_frame import draw_map, heard_number, imposed_count
from dashboard.components.notices import show_empty_store
from dashboard.files import lent_file
from dashboard.i18n import Words
from dashboard.palette import side_colours, side_names
from dashboard.session import change_view, current_view, current_words, filters_of
from dashboard.state import View
from geo.tables import as_day


def draw_page() -> None:
    """Draw the filters, and beside them the part that follows the map."""
    words, view = current_words(), current_view()
    version = queries.store_version()
    series = queries.series_of(version, view)
    whole = queries.whole_scene(version, series)
    if whole.events.empty and whole.zones.empty:
        show_empty_store(words, store=version.address)
        return
    board = queries.board(version, series)
    draw_filters(board, whole, view, words, controllers=side_names(whole.zones, words))
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
    inside = chosen is not None and shown.holds(view.selected)
    day = _day_shown(view, period, chosen if inside else None)
    sides = side_names(whole.zones, words)
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
        _draw_card(shown, chosen if inside else None, version, view, words, sides)
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
    whole = queries.whole_scene(version, series)
    with figures:
        st.html(
            figures_html(
                headline(
                    shown.figures,
                    queries.areas(version, series),
                    words,
                    total=len(whole.events),
                    start=queries.period(whole, view)[0],
                    day=day,
                    sides=side_names(whole.zones, words),
                    colours=side_colours(whole.zones),
                )
            )
        )
    with download:
        draw_downloads(version, series, view, words)


def _draw_card(
    shown: queries.Shown,
    chosen: Mapping[str, Any] | None,
    version: queries.Version,
    view: View,
    words: Words,
    sides: Mapping[str, str],
) -> None:
    if chosen is None:
        st.caption(words("card.hidden") if view.selected else words("card.choose"))
        return
    with st.container(key="card_box", border=True):
        back, forward, close = st.columns(3, gap="small")
        for column, by, name, icon in (
            (back, -1, "previous", ":material/arrow_upward:"),
            (forward, 1, "next", ":material/arrow_downward:"),
        ):
            column.button(
                words(f"card.{name}"),
                key=f"card_{name}",
                icon=icon,
                width="stretch",
                type="tertiary",
                on_click=_select,
                args=(shown.figures, step(shown.figures, view.selected, by)),
            )
        close.button(
            words("card.close"),
            key="card_close",
            icon=":material/close:",
            width="stretch",
            type="tertiary",
            on_click=_select,
            args=(shown.figures, ""),
        )
        considered = considered_places(queries.event_accounts(version, chosen["event_id"]))
        st.html(card_html(chosen, words, controllers=sides, considered=considered))


def _select(events: pd.DataFrame, event_id: str) -> None:
    row = selected_row(events, event_id)
    start = row["date_start"] if row else None
    change_view(selected=event_id, **({"day": start.date()} if start is not None and start == start else {}))


def _draw_sources(chosen: Mapping[str, Any], version: queries.Version, words: Words) -> None:
    tellings = read_tellings(chosen["accounts"])
    st.header(words("card.sources", n=len(tellings)))
    if len(tellings) > 1:
        st.html(comparison_html(tellings, words))
    columns = st.columns(min(len(tellings), 3) or 1, gap="medium")
    for index, telling in enumerate(tellings):
        with columns[index % len(columns)].container(border=True):
            st.html(telling_html(telling, lambda name: queries.document(version, name), words))


draw_page()
