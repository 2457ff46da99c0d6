"""Days told by how far back they lie or how long something lasted: `two days ago`, `over the past week`, `for a day`.

Each rule is a function from a match and the day of publication to a kind and a closed span of days.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from geo.extraction.days.calendar import LONG_AGO_DAYS, UNIT_DAYS
from geo.extraction.days.day_rules import Reading
from geo.extraction.language.numbers import number_of


def near(match: re.Match[str], published: date) -> Reading | None:
    """Read `yesterday`, `overnight`, `this morning`."""
    words = match.group().lower()
    back = timedelta(days=1)
    if "before yesterday" in words:
        return "at", (published - 2 * back, published - 2 * back)
    if "overnight" in words:
        return "at", (published - back, published)
    if "yesterday" in words or words in ("last night", "last evening"):
        return "at", (published - back, published - back)
    if "tomorrow" in words:
        return "future", (published + back, published + back)
    return "at", (published, published)


def ago(match: re.Match[str], published: date) -> Reading | None:
    """Read `two days ago`."""
    number, unit = match.groups()
    length = _length(number, unit)
    if length > LONG_AGO_DAYS - 5:
        return "past", (published - timedelta(days=min(length, 200_000)),) * 2
    day = published - timedelta(days=length)
    slack = timedelta(days=0 if unit.lower() in ("day", "night", "hour") else max(2, length // 4))
    return "at", (day - slack, min(published, day + slack))


def past_span(match: re.Match[str], published: date) -> Reading | None:
    """Read `over the past three days`."""
    number, unit = match.groups()
    length = _length(number or "one", unit)
    if length > LONG_AGO_DAYS - 5:
        return "past", (published - timedelta(days=min(length, 200_000)), published)
    return "at", (published - timedelta(days=max(length, 1)), published)


def lasting(match: re.Match[str], published: date) -> Reading | None:
    """Read `for three days`, up to publication; how many hours it took is no day."""
    number, unit = match.groups()
    if unit.lower() == "hour":
        return None
    return past_span(match, published)


def recent(match: re.Match[str], published: date) -> Reading | None:
    """Read `in recent weeks`."""
    length = {"hour": 1, "day": 7, "week": 28, "month": 90}.get(match.group(1).lower())
    return ("at", (published - timedelta(days=length), published)) if length else ("past", (published, published))


def _length(number: str, unit: str) -> int:
    word = number.lower()
    count = {"few": 4, "several": 5}.get(word) or (2 if word.startswith("couple") else number_of(word) or 1)
    return max(1, round(count * UNIT_DAYS[unit.lower()]))
