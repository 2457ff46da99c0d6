"""The headline figures above the map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd

from dashboard.filters import events_on
from dashboard.i18n import Words
from dashboard.queries import held_area
from geo.layers.escaping import safe_colour
from geo.layers.palette import NEUTRAL
from geo.vocabulary import CONTESTED, UNCERTAIN, UNKNOWN, Factuality, GeoPrecision, Review, TimePrecision

_HAPPENED = (Factuality.ASSERTED, Factuality.CLAIMED)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its name and what narrows or qualifies it."""

    key: str
    name: str
    value: str
    note: str
    colour: str = ""
    """Of the side it speaks of."""


@dataclass(frozen=True, slots=True)
class Killed:
    """People killed over several events, by their bounds."""

    low: int
    best: int
    high: int
    counted: int
    """Events with a count."""
    long_tolls: int
    """Tolls of a month or of a vaguer time, not added."""


def killed_in(events: pd.DataFrame) -> Killed:
    """Add up the killed of events that happened or are said to have happened; unknown counts add nothing.

    A missing bound stands for the nearest known one: "at least 64" adds 64 to each of the three. The toll of a month
    or of a vaguer time is left out and counted apart: it holds the dead of single events that are told beside it.
    """
    happened = events[events["factuality"].isin(_HAPPENED)]
    long = happened["time_precision"] == TimePrecision.MONTH
    tolls = int((long & happened["fatalities_best"].notna()).sum())
    happened = happened[~long.fillna(False)]
    low, best, high = (happened[f"fatalities_{bound}"] for bound in ("low", "best", "high"))
    best_known = best.fillna(low).fillna(high)
    return Killed(
        low=int(low.fillna(best_known).sum()),
        best=int(best_known.sum()),
        high=int(high.fillna(best_known).sum()),
        counted=int(best_known.notna().sum()),
        long_tolls=tolls,
    )


def vague_events(events: pd.DataFrame) -> pd.Series:
    """Return which events are known only to a region, a month or vaguer, or not at all, in place or time."""
    place = events["lon"].isna() | (events["geo_precision"] == GeoPrecision.REGION)
    return place | events["date_start"].isna() | (events["time_precision"] == TimePrecision.MONTH)


def unsure_control(events: pd.DataFrame) -> pd.Series:
    """Return which events lie on ground whose holder that day is contested, uncertain or unknown."""
    return events["control"].isin([CONTESTED, UNCERTAIN, UNKNOWN])


def headline(
    events: pd.DataFrame,
    areas: pd.DataFrame,
    words: Words,
    *,
    total: int,
    start: date,
    day: date,
    sides: Mapping[str, str],
    colours: Mapping[str, str],
) -> Iterator[Figure]:
    """Yield the figures of the events shown and of the ground on the day.

    `total` is the number of events in the store, `start` the first day of the period.
    """
    killed = killed_in(events)
    here = len(events_on(events, day))
    yield Figure(
        "events",
        words("figures.events"),
        f"{len(events):,}",
        words("figures.events_note", total=f"{total:,}", n=here, day=words.short_day(day)),
    )
    span = (
        words("figures.killed_span", low=f"{killed.low:,}", high=f"{killed.high:,}") if killed.low < killed.high else ""
    )
    counted = words("figures.killed_note", n=killed.counted)
    if killed.long_tolls:
        counted = f"{counted}; {words('figures.killed_long', n=killed.long_tolls)}"
    yield Figure("killed", words("figures.killed"), f"{killed.best:,}", f"{span} {counted}".strip())
    for code, name in sides.items():
        area, before = held_area(areas, code, day), held_area(areas, code, start)
        if not area and not before:
            continue
        note = words("figures.area_note", change=f"{area - before:+.1f}".replace("-", "−"), day=words.short_day(start))
        yield Figure(
            f"area-{code}",
            words("figures.area", side=name),
            words("figures.km2", area=f"{area:.1f}"),
            note,
            colour=colours.get(code, ""),
        )
    yield _doubt(events, words)


def _doubt(events: pd.DataFrame, words: Words) -> Figure:
    vague, waiting = int(vague_events(events).sum()), int((events["review"] == Review.UNREVIEWED).sum())
    return Figure("doubt", words("figures.vague"), f"{vague:,}", words("figures.vague_note", n=f"{waiting:,}"))


def figures_html(figures: Iterator[Figure]) -> str:
    """Return the figures as a row that wraps."""
    parts = []
    for figure in figures:
        rim = (
            f' style="border-inline-start-color:{safe_colour(figure.colour, otherwise=NEUTRAL)}"'
            if figure.colour
            else ""
        )
        parts.append(
            f'<div class="figure {escape(figure.key)}"{rim}><dt>{escape(figure.name)}</dt>'
            f"<dd><strong>{escape(figure.value)}</strong><small>{escape(figure.note)}</small></dd></div>"
        )
    return f'<dl class="ca-figures">{"".join(parts)}</dl>'
