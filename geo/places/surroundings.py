"""Where a name that no gazetteer has must lie: in what the text puts it in, with a doubt that says so."""

from __future__ import annotations

from collections.abc import Callable, Collection

from geo.model import Place
from geo.places.doubt import doubt_class
from geo.places.features import Scene
from geo.places.mentions import FACILITY_KM, Group
from geo.places.ranking import Ranking

SENTENCE_KM = 50.0
"""Least doubt about a name that is placed by what its sentence speaks of."""
_STRANGE_KM = 300.0
"""Beyond this, and abroad, a namesake is not the place that the text puts in or near another."""
_SMALL = 100_000
"""People; a place with more of them is known far away, and what the text says beside it is about something else."""
_HOME_SHARE = 0.5


def adjacent_names(group: Group) -> list[str]:
    """Return the names that the text puts an unknown one in or near, right beside it, the longest first."""
    return sorted(
        group.containers | group.within | group.around | group.beside.keys(), key=lambda name: (-len(name), name)
    )


def sentence_names(group: Group) -> list[str]:
    """Return the names that the sentences of an unknown one put their action in, the nearest first."""
    return sorted(group.sentence, key=lambda name: (group.sentence[name], name))


def sentence_doubt_km(holder: Place, doubt_km: float) -> float:
    """Return the doubt in km about a name of which only the sentence's place is known: that place and around it."""
    return max(SENTENCE_KM, doubt_km, holder.radius_km + FACILITY_KM)


def is_larger(holder: Place, place: Place) -> bool:
    """Return whether one place may hold another or be what it is told by: a hamlet is not what a town lies in."""
    return doubt_class(holder.kind) != "settled" or holder.population >= place.population


def is_stranger(place: Place, holders: list[Place], away_km: Callable[[Place, Place], float]) -> bool:
    """Return whether a small place lies abroad and far from all that the text puts it in or near."""
    if not holders or place.population >= _SMALL or not place.country:
        return False
    if doubt_class(place.kind) not in ("settled", "site"):
        return False  # Islands, provinces and countries are known far away, whatever their number of people.
    return all(
        holder.country not in ("", place.country) and away_km(place, holder) > max(_STRANGE_KM, 2.0 * holder.radius_km)
        for holder in holders
    )


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
