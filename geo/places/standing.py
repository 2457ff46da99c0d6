"""A reading of a name, and the place that stands for a name of which no gazetteer knows the point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.crs import distance_km
from geo.model import Candidate, Place
from geo.places.mentions import FACILITY_KM, Group
from geo.places.surroundings import sentence_doubt_km

UNKNOWN = "unknown name"
"""Marks a group whose own name no gazetteer has."""
_SURE_HOLDER = 0.5
_NEAR_NAMESAKES_KM = 60.0
"""A place whose namesakes all lie as near (a town and the district named after it) is sure, however they share."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one name of a document means."""

    group: Group
    best: int
    """The chosen place's number in the index, -1 for none."""
    reason: str
    runners_up: tuple[Candidate, ...]
    probability: float = 0.0
    doubt_km: float = 0.0
    holder: str = ""
    """Folded name of the place beside it in the text that stands for it; empty where none does."""
    in_town: bool = False
    """Whether a town stands for one of its own sites: how precise and how wide it is, the site is too."""


def standing_in(holder: Reading, unknown: Reading, place: Place) -> Reading:
    """Return the reading of an unknown name by the `place` of `holder` that the text puts it in or near."""
    reason = f"{unknown.reason}; the text puts it in or near {place.name}, which stands for it"
    beside = [how.reach_km for name, how in unknown.group.beside.items() if name == holder.group.key]
    doubt = max(2.0 * holder.doubt_km, FACILITY_KM, *beside)
    group = replace(unknown.group, stripped=UNKNOWN)
    return replace(holder, group=group, reason=reason, doubt_km=doubt, holder=holder.group.key)


def spoken_of(holder: Reading, unknown: Reading, place: Place) -> Reading:
    """Return the reading of an unknown name by the `place` of `holder` that its sentence speaks of."""
    reason = f"{unknown.reason}; its sentence speaks of {place.name}, which stands for it"
    doubt = sentence_doubt_km(place, holder.doubt_km)
    return replace(holder, group=replace(unknown.group, stripped=UNKNOWN), reason=reason, doubt_km=doubt)


def standing_in_town(town: Reading, unknown: Reading, place: Place) -> Reading:
    """Return the reading of a site that no gazetteer knows by the `place` of the `town` that it lies in."""
    reason = f"{unknown.reason}; it lies in {place.name}, which stands for it"
    group = replace(unknown.group, stripped=UNKNOWN)
    return replace(town, group=group, reason=reason, doubt_km=max(town.doubt_km, place.radius_km), in_town=True)


def holders_of(names: Sequence[str], read: dict[str, Reading]) -> list[Reading]:
    """Return the readings of names that mean a place; one that only stands for another is none."""
    found = [read[name] for name in names if name in read]
    return [one for one in found if one.best >= 0 and not one.group.demonym and one.group.stripped != UNKNOWN]


def is_sure(holder: Reading) -> bool:
    """Return whether a reading is sure enough to hold another name."""
    return holder.probability >= _SURE_HOLDER or holder.doubt_km <= _NEAR_NAMESAKES_KM


def away_km(first: Place, second: Place) -> float:
    """Return the distance of two places."""
    return distance_km(first.lon, first.lat, second.lon, second.lat)
