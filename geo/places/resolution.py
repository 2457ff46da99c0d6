"""From the names in a document to places: one reading a name, with the reason, the runners-up and the doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from geo.crs import distance_km
from geo.model import Candidate, Document, Mention, Place, PlacePhrase, Resolved, Unresolved
from geo.places.anchors import anchored
from geo.places.bearings import relation_beside
from geo.places.doubt import doubt_class
from geo.places.gazetteer import Gazetteer
from geo.places.kinds import KINDS
from geo.places.mentions import FACILITY_KM, is_facility
from geo.places.metonyms import is_metonym
from geo.places.names import fold
from geo.places.ranking import Weights, read_weights
from geo.places.reading import Reader
from geo.places.regions import HeldGround, Region, Relation, RelationKind, parse_relation, region_of
from geo.places.second_opinion import SecondOpinion
from geo.places.standing import UNKNOWN, Reading
from geo.vocabulary import GeoPrecision

_TOWN_KM = 15.0
"""Half the width from which what Nominatim names is a region."""
_ASKED_SCORE = 0.5
"""Nominatim states no likelihood."""
_LEAST_KM = 5.0
"""Least doubt about a name that is placed by what the text says of its way from another."""
_KEPT = 4096
"""Provinces and drawn parts that are kept."""


class Resolver:
    """Resolves the names and phrases of documents with one gazetteer.

    `focus` is the place that a case is about, by name or ISO code: candidates in and near it are preferred.
    `second_opinion` is asked for names that no gazetteer has; without it, nothing is.
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
        second_opinion: SecondOpinion | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._held_ground = held_ground
        self._second_opinion = second_opinion
        found = weights or read_weights(gazetteer.models / "places.json")
        self._anchors = found.anchors
        self._reader = Reader(gazetteer, weights=found, focus=focus)
        # Reports speak of the same parts of the same places over and over.
        self._province = lru_cache(_KEPT)(self._province_of)
        self._whole_drawn = lru_cache(_KEPT)(self._drawn)

    def resolve_toponyms(self, document: Document, toponyms: Sequence[Mention]) -> list[Resolved | Unresolved]:
        """Resolve each name as it stands, in the order given; a demonym gives its country and says so."""
        readings = self._reader.readings(document, toponyms)
        return [
            self._beside(
                self._plain(readings[fold(mention.text)], mention, document=document, event=False),
                readings[fold(mention.text)],
                document.text,
                toponyms,
                readings,
            )
            for mention in toponyms
        ]

    def resolve_phrases(
        self,
        document: Document,
        toponyms: Sequence[Mention],
        phrases: Sequence[PlacePhrase],
        *,
        days: Sequence[date | None],
        told: frozenset[str] = frozenset(),
    ) -> list[Resolved | Unresolved]:
        """Resolve the words that say where, in the order given; `toponyms` are all names of the document.

        `days` holds the day of each phrase's event, for what a side held; `told` the ISO codes of countries that the
        text speaks of by other words, such as the names of groups that fight there. A demonym, and a capital that
        stands for its government, is `Unresolved`: neither is where something happened.
        """
        if not phrases:
            return []
        known = {(mention.start, mention.end) for mention in toponyms}
        missing = {(one.toponym.start, one.toponym.end): one.toponym for one in phrases}
        every = sorted(
            [*toponyms, *(mention for span, mention in missing.items() if span not in known)],
            key=lambda mention: (mention.start, mention.end),
        )
        readings = self._reader.readings(document, every, told=told)
        answers: list[Resolved | Unresolved] = []
        spoken: dict[str, Region] = {}
        for phrase, day in zip(phrases, days, strict=True):
            reading = readings[fold(phrase.toponym.text)]
            plain = self._plain(reading, phrase.toponym, document=document, event=True)
            beside = self._beside(plain, reading, document.text, every, readings)
            if beside is plain:
                stands_in = self._stands_in(plain, reading)
                beside = self._narrowed(plain, phrase, readings, day=day, spoken=spoken, stands_in=stands_in)
            answers.append(beside)
        return answers

    def _stands_in(self, plain: Resolved | Unresolved, reading: Reading) -> bool:
        """Return whether a wider place stands for an unknown name: `eastern X` is no eastern part of its country."""
        if isinstance(plain, Unresolved) or reading.best < 0 or reading.group.stripped != UNKNOWN:
            return False
        return plain.place == self._gazetteer.index.place(reading.best)  # no second opinion has found it

    def _beside(
        self,
        plain: Resolved | Unresolved,
        reading: Reading,
        text: str,
        toponyms: Sequence[Mention],
        readings: dict[str, Reading],
    ) -> Resolved | Unresolved:
        """Move an unknown name to where the text says that it lies from the place that stands for it."""
        if isinstance(plain, Unresolved) or not reading.holder:
            return plain
        key, place = reading.group.key, plain.place
        relation = relation_beside(text, toponyms, key, holder=reading.holder, place=place)
        if relation is None:
            return plain
        others = tuple(found for name in relation.others if (found := self._other(name, place, readings)))
        region = self._whole_drawn(place, relation, others)
        reason = _sentence(f"{plain.reason.rstrip('.')}; the text says {region.words}")
        return replace(_moved(plain, region, reason=reason), uncertainty_km=max(region.uncertainty_km, _LEAST_KM))

    def _asked(self, reading: Reading, mention: Mention) -> Resolved | str:
        """Return what the second opinion takes an unknown name for, else why not; empty where none is asked.

        What lies outside of the ground that the text puts the name in is no answer.
        """
        if self._second_opinion is None or reading.group.demonym:
            return ""
        found = self._second_opinion.place(mention.text)
        if isinstance(found, Unresolved):
            return found.reason
        if reading.best >= 0:
            holder = self._gazetteer.index.place(reading.best)
            if distance_km(found.lon, found.lat, holder.lon, holder.lat) > reading.doubt_km:
                return f"What Nominatim has of the name lies outside of {holder.name}."
        where = f" ({found.country})" if found.country else ""
        return Resolved(
            place=found,
            toponym=mention.text,
            place_name=found.name,
            lon=found.lon,
            lat=found.lat,
            geo_precision=GeoPrecision.TOWN if found.radius_km < _TOWN_KM else GeoPrecision.REGION,
            uncertainty_km=found.radius_km,
            reason=f"No gazetteer has “{mention.text}”; asked, Nominatim takes it for {found.name}{where}.",
            score=_ASKED_SCORE,
        )

    def _plain(self, reading: Reading, mention: Mention, *, document: Document, event: bool) -> Resolved | Unresolved:
        why_not = ""
        if reading.best < 0 or reading.group.stripped == UNKNOWN:
            opinion = self._asked(reading, mention)
            if isinstance(opinion, Resolved):
                return opinion
            why_not = opinion
        if reading.best < 0:
            reason = " ".join(filter(None, (_sentence(f"“{mention.text}”: {reading.reason}"), why_not)))
            return Unresolved(reason, mention.text, reading.runners_up)
        place = self._gazetteer.index.place(reading.best)
        reason = reading.reason
        if reading.group.demonym:
            if event:
                return Unresolved(f"“{mention.text}” names a people or a state, not a place.", mention.text)
            reason = f"“{mention.text}” is the adjective of {place.name}."
        elif is_metonym(document.text, mention, place):
            if event:
                why = f"“{mention.text}” stands for a government here, not for a place."
                return Unresolved(why, mention.text, (Candidate(place, reading.probability, reason),))
            reason = f"{reason} It stands for a government here."
        precision = KINDS[place.kind].geo_precision
        doubt = reading.doubt_km
        if reading.group.stripped and precision is GeoPrecision.TOWN and not reading.in_town:
            precision = GeoPrecision.PART
            doubt = max(doubt, FACILITY_KM) if is_facility(f"X {reading.group.stripped}") else doubt
        lon, lat, moved_km = anchored(place, self._anchors)
        return Resolved(
            place=place,
            toponym=mention.text,
            place_name=place.name,
            lon=lon,
            lat=lat,
            geo_precision=precision,
            # Whatever the circle around the gazetteer's point held, the one around the anchor holds too.
            uncertainty_km=round(doubt + moved_km, 3),
            reason=reason,
            score=round(reading.probability, 4),
            runners_up=reading.runners_up,
        )

    def _narrowed(
        self,
        plain: Resolved | Unresolved,
        phrase: PlacePhrase,
        readings: dict[str, Reading],
        *,
        day: date | None,
        spoken: dict[str, Region],
        stands_in: bool,
    ) -> Resolved | Unresolved:
        """Apply the phrase's relation, if it states one, to the place that its toponym means.

        Of what only stands in for it nothing is known, but that a spot near an unknown village is near its town.
        """
        if isinstance(plain, Unresolved):
            return plain
        inside = phrase.start <= phrase.toponym.start and phrase.toponym.end <= phrase.end
        span = (phrase.toponym.start - phrase.start, phrase.toponym.end - phrase.start) if inside else ()
        relation = parse_relation(phrase.text, span, kind=plain.place.kind, name=plain.place.name)
        if relation is None or _already_meant(relation, plain.place):
            return plain
        if stands_in and (relation.kind is not RelationKind.NEAR or doubt_class(plain.place.kind) != "settled"):
            return plain
        others = tuple(place for name in relation.others if (place := self._other(name, plain.place, readings)))
        before = spoken.get(plain.place.gazetteer_id)
        if relation.holder or (before and relation.kind is RelationKind.REST):
            region = self._drawn(plain.place, relation, others, day=day, before=before)
        else:
            region = self._whole_drawn(plain.place, relation, others)
        spoken[plain.place.gazetteer_id] = region
        assumption = f"; {region.assumption}" if region.assumption else ""
        reason = _sentence(f"{plain.reason.rstrip('.')}; “{phrase.text}” means {region.words}{assumption}")
        return _moved(plain, region, reason=reason)

    def _drawn(
        self,
        place: Place,
        relation: Relation,
        others: tuple[Place, ...],
        *,
        day: date | None = None,
        before: Region | None = None,
    ) -> Region:
        return region_of(
            place,
            relation,
            extents=self._gazetteer.extent,
            others=others,
            province=self._province(place),
            held_ground=self._held_ground,
            day=day,
            before=before,
        )

    def _other(self, name: str, near: Place, readings: dict[str, Reading]) -> Place | None:
        """Return the second place of a relation: as the document reads it, else the nearest one of that name."""
        reading = readings.get(fold(name))
        if reading is not None and reading.best >= 0:
            return self._gazetteer.index.place(reading.best)
        places = [candidate.place for candidate in self._gazetteer.candidates(name)]
        return min(places, key=lambda one: (one.lon - near.lon) ** 2 + (one.lat - near.lat) ** 2, default=None)

    def _province_of(self, place: Place) -> Place | None:
        """Return the division named after a town."""
        divisions = [
            candidate.place
            for candidate in self._gazetteer.candidates(place.name)
            if candidate.place.kind in ("admin1", "admin2") and candidate.place.country == place.country
        ]
        return next(iter(divisions), None)


def _moved(plain: Resolved, region: Region, *, reason: str) -> Resolved:
    return replace(
        plain,
        place_name=region.words,
        lon=region.lon,
        lat=region.lat,
        geo_precision=region.geo_precision,
        uncertainty_km=region.uncertainty_km,
        reason=reason,
        region=region.polygon,
        region_id=region.region_id,
    )


def _already_meant(relation: Relation, place: Place) -> bool:
    return relation.kind is RelationKind.PROVINCE and place.kind in ("admin1", "admin2") and not relation.bearings


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
