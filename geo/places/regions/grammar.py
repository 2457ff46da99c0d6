"""Reading the words around a toponym: which relation they state, if any.

The toponym is replaced by one character, so that names cannot be mistaken for relations ("South Sudan", "West Bank"),
and every pattern asks for that character next to its words: in "northern Syria's Aleppo" the direction belongs to
Syria. The first pattern that matches decides; they go from the most to the least specific.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from geo.places.coordinates import parse_coordinates
from geo.places.kinds import KINDS, Extent
from geo.places.regions import arabic
from geo.places.regions.relations import Relation, RelationKind
from geo.places.regions.words import (
    DIRECTION,
    DIRECTIONS,
    DISTANCE,
    HELD,
    HOLDER,
    LEAD,
    LEVEL,
    NOUN_DIRECTIONS,
    OF_TOPONYM,
    OTHER,
    PARTS,
    POSSESSIVE,
    QUALIFIER,
    SETTLEMENT,
    TERRITORY,
    TOPONYM,
    bearings_of,
    distance_of,
    side_of,
)

T = TOPONYM
_RURAL = r"(?:countryside|country side|hinterland|rural areas?|rural parts?|rural regions?|farmlands?|farmland)"
_EDGE = (
    r"(?:outskirts?|edges?|fringes?|periphery|perimeter|margins?|entrances?|gates|gateway|approaches|suburbs|rim|"
    r"suburban areas?|doorstep|limits)"
)
_NEAR = (
    r"(?:near|nearby|close to|around|surrounding|next to|outside|just outside|not far from|adjacent to|beside|off|"
    r"overlooking|facing|towards?|toward|bordering|neighbou?ring)"
)
_VICINITY = r"(?:vicinity|surroundings?|environs|area|areas|region|neighbou?rhood|proximity|foothills|outlying areas)"
_LINE = r"(?:road|highway|motorway|route|corridor|expressway|line|railway|rail line|supply (?:line|route))"
_ANAPHOR = re.compile(
    r"\b(?:the|this|that|its|our|their)\s+(?P<before>(?:[\w-]+ ){0,2})"
    r"(?P<noun>city|town|village|province|governorate|district|country|capital|strip|region|camp|enclave|area|island|"
    r"peninsula|territory|county|neighbou?rhood)\b",
    re.I,
)
_PLURAL_DIRECTION = re.compile(rf"\b{DIRECTION}\b", re.I)

Reader = Callable[[re.Match[str]], Relation | None]


def parse_relation(phrase: str, toponym: tuple[int, int] | tuple[()] = (), *, kind: str = "") -> Relation | None:
    """Read the relation that a phrase states to its toponym.

    `toponym` is the half-open span of the name inside the phrase; `()` where the phrase is an anaphor ("the city's
    eastern sector", "the rebel-held east"). `kind` of the place, where it is known, settles phrases that mean different
    things for a city and for a village ("rebel-held X"). None where the phrase means the place as a whole: no relation,
    a descriptor ("the northern city of X"), or words that are not understood.
    """
    if toponym:
        start, end = toponym
        text = phrase[:start] + T + phrase[end:]
    else:
        if (point := parse_coordinates(phrase)) is not None:
            return Relation(RelationKind.COORDINATES, coordinates=point)
        text = _anaphor_replaced(phrase)
    text = re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("‐", "-").replace("‑", "-")).strip()
    if (relation := arabic.parse_arabic(text)) is not None:
        return relation
    text, level = _without_level(text, kind=kind)
    relation = _first_match(text, kind=kind)
    if relation is None:
        return Relation(RelationKind.PROVINCE, level="province") if level == "province" else None
    if not level or relation.kind in (RelationKind.COUNTRYSIDE, RelationKind.ROAD, RelationKind.AXIS):
        return relation
    return _raised(relation, level)


def _raised(relation: Relation, level: str) -> Relation:
    if level == "province" and relation.kind is RelationKind.PART and relation.bearings:
        return Relation(RelationKind.PROVINCE, bearings=relation.bearings, level=level)
    return Relation(
        relation.kind,
        bearings=relation.bearings,
        central=relation.central,
        distance_km=relation.distance_km,
        distance_doubt_km=relation.distance_doubt_km,
        holder=relation.holder,
        others=relation.others,
        level=level,
        opposite=relation.opposite,
    )


def _anaphor_replaced(phrase: str) -> str:
    match = _ANAPHOR.search(phrase)
    if match is None:
        return phrase
    before = match["before"].lower()
    if _PLURAL_DIRECTION.search(before) or "held" in before or "controlled" in before:
        # "the northern city" describes the city; it is not its northern part.
        return phrase[: match.start()] + T + phrase[match.end() :]
    return phrase[: match.start()] + ("the " + before + T) + phrase[match.end() :]


_LEVEL_AFTER = re.compile(rf"{T}(?:['’]s)?(?P<between> (?:{DIRECTION} )?)(?P<level>{LEVEL})\b(?! of\b)", re.I)
_LEVEL_BEFORE = re.compile(rf"(?P<describing>(?:{DIRECTION} )?)\b(?P<level>{LEVEL}) of {T}", re.I)
_CITY_AFTER = re.compile(rf"{T} (?:city|town)\b(?! (?:cent(?:re|er)|hall|council))", re.I)
_DIVISIONS = frozenset({"admin1", "admin2", "admin3", "country", "territory", "region", "continent"})
_DISTRICTS = frozenset({"district", "districts", "county"})


def _without_level(text: str, *, kind: str) -> tuple[str, str]:
    """Take "province" and the like off the toponym; return the text and the level that the word names."""
    text = _CITY_AFTER.sub(T, text)
    match = _LEVEL_AFTER.search(text) or _LEVEL_BEFORE.search(text)
    if match is None:
        return text, ""
    word = match["level"].lower()
    if word in _DISTRICTS and (kind not in ("city", "town") or word == "districts"):
        return text, ""
    level = "district" if word in _DISTRICTS else "province"
    if kind in _DIVISIONS or (kind and KINDS[kind].extent is not Extent.AREA):
        level = ""
    if "between" in match.re.groupindex:
        between = match["between"].strip()
        new = f"{between} {T}" if between else T
    else:
        # "the northern province of X": the direction describes the province.
        new = T
    return f"{text[: match.start()]}{new}{text[match.end() :]}", level


def _relation(kind: RelationKind) -> Reader:
    def read(match: re.Match[str]) -> Relation | None:
        groups = match.groupdict()
        winds = bearings_of(groups.get("winds") or groups.get("winds2") or "")
        holder = side_of(groups["holder"]) if groups.get("holder") else ""
        others = (groups["other"],) if groups.get("other") else ()
        distance = distance_of(match) if groups.get("number") else (None, 0.0)
        return Relation(
            kind,
            bearings=winds,
            holder=holder,
            others=others,
            distance_km=None if distance[0] is None else round(distance[0], 3),
            distance_doubt_km=round(distance[1], 3),
        )

    return read


def _centre(_: re.Match[str]) -> Relation:
    return Relation(RelationKind.PART, central=True)


def _rest(match: re.Match[str]) -> Relation:
    return Relation(RelationKind.REST, opposite=bool(match.groupdict().get("opposite")))


def _no_relation(_: re.Match[str]) -> None:
    return None


_SECOND = DIRECTIONS.replace("?P<winds>", "?P<winds2>")
_HALF_OF = rf"(?:{TERRITORY}|cities|towns|villages)"
_PATTERNS: tuple[tuple[str, Reader], ...] = (
    # Distance and direction
    (rf"{DISTANCE}(?: or so)?(?: away)?,? (?:to the |due |further |directly )?{NOUN_DIRECTIONS} (?:of|from) {LEAD}{T}",
     _relation(RelationKind.OFFSET)),
    (rf"{DISTANCE} (?:{DIRECTION} )?(?:radius (?:of|around)|of) {LEAD}{T}", _relation(RelationKind.NEAR)),
    (rf"{DISTANCE}(?: or so)?(?: away)? (?:from|outside|off|short of) {LEAD}{T}", _relation(RelationKind.OFFSET)),
    # Between, roads, axes, borders
    (rf"\b(?:halfway |midway )?between {LEAD}{T} and {OTHER}", _relation(RelationKind.BETWEEN)),
    (rf"\b(?:halfway |midway )?between {OTHER} and {LEAD}{T}", _relation(RelationKind.BETWEEN)),
    (rf"\b{_LINE} (?:from|between|linking|connecting|joining|running from) {LEAD}{T} (?:to|and|with|towards?) {OTHER}",
     _relation(RelationKind.ROAD)),
    (rf"\b{_LINE} (?:from|between|linking|connecting|joining|running from) {OTHER} (?:to|and|with|towards?) {LEAD}{T}",
     _relation(RelationKind.ROAD)),
    (rf"{T} ?(?:-|–|—|to) ?{OTHER} (?:international )?{_LINE}\b", _relation(RelationKind.ROAD)),
    (rf"{OTHER} ?(?:-|–|—|to) ?{T} (?:international )?{_LINE}\b", _relation(RelationKind.ROAD)),
    (rf"\b{_LINE} (?:leading )?(?:to|into|towards?|out of|from) {LEAD}{T}", _relation(RelationKind.ROAD)),
    (rf"{T} ?(?:-|–|—|/|and) ?{OTHER} (?:axis|axes|front|fronts|frontline|front line)\b", _relation(RelationKind.AXIS)),
    (rf"{OTHER} ?(?:-|–|—|/|and) ?{T} (?:axis|axes|front|fronts|frontline|front line)\b", _relation(RelationKind.AXIS)),
    (rf"\bborders? (?:between|of) {LEAD}{T} (?:and|with) {OTHER}", _relation(RelationKind.BORDER)),
    (rf"\bborders? between {OTHER} and {LEAD}{T}", _relation(RelationKind.BORDER)),
    (rf"{POSSESSIVE} (?:{DIRECTIONS} )?borders? with {OTHER}", _relation(RelationKind.BORDER)),
    (rf"{T} ?(?:-|–|—) ?{OTHER} border\b", _relation(RelationKind.BORDER)),
    (rf"{OTHER} ?(?:-|–|—) ?{T} border\b", _relation(RelationKind.BORDER)),
    (rf"{POSSESSIVE} (?:{DIRECTIONS} )?borders?\b", _relation(RelationKind.BORDER)),
    (rf"\b(?:{DIRECTIONS} )?borders? (?:with|of) {LEAD}{T}", _relation(RelationKind.BORDER)),
    (rf"{T} border\b(?! cross)", _relation(RelationKind.BORDER)),
    # Parts that a side holds
    (rf"{HELD} {QUALIFIER}(?:{SETTLEMENT}|province|governorate) (?:of )?{T}", _no_relation),
    (rf"{HELD} {QUALIFIER}(?:{DIRECTIONS} )?{QUALIFIER}{_HALF_OF} (?:of|in|within|inside|around) (?:{_SECOND} )?{OF_TOPONYM}",
     _relation(RelationKind.HELD)),
    (rf"{HELD} {QUALIFIER}{DIRECTIONS}(?: of)? {OF_TOPONYM}", _relation(RelationKind.HELD)),
    (rf"{POSSESSIVE} {HELD} {QUALIFIER}(?:{DIRECTIONS}\b ?)?{QUALIFIER}(?:{_HALF_OF}\b)?", _relation(RelationKind.HELD)),
    (rf"{POSSESSIVE} {QUALIFIER}{DIRECTIONS},? {HELD} {_HALF_OF}\b", _relation(RelationKind.HELD)),
    (rf"{DIRECTIONS},? {HELD} {QUALIFIER}{_HALF_OF} (?:of|in) {OF_TOPONYM}", _relation(RelationKind.HELD)),
    (rf"{_HALF_OF} (?:of|in) (?:{DIRECTIONS} )?{OF_TOPONYM},? (?:(?:that|which) (?:is|are|was|were) )?(?:still )?"
     rf"(?:held|controlled|occupied|ruled|run|in the hands of) (?:by )?(?:the )?{HOLDER}\b", _relation(RelationKind.HELD)),
    (rf"{_HALF_OF} (?:of|in) (?:{DIRECTIONS} )?{OF_TOPONYM} under (?:the )?{HOLDER} (?:control|rule)\b",
     _relation(RelationKind.HELD)),
    (rf"{_HALF_OF} (?:held|controlled) by (?:the )?{HOLDER} in (?:{DIRECTIONS} )?{OF_TOPONYM}", _relation(RelationKind.HELD)),
    (rf"{HOLDER} {_HALF_OF} (?:of|in|inside) (?:{DIRECTIONS} )?{OF_TOPONYM}", _relation(RelationKind.HELD)),
    (rf"{HELD} {QUALIFIER}(?:{DIRECTIONS} )?{QUALIFIER}{T}", _relation(RelationKind.HELD)),
    (rf"{DIRECTIONS},? {HELD} {T}", _relation(RelationKind.HELD)),
    (rf"^(?:the |in |in the )*{HELD} {QUALIFIER}(?:{DIRECTIONS}\b ?)?{QUALIFIER}(?:{_HALF_OF})?$", _relation(RelationKind.HELD)),
    # The countryside of a town
    (rf"(?:{DIRECTIONS} )?rural (?:{_SECOND} )?{T}", _relation(RelationKind.COUNTRYSIDE)),
    (rf"{T}(?:['’]s)? (?:{DIRECTIONS} )?{_RURAL}\b", _relation(RelationKind.COUNTRYSIDE)),
    (rf"{DIRECTIONS} {T}(?:['’]s)? {_RURAL}\b", _relation(RelationKind.COUNTRYSIDE)),
    (rf"(?:{DIRECTIONS} )?(?:rural )?{_RURAL} (?:of|around|near|in|outside|surrounding) {OF_TOPONYM}",
     _relation(RelationKind.COUNTRYSIDE)),
    (rf"\b(?:rif|reef) {T}", _relation(RelationKind.COUNTRYSIDE)),
    # Outskirts
    (rf"(?:{DIRECTIONS} )?{_EDGE} (?:of|to|around|near) (?:{_SECOND} )?{LEAD}{T}", _relation(RelationKind.OUTSKIRTS)),
    (rf"{T}(?:['’]s)? (?:(?:very|immediate) )?(?:{DIRECTIONS} )?{_EDGE}\b", _relation(RelationKind.OUTSKIRTS)),
    (rf"{DIRECTIONS} {T} {_EDGE}\b", _relation(RelationKind.OUTSKIRTS)),
    (rf"\bsuburban {T}", _relation(RelationKind.OUTSKIRTS)),
    # The rest of it
    (rf"\b(?P<opposite>(?:other|opposite|far) (?:side|end|half|bank)) of {OF_TOPONYM}", _rest),
    (rf"\b(?:elsewhere (?:in|across|inside)|(?:the )?rest of|(?:other|another) (?:parts?|areas?|districts?|"
     rf"neighbou?rhoods?|quarters?|sections?) (?:of|in)) {OF_TOPONYM}", _rest),
    # Parts by direction
    (rf"{DIRECTIONS}(?: {DIRECTION}| (?-i:[A-Z])\w+| {QUALIFIER})* (?:{SETTLEMENT}|province|district|neighbou?rhood|area|"
     rf"suburb|quarter|region|governorate|state|island) (?:of|called|named) {T}(?! (?:and|or) )", _no_relation),
    (rf"{DIRECTIONS} {QUALIFIER}(?:and central )?(?:{PARTS}|regions|provinces|suburbs|towns|villages) "
     rf"(?:of|in|inside|within) {OF_TOPONYM}", _relation(RelationKind.PART)),
    (rf"\b(?<!to )the {DIRECTIONS} of {LEAD}{T}", _relation(RelationKind.PART)),
    (rf"\bin {DIRECTIONS} of {LEAD}{T}", _relation(RelationKind.PART)),
    (rf"{POSSESSIVE} {QUALIFIER}{DIRECTIONS}\b(?: {QUALIFIER}(?:{PARTS}|suburbs|regions))?", _relation(RelationKind.PART)),
    (rf"{T} {DIRECTIONS} {QUALIFIER}(?:{PARTS}|suburbs|regions)\b", _relation(RelationKind.PART)),
    (rf"{POSSESSIVE} {QUALIFIER}(?:{PARTS}) in the {DIRECTIONS}\b", _relation(RelationKind.PART)),
    (rf"\b(?:central|inner|downtown|mid|midtown) {T}", _centre),
    (rf"\b(?:cent(?:re|er)|heart|middle|core) of {OF_TOPONYM}", _centre),
    (rf"{T}(?:['’]s)? (?:(?:city|town) )?(?:cent(?:re|er)|downtown|heart)\b", _centre),
    (rf"{DIRECTIONS}[ -]{QUALIFIER}{T}", _relation(RelationKind.PART)),
    (rf"\b{NOUN_DIRECTIONS} (?:of|from) {LEAD}{T}", _relation(RelationKind.OFFSET)),
    # Near
    (rf"\b(?:in )?(?:the )?(?:immediate |close |wider |greater )?{_VICINITY} (?:of|around|surrounding|near) {LEAD}{T}",
     _relation(RelationKind.NEAR)),
    (rf"{T}(?:['’]s)? (?:area|surroundings|environs|vicinity|foothills)\b", _relation(RelationKind.NEAR)),
    (rf"\b{_NEAR} {LEAD}{T}", _relation(RelationKind.NEAR)),
    (rf"\bgreater {T}", _relation(RelationKind.NEAR)),
    # Anaphors that name no place at all
    (rf"^(?:in |across )?(?:the )?{QUALIFIER}{DIRECTIONS}(?: {QUALIFIER}(?:{PARTS}|suburbs))?$", _relation(RelationKind.PART)),
    (r"^(?:on )?(?:the )?(?P<opposite>(?:other|opposite) side)$", _rest),
    (r"^elsewhere$", _rest),
)  # fmt: skip
_COMPILED = tuple((re.compile(rf"(?<![\w-]){pattern}", re.I), read) for pattern, read in _PATTERNS)


def _first_match(text: str, *, kind: str) -> Relation | None:
    for pattern, read in _COMPILED:
        match = pattern.search(text)
        if match is not None:
            relation = read(match)
            return relation if relation is None or _sensible(relation, kind=kind) else None
    return None


_WITH_PARTS_HELD = frozenset({"city", "town"}) | _DIVISIONS
_NO_SUBURBS = frozenset({"neighbourhood", "suburb", "village"})


def _sensible(relation: Relation, *, kind: str) -> bool:
    """Whether the relation says something about a place of the kind; "rebel-held X" does not, for a village X."""
    if not kind:
        return True
    if relation.kind is RelationKind.HELD:
        return kind in _WITH_PARTS_HELD or bool(relation.bearings)
    if relation.kind is RelationKind.PART:
        return KINDS[kind].extent is not Extent.POINT
    return True
