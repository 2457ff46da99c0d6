"""The zones page: the series of the store, their days, areas and sources, and the import of more."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import escape
from pathlib import Path, PurePath

import geopandas as gpd
import pandas as pd
import streamlit as st

from dashboard import queries
from dashboard.access import require
from dashboard.components import charts
from dashboard.components.chart_box import draw_chart
from dashboard.components.entrance import may
from dashboard.components.figures import Figure, figures_html
from dashboard.components.mapping_form import draw_mapping_form, mapping_toml, open_values
from dashboard.components.notices import show_rejections
from dashboard.i18n import Words
from dashboard.palette import control_colour, side_colours, side_names
from dashboard.roles import Role
from dashboard.session import change_view, current_view, current_words, filters_of
from geo.settings import read_settings
from geo.tables import as_day
from geo.zones import ImportReport

_UNMAPPED = "zones_unmapped"


@dataclass(frozen=True, slots=True)
class _Unmapped:
    """An import that waits for somebody to say what the files' values mean."""

    series: str
    files: tuple[tuple[str, bytes], ...]
    unknown: Mapping[str, int]
    draft: str


def draw_page() -> None:
    """Draw the chosen series by day, and below it the import."""
    words = current_words()
    st.title(words("pages.zones"))
    version = queries.store_version()
    names = queries.series_names(version)
    if names:
        _draw_series(version, names, words)
    else:
        st.info(words("zones.none"), icon=":material/layers_clear:")
    if may(Role.EDITOR, words):
        _draw_import(words)
        _draw_mapping(words)


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
    begins, ends = _days_of(zones)
    with facts:
        st.html(figures_html(_facts(zones, begins, ends, words)))
    day = _draw_day(begins, ends, words)
    areas = queries.areas(version, series)
    table, chart = st.columns([0.42, 0.58], gap="medium")
    with table:
        st.header(words("zones.held_on", day=words.day(day)))
        _draw_areas(zones, areas, day, words)
    with chart:
        sides, colours, doubt = side_names(zones, words), side_colours(zones), charts.border_doubt(zones)
        draw_chart(charts.area_held(areas, words, names=sides, colours=colours, doubt=doubt), words)
    _draw_zones(zones, day, words)
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
    yield Figure("zones", words("zones.count"), f"{len(zones):,}", "")
    sources = zones.loc[zones["source"] != "", "source"].nunique()
    yield Figure("sources", words("zones.sources"), f"{sources:,}", "")


def _days_of(zones: gpd.GeoDataFrame) -> tuple[date, date]:
    begins = zones["valid_from"].min().date()
    ends = as_day(zones["valid_to"].max())
    last_change = zones["valid_from"].max().date()
    return begins, max(last_change, ends - timedelta(days=1)) if ends else last_change


def _draw_day(begins: date, ends: date, words: Words) -> date:
    view = current_view()
    if begins == ends:
        return begins
    st.session_state["zones_day"] = min(max(view.day or begins, begins), ends)
    return st.slider(
        words("zones.day"),
        begins,
        ends,
        key="zones_day",
        format=words("formats.day"),
        on_change=lambda: change_view(day=st.session_state["zones_day"]),
    )


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


def _draw_import(words: Words) -> None:
    with st.expander(words("zones.import"), icon=":material/upload_file:"):
        st.markdown(words("zones.import_lead"))
        with st.form("zone_import", border=False):
            name = st.text_input(words("zones.import_name"), placeholder=words("zones.import_name_hint"))
            files = st.file_uploader(
                words("zones.import_files"),
                type=["geojson", "json", "gpkg", "zip", "kml", "kmz"],
                accept_multiple_files=True,
            )
            mapping = st.text_area(words("zones.mapping"), help=words("zones.mapping_help"), height=120)
            check, store, _ = st.columns([0.18, 0.18, 0.64])
            checked = check.form_submit_button(words("zones.import_check"), width="stretch")
            stored = store.form_submit_button(words("zones.import_store"), type="primary", width="stretch")
        if not (checked or stored):
            return
        if not files or not name.strip():
            st.warning(words("zones.need_files"), icon=":material/edit_note:")
            return
        given = tuple((file.name, file.getvalue()) for file in files)
        st.session_state.pop(_UNMAPPED, None)
        _import(given, name.strip(), mapping, words, keep=stored)


def _draw_mapping(words: Words) -> None:
    """Draw the mapping editor while the last import has values that no rule knows."""
    waiting: _Unmapped | None = st.session_state.get(_UNMAPPED)
    if waiting is None:
        return
    st.subheader(words("zones.mapping_title", series=waiting.series))
    st.markdown(words("zones.mapping_lead"))
    table = draw_mapping_form(waiting.unknown, words)
    left = open_values(table)
    if left:
        st.caption(words("zones.mapping_open", n=len(left), values=", ".join(left[:5])))
    mapping = mapping_toml(table, waiting.draft)
    check, store, save, _ = st.columns([0.18, 0.18, 0.24, 0.4])
    unsure = bool(left)
    checked = check.button(words("zones.import_check"), key="mapping_check", disabled=unsure, width="stretch")
    stored = store.button(
        words("zones.import_store"), key="mapping_store", type="primary", disabled=unsure, width="stretch"
    )
    save.download_button(
        words("zones.mapping_save"),
        mapping,
        file_name=f"{waiting.series}.toml",
        mime="application/toml",
        on_click="ignore",
        disabled=unsure,
    )
    if checked or stored:
        _import(waiting.files, waiting.series, mapping, words, keep=stored)


def _import(files: tuple[tuple[str, bytes], ...], series: str, mapping: str, words: Words, *, keep: bool) -> None:
    from geo.stores import open_store
    from geo.zones import UnmappedValuesError, read_zone_files

    with tempfile.TemporaryDirectory(prefix="conflict-atlas-") as folder:
        paths = []
        for name, content in files:
            path = Path(folder) / (PurePath(name.replace("\\", "/")).name or "zones.geojson")
            path.write_bytes(content)
            paths.append(path)
        rules = Path(folder) / "mapping.toml"
        rules.write_text(mapping, encoding="utf-8")
        try:
            read = read_zone_files(paths, series=series, mapping=rules if mapping.strip() else None)
        except UnmappedValuesError as error:
            st.warning(words("zones.unmapped"), icon=":material/rule:")
            st.caption(str(error))
            st.session_state[_UNMAPPED] = _Unmapped(series, files, error.unknown, error.draft)
            return
    _draw_report(read.report, words)
    show_rejections(read.rejections, words)
    if keep and not read.zones.empty:
        require(Role.EDITOR)
        with open_store(read_settings().store, create=True) as store:
            store.put_zones(read.zones)
        st.success(words("zones.imported", n=len(read.zones), series=series), icon=":material/check:")


def _draw_report(report: ImportReport, words: Words) -> None:
    st.subheader(words("zones.report"))
    st.markdown(words("zones.report_counts", files=report.files, features=report.features, taken=report.taken))
    totals = [
        f"{name}: {value:,.3f}" if name.endswith("km2") else f"{name}: {value:.0f}"
        for name, value in report.totals().items()
    ]
    aside = [f"{reason}: {count}" for reason, count in report.set_aside.items()]
    for title, listed in ((words("zones.repairs"), totals), (words("zones.set_aside"), aside)):
        if listed:
            st.caption(f"**{title}** {'; '.join(listed)}")
    for note in report.notes:
        st.caption(note)
    faults = report.table()
    if not faults.empty:
        st.dataframe(faults, hide_index=True, width="stretch")


draw_page()
