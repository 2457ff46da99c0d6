"""A coded row as a document and an account of it: every field quotes the cell that it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

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

_UNCERTAINTY_KM = {GeoPrecision.TOWN: 5.0, GeoPrecision.PART: 25.0, GeoPrecision.REGION: 100.0}
"""Taken for the coders' own precision, which states no distance."""
_CONFIDENCE = 0.8
"""People read the report, but it is not here to be checked."""


@dataclass(frozen=True, slots=True)
class CodedRow:
    """What one row of a publisher's export says, in this project's words, and the column of each field."""

    publisher: str
    row_id: str
    cells: Mapping[str, str]
    """The row as published; its columns are what the fields below quote."""
    sub_event_type: str
    type_column: str
    days: Days
    day_column: str
    place_name: str
    place_column: str
    lon: float
    lat: float
    geo_precision: GeoPrecision
    country: str = ""
    admin1: str = ""
    actor1: str = ""
    actor1_column: str = ""
    actor2: str = ""
    actor2_column: str = ""
    fatalities: Count | None = None
    count_column: str = ""
    civilian_column: str = ""
    """Column that says that civilians were the target; empty where none does."""
    source: str = ""
    url: str = ""
    published: date | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    """Tag to the column that shows it."""


_ORIGIN = " export"
"""Ends the origin of a document that was made from a coded row."""


def publisher_of(document_id: str, origin: str) -> str:
    """Return whose coded row a document was made from, empty for a report."""
    publisher = origin.removesuffix(_ORIGIN)
    return publisher if origin != publisher and document_id.startswith(f"{publisher}-") else ""


def told_by(row: CodedRow) -> tuple[Document, Account]:
    """Return the row as a document, a column a line, and the account that it gives."""
    text, spans = _laid_out(row.cells)
    document = Document(
        document_id=f"{row.publisher}-{row.row_id}",
        text=text,
        title=f"{row.publisher.upper()} {row.row_id}",
        published=row.published,
        source=row.source or row.publisher.upper(),
        url=row.url,
        origin=f"{row.publisher}{_ORIGIN}",
    )

    def words(column: str) -> tuple[Evidence, ...]:
        return (spans[column],)

    account = Account(
        document_id=document.document_id,
        sentence=spans.get("notes", Evidence.of(text, 0, len(text))),
        sub_event_type=Quoted(row.sub_event_type, words(row.type_column)),
        when=Quoted(row.days, words(row.day_column)),
        factuality=Quoted(Factuality.ASSERTED, words(row.type_column)),
        where=_phrase(spans.get(row.place_column)),
        resolution=_placed(row),
        tags=tuple(Quoted(tag, words(column)) for tag, column in row.tags.items()),
        actor1=Quoted(Actor("", row.actor1), words(row.actor1_column)) if row.actor1 else None,
        actor2=Quoted(Actor("", row.actor2), words(row.actor2_column)) if row.actor2 else None,
        civilian_targeting=Quoted(True, words(row.civilian_column)) if row.civilian_column else None,
        fatalities=Quoted(row.fatalities, words(row.count_column)) if row.fatalities else None,
        confidence=_CONFIDENCE,
        source=document.source,
        url=row.url,
        published=row.published,
    )
    return document, account


def days_of(start: date, end: date, precision: int) -> Days:
    """Return a span with one of this project's precisions."""
    return Days(start, max(start, end), TimePrecision(precision))


def _laid_out(cells: Mapping[str, str]) -> tuple[str, dict[str, Evidence]]:
    lines, spans, at = [], {}, 0
    for column, value in cells.items():
        if value:
            start = at + len(column) + 2
            spans[column] = Evidence(start, start + len(value), value)
            lines.append(f"{column}: {value}")
            at += len(lines[-1]) + 1
    return "\n".join(lines), spans


def _phrase(words: Evidence | None) -> PlacePhrase | None:
    if words is None:
        return None
    mention = Mention(words.start, words.end, words.text, MentionKind.TOPONYM)
    return PlacePhrase(words.start, words.end, words.text, mention)


def _placed(row: CodedRow) -> Resolved | Unresolved:
    if not (-180 <= row.lon <= 180 and -90 <= row.lat <= 90):
        return Unresolved(f"The coordinates {row.lon}, {row.lat} lie on no map.", row.place_name)
    radius = _UNCERTAINTY_KM[row.geo_precision]
    place = Place(
        gazetteer=row.publisher,
        gazetteer_id=f"{row.lon:.4f},{row.lat:.4f}",
        name=row.place_name,
        lon=row.lon,
        lat=row.lat,
        kind="place",
        country=row.country,
        admin1=row.admin1,
        radius_km=radius,
    )
    reason = f"{row.publisher.upper()} gives this point for {row.place_name}."
    return Resolved(
        place, row.place_name, row.place_name, row.lon, row.lat, row.geo_precision, radius, reason, score=_CONFIDENCE
    )
