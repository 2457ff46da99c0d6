"""Charts of what the view shows: pure functions from tables to altair charts, each with the table that it draws."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import geopandas as gpd
import pandas as pd

from dashboard.i18n import Words
from dashboard.palette import control_colour
from geo.layers.palette import MARKS
from geo.vocabulary import EventType, Factuality, TimePrecision

_HAPPENED = (Factuality.ASSERTED, Factuality.CLAIMED)
_TOP = 12
_PANELS = 6
_WORD_JOINER = "\u2060"
_HEIGHT = 300
"""Pixels of a whole chart, its axes and legend included."""
_LEGEND = alt.Legend(
    # On a phone two columns would be cut off at the edge.
    orient="bottom",
    columns=alt.ExprRef("width < 330 ? 1 : 2"),
    labelLimit=260,
    offset=6,
    padding=0,
)
_LEAST_DAYS = 14
"""A shorter span would draw a day as wide as a wall."""
_ON_BOTH_THEMES = {EventType.BATTLES: "#808080"}
"""Instead of the map's colour where that would vanish on a dark page."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, the rows behind it, and what it counts."""

    key: str
    title: str
    drawing: alt.Chart | alt.LayerChart
    rows: pd.DataFrame
    note: str
    """What n is, and which doubt the chart leaves out."""


def events_by_day(events: gpd.GeoDataFrame, words: Words) -> Chart:
    """Count the events of each day, by type; those known to a week or a month only belong to no day."""
    dated = events[_known_to_the_day(events)]
    rows = dated.groupby(["date_start", "event_type"], as_index=False).size()
    rows = _plain(rows.rename(columns={"date_start": "day", "size": "events"}))
    rows["type"] = [words.name("type", code) for code in rows["event_type"]]
    present = [code for code in EventType if code in set(rows["event_type"])]
    drawing = _base(rows).mark_bar()
    drawing = drawing.encode(
        x=_days(words, rows),
        y=alt.Y("sum(events):Q", title=words("trends.events"), axis=alt.Axis(tickMinStep=1)),
        color=_types(present, words),
        tooltip=_tips(words, ("day", "T"), ("type", "N"), ("events", "Q")),
    )
    undated = int(events["date_start"].isna().sum())
    vague = len(events) - len(dated) - undated
    note = words("trends.events_note", n=len(dated), undated=undated, vague=vague)
    return Chart("events_by_day", words("trends.events_by_day"), drawing, rows, note)


def killed_by_day(events: gpd.GeoDataFrame, words: Words) -> Chart:
    """Add up the killed of each day: the best estimates as bars, the bounds as lines."""
    happened = events[events["factuality"].isin(_HAPPENED)]
    counts = happened[["fatalities_low", "fatalities_best", "fatalities_high"]]
    counted = happened[counts.notna().any(axis=1)]
    known = counted[_known_to_the_day(counted)]
    best = known["fatalities_best"].fillna(known["fatalities_low"]).fillna(known["fatalities_high"])
    table = pd.DataFrame(
        {
            "day": known["date_start"],
            "low": known["fatalities_low"].fillna(best),
            "best": best,
            "high": known["fatalities_high"].fillna(best),
        }
    )
    rows = _plain(table.groupby("day", as_index=False).sum())
    base = _base(rows).encode(x=_days(words, rows))
    tips = _tips(words, ("day", "T"), ("low", "Q"), ("best", "Q"), ("high", "Q"))
    bars = base.mark_bar(color="#9a26d9", opacity=0.75).encode(
        y=alt.Y("best:Q", title=words("trends.killed"), axis=alt.Axis(tickMinStep=1)), tooltip=tips
    )
    # Chart colours that must stand on both themes are a middle grey.
    bounds = base.mark_rule(strokeWidth=2, color="#8a8f98").encode(
        x=_days(words, rows, middle=True), y="low:Q", y2="high:Q", tooltip=tips
    )
    silent, vague = len(happened) - len(counted), len(counted) - len(known)
    note = words("trends.killed_note", n=len(known), silent=silent, vague=vague)
    return Chart("killed_by_day", words("trends.killed_by_day"), bars + bounds, rows, note)


def events_by_type(events: gpd.GeoDataFrame, words: Words) -> Chart:
    """Count events by sub-type."""
    rows = _plain(events.groupby(["event_type", "sub_event_type"], as_index=False).size())
    rows = rows.rename(columns={"size": "events"})
    rows["sub_type"] = [words.name("sub_type", code) for code in rows["sub_event_type"]]
    rows["type"] = [words.name("type", code) for code in rows["event_type"]]
    present = [code for code in EventType if code in set(rows["event_type"])]
    # Beside the long names no room is left for a legend: the colours are those of the map and of the chart by day.
    drawing = _bars(rows, "sub_type", words).encode(
        color=_types(present, words, legend=None),
        tooltip=_tips(words, ("type", "N"), ("sub_type", "N"), ("events", "Q")),
    )
    return Chart(
        "events_by_type", words("trends.events_by_type"), drawing, rows, words("trends.types_note", n=len(events))
    )


def events_by_actor(events: gpd.GeoDataFrame, words: Words) -> Chart:
    """Count events by who is said to have done them, the most frequent first."""
    named = events[events["actor1"] != ""]
    rows = _plain(named["actor1"].value_counts().head(_TOP).rename_axis("actor").reset_index(name="events"))
    named_rows = rows.assign(actor=_labels(rows["actor"]))
    drawing = _bars(named_rows, "actor", words).encode(tooltip=_tips(words, ("actor", "N"), ("events", "Q")))
    note = words("trends.actor_note", n=len(named), silent=len(events) - len(named), top=_TOP)
    return Chart("events_by_actor", words("trends.events_by_actor"), drawing, rows, note)


def events_by_control(
    events: gpd.GeoDataFrame, words: Words, *, names: Mapping[str, str], colours: Mapping[str, str]
) -> Chart:
    """Count events by who held the ground on their day."""
    rows = _plain(events.groupby("control", as_index=False).size().rename(columns={"size": "events"}))
    rows["side"] = [names.get(code) or words.name("control", code) for code in rows["control"]]
    shades = [control_colour(code, colours) for code in rows["control"]]
    named_rows = rows.assign(side=_labels(rows["side"]))
    scale = alt.Scale(domain=list(named_rows["side"]), range=shades)
    drawing = _bars(named_rows, "side", words).encode(
        color=alt.Color("side:N", scale=scale, legend=None), tooltip=_tips(words, ("side", "N"), ("events", "Q"))
    )
    note = words("trends.n_events", n=len(events))
    return Chart("events_by_control", words("trends.events_by_control"), drawing, rows, note)


def area_held(areas: pd.DataFrame, words: Words, *, names: Mapping[str, str], colours: Mapping[str, str]) -> Chart:
    """Draw the area that each side held, by day."""
    rows = _plain(areas.copy())
    rows["side"] = [names.get(code) or words.name("control", code) for code in rows["controller"]]
    named_rows = rows.assign(side=_labels(rows["side"]))
    sides = list(dict.fromkeys(zip(rows["controller"], named_rows["side"], strict=True)))
    scale = alt.Scale(
        domain=[side for _, side in sides],
        range=[control_colour(code, colours) for code, _ in sides],
    )
    drawing = (
        _base(named_rows)
        .mark_line(interpolate="step-after", strokeWidth=3)
        .encode(
            x=_days(words, rows),
            y=alt.Y("area_km2:Q", title=words("trends.km2")),
            color=alt.Color("side:N", scale=scale, title=None, legend=_LEGEND),
            strokeDash=alt.StrokeDash("side:N", legend=None, scale=alt.Scale(domain=[side for _, side in sides])),
            tooltip=_tips(words, ("day", "T"), ("side", "N"), ("area_km2", "Q")),
        )
    )
    days = rows["day"].nunique() if len(rows) else 0
    return Chart("area_held", words("trends.area_held"), drawing, rows, words("trends.area_note", n=days))


def front_length(fronts: pd.DataFrame, words: Words) -> Chart:
    """Draw the length of the frontline by day."""
    rows = _plain(fronts.copy())
    drawing = (
        _base(rows)
        .mark_line(interpolate="step-after", strokeWidth=3, color="#5b86b3")
        .encode(
            x=_days(words, rows),
            y=alt.Y("front_km:Q", title=words("trends.km")),
            tooltip=_tips(words, ("day", "T"), ("front_km", "Q")),
        )
    )
    return Chart("front_length", words("trends.front_length"), drawing, rows, words("trends.front_note", n=len(rows)))


def sub_types_by_week(events: gpd.GeoDataFrame, words: Words) -> Chart:
    """Draw small multiples: the events of each week, a panel for each of the most frequent sub-types, one scale."""
    dated = events[events["date_start"].notna()]
    most = list(dated["sub_event_type"].value_counts().head(_PANELS).index)
    kept = dated[dated["sub_event_type"].isin(most)]
    weeks = kept["date_start"] - pd.to_timedelta(kept["date_start"].dt.day_of_week, unit="D")
    rows = pd.DataFrame({"day": weeks, "sub_event_type": kept["sub_event_type"]})
    rows = _plain(rows.groupby(["day", "sub_event_type"], as_index=False).size().rename(columns={"size": "events"}))
    rows["sub_type"] = [words.name("sub_type", code) for code in rows["sub_event_type"]]
    # Bars, as a line or an area would join two weeks over one that has no event.
    panel = alt.Chart(rows.assign(until=rows["day"] + pd.Timedelta(days=6)), width=130, height=70)
    drawing = panel.mark_bar(color="#5b86b3").encode(
        x=_days(words, rows),
        x2=alt.X2("until:T", timeUnit="utcyearmonthdate"),
        y=alt.Y("events:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=3)),
        tooltip=_tips(words, ("day", "T"), ("sub_type", "N"), ("events", "Q")),
        facet=alt.Facet("sub_type:N", columns=2, title=None, header=alt.Header(labelLimit=170)),
    )
    left = len(events) - len(kept)
    note = words("trends.weeks_note", n=len(kept), top=_PANELS, left=left)
    return Chart("sub_types_by_week", words("trends.sub_types_by_week"), drawing, rows, note)


def _known_to_the_day(events: gpd.GeoDataFrame) -> pd.Series:
    return events["date_start"].notna() & (events["time_precision"] == TimePrecision.DAY).fillna(False).astype(bool)


def _base(rows: pd.DataFrame) -> alt.Chart:
    return alt.Chart(rows, height=_HEIGHT)


def _bars(rows: pd.DataFrame, name: str, words: Words) -> alt.Chart:
    chart = _base(rows).properties(height=70 + 26 * max(2, len(rows)))
    return chart.mark_bar(color="#5b86b3", size=18).encode(
        x=alt.X("events:Q", title=words("trends.events"), axis=alt.Axis(tickMinStep=1)),
        y=alt.Y(f"{name}:N", sort="-x", title=None, axis=alt.Axis(labelLimit=220, labelOverlap=False)),
    )


def _days(words: Words, rows: pd.DataFrame, *, middle: bool = False) -> alt.X:
    # Vega knows the months of its own language alone.
    months = [words(f"months_short.m{month}") for month in range(1, 13)]
    said = f"utcdate(datum.value) + ' ' + {json.dumps(months, ensure_ascii=False)}[utcmonth(datum.value)]"
    axis = alt.Axis(labelExpr=said, labelAngle=0, labelFlush=False)
    position = 0.5 if middle else alt.Undefined
    scale = alt.Scale(domain=_span(rows["day"])) if len(rows) else alt.Undefined
    return alt.X("day:T", timeUnit="utcyearmonthdate", title=None, axis=axis, scale=scale, bandPosition=position)


def _span(days: pd.Series) -> list[alt.DateTime]:
    """Return the first day and the end of the last, some days around them where they are few."""
    first, last = days.min(), days.max()
    short = max(0, _LEAST_DAYS - (last - first).days - 1)
    ends = first - pd.Timedelta(days=short // 2), last + pd.Timedelta(days=1 + short - short // 2)
    return [alt.DateTime(year=end.year, month=end.month, date=end.day, utc=True) for end in ends]


def _types(present: Sequence[EventType], words: Words, *, legend: alt.Legend | None = _LEGEND) -> alt.Color:
    scale = alt.Scale(
        domain=[words.name("type", code) for code in present],
        range=[_ON_BOTH_THEMES.get(code, MARKS[code].colour) for code in present],
    )
    return alt.Color("type:N", scale=scale, title=None, legend=legend)


def _labels(names: Iterable[str]) -> list[str]:
    """Return names that reports chose as labels, each behind a word joiner, which nobody sees.

    Vega keeps its groups and scales in plain JavaScript objects, where `__proto__` is no name like another.
    """
    return [_WORD_JOINER + name for name in names]


def _tips(words: Words, *fields: tuple[str, str]) -> list[alt.Tooltip]:
    formats: dict[str, str] = {"T": words("formats.tooltip_day"), "Q": ",.4~g"}
    return [
        alt.Tooltip(f"{name}:{kind}", title=words(f"columns.{name}"), format=formats.get(kind, alt.Undefined))
        for name, kind in fields
    ]


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with plain dtypes: Vega reads no nullable integers, and days as UTC midnights."""
    plain = pd.DataFrame(rows).reset_index(drop=True)
    for name in plain.columns:
        if isinstance(plain[name].dtype, pd.Int64Dtype):
            plain[name] = plain[name].astype("int64")
        elif str(plain[name].dtype).startswith("datetime64"):
            plain[name] = plain[name].dt.tz_localize("UTC")
    return plain
