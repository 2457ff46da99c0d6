"""Buttons that hand over what the view shows; a file is made when its button is pressed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard import queries
from dashboard.i18n import Words
from dashboard.queries import Layer, Suffix, Version
from dashboard.session import filters_of
from dashboard.sight import public_version
from dashboard.state import View

_MEDIA_TYPES: dict[Suffix, str] = {
    ".html": "text/html",
    ".geojson": "application/geo+json",
    ".csv": "text/csv",
    ".gpkg": "application/geopackage+sqlite3",
    ".parquet": "application/vnd.apache.parquet",
    ".kml": "application/vnd.google-earth.kml+xml",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that can be downloaded."""

    layer: Layer
    suffix: Suffix

    @property
    def name(self) -> str:
        """The file's name."""
        return f"conflict-atlas-map{self.suffix}" if self.suffix == ".html" else f"{self.layer}{self.suffix}"


_FORMATS: tuple[Suffix, ...] = (".geojson", ".csv", ".gpkg", ".parquet", ".kml")


def draw_downloads(version: Version, series: str, view: View, words: Words) -> None:
    """Draw a menu of all files that the view can be had as."""
    menu = st.popover(
        words("downloads.menu"), icon=":material/download:", width="stretch", key="downloads_menu", on_change="rerun"
    )
    with menu:
        st.caption(words("downloads.same_view"))
        # Eleven buttons that nobody sees would be half of what every move of the reader sends to the browser.
        if not menu.open:
            return
        if version.public_at is None and st.checkbox(words("downloads.public"), key="download_public"):
            version = public_version(version)
        _button(version, series, view, words("downloads.map"), Offer("events", ".html"))
        events, zones = st.columns(2, gap="small")
        for column, layer in ((events, "events"), (zones, "zones")):
            with column:
                st.markdown(f"**{words(f'downloads.{layer}')}**")
                for suffix in _FORMATS:
                    offer = Offer("events" if layer == "events" else "zones", suffix)
                    _button(version, series, view, words.name("format", suffix[1:]), offer)


def _button(version: Version, series: str, view: View, label: str, offer: Offer) -> None:
    # A map is opened where the reader is; a table is the same wherever that is.
    told = view if offer.suffix == ".html" else filters_of(view)
    st.download_button(
        label,
        data=partial(queries.export, version, series, told, offer.suffix, offer.layer),
        file_name=offer.name,
        mime=_MEDIA_TYPES[offer.suffix],
        key=f"download_{offer.layer}_{offer.suffix[1:]}",
        on_click="ignore",
        width="stretch",
    )
