"""Words that only tell how old somebody is: `a woman of 63`, `Jane Roe, 73,`, `aged 12 and 14`. They count nobody."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.language.numbers import number_of
from geo.extraction.language.words import Word, word_set

_OLDEST = 115
_KIN = word_set(
    "father mother wife husband son daughter brother sister uncle aunt nephew niece cousin grandfather grandmother "
    "grandson granddaughter widow pensioner mother-in-law baby toddler"
)
_BOUNDING = frozenset({"under", "over", "below"})
_ARTICLES = frozenset({"a", "an"})
_TELLING = frozenset({"aged", "ages", "age"})
_JOINING = frozenset({",", "and", "to", "-", "–", "between", "or"})
_STARTS = word_set("a an the his her their two three four five six seven eight nine ten another")
_CLOSING = frozenset({",", ".", ";", ")", "and"})
_AFTER_AGE = frozenset({"were", "was", "in", "at", "died", "when", "who", "have", "had", "are"})
_YOUNG = word_set("children boys girls people men women those pupils minors persons child boy girl")


def without_ages(words: Sequence[Word], persons: frozenset[str]) -> list[int]:
    """Return the positions of the words that are left when ages are taken out; `persons` are nouns for one person."""
    kept = list(range(len(words)))
    if not any(word.low[0].isdigit() or word.low in _TELLING | _BOUNDING for word in words):
        return kept
    gone: set[int] = set()
    for position, word in enumerate(words):
        if word.low.isdecimal() and word.low.isascii() and len(word.low) < 4 and int(word.low) <= _OLDEST:
            gone.update(_age_at(words, position, persons))
        elif word.low not in _ARTICLES and number_of(word.low) is not None:
            gone.update(_age_in_words(words, position))
    return [position for position in kept if position not in gone]


def _age_at(words: Sequence[Word], at: int, persons: frozenset[str]) -> tuple[int, ...]:
    """Return the positions of the words of an age with its number at a position; none where it is no age."""
    told = _told_before(words, at)
    if told is not None:
        first = told - 1 if _low(words, told - 1) == "," else told
        return tuple(range(first, at + 1 + (first < told and _closes(words, at + 1))))
    before, noun = _low(words, at - 1), _low(words, at - 2)
    if before in _BOUNDING and noun in _YOUNG and not _low(words, at + 1).isalpha():
        return (at - 1, at)  # `29 children under 15`
    if before in _BOUNDING and noun in _YOUNG and _low(words, at + 1) in _CLOSING | _AFTER_AGE:
        return (at - 1, at)
    person = noun in persons or noun in _KIN
    if before == "of" and person:
        return (at - 1, at) if _low(words, at + 1) not in persons else ()
    named = person or (at > 1 and words[at - 2].capital and not words[at - 2].is_mark)
    if before == "(" and _low(words, at + 1) == ")" and named:
        return (at - 1, at, at + 1)
    if before == "," and named and _low(words, at + 1) in _CLOSING:
        return (at - 1, at, at + 1) if _closes(words, at + 1) else (at - 1, at)
    return ()


def _age_in_words(words: Sequence[Word], at: int) -> tuple[int, ...]:
    """Return the positions of an age told in words behind `under`, `over` or `aged`: `children under fifteen`."""
    if _low(words, at - 1) not in _BOUNDING | _TELLING:
        return ()
    last = at + 2 if _low(words, at + 1) == "-" and number_of(_low(words, at + 2)) is not None else at
    aged = _low(words, at - 1) in _TELLING or _low(words, at - 2) in _YOUNG
    following = _low(words, last + 1)
    ends = not following.isalpha() or following in _CLOSING | _AFTER_AGE
    return tuple(range(at - 1, last + 1)) if aged and ends else ()


def _told_before(words: Sequence[Word], at: int) -> int | None:
    """Return the position of the `aged` to which a number belongs: the 14 of `aged 12 and 14`."""
    index = at - 1
    while index > 0 and (_low(words, index) in _JOINING or _low(words, index).isdecimal()):
        index -= 1
    if _low(words, index) == "of" and index == at - 1 and _low(words, index - 1) == "age":
        return index - 1
    return index if _low(words, index) in _TELLING and at - index < 8 else None


def _closes(words: Sequence[Word], comma: int) -> bool:
    """Return whether the comma behind an age belongs to it, and parts no list: `Jane Roe, 73, was …`."""
    if _low(words, comma) != ",":
        return False
    return comma + 1 >= len(words) or not (words[comma + 1].capital or _low(words, comma + 1) in _STARTS)


def _low(words: Sequence[Word], position: int) -> str:
    return words[position].low if 0 <= position < len(words) else ""
