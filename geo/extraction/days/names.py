"""Days with a name of their own, `Christmas Eve`, and people with the name of a day, `Friday Okeke`."""

from __future__ import annotations

import re
from datetime import date

from geo.extraction.days import calendar
from geo.extraction.days.calendar import MONTHS
from geo.extraction.days.day_rules import Reading
from geo.extraction.language.clauses import SPEECH
from geo.extraction.language.words import word_set

_HOLIDAYS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
}
HOLIDAY = r"\b(?:on\s+)?(christmas\s+(?:eve|day)|boxing\s+day|new\s+year\s?['’]?s\s+(?:eve|day))\b(?:,?\s+(\d{4})\b)?"
HOLIDAY_SIGNS = ("christmas", "boxing", "year")
_NAMED = re.compile(r"\s+([A-Z][\w’'-]*[a-z])(?:\s+[A-Z][\w’'-]*[a-z])?\s*(,|\w+)")
_NO_SURNAMES = frozenset(MONTHS) | word_set("morning afternoon evening night noon midday local gmt utc")


def holiday(match: re.Match[str], published: date) -> Reading | None:
    """Read `Christmas Eve`: the latest one not after publication, or that of the year told."""
    name, year = match.groups()
    plain = " ".join(name.lower().replace("’", "'").split())
    if plain.startswith("new"):
        plain = f"new year's {plain.rsplit(' ', 1)[-1]}"
    month, number = _HOLIDAYS[plain]
    which = int(year) if year else published.year - ((month, number) > (published.month, published.day))
    found = calendar.day(which, month, number)
    return ("at", (found, found)) if found else None


def is_first_name(text: str, end: int) -> bool:
    """Return whether the name of a weekday that ends here is a person's: `Friday Okeke told reporters`.

    A surname follows, and then a comma or a word of speech.
    """
    match = _NAMED.match(text, end)
    if match is None or match.group(1).lower() in _NO_SURNAMES:
        return False
    return match.group(2) == "," or match.group(2).lower() in SPEECH
