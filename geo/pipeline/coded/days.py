"""Days that are written in numbers alone: `05/11/2016` is one day here and another there, and its table may tell which.

In 19/11/2016 a part is above 12, so the day stands first. Where such days stand always in one order, the others of the
same table are read in that order too; where none tells, or they contradict each other, a person has to say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

_NUMBERS: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_MONTHS: Final = 12


class DayOrder(StrEnum):
    """Which number of a day stands first; the year stands last."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"

    @property
    def words(self) -> str:
        """The order as a clause's end."""
        return "the day first" if self is DayOrder.DAY_FIRST else "the month first"


class DayOrderUnknownError(ValueError):
    """A day in numbers that may be two days."""


@dataclass(frozen=True, slots=True)
class DaysInNumbers:
    """How a table writes them, as far as is known."""

    order: DayOrder | None = None
    shown: str = ""
    """Which row shows the order, as a clause; empty where a person says it."""
    contradiction: str = ""
    """Which rows contradict each other, as a clause."""

    @classmethod
    def shown_by(cls, days: Iterable[tuple[str, str]]) -> DaysInNumbers:
        """Return what the days of a table, each with its place in it, tell of their order."""
        shown: dict[DayOrder, str] = {}
        for place, written in days:
            found = _NUMBERS.match(written)
            order = _order_of(int(found[1]), int(found[3])) if found else None
            if found and order and order not in shown:
                shown[order] = f"{place} has {found[0]}"
            if len(shown) > 1:
                return cls(contradiction=" and ".join(sorted(shown.values())))
        return next((cls(order, words) for order, words in shown.items()), cls())

    @property
    def assumption(self) -> str:
        """What was assumed to read a day that may be two; empty where a person said it."""
        if self.order is None or not self.shown:
            return ""
        return f"days in numbers, such as 05/11/2016, were read with {self.order.words}, because {self.shown}"


def is_ambiguous(written: str) -> bool:
    """Tell whether a cell begins with a day that may be two."""
    found = _NUMBERS.match(written)
    return found is not None and int(found[1]) != int(found[3]) and max(int(found[1]), int(found[3])) <= _MONTHS


def day_in_numbers(written: str, order: DayOrder | None) -> date | None:
    """Return the day, None where it is none in numbers; raise `ValueError` for one that is not on the calendar.

    Raises `DayOrderUnknownError` for a day that may be two where no order is known.
    """
    found = _NUMBERS.fullmatch(written)
    if found is None:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if order is None and is_ambiguous(written):
        raise DayOrderUnknownError
    known = order or _order_of(first, second) or DayOrder.DAY_FIRST
    return date(year, second, first) if known is DayOrder.DAY_FIRST else date(year, first, second)


def _order_of(first: int, second: int) -> DayOrder | None:
    """Return the order that two numbers show, None where both may be months or neither is one."""
    if (first > _MONTHS) == (second > _MONTHS):
        return None
    return DayOrder.DAY_FIRST if first > _MONTHS else DayOrder.MONTH_FIRST
