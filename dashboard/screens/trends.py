"""The trends page: how events, casualties and held ground change over the period."""

from __future__ import annotations

import streamlit as st

from dashboard import queries
from dashboard.components import charts
from dashboard.components.chart_box import draw_chart
from dashboard.components.charts import Chart
from dashboard.components.filter_panel import draw_filters
from dashboard.components.notices import show_empty_store
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
    if not scene.events.empty:
        drawn += [
            charts.events_by_control(scene.events, words, names=names, colours=colours),
            charts.events_by_type(scene.events, words),
            charts.events_by_actor(scene.events, words),
            charts.sub_types_by_week(scene.events, words),
        ]
    for start in range(0, len(drawn), 2):
        for column, chart in zip(st.columns(2, gap="medium"), drawn[start : start + 2], strict=False):
            with column:
                draw_chart(chart, words)


draw_page()
