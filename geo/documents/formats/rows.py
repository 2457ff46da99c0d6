"""CSV: a header with `text`, one report a row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from geo.documents.decoding import decode_cell, decode_cells, encoding_of_table, looks_binary
from geo.documents.drafts import Blob, Draft, Item, Skipped
from geo.documents.formats.lines import draft_of
from geo.documents.manifests import DESCRIBED_FIELDS
from geo.errors import DocumentError, Rejection

_LONGEST_FIELD = 16 * 1024 * 1024
"""Characters of one cell; Python's own limit of 131,072 is less than a long report."""
_SEPARATORS = ",;\t|"
"""Spreadsheets of many countries write semicolons, databases bars; what parts `text` from others counts."""
_EXPECTED = "a CSV with a header of text and any of id, title, published, source, url, language"


def read(blob: Blob) -> Iterator[Item]:
    """Read a CSV row by row; what cannot be parsed ends it with the line's number."""
    with blob.open() as stream:
        head = stream.read(8192)
    if not head.strip():
        raise DocumentError(Rejection(blob.origin, "the file is empty", expected=_EXPECTED))
    encoding = encoding_of_table(head)
    marked = not encoding.startswith("utf-8")
    if not marked and looks_binary(head):
        reason = "binary data, or a text in UTF-16 without its mark"
        raise DocumentError(Rejection(blob.origin, reason, expected=_EXPECTED, remedy="save it as CSV in UTF-8"))
    csv.field_size_limit(_LONGEST_FIELD)
    with blob.open() as stream:
        # Bytes that are not UTF-8 come through, and the cells that they are in are decoded one by one.
        errors = "replace" if marked else "surrogateescape"
        text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
        table = csv.DictReader(text, strict=True, delimiter=_separator(head, encoding))
        try:
            names = [_name(name) for name in table.fieldnames or ()]
        except csv.Error as error:
            raise _fault(blob, f"not valid CSV ({error})") from None
        if "text" not in names and {"event_id", "sub_event_type", "frontline_km"} <= set(names):
            yield Skipped("a table of events that this program wrote")
            return
        if "text" not in names:
            raise _fault(blob, f"no column 'text' among {', '.join(decode_cell(name)[0] for name in names)}")
        twice = [name for name, count in Counter(names).items() if count > 1 and name]
        if twice:
            raise _fault(blob, f"the column {twice[0]!r} is there twice")
        table.fieldnames = names
        yield from _rows(table, blob, cells=len(names))


def _name(written: str) -> str:
    """Return a column's name as it is asked for, where only its letters' case differs: `Text`, `ID`."""
    plain = written.strip().casefold()
    return plain if plain in ("text", *DESCRIBED_FIELDS) else written


def _separator(head: bytes, encoding: str) -> str:
    header = head.decode(encoding, "replace").partition("\n")[0].casefold()
    fields = {mark: [name.strip(' \r"') for name in header.split(mark)] for mark in _SEPARATORS}
    return max(_SEPARATORS, key=lambda mark: ("text" in fields[mark], len(fields[mark])))


def _fault(blob: Blob, reason: str) -> DocumentError:
    return DocumentError(Rejection(blob.origin, reason, place="line 1", expected=_EXPECTED))


def _rows(table: csv.DictReader[str], blob: Blob, *, cells: int) -> Iterator[Item]:
    number, last = 0, 1
    try:
        for number, row in enumerate(table, start=1):
            place, last = f"line {table.line_num}", table.line_num
            if None in row.values() or None in row:
                reason = "the row has not as many cells as the header"
                yield Rejection(blob.origin, reason, place=place, expected=f"{cells} cells")
                continue
            told, guesses = decode_cells(row)
            draft = draft_of(told, origin=blob.origin, place=place, fallback_id=f"{blob.stem}-{number}")
            yield replace(draft, warnings=(*draft.warnings, *guesses)) if isinstance(draft, Draft) else draft
        if not number:
            remedy = "look whether the table was saved whole"
            yield Rejection(blob.origin, "no row stands below its header", expected="one report a row", remedy=remedy)
    except csv.Error as error:
        yield Rejection(
            blob.origin,
            f"not valid CSV ({error})",
            place=f"in the row after line {last}",
            expected="quoted cells that are closed again",
            remedy="mend that row; those before it were read",
        )
