"""Counts of what weeks, months or years brought: totals that tell no event of their own day."""

from __future__ import annotations

import re

from geo.extraction.drafts.counts import WAR_TOTAL
from geo.extraction.drafts.drafts import Draft
from geo.extraction.drafts.moments import Origin
from geo.extraction.language.words import word_set
from geo.model import Quoted


def is_statistic(draft: Draft) -> bool:
    """Return whether a sentence counts what months or years brought, and tells no event of its own day."""
    sentence = draft.sentence
    if draft.sub_type.value == "agreement":
        return False  # `signed a peace that ends a war of 220,000 dead`
    if any((item.count.high or item.count.best or item.count.low or 0) >= WAR_TOTAL for item in sentence.casualties):
        return True
    if _OF_STATISTICS.isdisjoint(sentence.lows):
        return False
    if _MILLIONS.search(sentence.text, sentence.start, sentence.end):
        return True
    begun = _SINCE_BEGUN.search(sentence.text, sentence.start, sentence.end)
    if begun is not None and not sentence.compares:
        return True
    match = _PERIOD.search(sentence.text, sentence.start, sentence.end)
    if match is None or sentence.compares:
        return False
    when = draft.moment.when
    dated = draft.moment.origin is Origin.OWN and isinstance(when, Quoted) and when.value.precision <= WEEK
    before = {sentence.low(index) for index in range(sentence.at(match.start()) - 4, sentence.at(match.start()))}
    return not dated and before.isdisjoint(_ORDINALS)


def is_of_weeks(draft: Draft) -> bool:
    """Return whether a sentence sums up what weeks brought: `has verified 443 attacks since 7 October`."""
    when, sentence, head = draft.moment.when, draft.sentence, draft.happening.head
    if not isinstance(when, Quoted) or draft.moment.origin is not Origin.OWN or sentence.compares:
        return False
    if (when.value.end - when.value.start).days < _WEEKS:
        return False
    before = [sentence.low(index) for index in range(max(0, head.first - 6), head.first)]
    start = sentence.at(when.evidence[0].start)
    if {"has", "have"} & set(before) and "since" in (sentence.low(start), sentence.low(start - 1)):
        return True
    if head.trigger.part == "noun":
        several = any(low in _MANY_OF or low.isdigit() for low in before)
        return several and sentence.low(head.first).endswith(("s", "ing"))
    return bool({"has", "have"} & set(before)) and draft.happening.only_harm


_WEEKS = 14
"""Days from which a count of attacks is a total, and no attack."""
_MANY_OF = word_set("hundreds dozens scores many several numerous of thousands repeated frequent most all")
_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_PERIOD = re.compile(
    rf"\bbetween {_MONTH}(?: \d{{4}})? and {_MONTH}\b|\bfrom {_MONTH}(?: \d{{4}})? to {_MONTH}\b"
    r"|\b(?:in|over|during|for|within) the (?:past|last|first|previous) (?:(?:[a-z]+|\d+) )?(?:months|years|decades?)\b"
    r"|\b(?:in|during|over) the (?:first|second|third|fourth|last) (?:half|quarter)\b"
    r"|\bso far this year\b|\b(?:half-yearly|quarterly|annual|yearly) report\b|\bevery (?:year|month)\b"
    r"|\b(?:a|per) (?:year|month) on average\b|\bon average\b",
    re.IGNORECASE,
)
_SINCE_BEGUN = re.compile(
    r"\b(?:has|have)\b[^.;]{0,60}\b"
    r"(?:killed|died|injured|wounded|displaced|murdered|arrested|detained|abducted|kidnapped)\b[^.;]{0,60}"
    r"(?:\bsince\b[^.;]{0,60}\b(?:began|begun|started|erupted|broke out)\b|\bduring the (?:current|ongoing)\b)",
    re.IGNORECASE,
)
_MILLIONS = re.compile(r"\b\d+(?:\.\d+)? million (?:people|persons|residents|children|refugees|idps)\b", re.IGNORECASE)
"""People whom no single event harms or displaces."""
_OF_STATISTICS = word_set(
    "has have million january february march april may june july august september october november december months "
    "years decade decades half quarter year month average report"
)
"""Some word of whatever the patterns above match: they are slow, and most sentences hold none."""
_ORDINALS = word_set("first second third fourth fifth sixth seventh eighth ninth tenth latest deadliest worst time")
WEEK = 2
"""The precision of a day or a few days."""
