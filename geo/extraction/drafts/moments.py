"""When a happening took place: its own day, one told before it, or the days up to publication."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import IntEnum

from geo.extraction.days.calendar import LONG_AGO_DAYS, spanning
from geo.extraction.days.dates import DayMention
from geo.extraction.days.day_rules import slack_of
from geo.extraction.happenings.distances import is_counted_from
from geo.extraction.happenings.happenings import Happening
from geo.extraction.language.clauses import SPEECH
from geo.extraction.reading import Sentence
from geo.model import Days, Quoted, Unresolved
from geo.vocabulary import TimePrecision

_SPOKEN = SPEECH | {
    "statement",
    "interview",
    "conference",
    "letter",
    "issued",
    "told",
    "implored",
    "speaking",
    "briefing",
}
_SPOKEN_WITHIN = 6
_COMMENTED = frozenset(
    {"expressed", "condemned", "denounced", "deplored", "welcomed", "criticised", "criticized", "voiced", "urged"}
)
_LOOK_BACK = 3
"""Sentences in which a day told before still holds."""
_CLAUSE_COST = 6
"""Words that one border between clauses is worth."""
_LATER = 12
"""Words by which a day that follows on another of its sentence is farther off: `seized Monday, freed a day later`."""
WEEK = timedelta(days=6)


class Origin(IntEnum):
    """Where a value of a happening was read, from the least to the best."""

    NONE = 0
    ASSUMED = 1
    """Only from the day of publication."""
    INHERITED = 2
    """Told in a sentence before."""
    OWN = 3
    """Told with the happening."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When it was, and how well the text says so."""

    when: Quoted[Days] | Unresolved
    origin: Origin
    past: bool = False
    """Whether the words put it more than a year back: history, no news."""
    future: bool = False


def moment_of(happening: Happening, before: Quoted[Days] | None) -> Moment:
    """Return when a happening was; `before` is the day of the happening told before it."""
    sentence = happening.sentence
    history = _named_year(sentence)
    if history is not None:
        return Moment(Unresolved(f"{history!r} is no news"), Origin.OWN, past=True)
    mention = nearest_day(happening)
    if mention is not None:
        if mention.days is not None and not sentence.reading.is_entry(mention) and _is_long_ago(sentence, mention.days):
            return Moment(Unresolved(f"{mention.text!r} is no news"), Origin.OWN, past=True)
        if mention.kind in ("past", "future"):
            return Moment(
                Unresolved(f"{mention.text!r} is no news"), Origin.OWN, mention.kind == "past", mention.kind == "future"
            )
        resolved = _resolved(mention, _latest(before, _told_before(sentence)))
        if resolved is not None:
            return Moment(resolved, Origin.OWN)
        if mention.kind == "unknown":
            return Moment(Unresolved(f"{mention.text!r}, but the document has no day of publication"), Origin.NONE)
    told = _told_before(sentence)
    if told is not None:
        return Moment(told, Origin.INHERITED)
    return _up_to_publication(happening)


def _named_year(sentence: Sentence) -> str | None:
    """Return the words that put a sentence into the war of an earlier year: `in the 1967 war`; None without."""
    published = sentence.reading.document.published
    match = _NAMED_YEAR.search(sentence.text, sentence.start, sentence.end)
    if match is None or published is None or int(match.group(1)) >= published.year - 1:
        return None
    return match.group()


_NAMED_YEAR = re.compile(
    r"\b(?:in|during|since|after)\s+the\s+((?:19|20)\d\d)\s+(?:[\w-]+\s+){0,3}?(?:war|invasion|conflict|uprising|revolution)\b"
)


def _is_long_ago(sentence: Sentence, days: Days) -> bool:
    """Return whether days begin more than a year before publication: a total of years, or history."""
    published = sentence.reading.document.published
    return published is not None and (published - days.start).days > LONG_AGO_DAYS


def nearest_day(happening: Happening) -> DayMention | None:
    """Return the words for days that belong to a happening: the nearest that do not date a saying."""
    sentence, head = happening.sentence, happening.head
    best: tuple[int, DayMention] | None = None
    for mention in sentence.days:
        position = sentence.at(mention.start)
        gap = happening.distance(position)
        if dates_speech(sentence, mention) or _is_compared(sentence, mention) or _dates_reason(happening, mention):
            continue
        if is_counted_from(sentence, mention.start):
            continue
        borders = abs(sentence.clauses[position] - sentence.clauses[head.first]) + _is_inserted(
            sentence, position, head.first
        )
        cost = (
            gap
            + _CLAUSE_COST * borders
            + (_LATER if mention.kind == "shift" and mention is not sentence.days[0] else 0)
        )
        if best is None or cost < best[0]:
            best = (cost, mention)
    return _made_precise(sentence, best[1]) if best else None


def _dates_reason(happening: Happening, mention: DayMention) -> bool:
    """Return whether a day long gone is of what a crowd speaks of: `justice for those killed in June`."""
    position = happening.sentence.at(mention.start)
    near = any(0 < position - reason < happening.distance(position) for reason in happening.reasons)
    published = happening.sentence.reading.document.published
    gone = mention.days is not None and published is not None and published - mention.days.end > WEEK
    return near and not happening.is_reason and (mention.kind == "past" or gone)


def _is_inserted(sentence: Sentence, position: int, deed: int) -> bool:
    """Return whether a day stands in a clause about somebody, closed before the deed: `who held it since May, …`"""
    if not any(sentence.low(index) == "," for index in range(position, deed)):
        return False
    opened = range(max(1, position - _SPOKEN_WITHIN), position)
    return any(sentence.low(index) in ("who", "which") and sentence.low(index - 1) == "," for index in opened)


def _is_compared(sentence: Sentence, mention: DayMention) -> bool:
    """Return whether a day only compares: `the deadliest strike since March`, `today it still controls`."""
    first = sentence.at(mention.start)
    if mention.text.lower() == "today":
        return not _STILL.isdisjoint(sentence.lows[first + 1 : first + 4])
    if not sentence.compares:
        return False
    before = sentence.lows[max(0, first - _SINCE_WITHIN) : first + 1]
    # `its biggest gain since the fall of the town last June`
    return "since" in before and "," not in before[before.index("since") :]


_SINCE_WITHIN = 8
_STILL = frozenset({"still", "remains", "remain", "no"})


def _made_precise(sentence: Sentence, mention: DayMention) -> DayMention:
    """Return the day that stands right behind a vaguer one: `last Friday (17 November)`, `overnight on Friday`."""
    last = sentence.at(mention.end - 1)
    for other in sentence.days:
        if _ends_span(sentence, mention, other) and mention.days is not None and other.days is not None:
            return replace(
                mention,
                end=other.end,
                text=sentence.text[mention.start : other.end],
                days=spanning(mention.days.start, other.days.end),
            )
        between = [sentence.low(index) for index in range(last + 1, sentence.at(other.start))]
        if other.start > mention.start and other.days is not None and between in (["("], ["on"], []):
            return other
    return mention


def _ends_span(sentence: Sentence, mention: DayMention, other: DayMention) -> bool:
    """Return whether a day ends what began on another: `broke out on Wednesday and went on until Friday`."""
    if other.start <= mention.start or mention.kind != "at" or other.kind != "at" or not mention.days or not other.days:
        return False
    first = sentence.at(other.start)
    lead = {sentence.low(index) for index in range(first - 1, sentence.at(other.end - 1))}
    return bool(lead & _UNTIL) and mention.days.start < other.days.start


_UNTIL = frozenset({"until", "till", "through"})


def dates_speech(sentence: Sentence, mention: DayMention) -> bool:
    """Return whether a day says when somebody spoke: `police said on Monday`."""
    first = sentence.at(mention.start)
    if sentence.low(sentence.at(mention.end - 1) + 1) == "'s":
        return False  # `reported that last night's attacks …`
    if sentence.low(sentence.at(mention.end - 1) + 1) in _COMMENTED:
        return True  # `the Council on Thursday condemned the attacks`
    triggers = sentence.trigger_positions
    for position in range(first - 1, max(-1, first - 1 - _SPOKEN_WITHIN), -1):
        if position in triggers or sentence.low(position) == "that":
            return False
        if sentence.low(position) == "," and position == first - 1 and not sentence.low(first - 2).endswith("day"):
            return False  # `according to a statement, on Monday jets hit …`
        if sentence.low(position) in _SPOKEN:
            # `clashes were reported near the town on Friday` dates the clashes.
            return not (sentence.low(position) == "reported" and sentence.low(position - 1) in ("was", "were"))
    return False


def _latest(one: Quoted[Days] | None, other: Quoted[Days] | None) -> Quoted[Days] | None:
    """Return which of two told days stands later in the text."""
    return max((day for day in (one, other) if day), key=lambda day: day.evidence[0].start, default=None)


def _resolved(mention: DayMention, before: Quoted[Days] | None) -> Quoted[Days] | None:
    if before is None or mention.kind not in ("anaphor", "shift"):
        return None if mention.days is None else Quoted(mention.days, (mention.evidence,))
    evidence = (mention.evidence, *before.evidence)
    if mention.kind == "anaphor":
        return Quoted(before.value, evidence)
    step, slack = timedelta(days=mention.shift), timedelta(days=slack_of(mention.shift))
    anchor = (before.value.start if mention.shift < 0 else before.value.end) + step
    return Quoted(spanning(anchor - slack, anchor + slack), evidence)


def _told_before(sentence: Sentence) -> Quoted[Days] | None:
    sentences = sentence.reading.sentences
    for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _LOOK_BACK), -1):
        earlier = sentences[index]
        for mention in reversed(earlier.days):
            if _is_aside(earlier, mention) or dates_speech(earlier, mention):
                continue
            if mention.kind == "at" and mention.days is not None and _length(mention.days) <= _HELD_OVER:
                return Quoted(mention.days, (mention.evidence,))
    return None


_HELD_OVER = timedelta(days=62)
"""Longest span that a sentence after it is told of: not the eight months for which somebody hid a flag."""


def _length(days: Days) -> timedelta:
    return days.end - days.start


def _is_aside(sentence: Sentence, mention: DayMention) -> bool:
    """Return whether a day stands in a concession after the sentence's own day: `…, although X said so on Friday`."""
    if mention is sentence.days[0]:
        return False
    first, last = sentence.at(sentence.days[0].end), sentence.at(mention.start)
    return any(sentence.low(index) in ("although", "though") for index in range(first, last))


_BREAKING = re.compile(r"\W{0,4}(?:BREAKING|JUST\s+IN|JUST\s+NOW|URGENT|FLASH|HAPPENING\s+NOW)\b")
"""Words by which a report opens that tells what happened within hours."""


def _up_to_publication(happening: Happening) -> Moment:
    """Return the week up to publication: a report of the day tells what is new, and names no day for it.

    A day of speech narrows it: what somebody said on Monday happened on Monday or the day before.
    """
    sentence = happening.sentence
    spoken = next((m for m in sentence.days if m.kind == "at" and m.days and dates_speech(sentence, m)), None)
    if spoken is not None and spoken.days is not None:
        days = Days(spoken.days.start - timedelta(days=1), spoken.days.end, TimePrecision.WEEK)
        return Moment(Quoted(days, (spoken.evidence,)), Origin.INHERITED)
    published = sentence.reading.document.published
    if published is None:
        return Moment(Unresolved("no day is named, and the document has no day of publication"), Origin.NONE)
    if _BREAKING.match(sentence.reading.document.text):
        days = spanning(published - timedelta(days=1), published)
        return Moment(Quoted(days, (happening.head.mention.evidence,)), Origin.ASSUMED)
    # The words name no day: the span is an assumption, and the precision says so.
    days = Days(published - WEEK, published, TimePrecision.MONTH)
    return Moment(Quoted(days, (happening.head.mention.evidence,)), Origin.ASSUMED)
