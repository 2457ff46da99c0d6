"""Rules for days in the style of reports and digests: weeks by their last day, numeric dates, nights, clock times.

Each rule is a pattern and a function from its match and the day of publication to a kind and a closed span of days.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from geo.extraction.days import calendar
from geo.extraction.days.calendar import MONTHS, UNIT_DAYS, WEEKDAYS, Span
from geo.extraction.language.numbers import number_of

Kind = Literal["at", "anaphor", "shift", "past", "future", "unknown"]
"""unknown: relative, in a document without a day of publication."""
Reading = tuple[Kind, Span | None]

MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAYS = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
WEEKDAY = rf"({_WEEKDAYS})\b"
ORDINAL = r"(?:st|nd|rd|th)?"
_NUMBER = r"an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|(?:a\s+)?few|several"
_PART = r"(?:day|morning|afternoon|evening|night|dawn)"
_RECENT = timedelta(days=30)


def week_by_day(match: re.Match[str], published: date) -> Reading | None:
    """Read `the week ending 12 March` and `the week of 6 May`."""
    lead, first, month_after, month_before, second, year = match.groups()
    number, name = int(first or second), (month_after or month_before).lower()
    which = int(year) if year else calendar.year_of(MONTHS[name], number, published)
    found = calendar.day(which, MONTHS[name], number)
    if found is None:
        return None
    week = timedelta(days=6)
    return "at", (
        (found - week, found) if lead.lower() in ("ending", "ended", "to", "up to") else (found, found + week)
    )


def part_of_month(match: re.Match[str], published: date) -> Reading | None:
    """Read `the last week of May`, `the first half of June`."""
    which, unit, month, year = match.groups()
    number = MONTHS[month.lower()]
    first, last = calendar.month_span(int(year) if year else calendar.year_of(number, 1, published), number, "", None)
    place = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(which.lower())
    length = 7 if unit.lower() == "week" else 15
    if place is None:
        start, end = last - timedelta(days=length - 1), last
    else:
        start = first + timedelta(days=length * place)
        end = last if unit.lower() == "half" and place else min(last, start + timedelta(days=length - 1))
    return ("at", (start, end)) if start <= end else None


def numeric(match: re.Match[str], published: date) -> Reading | None:
    """Read `20/08` and `12.03.2023`: the day first, unless only the month first makes a day that is news."""
    one, other, year = match.groups()
    days = []
    for day, month in ((int(one), int(other)), (int(other), int(one))):
        if 1 <= month <= 12:
            which = int(year) if year and len(year) == 4 else 2000 + int(year) if year else 0
            found = calendar.day(which or calendar.year_of(month, day, published), month, day)
            days += [found] if found is not None else []
    fresh = [day for day in days if timedelta(0) <= published - day <= _RECENT]
    chosen = next(iter([day for day in days[:1] if day in fresh] or fresh or days), None)
    return ("at", (chosen, chosen)) if chosen is not None else None


def numbered_day(match: re.Match[str], published: date) -> Reading | None:
    """Read `on the 28th`: the latest such day up to publication."""
    number = int(match.group(1))
    for back in range(3):
        year, month = divmod(published.year * 12 + published.month - 1 - back, 12)
        found = calendar.day(year, month + 1, number)
        if found is not None and found <= published:
            return "at", (found, found)
    return None


def night_into(match: re.Match[str], published: date) -> Reading | None:
    """Read `overnight into Tuesday`: that day and the one before."""
    day = calendar.weekday_before(WEEKDAYS[match.group(1).lower()], published)
    return "at", (day - timedelta(days=1), day)


def clock_time(match: re.Match[str], published: date) -> Reading | None:
    """Read the time that opens an entry of a live report: the day of the report."""
    hour, minute = match.groups()
    return ("at", (published, published)) if int(hour) < 24 and int(minute) < 60 else None


def apart(match: re.Match[str], published: date) -> Reading | None:
    """Read `two days earlier`, `a week later`: so far from the day told before, else back from publication."""
    days = shift_of(match.group())
    if days == 0:
        return "anaphor", None
    if days > 0:
        return "shift", None  # nothing told yet lies ahead of it
    slack = timedelta(days=slack_of(days))
    day = published + timedelta(days=days)
    return "shift", (day - slack, day + slack)


def slack_of(days: int) -> int:
    """Return by how many days a distance told in days, weeks or months may be off."""
    return 0 if abs(days) < 7 else max(2, abs(days) // 4)


def shift_of(words: str) -> int:
    """Return how many days from the day told before words lead: `two days earlier` -2, `the next morning` 1."""
    lows = words.lower().split()
    sign = -1 if {"earlier", "before", "previous", "prior"} & set(lows) else 1
    unit = next((low.rstrip("s") for low in lows if low.rstrip("s") in UNIT_DAYS), "day")
    counts = [number_of(low) or {"few": 4, "several": 5}.get(low) for low in lows]
    count = next((found for found in counts if found), 1)
    return sign * round(count * UNIT_DAYS[unit]) if unit != "hour" else 0


MORE_PATTERNS = (
    (
        rf"\bweek\s+(ending|ended|to|up to|of|from|beginning|starting|commencing)\s+(?:on\s+)?"
        rf"(?:(?:the|{_WEEKDAYS}),?\s+)?"
        rf"(?:(\d{{1,2}}){ORDINAL}\s+(?:of\s+)?{MONTH}|{MONTH}\s+(\d{{1,2}}){ORDINAL}\b)(?:,?\s+(\d{{4}})\b)?",
        week_by_day,
    ),
    (
        rf"\b(?:(?:in|during)\s+)?the\s+(first|second|third|fourth|last)\s+(week|half)\s+of\s+{MONTH}(?:,?\s+(\d{{4}})\b)?",
        part_of_month,
    ),
    (r"\b(?:on|from|dated|since|by|until)\s+(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d\d))?(?![\d/%]|\.\d)", numeric),
    (r"(?<![\d/.])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\d/])", numeric),
    (
        r"\bon the (\d{1,2})(?:st|nd|rd|th)(?=\s*(?:[,.;]|of\s+(?:that|the|this|last)\s+month\b))"
        r"(?:\s+of\s+\w+\s+month)?",
        numbered_day,
    ),
    (
        rf"\b(?:overnight|late)\s+(?:(?:on\s+)?(?:{_WEEKDAYS})\s+)?(?:and\s+)?(?:into|to|on\s+to)\s+{WEEKDAY}",
        night_into,
    ),
    (r"(?:(?<=[.!?\n]\s)|(?<=\n)|\A)(\d\d)[:.]?(\d\d)(?=\s?(?::|[-–—]\s|h\b|GMT\b|UTC\b))", clock_time),
    (r"(?:(?<=[.!?\n]\s)|(?<=\n)|\A)(\d\d):(\d\d)(?=\s+[A-Z])", clock_time),
    (
        rf"\b(?:just\s+|about\s+|some\s+)?(?:{_NUMBER})\s+(?:hour|day|night|week|month)s?\s+(?:earlier|later|before|after(?:wards)?)\b"
        rf"|\bthe\s+(?:previous|following|next|prior)\s+{_PART}\b|\bthe\s+{_PART}\s+(?:before|after)\b(?!\s+yesterday)"
        r"|\bhours\s+(?:later|earlier)\b",
        apart,
    ),
)
