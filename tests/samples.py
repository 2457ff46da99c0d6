"""Small things of the model for tests, every field with quoted words."""

from __future__ import annotations

from datetime import date, timedelta

from shapely.geometry import box

from geo.model import (
    Account,
    Actor,
    Count,
    Days,
    Document,
    Evidence,
    Mention,
    Place,
    PlacePhrase,
    Quoted,
    Resolved,
    Unresolved,
)
from geo.vocabulary import Factuality, GeoPrecision, MentionKind, TimePrecision

DAY = date(2016, 11, 19)
ALEPPO = Place("aleppo", "aleppo-city", "Aleppo", 37.16, 36.2, "city", "حلب", "SY", "Aleppo", 2_100_000, 8.0)
IDLIB = Place("syria", "idlib", "Idlib", 36.63, 35.93, "city", "إدلب", "SY", "Idlib", 165_000, 4.0)
REBELS = Actor("rebels", "Rebels", "rebels", "SY")
ARMY = Actor("syrian_army", "Syrian army", "government", "SY")


def quoted(text: str, words: str) -> Evidence:
    start = text.index(words)
    return Evidence.of(text, start, start + len(words))


def document(
    document_id: str = "d1",
    text: str = "A hospital in eastern Aleppo was bombed on Saturday. At least four people were killed, medics said.",
    *,
    published: date | None = date(2016, 11, 20),
    source: str = "Sample Wire",
) -> Document:
    return Document(
        document_id, text, title="Hospital hit", published=published, source=source, origin=f"{document_id}.txt"
    )


def resolved(place: Place = ALEPPO, *, part: str = "", km: float = 3.0, precision: int = 2) -> Resolved:
    region = box(place.lon, place.lat - 0.05, place.lon + 0.08, place.lat + 0.05) if part else None
    return Resolved(
        place=place,
        toponym=place.name,
        place_name=f"{part} {place.name}".strip(),
        lon=place.lon + (0.03 if part else 0.0),
        lat=place.lat,
        geo_precision=GeoPrecision(precision),
        uncertainty_km=km,
        reason="The only place of this name nearby.",
        score=0.9,
        region=region,
        region_id=f"{place.gazetteer_id}#{part}" if part else "",
    )


def account(
    told: Document | None = None,
    *,
    sub_type: str = "air_drone_strike",
    day: date | None = DAY,
    last: date | None = None,
    precision: int = 1,
    trigger: str = "bombed",
    where: Resolved | Unresolved | None = None,
    killed: Count | None = Count(4, None, None),  # noqa: B008
    actor1: Actor | None = None,
    actor2: Actor | None = None,
    tags: tuple[str, ...] = ("health_care",),
    factuality: Factuality = Factuality.ASSERTED,
    attribution: str = "medics",
    confidence: float = 0.8,
) -> Account:
    told = told or document()
    text = told.text
    words = quoted(text, trigger)
    when: Quoted[Days] | Unresolved = Unresolved("no day is named")
    if day is not None:
        when = Quoted(Days(day, last or day, TimePrecision(precision)), (words,))
    resolution = where or resolved(part="eastern")
    phrase = None
    if isinstance(resolution, Resolved):
        span = (words.start, words.end)
        phrase = PlacePhrase(*span, words.text, Mention(*span, words.text, MentionKind.TOPONYM))
    return Account(
        document_id=told.document_id,
        sentence=Evidence.of(text, 0, len(text)),
        sub_event_type=Quoted(sub_type, (words,)),
        when=when,
        factuality=Quoted(factuality, (words,)),
        where=phrase,
        resolution=resolution,
        tags=tuple(Quoted(tag, (words,)) for tag in tags),
        actor1=Quoted(actor1, (words,)) if actor1 else None,
        actor2=Quoted(actor2, (words,)) if actor2 else None,
        civilian_targeting=Quoted(True, (words,)) if "health_care" in tags else None,
        weapon=None,
        fatalities=Quoted(killed, (words,)) if killed else None,
        attribution=Quoted(attribution, (words,)) if attribution else None,
        confidence=confidence,
        source=told.source,
        url=told.url,
        published=told.published,
    )


def days_later(count: int) -> date:
    return DAY + timedelta(days=count)
