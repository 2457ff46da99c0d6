"""Words for directions, distances, holders and parts, as pieces of regular expressions."""

from __future__ import annotations

import re
from types import MappingProxyType

TOPONYM = "\ufffc"
"""Stands for the toponym while its phrase is read (U+FFFC, object replacement)."""

_SIDE = r"(?:north|south)(?:[- ]?(?:east|west))?(?:ern)?(?:most)?|(?:east|west)(?:ern)?(?:most)?"
DIRECTION = rf"(?:{_SIDE})"
DIRECTIONS = (
    rf"(?P<winds>(?:far[- ]|extreme |deep )?{DIRECTION}"
    rf"(?:(?:\s*(?:,|/|&|-and-)\s*|,? (?:and|or) )(?:the )?{DIRECTION})*)\b"
)
"""One direction or several, as a group named `winds`."""
_NOUN_SIDE = r"(?:north|south)(?:[- ]?(?:east|west))?|(?:east|west)|NE|NW|SE|SW|NNE|NNW|SSE|SSW|ENE|ESE|WNW|WSW|[NSEW]"
NOUN_DIRECTIONS = rf"(?P<winds>(?:{_NOUN_SIDE})(?:(?:,? and |[- ])(?:{_NOUN_SIDE}))?)\b(?!ern)"
"""A direction as a noun, which a distance is measured along."""
_BEARINGS = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}
_LETTER_POINTS = ("n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw")
_ONE_SIDE = re.compile(r"(north|south)(?:[- ]?(east|west))?|(east|west)|\b([nesw]{1,3})\b", re.I)


def bearings_of(winds: str) -> tuple[float, ...]:
    """Return the bearings of the directions in some words, in degrees: `north-western` is 315."""
    found: list[float] = []
    for first, second, single, letters in _ONE_SIDE.findall(winds):
        if letters:
            if letters.lower() in _LETTER_POINTS:
                found.append(22.5 * _LETTER_POINTS.index(letters.lower()))
        elif first and second:
            north, east = _BEARINGS[first.lower()], _BEARINGS[second.lower()]
            found.append((360.0 + east) / 2 if (north, east) == (0.0, 270.0) else (north + east) / 2)
        else:
            found.append(_BEARINGS[(first or single).lower()])
    return tuple(dict.fromkeys(found))


HOLDERS = MappingProxyType(
    {
        "rebels": r"rebels?|opposition|insurgents?|militants?|jihadists?|FSA|Free Syrian Army|HTS|resistance",
        "government": r"(?:pro-)?(?:government|regime|loyalist)s?|army|state|Syrian army|Syrian government",
        "sdf": r"SDF|Kurdish|Kurds?|YPG|PYD|Syrian Democratic Forces",
        "is": r"Islamic State|ISIS|ISIL|IS|Daesh|Da'esh",
        "turkey": r"Turkish|Turkish-backed|Turkey",
        "russia": r"(?:pro-)?Russian?s?|separatists?|Moscow",
        "ukraine": r"Ukrainian?s?|Kyiv",
        "israel": r"Israelis?|Israel",
        "houthis": r"Houthis?|Huthis?|Ansar Allah",
        "rsf": r"RSF|Rapid Support Forces",
        "saf": r"SAF|Sudanese army",
        "junta": r"junta|military",
        "hezbollah": r"Hezbollah|Hizbollah",
        "hamas": r"Hamas",
        "taliban": r"Taliban|Taleban",
    }
)
"""A side to the words that mean it."""
HOLDER_WORDS = "|".join(sorted((f"(?:{words})" for words in HOLDERS.values()), key=len, reverse=True))
HOLDER = f"(?P<holder>{HOLDER_WORDS})"
HELD = rf"{HOLDER}(?:[- ]?(?:held|controlled|occupied|run|dominated|ruled|governed|administered|besieged))\b"
_HOLDER_WORDS = {side: re.compile(rf"(?:{words})", re.I) for side, words in HOLDERS.items()}


def side_of(words: str) -> str:
    """Return the side that some words name: `opposition` is `rebels`; raise `ValueError` for words of no side."""
    for side, pattern in _HOLDER_WORDS.items():
        if pattern.fullmatch(words):
            return side
    raise ValueError(f"{words!r} names no side")


PARTS = (
    r"(?:half|halves|parts?|sides?|sectors?|sections?|quarters|end|flank|portions?|wing|zones?|areas?|corner|tip|"
    r"districts|neighbou?rhoods|reaches|stretches|bank|shore|blocks|boroughs|streets)"
)
"""Nouns for a part. A singular `district` or `neighbourhood` describes the toponym and is not one of them."""
TERRITORY = rf"(?:{PARTS}|territory|territories|enclaves?|pockets?|ground|land|stronghold|bastion|suburbs|terrain)"
LEVEL = (
    r"(?:provinces?|governorates?|oblast|muhafazah?|voivodeship|prefecture|department|state|region|county|districts?)"
)
QUALIFIER = (
    r"(?:(?:besieged|battered|embattled|devastated|war-torn|bombed(?:-out)?|bombarded|shattered|ruined|divided|"
    r"densely|populous|populated|predominantly|mostly|mainly|largely|former|formerly|now|still|historic|old|ancient|"
    r"remaining|last|strategic|key|entire|whole|Kurdish|Christian|Sunni|Shia|Shi'ite|Alawite|Druze|poor|poorer|"
    r"restive|wealthy|residential|crowded|industrial) )*"
)
SETTLEMENT = r"(?:city|town|village|capital|municipality|camp|metropolis|hub|port|enclave|stronghold|suburb|hamlet)"
"""Nouns that describe the toponym behind an `of`."""
_DESCRIBING = (
    rf"(?:{DIRECTION}|\w+[- ](?:held|controlled|occupied|run|besieged|backed)|strategic|key|besieged|major|ancient|"
    r"historic|coastal|border|desert|Syrian|capital|embattled|nearby|neighbou?ring|main|small|(?-i:[A-Z])\w*(?:an|ish|i|ese))"
)
LEAD = rf"(?:the )?(?:(?:{_DESCRIBING} )*{SETTLEMENT}(?: of|,)? |(?:{_DESCRIBING} )*(?:cent(?:re|er) of )?)?"
"""What may stand between `of` and the toponym without changing what is meant: `the rebel-held city of`."""
OF_TOPONYM = rf"(?:the )?(?:(?:{SETTLEMENT}|province|governorate) of )?{TOPONYM}"
POSSESSIVE = rf"{TOPONYM}(?:['’]s|['’](?= ))"
OTHER = (
    r"(?:the )?(?:(?:city|town|village) of )?"
    r"(?P<other>(?:(?:al|el|as|ash|ad|ar|at|az|an)[- ])?(?-i:[A-ZÀ-ÞĀ-Ž\u0600-\u06ff])[\w'’]*"
    r"(?:[- ](?:(?:al|el|as|ash|ad|ar|at|az|an|bin|ibn|ez|es)[- ])?(?-i:[A-ZÀ-ÞĀ-Ž\u0600-\u06ff])[\w'’]*)*)"
)
"""Another place's name, as a group named `other`."""

_NUMBER_WORDS = {
    "half": 0.5, "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "few": 3, "four": 4, "five": 5,
    "several": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "dozen": 12, "twelve": 12,
    "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_VAGUE = {"a couple", "couple", "few", "several", "dozen", "half"}
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_WRITTEN = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_UNITS = {"km": 1.0, "mile": 1.609344, "m": 0.001, "yard": 0.0009144, "drive": 60.0}
DISTANCE = (
    r"(?P<hedge>about |around |some |roughly |approximately |nearly |almost |over |more than |less than |at least |"
    r"up to |within |under |just |only |barely |~ ?|c\. ?)?"
    rf"(?:a )?(?P<number>{_DIGITS}|(?:{_WRITTEN})(?: of)?(?: a)?(?: dozen)?)"
    rf"(?:\s*(?:-|–|—|to|or)\s*(?P<upper>{_DIGITS}|(?:{_WRITTEN})))?[\s-]*"
    r"(?P<unit>km|kms|kilomet(?:re|er)s?|kilomiles|miles?|mi|met(?:re|er)s?|m|yards?|hours?['’]?s?['’]? drive)\b"
)
"""A distance, as groups `hedge`, `number`, `upper` and `unit`."""


def _amount(written: str) -> float:
    text = written.lower().strip()
    if text[0].isdigit():
        return float(text.replace(",", ""))
    words = [word for word in text.split() if word not in ("of", "a", "an")] or ["a"]
    value = 1.0
    for word in words:
        value *= _NUMBER_WORDS[word]
    return value


def distance_of(match: re.Match[str]) -> tuple[float, float]:
    """Return (km, half the span left open) of a match of `DISTANCE`.

    A number is taken as rounded to its last digit that is not zero (20 km: ± 5 km), narrowed to no more than a
    quarter of it (5 km: ± 0.5 km); vague words leave a third open, a range its own half and hedges half as much again.
    """
    unit = match["unit"].lower()
    factor = next(
        km
        for name, km in _UNITS.items()
        if unit.startswith(name) or (name == "km" and unit.startswith("kilo")) or (name == "drive" and "drive" in unit)
        if not (name == "m" and unit.startswith("mi"))
    )
    low = _amount(match["number"])
    if match["upper"]:
        high = _amount(match["upper"])
        return (low + high) / 2 * factor, max(abs(high - low) / 2, 0.1 * high) * factor
    text = match["number"].lower()
    if text[0].isdigit():
        last = text.replace(",", "").rstrip("0") if "." not in text else text
        zeros = len(text.replace(",", "")) - len(last)
        unit_of_rounding = 10.0**zeros if "." not in text else 10.0 ** -len(text.split(".")[1])
        doubt = min(unit_of_rounding / 2, low / 4)
    else:
        doubt = low / 3 if set(text.split()) & _VAGUE else low / 6
    if "drive" in unit:
        doubt = low / 3
    if match["hedge"]:
        doubt *= 1.5
    return low * factor, max(doubt, 0.05 * low) * factor
