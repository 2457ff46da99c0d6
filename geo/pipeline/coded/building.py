"""A coded row as a document and an account of it: every field quotes the cell that it was read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

_CONFIDENCE = 0.8
"""People read the report, but it is not here to be checked."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What a publisher's own code for the precision of a place stands for, which states no distance."""

    precision: GeoPrecision
    uncertainty_km: float


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
    day_columns: tuple[str, ...]
    place_columns: tuple[str, ...]
    """The first that is filled names the place."""
    lon: float | None
    lat: float | None
    spot: Spot
    country: str = ""
    """ISO 3166-1 alpha-2."""
    admin1: str = ""
    actor1: Actor = Actor("", "")
    actor1_column: str = ""
    actor2: Actor = Actor("", "")
    actor2_column: str = ""
    fatalities: Count | None = None
    count_columns: tuple[str, ...] = ()
    civilian_column: str = ""
    """Column that says that civilians were the target; empty where none does."""
    source: str = ""
    url: str = ""
    published: date | None = None
    confidence: float = _CONFIDENCE

    @property
    def place_column(self) -> str:
        """The column that names the place, empty where none does."""
        return next((column for column in self.place_columns if self.cells[column]), "")

    @property
    def place_name(self) -> str:
        """The place's name, or its degrees where none is told."""
        if self.place_column:
            return self.cells[self.place_column]
        return "" if self.lon is None or self.lat is None else f"{self.lat:.2f}, {self.lon:.2f}"


_ORIGIN = " export"
"""Ends the origin of a document that was made from a coded row."""


def publisher_of(document_id: str, origin: str) -> str:
    """Return whose coded row a document was made from, empty for a report."""
    publisher = origin.removesuffix(_ORIGIN)
    return publisher if origin != publisher and document_id.startswith(f"{publisher}-") else ""


def told_by(row: CodedRow, columns: Sequence[str]) -> tuple[Document, Account]:
    """Return the row as a document, a column a line, and the account that it gives.

    `columns` are those that the publisher's every export has, in an order of their own.
    """
    # What an account is known by comes first: a row whose day or numbers its publisher mends keeps what people
    # decided about it. The order of the file makes no difference: the same row is the same text.
    order = dict.fromkeys((row.type_column, row.place_column, *columns, *sorted(row.cells)))
    text, spans = _laid_out({name: row.cells[name] for name in order if name})
    document = Document(
        document_id=f"{row.publisher}-{row.row_id}",
        text=text,
        title=f"{row.publisher.upper()} {row.row_id}",
        published=row.published,
        source=row.source or row.publisher.upper(),
        url=row.url,
        origin=f"{row.publisher}{_ORIGIN}",
    )

    def words(*columns: str) -> tuple[Evidence, ...]:
        return tuple(spans[column] for column in columns)

    account = Account(
        document_id=document.document_id,
        sentence=spans.get("notes", Evidence.of(text, 0, len(text))),
        sub_event_type=Quoted(row.sub_event_type, words(row.type_column)),
        when=Quoted(row.days, words(*row.day_columns)),
        factuality=Quoted(Factuality.ASSERTED, words(row.type_column)),
        where=_phrase(spans.get(row.place_column)),
        resolution=_placed(row),
        actor1=Quoted(row.actor1, words(row.actor1_column)) if row.actor1.name else None,
        actor2=Quoted(row.actor2, words(row.actor2_column)) if row.actor2.name else None,
        civilian_targeting=Quoted(True, words(row.civilian_column)) if row.civilian_column else None,
        fatalities=Quoted(row.fatalities, words(*row.count_columns)) if row.fatalities else None,
        confidence=row.confidence,
        source=document.source,
        url=row.url,
        published=row.published,
    )
    return document, account


def days_of(start: date, end: date, precision: int) -> Days:
    """Return a span with one of this project's precisions; several days are no single one, whatever the code says."""
    return Days(start, end, max(TimePrecision(precision), TimePrecision.WEEK if end > start else TimePrecision.DAY))


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
    publisher = row.publisher.upper()
    if row.lon is None or row.lat is None:
        return Unresolved(f"{publisher} gives no point.", row.place_name)
    if not (-180 <= row.lon <= 180 and -90 <= row.lat <= 90):
        return Unresolved(f"The coordinates {row.lon}, {row.lat} lie on no map.", row.place_name)
    place = Place(
        gazetteer=row.publisher,
        gazetteer_id=f"{row.lon:.4f},{row.lat:.4f}",
        name=row.place_name,
        lon=row.lon,
        lat=row.lat,
        kind="place",
        country=row.country,
        admin1=row.admin1,
        radius_km=row.spot.uncertainty_km,
    )
    return Resolved(
        place,
        row.place_name,
        row.place_name,
        row.lon,
        row.lat,
        row.spot.precision,
        row.spot.uncertainty_km,
        f"{publisher} gives this point for {row.place_name}.",
        score=row.confidence,
    )
