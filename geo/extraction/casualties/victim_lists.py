"""People listed one by one as those whom one verb befell: `killed the mayor, his wife and two bodyguards` are four."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from geo.extraction.casualties.candidates import only_tell
from geo.extraction.casualties.words_of_harm import PEOPLE, SINGULAR, past_hyphens
from geo.extraction.language.numbers import Number
from geo.extraction.language.words import word_set
from geo.model import Count

_KIN = word_set(
    "father mother wife husband son daughter brother sister uncle aunt nephew niece cousin grandfather grandmother "
    "grandson granddaughter widow girlfriend boyfriend colleague friend companion neighbour neighbor aide assistant "
    "deputy secretary translator passenger boss comrade"
)
_DETERMINERS = frozenset({"a", "an", "the", "his", "her", "its", "their", "another", "one"})
_POSSESSIVES = frozenset({"his", "her", "its", "their"})
_PERSONS = frozenset({"him", "himself", "herself", "me"})
_VERBS = word_set(
    "killed killing kill kills murdered murdering executed executing assassinated beheaded wounded wounding injured "
    "injuring"
)
_PASSIVE = frozenset({"were", "have"})
_DYING = frozenset({"died", "perished"})
"""Verbs that need no auxiliary behind those whom they tell of: `two nurses and a newborn died`."""
_LINKS = frozenset({",", "and"})
_LATER = word_set("of from for in at")
_BORDERS = word_set('. ; : — – " “ ” ( ) that when after while before as said says where')
_ENDS = word_set(", . ; in on at and when as near outside during while after with by")
_LONGEST = 22
_MOST_ADJECTIVES = 3


class VictimList(NamedTuple):
    """A list of people at `words[first:last]` and the word of harm that befell them all."""

    first: int
    last: int
    anchor: int
    people: Count


def victim_lists(lows: Sequence[str], numbers: Sequence[Number]) -> list[VictimList]:
    """Return the lists of people, one of them at least told without a number, behind an active or before a passive."""
    starts = {number.first: number for number in numbers}
    found = []
    for position, low in enumerate(lows):
        if low in _DYING and (dying := _before(lows, position, starts, end=position)) is not None:
            found.append(VictimList(*dying[:2], position, dying[2]))
            continue
        if low not in _VERBS and not _is_shooting(lows, position):
            continue
        behind = _items(lows, position + 1, len(lows), starts) or _one(lows, position + 1, starts)
        if behind is not None and not {"was", "were", "been"} & set(lows[max(0, position - 3) : position]):
            found.append(VictimList(position + 1, behind[0], position, behind[1]))
            continue
        before = _before(lows, position, starts, end=_auxiliary(lows, position))
        if before is not None:
            found.append(VictimList(*before[:2], position, before[2]))
    return found


def _is_shooting(lows: Sequence[str], position: int) -> bool:
    pair = lows[position - 1 : position + 1]
    return pair in (["shot", "dead"], ["gunned", "dead"], ["shot", "down"], ["gunned", "down"], ["fatally", "shot"])


def _auxiliary(lows: Sequence[str], harm: int) -> int | None:
    """Return where the auxiliary of a passive stands, and what may stand before it: the `also were` of `… killed`."""
    end = next((i for i in range(harm - 1, max(-1, harm - 4), -1) if lows[i] in _PASSIVE), None)
    if end is None:
        return None
    return end - (lows[end - 1] in ("also", "both"))  # `a colonel and his nephew also were killed`


def _before(
    lows: Sequence[str], harm: int, starts: Mapping[int, Number], *, end: int | None
) -> tuple[int, int, Count] | None:
    """Return the list that is the whole subject up to `end`: `the mayor and his wife were killed`."""
    if end is None:
        return None
    border = next(
        (i for i in range(end - 1, max(-1, end - _LONGEST), -1) if lows[i] in _BORDERS), max(-1, end - _LONGEST)
    )
    for first in range(border + 1, end):
        if first > border + 1 and lows[first - 1] not in (",", "and"):
            continue
        listed = _items(lows, first, end, starts)
        if listed is not None and listed[0] == end:
            return first, end, listed[1]
    return None


def _items(lows: Sequence[str], first: int, end: int, starts: Mapping[int, Number]) -> tuple[int, Count] | None:
    """Return where a list of two items or more ends, and the sum of its people; None where none starts here."""
    counts: list[Count] = []
    at, last, singles, joined = first, first, 0, False
    while at < end:
        item = None if only_tell(lows, at) else _item(lows, at, end, starts)
        if item is None:
            break
        at, count, single = item
        counts.append(count)
        singles += single
        last = at
        if at >= end or lows[at] not in _LINKS or (joined and lows[at] != ","):
            break
        while at < end and lows[at] in _LINKS:
            joined = joined or lows[at] == "and"
            at += 1
    if len(counts) < 2 or not singles or not joined:
        return None
    return last, Count(_sum(c.low for c in counts), _sum(c.best for c in counts), _sum(c.high for c in counts))


def _one(lows: Sequence[str], first: int, starts: Mapping[int, Number]) -> tuple[int, Count] | None:
    """Return one person told by whose he is, or by what he does: `wounded his wife`, `injuring the driver`."""
    if first >= len(lows) or lows[first] not in _POSSESSIVES | {"the"} or first in starts or first + 1 in starts:
        return None
    item = _item(lows, first, len(lows), starts)
    if item is None or (item[0] < len(lows) and lows[item[0]] not in _ENDS):
        return None
    return item[0], item[1]


def _sum(values: Iterable[int | None]) -> int | None:
    told = list(values)
    return None if None in told else sum(value for value in told if value is not None)


def _item(lows: Sequence[str], at: int, end: int, starts: Mapping[int, Number]) -> tuple[int, Count, bool] | None:
    """Return where one item of a list ends, how many people it is, and whether more than a number tells them."""
    own = lows[at] in _DETERMINERS
    number = starts.get(at) or (starts.get(at + 1) if own else None)
    if lows[at] in _PERSONS:
        return at + 1, Count(1, 1, 1), True
    if number is None and not own:
        return None
    first = number.last if number is not None else at + 1
    nouns = PEOPLE if number is not None else SINGULAR | _KIN
    index = first - 1
    for _ in range(_MOST_ADJECTIVES + 1):
        index = past_hyphens(lows, index + 1)
        if index >= end:
            break
        if lows[index] in nouns or (number is not None and lows[index].rstrip("s") in _KIN | SINGULAR):
            while index + 1 < end and lows[index + 1] in nouns:
                index += 1
            whose = lows[at] in _POSSESSIVES  # `a shepherd and his two sons` are listed by whose they are
            amount = number.amount if number else Count(1, 1, 1)
            return _past_attribute(lows, index + 1, end), amount, number is None or whose
        if not lows[index].isalpha():
            return None
    return None


def _past_attribute(lows: Sequence[str], at: int, end: int) -> int:
    """Return the end of what tells more of a person: `the chief of the village`."""
    if at < end and lows[at] in _LATER:
        close = next((i for i in range(at + 1, min(at + 6, end)) if lows[i] in _LINKS or not lows[i].isalpha()), None)
        if close is not None and lows[close] in _LINKS:
            return close
    return at
