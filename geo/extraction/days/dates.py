"""Days that a text names, relative to the day of its publication, each with its precision.

A rule is a pattern and a function from its match to days. Longer matches win where rules overlap. A day that lies
more than a year back is `past` (history); one ahead is `future`; `in the same period` is an `anaphor` that assembly
resolves to the span named before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache, partial

from geo.extraction.days import calendar
from geo.extraction.days.calendar import LONG_AGO_DAYS, MONTHS, WEEKDAYS, spanning
from geo.extraction.days.day_rules import MONTH, MORE_PATTERNS, ORDINAL, WEEKDAY, Kind, Reading, clock_time, shift_of
from geo.extraction.days.lengths import ago, lasting, near, past_span, recent
from geo.extraction.days.names import HOLIDAY, HOLIDAY_SIGNS, holiday, is_first_name
from geo.extraction.language.words import sentence_words, word_set
from geo.model import Days, Evidence


@dataclass(frozen=True, slots=True)
class DayMention:
    """Words that say when."""

    start: int
    end: int
    text: str
    kind: Kind
    days: Days | None
    """None for an anaphor and an unknown; of a shift what it is from publication, should no day be told before."""
    shift: int = 0
    """For a shift: days after the day named before it."""

    @property
    def evidence(self) -> Evidence:
        """The words as a quotation."""
        return Evidence(self.start, self.end, self.text)


Rule = Callable[[re.Match[str], date], Reading | None]

_NUMBER = r"(\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|few|several|couple(?: of)?)"
_UNIT = r"(hour|day|night|week|fortnight|month|year|decade)s?"
_PART_OF_DAY = r"(?:\s+(?:early|late))?(?:\s+(?:morning|afternoon|evening|night|midday|noon|at dawn|at dusk))?"
_TO = r"\s*(?:-|–|to|and|until|through)\s*"
_SIGNS = (
    *("day", "week", "month", "year", "night", "tomorrow", "morning", "evening", "afternoon", "period", "same time"),
    *("decade", "hours", "dawn", *HOLIDAY_SIGNS, *(name for name in MONTHS if len(name) > 2)),
)
_DIGIT = re.compile(r"\d")
_FREQUENCY = re.compile(r"(?:times?|once|twice|daily)\s+(?:in|over|during|within)?\s*$", re.IGNORECASE)


@lru_cache(maxsize=2_048)
def find_days(text: str, start: int, end: int, *, published: date | None) -> tuple[DayMention, ...]:
    """Return the words for days in `text[start:end]`, in order, none overlapping."""
    low = text[start:end].lower()
    counts = _DIGIT.search(low) is not None
    if not counts and not any(sign in low for sign in _SIGNS):
        return ()
    found: list[DayMention] = []
    lasted: list[DayMention] = []
    words = frozenset([*sentence_words(text, start, end).lows, *([_FIGURE] if counts else [])])
    for pattern, rule in _RULES:
        if words.isdisjoint(_ASKED_WORDS.get(rule, words)):
            continue
        for match in pattern.finditer(text, start, end):
            if _FREQUENCY.search(text, max(start, match.start() - 16), match.start()):
                continue
            if rule is clock_time and text[start : match.start()].strip():
                continue  # a time that opens no entry: `2 May, approx. 10:30: …`
            mention = _mention(match, rule, published)
            if mention is not None:
                (lasted if rule is lasting else found).append(mention)
    found = found or lasted  # how long it took is no date beside one that is told
    found.sort(key=lambda mention: (mention.start - mention.end, mention.start))
    kept: list[DayMention] = []
    for mention in found:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _mention(match: re.Match[str], rule: Rule, published: date | None) -> DayMention | None:
    reading = rule(match, published or date(2000, 1, 1))
    if reading is None:
        return None
    kind, span = reading
    start, end = match.span()
    words = match.group()
    if span is not None and rule in (_day_first, _month_first) and _SINCE.search(match.string, max(0, start - 6), end):
        span = (span[0], max(span[1], published or span[1]))
    shift = shift_of(words) if kind == "shift" else 0
    mention = DayMention(start, end, words, kind, spanning(*span) if span else None, shift)
    if published is None:
        absolute = re.search(r"\b(?:19|20)\d\d\b", words) is not None
        return (
            mention if absolute or kind in ("anaphor", "past", "shift") else replace(mention, kind="unknown", days=None)
        )
    if kind == "at" and span is not None:
        if (published - span[1]).days > LONG_AGO_DAYS:
            return replace(mention, kind="past")
        if span[0] > published:
            return replace(mention, kind="future")
    return mention


_SINCE = re.compile(r"since\s", re.IGNORECASE)


def _iso(match: re.Match[str], published: date) -> Reading | None:
    found = calendar.day(*map(int, match.groups()))
    return ("at", (found, found)) if found else None


def _day_first(match: re.Match[str], published: date) -> Reading | None:
    first, last, month, year = match.groups()
    return _calendar_days(first, last, month, year, published)


def _month_first(match: re.Match[str], published: date) -> Reading | None:
    month, first, last, year = match.groups()
    return _calendar_days(first, last, month, year, published)


def _calendar_days(first: str, last: str | None, month: str, year: str | None, published: date) -> Reading | None:
    number = MONTHS[month.lower()]
    which = int(year) if year else calendar.year_of(number, int(first), published)
    start = calendar.day(which, number, int(first))
    end = calendar.day(which, number, int(last)) if last else start
    if start is None or end is None or end < start:
        return None
    return "at", (start, end)


def _month(match: re.Match[str], published: date) -> Reading | None:
    lead, part, month, year = match.groups()
    if month[0].islower() and not year and month in ("may", "march", "mar", "sep", "sept", "dec", "jan"):
        return None
    if month.lower() in ("may", "march", "mar") and not (lead or part or year):
        return None
    number = MONTHS[month.lower()]
    which = int(year) if year else calendar.year_of(number, 1, published)
    start, end = calendar.month_span(which, number, (part or "").lower().rstrip("-"), published)
    if (lead or "").lower() == "since":
        end = max(start, published)
    return "at", (start, end)


def _weekday(match: re.Match[str], published: date) -> Reading | None:
    lead, name, until = match.groups()
    if name[0].islower() and len(name) < 6:
        return None
    word = (lead or "").lower()
    if not word and is_first_name(match.string, match.end()):
        return None
    number = WEEKDAYS[name.lower()]
    if word in ("next", "coming") or (not word and _is_set(match)):
        ahead = calendar.weekday_after(number, published)
        return "future", (ahead, ahead)
    first = calendar.weekday_before(number, published, strictly=word == "last")
    if until:
        last = calendar.weekday_before(WEEKDAYS[until.lower()], published)
        return ("at", (first, last)) if first <= last else ("at", (first - timedelta(days=7), last))
    return "at", (first, published if word == "since" else first)


def _is_set(match: re.Match[str]) -> bool:
    """Return whether something is set for a weekday, which then lies ahead: `called a strike for Thursday`."""
    text, start = match.string, match.start()
    if text[max(0, start - 4) : start].lower() != "for " or text[match.end() : match.end() + 1] in ("'", "’"):
        return False
    return _SET_FOR.search(text, max(0, start - _SET_WITHIN), start) is not None


_SET_WITHIN = 80
_SET_FOR = re.compile(
    r"(?<!had )\b(?:announced|called|calling|scheduled|convened|summoned|declared|announces|calls)\s(?!for\b)"
    r"[^.;:,]{2,60}\sfor\s\Z",
    re.IGNORECASE,
)
"""Words that set a day for something, with what is set between them: `a strike called for Thursday` may be over."""


def _unit(match: re.Match[str], published: date) -> Reading | None:
    which, unit = match.group(1).lower(), match.group(2).lower()
    if unit == "weekend":
        return "at", calendar.last_weekend(published)
    if which in ("next", "coming"):
        return "future", (published + timedelta(days=1), published + timedelta(days=7))
    span = calendar.calendar_unit(unit, "last" if which == "last" else "this", published)
    return ("past" if unit == "year" and which == "last" else "at"), span


def _year(match: re.Match[str], published: date) -> Reading | None:
    year = int(match.group(1))
    span = (date(year, 1, 1), date(year, 12, 31))
    if year == published.year:
        return "at", (span[0], max(span[0], min(span[1], published)))
    return ("past" if year < published.year else "future"), span


def _without_days(kind: Kind, match: re.Match[str], published: date) -> Reading | None:
    return kind, None


_PATTERNS: tuple[tuple[str, Rule], ...] = (
    (r"\b(\d{4})-(\d{2})-(\d{2})\b", _iso),
    (
        rf"\b(?:since\s+)?(\d{{1,2}}){ORDINAL}(?:{_TO}(\d{{1,2}}){ORDINAL})?\s+(?:of\s+)?{MONTH}(?:,?\s+(\d{{4}})\b)?",
        _day_first,
    ),
    (
        rf"\b{MONTH}\s+(\d{{1,2}}){ORDINAL}\b(?:{_TO}(\d{{1,2}}){ORDINAL}\b)?(?:\s*,?\s+(\d{{4}})\b)?",
        _month_first,
    ),
    (
        rf"\b(?:(in|since|during|of|last|by|until|at)\s+)?(?:(?:the\s+)?(early|mid|late|start|beginning|middle|end)[\s-]+(?:of\s+)?)?"
        rf"{MONTH}(?:,?\s+(\d{{4}})\b)?",
        _month,
    ),
    (
        rf"\b(?:(on|late|early|since|last|next|coming|this|from|by|between|until)\s+)*{WEEKDAY}{_PART_OF_DAY}"
        rf"(?:{_TO}{WEEKDAY})?",
        _weekday,
    ),
    (
        r"\b(?:(?:earlier|later)\s+)?(?:today|tonight|yesterday|tomorrow)\b"
        r"|\bthe day before yesterday\b|\blast (?:night|evening)\b"
        r"|\bovernight\b|\b(?:earlier )?this (?:morning|afternoon|evening)\b",
        near,
    ),
    (
        rf"\b(?:(?:more than|about|some|just|over)\s+)?(?:a\s+)?{_NUMBER}\s+{_UNIT}\s+(?:ago|before now)\b",
        ago,
    ),
    (
        rf"\b(?:(?:in|over|during|for|within|throughout)\s+)?(?:the\s+|these\s+)?(?:past|last|previous|preceding)\s+(?:a\s+)?"
        rf"{_NUMBER}\s+(?:consecutive\s+|straight\s+)?{_UNIT}\b",
        past_span,
    ),
    (rf"\b(?:in|over|during|for|within)\s+(?:the\s+)?past()\s+{_UNIT}\b", past_span),
    (rf"\b(?:in\s+|over\s+|during\s+)?(?:the\s+)?{_NUMBER}\s+{_UNIT}\s+since\b", past_span),
    (rf"\bfor\s+(?:the\s+)?{_NUMBER}\s+(?:consecutive\s+|straight\s+)?{_UNIT}\b", lasting),
    (rf"\b(?:in|over|during)?\s*(?:the\s+)?(?:most\s+)?recent\s+{_UNIT}", recent),
    (
        r"\b(?:(?:earlier|later|early|late)\s+)?(?:over\s+|during\s+|at\s+)?(?:the\s+)?"
        r"(last|this|next|coming|past|the) (week|month|year|weekend)\b(?![\s-]?(?:long|old)\b)",
        _unit,
    ),
    (r"\b(?:in|since|from|during|of|by|until|late|early|mid|back in)[\s-]+((?:19|20)\d\d)s?\b", _year),
    (HOLIDAY, holiday),
    (
        r"\b(?:in|over|during|within|for)\s+(?:the\s+same|that|this)\s+(?:time\s+|reporting\s+)?(?:period|span|timeframe)\b"
        r"|\bthe same (?:day|days|time period|period|morning|afternoon|evening|night)\b"
        r"|\b(?:(?:later|earlier)\s+)?that (?:same )?(?:day|morning|afternoon|evening|night)\b",
        partial(_without_days, "anaphor"),
    ),
)
_RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(p, re.IGNORECASE), rule) for p, rule in (*_PATTERNS, *MORE_PATTERNS)
)
_UNIT_WORDS = word_set("hour day night week fortnight month year decade")
_UNIT_WORDS |= {f"{unit}s" for unit in _UNIT_WORDS}
_FIGURE = "\\d"
"""Stands for any figure."""
_ASKED_WORDS: dict[Rule, frozenset[str]] = {
    **dict.fromkeys((_day_first, _month_first, _month), frozenset(MONTHS)),
    **dict.fromkeys((ago, past_span, lasting), _UNIT_WORDS),
    _weekday: frozenset(WEEKDAYS),
    near: word_set("today tonight yesterday tomorrow overnight night evening morning afternoon"),
    _unit: word_set("week month year weekend"),
    recent: frozenset({"recent"}),
    **dict.fromkeys((_iso, _year), frozenset({_FIGURE})),
}
"""A sentence without any of these words holds no match of the rule: most sentences need few of the slow patterns."""
