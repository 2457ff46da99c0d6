"""Arithmetic of the days that news speaks of, relative to the day of publication.

Every function returns a closed span `(first, last)` of days.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from geo.model import Days
from geo.vocabulary import TimePrecision

Span = tuple[date, date]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs", "friday fri", "saturday", "sunday")
    )
    for name in names.split()
}
UNIT_DAYS = {"hour": 1 / 24, "day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3650}
LONG_AGO_DAYS = 365
"""What lies further back than this from publication is history, not news."""


def spanning(first: date, last: date) -> Days:
    """Return days with the precision of their span: one day, up to eleven days, or more."""
    length = (last - first).days
    if length < 1:
        return Days(first, last, TimePrecision.DAY)
    return Days(first, last, TimePrecision.WEEK if length <= 10 else TimePrecision.MONTH)


def day(year: int, month: int, number: int) -> date | None:
    """Return a day, or None where the calendar has none."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return date(year, month, number) if 1 <= number <= monthrange(year, month)[1] else None


def year_of(month: int, number: int, published: date) -> int:
    """Return the year that makes a day without one the nearest past day (a month of future is allowed)."""
    same = day(published.year, month, min(number, 28))
    return published.year - 1 if same is not None and (same - published).days > 31 else published.year


_PARTS_OF_MONTHS = {"start": "early", "beginning": "early", "middle": "mid", "end": "late"}


def month_span(year: int, month: int, part: str, published: date | None) -> Span:
    """Return a month, or its early, middle or late part, not beyond publication."""
    last_number = monthrange(year, month)[1]
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, last_number)}.get(
        _PARTS_OF_MONTHS.get(part, part), (1, last_number)
    )
    start, end = date(year, month, first), date(year, month, last)
    if published is not None and start <= published < end:
        end = published
    return start, end


def weekday_before(weekday: int, published: date, *, strictly: bool = False) -> date:
    """Return the latest such weekday on or before publication (`strictly`: before it)."""
    back = (published.weekday() - weekday) % 7
    return published - timedelta(days=back or (7 if strictly else 0))


def weekday_after(weekday: int, published: date) -> date:
    """Return the first such weekday after publication."""
    return published + timedelta(days=(weekday - published.weekday()) % 7 or 7)


def last_weekend(published: date) -> Span:
    """Return the latest weekend that has begun."""
    saturday = weekday_before(5, published)
    return saturday, min(saturday + timedelta(days=1), max(published, saturday))


def calendar_unit(unit: str, which: str, published: date) -> Span:
    """Return this or the last week, month or year as the calendar has them; this one ends on publication."""
    if unit == "week":
        monday = published - timedelta(days=published.weekday())
        return (monday, published) if which != "last" else (monday - timedelta(days=7), monday - timedelta(days=1))
    if unit == "month":
        first = published.replace(day=1)
        if which != "last":
            return first, published
        end = first - timedelta(days=1)
        return end.replace(day=1), end
    if which != "last":
        return date(published.year, 1, 1), published
    return date(published.year - 1, 1, 1), date(published.year - 1, 12, 31)
