"""The zones page: the series of the store, their days, areas and sources, and the import of more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import escape

import geopandas as gpd
import pandas as pd
import streamlit as st

from dashboard import queries
from dashboard.components import charts
from dashboard.components.chart_box import draw_chart
from dashboard.components.entrance import may
from dashboard.components.figures import Figure, figures_html
from dashboard.components.ground_map import draw_ground_map
from dashboard.components.series_tables import days_of, draw_all_series, draw_sources
from dashboard.components.zone_import import draw_import
from dashboard.files import lent_file
from dashboard.i18n import Words
from dashboard.palette import control_colour, side_colours, side_names
from dashboard.roles import Role
from dashboard.session import change_view, current_view, current_words, filters_of


def draw_page() -> None:
    """Draw the chosen series by day, and below it the import."""
    words = current_words()
    st.title(words("pages.zones"))
    version = queries.store_version()
    names = queries.series_names(version)
    if names:
        _draw_series(version, names, words)
        draw_all_series(queries.all_series(version), words)
    else:
        st.info(words("zones.none"), icon=":material/layers_clear:")
    if may(Role.EDITOR, words):
        # Where there is nothing to look at yet, this is what to do.
        draw_import(words, expanded=not names)


def _draw_series(version: queries.Version, names: tuple[str, ...], words: Words) -> None:
    view = current_view()
    series = queries.series_of(version, view)
    st.session_state["zones_series"] = series
    choice, facts = st.columns([0.28, 0.72], gap="medium", vertical_alignment="center")
    choice.selectbox(
        words("zones.series"),
        names,
        key="zones_series",
        on_change=lambda: change_view(series=st.session_state["zones_series"]),
    )
    zones = queries.whole_scene(version, series).zones
    begins, ends = days_of(zones)
    with facts:
        st.html(figures_html(_facts(zones, begins, ends, words)))
    # What the map shows; without a day in the link, the first.
    day = min(max(view.day or begins, begins), ends)
    ground, held = st.columns([0.62, 0.38], gap="medium")
    with ground:
        page = queries.ground_page(version, series, words.language)
        draw_ground_map(lent_file(page, "text/html", place="ground_map"), words, day=day)
    areas = queries.areas(version, series)
    with held:
        st.header(words("zones.held_on", day=words.day(day)))
        _draw_areas(zones, areas, day, words)
    sides, colours, doubt = side_names(zones, words), side_colours(zones), charts.border_doubt(zones)
    draw_chart(charts.area_held(areas, words, names=sides, colours=colours, doubt=doubt), words)
    _draw_zones(zones, day, words)
    draw_sources(zones, words)
    export = filters_of(replace(view, series=series))
    st.download_button(
        words("zones.download"),
        data=lambda: queries.export(version, series, export, ".geojson", "zones"),
        file_name=f"{series}.geojson",
        mime="application/geo+json",
        icon=":material/download:",
        on_click="ignore",
    )


def _facts(zones: gpd.GeoDataFrame, begins: date, ends: date, words: Words) -> Iterator[Figure]:
    yield Figure("first", words("zones.first"), words.day(begins), "")
    yield Figure("last", words("zones.last"), words.day(ends), "")
    yield Figure("dates", words("zones.dates"), f"{zones['valid_from'].nunique():,}", "")
    yield Figure("zones", words("zones.count"), f"{len(zones):,}", "")
    sources = zones.loc[zones["source"] != "", "source"].nunique()
    yield Figure("sources", words("zones.sources"), f"{sources:,}", "")


def _draw_areas(zones: gpd.GeoDataFrame, areas: pd.DataFrame, day: date, words: Words) -> None:
    now = areas[areas["day"] == pd.Timestamp(day)]
    if now.empty:
        st.caption(words("zones.no_zone_on", day=words.day(day)))
        return
    names, colours = side_names(zones, words), side_colours(zones)
    total = float(now["area_km2"].sum())
    for row in now.sort_values("area_km2", ascending=False).itertuples():
        share = row.area_km2 / total if total else 0.0
        name = names.get(row.controller) or words.name("control", row.controller)
        colour = control_colour(row.controller, colours)
        bar = f'<span style="width:{share:.1%};background:{colour}"></span>'
        area = words("figures.km2", area=f"{row.area_km2:,.1f}")
        text = f"<strong>{escape(name)}</strong> <bdi>{area}</bdi> <bdi>({share:.0%})</bdi>"
        st.html(f'<div class="ca-held">{text}<div class="ca-bar">{bar}</div></div>')


def _draw_zones(zones: gpd.GeoDataFrame, day: date, words: Words) -> None:
    stamp = pd.Timestamp(day)
    now = zones[(zones["valid_from"] <= stamp) & ~(zones["valid_to"] <= stamp)]
    st.header(words("zones.list", day=words.day(day)))
    table = pd.DataFrame(now.drop(columns=["geometry", "series", "colour", "known_since"]))
    # As everywhere on these pages; the publisher's own name of a side is in the file.
    names = side_names(zones, words)
    table["controller_name"] = [
        names.get(code, name) for code, name in zip(now["controller"], now["controller_name"], strict=True)
    ]
    table["status"] = [words.name("zone_status", status) for status in table["status"]]
    table["doubt_km"] = table["doubt_km"].round(2)
    order = ["name", "controller_name", "status", "valid_from", "valid_to", "doubt_km", "source", "note", "zone_id"]
    st.dataframe(
        table[order],
        hide_index=True,
        width="stretch",
        height=320,
        column_config={
            "name": words("zones.zone"),
            "controller_name": words("zones.controller"),
            "status": words("zones.status"),
            "valid_from": st.column_config.DateColumn(words("zones.from"), format=words("formats.day")),
            "valid_to": st.column_config.DateColumn(words("zones.to"), format=words("formats.day")),
            "doubt_km": words("zones.doubt"),
            "source": words("zones.source"),
            "note": st.column_config.TextColumn(words("zones.note"), width="large"),
            "zone_id": "ID",
        },
    )


draw_page()
