"""Whether people who stand before a word of harm do the harm, or only tell of it: `a gunman had killed two men`."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.casualties.words_of_harm import ACTIVE
from geo.extraction.language.words import word_set

_AUXILIARIES = frozenset({"was", "were", "been", "be", "is", "are", "being"})
_TELLS = word_set("spoke speaks talked told reported reports counted counts tells wrote")
_OBJECTS = word_set(
    "a an the his her their its two three four five six seven eight nine ten eleven twelve several dozens scores "
    "hundreds some many another himself herself themselves"
)
_BLOWS = word_set(
    "shot shoots gunned stabbed stabs hacked burned burnt beat beats beaten buried crushed mowed trampled tortured "
    "clubbed stoned strangled shooting stabbing hacking burning beating bludgeoned clubbing stoning strangling knifed"
)
"""Verbs of a blow that kills where the words behind it say so: `stabbed … to death`."""
_DEADLY = frozenset({"dead", "down", "and", "killed", "fatally", "alive"})
_NO_OBJECTS = word_set(
    "in on at by near outside inside during when while after before with from to for over since as under behind along "
    "across around between amid and but or who that which dead alive down early late last this yesterday today tonight "
    "monday tuesday wednesday thursday friday saturday sunday overnight twice several-times through into"
)
"""Words that cannot open those whom a verb befalls: `a man shot dead in the town` is its victim."""


def is_doing(lows: Sequence[str], start: int, anchor: int) -> bool:
    """Return whether people who end at a position do the harm at `anchor`, or only tell of it."""
    if "nobody" in lows[start:anchor]:
        return True  # `a man blew himself up and nobody else was hurt`
    if _AUXILIARIES & set(lows[start:anchor]):
        return False
    if any(lows[at] in _BLOWS and _has_object(lows, at) for at in range(start, anchor + 1)):
        return True
    if "of" in lows[start:anchor] and not lows[anchor].endswith(("ed", "ing")):
        return bool(_TELLS & set(lows[start:anchor]))  # `an official spoke of 46 dead`
    if lows[anchor] not in ACTIVE or lows[anchor - 1] in ("or", "and"):
        return False
    following = lows[anchor + 1 : anchor + 2]
    return bool(following) and (following[0][0].isdigit() or following[0] in _OBJECTS)


def _has_object(lows: Sequence[str], blow: int) -> bool:
    """Return whether a verb of a blow has an object: `shot dead a priest`, `beat a man to death`."""
    at = blow + 1
    if tuple(lows[at : at + 2]) == ("to", "death"):
        at += 2
    while at < len(lows) and lows[at] in _DEADLY:
        at += 1
    low = lows[at] if at < len(lows) else ""
    return low[:1].isalnum() and low not in _NO_OBJECTS and not low.endswith("ly")
