"""Which word of harm a count of people belongs to: `killed ten`, `ten … were killed`, `gunned down ten`."""

from __future__ import annotations

from typing import Literal

from geo.extraction.casualties.words_of_harm import ACTIVE, PEOPLE, STOPS
from geo.extraction.language.numbers import number_of
from geo.extraction.language.words import word_set

Harm = Literal["killed", "injured"]

KILLED = word_set(
    "killed killing kill kills dead death deaths died dies die dying fatalities fatality martyred martyrs slain "
    "murdered massacred executed beheaded assassinated perished slaughtered lynched neutralised neutralized eliminated "
    "eliminating lynching massacring slaughtering beheading assassinating neutralising neutralizing murdering "
    "executing butchered butchering martyring"
)
INJURED = word_set("wounded wounding wound wounds injured injuring injures injure injuries hurt hurting maimed maiming")
SHOT = word_set(
    "shot gunned stabbed hacked burned burnt beaten buried crushed mowed shooting gunning stabbing hacking burning "
    "beat beating trampled tortured clubbed stoned strangled"
)
_FIGHTERS = word_set(
    "men soldiers fighters troops policemen servicemen militants rebels comrades members officers constables gendarmes "
    "militiamen guards personnel staff medics volunteers gunmen"
)
_PARTED = frozenset({"were", "was", "in", "on", ",", "by"})
"""Words that part a verb from a number that is not its object: `killed ten, kidnapped two`."""
SUB = frozenset({"including", "includes", "include", "included", "among", "mostly", "comprising"})
_MODALS = word_set("could would might may can should will shall")
_TOLL = frozenset({"toll", "deaths", "casualties", "fatalities", "dead"})
_REACH = 8
"""Words between a count of people and the word of harm that follows it."""


def harm_of(low: str) -> Harm | None:
    """Return what a word says of people: that they died, or that they were hurt; None for any other word."""
    if low in KILLED:
        return "killed"
    return "injured" if low in INJURED else None


def is_possible(lows: list[str], anchor: int) -> bool:
    """Return whether the harm is only feared or foretold: `could kill thousands`, `may be hurt`."""
    before = lows[max(0, anchor - 2) : anchor]
    return before[-1:] != ["have"] and bool(_MODALS & set(before[-1:] if before[-1:] != ["be"] else before))


def harm_after(lows: list[str], position: int) -> tuple[Harm, int] | None:
    """Return the harm told behind people who end at a position, and where: `ten people were killed`."""
    index = position - 1
    while index + 1 < min(position + _REACH, len(lows)):
        index += 1
        low = lows[index]
        if low == "," and _opens_insertion(lows, index + 1):
            # `three people, including a woman, were killed`: past the insertion.
            closing = next((i for i in range(index + 2, min(index + 12, len(lows))) if lows[i] == ","), None)
            if closing is None:
                return None
            position, index = closing + 1, closing
            continue
        if low == "leaving":
            return None  # `a bomber struck, leaving 25 dead`
        harm = harm_of(low)
        if harm is not None:
            if low in ("killing", "wounding", "injuring", "hurting") and index > position:
                return None
            return harm, index
        if low == "on" and lows[index + 1 : index + 2] == ["board"]:
            continue
        deadly = lows[index + 1 : index + 2] in (["dead"], ["and"], ["to"], ["alive"]) or lows[index - 1] == "fatally"
        if low in SHOT and (deadly or low == "gunned"):
            return "killed", index
        if low in STOPS or low == "," and index > position + 1:
            return None
        if low in ("in", "on", "by", "from", "with") and lows[index - 1] not in ("were", "was", "been"):
            return None
    return None


def _opens_insertion(lows: list[str], first: int) -> bool:
    """Return whether words behind a comma only say who some of the people were: `, three of them children,`."""
    if lows[first : first + 1] and lows[first] in SUB:
        return True
    return bool(lows[first : first + 1]) and lows[first + 1 : first + 3] in (["of", "them"], ["of", "whom"])


def is_passive_between(lows: list[str], start: int, anchor: int) -> bool:
    """Return whether an auxiliary stands between the people and the harm: `ten people were killed`."""
    between = lows[start:anchor]
    auxiliary = any(low in ("were", "was", "been", "have", "had", "are", "being") for low in between)
    return auxiliary or all(low.endswith("ly") for low in between)


def harm_before(lows: list[str], position: int) -> tuple[Harm, int] | None:
    """Return the harm told before a count at a position, and where: `killed ten`, `gunned down ten`."""
    for index in range(position - 1, max(-1, position - 5), -1):
        low = lows[index]
        if low in ACTIVE and low not in ("left", "leaving", "leaves", "claimed"):
            if lows[index - 1] in _PASSIVES and {"and", "while"} & set(lows[index:position]):
                return None  # `a soldier was killed and two civilians hurt`
            if "and" in lows[index:position] and number_of(lows[index - 1]) is not None:
                return None  # the 30 of `15 wounded and more than 30 huts burnt`
            harm = harm_of(low)
            return (harm, index) if harm else None
        if low in _DEADLY and lows[index - 1] in SHOT | _DEADLY:
            return "killed", index
        if low in ("lost", "lose", "losing") and _loses(lows, position):
            return "killed", index  # `the army lost 12 men`
        if low in _TOLL and (low != "dead" or lows[index + 1 : index + 2] == [":"]):
            return "killed", index
        if low in STOPS or (low in PEOPLE and low not in _PASSED) or low in _PARTED:
            return None
    return None


def _loses(lows: list[str], position: int) -> bool:
    """Return whether who is lost are people: `lost 12 men`, `lost seven of their own`."""
    if _FIGHTERS & set(lows[position + 1 : position + 4]):
        return True
    ahead = lows[position + 1 : position + 5]
    return (
        ahead[:1] == ["of"]
        and ahead[1:2] in (["its"], ["their"], ["his"], ["her"])
        and bool({"own", "men", "fighters", "members", "soldiers", "staff"} & set(ahead[2:]))
    )


_DEADLY = frozenset({"dead", "down", "death", "to", "alive"})
"""Words that make a verb deadly: `gunned down`, `hacked to death`, `burned alive`."""
_PASSIVES = frozenset({"was", "were", "been", "being"})
_PASSED = frozenset({"people", "others", "lives", "life"})


def continues_list(lows: list[str], last: int, first: int) -> bool:
    """Return whether a count stands in one list with the one before: `killed three soldiers and two civilians`."""
    between = lows[last:first]
    return len(between) <= 3 and all(low in ("and", ",", "also", "as", "well", "at", "least") for low in between)


def opens_clause(lows: list[str], position: int) -> bool:
    """Return whether people who end at a position are the subject of their own harm: `and 42 others were wounded`."""
    at = position + (lows[position : position + 1] in (["others"], ["people"], ["more"]))
    said = lows[at : at + 1] in (["were"], ["was"]) and any(harm_of(low) for low in lows[at + 1 : at + 3])
    bare = lows[at : at + 1] and harm_of(lows[at]) is not None
    return said or bool(bare and not "".join(lows[at + 1 : at + 2]).isalpha())
