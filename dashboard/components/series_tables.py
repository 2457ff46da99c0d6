"""Tables about zone series: which there are, and who says what of one of them."""

from __future__ import annotations

from datetime import date, timedelta

import geopandas as gpd
import pandas as pd
import streamlit as st

from dashboard.i18n import Words
from geo.tables import as_day


def days_of(zones: gpd.GeoDataFrame) -> tuple[date, date]:
    """Return the first and the last day of which a series tells."""
    begins = zones["valid_from"].min().date()
    ends = as_day(zones["valid_to"].max())
    last_change = zones["valid_from"].max().date()
    return begins, max(last_change, ends - timedelta(days=1)) if ends else last_change


def sources_of(zones: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return who says what of a series: one row a source, with its zones and their first and last day."""
    named = zones[zones["source"] != ""]
    last = named["valid_to"] - pd.Timedelta(days=1)
    groups = pd.DataFrame(named.drop(columns="geometry")).assign(last=last.fillna(named["valid_from"]))
    told = groups.groupby("source", as_index=False).agg(
        zones=("zone_id", "size"), first=("valid_from", "min"), last=("last", "max"), published=("known_since", "max")
    )
    return told.sort_values(["zones", "source"], ascending=[False, True]).reset_index(drop=True)


def draw_sources(zones: gpd.GeoDataFrame, words: Words) -> None:
    """Draw the folded table of a series' sources."""
    told = sources_of(zones)
    with st.expander(words("zones.sources_n", n=len(told)), icon=":material/menu_book:"):
        if told.empty:
            st.caption(words("zones.no_source"))
            return
        day = words("formats.day")
        st.dataframe(
            told,
            hide_index=True,
            width="stretch",
            column_config={
                "source": st.column_config.TextColumn(words("zones.source"), width="large"),
                "zones": words("zones.count"),
                "first": st.column_config.DateColumn(words("zones.first"), format=day),
                "last": st.column_config.DateColumn(words("zones.last"), format=day),
                "published": st.column_config.DateColumn(words("zones.published"), format=day),
            },
        )


def draw_all_series(facts: pd.DataFrame, words: Words) -> None:
    """Draw the table of all series of the store, where there are several."""
    if len(facts) < 2:
        return
    day = words("formats.day")
    with st.expander(words("zones.all", n=len(facts)), icon=":material/layers:"):
        st.dataframe(
            facts,
            hide_index=True,
            width="stretch",
            column_config={
                "series": words("zones.series"),
                "first": st.column_config.DateColumn(words("zones.first"), format=day),
                "last": st.column_config.DateColumn(words("zones.last"), format=day),
                "dates": words("zones.dates"),
                "zones": words("zones.count"),
                "sources": st.column_config.TextColumn(words("zones.sources"), width="large"),
            },
        )


def series_facts(series: str, zones: gpd.GeoDataFrame) -> dict[str, object]:
    """Return a series in one row: its days, on how many of them it changes, and who says so."""
    begins, ends = days_of(zones)
    return {
        "series": series,
        "first": begins,
        "last": ends,
        "dates": int(zones["valid_from"].nunique()),
        "zones": len(zones),
        "sources": "; ".join(sources_of(zones)["source"]),
    }
