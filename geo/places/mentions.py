"""The names of one document as the ranker sees them: grouped by name, each with its candidates and what is said of it.

All mentions of one name share one reading. What the text says next to a name is read here: `X, Y`, `X (Y)`, `X in Y`,
`X County`, `the province of X`, and which countries the document names by a demonym.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from geo.model import Document, Mention
from geo.places.beside import Beside, beside
from geo.places.compilation import NameRank
from geo.places.containers import stated_containers
from geo.places.gazetteer import Gazetteer, Match
from geo.places.headings import LISTED, NOUN_KINDS, headed_lists
from geo.places.names import fold
from geo.places.quarters import quarters

HAMLET = 20_000
"""People; the other names of smaller settlements are seldom used."""
_SETTLED = frozenset(("city", "town", "village", "suburb", "neighbourhood"))
CANDIDATES = 30
"""Places considered for a name, the most likely without context first."""
_AFTER_COMMA = re.compile(r",\s{1,2}|\s\(")
_CONTAINER = re.compile(r"(?:[A-Z]\.\s?){2,}|[^\W\d_][\w'’.\-]*(?:\s(?:of|and|de|the|al)?\s?[^\W\d_a-z][\w'’\-]*){0,3}")
_WITHIN = re.compile(
    r"(?:(?:\s(?:neighbou?rhoods?|districts?|quarters?|suburbs?|areas?))?,?\s(?:in|of)\s(?:the\s)?"
    r"(?:[a-z]+(?:ern|th|st|al)\s)?(?:[a-z]+\s(?:of\s)?)?|[’']s\s(?:[a-z-]+\s){0,3}(?:of\s)?)\Z"
)
_AROUND = re.compile(
    r"(?:,?\s(?:[a-z-]+\s){0,4}(?:in|of|near|outside|at|around|inside)\s(?:[a-z-]+\s){0,4}|,\s(?:[a-z-]+\s){1,4})(?:al-)?\Z"
)
"""Between an unknown name and the place that the text puts it in or near, more loosely still."""
_NEXT_WORD = re.compile(r"[\s-]{1,2}([A-Za-z]+)")
_LAST_WORDS = re.compile(r"([A-Za-z]+)\s+of\s+(?:the\s)?\Z")
_LAST_WORD = re.compile(r"([A-Za-z]+)\s+\Z")


@dataclass(slots=True)
class Group:
    """All mentions of one name in a document."""

    key: str
    mentions: list[int]
    """Positions in the list of mentions."""
    matches: tuple[Match, ...]
    demonym: str = ""
    """ISO code where the name is a demonym, which names a country and no place."""
    containers: set[str] = field(default_factory=set)
    """Folded names that the text puts right behind this one: `X, Y`."""
    within: set[str] = field(default_factory=set)
    """Folded names that the text puts this one in, more loosely: `X in Y`, `Y's X`."""
    part_of: set[str] = field(default_factory=set)
    """Folded names of what the text says it is a part of: `the X district of Y`."""
    inside: list[str] = field(default_factory=list)
    """Folded names of what the text states that it lies in, the innermost first: `X (Y region)`."""
    around: set[str] = field(default_factory=set)
    """Folded names of what the text puts it in or near, for names that no gazetteer has: `X, a village in Y`."""
    beside: dict[str, Beside] = field(default_factory=dict)
    """Folded names that the text puts it beside, and how."""
    sentence: dict[str, int] = field(default_factory=dict)
    """Folded names of what its sentences put their action in, for names that no gazetteer has, by how far they are."""
    listed: set[str] = field(default_factory=set)
    """Folded names right before and after it in a list: `X, Y and Z`."""
    kinds: frozenset[str] = frozenset()
    """Kinds that a word beside the name calls for."""
    stripped: str = ""
    """What was left out of the name to find it: `northern` of `northern Syria`."""


Named = Callable[[str], tuple[str, tuple[Match, ...], str]]
"""Of a name as it is written: the ISO code of a demonym, the places to consider, and what was left out to find them."""


def naming(gazetteer: Gazetteer) -> Named:
    """Return what finds the candidates of a name; answers are kept, as reports name the same places over and over."""
    return lru_cache(maxsize=4_096)(lambda name: _named(name, gazetteer))


def group_mentions(
    document: Document, toponyms: Sequence[Mention], gazetteer: Gazetteer, *, named: Named | None = None
) -> list[Group]:
    """Group the mentions by folded name, in order of first appearance, with candidates and textual clues.

    `named` is the `naming` of the gazetteer, where it serves several documents.
    """
    named = named or naming(gazetteer)
    groups: dict[str, Group] = {}
    for position, mention in enumerate(toponyms):
        key = fold(mention.text)
        group = groups.get(key)
        if group is None:
            demonym, matches, stripped = named(mention.text)
            group = groups[key] = Group(key, [], matches, demonym=demonym, stripped=stripped)
        group.mentions.append(position)
        _read_clues(group, document.text, toponyms, position)
    for group in groups.values():
        if not group.demonym:
            _read_sentences(group, document.text, toponyms)
    for part, whole in quarters(document.text, toponyms):
        group, holder = groups[fold(toponyms[part].text)], fold(toponyms[whole].text)
        if holder != group.key:
            group.part_of.add(holder)
            group.within.add(holder)
    for name, holders in stated_containers(document.text, toponyms).items():
        groups[name].inside = holders
    for run, noun in headed_lists(document.text, toponyms):
        for position in run:
            group = groups[fold(toponyms[position].text)]
            group.kinds = NOUN_KINDS[noun]
            full = [one for one in gazetteer.matches(f"{toponyms[position].text} {noun}") if one.likeness == 1.0]
            group.matches = _likeliest([*full, *group.matches], gazetteer)
    return list(groups.values())


_IN_PLACE = re.compile(
    r"\b(?:in|inside|within|across|throughout|of|near|outside)\s(?:the\s)?(?:[\w'’-]+\s){0,5}\Z", re.IGNORECASE
)
_IN_PARALLEL = re.compile(
    r"\b(?:and|or|but|while|as well as)\s(?:also\s|later\s)?(?:in|inside|near|outside|at|around)\s(?:the\s)?"
    r"(?:[a-z]+\s){0,2}\Z"
)
"""Between two names: the second is another place of the same action, and holds nothing of the first."""
_OPENS = re.compile(r"(?:\A|\n)[\s•*–—-]*\Z")
"""Before the name that heads an entry: `South Kivu: on 12 November …`."""
_SENTENCE_END = re.compile(r"[.!?][\"”’']?\s+(?=[A-Z\"“‘'])|\n")
_SENTENCE_REACH = 400
"""Characters; a sentence hardly goes on for longer."""


def _read_sentences(group: Group, text: str, toponyms: Sequence[Mention]) -> None:
    """Note what the sentences of a name put their action in: `an attack in Y on Friday, targeting X`."""
    for position in group.mentions:
        mention = toponyms[position]
        for step in (-1, 1):
            at = position + step
            while 0 <= at < len(toponyms):
                other = toponyms[at]
                first, last = (other, mention) if step < 0 else (mention, other)
                between = text[first.end : last.start]
                if len(between) > _SENTENCE_REACH or _SENTENCE_END.search(between):
                    break
                key = fold(other.text)
                before = text[max(0, other.start - 60) : other.start]
                held = (text[other.end : other.end + 2] == ": " and _OPENS.search(before)) or _IN_PLACE.search(before)
                if key != group.key and held and not _IN_PARALLEL.search(between):
                    group.sentence[key] = min(len(between), group.sentence.get(key, _SENTENCE_REACH))
                at += step


_CAPITALISED = re.compile(r"\b[A-Z][^\W\d_]{3,}")


def spoken_countries(text: str, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the ISO codes of the countries that a text has an adjective or a people of."""
    demonyms = gazetteer.demonyms
    return frozenset(
        iso
        for word in set(_CAPITALISED.findall(text))
        if (iso := demonyms.get(word.lower()) or demonyms.get(fold(word)))
    )


def _named(name: str, gazetteer: Gazetteer) -> tuple[str, tuple[Match, ...], str]:
    demonym, stripped = gazetteer.demonyms.get(fold(name), ""), ""
    if demonym:
        found = gazetteer.country(demonym)
    elif name.islower() and is_facility(f"X {name}"):
        found = ()  # `the hospital` is none of the villages of that name
    else:
        found = gazetteer.capital_called(name) or gazetteer.matches(name)
        if not found or found[0].likeness < 1.0:
            core, left_out = core_name(name)
            if left_out and (inner := gazetteer.matches(core)) and inner[0].likeness == 1.0:
                found, stripped = inner, left_out
    return demonym, _likeliest(found, gazetteer), stripped


def _likeliest(found: Sequence[Match], gazetteer: Gazetteer) -> tuple[Match, ...]:
    """Return the matches to consider: each place once, and no other name of a hamlet beside a province's own name."""
    index = gazetteer.index
    unique: dict[int, Match] = {}
    for match in found:
        unique.setdefault(match.number, match)
    celebrated = any(
        match.rank is NameRank.MAIN and index.kind_name(match.number) in ("country", "admin1")
        for match in unique.values()
    )
    kept = [
        match
        for match in unique.values()
        if not celebrated
        or match.rank is not NameRank.ALTERNATIVE
        or index.population[match.number] >= HAMLET
        or index.kind_name(match.number) not in _SETTLED
        or index.is_curated(match.number)
    ]
    return tuple(sorted(kept, key=lambda match: (-gazetteer.prior(match), match.number))[:CANDIDATES])


_DIRECTION = (
    r"(?:(?:north|south|east|west|northeast|northwest|southeast|southwest|north-east|north-west|south-east|south-west)"
    r"(?:ern)?|central|upper|lower|inner|outer|greater|downtown|metropolitan|metro|rural|old|mainland|suburban)"
)
_PREFIX = re.compile(
    rf"(?:the\s)?(?:{_DIRECTION}\s|(?:city|town|village|state|province|governorate|district|region|port|county)\sof\s"
    r"|(?:hay|hai|hayy|jabal|jebel|djebel|mount|mt\.?|nahr|wadi|camp)\s)+",
    re.IGNORECASE,
)
_FACILITY = re.compile(
    r"[\s-](?:military\s|international\s|civil\s|industrial\s|air\s|power\s|gas\s|oil\s|cement\s|refugee\s|general\s"
    r"|national\s|central\s|border\s)*(?:airport|airbase|airfield|base|hospital|university|college|school|camp|prison"
    r"|checkpoint|crossing|bridge|dam|station|plant|factory|refinery|fields?|mine|port|harbou?r|orchards?|farms?|springs?"
    r"|mountains?|hills?|forests?|roundabout|square|road|highway|axis|front|frontline|housing|quarter|market|square|zone"
    r"|neighbou?rhoods?|mosque|church|stadium|garages?|brigade|barracks|river|lake|bay|beach|park)\Z",
    re.IGNORECASE,
)
"""What is called after a town and is not the town: it lies in it or near it."""
FACILITY_KM = 15.0
"""Doubt about a facility that is known only by the town in its name."""
_SUFFIX = re.compile(
    r"\s(?:city|town|village|township|province|governorate|state|district|region|area|county|parish|oblast|metropolitan"
    r"|countryside|suburbs?|municipality|prefecture|proper|island|islands|valley"
    r"|(?<!middle\s)(?<!near\s)(?<!far\s)(?<!deep\s)(?:north|south|east|west))\Z",
    re.IGNORECASE,
)


def core_name(name: str) -> tuple[str, str]:
    """Return a name without direction and generic noun, and what was left out; ("", "") where nothing can be."""
    bare = name.split("(")[0].strip() or name
    core = _SUFFIX.sub("", _PREFIX.sub("", bare, count=1))
    if core in ("", name):
        core = _FACILITY.sub("", bare)
    if core in ("", name) or is_facility(f"X {core}"):
        # `Hospital` of `Southern Hospital` is a village in Ireland, and not what is meant.
        return "", ""
    return core, name.replace(core, "", 1).strip()


def is_facility(name: str) -> bool:
    """Whether a name calls something after a town: `X airport`."""
    return bool(_FACILITY.search(name))


def _read_clues(group: Group, text: str, toponyms: Sequence[Mention], position: int) -> None:
    mention = toponyms[position]
    following = toponyms[position + 1] if position + 1 < len(toponyms) else None
    after = _AFTER_COMMA.match(text, mention.end)
    if after:
        if following is not None and following.start == after.end():
            group.containers.add(fold(following.text))
        else:
            container = _CONTAINER.match(text, after.end())
            if container:
                group.containers.update(_leading_names(container.group()))
    elif following is not None and following.start - mention.end < 40:
        between = text[mention.end : following.start]
        if _WITHIN.fullmatch(between) and not between.startswith(("’", "'")):
            group.within.add(fold(following.text))
    if following is not None and _AROUND.fullmatch(text, mention.end, following.start):
        group.around.add(fold(following.text))
    if following is not None and (near := beside(text, mention.end, following.start)):
        group.beside[fold(following.text)] = near
    if following is not None and LISTED.fullmatch(text, mention.end, following.start):
        group.listed.add(fold(following.text))
    if position:
        previous = toponyms[position - 1]
        between = text[previous.end : mention.start]
        if LISTED.fullmatch(between):
            group.listed.add(fold(previous.text))
        if between[:2] in ("'s", "’s") and _WITHIN.fullmatch(between):
            group.within.add(fold(previous.text))
    _read_kind(group, text, mention)


def _leading_names(words: str) -> list[str]:
    """All beginnings of a run of capitalised words: `Texas Monday` may hold `Texas`."""
    parts = words.split()
    return [fold(" ".join(parts[:length])) for length in range(len(parts), 0, -1)]


def _read_kind(group: Group, text: str, mention: Mention) -> None:
    """Note the kind that a neighbouring noun states: `X province`, `the town of X`, `village X`."""
    after = _NEXT_WORD.match(text, mention.end)
    before = text[max(0, mention.start - 40) : mention.start]
    of, last = _LAST_WORDS.search(before), _LAST_WORD.search(before)
    for match in (of, after, last):
        word = match.group(1).lower() if match else ""
        if word in NOUN_KINDS:
            group.kinds = NOUN_KINDS[word]
            return
    if not group.kinds and (suffix := _SUFFIX.search(mention.text)):
        word = suffix.group().strip().lower()
        if word in NOUN_KINDS:
            group.kinds = NOUN_KINDS[word]
