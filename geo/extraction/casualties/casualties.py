"""People killed and injured, as counts with bounds, read from the words of one sentence.

Sub-counts ("13 people, among them seven children") are marked and never added. Counts of one verb over several kinds
of people ("killed three soldiers and two civilians") are summed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from geo.extraction.casualties.ages import without_ages
from geo.extraction.casualties.candidates import candidates
from geo.extraction.casualties.doers import is_doing
from geo.extraction.casualties.harms import (
    INJURED,
    KILLED,
    SHOT,
    SUB,
    Harm,
    continues_list,
    harm_after,
    harm_before,
    harm_of,
    is_passive_between,
    is_possible,
    opens_clause,
)
from geo.extraction.casualties.measures import UNITS, is_measure
from geo.extraction.casualties.shared_nouns import shared_noun
from geo.extraction.casualties.single_victims import single_victims
from geo.extraction.casualties.victim_lists import victim_lists
from geo.extraction.casualties.words_of_harm import (
    BODIES,
    HARMED,
    PEOPLE,
    SINGULAR,
    STOPS,
    harm_words,
    is_countryman,
    is_superseded,
    nobody_harmed,
    past_hyphens,
    toll_before,
)
from geo.extraction.language.numbers import Number
from geo.extraction.language.words import Word, sentence_words, word_set
from geo.model import Count

_DETERMINERS = frozenset({"a", "an", "another", "the"})
_NO_NOUN = word_set("were was have had of and , in at near on when since during")
"""Words after a number whose noun is left out: `wounded 25 in a hospital`."""
_ENDS = frozenset({"", ".", ")", ";", "("})


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


@lru_cache(maxsize=2_048)
def sentence_casualties(text: str, start: int, end: int) -> tuple[Casualty, ...]:
    """Return the counts in a sentence; those who ask whether a text is worth reading and those who read need them."""
    return find_casualties(sentence_words(text, start, end))


def find_casualties(words: Sequence[Word]) -> tuple[Casualty, ...]:
    """Return the counts of people killed or injured among the words of a sentence, in order."""
    plain = [word.low for word in words]
    if _HARMING.isdisjoint(plain):
        return ()
    lows = harm_words(plain)
    kept = without_ages(words, SINGULAR)
    if len(kept) == len(words):
        return _casualties(words, lows)
    found = _casualties([words[at] for at in kept], [lows[at] for at in kept])
    return tuple(
        replace(item, first=kept[item.first], last=kept[item.last - 1] + 1, anchor=kept[item.anchor]) for item in found
    )


_HARMING = (
    KILLED
    | INJURED
    | SHOT
    | HARMED
    | BODIES
    | {"toll", "lives", "lost", "cost", "claimed", "succumbed", "wiped", "embraced", "supreme", "ultimate"}
)
"""A sentence without any of these tells of nobody harmed."""


def _casualties(words: Sequence[Word], lows: list[str]) -> tuple[Casualty, ...]:
    """Return the counts among words without ages."""
    found: list[Casualty] = []
    numbers = candidates(words, lows)
    for number in numbers:
        casualty = _casualty(lows, number, found)
        if casualty is not None:
            found.append(casualty)
    found += _listed_before(lows, numbers, found)
    for listed in victim_lists(lows, numbers):
        inside = [item for item in found if listed.first <= item.first < listed.last]
        harm = harm_of(lows[listed.anchor]) or "killed"
        found = [item for item in found if item not in inside]
        found.append(
            Casualty(harm, listed.people, listed.first, listed.last, listed.anchor, False, lows[listed.last - 1])
        )
    told = {item.anchor for item in found if lows[item.first - 1] != "with"}
    for first, last, anchor in single_victims(words, SINGULAR):
        inside = [item for item in found if item.first < last and first < item.last]
        if not inside and told.isdisjoint(range(anchor, anchor + 3)):
            found.append(Casualty("killed", Count(1, 1, 1), first, last, anchor, False, lows[last - 1]))
    found = [_as_whole(item, lows, found) for item in found]
    return tuple(sorted(found or _nobody_harmed(lows), key=lambda item: item.first))


def _listed_before(lows: list[str], numbers: Sequence[Number], found: Sequence[Casualty]) -> list[Casualty]:
    """Return counts too far before a passive, in one list with the next: `12 soldiers, 8 police and 40 rebels died`."""
    known = {item.first: item for item in found}
    added: list[Casualty] = []
    following: Casualty | None = None
    for number in reversed(numbers):
        item = known.get(number.first)
        if item is None and following is not None and not following.part and following.last <= following.anchor:
            head = _head(lows, number.last)
            listed = head is not None and bool(head[0]) and continues_list(lows, head[1], following.first)
            if head is not None and listed and not is_measure(lows, number) and not _is_part(lows, number):
                last = following.anchor
                item = Casualty(following.harm, number.amount, number.first, head[1], last, False, head[0])
                added.append(item)
        following = item
    return added


def _as_whole(item: Casualty, lows: list[str], found: Sequence[Casualty]) -> Casualty:
    """Return a count of people told before without a number as no part: `ambushed a patrol, wounding nine of them`."""
    of_them = lows[item.last : item.last + 2] == ["of", "them"] or lows[item.last - 2 : item.last] == ["of", "them"]
    others = any(other.harm == item.harm and other is not item for other in found)
    return replace(item, part=False) if item.part and of_them and item.anchor < item.first and not others else item


def _nobody_harmed(lows: list[str]) -> list[Casualty]:
    """Return counts of nought where a sentence says that nobody was harmed: `without causing casualties`."""
    told = nobody_harmed(lows)
    if told is None:
        return []
    first, anchor = told
    low = lows[anchor]
    harms: tuple[Harm, ...] = (
        ("killed", "injured")
        if low in HARMED or low not in KILLED and low != "injuries"
        else (harm_of(low) or "killed",)
    )
    return [Casualty(harm, Count(0, 0, 0), first, anchor + 1, anchor, False, "") for harm in harms]


def _casualty(lows: list[str], number: Number, before: list[Casualty]) -> Casualty | None:
    if is_measure(lows, number) or is_superseded(lows, number.first) or lows[number.first - 1 : number.first] == ["no"]:
        return None
    toll = toll_before(lows, number.first)
    noun = shared_noun(lows, number.last)
    head = noun or _head(lows, number.last) or (("", number.last) if toll else _unlisted(lows, number))
    if head is None:
        return None
    victims, after = head
    if not victims and number.amount.best is not None and 1900 <= number.amount.best <= 2100:
        return None  # a year
    if not victims and lows[number.first - 1 : number.first] == [","] and lows[number.last : number.last + 1] == [","]:
        return None  # an age: `Jane Roe, 73, was shot`
    part = _is_part(lows, number)
    behind = harm_after(lows, after)
    ahead = harm_before(lows, number.first)
    if ahead is not None and (behind is None or not is_passive_between(lows, after, behind[1])):
        harm, anchor = ahead
    elif behind is not None:
        harm, anchor = behind
    elif toll is not None:
        harm, anchor = "killed", toll
    elif before and victims and not part and continues_list(lows, before[-1].last, number.first):
        harm, anchor = before[-1].harm, before[-1].anchor
    else:
        return None
    if is_possible(lows, anchor) or (behind is not None and anchor == behind[1] and is_doing(lows, after, anchor)):
        return None
    last = number.last + 1 if noun else max(number.last, min(after, len(lows)))
    return Casualty(harm, number.amount, number.first, last, anchor, part, victims)


def _head(lows: list[str], position: int) -> tuple[str, int] | None:
    """Return the noun for the people counted and where it ends; the noun may be missing (`13 were killed`)."""
    if lows[position + 1 : position + 5] == ["-", "year", "-", "old"]:
        position += 5  # `a 14-year-old boy`
    index = position - 1
    for offset in range(5):
        index = past_hyphens(lows, index + 1) if offset else position
        if (
            offset == 0
            and lows[index : index + 1] in (["wounded"], ["injured"])
            and PEOPLE & set(lows[index + 1 : index + 2])
        ):
            return None  # `500 wounded people` are no new injuries
        low = lows[index] if index < len(lows) else ""
        if (low in UNITS and not (low == "-" and offset)) or low in _ENDS:  # `15 pro-regime soldiers` are no measure
            return ("", position) if offset == 0 and low in _ENDS else None
        if low in _DETERMINERS and offset:
            return None  # the `a` of `a mob beat a man` is not of the man
        if low in PEOPLE or low in SINGULAR or (offset == 0 and is_countryman(lows, index)):
            # `aid workers`, `police officers`, `family members`: the last noun of the run is the head.
            while index + 1 < len(lows) and lows[index + 1] in PEOPLE:
                index += 1
            return lows[index], index + 1
        if low in KILLED or low in INJURED or low in _NO_NOUN:
            return "", position
    return None


def _unlisted(lows: list[str], number: Number) -> tuple[str, int] | None:
    """Return people whom no list knows right behind a verb that kills: `gunned down six ranchers`; None for things."""
    noun = lows[number.last] if number.last < len(lows) else ""
    told = number.first > 0 and (harm_of(lows[number.first - 1]) or lows[number.first - 1] in ("down", "dead"))
    if not told or noun in UNITS or not noun.isalpha() or not noun.endswith(("s", "men", "women")):
        return None
    return (noun, number.last + 1) if harm_before(lows, number.first) is not None else None


def _is_part(lows: list[str], number: Number) -> bool:
    if lows[number.first - 1] == "and" and opens_clause(lows, number.last):
        return False
    before = lows[max(0, number.first - 4) : number.first]
    if any(low in SUB for low in before):
        return True
    if "of" in before and ("whom" in before or "which" in before) and "result" not in lows[max(0, number.first - 6) :]:
        return True
    if lows[number.last : number.last + 2] in (["of", "them"], ["of", "whom"], ["of", "the"]):
        return lows[number.last + 1] != "the" or lows[number.last + 2 : number.last + 3] in _THE_HARMED
    # A list goes on: `including two women and three children`.
    window = lows[max(0, number.first - 10) : number.first]
    for index in range(len(window) - 1, -1, -1):
        if window[index] in KILLED or window[index] in INJURED or window[index] in STOPS:
            return False
        if window[index] in SUB:
            return True
    return False


_THE_HARMED = (["wounded"], ["injured"], ["dead"], ["victims"], ["casualties"], ["killed"])
