"""What a sentence only counts from: `…, two years after a first raid on the village`.

Such words say how long after something known its news came. What they name is no news, and no day of the news.
"""

from __future__ import annotations

import re
from functools import lru_cache

from geo.extraction.days.dates import DayMention
from geo.extraction.reading import Sentence
from geo.vocabulary import MentionKind

_NUMBER = (
    r"an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|few"
    r"|several|many|some|\d{1,3}"
)
_HEDGE = r"(?:(?:more|less|little\s+more)\s+than|nearly|almost|just|about|some|barely|only|over|around)"
_MEASURE = re.compile(
    rf"\b(?:{_HEDGE}\s+)?(?:(?:a\s+)?(?:{_NUMBER})\s+(?:and\s+a\s+half\s+)?)?(?:full\s+|long\s+)?"
    r"(?:(?:week|fortnight|month|year|decade)s?(?:\s+and\s+a\s+half)?|(?:[7-9]|[1-9]\d|seven|eight|nine|ten|twelve)\s+days)"
    r"\s+(?:to\s+the\s+day\s+)?after\s+(?=[\w\"“'‘])",
    re.IGNORECASE,
)
"""Fewer days are left out: what befell three days before the news may be news as well."""
_BORDER = re.compile(r"[,;—–]|\s-\s")
_GOES_ON = re.compile(r"\s*(?:in\s+|during\s+|of\s+)?(?:which|who|whom|where|when|that|\w+ing)\b", re.IGNORECASE)


@lru_cache(maxsize=2_048)
def _measured(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the spans of characters that tell how long after something the rest took place."""
    return tuple(
        (match.start(), _end_of(text, match.end(), end, opens=match.start() - start < 2))
        for match in _MEASURE.finditer(text, start, end)
    )


def _end_of(text: str, first: int, end: int, *, opens: bool) -> int:
    """Return where the words for what is counted from end: before a comma, but for what the comma only adds to them."""
    for border in _BORDER.finditer(text, first, end):
        if opens or border.group() == ";" or not _GOES_ON.match(text, border.end(), end):
            return border.start()
    return end


def _is_within(offset: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= offset < last for first, last in spans)


def known_spans(sentence: Sentence) -> tuple[tuple[int, int], ...]:
    """Return the spans of characters in which a sentence only counts from something known.

    There are none where the rest tells no deed, or no day: `two years after the war the survivors …` tells of the war.
    """
    spans = _measured(sentence.text, sentence.start, sentence.end) if "after" in sentence.lows else ()
    if not spans or all(_is_within(mark.start, spans) for mark in sentence.of_kind(MentionKind.TRIGGER)):
        return ()
    return spans if any(_is_own(day, spans) for day in sentence.days) else ()


def _is_own(day: DayMention, spans: tuple[tuple[int, int], ...]) -> bool:
    return day.kind in ("at", "future") and day.days is not None and not _is_within(day.start, spans)


def is_counted_from(sentence: Sentence, offset: int) -> bool:
    """Return whether the word at an offset belongs to what a sentence only counts from."""
    return _is_within(offset, known_spans(sentence))


def news_words(sentence: Sentence) -> list[str]:
    """Return the words of a sentence in lower case, empty where it only counts from something known."""
    spans = known_spans(sentence)
    if not spans:
        return sentence.lows
    return ["" if _is_within(word.start, spans) else word.low for word in sentence.words]
