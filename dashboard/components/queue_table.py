"""The queue of events that wait for a second look, as a table to choose from."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import streamlit as st

from dashboard.i18n import Words
from dashboard.session import change_view


def draw_queue(queue: gpd.GeoDataFrame, words: Words) -> None:
    """Draw the folded table; a chosen row becomes the view's event."""
    with st.expander(words("review.queue", n=len(queue)), icon=":material/list:"):
        table = pd.DataFrame(
            {
                "day": queue["date_start"],
                "sub_type": [words.name("sub_type", code) for code in queue["sub_event_type"]],
                "place": queue["place_name"],
                "killed": queue["fatalities_best"],
                "confidence": queue["confidence"],
            }
        )
        chosen = st.dataframe(
            table,
            hide_index=True,
            width="stretch",
            on_select="rerun",
            selection_mode="single-row",
            key=f"queue_{len(queue)}",
            column_config={
                "day": st.column_config.DateColumn(words("columns.day"), format=words("formats.day")),
                "sub_type": words("columns.sub_type"),
                "place": words("card.where"),
                "killed": words("card.killed"),
                "confidence": st.column_config.ProgressColumn(words("card.confidence"), min_value=0.0, max_value=1.0),
            },
        )
    rows = chosen["selection"]["rows"]
    picked = str(queue.iloc[rows[0]]["event_id"]) if rows else ""
    if picked and st.session_state.get("review_picked") != picked:
        st.session_state["review_picked"] = picked
        change_view(selected=picked)
        st.rerun()
