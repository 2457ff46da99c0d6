"""What a report says, as values that cannot change and that quote their source.

A `Document` is read, a recogniser marks `Mention`s in it, extraction makes `Account`s (one document's telling of one
event), places put a `Resolved` or an `Unresolved` on each, and matching joins accounts into an `Event`.

Character offsets are half-open `[start, end)` into `Document.text`, in Unicode code points. Days are local calendar
days, and a `Days` is closed at both ends (as an event record is); control zones alone are half-open. Coordinates are
degrees, EPSG:4326, `lon` and `lat` by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry

from geo.evidence import Document, Evidence, Quoted, digest, remembered_digest
from geo.vocabulary import SUB_EVENT_TYPES, EventType, Factuality, GeoPrecision, MentionKind, Review, TimePrecision

__all__ = [
    "Account",
    "Actor",
    "Candidate",
    "Count",
    "Days",
    "Document",
    "Event",
    "Evidence",
    "Link",
    "Mention",
    "Place",
    "PlacePhrase",
    "Quoted",
    "Recognition",
    "Resolved",
    "Unresolved",
    "digest",
]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that a recogniser marked."""

    start: int
    end: int
    text: str
    kind: MentionKind
    label: str = ""
    """What the recogniser knows of it: a trigger's sub-event type, an actor's or a target's identifier, an entity's
    kind; else empty."""
    score: float = 1.0
    """Probability that the mark is right, in [0, 1]."""

    @property
    def evidence(self) -> Evidence:
        """The mention as a quotation."""
        return Evidence(self.start, self.end, self.text)


@dataclass(frozen=True, slots=True)
class Link:
    """The places at which a trigger's event happened; `places` is empty where the text does not say."""

    trigger: Mention
    places: tuple[Mention, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Recognition:
    """All that a recogniser marked in one document, ordered by `start`."""

    mentions: tuple[Mention, ...]
    links: tuple[Link, ...] = ()
    """One for each trigger whose place the recogniser itself decided; assembly decides the others."""
    warnings: tuple[str, ...] = ()

    def of_kind(self, kind: MentionKind) -> tuple[Mention, ...]:
        """Return the mentions of one kind, in order."""
        return tuple(mention for mention in self.mentions if mention.kind is kind)


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, closed at both ends."""

    start: date
    end: date
    precision: TimePrecision

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"days end on {self.end}, before they start on {self.start}")


@dataclass(frozen=True, slots=True)
class Count:
    """People killed or injured: bounds as told. `at least 64` has low 64 and no high."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Actor:
    """A side or a group, resolved to the project's list where it is known there."""

    actor_id: str
    """Row of data/lexicon/actors.csv, or empty for a name that is not in it."""
    name: str
    side: str = ""
    """`government`, `rebels`, … as in the list; empty where it is not known."""
    country: str = ""
    """ISO 3166-1 alpha-2."""


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """The words that say where: a toponym with whatever narrows it, `the city's eastern sector`.

    `toponym` is the name that the phrase hangs on. It lies inside the phrase ("eastern Aleppo") or, where the phrase
    is an anaphor ("the city"), earlier in the document.
    """

    start: int
    end: int
    text: str
    toponym: Mention

    @property
    def evidence(self) -> Evidence:
        """The phrase as a quotation."""
        return Evidence(self.start, self.end, self.text)


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of a gazetteer."""

    gazetteer: str
    """Name of the source: `aleppo`, `syria`, `geonames`, …"""
    gazetteer_id: str
    name: str
    lon: float
    lat: float
    kind: str
    """`city`, `neighbourhood`, `hospital`, `country`, …"""
    name_local: str = ""
    country: str = ""
    """ISO 3166-1 alpha-2."""
    admin1: str = ""
    population: int = 0
    radius_km: float = 1.0
    """Half the usual width of the place: the doubt of its point."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name could mean, with the score that it got and why."""

    place: Place
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a phrase lies."""

    place: Place
    toponym: str
    """The name as the text writes it."""
    place_name: str
    """The place in words, with its part or relation: `eastern Aleppo`."""
    lon: float
    lat: float
    geo_precision: GeoPrecision
    uncertainty_km: float
    """Radius that should hold the true place nine times in ten."""
    reason: str
    """One sentence: why this place."""
    score: float = 1.0
    region: BaseGeometry | None = None
    """Polygon of the part or relation, EPSG:4326; None for a plain point."""
    region_id: str = ""
    """Identifier of `region`, stable over runs: the place's id and the relation."""
    runners_up: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A value that the text or the gazetteer does not give, and why."""

    reason: str
    toponym: str = ""
    runners_up: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """One document's telling of one event."""

    document_id: str
    sentence: Evidence
    """The sentence of the trigger."""
    sub_event_type: Quoted[str]
    when: Quoted[Days] | Unresolved
    factuality: Quoted[Factuality]
    where: PlacePhrase | None = None
    resolution: Resolved | Unresolved = Unresolved("not resolved yet")
    tags: tuple[Quoted[str], ...] = ()
    actor1: Quoted[Actor] | None = None
    """Who did it."""
    actor2: Quoted[Actor] | None = None
    """To whom, or with whom."""
    civilian_targeting: Quoted[bool] | None = None
    weapon: Quoted[str] | None = None
    fatalities: Quoted[Count] | None = None
    injured: Quoted[Count] | None = None
    attribution: Quoted[str] | None = None
    """Who is said to say it; None where the report itself does."""
    confidence: float = 0.5
    """Probability that the account is right as a whole, in [0, 1]."""
    source: str = ""
    url: str = ""
    published: date | None = None

    def __post_init__(self) -> None:
        if self.sub_event_type.value not in SUB_EVENT_TYPES:
            raise ValueError(f"{self.sub_event_type.value!r} is no sub-event type")

    @property
    def event_type(self) -> EventType:
        """The type that the sub-type belongs to."""
        return SUB_EVENT_TYPES[self.sub_event_type.value]

    @property
    def account_id(self) -> str:
        """Stable over runs, machines and engines: made from the document, the trigger and the words for the place."""
        first = self.sub_event_type.evidence[0]
        where = f"{self.where.start}:{self.where.end}" if self.where else ""
        return remembered_digest(self.document_id, f"{first.start}:{first.end}", where)

    def quotations(self) -> tuple[tuple[str, Evidence], ...]:
        """Return (field of the event record, words) for every field that is filled, in the order of the record."""
        fields: list[tuple[str, tuple[Evidence, ...]]] = [("event_type", self.sub_event_type.evidence)]
        fields += [("tags", tag.evidence) for tag in self.tags]
        if isinstance(self.when, Quoted):
            fields.append(("date_start", self.when.evidence))
        if self.where is not None:
            fields.append(("place_name", (self.where.evidence,)))
        optional = {
            "actor1": self.actor1,
            "actor2": self.actor2,
            "civilian_targeting": self.civilian_targeting,
            "weapon": self.weapon,
            "fatalities_best": self.fatalities,
            "injured_best": self.injured,
            "attribution": self.attribution,
        }
        fields += [(name, quoted.evidence) for name, quoted in optional.items() if quoted is not None]
        fields.append(("factuality", self.factuality.evidence))
        return tuple(dict.fromkeys((name, words) for name, evidence in fields for words in evidence))


@dataclass(frozen=True, slots=True)
class Event:
    """A happening, drawn from one account or many."""

    event_id: str
    accounts: tuple[Account, ...]
    """Ordered by publication, document and place in the text; never empty."""
    sub_event_type: str
    tags: tuple[str, ...]
    days: Days | None
    resolution: Resolved | Unresolved
    actor1: Actor | None
    actor2: Actor | None
    civilian_targeting: bool
    weapon: str
    fatalities: Count | None
    injured: Count | None
    factuality: Factuality
    attribution: str
    confidence: float
    notes: str
    """One plain sentence made from the fields."""
    review: Review = Review.UNREVIEWED
    contradictions: tuple[str, ...] = ()
    """Where accounts differ, one sentence each."""

    @property
    def event_type(self) -> EventType:
        """The type that the sub-type belongs to."""
        return SUB_EVENT_TYPES[self.sub_event_type]
