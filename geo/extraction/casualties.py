"""People killed and injured, as counts with bounds, read from the words of one sentence.

Sub-counts ("13 people, among them seven children") are marked and never added. Counts of one verb over several kinds
of people ("killed three soldiers and two civilians") are summed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from geo.extraction.casualty_words import (
    HARMED,
    PEOPLE,
    SINGULAR,
    STOPS,
    harm_words,
    is_superseded,
    nobody_harmed,
    toll_before,
)
from geo.extraction.numbers import Number, find_numbers
from geo.extraction.single_victims import single_victims
from geo.extraction.words import Word, word_set
from geo.model import Count

Harm = Literal["killed", "injured"]

_KILLED = word_set(
    "killed killing kill kills dead death deaths died dies die dying fatalities fatality martyred martyrs slain "
    "murdered massacred executed beheaded assassinated perished slaughtered lynched neutralised neutralized eliminated "
    "eliminating"
)
_INJURED = word_set("wounded wounding wound wounds injured injuring injures injure injuries hurt maimed")
_ACTIVE = word_set(
    "killed killing kill kills claimed wounded wounding wound wounds injured injuring injure injures left leaving "
    "leaves murdered murdering executed executing massacred beheaded assassinated slaughtered hurt neutralised "
    "neutralized eliminated eliminating"
)
"""Words that may stand before their count: `killed at least ten people`."""
_SHOT = word_set("shot gunned stabbed hacked burned burnt beaten buried crushed")
_BORDERS = frozenset({",", ".", "of", "and", "in", "on", "for", "by", "at", "to", "was", "who", "from", "with", "'s"})
_NO_NOUN = frozenset(
    {"were", "was", "have", "had", "of", "and", ",", "in", "at", "near", "on", "when", "since", "during"}
)
"""Words after a number whose noun is left out: `wounded 25 in a hospital`."""
_PARTED = frozenset({"were", "was", "in", "on", ","})
"""Words that part a verb from a number that is not its object: `killed ten, kidnapped two`."""
_UNITS = word_set(
    "january february march april may june july august september october november december "
    "day days hour hours week weeks month months year years minute minutes km kilometres kilometers miles mile "
    "metres meters percent % per dollars million airstrikes strikes raids rockets shells bombs missiles houses "
    "homes villages vehicles tanks times hospitals schools buildings am pm a.m p.m districts neighbourhoods "
    "neighborhoods attacks bodies-of - tonnes tons rounds checkpoints countries provinces cities towns trucks "
    "buses cars"
)
_SUB = frozenset({"including", "includes", "include", "included", "among", "mostly", "comprising"})
_LINKS = word_set(
    "were was been being have has had are be is who and or also both least at reportedly others more people then "
    "later either all of the them to bombing civilian confirmed in total"
)
_MODALS = word_set("could would might may can should will shall")
_TOLL = frozenset({"toll", "deaths", "casualties", "fatalities", "dead"})
_REACH = 8
"""Words between a count of people and the word of harm that follows it."""


@dataclass(frozen=True, slots=True)
class Casualty:
    """One count of people harmed, at `words[first:last]`."""

    harm: Harm
    count: Count
    first: int
    last: int
    anchor: int
    """Position of the word of harm."""
    part: bool
    """Whether it is a part of a count named before."""
    victims: str
    """The word for the people, in lower case; empty where none is given."""


def find_casualties(words: Sequence[Word]) -> tuple[Casualty, ...]:
    """Return the counts of people killed or injured among the words of a sentence, in order."""
    lows = harm_words([word.low for word in words])
    if not any(low in _KILLED or low in _INJURED or low in _SHOT or low in HARMED or low == "toll" for low in lows):
        return ()
    found: list[Casualty] = []
    for number in _candidates(words, lows):
        casualty = _casualty(lows, number, found)
        if casualty is not None:
            found.append(casualty)
    told = {item.anchor for item in found}
    for first, last, anchor in single_victims(words, SINGULAR):
        inside = any(item.first < last and first < item.last for item in found)
        if not inside and told.isdisjoint(range(anchor, anchor + 3)):
            found.append(Casualty("killed", Count(1, 1, 1), first, last, anchor, False, lows[last - 1]))
    return tuple(sorted(found or _nobody_harmed(lows), key=lambda item: item.first))


def _nobody_harmed(lows: list[str]) -> list[Casualty]:
    """Return counts of nought where a sentence says that nobody was harmed: `without causing casualties`."""
    told = nobody_harmed(lows)
    if told is None:
        return []
    first, anchor = told
    low = lows[anchor]
    harms: tuple[Harm, ...] = (
        ("killed", "injured")
        if low in HARMED or low not in _KILLED and low != "injuries"
        else (_harm_of(low) or "killed",)
    )
    return [Casualty(harm, Count(0, 0, 0), first, anchor + 1, anchor, False, "") for harm in harms]


def _candidates(words: Sequence[Word], lows: list[str]) -> list[Number]:
    """Return the numbers, and the `a` of `a man was killed`, in order."""
    numbers = [number for number in find_numbers(words) if not _is_in_a_name(words, number.first)]
    numbers = [number for number in numbers if not _is_of_people(lows, number)]
    taken = {position for number in numbers for position in range(number.first, number.last)}
    for position, low in enumerate(lows):
        if low in ("a", "an", "another") and position not in taken:
            ahead = lows[position + 1 : position + 8]
            border = next((i for i, word in enumerate(ahead) if word in _BORDERS), len(ahead))
            if SINGULAR & set(ahead[:border]):
                numbers.append(Number(position, position + 1, Count(1, 1, 1)))
        elif low == "both" and any(_harm_of(word) for word in lows[position + 1 : position + 3]):
            numbers.append(Number(position, position + 1, Count(2, 2, 2)))
    return sorted(numbers)


def _is_of_people(lows: list[str], number: Number) -> bool:
    """Return whether a number only says whose people were counted: `eight members of one family`."""
    return lows[number.first - 1] in ("of", "from") and number.first > 2 and lows[number.first - 2] in PEOPLE


def _is_in_a_name(words: Sequence[Word], first: int) -> bool:
    """Return whether a number belongs to a name: the 19 of `M-19`."""
    if first < 2 or words[first - 1].low != "-" or not words[first - 2].low.isalpha():
        return False
    return words[first - 1].end == words[first].start and words[first - 2].end == words[first - 1].start


def _casualty(lows: list[str], number: Number, before: list[Casualty]) -> Casualty | None:
    if _is_measure(lows, number) or is_superseded(lows, number.first):
        return None
    toll = toll_before(lows, number.first)
    head = _head(lows, number.last) or (("", number.last) if toll else None)
    if head is None:
        return None
    victims, after = head
    if not victims and number.amount.best is not None and 1900 <= number.amount.best <= 2100:
        return None  # a year
    if not victims and lows[number.first - 1 : number.first] == [","] and lows[number.last : number.last + 1] == [","]:
        return None  # an age: `Jane Roe, 73, was shot`
    part = _is_part(lows, number)
    harm_after = _harm_after(lows, after)
    harm_before = _harm_before(lows, number.first)
    if harm_before is not None and (harm_after is None or not _passive(lows, after, harm_after[1])):
        harm, anchor = harm_before
    elif harm_after is not None:
        harm, anchor = harm_after
    elif toll is not None:
        harm, anchor = "killed", toll
    elif before and victims and not part and _continues(lows, before[-1], number.first):
        harm, anchor = before[-1].harm, before[-1].anchor
    else:
        return None
    if _is_possible(lows, anchor):
        return None
    return Casualty(harm, number.amount, number.first, max(number.last, min(after, len(lows))), anchor, part, victims)


def _is_possible(lows: list[str], anchor: int) -> bool:
    """Return whether the harm is only feared or foretold: `could kill thousands`, `may be hurt`."""
    before = lows[max(0, anchor - 2) : anchor]
    return before[-1:] != ["have"] and bool(_MODALS & set(before[-1:] if before[-1:] != ["be"] else before))


def _head(lows: list[str], position: int) -> tuple[str, int] | None:
    """Return the noun for the people counted and where it ends; the noun may be missing (`13 were killed`)."""
    if lows[position + 1 : position + 5] == ["-", "year", "-", "old"]:
        position += 5  # `a 14-year-old boy`
    for offset in range(5):
        index = position + offset
        if (
            offset == 0
            and lows[index : index + 1] in (["wounded"], ["injured"])
            and PEOPLE & set(lows[index + 1 : index + 2])
        ):
            return None  # `500 wounded people` are no new injuries
        low = lows[index] if index < len(lows) else ""
        if low in _UNITS or low in ("", ".", ")"):
            return ("", position) if offset == 0 and low in (".", "", ")") else None
        if low in PEOPLE or low in SINGULAR:
            # `aid workers`, `police officers`, `family members`: the last noun of the run is the head.
            while index + 1 < len(lows) and lows[index + 1] in PEOPLE:
                index += 1
            return lows[index], index + 1
        if low in _KILLED or low in _INJURED or low in _NO_NOUN:
            return "", position
    return None


def _is_measure(lows: list[str], number: Number) -> bool:
    after = lows[number.last : number.last + 3]
    return bool(after) and (
        after[0] in _UNITS or after[:2] == ["-", "year"] or after[0] == "year" or after[:2] == ["years", "old"]
    )


def _is_part(lows: list[str], number: Number) -> bool:
    before = lows[max(0, number.first - 4) : number.first]
    if any(low in _SUB for low in before):
        return True
    if "of" in before and ("whom" in before or "which" in before) and "result" not in lows[max(0, number.first - 6) :]:
        return True
    if lows[number.last : number.last + 2] in (["of", "them"], ["of", "whom"], ["of", "the"]):
        return lows[number.last + 1] != "the" or lows[number.last + 2 : number.last + 3] in _THE_HARMED
    # A list goes on: `including two women and three children`.
    window = lows[max(0, number.first - 10) : number.first]
    for index in range(len(window) - 1, -1, -1):
        if window[index] in _KILLED or window[index] in _INJURED or window[index] in STOPS:
            return False
        if window[index] in _SUB:
            return True
    return False


_THE_HARMED = (["wounded"], ["injured"], ["dead"], ["victims"], ["casualties"], ["killed"])


def _harm_of(low: str) -> Harm | None:
    if low in _KILLED:
        return "killed"
    return "injured" if low in _INJURED else None


def _harm_after(lows: list[str], position: int) -> tuple[Harm, int] | None:
    index = position - 1
    while index + 1 < min(position + _REACH, len(lows)):
        index += 1
        low = lows[index]
        if low == "," and lows[index + 1 : index + 2] and lows[index + 1] in _SUB:
            # `three people, including a woman, were killed`: past the insertion.
            closing = next((i for i in range(index + 2, min(index + 12, len(lows))) if lows[i] == ","), None)
            if closing is None:
                return None
            position, index = closing + 1, closing
            continue
        harm = _harm_of(low)
        if harm is not None:
            if low in ("killing", "wounding", "injuring") and index > position:
                return None
            return harm, index
        if low in _SHOT and (lows[index + 1 : index + 2] in (["dead"], ["and"], ["to"], ["alive"]) or low == "gunned"):
            return "killed", index
        if low in STOPS or low == "," and index > position + 1:
            return None
        if low in ("in", "on", "by", "from", "with") and lows[index - 1] not in ("were", "was", "been"):
            return None
    return None


def _passive(lows: list[str], start: int, anchor: int) -> bool:
    """Return whether an auxiliary stands between the people and the harm: `ten people were killed`."""
    between = lows[start:anchor]
    return any(low in ("were", "was", "been", "have", "had", "are", "being") for low in between) or not between


def _harm_before(lows: list[str], position: int) -> tuple[Harm, int] | None:
    for index in range(position - 1, max(-1, position - 5), -1):
        low = lows[index]
        if low in _ACTIVE and low not in ("left", "leaving", "leaves", "claimed"):
            harm = _harm_of(low)
            return (harm, index) if harm else None
        if low == "dead" and lows[index - 1 : index] == ["shot"]:
            return "killed", index
        if low in _TOLL and (low != "dead" or lows[index + 1 : index + 2] == [":"]):
            return "killed", index
        if low in STOPS or (low in PEOPLE and low not in ("people", "others")) or low in _PARTED:
            return None
    return None


def _continues(lows: list[str], previous: Casualty, first: int) -> bool:
    """Return whether a count stands in one list with the one before: `killed three soldiers and two civilians`."""
    between = lows[previous.last : first]
    return len(between) <= 3 and all(low in ("and", ",", "also", "as", "well", "at", "least") for low in between)
