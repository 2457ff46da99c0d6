"""What is known about reports beside their text: a manifest of a folder, or a file's neighbour.

A manifest is a CSV with a header: `id`, and any of `published, source, url, title, language`. `id` names a report by
its identifier, its file's name or its path in the folder. Further columns are left alone.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from geo.documents.decoding import decode
from geo.documents.drafts import Blob
from geo.errors import DocumentError, Rejection

MANIFEST_NAME = "manifest.csv"
NEIGHBOURS = (".toml", ".json")
"""Suffixes of a file beside a text that describes it."""
ABOUT_FOLDER = ("README", "LICENSE", "LICENCE")
"""Files of a folder or archive that speak of it and are no reports."""
DESCRIBED_FIELDS = ("id", "published", "source", "url", "title", "language")


@dataclass(frozen=True, slots=True)
class Description:
    """What is known about a report beside its text; empty where it is not."""

    document_id: str = ""
    published: str = ""
    source: str = ""
    url: str = ""
    title: str = ""
    language: str = ""
    place: str = ""
    """Where it stands: `manifest.csv, line 3`."""


@dataclass(slots=True)
class Manifest:
    """Descriptions by what they call their report, and which of them were asked for."""

    origin: str = ""
    rows: Mapping[str, Description] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def find(self, names: Iterable[str]) -> Description | None:
        """Return the description under the first of the names that has one."""
        for name in names:
            if name in self.rows:
                self.used.add(name)
                return self.rows[name]
        return None

    def unused(self) -> Iterator[Rejection]:
        """Yield a `Rejection` for each row that no report asked for."""
        for name, row in self.rows.items():
            if name not in self.used:
                yield Rejection(
                    self.origin, f"{name!r} names no report of this folder", place=row.place, remedy="mend its id"
                )


def read_manifest(blob: Blob) -> Manifest:
    """Read a manifest; raise `DocumentError` with the line of the first fault."""
    text, _ = decode(blob.content(), origin=blob.origin)
    table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if not table.fieldnames or "id" not in table.fieldnames:
        found = ", ".join(table.fieldnames or ())
        raise _fault(blob, "has no column 'id'" + (f" among {found}" if found else ""), "line 1")
    rows: dict[str, Description] = {}
    try:
        for row in table:
            description = describe(row, place=f"line {table.line_num}")
            if not description.document_id:
                raise _fault(blob, "a row has no id", description.place)
            if description.document_id in rows:
                raise _fault(blob, f"the id {description.document_id!r} stands twice", description.place)
            day_of(description.published, origin=blob.origin, place=description.place)
            rows[description.document_id] = description
    except csv.Error as error:
        raise _fault(blob, f"not valid CSV ({error})", f"line {table.line_num}") from None
    return Manifest(blob.origin, rows)


def read_neighbour(blob: Blob) -> Description:
    """Read a `.toml` or `.json` that stands beside a text; raise `DocumentError` where it cannot be read."""
    text, _ = decode(blob.content(), origin=blob.origin)
    try:
        fields = tomllib.loads(text) if blob.suffix == ".toml" else json.loads(text)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise DocumentError(Rejection(blob.origin, f"not valid {blob.suffix[1:].upper()} ({error})")) from None
    if not isinstance(fields, dict):
        raise DocumentError(Rejection(blob.origin, "not a table of fields", expected="published, source, url, title"))
    return describe(fields, place="")


def describe(fields: Mapping[str, Any], *, place: str) -> Description:
    """Return the described fields of a row or a table, as text."""
    known = {name: _as_text(fields.get(name)) for name in DESCRIBED_FIELDS}
    return Description(document_id=known.pop("id"), place=place, **known)


def day_of(written: str, *, origin: str, place: str = "") -> date | None:
    """Return the calendar day of an ISO 8601 or RFC 822 date, None for an empty one.

    The day is taken as written, in the publisher's zone. Raises `DocumentError` for anything else.
    """
    written = written.strip()
    if not written:
        return None
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError):
        reason = f"published {written!r} is no date"
        raise DocumentError(Rejection(origin, reason, place=place, expected="a day such as 2016-11-20")) from None


def _as_text(value: Any) -> str:
    if value is None or isinstance(value, list):
        return ""
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _fault(blob: Blob, reason: str, place: str) -> DocumentError:
    expected = f"a CSV with a header of id and any of {', '.join(DESCRIBED_FIELDS[1:])}"
    return DocumentError(Rejection(blob.origin, reason, place=place, expected=expected))
