"""CSV: a header with `text`, one report a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from geo.documents.decoding import looks_binary
from geo.documents.drafts import Blob, Item
from geo.documents.formats.lines import draft_of
from geo.errors import DocumentError, Rejection

_LONGEST_FIELD = 16 * 1024 * 1024
"""Characters of one cell; Python's own limit of 131,072 is less than a long report."""


def read(blob: Blob) -> Iterator[Item]:
    """Read a CSV row by row; what cannot be parsed ends it with the line's number."""
    with blob.open() as stream:
        head = stream.read(8192)
    if not head.strip():
        raise DocumentError(Rejection(blob.origin, "the file is empty", expected="a CSV with a header"))
    if looks_binary(head):
        raise DocumentError(Rejection(blob.origin, "binary data, not text", expected="a CSV with a header"))
    csv.field_size_limit(_LONGEST_FIELD)
    with blob.open() as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        table = csv.DictReader(text, strict=True)
        if "text" not in (table.fieldnames or ()):
            found = ", ".join(table.fieldnames or ())
            raise DocumentError(
                Rejection(
                    blob.origin, f"no column 'text' among {found}", place="line 1", expected="id, text, published"
                )
            )
        yield from _rows(table, blob)


def _rows(table: csv.DictReader[str], blob: Blob) -> Iterator[Item]:
    number = 0
    try:
        for number, row in enumerate(table, start=1):
            place = f"line {table.line_num}"
            if None in row.values() or None in row:
                yield Rejection(blob.origin, "the row has not as many cells as the header", place=place)
                continue
            yield draft_of(row, origin=blob.origin, place=place, fallback_id=f"{blob.stem}-{number}")
    except csv.Error as error:
        yield Rejection(blob.origin, f"not valid CSV ({error})", place=f"line {table.line_num}")
    except UnicodeDecodeError as error:
        yield Rejection(
            blob.origin,
            f"not UTF-8 ({error})",
            place=f"after row {number}",
            remedy="save it as UTF-8; the rows before were read",
        )
