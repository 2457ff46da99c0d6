"""Charts of what the view shows: pure functions from tables to altair charts, each with the table that it draws."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import geopandas as gpd
import pandas as pd

from dashboard.i18n import Words
from dashboard.measures import Measure, counted
from dashboard.palette import control_colour
from geo.layers.palette import MARKS
from geo.vocabulary import EventType, TimePrecision

CASUALTY_COLOUR, BOUNDS_COLOUR = "#9a26d9", "#8a8f98"
"""Of people harmed, and of how sure their number is: what must stand on both themes is a middle grey."""
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
    rows = plain_rows(rows.rename(columns={"date_start": "day", "size": "events"}))
    rows["type"] = [words.name("type", code) for code in rows["event_type"]]
    present = [code for code in EventType if code in set(rows["event_type"])]
    drawing = _base(rows).mark_bar()
    drawing = drawing.encode(
        x=days_axis(words, rows),
        y=alt.Y("sum(events):Q", title=words("trends.events"), axis=alt.Axis(tickMinStep=1)),
        color=type_colours(present, words),
        tooltip=tooltips(words, ("day", "T"), ("type", "N"), ("events", "Q")),
    )
    undated = int(events["date_start"].isna().sum())
    vague = len(events) - len(dated) - undated
    note = words("trends.events_note", n=len(dated), undated=undated, vague=vague)
    return Chart("events_by_day", words("trends.events_by_day"), drawing, rows, note)


def casualties_by_day(events: gpd.GeoDataFrame, words: Words, measure: Measure) -> Chart:
    """Add up the killed or the injured of each day: the best estimates as bars, the bounds as lines."""
    told = counted(events, measure)
    known = told.events[_known_to_the_day(told.events)]
    table = pd.DataFrame({"day": known["date_start"], **{name: known[name] for name in ("low", "best", "high")}})
    rows = plain_rows(table.groupby("day", as_index=False).sum())
    base = _base(rows).encode(x=days_axis(words, rows))
    tips = tooltips(words, ("day", "T"), ("low", "Q"), ("best", "Q"), ("high", "Q"))
    bars = base.mark_bar(color=CASUALTY_COLOUR, opacity=0.75).encode(
        y=alt.Y("best:Q", title=words(f"trends.{measure}"), axis=alt.Axis(tickMinStep=1)), tooltip=tips
    )
    bounds = base.mark_rule(strokeWidth=2, color=BOUNDS_COLOUR).encode(
        x=days_axis(words, rows, middle=True), y="low:Q", y2="high:Q", tooltip=tips
    )
    vague = len(told.events) - len(known) + told.long_tolls
    note = words("trends.casualties_note", n=len(known), silent=told.silent, unreal=told.unreal, vague=vague)
    return Chart(f"{measure}_by_day", words(f"trends.{measure}_by_day"), bars + bounds, rows, note)


def area_held(
    areas: pd.DataFrame,
    words: Words,
    *,
    names: Mapping[str, str],
    colours: Mapping[str, str],
    doubt: tuple[float, float] | None = None,
) -> Chart:
    """Draw the area that each side held, by day; `doubt` is the least and the most km by which borders may be off."""
    rows = plain_rows(areas.copy())
    rows["side"] = [names.get(code) or words.name("control", code) for code in rows["controller"]]
    named_rows = rows.assign(side=group_labels(rows["side"]))
    sides = list(dict.fromkeys(zip(rows["controller"], named_rows["side"], strict=True)))
    scale = alt.Scale(
        domain=[side for _, side in sides],
        range=[control_colour(code, colours) for code, _ in sides],
    )
    drawing = (
        _base(named_rows)
        .mark_line(interpolate="step-after", strokeWidth=3)
        .encode(
            x=days_axis(words, rows),
            y=alt.Y("area_km2:Q", title=words("trends.km2")),
            color=alt.Color("side:N", scale=scale, title=None, legend=_LEGEND),
            strokeDash=alt.StrokeDash("side:N", legend=None, scale=alt.Scale(domain=[side for _, side in sides])),
            tooltip=tooltips(words, ("day", "T"), ("side", "N"), ("area_km2", "Q")),
        )
    )
    days = rows["day"].nunique() if len(rows) else 0
    note = f"{words('trends.area_note', n=days)} {_doubt_note(doubt, words)}".strip()
    return Chart("area_held", words("trends.area_held"), drawing, rows, note)


def front_length(fronts: pd.DataFrame, words: Words, *, doubt: tuple[float, float] | None = None) -> Chart:
    """Draw the length of the frontline by day; `doubt` as for the area."""
    rows = plain_rows(fronts.copy())
    drawing = (
        _base(rows)
        .mark_line(interpolate="step-after", strokeWidth=3, color="#5b86b3")
        .encode(
            x=days_axis(words, rows),
            y=alt.Y("front_km:Q", title=words("trends.km")),
            tooltip=tooltips(words, ("day", "T"), ("front_km", "Q")),
        )
    )
    note = f"{words('trends.front_note', n=len(rows))} {_doubt_note(doubt, words)}".strip()
    return Chart("front_length", words("trends.front_length"), drawing, rows, note)


def border_doubt(zones: gpd.GeoDataFrame) -> tuple[float, float] | None:
    """Return the least and the most km by which the borders of zones may be off; None where nobody says."""
    told = zones["doubt_km"].dropna()
    return None if told.empty else (float(told.min()), float(told.max()))


def _doubt_note(doubt: tuple[float, float] | None, words: Words) -> str:
    if doubt is None:
        return ""
    least, most = (f"{value:.1f}" for value in doubt)
    return words("trends.border_doubt", km=least if least == most else f"{least}–{most}")


def _known_to_the_day(events: gpd.GeoDataFrame) -> pd.Series:
    return events["date_start"].notna() & (events["time_precision"] == TimePrecision.DAY).fillna(False).astype(bool)


def _base(rows: pd.DataFrame) -> alt.Chart:
    return alt.Chart(rows, height=_HEIGHT)


def days_axis(words: Words, rows: pd.DataFrame, *, middle: bool = False) -> alt.X:
    """Return the axis of the column `day`, its months in the reader's language; `middle` marks a day at its noon."""
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


def type_colours(present: Sequence[EventType], words: Words, *, legend: alt.Legend | None = _LEGEND) -> alt.Color:
    """Return the colours of the event types that are there, as on the map."""
    scale = alt.Scale(
        domain=[words.name("type", code) for code in present],
        range=[_ON_BOTH_THEMES.get(code, MARKS[code].colour) for code in present],
    )
    return alt.Color("type:N", scale=scale, title=None, legend=legend)


def group_labels(names: Iterable[str]) -> list[str]:
    """Return names that reports chose as labels, each behind a word joiner, which nobody sees.

    Vega keeps its groups and scales in plain JavaScript objects, where `__proto__` is no name like another.
    """
    return [_WORD_JOINER + name for name in names]


def tooltips(words: Words, *fields: tuple[str, str]) -> list[alt.Tooltip]:
    """Return what a mark says when it is pointed at: columns, each with its kind (T day, N name, Q number)."""
    formats: dict[str, str] = {"T": words("formats.tooltip_day"), "Q": ",.4~g"}
    return [
        alt.Tooltip(f"{name}:{kind}", title=words(f"columns.{name}"), format=formats.get(kind, alt.Undefined))
        for name, kind in fields
    ]


def plain_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with plain dtypes: Vega reads no nullable integers, and days as UTC midnights."""
    plain = pd.DataFrame(rows).reset_index(drop=True)
    for name in plain.columns:
        if isinstance(plain[name].dtype, pd.Int64Dtype):
            plain[name] = plain[name].astype("int64")
        elif str(plain[name].dtype).startswith("datetime64"):
            plain[name] = plain[name].dt.tz_localize("UTC")
    return plain
