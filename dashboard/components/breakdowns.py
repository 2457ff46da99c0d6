"""Charts of what falls to each kind: events or people harmed by sub-type, actor and holder, and week by week."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import geopandas as gpd
import pandas as pd

from dashboard.components.charts import (
    BOUNDS_COLOUR,
    Chart,
    days_axis,
    group_labels,
    plain_rows,
    tooltips,
    type_colours,
)
from dashboard.i18n import Words
from dashboard.measures import HAPPENED, Counted, Measure, counted
from dashboard.palette import control_colour
from geo.vocabulary import CONTESTED, UNCERTAIN, UNKNOWN, EventType, Factuality, TimePrecision

_TOP = 12
_PANELS = 6
_PLAIN = "#5b86b3"
_UNSURE = (CONTESTED, UNCERTAIN, UNKNOWN)


def by_sub_type(events: gpd.GeoDataFrame, words: Words, measure: Measure = Measure.EVENTS) -> Chart:
    """Count by sub-type, in the colours of the types."""
    told = counted(events, measure)
    rows = _summed(told, ["event_type", "sub_event_type"], measure)
    rows["sub_type"] = [words.name("sub_type", code) for code in rows["sub_event_type"]]
    rows["type"] = [words.name("type", code) for code in rows["event_type"]]
    present = [code for code in EventType if code in set(rows["event_type"])]
    # Beside the long names no room is left for a legend: the colours are those of the map and of the chart by day.
    colour = type_colours(present, words, legend=None)
    drawing = _bars(rows, "sub_type", words, measure, color=colour, tips=(("type", "N"), ("sub_type", "N")))
    note = f"{_counted_note(told, words, measure)} {words('trends.types_note')}"
    return Chart(f"{measure}_by_type", words(f"trends.{measure}_by_type"), drawing, rows, note)


def by_actor(events: gpd.GeoDataFrame, words: Words, measure: Measure = Measure.EVENTS) -> Chart:
    """Count by who is said to have done it, those with most first."""
    told = counted(events, measure)
    named = told.events[told.events["actor1"] != ""]
    rows = _summed(told, ["actor1"], measure, of=named).rename(columns={"actor1": "actor"})
    rows = rows.sort_values([_amount(measure), "actor"], ascending=[False, True]).head(_TOP).reset_index(drop=True)
    drawing = _bars(
        rows.assign(actor=group_labels(rows["actor"])), "actor", words, measure, color=None, tips=(("actor", "N"),)
    )
    silent = len(told.events) - len(named)
    note = f"{_counted_note(told, words, measure)} {words('trends.actor_note', top=_TOP, silent=silent)}"
    return Chart(f"{measure}_by_actor", words(f"trends.{measure}_by_actor"), drawing, rows, note)


def by_control(
    events: gpd.GeoDataFrame,
    words: Words,
    measure: Measure = Measure.EVENTS,
    *,
    names: Mapping[str, str],
    colours: Mapping[str, str],
) -> Chart:
    """Count by who held the ground on the day."""
    told = counted(events, measure)
    rows = _summed(told, ["control"], measure)
    rows["side"] = [names.get(code) or words.name("control", code) for code in rows["control"]]
    labelled = rows.assign(side=group_labels(rows["side"]))
    shades = [control_colour(code, colours) for code in rows["control"]]
    scale = alt.Scale(domain=list(labelled["side"]), range=shades)
    colour = alt.Color("side:N", scale=scale, legend=None)
    drawing = _bars(labelled, "side", words, measure, color=colour, tips=(("side", "N"),))
    unsure = int(told.events["control"].isin(_UNSURE).sum())
    note = f"{_counted_note(told, words, measure)} {words('trends.control_note', unsure=unsure)}"
    return Chart(f"{measure}_by_control", words(f"trends.{measure}_by_control"), drawing, rows, note)


def by_week(events: gpd.GeoDataFrame, words: Words, measure: Measure = Measure.EVENTS) -> Chart:
    """Draw small multiples: the amount of each week, a panel for each of the sub-types with most, on one scale."""
    told = counted(events, measure)
    amount = _amount(measure)
    weekly = (told.events["time_precision"] <= TimePrecision.WEEK).fillna(False).astype(bool)
    dated = told.events[told.events["date_start"].notna() & weekly]
    most = list(dated.groupby("sub_event_type")["best"].sum().sort_values(ascending=False, kind="stable").index)
    kept = dated[dated["sub_event_type"].isin(most[:_PANELS])]
    weeks = kept["date_start"] - pd.to_timedelta(kept["date_start"].dt.day_of_week, unit="D")
    table = pd.DataFrame({"day": weeks, "sub_event_type": kept["sub_event_type"], amount: kept["best"]})
    rows = plain_rows(table.groupby(["day", "sub_event_type"], as_index=False)[amount].sum())
    rows["sub_type"] = [words.name("sub_type", code) for code in rows["sub_event_type"]]
    # Bars, as a line or an area would join two weeks over one that has no event.
    panel = alt.Chart(rows.assign(until=rows["day"] + pd.Timedelta(days=6)), width=130, height=70)
    drawing = panel.mark_rect(color=_PLAIN).encode(
        x=days_axis(words, rows),
        x2=alt.X2("until:T", timeUnit="utcyearmonthdate"),
        y=alt.Y(f"{amount}:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=3), scale=alt.Scale(zero=True)),
        # With two ends by day and one by number, a bar would hang at its height as a dash.
        y2=alt.Y2Datum(0),
        tooltip=tooltips(words, ("day", "T"), ("sub_type", "N"), (amount, "Q")),
        facet=alt.Facet("sub_type:N", columns=2, title=None, header=alt.Header(labelLimit=170)),
    )
    note = words("trends.weeks_note", n=len(kept), top=_PANELS, left=len(events) - len(kept))
    return Chart(f"{measure}_by_week", words(f"trends.{measure}_by_week"), drawing, rows, note)


def _amount(measure: Measure) -> str:
    """Return the column that a chart draws."""
    return "events" if measure is Measure.EVENTS else "best"


def _summed(told: Counted, by: list[str], measure: Measure, *, of: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return one row a group: how many events count in it, and of people harmed the three sums."""
    groups = (told.events if of is None else of).groupby(by, as_index=False)
    rows = groups.size().rename(columns={"size": "events"})
    if measure is not Measure.EVENTS:
        rows = rows.merge(groups[["low", "best", "high"]].sum(), on=by)
    return plain_rows(rows)


def _bars(
    rows: pd.DataFrame,
    name: str,
    words: Words,
    measure: Measure,
    *,
    color: alt.Color | None,
    tips: tuple[tuple[str, str], ...],
) -> alt.Chart | alt.LayerChart:
    """Draw a bar a group, the longest first, and over people harmed the lowest to the highest sum."""
    amount = _amount(measure)
    base = alt.Chart(rows, height=70 + 26 * max(2, len(rows))).encode(
        y=alt.Y(
            f"{name}:N", sort=_order(rows, name, amount), title=None, axis=alt.Axis(labelLimit=220, labelOverlap=False)
        )
    )
    sums = (("low", "Q"), ("best", "Q"), ("high", "Q")) if measure is not Measure.EVENTS else ()
    told: dict[str, Any] = {"tooltip": tooltips(words, *tips, *sums, ("events", "Q"))}
    shades = {} if color is None else {"color": color}
    bars = base.mark_bar(color=_PLAIN, size=18).encode(
        x=alt.X(f"{amount}:Q", title=words(f"trends.{measure}"), axis=alt.Axis(tickMinStep=1)), **told, **shades
    )
    if measure is Measure.EVENTS:
        return bars
    return bars + base.mark_rule(strokeWidth=2, color=BOUNDS_COLOUR).encode(x="low:Q", x2="high:Q", **told)


def _order(rows: pd.DataFrame, name: str, amount: str) -> list[str]:
    return list(rows.sort_values(amount, ascending=False, kind="stable")[name])


def _counted_note(told: Counted, words: Words, measure: Measure) -> str:
    if measure is Measure.EVENTS:
        unreal = int((~told.events["factuality"].isin(HAPPENED)).sum())
        claimed = int((told.events["factuality"] == Factuality.CLAIMED).sum())
        return words("trends.n_events", n=len(told.events), claimed=claimed, unreal=unreal)
    left = {"silent": told.silent, "unreal": told.unreal, "long": told.long_tolls}
    return words("trends.n_casualties", n=len(told.events), **left)
