"""The trends page: how events, casualties and held ground change over the period."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import queries
from dashboard.components import charts
from dashboard.components.chart_box import draw_chart
from dashboard.components.charts import Chart
from dashboard.components.filter_panel import draw_filters
from dashboard.components.notices import show_empty_store
from dashboard.i18n import Words
from dashboard.palette import side_colours, side_names
from dashboard.session import current_view, current_words, filters_of


def draw_page() -> None:
    """Draw the charts of the view."""
    words, view = current_words(), current_view()
    version = queries.store_version()
    series = queries.series_of(version, view)
    whole = queries.whole_scene(version, series)
    st.title(words("pages.trends"))
    if whole.events.empty and whole.zones.empty:
        show_empty_store(words, store=version.address)
        return
    names, colours = side_names(whole.zones, words), side_colours(whole.zones)
    draw_filters(queries.board(version, series), whole, view, words, controllers=names)
    scene = queries.view_scene(version, series, filters_of(view))
    st.caption(words("trends.period", start=words.day(scene.start), end=words.day(scene.end), n=len(scene.events)))
    drawn: list[Chart] = []
    if not scene.events.empty:
        drawn += [charts.events_by_day(scene.events, words), charts.killed_by_day(scene.events, words)]
    else:
        st.info(words("list.empty"), icon=":material/filter_alt:")
    areas = queries.areas(version, series)
    inside = areas[(areas["day"].dt.date >= scene.start) & (areas["day"].dt.date <= scene.end)]
    if not inside.empty:
        drawn.append(charts.area_held(inside, words, names=names, colours=colours))
    with st.spinner(words("trends.reckoning")):
        fronts = queries.fronts(version, series)
    within = fronts[(fronts["day"].dt.date >= scene.start) & (fronts["day"].dt.date <= scene.end)]
    if not within.empty:
        drawn.append(charts.front_length(within, words))
    for start in range(0, len(drawn), 2):
        _draw_beside(drawn[start : start + 1], drawn[start + 1 : start + 2], words)
    if not scene.events.empty:
        # Two stacks of about the same height: rows of unlike charts would leave holes.
        first = [charts.events_by_type(scene.events, words)]
        first += [charts.events_by_control(scene.events, words, names=names, colours=colours)]
        second = [charts.events_by_actor(scene.events, words), charts.sub_types_by_week(scene.events, words)]
        _draw_beside(first, second, words)


def _draw_beside(first: Sequence[Chart], second: Sequence[Chart], words: Words) -> None:
    """Draw two stacks of charts side by side; on a phone the second follows the first."""
    for column, stack in zip(st.columns(2, gap="medium"), (first, second), strict=True):
        with column:
            for chart in stack:
                draw_chart(chart, words)


draw_page()
