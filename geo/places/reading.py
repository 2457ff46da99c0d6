"""What each name of a document means, with the reason, the runners-up and the doubt: one reading a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.crs import distance_km
from geo.model import Candidate, Document, Mention, Place
from geo.places.choice import believable, likelihood, namesake
from geo.places.containers import with_unmarked
from geo.places.doubt import doubt_class, spread_radius_km
from geo.places.features import Scene
from geo.places.focus import focus_bias
from geo.places.gazetteer import Gazetteer
from geo.places.mentions import (
    FACILITY_KM,
    Group,
    group_mentions,
    is_facility,
    naming,
    spoken_countries,
)
from geo.places.misspellings import widen
from geo.places.ranking import Ranking, Weights, rank
from geo.places.reasons import described, reason_for
from geo.places.surroundings import (
    STRANGE_KM,
    adjacent_names,
    home_country,
    is_abroad,
    is_larger,
    is_outside,
    is_stranger,
    sentence_doubt_km,
    sentence_names,
)

RUNNERS_UP = 4
UNKNOWN = "unknown name"
"""Marks a group whose own name no gazetteer has."""
_KNOWN_ABROAD = 100_000
"""People; a place with as many is known far away, and may be meant far from where the text speaks of."""
_SURE_HOLDER = 0.5
_AFAR = 2.0
"""Times the reach of `near` or of a stated distance: what lies beyond is not what the text means."""
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


class Reader:
    """Reads the names of documents with one gazetteer, one set of weights and one focus."""

    def __init__(self, gazetteer: Gazetteer, *, weights: Weights, focus: str = "") -> None:
        self._gazetteer = gazetteer
        self._weights = weights
        self._focus = focus
        self._named = naming(gazetteer)

    def readings(self, document: Document, toponyms: Sequence[Mention]) -> dict[str, Reading]:
        """Return the reading of every name by its folded form, and one of "" for names without letters."""
        toponyms = with_unmarked(document.text, toponyms)
        groups = group_mentions(document, toponyms, self._gazetteer, named=self._named)
        spoken = spoken_countries(document.text, self._gazetteer)
        scene, ranking = self._ranked(groups, spoken)
        home = home_country(scene, ranking, spoken)
        if home and widen(groups, toponyms, home, self._gazetteer):
            scene, ranking = self._ranked(groups, spoken)
        read = {group.key: self._reading(scene, ranking, place) for place, group in enumerate(groups)}
        for place, group in enumerate(groups):
            if group.within and not group.demonym:
                read[group.key] = self._moved_into(scene, ranking, place, read)
            if group.inside and not group.demonym:
                read[group.key] = self._held(scene, ranking, place, read)
            if group.beside and not group.demonym:
                read[group.key] = self._moved_beside(scene, ranking, place, read)
        for place, group in enumerate(groups):
            if not group.demonym:
                read[group.key] = self._stood_in(scene, ranking, place, read)
        return {**read, "": Reading(Group("", [], ()), -1, "the name holds no letters", ())}

    def _ranked(self, groups: Sequence[Group], spoken: frozenset[str]) -> tuple[Scene, Ranking]:
        scene = Scene(groups, self._gazetteer, spoken=spoken)
        return scene, rank(scene, self._weights, bias=focus_bias(scene, self._focus, self._gazetteer))

    def _reading(self, scene: Scene, ranking: Ranking, place: int) -> Reading:
        group = scene.groups[place]
        start, end = int(scene.starts[place]), int(scene.starts[place + 1])
        if start == end:
            return Reading(group, -1, "no gazetteer has this name", ())
        order = sorted(range(start, end), key=lambda at: (-ranking.probability[at], at))
        best = namesake(scene, ranking, group, order)
        if best != order[0]:
            order = [best, *(at for at in order if at != best)]
        likeness = scene.matches[best].likeness
        others = tuple(self._candidate(scene, ranking, at) for at in order[1 : 1 + RUNNERS_UP])
        is_site = doubt_class(scene.kinds[best]) == "site"
        guessed = likeness < 1.0 or (is_facility(f"X {group.stripped}") and not is_site)
        if guessed and not believable(scene, ranking, best):
            first = (self._candidate(scene, ranking, best), *others)[:RUNNERS_UP]
            return Reading(
                group, -1, "no gazetteer has this name, and what is called much like it lies elsewhere", first
            )
        return Reading(
            group,
            int(scene.numbers[best]),
            reason_for(scene, ranking, self._weights, best, order[1] if len(order) > 1 else -1),
            others,
            likelihood(scene, ranking, best, start, end),
            spread_radius_km(scene, ranking.probability, best, start, end, self._weights),
        )

    def _moved_into(self, scene: Scene, ranking: Ranking, at: int, read: dict[str, Reading]) -> Reading:
        """Return a name's reading, or its likeliest one inside what the text puts it in, where that is elsewhere."""
        reading = read[scene.groups[at].key]
        start, end = int(scene.starts[at]), int(scene.starts[at + 1])
        exact = [one for one in range(start, end) if scene.matches[one].likeness == 1.0]
        for name in sorted(reading.group.within):
            other = read.get(name)
            if other is None or other.best < 0 or not _is_sure(other) or reading.best < 0:
                continue
            inside = [one for one in exact if scene.holds(other.best, one)]
            if inside and reading.best not in {int(scene.numbers[one]) for one in inside}:
                holder = self._gazetteer.index.place(other.best)
                return self._moved(scene, ranking, reading, inside, reason=f"the text puts it in {holder.name}")
        return reading

    def _held(self, scene: Scene, ranking: Ranking, at: int, read: dict[str, Reading]) -> Reading:
        """Return a name's reading inside what the text states that it lies in: no namesake abroad is meant then."""
        reading = read[scene.groups[at].key]
        places = self._gazetteer.index.place
        stated = [read[name] for name in reading.group.inside if name in read]
        stated = [one for one in stated if one.best >= 0 and one.best != reading.best and _is_sure(one)]
        if reading.best < 0 or not stated:
            return reading
        place = places(reading.best)
        holders = [one for one in stated if one.group.stripped != UNKNOWN and is_larger(places(one.best), place)]
        exact = [one for one in range(scene.starts[at], scene.starts[at + 1]) if scene.matches[one].likeness == 1.0]
        for holder in holders:
            held = [one for one in exact if scene.holds(holder.best, one)]
            held = held or self._namesakes(scene, at, places(holder.best))
            if reading.best in {int(scene.numbers[one]) for one in held}:
                return reading
            if held:
                reason = f"the text puts it in {places(holder.best).name}"
                return self._moved(scene, ranking, reading, held, reason=reason)
        if holders and all(is_abroad(place, places(one.best), _away_km) for one in holders):
            name = places(holders[0].best).name
            abroad = replace(reading, reason=f"what gazetteers have of this name lies abroad of {name}")
            return self._standing_in(holders[0], abroad)
        return reading

    def _moved_beside(self, scene: Scene, ranking: Ranking, at: int, read: dict[str, Reading]) -> Reading:
        """Return a name's reading, or its likeliest one beside what the text puts it beside, where that lies afar.

        A small place, or one at a stated distance, that nothing of its name fits is unknown.
        """
        reading = read[scene.groups[at].key]
        places = self._gazetteer.index.place
        for name, how in reading.group.beside.items():
            other = read.get(name)
            if other is None or other.best < 0 or not _is_sure(other) or reading.best < 0:
                continue
            near, chosen = places(other.best), places(reading.best)
            if how.fits(chosen, near):
                continue
            start, end = int(scene.starts[at]), int(scene.starts[at + 1])
            exact = [one for one in range(start, end) if scene.matches[one].likeness == 1.0]
            fitting = [one for one in exact if how.fits(places(int(scene.numbers[one])), near)]
            if fitting:
                return self._moved(scene, ranking, reading, fitting, reason=f"the text puts it beside {near.name}")
            afar = _away_km(chosen, near) > _AFAR * how.reach_km + near.radius_km + chosen.radius_km
            if afar and (how.stated or chosen.population < _KNOWN_ABROAD):
                return replace(reading, best=-1, reason=f"what gazetteers have of this name lies far from {near.name}")
        return reading

    def _moved(
        self, scene: Scene, ranking: Ranking, reading: Reading, fitting: Sequence[int], *, reason: str
    ) -> Reading:
        """Return a reading by the likeliest of the candidates that fit what the text says; the others are its doubt."""
        best = max(fitting, key=lambda one: float(ranking.probability[one]))
        chosen = self._gazetteer.index.place(int(scene.numbers[best]))
        apart = [_away_km(chosen, self._gazetteer.index.place(int(scene.numbers[one]))) for one in fitting]
        total = sum(float(ranking.probability[one]) for one in fitting)
        former = self._gazetteer.index.place(reading.best)
        others = (Candidate(former, round(reading.probability, 4), reading.reason), *reading.runners_up)
        return replace(
            reading,
            best=int(scene.numbers[best]),
            reason=reason,
            runners_up=tuple(one for one in others if one.place != chosen)[:RUNNERS_UP],
            probability=float(ranking.probability[best]) / total if total else 1.0 / len(fitting),
            doubt_km=max(chosen.radius_km, *apart),
        )

    def _stood_in(self, scene: Scene, ranking: Ranking, at: int, read: dict[str, Reading]) -> Reading:
        """Return a reading, or that of the place which the text puts the name in or near, where it has none."""
        reading = read[scene.groups[at].key]
        beside = _holders(adjacent_names(reading.group), read)
        if reading.best >= 0:
            place = self._gazetteer.index.place(reading.best)
            holders = [self._gazetteer.index.place(one.best) for one in beside if _is_sure(one)]
            holders = [one for one in holders if is_larger(one, place)]
            whole = [one for one in _holders(sorted(reading.group.part_of), read) if _is_sure(one)]
            outside = [one for one in whole if is_outside(place, self._gazetteer.index.place(one.best), _away_km)]
            if not outside and not is_stranger(place, holders, _away_km):
                return reading
            beside = outside or beside
            near = self._gazetteer.index.place(outside[0].best) if outside else holders[0]
            if not outside and (found := self._namesakes(scene, at, near)):
                return self._moved(scene, ranking, reading, found, reason=f"the text puts it in or near {near.name}")
            reading = replace(reading, reason=f"what gazetteers have of this name lies far from {near.name}")
        if beside:
            return self._standing_in(beside[0], reading)
        around = [one for one in _holders(sentence_names(reading.group), read) if _is_sure(one)]
        return self._spoken_of(around[0], reading) if around else replace(reading, best=-1)

    def _namesakes(self, scene: Scene, at: int, near: Place) -> list[int]:
        """Return the candidates of just this name that lie in the country of a place, and not far from it."""
        exact = [one for one in range(scene.starts[at], scene.starts[at + 1]) if scene.matches[one].likeness == 1.0]
        reach = max(STRANGE_KM, 2.0 * near.radius_km)
        place = self._gazetteer.index.place
        return [
            one
            for one in exact
            if scene.country(one) == near.country and _away_km(place(int(scene.numbers[one])), near) <= reach
        ]

    def _standing_in(self, holder: Reading, unknown: Reading) -> Reading:
        """Return the reading of an unknown name by the place that the text puts it in or near."""
        place = self._gazetteer.index.place(holder.best)
        reason = f"{unknown.reason}; the text puts it in or near {place.name}, which stands for it"
        beside = [how.reach_km for name, how in unknown.group.beside.items() if name == holder.group.key]
        doubt = max(2.0 * holder.doubt_km, FACILITY_KM, *beside)
        group = replace(unknown.group, stripped=UNKNOWN)
        return replace(holder, group=group, reason=reason, doubt_km=doubt, holder=holder.group.key)

    def _spoken_of(self, holder: Reading, unknown: Reading) -> Reading:
        """Return the reading of an unknown name by the place that its sentence speaks of."""
        place = self._gazetteer.index.place(holder.best)
        reason = f"{unknown.reason}; its sentence speaks of {place.name}, which stands for it"
        doubt = sentence_doubt_km(place, holder.doubt_km)
        return replace(holder, group=replace(unknown.group, stripped=UNKNOWN), reason=reason, doubt_km=doubt)

    def _candidate(self, scene: Scene, ranking: Ranking, at: int) -> Candidate:
        place = self._gazetteer.index.place(int(scene.numbers[at]))
        share = float(ranking.probability[at])
        return Candidate(place, round(share, 4), f"{described(place)}: {share:.0%} likely in this document")


def _holders(names: Sequence[str], read: dict[str, Reading]) -> list[Reading]:
    """Return the readings of names that mean a place; one that only stands for another is none."""
    found = [read[name] for name in names if name in read]
    return [one for one in found if one.best >= 0 and not one.group.demonym and one.group.stripped != UNKNOWN]


def _is_sure(holder: Reading) -> bool:
    return holder.probability >= _SURE_HOLDER or holder.doubt_km <= _NEAR_NAMESAKES_KM


def _away_km(first: Place, second: Place) -> float:
    return distance_km(first.lon, first.lat, second.lon, second.lat)
