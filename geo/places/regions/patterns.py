"""The table of wordings: a regular expression around the toponym, and the relation that it states.

The first match decides, so the table goes from the most specific wording to the least. `None` marks wordings that
look like a relation and are a description: "the northern city of X".
"""

from __future__ import annotations

import re
from functools import cache

from geo.places.regions.relations import RelationKind
from geo.places.regions.words import (
    DIRECTION,
    DIRECTIONS,
    DISTANCE,
    HELD,
    HOLDER,
    HOLDER_WORDS,
    LEAD,
    NOUN_DIRECTIONS,
    OF_TOPONYM,
    OTHER,
    PARTS,
    POSSESSIVE,
    QUALIFIER,
    SETTLEMENT,
    TERRITORY,
    TOPONYM,
)

_T = TOPONYM
_TS = rf"{_T}(?:['’]s)?"
_OF = OF_TOPONYM
_Q = QUALIFIER
_D = DIRECTIONS
_D2 = DIRECTIONS.replace("?P<winds>", "?P<winds2>")
_LAND = rf"(?:{TERRITORY}|cities|towns|villages)"
_RURAL = r"(?:countryside|country side|hinterland|rural areas?|rural parts?|rural regions?|farmlands?)"
_EDGE = (
    r"(?:outskirts?|edges?|fringes?|periphery|perimeter|margins?|entrances?|gates|gateway|approaches|suburbs|rim|"
    r"suburban areas?|doorstep|limits)"
)
_NEAR = (
    r"(?:near|nearby|close to|around|surrounding|next to|outside|just outside|not far from|adjacent to|beside|off|"
    r"overlooking|facing|bordering|neighbou?ring)"
)
_VICINITY = r"(?:vicinity|surroundings?|environs|proximity|foothills|outlying areas)"
_LINE = r"(?:road|highway|motorway|route|corridor|expressway|line|railway|rail line|supply (?:line|route))"
_JOINING = r"(?:from|between|linking|connecting|joining|running from)"
_TOWNS = r"(?:the (?:towns|cities|villages) of )?"
_FRONT = r"(?:axis|axes|fronts?|frontline|front line)"
_DASH = r" ?(?:-|–|—) ?"
_SINGLE = rf"(?:{SETTLEMENT}|province|district|neighbou?rhood|area|suburb|quarter|region|governorate|state|island)"
_BY = r"(?:held|controlled|occupied|ruled|run|in the hands of)"

_BORDERING = r"(?:provincial|administrative|state|international|land|maritime)"
_CONVERTED = r"(?: \([^()]{1,30}\))?"
"""The same distance in other units: `16 kilometers (10 miles)`."""

_DISTANCES = (
    (rf"{DISTANCE}{_CONVERTED}(?: or so)?(?: away)?,? (?:to the |due |further |directly )?{NOUN_DIRECTIONS} "
     rf"(?:of|from) {LEAD}{_T}", RelationKind.OFFSET),
    (rf"{DISTANCE} (?:{DIRECTION} )?(?:radius (?:of|around)|of) {LEAD}{_T}", RelationKind.NEAR),
    (rf"{DISTANCE}{_CONVERTED}(?: or so)?(?: away)? (?:from|outside|off|short of) {LEAD}{_T}", RelationKind.OFFSET),
)  # fmt: skip
_LINES = (
    (rf"borders? (?:between|of) {LEAD}{_T} (?:and|with) {OTHER}", RelationKind.BORDER),
    (rf"borders? between {OTHER} and {LEAD}{_T}", RelationKind.BORDER),
    (rf"{POSSESSIVE} (?:{_D} )?borders? with {OTHER}", RelationKind.BORDER),
    (rf"{_T}{_DASH}{OTHER} (?:{_BORDERING} )?border(?:lands?)?\b", RelationKind.BORDER),
    (rf"{OTHER}{_DASH}{_T} (?:{_BORDERING} )?border(?:lands?)?\b", RelationKind.BORDER),
    (rf"(?:over|across) the border (?:from|of|with|into) {LEAD}{_T}", RelationKind.BORDER),
    (rf"{POSSESSIVE} (?:{_D} )?borders?\b", RelationKind.BORDER),
    (rf"(?:{_D} )?borders? (?:with|of) {LEAD}{_T}", RelationKind.BORDER),
    (
        rf"{_T} border\b(?![ -](?:cross|city|town|village|guard|police|post|state|area|patrol|force))",
        RelationKind.BORDER,
    ),
    (rf"{_LINE} {_JOINING} {LEAD}{_T} (?:to|and|with|towards?) {OTHER}", RelationKind.ROAD),
    (rf"{_LINE} {_JOINING} {OTHER} (?:to|and|with|towards?) {LEAD}{_T}", RelationKind.ROAD),
    (rf"{_T} ?(?:-|–|—|to) ?{OTHER} (?:international )?{_LINE}\b", RelationKind.ROAD),
    (rf"{OTHER} ?(?:-|–|—|to) ?{_T} (?:international )?{_LINE}\b", RelationKind.ROAD),
    (rf"(?:on|along) (?:the|its|their) way (?:to|into|towards?|out of|from) {LEAD}{_T}", RelationKind.ROAD),
    (rf"en route (?:to|from) {LEAD}{_T}(?! to\b)", RelationKind.ROAD),
    (rf"{_LINE} (?:leading )?(?:to|into|towards?|out of|from) {LEAD}{_T}", RelationKind.ROAD),
    (rf"{_T} ?(?:-|–|—|/|and) ?{OTHER} {_FRONT}\b", RelationKind.AXIS),
    (rf"{OTHER} ?(?:-|–|—|/|and) ?{_T} {_FRONT}\b", RelationKind.AXIS),
    (rf"(?:halfway |midway )?between {_TOWNS}{LEAD}{_T} and {LEAD}{OTHER}", RelationKind.BETWEEN),
    (rf"(?:halfway |midway )?between {_TOWNS}{LEAD}{OTHER} and {LEAD}{_T}", RelationKind.BETWEEN),
)
_HELD_PARTS = (
    (rf"{HELD} {_Q}(?:{_D} )?{_Q}{_LAND} (?:of|in|within|inside|around) (?:{_D2} )?{_OF}", RelationKind.HELD),
    (rf"{HELD} {_Q}{_LAND} in the {_D} of {_OF}", RelationKind.HELD),
    (rf"{HELD} {_Q}{_D}(?: of)? {_OF}", RelationKind.HELD),
    (rf"{POSSESSIVE} {HELD} {_Q}(?:{_D}\b ?)?{_Q}(?:{_LAND}\b)?", RelationKind.HELD),
    (rf"{POSSESSIVE} {_Q}{_D},? {HELD} {_LAND}\b", RelationKind.HELD),
    (rf"{_D},? {HELD} {_Q}{_LAND} (?:of|in) {_OF}", RelationKind.HELD),
    (rf"{_LAND} (?:of|in) (?:{_D} )?{_OF},? (?:(?:that|which) (?:is|are|was|were) )?(?:still )?{_BY} (?:by )?(?:the )?"
     rf"{HOLDER}\b", RelationKind.HELD),
    (rf"(?:{_D} )?{_T} ?,? (?:(?:which|that) (?:is|are|was|were|remains?) )?(?:still )?{_BY} by (?:the )?{HOLDER}\b",
     RelationKind.HELD),
    (rf"{_LAND} (?:of|in) (?:{_D} )?{_OF} under (?:the )?{HOLDER} (?:control|rule)\b", RelationKind.HELD),
    (rf"{_LAND} (?:held|controlled) by (?:the )?{HOLDER} in (?:{_D} )?{_OF}", RelationKind.HELD),
    (rf"{HOLDER} {_LAND} (?:in|inside) (?:{_D} )?{_OF}", RelationKind.HELD),
    (rf"{HOLDER} (?:{PARTS}|territory|territories) of (?:{_D} )?{_OF}", RelationKind.HELD),
    (rf"{HELD} {_Q}(?:{_D} )?{_Q}{_T}", RelationKind.HELD),
    (rf"{_D},? {HELD} {_T}", RelationKind.HELD),
    (rf"^(?:the |in |in the )*{HELD} {_Q}(?:{_D}\b ?)?{_Q}(?:{_LAND})?$", RelationKind.HELD),
)  # fmt: skip
_AROUND = (
    (rf"(?:{_D} )?rural (?:{_D2} )?{_T}", RelationKind.COUNTRYSIDE),
    (rf"(?:{_D} )?{_TS} (?:{_D2} )?{_RURAL}\b", RelationKind.COUNTRYSIDE),
    (rf"(?:{_D} )?(?:rural )?{_RURAL} (?:of|around|near|in|outside|surrounding) {_OF}", RelationKind.COUNTRYSIDE),
    (rf"(?:rif|reef) {_T}", RelationKind.COUNTRYSIDE),
    (rf"(?:{_D} )?{_EDGE} (?:of|to|around|near) (?:{_D2} )?{LEAD}{_T}", RelationKind.OUTSKIRTS),
    (rf"(?:{_D} )?{_TS} (?:(?:very|immediate) )?(?:{_D2} )?{_EDGE}\b", RelationKind.OUTSKIRTS),
    (rf"suburban {_T}", RelationKind.OUTSKIRTS),
    (rf"(?:an? |the )?(?:{_D} )?suburb of {_OF}$", RelationKind.OUTSKIRTS),
)
_REST = (
    (rf"(?P<opposite>(?:other|opposite|far) (?:side|end|half|bank)) of {_OF}", RelationKind.REST),
    (rf"(?:elsewhere (?:in|across|inside)|(?:the )?rest of|(?:other|another) (?:parts?|areas?|districts?|"
     rf"neighbou?rhoods?|quarters?|sections?) (?:of|in)) {_OF}", RelationKind.REST),
)  # fmt: skip
_SIDES = (
    (rf"\w+['’]s? {_Q}{_D} {_T}", None),
    (rf"(?P<quarter>{_D} (?:district|neighbou?rhood|quarter)) of (?:the city of )?{_T}(?! (?:and|or) )",
     RelationKind.PART),
    (rf"{_D}(?: {DIRECTION}| (?-i:[A-Z])\w+| {_Q})* {_SINGLE} (?:of|called|named) {_T}(?! (?:and|or) )", None),
    (rf"{_D} {_Q}(?:and central )?(?:{PARTS}|regions|provinces|suburbs|towns|villages) (?:of|in|inside|within) {_OF}",
     RelationKind.PART),
    (rf"\b(?<!to )the {_D} of {LEAD}{_T}", RelationKind.PART),
    (rf"in {_D} of {LEAD}{_T}", RelationKind.PART),
    (rf"{POSSESSIVE} {_Q}{_D}\b(?: {_Q}(?:{PARTS}|suburbs|regions))?", RelationKind.PART),
    (rf"{_T} {_D} {_Q}(?:{PARTS}|suburbs|regions)\b", RelationKind.PART),
    (rf"{POSSESSIVE} {_Q}(?:{PARTS}) in the {_D}\b", RelationKind.PART),
    (rf"(?:central|inner|downtown|mid|midtown) {_T}", RelationKind.PART),
    (rf"(?:cent(?:re|er)|heart|middle|core) of {_OF}", RelationKind.PART),
    (rf"{_TS} (?:(?:city|town) )?(?:cent(?:re|er)|downtown|heart)\b", RelationKind.PART),
    (rf"{_D}[ -]{_Q}{_T}", RelationKind.PART),
    (rf"{NOUN_DIRECTIONS} (?:of|from) {LEAD}{_T}", RelationKind.OFFSET),
)  # fmt: skip
_NEARBY = (
    (rf"{_VICINITY} (?:of|around|to) {LEAD}{_T}", RelationKind.NEAR),
    (rf"(?:areas?|regions?|land|countryside) (?:around|surrounding|near) {LEAD}{_T}", RelationKind.NEAR),
    (rf"{_TS} (?:area|surroundings|environs|vicinity|foothills)\b", RelationKind.NEAR),
    (rf"{_NEAR} {LEAD}{_T}", RelationKind.NEAR),
    (rf"(?:upstream|downstream|upriver|downriver|inland|a stone['’]s throw) (?:of|from) {LEAD}{_T}", RelationKind.NEAR),
    (rf"(?:opposite|across the (?:river|road|valley|lake|bay) from|within (?:sight|range|reach) of) {LEAD}{_T}",
     RelationKind.NEAR),
    (rf"{_T} and (?:its|the) {_VICINITY}\b", RelationKind.NEAR),
    (rf"greater {_T}", RelationKind.NEAR),
)  # fmt: skip
_WITHOUT_NAME = (
    (rf"^(?:in |across )?(?:the )?{_Q}{_D}(?: {_Q}(?:{PARTS}|suburbs))?$", RelationKind.PART),
    (r"^(?:on )?(?:the )?(?P<opposite>(?:other|opposite) side)$", RelationKind.REST),
    (r"^elsewhere$", RelationKind.REST),
)
CUES = re.compile(
    r"north|south|east|west|\b[NSEW]{1,3}\b|cent(?:er|re)|central|inner|downtown|mid|heart|middle|core|held|hands|ruled|"
    r"control|occup|governed|administered|run\b|dominated|besieged|rural|country|hinterland|farm|rif|reef|near|close|"
    r"around|next to|outside|not far|adjacent|beside|off\b|overlooking|facing|neighbou?r|vicinity|surround|environs|"
    r"proximity|foothills|outlying|stream of|stream from|upriver|downriver|inland|stone|"
    r"across|within|way |en route|greater|area|outskirt|edge|fringe|peripher|perimeter|margin|entrance|gate|approach|"
    r"suburb|rim\b|doorstep|limits|other|another|opposite|elsewhere|rest of|far\b|between|border|road|highway|motorway|"
    r"route|corridor|expressway|line\b|rail|ax[ei]s|front|\d|\b(?:"
    + HOLDER_WORDS
    + r")\b|drive|kilomet|\bkm|mile|met(?:er|re)|yard",
    re.IGNORECASE,
)
"""A phrase without any of these states no relation; most phrases are told apart here, in a tenth of the time."""


@cache
def wordings() -> tuple[tuple[re.Pattern[str], RelationKind | None], ...]:
    """Return the wordings in order, with the relation that each states; compiled when first asked for.

    Groups: `winds`, `winds2`, `holder`, `other`, `opposite`, and those of `words.DISTANCE`.
    """
    groups = (_DISTANCES, _LINES, _HELD_PARTS, _AROUND, _REST, _SIDES, _NEARBY, _WITHOUT_NAME)
    return tuple(
        (re.compile(rf"(?<![\w-])(?:{pattern})", re.IGNORECASE), kind) for group in groups for pattern, kind in group
    )
