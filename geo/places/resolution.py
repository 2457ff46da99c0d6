"""From the names in a document to places: one reading a name, with the reason, the runners-up and the doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo.model import Candidate, Document, Mention, Place, PlacePhrase, Resolved, Unresolved
from geo.places.choice import believable, likelihood, namesake
from geo.places.doubt import spread_radius_km
from geo.places.features import Scene
from geo.places.focus import focus_bias
from geo.places.gazetteer import Gazetteer
from geo.places.kinds import KINDS, Extent
from geo.places.mentions import FACILITY_KM, Group, group_mentions, is_facility
from geo.places.names import fold
from geo.places.ranking import Ranking, Weights, rank, read_weights
from geo.places.reasons import reason_for
from geo.places.regions import HeldGround, Region, Relation, RelationKind, parse_relation, region_of
from geo.vocabulary import GeoPrecision

RUNNERS_UP = 4
_SPEECH = re.compile(
    r"(?:\s+(?:has|have|had|also|again|itself|immediately|reportedly|repeatedly|flatly|later))*\s+"
    r"(?:said|says|denied|denies|deny|accuse[sd]?|announce[sd]?|reject(?:s|ed)|insist(?:s|ed)|claim(?:s|ed)|vow(?:s|ed)"
    r"|warn(?:s|ed)|condemn(?:s|ed)|urge[sd]|demand(?:s|ed)|agree[sd]|respond(?:s|ed)|call(?:s|ed) (?:for|on)"
    r"|maintain(?:s|ed)|argue[sd]|express(?:es|ed)|blame[sd]|refuse[sd]|want(?:s|ed)|believe[sd]|hope[sd])\b"
)
_ADDRESSED = re.compile(r"\b(?:between|with|from|by)\s\Z")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one name of a document means."""

    group: Group
    best: int
    """Position of the chosen candidate in the scene, -1 for none."""
    reason: str
    runners_up: tuple[Candidate, ...]
    probability: float = 0.0
    doubt_km: float = 0.0


class Resolver:
    """Resolves the names and phrases of documents with one gazetteer.

    `focus` is the place that a case is about, by name or ISO code: candidates in and near it are preferred.
    `held_ground` says what a side holds of a place on a day, for "the rebel-held half of X". Raises
    `ConfigurationError` where the ranker's weights are missing.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        focus: str = "",
        held_ground: HeldGround | None = None,
        weights: Weights | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._focus = focus
        self._held_ground = held_ground
        self._weights = weights or read_weights(gazetteer.models / "places.json")

    def resolve_toponyms(self, document: Document, toponyms: Sequence[Mention]) -> list[Resolved | Unresolved]:
        """Resolve each name as it stands, in the order given; a demonym gives its country and says so."""
        readings = self._readings(document, toponyms)
        return [
            self._plain(readings[fold(mention.text)], mention, document=document, event=False) for mention in toponyms
        ]

    def resolve_phrases(
        self,
        document: Document,
        toponyms: Sequence[Mention],
        phrases: Sequence[PlacePhrase],
        *,
        days: Sequence[date | None],
    ) -> list[Resolved | Unresolved]:
        """Resolve the words that say where, in the order given; `toponyms` are all names of the document.

        `days` holds the day of each phrase's event, for what a side held. A demonym, and a capital that stands for its
        government, is `Unresolved`: neither is where something happened.
        """
        known = {(mention.start, mention.end) for mention in toponyms}
        missing = {(one.toponym.start, one.toponym.end): one.toponym for one in phrases}
        every = sorted(
            [*toponyms, *(mention for span, mention in missing.items() if span not in known)],
            key=lambda mention: (mention.start, mention.end),
        )
        readings = self._readings(document, every)
        answers: list[Resolved | Unresolved] = []
        spoken: dict[str, Region] = {}
        for phrase, day in zip(phrases, days, strict=True):
            reading = readings[fold(phrase.toponym.text)]
            plain = self._plain(reading, phrase.toponym, document=document, event=True)
            answers.append(self._narrowed(plain, phrase, readings, day=day, spoken=spoken))
        return answers

    def _readings(self, document: Document, toponyms: Sequence[Mention]) -> dict[str, _Reading]:
        groups = group_mentions(document, toponyms, self._gazetteer)
        scene = Scene(groups, self._gazetteer)
        bias = focus_bias(scene, self._focus, self._gazetteer)
        ranking = rank(scene, self._weights, bias=bias)
        read = {group.key: self._reading(scene, ranking, place) for place, group in enumerate(groups)}
        for key, reading in read.items():
            if reading.best < 0 and (holder := _stated_container(reading.group, read)):
                read[key] = self._standing_in(holder, reading)
        return {**read, **{"": _Reading(Group("", [], ()), -1, "the name holds no letters", ())}}

    def _reading(self, scene: Scene, ranking: Ranking, place: int) -> _Reading:
        group = scene.groups[place]
        start, end = int(scene.starts[place]), int(scene.starts[place + 1])
        if start == end:
            return _Reading(group, -1, "no gazetteer has this name", ())
        order = sorted(range(start, end), key=lambda at: (-ranking.probability[at], at))
        best = namesake(scene, ranking, group, order)
        if best != order[0]:
            order = [best, *(at for at in order if at != best)]
        likeness = scene.matches[best].likeness
        others = tuple(self._candidate(scene, ranking, at) for at in order[1 : 1 + RUNNERS_UP])
        guessed = likeness < 1.0 or is_facility(f"X {group.stripped}")
        if guessed and not believable(scene, ranking, best):
            first = (self._candidate(scene, ranking, best), *others)[:RUNNERS_UP]
            return _Reading(
                group, -1, "no gazetteer has this name, and what is called much like it lies elsewhere", first
            )
        return _Reading(
            group,
            int(scene.numbers[best]),
            reason_for(scene, ranking, self._weights, best, order[1] if len(order) > 1 else -1),
            others,
            likelihood(scene, ranking, best, start, end),
            spread_radius_km(scene, ranking.probability, best, start, end, self._weights),
        )

    def _standing_in(self, holder: _Reading, unknown: _Reading) -> _Reading:
        """Return the reading of an unknown name by the place that the text puts it in or near."""
        place = self._gazetteer.index.place(holder.best)
        reason = f"{unknown.reason}; the text puts it in or near {place.name}, which stands for it"
        doubt = max(2.0 * holder.doubt_km, FACILITY_KM)
        return replace(holder, group=replace(unknown.group, stripped=_UNKNOWN), reason=reason, doubt_km=doubt)

    def _candidate(self, scene: Scene, ranking: Ranking, at: int) -> Candidate:
        place = self._gazetteer.index.place(int(scene.numbers[at]))
        share = float(ranking.probability[at])
        return Candidate(place, round(share, 4), f"{_described(place)}: {share:.0%} likely in this document")

    def _plain(self, reading: _Reading, mention: Mention, *, document: Document, event: bool) -> Resolved | Unresolved:
        if reading.best < 0:
            return Unresolved(_sentence(f"“{mention.text}”: {reading.reason}"), mention.text, reading.runners_up)
        place = self._gazetteer.index.place(reading.best)
        reason = reading.reason
        if reading.group.demonym:
            if event:
                return Unresolved(f"“{mention.text}” names a people or a state, not a place.", mention.text)
            reason = f"“{mention.text}” is the adjective of {place.name}."
        elif _is_metonym(document.text, mention, place):
            if event:
                why = f"“{mention.text}” stands for a government here, not for a place."
                return Unresolved(why, mention.text, (Candidate(place, reading.probability, reason),))
            reason = f"{reason} It stands for a government here."
        precision = KINDS[place.kind].geo_precision
        doubt = reading.doubt_km
        if reading.group.stripped and precision is GeoPrecision.TOWN:
            precision = GeoPrecision.PART
            doubt = max(doubt, FACILITY_KM) if is_facility(f"X {reading.group.stripped}") else doubt
        return Resolved(
            place=place,
            toponym=mention.text,
            place_name=place.name,
            lon=place.lon,
            lat=place.lat,
            geo_precision=precision,
            uncertainty_km=round(doubt, 3),
            reason=reason,
            score=round(reading.probability, 4),
            runners_up=reading.runners_up,
        )

    def _narrowed(
        self,
        plain: Resolved | Unresolved,
        phrase: PlacePhrase,
        readings: dict[str, _Reading],
        *,
        day: date | None,
        spoken: dict[str, Region],
    ) -> Resolved | Unresolved:
        """Apply the phrase's relation, if it states one, to the place that its toponym means."""
        if isinstance(plain, Unresolved):
            return plain
        inside = phrase.start <= phrase.toponym.start and phrase.toponym.end <= phrase.end
        span = (phrase.toponym.start - phrase.start, phrase.toponym.end - phrase.start) if inside else ()
        relation = parse_relation(phrase.text, span, kind=plain.place.kind, name=plain.place.name)
        if relation is None or _already_meant(relation, plain.place):
            return plain
        region = region_of(
            plain.place,
            relation,
            extents=self._gazetteer.extent,
            others=[place for name in relation.others if (place := self._other(name, plain.place, readings))],
            province=self._province(plain.place, readings),
            held_ground=self._held_ground,
            day=day,
            before=spoken.get(plain.place.gazetteer_id),
        )
        spoken[plain.place.gazetteer_id] = region
        assumption = f"; {region.assumption}" if region.assumption else ""
        return replace(
            plain,
            place_name=region.words,
            lon=region.lon,
            lat=region.lat,
            geo_precision=region.geo_precision,
            uncertainty_km=region.uncertainty_km,
            reason=_sentence(f"{plain.reason.rstrip('.')}; “{phrase.text}” means {region.words}{assumption}"),
            region=region.polygon,
            region_id=region.region_id,
        )

    def _other(self, name: str, near: Place, readings: dict[str, _Reading]) -> Place | None:
        """Return the second place of a relation: as the document reads it, else the nearest one of that name."""
        reading = readings.get(fold(name))
        if reading is not None and reading.best >= 0:
            return self._gazetteer.index.place(reading.best)
        places = [candidate.place for candidate in self._gazetteer.candidates(name)]
        return min(places, key=lambda one: (one.lon - near.lon) ** 2 + (one.lat - near.lat) ** 2, default=None)

    def _province(self, place: Place, readings: dict[str, _Reading]) -> Place | None:
        """Return the division named after a town."""
        divisions = [
            candidate.place
            for candidate in self._gazetteer.candidates(place.name)
            if candidate.place.kind in ("admin1", "admin2") and candidate.place.country == place.country
        ]
        return next(iter(divisions), None)


_UNKNOWN = "unknown name"
"""Marks a group whose own name no gazetteer has."""


def _stated_container(group: Group, read: dict[str, _Reading]) -> _Reading | None:
    """Return the reading of the place that the text puts an unknown name in: `X, Y`, `X in Y`."""
    names = sorted(group.containers | group.within | group.around)
    holders = [read[name] for name in names if name in read and read[name].best >= 0 and not read[name].group.demonym]
    return max(holders, key=lambda one: len(one.group.key), default=None)


def _already_meant(relation: Relation, place: Place) -> bool:
    return relation.kind is RelationKind.PROVINCE and place.kind in ("admin1", "admin2") and not relation.bearings


def _is_metonym(text: str, mention: Mention, place: Place) -> bool:
    """Whether a country or a city stands for a government: "Damascus said", not "Damascus airport said"."""
    if KINDS[place.kind].extent is not Extent.AREA or place.population < 50_000:
        return False
    before = text[max(0, mention.start - 12) : mention.start]
    return bool(_SPEECH.match(text, mention.end)) and not re.search(r"\b(?:in|at|near|of|from|outside)\s\Z", before)


def _described(place: Place) -> str:
    where = ", ".join(filter(None, (place.admin1 if place.admin1 != place.name else "", place.country)))
    return f"{place.name} ({where})" if where else place.name


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
