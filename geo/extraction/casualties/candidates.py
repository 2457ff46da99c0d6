"""The numbers of a sentence that may count people, and the `a` of `a man was killed`."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.casualties.harms import INJURED, KILLED, harm_of
from geo.extraction.casualties.words_of_harm import PEOPLE, SINGULAR, is_countryman
from geo.extraction.language.clauses import SPEECH
from geo.extraction.language.numbers import Number, find_numbers
from geo.extraction.language.words import Word, word_set
from geo.model import Count

_NEXT_PHRASE = frozenset({",", ".", "of", "and", "in", "on", "for", "by", "at", "to", "was", "who", "from", "with"}) | {
    "'s",
    "a",
    "an",
    "another",
    "the",
}


def candidates(words: Sequence[Word], lows: list[str]) -> list[Number]:
    """Return the numbers, and the `a` of `a man was killed`, in order."""
    numbers = [number for number in find_numbers(words) if not _is_in_a_name(words, number.first)]
    numbers = [of_group(lows, number) for number in numbers if not _is_of_people(lows, number)]
    numbers = [number for number in numbers if not only_tell(lows, number.first)]
    taken = {position for number in numbers for position in range(number.first, number.last)}
    for position, low in enumerate(lows):
        told = low in ("a", "an", "another") and position not in taken and lows[position - 1 : position] != ["being"]
        if told and not only_tell(lows, position):
            aged = lows[position + 2 : position + 6] == ["-", "year", "-", "old"]
            ahead = lows[position + 1 : position + (12 if aged else 8)]
            border = next((i for i, word in enumerate(ahead) if word in _NEXT_PHRASE or harm_of(word)), len(ahead))
            if "couple" in ahead[:border] and ahead[ahead.index("couple") + 1 :][:1] != ["of"]:
                numbers.append(Number(position, position + 1, Count(2, 2, 2)))
            elif SINGULAR & set(ahead[:border]) or is_countryman(lows, position + 1) or _is_one_more(lows, position):
                numbers.append(Number(position, position + 1, Count(1, 1, 1)))
        elif low == "both" and any(harm_of(word) for word in lows[position + 1 : position + 3]):
            numbers.append(Number(position, position + 1, Count(2, 2, 2)))
    return sorted(numbers)


def only_tell(lows: Sequence[str], position: int) -> bool:
    """Return whether people behind a comma only tell of the harm before it: `killed three people, a doctor said`."""
    if position < 1 or lows[position - 1] != ",":
        return False
    for low in lows[position + 1 : position + _TELLERS]:
        if low in SPEECH:
            return True
        if low in _ENDS_OF_TELLERS or harm_of(low):
            return False
    return False


_TELLERS = 14
"""Words that tell who speaks, and where and of what, at most."""
_ENDS_OF_TELLERS = frozenset({",", ".", ";", ":", "and", "who", "whose", "were", "was", "when", "after", "as"})


def _is_one_more(lows: list[str], position: int) -> bool:
    """Return whether `another` stands alone for one more person: `… and another was badly hurt`."""
    at = position + 1
    while at < position + 4 and (lows[at : at + 1] in (["was"], ["is"]) or "".join(lows[at : at + 1]).endswith("ly")):
        at += 1
    return lows[position] == "another" and "".join(lows[at : at + 1]) in INJURED | KILLED


def _is_of_people(lows: list[str], number: Number) -> bool:
    """Return whether a number only says whose people were counted: `eight members of one family`."""
    if (
        number.first < 3
        or lows[number.first - 1] not in ("of", "from")
        or lows[number.first - 2] not in PEOPLE | _GROUPS
    ):
        return False
    if lows[number.first - 2] in ("lives", "life"):
        return False  # `claimed the lives of twelve`
    return of_group(lows, number) == number or lows[number.first - 4] in ("of", "from")


def of_group(lows: list[str], number: Number) -> Number:
    """Return the number of a group with the words for it: all of `a family of five`; any other number as it is."""
    group = lows[max(0, number.first - 3) : number.first]
    if len(group) < 3 or group[0] not in _WHOLE or group[1] not in _GROUPS or group[2] != "of":
        return number
    return Number(number.first - 3, number.last, number.amount)


_GROUPS = word_set("family crew group team patrol couple gang party squad household convoy")
_WHOLE = frozenset({"a", "an", "the", "one", "another", "entire", "whole"})


def _is_in_a_name(words: Sequence[Word], first: int) -> bool:
    """Return whether a number belongs to a name: the 19 of `M-19`."""
    if first < 2 or words[first - 1].low != "-" or not words[first - 2].low.isalpha():
        return False
    return words[first - 1].end == words[first].start and words[first - 2].end == words[first - 1].start
