"""Numbers in words and digits, with what hedges them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geo.extraction.language.words import Word, word_set
from geo.model import Count

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "dozen": 12}
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "several": 3, "tens": 20, "many": 3}
"""Plural words and the least that they can mean: `dozens` are two dozen or more."""
_AT_LEAST = frozenset({"least", "than", "over", "minimum", "excess"})
_GROWING = word_set(
    "rose risen rises rising climbed climbing jumped increased increasing grew grown went gone up soared surged "
    "doubled fell fallen dropped down revised raised"
)
"""Words by which one number takes the place of another."""
_ABOUT = word_set("about around some nearly almost approximately roughly estimated close")


def number_of(text: str) -> int | None:
    """Return the number that a word or digits stand for, None where it is no number."""
    word = text.lower().replace(",", "")
    if word.isdecimal() and word.isascii():
        return int(word) if len(word) < 10 else None
    if word in ("a", "an"):
        return 1
    return _UNITS.get(word, _TENS.get(word))


class Number(NamedTuple):
    """A number among the words of a sentence, `words[first:last]` with its hedges."""

    first: int
    last: int
    amount: Count


def find_numbers(words: Sequence[Word]) -> list[Number]:
    """Return the numbers among the words, in order, with the bounds that their hedges give."""
    found: list[Number] = []
    position = 0
    while position < len(words):
        low = words[position].low
        if low in ("several", "few") and _lows(words, position + 1, 1) == ["dozen"]:
            found.append(Number(position, position + 2, Count(24, None, None)))
            position += 2
            continue
        if low in ("couple", "pair") and _lows(words, position + 1, 1) == ["of"] and position:
            found.append(Number(position, position + 2, Count(2, 2, 2)))
            position += 2
            continue
        if low in _VAGUE and not (low == "many" and words[max(0, position - 1)].low in ("as", "how", "so")):
            last = position + 1
            if low in ("tens", "hundreds") and _lows(words, last, 2) == ["of", "thousands"]:
                found.append(Number(position, last + 2, Count(20_000, None, None)))
                position = last + 2
                continue
            found.append(Number(position, last, Count(_VAGUE[low], None, None)))
            position = last
            continue
        value, last = _value(words, position)
        if value is None:
            position += 1
            continue
        number = _hedged(words, position, last, value)
        found.append(number)
        position = number.last
    return found


def _lows(words: Sequence[Word], start: int, count: int) -> list[str]:
    return [word.low for word in words[start : start + count]]


def _value(words: Sequence[Word], position: int) -> tuple[int | None, int]:
    """Read `400,000`, `forty-six`, `two dozen`, `1.5 million` from a position; return the value and where it ends."""
    low = words[position].low
    value: float | None = number_of(low) if low not in ("a", "an") else None
    last = position + 1
    if value is None and low.replace(".", "", 1).isdecimal() and low.isascii() and len(low) < 10:
        value = float(low)
    if low in ("a", "an") and last < len(words) and words[last].low in _SCALES:
        value = 1
    if value is None:
        return None, position
    if low in _TENS:
        unit = last + (last < len(words) and words[last].low == "-")
        if unit < len(words) and 0 < _UNITS.get(words[unit].low, 0) < 10:
            value, last = value + _UNITS[words[unit].low], unit + 1
    scaled = False
    while last < len(words) and words[last].low in _SCALES:
        value, last, scaled = value * _SCALES[words[last].low], last + 1, True
    if scaled and _lows(words, last, 1) == ["and"] and last + 1 < len(words):
        rest, end = _value(words, last + 1)
        if rest is not None and rest < value:
            value, last = value + rest, end
    return (round(value), last) if value == round(value) else (None, position)


def _hedged(words: Sequence[Word], first: int, last: int, value: int) -> Number:
    before = _lows(words, max(0, first - 3), min(3, first))
    after = _lows(words, last, 2)
    if before[-1:] == ["from"] and after[:1] == ["to"] and _GROWING & set(before):
        return Number(first, last, Count(value, value, value))  # `has risen from 113 to 140` is no range
    if after[:1] and after[0] in ("to", "-", "or", "and") and (after[0] != "and" or before[-1:] == ["between"]):
        upper, end = _value(words, last + 1) if last + 1 < len(words) else (None, last)
        if upper is not None and value < upper <= 20 * value + 20:
            return Number(first - (before[-1:] == ["between"]), end, Count(value, value, upper))
    lead = before[-1] if before else ""
    if lead == "than" and before[-2:-1] in (["fewer"], ["less"]):
        if before[-3:-2] in (["no"], ["not"]):
            return Number(first - 3, last, Count(value, value, None))
        return Number(first - 2, last, Count(None, value, value))
    if lead in _AT_LEAST and before[-2:-1] != ["fewer"] and before[-2:-1] != ["less"]:
        return Number(first - (1 if lead == "over" else 2), last, Count(value, value, None))
    if after == ["or", "more"]:
        return Number(first, last + 2, Count(value, value, None))
    if before[-2:] == ["up", "to"] or before[-1:] == ["most"]:
        return Number(first - 2, last, Count(None, value, value))
    if before[-3:] == ["as", "many", "as"]:
        return Number(first - 3, last, Count(None, value, value))
    if lead in _ABOUT:
        return Number(first - 1, last, Count(None, value, None))
    return Number(first, last, Count(value, value, value))
