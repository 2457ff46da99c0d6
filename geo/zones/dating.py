"""The day that a file or a feature of control zones speaks about."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

_STAMP = re.compile(r"(?<!\d)(\d{13}|\d{10})(?!\d)")
_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d{2})([-_. ]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=\D|$|\d{4}(?!\d)|\d{6}(?!\d))"
)
_CLOCK = re.compile(r"[Tt_ .-]*([01]\d|2[0-3])[:h_.-]?([0-5]\d)(?:[:_.-]?([0-5]\d))?(?!\d)")
_EUROPEAN = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])[./](0?[1-9]|1[0-2])[./]((?:19|20)\d{2})(?!\d)")
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
_LATEST_STAMP = 4_102_444_800
"""2100-01-01."""


def moment_of(value: Any, *, pattern: str = "") -> datetime | None:
    """Return the moment (UTC, midnight where only the day is told) that a value names; None where it names none.

    Understood: dates and datetimes, Unix timestamps in seconds or milliseconds (numbers or digits), and texts that
    contain a day as 2016-11-20, 20161120 or 20.11.2016, with or without a time.

    Args:
        value: a property, or a file name.
        pattern: for `datetime.strptime`, where the writing is another one.

    """
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, bool) or value is None:
        return None
    if pattern:
        try:
            return datetime.strptime(str(value).strip(), pattern).replace(tzinfo=UTC)
        except ValueError:
            return None
    if isinstance(value, int | float):
        number = float(value)
        # 20161120 is a day that lost its quotes, and no moment of August 1970.
        return _moment_in(str(int(number))) if 19_000_101 <= number <= 21_001_231 else _from_stamp(number)
    return _moment_in(str(value))


def _moment_in(text: str) -> datetime | None:
    day = _DAY.search(text)
    if day:
        year, month, number = int(day[1]), int(day[3]), int(day[4])
        clock = _CLOCK.match(text, day.end())
        hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
        return _checked(year, month, number, hour, minute, second)
    european = _EUROPEAN.search(text)
    if european:
        return _checked(int(european[3]), int(european[2]), int(european[1]))
    stamp = _STAMP.search(text)
    return _from_stamp(float(stamp[1])) if stamp else None


def _from_stamp(number: float) -> datetime | None:
    seconds = number / 1000 if number > _LATEST_STAMP else number
    if not _EARLIEST.timestamp() <= seconds <= _LATEST_STAMP:
        return None
    return datetime.fromtimestamp(seconds, tz=UTC)


def _checked(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime | None:
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
