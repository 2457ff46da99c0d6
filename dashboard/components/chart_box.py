"""A chart in its box: title, drawing, what it counts, and its data and picture to take away."""

from __future__ import annotations

import streamlit as st

from dashboard.components.browser import browser_component
from dashboard.components.charts import Chart
from dashboard.i18n import Words
from geo.exports import table_csv


def draw_chart(chart: Chart, words: Words) -> None:
    """Draw a chart with its note and its two buttons."""
    with st.container(border=True, key=f"box_{chart.key}"):
        st.header(chart.title)
        if chart.rows.empty:
            # Empty axes look like a fault.
            st.info(words("trends.no_rows"), icon=":material/filter_alt:")
            st.caption(chart.note)
            return
        drawing = chart.drawing.properties(padding={"left": 4, "top": 8, "right": 10, "bottom": 2})
        st.altair_chart(drawing, width="stretch", key=f"chart_{chart.key}")
        st.caption(chart.note)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"take_{chart.key}"):
            st.download_button(
                words("trends.csv"),
                data=lambda: table_csv(chart.rows),
                file_name=f"{chart.key}.csv",
                mime="text/csv",
                key=f"csv_{chart.key}",
                on_click="ignore",
                icon=":material/table:",
            )
            browser_component("picture_button")(
                key=f"png_{chart.key}",
                data={
                    "label": words("trends.picture"),
                    "title": words("trends.png", chart=chart.title),
                    "heading": chart.title,
                    "note": chart.note,
                    "direction": "rtl" if words.right_to_left else "ltr",
                    "chart": f"st-key-box_{chart.key}",
                    "file": f"{chart.key}.png",
                },
            )
