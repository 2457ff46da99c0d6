"""Whom a verb or a noun befalls, and by whom: the phrases behind it, up to the next preposition or mark."""

from __future__ import annotations

from functools import lru_cache

from geo.extraction.language.clauses import OPENERS
from geo.extraction.language.words import is_past_form, word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.phrases import AUXILIARIES, ENDS_HEAD, Phrase, is_apart, phrase_of

_ENDS_OBJECT = ENDS_HEAD | OPENERS | word_set(', . ; : ( ) " “ ” – — and dead from along across through as')
_TO_OBJECT = word_set("at on against with into upon targeting")
_PARTICLES = word_set("down dead up fatally into and fire several")


@lru_cache(maxsize=64)
def object_of(sentence: Sentence, verb: int) -> Phrase | None:
    """Return what follows the verb whose last word is at a position: its object, or whom it is aimed at."""
    at = verb + (2 if sentence.low(verb + 1) == "of" else 1)
    while sentence.low(at) in _PARTICLES or _is_other_verb(sentence, at):
        at += 1
    if sentence.low(at) == "to" and sentence.low(at + 1) == "death":
        at += 2
    if sentence.low(at) == ",":  # `murdered, at gunpoint, a soldier`
        at = next((i + 1 for i in range(at + 2, at + 5) if sentence.low(i) == ","), at)
    if sentence.low(at) in _TO_OBJECT:
        at += 1
    if sentence.low(at) in _QUOTES:  # `"neutralised" ten rebels`
        at += 1
    return _noun_phrase(sentence, at)


_QUOTES = frozenset({'"', "”", "’", "»"})


def target_of(sentence: Sentence, verb: int, leads: frozenset[str]) -> Phrase | None:
    """Return the phrase behind the first of some prepositions after a verb or a noun, in the same stretch."""
    for at in range(verb + 1, min(verb + 16, len(sentence.words))):
        if sentence.low(at) in leads:
            found = _noun_phrase(sentence, at + 1)
            if found is not None:
                return found
        if sentence.low(at) in (";", "while", "but", "when", "after", "before"):
            return None
    return None


def _noun_phrase(sentence: Sentence, first: int) -> Phrase | None:
    """Return the phrase that starts at a word; None for a day, and for the subject of what is told next."""
    at = first
    while at < len(sentence.words) and not _ends_object(sentence, at) and at not in sentence.day_ranges:
        at += 1
    if at == first or any(sentence.low(index) in AUXILIARIES for index in range(first, at + 1)):
        return None
    return phrase_of(sentence, first, at)


def _ends_object(sentence: Sentence, at: int) -> bool:
    return sentence.low(at) in _ENDS_OBJECT and is_apart(sentence, at)


def _is_other_verb(sentence: Sentence, at: int) -> bool:
    return at in sentence.trigger_positions and is_past_form(sentence.low(at)) and sentence.low(at - 1) == "and"


def agent_of(sentence: Sentence, verb: int) -> Phrase | None:
    """Return who is named after `by` behind a verb or a noun, before another deed is told."""
    for at in range(verb + 1, min(verb + 26, len(sentence.words))):
        low = sentence.low(at)
        if low == "by" and not sentence.low(at + 1).endswith("ing"):
            if _BESIDE & {sentence.low(at + 1), sentence.low(at + 2)}:
                return None  # `found by a road`
            participle = sentence.low(at - 1)
            if at - 1 > verb and participle.endswith(("ed", "held", "led", "run")) and participle not in _DONE:
                return None  # `shelling a town held by rebels`
            return _agent(sentence, at + 1)
        if low in (";", "while", "but") or (at in sentence.trigger_positions and is_past_form(low)):
            return None
    return None


_BESIDE = word_set("road roadside highway motorway river riverside lake lakeside stream canal wall fence gate bridge")
"""What something lies by."""


def _agent(sentence: Sentence, first: int) -> Phrase | None:
    last = first
    while last < len(sentence.words) and not _ends_object(sentence, last) and sentence.low(last) not in AUXILIARIES:
        if last in sentence.day_ranges:
            break
        last += 1
    return phrase_of(sentence, first, last)


def placed_by(sentence: Sentence, subject: Phrase) -> Phrase | None:
    """Return who is told to have used the means that a subject names: `a bomb planted by rebels exploded`."""
    for at in range(subject.first + 1, subject.last - 1):
        if sentence.low(at) == "by" and sentence.low(at - 1) in _DONE:
            return _agent(sentence, at + 1)
    return None


_DONE = word_set(
    "launched conducted fired dropped carried staged mounted perpetrated executed planted placed claimed installed "
    "buried laid detonated"
)
