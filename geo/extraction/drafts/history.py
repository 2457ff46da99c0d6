"""What a report tells of the past beside its news: verdicts, years named before a deed, months long gone by.

A town `which the army retook in March` is told to explain what happened there this week. Its day lies within the year
that news may reach back, so that only the way it is told makes it history.
"""

from __future__ import annotations

from datetime import timedelta

from geo.extraction.drafts.moments import Moment, Origin
from geo.extraction.happenings.happenings import Happening
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import is_past_form, word_set
from geo.extraction.reading import Sentence
from geo.model import Days, Quoted
from geo.vocabulary import EventType, TimePrecision

_YEAR_WITHIN = 4
"""Words between a year and the deed that it dates: `the 2013 market bombing`."""
_GONE_BY = timedelta(days=20)
"""How long ago a month must have ended for what only it dates to be history beside news."""
_NEWS = timedelta(days=10)
"""Days before publication in which the news of a report lies."""
_OPENS_WITHIN = 4
"""Words in which a month opens its sentence, as it does where a report goes through the months."""


def is_history(happening: Happening, moment: Moment) -> bool:
    """Return whether a happening is told as the past that explains the news, though it lies less than a year back."""
    sentence, head = happening.sentence, happening.head
    if _is_tried(sentence, head) or _is_told_of_old(sentence, head):
        return True
    if _only_describes(happening, moment):
        return True
    if any(_is_of_named_year(sentence, signal) for signal in happening.signals) or _is_of_decade(sentence, head):
        return True
    if _is_beside_news(sentence, head, moment):
        return True
    if _is_counted_noun(sentence, head) and not _is_dated_after(head, moment):
        return True
    when = moment.when
    vague = not isinstance(when, Quoted) or when.value.precision is TimePrecision.MONTH
    if vague and is_since(sentence, head):
        return True
    if not isinstance(when, Quoted) or moment.origin is not Origin.OWN:
        return False
    published = sentence.reading.document.published
    if published is None or when.value.precision is not TimePrecision.MONTH or when.value.end > published - _GONE_BY:
        return False
    if sentence.reading.is_chronicle:
        return False
    opens = sentence.at(when.evidence[0].start) < _OPENS_WITHIN and sentence.clauses[head.first] == 0
    return is_subordinate(sentence, head) or (not opens and _tells_news(sentence, when.value))


def _only_describes(happening: Happening, moment: Moment) -> bool:
    """Return whether an aside only says what befell a thing that is spoken of: `the hospital, damaged in June, is …`.

    A day of the week before publication makes it news all the same.
    """
    sentence, first, last = happening.sentence, happening.signals[0].first, happening.signals[-1].last
    opened = first - 1 - sentence.low(first - 1).endswith("ly")
    if opened < 1 or sentence.low(opened) != "," or not is_past_form(sentence.low(first)):
        return False
    closed = next((at for at in range(last + 1, len(sentence.words)) if sentence.low(at) in _ASIDE_ENDS), None)
    if closed is None or sentence.low(closed) != "," or sentence.low(closed + 1) not in _STANDS:
        return False
    published, when = sentence.reading.document.published, moment.when
    if moment.origin is not Origin.OWN or not isinstance(when, Quoted):
        return True
    return published is not None and when.value.end < published - _NEWS_WEEK


_NEWS_WEEK = timedelta(days=7)
_ASIDE_ENDS = word_set(", . ; : and but which who that")
_STANDS = word_set(
    "is are was were remains remain remained stays stay still stands lies lay houses serves has have had"
)
"""Verbs that tell how a thing is, and no deed."""


def _is_beside_news(sentence: Sentence, head: Signal, moment: Moment) -> bool:
    """Return whether a relative clause tells what somebody had done before the news: `a recruit who had fled was …`."""
    clause = sentence.clauses[head.first]
    first = next((index for index, number in enumerate(sentence.clauses) if number == clause), 0)
    had = "had" in (sentence.low(head.first - 1), sentence.low(head.first - 2))
    if clause == 0 or not had or sentence.low(first) != "who" or head.trigger.role != "event":
        return False
    last = next((index for index in range(first, len(sentence.words)) if sentence.clauses[index] != clause), first + 12)
    dated = any(first <= sentence.at(day.start) < head.last + 8 for day in sentence.days)
    others = [at for at in sentence.trigger_positions if at > head.last and sentence.low(at - 1) in ("was", "were")]
    grave = head.event_type in (EventType.STRATEGIC_DEVELOPMENTS, EventType.BATTLES)
    return grave and bool(others) and not dated and last > head.first


def _is_told_of_old(sentence: Sentence, head: Signal) -> bool:
    """Return whether a deed lies before what was just told of a year long gone: `… of 1983 … They had shot 178 …`."""
    published = sentence.reading.document.published
    had = any(sentence.low(index) == "had" for index in range(head.first - 3, head.first))
    if published is None or not had or not sentence.index or sentence.reading.is_chronicle:
        return False
    before = sentence.reading.sentences[sentence.index - 1]
    years = (low for low in before.lows if low.isdigit() and len(low) == 4)
    return any(1900 <= int(year) < published.year - 1 for year in years)


def is_subordinate(sentence: Sentence, head: Signal) -> bool:
    """Return whether a deed stands in a clause about something else, or before another deed: `which … retook`."""
    if any(sentence.low(index) == "had" for index in range(head.first - 3, head.first)):
        return True
    clause = sentence.clauses[head.first]
    first = next((index for index, number in enumerate(sentence.clauses) if number == clause), 0)
    return clause > 0 and sentence.low(first) in _RELATIVE


_RELATIVE = word_set("which that who whom where when since after before")


def _is_of_named_year(sentence: Sentence, head: Signal) -> bool:
    published = sentence.reading.document.published
    if published is None or (head.trigger.part != "noun" and not sentence.low(head.first).endswith("ing")):
        return False
    for index in range(head.first - 1, max(-1, head.first - 2 - _YEAR_WITHIN), -1):
        low = sentence.low(index)
        if low.isdigit() and len(low) == 4 and 1900 <= int(low) < published.year:
            return sentence.low(index - 1) in _ATTRIBUTING
        if not low.isalpha() and low not in ("-", "'s"):
            return False
    return False


def _is_of_decade(sentence: Sentence, head: Signal) -> bool:
    """Return whether its clause dates a deed by a decade: `nearly destroyed in the 1970s`."""
    clause = sentence.clauses[head.first]
    return any(
        sentence.clauses[at] == clause and low[:2] in ("18", "19") and low.endswith("0s") and len(low) == 5
        for at, low in enumerate(sentence.lows)
    )


_ATTRIBUTING = word_set("the a in that this 's of those its during")


def _is_tried(sentence: Sentence, head: Signal) -> bool:
    """Return whether a deed is what somebody was tried for: `sentenced two men to life for the bombing of …`."""
    for index in range(head.first - 1, -1, -1):
        low = sentence.low(index)
        if low in _APART:
            return False
        if low in _VERDICTS or (low == "guilty" and sentence.low(index - 1) in ("found", "pleaded")):
            return head.trigger.sub_event_type not in _NEW_BESIDE
    return False


_VERDICTS = word_set("sentenced convicted acquitted indicted extradited")
_APART = word_set("; while whereas meanwhile but")
_NEW_BESIDE = frozenset({"peaceful_protest", "protest_with_intervention", "violent_demonstration"})


def _tells_news(sentence: Sentence, told: Days) -> bool:
    """Return whether another sentence of the document has a day near its publication."""
    published = sentence.reading.document.published
    return published is not None and any(
        day.kind == "at" and day.days is not None and day.days.start > max(told.end, published - _NEWS)
        for other in sentence.reading.sentences
        for day in other.days
    )


def is_experience(sentence: Sentence, head: Signal) -> bool:
    """Return whether a deed only says what somebody is known for: `nations which have conducted strikes`."""
    before = {sentence.low(index) for index in range(head.first - 3, head.first)}
    clause = sentence.clauses[head.first]
    first = next((index for index, number in enumerate(sentence.clauses) if number == clause), 0)
    return clause > 0 and sentence.low(first) in ("which", "who") and not before.isdisjoint(_HAVE)


_HAVE = frozenset({"have", "has"})


def is_only_known(sentence: Sentence, head: Signal) -> bool:
    """Return whether the words take a deed for known, and tell something else."""
    return is_since(sentence, head) or is_experience(sentence, head)


def _is_counted_noun(sentence: Sentence, head: Signal) -> bool:
    """Return whether a noun only says from when something counts: `the biggest gain since the capture of the town`."""
    at = head.first - 1 - (sentence.low(head.first - 1) in _ARTICLES)
    return sentence.low(at) == "since" and sentence.low(head.last + 1) in ("of", "by")


def _is_dated_after(head: Signal, moment: Moment) -> bool:
    """Return whether the day of a happening stands behind its word, and not in the news before it."""
    when = moment.when
    return moment.origin is Origin.OWN and isinstance(when, Quoted) and when.evidence[0].start > head.mention.start


_ARTICLES = frozenset({"the", "its", "their"})


def is_since(sentence: Sentence, head: Signal) -> bool:
    """Return whether a deed only says from when something else counts: `have fled since rebels captured the town`."""
    clause = sentence.clauses[head.first]
    first = next((index for index, number in enumerate(sentence.clauses) if number == clause), 0)
    passive = bool({"was", "were", "been"} & {sentence.low(head.first - 1), sentence.low(head.first - 2)})
    told = passive or head.trigger.part == "noun" or is_past_form(sentence.low(head.first))
    dated = first + 1 in sentence.day_ranges or first in sentence.day_ranges
    return (clause > 0 or not dated) and sentence.low(first) == "since" and told
