"""The trends page: how events, casualties and held ground change over the period."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import queries
from dashboard.components import breakdowns, charts
from dashboard.components.chart_box import draw_chart
from dashboard.components.charts import Chart
from dashboard.components.downloads import draw_downloads
from dashboard.components.filter_panel import draw_filters
from dashboard.components.notices import show_empty_store
from dashboard.i18n import Words
from dashboard.measures import Measure
from dashboard.palette import side_colours, side_names
from dashboard.session import change_view, current_view, current_words, filters_of
from dashboard.state import View
from geo.tables import Scene


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
    told, download = st.columns([0.84, 0.16], gap="small", vertical_alignment="center")
    with download:
        draw_downloads(version, series, view, words)
    span = "trends.day" if scene.start == scene.end else "trends.period"
    told.caption(words(span, start=words.day(scene.start), end=words.day(scene.end), n=len(scene.events)))
    measure = _draw_measure(view, words)
    drawn: list[Chart] = []
    if not scene.events.empty:
        harmed = Measure.INJURED if measure is Measure.INJURED else Measure.KILLED
        drawn += [charts.events_by_day(scene.events, words), charts.casualties_by_day(scene.events, words, harmed)]
    else:
        st.info(words("list.empty"), icon=":material/filter_alt:")
    drawn += _ground_charts(version, series, scene, words)
    for start in range(0, len(drawn), 2):
        _draw_beside(drawn[start : start + 1], drawn[start + 1 : start + 2], words)
    if not scene.events.empty:
        # Two stacks of about the same height: rows of unlike charts would leave holes.
        first = [breakdowns.by_sub_type(scene.events, words, measure)]
        first += [breakdowns.by_control(scene.events, words, measure, names=names, colours=colours)]
        second = [breakdowns.by_actor(scene.events, words, measure), breakdowns.by_week(scene.events, words, measure)]
        _draw_beside(first, second, words)


def _draw_measure(view: View, words: Words) -> Measure:
    """Draw the choice of what the charts count, which the link keeps, and return it."""
    st.session_state["trends_count"] = view.count
    st.segmented_control(
        words("trends.count"),
        list(Measure),
        key="trends_count",
        format_func=lambda measure: words(f"trends.{measure}"),
        on_change=lambda: change_view(count=str(st.session_state["trends_count"] or view.count)),
    )
    return Measure(view.count)


def _ground_charts(version: queries.Version, series: str, scene: Scene, words: Words) -> list[Chart]:
    """Return the charts of the ground in the period of a view."""
    zones = scene.zones
    names, colours = side_names(zones, words), side_colours(zones)
    areas = queries.areas(version, series)
    with st.spinner(words("trends.reckoning")):
        fronts = queries.fronts(version, series)
    held, front = (
        table[(table["day"].dt.date >= scene.start) & (table["day"].dt.date <= scene.end)] for table in (areas, fronts)
    )
    doubt = (
        (float(zones["doubt_km"].min()), float(zones["doubt_km"].max())) if zones["doubt_km"].notna().any() else None
    )
    drawn = []
    if not held.empty:
        drawn.append(charts.area_held(held, words, names=names, colours=colours, doubt=doubt))
    if not front.empty:
        drawn.append(charts.front_length(front, words, doubt=doubt))
    return drawn


def _draw_beside(first: Sequence[Chart], second: Sequence[Chart], words: Words) -> None:
    """Draw two stacks of charts side by side; on a phone the second follows the first."""
    for column, stack in zip(st.columns(2, gap="medium"), (first, second), strict=True):
        with column:
            for chart in stack:
                draw_chart(chart, words)


draw_page()
