"""Where a name that no gazetteer has must lie: in what the text puts it in, with a doubt that says so."""

from __future__ import annotations

from collections.abc import Callable, Collection

from geo.model import Place
from geo.places.doubt import doubt_class
from geo.places.features import Scene
from geo.places.kinds import settlement_radius_km
from geo.places.mentions import FACILITY_KM, Group
from geo.places.ranking import Ranking

SENTENCE_KM = 50.0
"""Least doubt about a name that is placed by what its sentence speaks of."""
STRANGE_KM = 300.0
"""Beyond this, and abroad, a namesake is not the place that the text puts in or near another."""
_SMALL = 100_000
"""People; a place with more of them is known far away, and what the text says beside it is about something else."""
_HOME_SHARE = 0.5
NEXT_KM = 80.0
"""Beyond this a namesake in another province is not what the text puts in or near a town; gazetteers spell provinces
in ways of their own, so that a nearer one may be of the same."""
TOWN_REACH_KM = 25.0
"""The suburbs of any town lie within as many km of its middle."""


def adjacent_names(group: Group) -> list[str]:
    """Return the names that the text puts an unknown one in or near: what holds it, then the longest of the others."""
    others = group.containers | group.within | group.part_of | group.around | group.beside.keys()
    return [*group.inside, *sorted(others - set(group.inside), key=lambda name: (-len(name), name))]


def sentence_names(group: Group) -> list[str]:
    """Return the names that the sentences of an unknown one put their action in, the nearest first."""
    return sorted(group.sentence, key=lambda name: (group.sentence[name], name))


def sentence_doubt_km(holder: Place, doubt_km: float) -> float:
    """Return the doubt in km about a name of which only the sentence's place is known: that place and around it."""
    return max(SENTENCE_KM, doubt_km, holder.radius_km + FACILITY_KM)


def is_larger(holder: Place, place: Place) -> bool:
    """Return whether one place may hold another or be what it is told by: a hamlet is not what a town lies in."""
    # Quarters and cities whose people no source counts are no hamlets.
    uncounted = not holder.population and holder.kind in ("city", "suburb", "neighbourhood")
    return doubt_class(holder.kind) != "settled" or uncounted or holder.population >= place.population


def is_abroad(place: Place, holder: Place, away_km: Callable[[Place, Place], float]) -> bool:
    """Return whether a place smaller than a country lies abroad of one that is told to hold it, and not at its edge."""
    known = bool(place.country and holder.country) and doubt_class(place.kind) not in ("country", "wide")
    # A town at a border has its namesake across it.
    return known and place.country != holder.country and away_km(place, holder) > holder.radius_km + SENTENCE_KM


def is_stranger(place: Place, holders: list[Place], away_km: Callable[[Place, Place], float]) -> bool:
    """Return whether a small place lies abroad and far from all that the text puts it in or near."""
    if not holders or place.population >= _SMALL or not place.country:
        return False
    if doubt_class(place.kind) not in ("settled", "site"):
        return False  # Islands, provinces and countries are known far away, whatever their number of people.
    # A lake or a sea has no country: it is told by how far it is alone.
    return all(
        holder.country != place.country and away_km(place, holder) > max(STRANGE_KM, 2.0 * holder.radius_km)
        for holder in holders
    )


def is_outside(place: Place, whole: Place, away_km: Callable[[Place, Place], float]) -> bool:
    """Return whether a small place lies outside of the town that the text calls it a part of."""
    small = doubt_class(place.kind) in ("settled", "site")
    if doubt_class(whole.kind) != "settled" or (small and place.population >= max(whole.population, 1)):
        return False
    return away_km(place, whole) > max(TOWN_REACH_KM, 2.0 * settlement_radius_km(whole.population), whole.radius_km)


def is_elsewhere(place: Place, town: Place, away_km: Callable[[Place, Place], float]) -> bool:
    """Return whether a small place lies neither in a town that the text puts it in, nor in the province named after it.

    `X in Homs` may mean the town as well as all that is governed from it.
    """
    apart = bool(place.admin1 and town.admin1) and (place.country, place.admin1) != (town.country, town.admin1)
    return apart and place.population < _SMALL and is_outside(place, town, away_km) and away_km(place, town) > NEXT_KM


def home_country(scene: Scene, ranking: Ranking, spoken: Collection[str]) -> str:
    """Return the ISO code of the country that most names of a document lie in, empty where there is none.

    `spoken` holds the countries that the text has an adjective of; each counts like a name.
    """
    index = scene.gazetteer.index
    weight: dict[str, float] = dict.fromkeys(spoken, 1.0)
    total = float(len(spoken))
    for place, group in enumerate(scene.groups):
        if group.demonym:
            continue
        start, end = int(scene.starts[place]), int(scene.starts[place + 1])
        total += start < end
        for at in range(start, end):
            iso = index.texts[index.country[int(scene.numbers[at])]]
            weight[iso] = weight.get(iso, 0.0) + float(ranking.probability[at])
    best = max(sorted(weight), key=lambda iso: weight[iso], default="")
    return best if best and weight[best] >= _HOME_SHARE * total else ""
