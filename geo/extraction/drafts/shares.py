"""People counted place by place under one deed: `killed five people in Tyre, two in Sidon and one in Nabatieh`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.extraction.casualties.casualties import Casualty
from geo.extraction.casualties.words_of_harm import PEOPLE
from geo.extraction.language.numbers import Number, find_numbers
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.whereabouts import Whereabout
from geo.vocabulary import MentionKind

Share = tuple[Whereabout, list[Casualty]]

_IN = word_set("in at near outside around")
_MORE = frozenset({"more", "others", "other"})
_HEDGES = word_set("another at least a further about some nearly almost")
_OPENING = frozenset({",", "and", ":", ";", "including"})
_BETWEEN = word_set("on early late people")
_WITHIN = 4
"""Words between a count and the `in` of its place."""


def shares_of(sentence: Sentence, casualties: Sequence[Casualty], places: Sequence[Whereabout]) -> list[Share]:
    """Return the places of a sentence that have counts of their own, each with them; none for fewer than two."""
    if not casualties or len(sentence.of_kind(MentionKind.TOPONYM)) < 2:
        return []
    numbers = find_numbers(sentence.words)
    shares: list[Share] = []
    leads: list[int] = []
    parts = False
    for place in places:
        at = None if place.anaphor else _lead(sentence, place)
        if at is None:
            continue
        counts = [replace(item, part=False) for item in casualties if _stands_at(sentence, item, at)]
        parts = parts or any(item.part and _stands_at(sentence, item, at) for item in casualties)
        if not counts:
            found = _further(sentence, numbers, at, casualties)
            parts = parts or (found is not None and not shares)
            counts = [found] if found is not None else []
        if counts:
            shares.append((place, counts))
            leads.append(at)
    if len({place.phrase.toponym.text for place, _ in shares}) < 2:
        return []
    return shares if parts else _with_rest(shares, leads, casualties)


def _lead(sentence: Sentence, place: Whereabout) -> int | None:
    """Return the position of the word that puts something into a place; None where another word leads to it."""
    first = sentence.at(place.phrase.start)
    return next((at for at in (first, first - 1) if sentence.low(at) in _IN), None)


def _stands_at(sentence: Sentence, item: Casualty, at: int) -> bool:
    """Return whether a count and its word of harm stand right before the word that leads to a place."""
    end = max(item.last, item.anchor + 1)
    if not 0 <= at - end <= _WITHIN:
        return False
    return all(index in sentence.day_ranges or sentence.low(index) in _BETWEEN for index in range(end, at))


def _further(sentence: Sentence, numbers: Sequence[Number], at: int, casualties: Sequence[Casualty]) -> Casualty | None:
    """Return a count that leaves out the verb told before it: `…, two in Sidon`, `… and another two in Sidon`."""
    number = next((one for one in numbers if 0 <= at - one.last <= 2), None)
    before = [item for item in casualties if number is not None and max(item.last, item.anchor) < number.first]
    if number is None or not before:
        return None
    if not all(sentence.low(index) in PEOPLE | _MORE for index in range(number.last, at)):
        return None
    first = number.first
    while sentence.low(first - 1) in _HEDGES:
        first -= 1
    if sentence.low(first - 1) not in _OPENING:
        return None
    return replace(before[-1], count=number.amount, first=number.first, last=number.last, part=False, victims="")


def _with_rest(shares: list[Share], leads: Sequence[int], casualties: Sequence[Casualty]) -> list[Share]:
    """Return shares with the counts that stand before the first place to follow: `killed two and hurt four in Tyre`."""
    firsts = {item.first for _, counts in shares for item in counts}
    for item in casualties:
        index = next((index for index, at in enumerate(leads) if at > item.first), None)
        if item.first not in firsts and index is not None:
            shares[index][1].append(item)
    return shares
