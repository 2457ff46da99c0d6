"""The count of an event, from the counts of people that sentences tell of it.

Totals of a war or of years are left out; counts of one verb are summed; another source's count bounds the first, and a
count that is said to have risen or to be corrected takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from geo.extraction.casualties.casualties import Casualty
from geo.extraction.casualties.harms import Harm
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.model import Count, Evidence, Quoted

T = TypeVar("T")

TOLLS_APART = 4
"""Times that two counts of the dead of one event differ at most."""
WAR_TOTAL = 10_000
"""Deaths that no single event of these wars had: a count as high is a total of a war, or of years."""
_TOTAL = re.compile(
    r"\bsince\s+(?:the\s+)?(?:start|beginning|outbreak|onset|conflict|war|civil\s+war|uprising|revolution|crisis|insurgency"
    r"|(?:19|20)\d\d)|\b(?:five|six|seven|\d+)[\s-]years?[\s-](?:old\s+)?(?:civil\s+)?(?:war|conflict)"
    r"|\b(?:over|in|during|for)\s+(?:the\s+)?(?:past|last)\s+(?:\w+\s+)?(?:years|decades?)\b"
    r"|\bso far this year\b|\bthis year\b"
    r"|\b(?:war|conflict|insurgency|uprising)\s+(?:has|had)\s+(?:killed|left|claimed)\b"
    r"|\b(?:war|conflict|insurgency|uprising),?\s+(?:which|that)\s+(?:(?:has|have|had)\s+)?(?:killed|left|claimed)\b",
    re.IGNORECASE,
)

_EARLIER = re.compile(r"\bsince\s[^,;.]{1,30},\s+when\b", re.IGNORECASE)
"""Words that open what happened on the day from which another counts: `the worst since March, when …`."""


def is_total(sentence: Sentence, casualty: Casualty) -> bool:
    """Return whether a count is a total of a war, of years or of a whole country, or what a record is held against."""
    count = casualty.count
    earlier = _EARLIER.search(sentence.text, sentence.start, sentence.end)
    if earlier is not None and earlier.end() <= sentence.words[casualty.anchor].start:
        return True
    most = count.high or count.best or count.low or 0
    if most >= WAR_TOTAL:
        return True
    return _TOTAL.search(sentence.text, sentence.start, sentence.end) is not None and not sentence.compares


def counted(sentence: Sentence, casualties: Sequence[Casualty], harm: Harm, *, shared: bool) -> Quoted[Count] | None:
    """Sum the counts of one harm, leaving out parts; a count shared by several places bounds each from above only."""
    wholes = [item for item in casualties if item.harm == harm and not item.part]
    wholes = [item for item in wholes if _REVISED.search(_quoted(sentence, item).text)][-1:] or _first_told(wholes)
    if not wholes:
        return None
    evidence = tuple(_quoted(sentence, item) for item in wholes)
    wholes = wholes if len(wholes) == 1 else _of_one_speaker(sentence, wholes)
    total = _disputed(sentence, wholes, [item for item in casualties if item.harm == harm and not item.part])
    if shared:
        total = Count(0, None, total.high or total.best or total.low)
    return Quoted(total, evidence)


def _quoted(sentence: Sentence, item: Casualty) -> Evidence:
    words = sentence.words
    first, last = min(item.first, item.anchor), max(item.last - 1, item.anchor)
    return Evidence.of(sentence.text, words[first].start, words[last].end)


def _disputed(sentence: Sentence, wholes: Sequence[Casualty], told: Sequence[Casualty]) -> Count:
    """Return the sum of counts, with the bounds that another speaker of the sentence gives: `X says 34, Y 9`."""
    total = _sum([item.count for item in wholes])
    others = [least_told(item.count) for item in told if item not in wholes]
    first = least_told(total)
    if len(wholes) != 1 or len(sentence.speakers) + bool(TELLING & set(sentence.lows)) < 2:
        return total
    apart = 2 * TOLLS_APART if TELLING & set(sentence.lows) else TOLLS_APART
    near = [other for other in others if other and max(first, other) <= apart * min(first, other)]
    if not near:
        return total
    return Count(min(first, *near), total.best, None if total.high is None else max(total.high, *near))


def _of_one_speaker(sentence: Sentence, wholes: list[Casualty]) -> list[Casualty]:
    """Return the counts of the first who tells them, where the sentence goes on to say whose count differs."""
    if len(sentence.speakers) + bool(TELLING & set(sentence.lows)) < 2:
        return wholes
    clause = sentence.clauses[wholes[0].anchor]
    borders = [at for at, low in enumerate(sentence.lows) if low in (";", "while", "but", "whereas")]
    split = next((at for at in borders if at > wholes[0].anchor), None)
    if split is None or sentence.clauses[wholes[-1].anchor] == clause:
        return wholes
    return [item for item in wholes if item.anchor < split] or wholes[:1]


def _first_told(casualties: Sequence[Casualty]) -> list[Casualty]:
    """Keep the counts that add up: of one verb, or of different people; a second telling of the same is left out."""
    kept: list[Casualty] = []
    for item in casualties:
        if kept and item.anchor != kept[0].anchor and (not item.victims or item.victims in {k.victims for k in kept}):
            continue
        kept.append(item)
    return kept


def _sum(counts: Sequence[Count]) -> Count:
    def total(values: Sequence[int | None]) -> int | None:
        return sum(value for value in values if value is not None) if None not in values else None

    if len(counts) == 1:
        return counts[0]
    low = sum(count.low or 0 for count in counts)
    return Count(low, total([count.best for count in counts]), total([count.high for count in counts]))


def least_told(count: Count) -> int:
    """Return the count itself, or the bound that is told."""
    return next((value for value in (count.best, count.low, count.high) if value is not None), 0)


def bounded(told: list[Quoted[Count]]) -> Quoted[Count] | None:
    """Return the first count, with the bounds that other sources of one document give it."""
    if len({quoted.value for quoted in told}) < 2:
        return told[0] if told else None
    revised = next((quoted for quoted in reversed(told) if is_revised(quoted)), None)
    if revised is not None:
        return Quoted(revised.value, distinct([*revised.evidence, *(e for quoted in told for e in quoted.evidence)]))
    first = told[0].value
    least = min(least_told(quoted.value) for quoted in told)
    opened = any(quoted.value.high is None for quoted in told)
    most = None if opened else max(max(quoted.value.high or 0, least_told(quoted.value)) for quoted in told)
    return Quoted(Count(least, first.best, most), distinct(e for quoted in told for e in quoted.evidence))


def with_further(first: Quoted[Count] | None, further: Sequence[Quoted[Count] | None]) -> Quoted[Count] | None:
    """Return a count with the counts of others beside those it is of."""
    told = [count for count in (first, *further) if count is not None]
    if len(told) < 2:
        return next(iter(told), None)
    return Quoted(_sum([count.value for count in told]), distinct(words for count in told for words in count.evidence))


def counts_agree(one: Quoted[Count] | None, other: Quoted[Count] | None) -> bool:
    """Return whether two counts say the same, or one of them nothing."""
    return one is None or other is None or one.value == other.value


def distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return pieces of evidence in order, each once."""
    return tuple(dict.fromkeys(evidence))


def is_revised(count: Quoted[Count]) -> bool:
    """Return whether a count is told as the latest one: `the toll has risen to 31`."""
    return any(_REVISED.search(evidence.text) for evidence in count.evidence)


_REVISED = re.compile(
    r"\btoll\s+to\b|\b(?:rose|risen|rises?|rising|climb\w*|increas\w+|jump\w+|reached|revised|corrected|updated|lowered|grown|grew)\b",
    re.IGNORECASE,
)


TELLING = word_set("numbered counted counts counting toll put puts tally documented confirmed recorded")
"""Words by which another source gives its own count."""


def agrees_with(one: Quoted[Count] | None, other: Quoted[Count] | None, *, apart: bool = False) -> bool:
    """Return whether a later count may be of the event whose count is told: the same, its correction, or none.

    Where another source tells it (`apart`), counts that differ a few times are of one event.
    """
    if counts_agree(one, other) or one is None or other is None:
        return True
    few, many = sorted((least_told(one.value), least_told(other.value)))
    return few > 0 and (apart or is_revised(other)) and many <= TOLLS_APART * few
