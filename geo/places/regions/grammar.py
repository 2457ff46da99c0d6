"""Reading the words around a toponym: which relation they state, if any.

The toponym is replaced by one character, so that names cannot be mistaken for relations ("South Sudan", "West Bank"),
and every pattern asks for that character next to its words: in "northern Syria's Aleppo" the direction belongs to
Syria. The first pattern that matches decides; they go from the most to the least specific.
"""

from __future__ import annotations

import re
from dataclasses import replace

from geo.places.coordinates import parse_coordinates
from geo.places.kinds import KINDS, Extent
from geo.places.regions import arabic
from geo.places.regions.patterns import CUES, wordings
from geo.places.regions.relations import Relation, RelationKind
from geo.places.regions.words import DIRECTION, LEVEL, TOPONYM, bearings_of, distance_of, side_of

_ANAPHOR = re.compile(
    r"\b(?:the|this|that|its|our|their)\s+(?P<before>(?:[\w-]+ ){0,2})"
    r"(?P<noun>city|town|village|province|governorate|district|country|capital|strip|region|camp|enclave|area|island|"
    r"peninsula|territory|county|neighbou?rhood)\b",
    re.I,
)
_DIGIT = re.compile(r"\d")
_PLURAL_DIRECTION = re.compile(rf"\b{DIRECTION}\b", re.I)


def parse_relation(
    phrase: str, toponym: tuple[int, int] | tuple[()] = (), *, kind: str = "", name: str = ""
) -> Relation | None:
    """Read the relation that a phrase states to its toponym.

    `toponym` is the half-open span of the name inside the phrase; `()` where the phrase is an anaphor ("the city's
    eastern sector", "the rebel-held east"). `kind` of the place, where it is known, settles phrases that mean different
    things for a city and for a village ("rebel-held X"), and its `name` those whose direction is a part of it ("eastern
    Ghouta" of Eastern Ghouta). None where the phrase means the place as a whole: no relation,
    a descriptor ("the northern city of X"), or words that are not understood.
    """
    if toponym == (0, len(phrase)) and _DIGIT.search(phrase) is None:
        return None  # the bare name, as most are
    if (point := parse_coordinates(phrase)) is not None:
        return Relation(RelationKind.COORDINATES, coordinates=point)
    if toponym:
        start, end = toponym
        text = phrase[:start] + TOPONYM + phrase[end:]
    else:
        text = _anaphor_replaced(phrase)
    text = re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("‐", "-").replace("‑", "-")).strip()
    if (relation := arabic.parse_arabic(text)) is not None:
        return relation
    text, level = _without_level(text, kind=kind)
    relation = _first_match(text, kind=kind)
    if relation is not None and relation.kind is RelationKind.PART and _is_named_after(name, relation):
        relation = None
    if relation is None:
        return Relation(RelationKind.PROVINCE, level="province") if level == "province" else None
    if not level or relation.kind in (RelationKind.COUNTRYSIDE, RelationKind.ROAD, RelationKind.AXIS):
        return relation
    return _raised(relation, level)


def _is_named_after(name: str, relation: Relation) -> bool:
    """Whether a direction is the first word of the place's own name."""
    first = re.match(rf"{DIRECTION}\b", name, re.I)
    return first is not None and bool(relation.bearings) and bearings_of(first[0]) == relation.bearings


def _raised(relation: Relation, level: str) -> Relation:
    if level == "province" and relation.kind is RelationKind.PART and relation.bearings:
        return replace(relation, kind=RelationKind.PROVINCE, level=level)
    return replace(relation, level=level)


def _anaphor_replaced(phrase: str) -> str:
    match = _ANAPHOR.search(phrase)
    if match is None:
        return phrase
    before = match["before"].lower()
    if _PLURAL_DIRECTION.search(before) or "held" in before or "controlled" in before:
        # "the northern city" describes the city; it is not its northern part.
        return phrase[: match.start()] + TOPONYM + phrase[match.end() :]
    return phrase[: match.start()] + ("the " + before + TOPONYM) + phrase[match.end() :]


_LEVEL_AFTER = re.compile(rf"{TOPONYM}(?:['’]s)?(?P<between> (?:{DIRECTION} )?)(?P<level>{LEVEL})\b(?! of\b)", re.I)
_LEVEL_BEFORE = re.compile(rf"(?P<describing>(?:{DIRECTION} )?)\b(?P<level>{LEVEL}) of {TOPONYM}", re.I)
_CITY_AFTER = re.compile(rf"{TOPONYM} (?:city|town)\b(?! (?:cent(?:re|er)|hall|council))", re.I)
_DIVISIONS = frozenset({"admin1", "admin2", "admin3", "country", "territory", "region", "continent"})
_DISTRICTS = frozenset({"district", "districts", "county"})


def _without_level(text: str, *, kind: str) -> tuple[str, str]:
    """Take "province" and the like off the toponym; return the text and the level that the word names."""
    text = _CITY_AFTER.sub(TOPONYM, text)
    match = _LEVEL_AFTER.search(text) or _LEVEL_BEFORE.search(text)
    if match is None:
        return text, ""
    word = match["level"].lower()
    if word in _DISTRICTS and (kind not in ("city", "town") or word == "districts"):
        return text, ""
    if word == "district" and kind == "city" and match.groupdict().get("describing"):
        return text, ""  # `The eastern district of X` is a part of the city.
    level = "district" if word in _DISTRICTS else "province"
    if kind in _DIVISIONS or (kind and KINDS[kind].extent is not Extent.AREA):
        level = ""
    if "between" in match.re.groupindex:
        between = match["between"].strip()
        new = f"{between} {TOPONYM}" if between else TOPONYM
    else:
        # "the northern province of X": the direction describes the province.
        new = TOPONYM
    return f"{text[: match.start()]}{new}{text[match.end() :]}", level


def _relation(kind: RelationKind, match: re.Match[str]) -> Relation:
    groups = match.groupdict()
    winds = bearings_of(groups.get("winds") or groups.get("winds2") or "")
    distance, doubt = distance_of(match) if groups.get("number") else (None, 0.0)
    return Relation(
        kind,
        bearings=winds,
        central=kind is RelationKind.PART and not winds,
        distance_km=None if distance is None else round(distance, 3),
        distance_doubt_km=round(doubt, 3),
        holder=side_of(groups["holder"]) if groups.get("holder") else "",
        others=(groups["other"],) if groups.get("other") else (),
        opposite=bool(groups.get("opposite")),
    )


def _first_match(text: str, *, kind: str) -> Relation | None:
    if not CUES.search(text):
        return None
    for pattern, stated in wordings():
        match = pattern.search(text)
        if match is not None:
            if kind != "city" and match.groupdict().get("quarter"):
                continue  # Only of a city is `the eastern district of X` a part; of others it describes X.
            relation = _relation(stated, match) if stated is not None else None
            return relation if relation is not None and _sensible(relation, kind=kind) else None
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
