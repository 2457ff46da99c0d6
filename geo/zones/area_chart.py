"""The ground of each side over time as a picture: an SVG that needs nothing but a viewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from html import escape

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]

_WIDTH, _HEIGHT = 960, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 20, 56, 40
_TICKS = 5
_GREY = "#8a8a8a"
"""For contested ground, and for sides without a colour."""


def areas_chart(areas: pd.DataFrame, *, title: str, colours: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return a stacked chart of held area as SVG; days without data stay white.

    Args:
        areas: `day, controller, area_km2`, as `areas_by_day` returns them.
        title: above the chart.
        colours: side to `#rrggbb`.
        names: side in words.

    """
    table = areas.pivot_table(index="day", columns="controller", values="area_km2", aggfunc="sum")
    days = pd.date_range(table.index.min(), table.index.max(), freq="D")
    table = table.reindex(days)
    order = list(table.sum().sort_values(ascending=False).index)
    known = table.notna().any(axis=1).to_numpy()
    stacked = table[order].fillna(0.0).to_numpy().cumsum(axis=1)
    top = float(stacked[:, -1].max()) or 1.0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
        f' role="img" font-family="sans-serif" font-size="13"><title>{escape(title)}</title>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="22" font-size="16" font-weight="bold">{escape(title)}</text>',
        *_bands(stacked, known, top, [colours.get(side, _GREY) for side in order]),
        *_axes(days[0].date(), len(days), top),
        *_legend([names.get(side, side) for side in order], [colours.get(side, _GREY) for side in order]),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _bands(stacked: Floats, known: npt.NDArray[np.bool_], top: float, colours: list[str]) -> Iterator[str]:
    """Yield a band for each side and each run of days with data; a day is as wide as any other."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(np.int8)))
    lower = np.zeros(len(stacked))
    for side, colour in enumerate(colours):
        for first, after in zip(edges[::2], edges[1::2], strict=True):
            over = _steps(stacked[first:after, side], int(first), len(stacked), top)
            under = _steps(lower[first:after], int(first), len(stacked), top)
            points = " ".join(over + under[::-1])
            yield f'<polygon points="{points}" fill="{escape(colour)}" fill-opacity="0.85"/>'
        lower = stacked[:, side]


def _steps(heights: Floats, first: int, days: int, top: float) -> list[str]:
    """Return the corners of a stair with one step for each run of days of the same height."""
    changes = np.flatnonzero(np.diff(heights, prepend=np.nan, append=np.nan) != 0)
    corners: list[str] = []
    for begin, end in zip(changes[:-1], changes[1:], strict=True):
        height = _y(float(heights[begin]), top)
        corners += [
            f"{_x(first + int(begin), days):.1f},{height:.1f}",
            f"{_x(first + int(end), days):.1f},{height:.1f}",
        ]
    return corners


def _axes(first: date, days: int, top: float) -> Iterator[str]:
    for value in _round_values(top):
        height = _y(value, top)
        yield f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{height:.1f}" y2="{height:.1f}" stroke="#0002"/>'
        yield f'<text x="{_LEFT - 8}" y="{height + 4:.1f}" text-anchor="end">{value:,.10g}</text>'
    yield f'<text x="{_LEFT - 8}" y="{_TOP - 8}" text-anchor="end">km²</text>'
    for step in range(_TICKS + 1):
        day = round(step * (days - 1) / _TICKS) if days > _TICKS else step
        if day < days:
            anchor = "start" if day == 0 else "end" if day == days - 1 else "middle"
            told = (first + timedelta(days=day)).isoformat()
            yield f'<text x="{_x(day, days):.1f}" y="{_HEIGHT - 14}" text-anchor="{anchor}">{told}</text>'


def _legend(names: list[str], colours: list[str]) -> Iterator[str]:
    place = _LEFT
    for name, colour in zip(names, colours, strict=True):
        yield f'<rect x="{place}" y="{_TOP - 22}" width="12" height="12" fill="{escape(colour)}" fill-opacity="0.85"/>'
        yield f'<text x="{place + 17}" y="{_TOP - 11}">{escape(name)}</text>'
        place += 34 + 8 * len(name)


def _round_values(top: float) -> list[float]:
    """Return up to six values from 0 in steps of 1, 2 or 5 times a power of ten."""
    power = 10 ** np.floor(np.log10(top / _TICKS))
    step = next(float(factor * power) for factor in (1, 2, 5, 10) if factor * power * (_TICKS + 1) > top)
    return [step * number for number in range(_TICKS + 2) if step * number <= top]


def _x(day: int, days: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * day / days


def _y(area: float, top: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - area / top)
