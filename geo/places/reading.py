"""What each name of a document means, with the reason, the runners-up and the doubt: one reading a name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from geo.model import Candidate, Document, Mention, Place
from geo.places.choice import believable, homeland_namesake, is_obscure, likelihood, namesake
from geo.places.containers import with_unmarked
from geo.places.doubt import doubt_class, spread_radius_km
from geo.places.features import Scene
from geo.places.focus import focus_bias
from geo.places.gazetteer import Gazetteer
from geo.places.hometowns import Home, homes_of, is_in_reach
from geo.places.mentions import (
    Group,
    group_mentions,
    is_facility,
    naming,
    spoken_countries,
)
from geo.places.misspellings import widen
from geo.places.ranking import Ranking, Weights, rank
from geo.places.reasons import described, reason_for
from geo.places.standing import UNKNOWN, Reading, away_km, holders_of, is_sure, spoken_of, standing_in, standing_in_town
from geo.places.surroundings import (
    NEXT_KM,
    STRANGE_KM,
    adjacent_names,
    home_country,
    is_abroad,
    is_elsewhere,
    is_larger,
    is_outside,
    is_stranger,
    sentence_names,
)

RUNNERS_UP = 4
_SURE_ABROAD = 0.5
"""Likelihood below which one of many namesakes abroad is not what a sentence about a town elsewhere means."""
_KNOWN_ABROAD = 100_000
"""People; a place with as many is known far away, and may be meant far from where the text speaks of."""
_AFAR = 2.0
"""Times the reach of `near` or of a stated distance: what lies beyond is not what the text means."""


class Reader:
    """Reads the names of documents with one gazetteer, one set of weights and one focus."""

    def __init__(self, gazetteer: Gazetteer, *, weights: Weights, focus: str = "") -> None:
        self._gazetteer = gazetteer
        self._weights = weights
        self._focus = focus
        self._named = naming(gazetteer)

    def readings(
        self, document: Document, toponyms: Sequence[Mention], *, told: frozenset[str] = frozenset()
    ) -> dict[str, Reading]:
        """Return the reading of every name by its folded form, and one of "" for names without letters.

        `told` holds the ISO codes of countries that the text speaks of by other words than names of places.
        """
        toponyms = with_unmarked(document.text, toponyms)
        groups = group_mentions(document, toponyms, self._gazetteer, named=self._named)
        spoken = spoken_countries(document.text, self._gazetteer) | told
        scene, ranking = self._ranked(groups, spoken)
        home = home_country(scene, ranking, spoken)
        if home and widen(groups, toponyms, home, self._gazetteer):
            scene, ranking = self._ranked(groups, spoken)
        read = {group.key: self._reading(scene, ranking, place, told) for place, group in enumerate(groups)}
        for place, group in enumerate(groups):
            if group.within and not group.demonym:
                read[group.key] = self._moved_into(scene, ranking, place, read)
            if group.inside and not group.demonym:
                read[group.key] = self._held(scene, ranking, place, read)
            if group.beside and not group.demonym:
                read[group.key] = self._moved_beside(scene, ranking, place, read)
        for home_town in homes_of(document.text, toponyms, groups, read, self._gazetteer):
            read[groups[home_town.at].key] = self._in_town(scene, ranking, read, home_town)
        for place, group in enumerate(groups):
            if not group.demonym:
                read[group.key] = self._stood_in(scene, ranking, place, read)
        return {**read, "": Reading(Group("", [], ()), -1, "the name holds no letters", ())}

    def _ranked(self, groups: Sequence[Group], spoken: frozenset[str]) -> tuple[Scene, Ranking]:
        scene = Scene(groups, self._gazetteer, spoken=spoken)
        return scene, rank(scene, self._weights, bias=focus_bias(scene, self._focus, self._gazetteer))

    def _reading(self, scene: Scene, ranking: Ranking, place: int, homes: Collection[str] = ()) -> Reading:
        group = scene.groups[place]
        start, end = int(scene.starts[place]), int(scene.starts[place + 1])
        if start == end:
            return Reading(group, -1, "no gazetteer has this name", ())
        order = sorted(range(start, end), key=lambda at: (-ranking.probability[at], at))
        best = namesake(scene, ranking, group, order)
        best = homeland_namesake(scene, ranking, order, homes) if best == order[0] and homes else best
        if best != order[0]:
            order = [best, *(at for at in order if at != best)]
        likeness = scene.matches[best].likeness
        others = tuple(self._candidate(scene, ranking, at) for at in order[1 : 1 + RUNNERS_UP])
        is_site = doubt_class(scene.kinds[best]) == "site"
        guessed = likeness < 1.0 or (is_facility(f"X {group.stripped}") and not is_site)
        if (guessed or is_obscure(scene, best)) and not believable(scene, ranking, best):
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
            if other is None or other.best < 0 or not is_sure(other) or reading.best < 0:
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
        stated = [one for one in stated if one.best >= 0 and one.best != reading.best and is_sure(one)]
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
        if holders and all(is_abroad(place, places(one.best), away_km) for one in holders):
            name = places(holders[0].best).name
            abroad = replace(reading, reason=f"what gazetteers have of this name lies abroad of {name}")
            return standing_in(holders[0], abroad, self._gazetteer.index.place(holders[0].best))
        return reading

    def _in_town(self, scene: Scene, ranking: Ranking, read: dict[str, Reading], home: Home) -> Reading:
        """Return the reading of a site or a quarter in its town, which stands for it where no gazetteer has it."""
        reading, places = read[scene.groups[home.at].key], self._gazetteer.index.place
        town = places(home.town.best)
        if reading.best >= 0:
            if is_in_reach(places(reading.best), town):
                return reading
            begin, end = scene.starts[home.at], scene.starts[home.at + 1]
            within = [one for one in range(begin, end) if is_in_reach(places(int(scene.numbers[one])), town)]
            within = [one for one in within if scene.matches[one].likeness == 1.0]
            if within:
                return self._moved(scene, ranking, reading, within, reason=f"the text puts it in {town.name}")
            if home.is_known(reading, places(reading.best), town):
                return reading
            reading = replace(reading, reason=f"what gazetteers have of this name lies far from {town.name}")
        return standing_in_town(home.town, reading, town)

    def _moved_beside(self, scene: Scene, ranking: Ranking, at: int, read: dict[str, Reading]) -> Reading:
        """Return a name's reading, or its likeliest one beside what the text puts it beside, where that lies afar.

        A small place, or one at a stated distance, that nothing of its name fits is unknown.
        """
        reading = read[scene.groups[at].key]
        places = self._gazetteer.index.place
        for name, how in reading.group.beside.items():
            other = read.get(name)
            if other is None or other.best < 0 or not is_sure(other) or reading.best < 0:
                continue
            near, chosen = places(other.best), places(reading.best)
            if how.fits(chosen, near):
                continue
            start, end = int(scene.starts[at]), int(scene.starts[at + 1])
            exact = [one for one in range(start, end) if scene.matches[one].likeness == 1.0]
            fitting = [one for one in exact if how.fits(places(int(scene.numbers[one])), near)]
            if fitting:
                return self._moved(scene, ranking, reading, fitting, reason=f"the text puts it beside {near.name}")
            afar = away_km(chosen, near) > _AFAR * how.reach_km + near.radius_km + chosen.radius_km
            if afar and (how.stated or chosen.population < _KNOWN_ABROAD):
                return replace(reading, best=-1, reason=f"what gazetteers have of this name lies far from {near.name}")
        return reading

    def _moved(
        self, scene: Scene, ranking: Ranking, reading: Reading, fitting: Sequence[int], *, reason: str
    ) -> Reading:
        """Return a reading by the likeliest of the candidates that fit what the text says; the others are its doubt."""
        best = max(fitting, key=lambda one: float(ranking.probability[one]))
        chosen = self._gazetteer.index.place(int(scene.numbers[best]))
        apart = [away_km(chosen, self._gazetteer.index.place(int(scene.numbers[one]))) for one in fitting]
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
        beside = holders_of(adjacent_names(reading.group), read)
        around = [one for one in holders_of(sentence_names(reading.group), read) if is_sure(one)]
        if reading.best >= 0:
            place = self._gazetteer.index.place(reading.best)
            holders = [self._gazetteer.index.place(one.best) for one in beside if is_sure(one)]
            holders = [one for one in holders if is_larger(one, place)]
            whole = [one for one in holders_of(sorted(reading.group.part_of), read) if is_sure(one)]
            outside = [one for one in whole if is_outside(place, self._gazetteer.index.place(one.best), away_km)]
            loosely = [one for one in holders_of(sorted(reading.group.within), read) if is_sure(one)]
            towns = [self._gazetteer.index.place(one.best) for one in loosely]
            outside += [one for one, town in zip(loosely, towns, strict=True) if is_elsewhere(place, town, away_km)]
            scenes = [self._gazetteer.index.place(one.best) for one in around]
            guessed = not beside and reading.probability < _SURE_ABROAD and is_stranger(place, scenes, away_km)
            if not outside and not guessed and not is_stranger(place, holders, away_km):
                return reading
            beside = outside or beside
            near = self._gazetteer.index.place(outside[0].best) if outside else (holders or scenes)[0]
            if not outside and (found := self._namesakes(scene, at, near)):
                return self._moved(scene, ranking, reading, found, reason=f"the text puts it in or near {near.name}")
            reading = replace(reading, reason=f"what gazetteers have of this name lies far from {near.name}")
        if beside:
            return standing_in(beside[0], reading, self._gazetteer.index.place(beside[0].best))
        return (
            spoken_of(around[0], reading, self._gazetteer.index.place(around[0].best))
            if around
            else replace(reading, best=-1)
        )

    def _namesakes(self, scene: Scene, at: int, near: Place) -> list[int]:
        """Return the candidates of just this name that lie in the country of a place, and not far from it.

        A town of another province is far sooner than one of its own.
        """
        exact = [one for one in range(scene.starts[at], scene.starts[at + 1]) if scene.matches[one].likeness == 1.0]
        named = {one: self._gazetteer.index.place(int(scene.numbers[one])) for one in exact}
        wide = max(STRANGE_KM, 2.0 * near.radius_km)
        apart = NEXT_KM if doubt_class(near.kind) == "settled" else wide
        return [
            one
            for one, place in named.items()
            if scene.country(one) == near.country
            and away_km(place, near) <= (wide if place.admin1 == near.admin1 else apart)
        ]

    def _candidate(self, scene: Scene, ranking: Ranking, at: int) -> Candidate:
        place = self._gazetteer.index.place(int(scene.numbers[at]))
        share = float(ranking.probability[at])
        return Candidate(place, round(share, 4), f"{described(place)}: {share:.0%} likely in this document")
