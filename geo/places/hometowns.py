"""The town of a site or a quarter that the text does not name beside it: the dateline's, or `the Somali capital`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.model import Mention, Place
from geo.places.doubt import doubt_class
from geo.places.gazetteer import Gazetteer
from geo.places.kinds import settlement_radius_km
from geo.places.mentions import Group
from geo.places.names import fold
from geo.places.standing import Reading, away_km, holders_of, is_sure
from geo.places.surroundings import TOWN_REACH_KM, adjacent_names, sentence_names

_FILED = re.compile(r"(?:,[^-–—:\n]{1,40}?)?\s?(?:\([^()\n]{1,40}\))?\s?(?:[-–—]{1,2}\s|:\s)")
"""Behind the town of a dateline: `, Kenya, Nov 20 (Reuters) - `."""
_SITES = (
    r"(?:square|park|street|avenue|boulevard|plaza|hotel|hospital|mosque|church|cathedral|junction|intersection"
    r"|roundabout|university|market|stadium|road)"
)
_IS_SITE = re.compile(rf".*\s{_SITES}\Z", re.IGNORECASE)
_SITE_AFTER = re.compile(rf"\s{_SITES}\b", re.IGNORECASE)
_PART_AFTER = re.compile(rf"\s(?:district|neighbou?rhood|quarter|suburb|{_SITES})\b", re.IGNORECASE)
_HERE_AFTER = re.compile(r"(?:\s(?:area|locality|colony|neighbou?rhood|quarter|crossing|market))?\shere\b")
"""Behind a part of the dateline's town: `in the X area here`."""
_PEOPLE = r"[A-Z][^\W\d_]+(?:\s[A-Z][^\W\d_]+)?"
_OF_CAPITAL = re.compile(rf"(?:\s[a-z]+){{0,2}},?\s(?:in|of)\s(?:the\s)?(?P<people>{_PEOPLE})(?:['’]s)?\scapital\b")
_SURE = 0.9
"""Likelihood from which a place of just this name is meant, whatever the town of the dateline is."""
_WELL_KNOWN = 50_000
"""People; what is called after a place with as many lies there."""


@dataclass(frozen=True, slots=True)
class Home:
    """The town that a name of a document lies in."""

    at: int
    """Position of the name's group."""
    town: Reading
    site: bool
    """Whether the name itself is that of a single site: no village is called `Union Square`."""

    def is_known(self, reading: Reading, chosen: Place, town: Place) -> bool:
        """Return whether what a gazetteer has of the name (`chosen`) may be meant, though it lies far from the town."""
        if self.site:
            return bool(reading.group.stripped) or doubt_class(chosen.kind) == "site"
        return chosen.country == town.country or reading.probability >= _SURE


def is_in_reach(place: Place, town: Place) -> bool:
    """Return whether a place lies in a town or in one of its suburbs."""
    return away_km(place, town) <= max(TOWN_REACH_KM, 2.0 * settlement_radius_km(town.population), town.radius_km)


def homes_of(
    text: str, toponyms: Sequence[Mention], groups: Sequence[Group], read: dict[str, Reading], gazetteer: Gazetteer
) -> Iterator[Home]:
    """Yield the towns of the names that the text puts in a capital, or that are sites of the dateline's town."""
    filed = filed_from(text, toponyms)
    town = read.get(fold(filed.text)) if filed else None
    if town and (town.best < 0 or not is_sure(town) or not _is_town(gazetteer.index.place(town.best))):
        town = None
    for at, group in enumerate(groups):
        first = toponyms[group.mentions[0]]
        capital = _OF_CAPITAL.match(text, first.end)
        number = gazetteer.capital(gazetteer.demonyms.get(fold(capital["people"]), "")) if capital else -1
        if number >= 0:
            name = fold(gazetteer.index.place(number).name)
            yield Home(at, Reading(Group(name, [], ()), number, "", (), probability=1.0), site=_is_site(first))
        elif filed and town and not group.demonym and _is_alone(filed, first, group, toponyms, read):
            known = read[group.key].best >= 0
            if not known and any(gazetteer.index.population[one.number] >= _WELL_KNOWN for one in group.matches):
                continue  # `Kandahar hospital` is no site of another town
            # Of districts that no gazetteer knows, few are a town's: most are a province's.
            if (
                _is_site(first)
                or _HERE_AFTER.match(text, first.end)
                or (_PART_AFTER if known else _SITE_AFTER).match(text, first.end)
            ):
                yield Home(at, town, site=_is_site(first))


def filed_from(text: str, toponyms: Sequence[Mention]) -> Mention | None:
    """Return the town in which a text says that it was filed, None where it does not say."""
    for mention in toponyms:
        opens = not text[text.rfind("\n", 0, mention.start) + 1 : mention.start].strip()
        if opens and len(mention.text) > 2 and mention.text.isupper() and _FILED.match(text, mention.end):
            return mention
    return None


def _is_town(place: Place) -> bool:
    return doubt_class(place.kind) == "settled"


def _is_site(mention: Mention) -> bool:
    return _IS_SITE.match(mention.text) is not None


def _is_alone(
    filed: Mention, site: Mention, group: Group, toponyms: Sequence[Mention], read: dict[str, Reading]
) -> bool:
    """Return whether a text names no other place than its dateline's beside a site, and none before it."""
    filing = {fold(one.text) for one in toponyms if filed.start <= one.start <= filed.end + _DATELINE}
    between = [fold(one.text) for one in toponyms if filed.end < one.start < site.start]
    others = holders_of([*adjacent_names(group), *sentence_names(group), *between], read)
    return filed.end < site.start and all(one.group.key in filing | {group.key} for one in others)


_DATELINE = 30
"""Characters behind a dateline's town in which its state or country may stand."""
