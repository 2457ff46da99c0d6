"""Cells of an exported table as values; a cell that is none says in its error which it is and what stands in it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from geo.model import Count
from geo.pipeline.coded.days import DayOrder, DayOrderUnknownError, day_in_numbers

Cells = Mapping[str, str]
T = TypeVar("T")
_TIME = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}.*$")
_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%B %d, %Y")
"""As publishers and spreadsheets write days in one way alone; those in numbers are read by the order of their table."""


def day_of(cells: Cells, name: str, order: DayOrder | None = None) -> date:
    """Return the day in a cell, whatever hour stands behind it; raise `ValueError` where there is none.

    `order` is how its table writes days in numbers; without one, `DayOrderUnknownError` is raised for a day that may be
    two.
    """
    written = _TIME.sub("", cells[name])
    try:
        if found := day_in_numbers(written, order):
            return found
    except DayOrderUnknownError:
        raise DayOrderUnknownError(f"{name} {cells[name]!r} may be two days") from None
    except ValueError:
        told = f" with {order.words}" if order else ""
        raise ValueError(f"{name} {cells[name]!r} is no day of the calendar{told}") from None
    for pattern in _DAYS:
        try:
            return datetime.strptime(written, pattern).date()
        except ValueError:
            continue
    raise ValueError(f"{name} {cells[name]!r} is no day such as 2016-11-19 or 19 November 2016")


def whole(cells: Cells, name: str) -> int:
    """Return the number of people in a cell, 0 or more; raise `ValueError` for anything else."""
    # Tables that went through a spreadsheet or a data frame say 4.0.
    found = re.fullmatch(r"(\d+)(?:\.0*)?", cells[name])
    if found is None:
        raise ValueError(f"{name} {cells[name]!r} is no whole number")
    return int(found[1])


def counted(cells: Cells, low: str, best: str, high: str) -> Count:
    """Return a count with its bounds; raise `ValueError` where they contradict each other."""
    found = Count(whole(cells, low), whole(cells, best), whole(cells, high))
    if not whole(cells, low) <= whole(cells, best) <= whole(cells, high):
        raise ValueError(f"{low} {cells[low]}, {best} {cells[best]} and {high} {cells[high]} contradict each other")
    return found


def degrees(cells: Cells, name: str) -> float | None:
    """Return the degrees in a cell, None where it is empty; raise `ValueError` for anything else."""
    written = cells[name]
    # A table that was saved where numbers have a decimal comma.
    plain = written.replace(",", ".") if "." not in written else written
    try:
        found = float(plain) if plain else None
    except ValueError:
        raise ValueError(f"{name} {written!r} is no number of degrees") from None
    if found is not None and not math.isfinite(found):
        raise ValueError(f"{name} {written!r} is no number of degrees")
    return found


def coded(cells: Cells, name: str, known: Mapping[int, T]) -> T:
    """Return what a code stands for; raise `ValueError` for one that the codebook does not have."""
    try:
        return known[whole(cells, name)]
    except (KeyError, ValueError):
        raise ValueError(f"{name} {cells[name]!r} is none of {', '.join(map(str, known))}") from None


def told(cells: Cells, name: str) -> str:
    """Return what stands in a cell; raise `ValueError` where nothing does."""
    if not cells[name]:
        raise ValueError(f"{name} is empty")
    return cells[name]
