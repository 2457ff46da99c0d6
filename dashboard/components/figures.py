"""The headline figures above the map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd

from dashboard.i18n import Words
from dashboard.palette import on_both_themes
from dashboard.tally import Killed, Sums
from geo.layers.escaping import safe_colour
from geo.layers.palette import NEUTRAL
from geo.vocabulary import CONTESTED, UNCERTAIN, UNKNOWN

Held = Mapping[tuple[str, date], float]
"""The km² that a controller held on a day."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its name and what narrows or qualifies it."""

    key: str
    name: str
    value: str
    note: str
    colour: str = ""
    """Of the side it speaks of."""


def unsure_control(events: pd.DataFrame) -> pd.Series:
    """Return which events lie on ground whose holder that day is contested, uncertain or unknown."""
    return events["control"].isin([CONTESTED, UNCERTAIN, UNKNOWN])


def headline(
    sums: Sums,
    held: Held,
    words: Words,
    *,
    total: int,
    here: int,
    start: date,
    day: date,
    sides: Mapping[str, str],
    colours: Mapping[str, str],
) -> Iterator[Figure]:
    """Yield the figures of the events shown and of the ground on the day.

    `total` is the number of events in the store, `here` that of the events shown which touch the day, `start` the first
    day of the period.
    """
    yield Figure(
        "events",
        words("figures.events"),
        f"{sums.events:,}",
        words("figures.events_note", total=f"{total:,}", n=here, day=words.short_day(day)),
    )
    yield _killed(sums.killed, words)
    for code, name in sides.items():
        area, before = held.get((code, day), 0.0), held.get((code, start), 0.0)
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
    note = words("figures.vague_note", n=f"{sums.waiting:,}")
    yield Figure("doubt", words("figures.vague"), f"{sums.vague:,}", note)


def _killed(killed: Killed, words: Words) -> Figure:
    span = (
        words("figures.killed_span", low=f"{killed.low:,}", high=f"{killed.high:,}") if killed.low < killed.high else ""
    )
    counted = words("figures.killed_note", n=killed.counted)
    if killed.long_tolls:
        counted = f"{counted}; {words('figures.killed_long', n=killed.long_tolls)}"
    return Figure("killed", words("figures.killed"), f"{killed.best:,}", f"{span} {counted}".strip())


def figures_html(figures: Iterator[Figure]) -> str:
    """Return the figures as a row that wraps."""
    parts = []
    for figure in figures:
        rim = (
            f' style="border-inline-start-color:{on_both_themes(safe_colour(figure.colour, otherwise=NEUTRAL))}"'
            if figure.colour
            else ""
        )
        parts.append(
            f'<div class="figure {escape(figure.key)}"{rim}><dt>{escape(figure.name)}</dt>'
            f"<dd><strong>{escape(figure.value)}</strong><small>{escape(figure.note)}</small></dd></div>"
        )
    return f'<dl class="ca-figures">{"".join(parts)}</dl>'
