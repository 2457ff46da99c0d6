"""Bringing zones into the store: files are checked, what they mean is filled in, a report says what was mended."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

import streamlit as st

from dashboard.access import require
from dashboard.components.as_written import as_written
from dashboard.components.mapping_form import draw_mapping_form, mapping_toml, open_values
from dashboard.components.notices import show_rejections
from dashboard.i18n import Words
from dashboard.roles import Role
from geo.settings import read_settings
from geo.zones import ImportReport

_UNMAPPED = "zones_unmapped"


@dataclass(frozen=True, slots=True)
class _Unmapped:
    """An import that waits for somebody to say what the files' values mean."""

    series: str
    files: tuple[tuple[str, bytes], ...]
    unknown: Mapping[str, int]
    draft: str


def draw_import(words: Words, *, expanded: bool) -> None:
    """Draw the form, and the mapping editor while the last import has values that no rule knows."""
    _draw_form(words, expanded=expanded)
    _draw_mapping(words)


def _draw_form(words: Words, *, expanded: bool) -> None:
    with st.expander(words("zones.import"), icon=":material/upload_file:", expanded=expanded):
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
        st.caption(words("zones.mapping_open", n=len(left), values=as_written(", ".join(left[:5]))))
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
            st.caption(as_written(str(error)))
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
            st.caption(f"**{title}** {as_written('; '.join(listed))}")
    for note in report.notes:
        st.caption(as_written(note))
    faults = report.table()
    if not faults.empty:
        st.dataframe(faults, hide_index=True, width="stretch")
