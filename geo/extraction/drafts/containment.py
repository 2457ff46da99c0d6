"""Which of two places of a sentence lies in the other, by the words between them."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.language.words import Word, word_set, words_of
from geo.extraction.reading import Sentence
from geo.model import Mention

REGIONS = word_set(
    "strip province governorate region state peninsula desert valley countryside district oblast department county"
)
"""Words by which a name is that of a region."""
COMPASS = word_set("north south east west northeast northwest southeast southwest")


def lies_in(sentence: Sentence, place: Mention, larger: Mention) -> bool:
    """Return whether a place is told to lie in the one before it: `in eastern Ukraine in the area of Luhansk`."""
    if not sentence.start <= place.start <= sentence.end or not sentence.start <= larger.start <= sentence.end:
        return False
    behind = words_of(sentence.text, place.end, larger.start) if place.end <= larger.start else []
    if [word.low for word in behind] == ["of"] and place.text.lower().split()[-1] in _PARTS:
        return True  # `Abbey Gate of Kabul airport`
    if 1 < len(behind) <= 4 and behind[-1].low == "of" and behind[-2].low in _KINDS - _SUBURBS:
        return True  # `the Abujhmad forests of Chhattisgarh`
    if _is_site_near(place, behind) or (behind and _is_region_around(sentence, place, larger, behind)):
        return True  # `the Abu Roe camp near El Fasher`, `Ouled Ali, in Bouira department`
    if not larger.end <= place.start:
        return False
    between = words_of(sentence.text, larger.end, place.start)
    if _is_site_near(larger, between):
        return False
    if 1 < len(between) <= 4 and between[-1].low == "of" and between[-2].low in _SUBURBS:
        return all(word.low[0].isalpha() for word in between)  # `the Kharkiv suburb of Derhachi`
    return bool(between) and between[0].low in _INSIDE and all(word.low in _INSIDE | _AREAS for word in between)


def _is_region(sentence: Sentence, place: Mention) -> bool:
    """Return whether a name is told as that of a region."""
    last = sentence.at(place.end - 1)
    return sentence.low(last) in REGIONS or sentence.low(last + 1) in REGIONS


def _is_region_around(sentence: Sentence, place: Mention, region: Mention, words: Sequence[Word]) -> bool:
    """Return whether a comma or `in` joins a place to what is called a region: `X, Y province`, `X, in northern Y`."""
    between = [word.low for word in words]
    called = _is_region(sentence, region)
    if between[:1] != ["in"] and between[:2] != [",", "in"]:
        return called and between == [","] and not _is_region(sentence, place)  # no list of provinces
    inner = between[between.index("in") + 1 :]
    if between == [",", "in"] and sentence.low(sentence.at(place.start) - 1) not in _LISTING:
        return True  # `overran Palma, in Cabo Delgado`, but not `in Homs, in Hama and in Idlib`
    compass = bool(inner) and all(low == "the" or low in COMPASS or low.endswith("ern") for low in inner)
    return (called and not inner) or compass


def _is_site_near(place: Mention, between: Sequence[Word]) -> bool:
    """Return whether the words between two places tell that the first, a site, lies near the second."""
    kinds = {word.low for word in between[:-1]} | {place.text.lower().split()[-1]}
    lies = bool(between) and between[-1].low in ("near", "outside", "in")
    return lies and {word.low for word in between[:-1]} <= _SITES and not kinds.isdisjoint(_SITES)


_PARTS = word_set("gate square bridge street market quarter district suburb junction roundabout terminal camp village")
_SITES = word_set("refugee camp village base crossing junction camps villages hamlet outpost checkpoint")
_SUBURBS = word_set("suburb suburbs satellite")
_KINDS = word_set(
    "forest forests mountain mountains hills area areas district districts town village villages lga territory county "
    "sector locality region province state municipality commune camp island valley department"
)
_INSIDE = word_set("in at near")
_LISTING = word_set("in at near and around outside on from to , or")
_AREAS = word_set("the area of town city village district region province outskirts suburb neighbourhood neighborhood")
