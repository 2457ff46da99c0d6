"""Documents that tell of days long back, entry by entry, as a chronicle, an archive or a report of a year does.

What a news report dates more than a year back is history told beside its news. Where nothing is news, and sentences
open with full dates, those dates are what the document is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from geo.extraction.days.dates import DayMention
from geo.extraction.language.words import Word

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LASTING = re.compile(r"(?:for|within|during|in|over)\b", re.IGNORECASE)
_OPENS_WITHIN = 40
"""Characters before a date that opens its sentence: `- On `, `Non-violent transfer of territory: On `, `Around `."""


def is_full_date(mention: DayMention) -> bool:
    """Return whether words name one day with its year."""
    days = mention.days
    return days is not None and days.start == days.end and bool(_YEAR.search(mention.text))


def tells_of_old(sentences: Iterable[tuple[int, Sequence[DayMention]]]) -> bool:
    """Return whether a document is a chronicle, by where each sentence starts and the days in it.

    A sentence of it opens with a full date long back, and no words for a day lie near its publication, but for how
    long something lasted.
    """
    opened = False
    for start, mentions in sentences:
        for mention in mentions:
            if mention.kind in ("at", "future", "unknown") and not _LASTING.match(mention.text):
                return False
            opens = mention.kind == "past" and mention.start - start <= _OPENS_WITHIN
            opened = opened or (opens and is_full_date(mention))
    return opened


def is_the_month(words: Sequence[Word], position: int) -> bool:
    """Return whether a word is the May of a day, `KHARKIV, May 14`, and not what may be."""
    if words[position].low != "may":
        return False
    beside = [word.low[0] for word in (*words[max(0, position - 1) : position], *words[position + 1 : position + 2])]
    return any(mark.isdigit() for mark in beside) or (position > 0 and words[position].capital)
