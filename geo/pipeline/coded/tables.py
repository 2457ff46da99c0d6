"""The rows of an export, however it was saved: comma, semicolon or tab, UTF-8 or not, in a zip archive or by itself."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from geo.documents.decoding import decode_cells, encoding_of_table, looks_binary, text_fault
from geo.errors import DocumentError, Rejection

_SEPARATORS: Final = ",;\t"
_LONGEST_FIELD: Final = 16 * 1024 * 1024
"""Characters of one cell; Python's own limit of 131,072 is less than some publishers' notes."""
_HEAD: Final = 8192


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    place: str
    """`line 12`."""
    cells: Mapping[str, str]
    warnings: tuple[str, ...] = ()
    """What was assumed to read it."""


def read_table(
    path: Path, columns: Sequence[str], *, expected: str, places: Mapping[int, Mapping[str, int]] | None = None
) -> Iterator[Row | Rejection]:
    """Yield each row by the names of its columns, in lower case or as `columns` write them, or why it cannot be read.

    A table without a header is read by `places`: for a number of columns, each name's place among them. Raises
    `DocumentError` for what is no such table, or one without a row.
    """
    with ExitStack() as closing:
        stream = _opened(path, expected, closing)
        head = stream.peek(_HEAD)[:_HEAD]
        plain = f"lines of {' or '.join(map(str, places))} columns parted by tabs, or " if places else ""
        wanted = f"{expected}: {plain}a header that begins {', '.join(columns[:2])} and a row an event"
        if not head.strip(codecs.BOM_UTF8 + b" \t\r\n"):
            raise _without_rows(path, "the file is empty", wanted)
        encoding = encoding_of_table(head)
        marked = not encoding.startswith("utf-8")
        if not marked and looks_binary(head.replace(b"\0", b"", 1)):
            raise DocumentError(Rejection(str(path), "binary data, not a table", expected=expected))
        first = head.decode(encoding, "replace").partition("\n")[0]
        # Bytes that are not UTF-8 come through, and the cells that they are in are decoded one by one.
        errors = "replace" if marked else "surrogateescape"
        text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
        csv.field_size_limit(_LONGEST_FIELD)
        if places and columns[0].casefold() not in first.casefold():
            found, none = _placed(text, path, places, expected), "the file holds nothing but blank lines"
        else:
            separator = max(_SEPARATORS, key=first.count)
            rows = _split(csv.reader(text, delimiter=separator, strict=True), path)
            found, none = _named(rows, path, columns, expected), "no row stands below its header"
        count = 0
        for count, item in enumerate(found, start=1):  # noqa: B007
            yield item
        if not count:
            raise _without_rows(path, none, wanted)


def _without_rows(path: Path, reason: str, wanted: str) -> DocumentError:
    """Return the error of a table in which nothing is told: a download that failed, or a question without an answer."""
    remedy = "look whether the publisher has events for what was asked, and download the file anew"
    return DocumentError(Rejection(str(path), reason, expected=wanted, remedy=remedy))


def _opened(path: Path, expected: str, closing: ExitStack) -> io.BufferedReader:
    stream: BinaryIO = closing.enter_context(path.open("rb"))
    if stream.read(4) != b"PK\x03\x04":
        stream.seek(0)
        return io.BufferedReader(stream)  # type: ignore[arg-type]
    try:
        archive = closing.enter_context(zipfile.ZipFile(path))
        inside = [item for item in archive.infolist() if not item.is_dir()]
        if len(inside) != 1:
            reason = f"the archive holds {len(inside)} files"
            raise DocumentError(Rejection(str(path), reason, expected=f"one, {expected}", remedy="unpack it first"))
        return io.BufferedReader(closing.enter_context(archive.open(inside[0])))  # type: ignore[arg-type]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise DocumentError(Rejection(str(path), f"not a readable ZIP archive ({error})", expected=expected)) from None


def _split(reader: Iterator[list[str]], path: Path) -> Iterator[tuple[int, list[str]] | Rejection]:
    """Yield the cells of each row with its last line; a row that is no CSV is named, and the next one is read."""
    line = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            line = reader.line_num  # type: ignore[attr-defined]
            yield Rejection(str(path), f"not valid CSV ({error})", place=f"line {line}")
        else:
            line = reader.line_num  # type: ignore[attr-defined]
            yield line, cells


def _named(
    rows: Iterator[tuple[int, list[str]] | Rejection], path: Path, columns: Sequence[str], expected: str
) -> Iterator[Row | Rejection]:
    header = next(rows, None)
    written = {name.casefold(): name for name in columns}
    found = [] if header is None or isinstance(header, Rejection) else [name.strip().casefold() for name in header[1]]
    names = [written.get(name, name) for name in found]
    if missing := [name for name in columns if name not in names]:
        raise DocumentError(Rejection(str(path), f"no column {', '.join(missing)}", expected=expected))
    for item in rows:
        if isinstance(item, Rejection):
            yield item
        elif any(cell.strip() for cell in item[1]):
            line, cells = item
            if len(cells) == len(names):
                yield _row(path, line, dict(zip(names, cells, strict=True)))
            else:
                reason = "the row has not as many cells as the header"
                yield Rejection(str(path), reason, place=f"line {line}", expected=f"{len(names)} cells")


def _placed(
    text: io.TextIOWrapper, path: Path, places: Mapping[int, Mapping[str, int]], expected: str
) -> Iterator[Row | Rejection]:
    for number, line in enumerate(text, start=1):
        if line.strip():
            parts = line.rstrip("\r\n").split("\t")
            if by_name := places.get(len(parts)):
                yield _row(path, number, {name: parts[place] for name, place in by_name.items()})
            else:
                wanted = f"{' or '.join(map(str, places))} columns parted by tabs, {expected}"
                yield Rejection(str(path), f"{len(parts)} columns", place=f"line {number}", expected=wanted)


def _row(path: Path, line: int, cells: Mapping[str, str]) -> Row | Rejection:
    told, guesses = decode_cells({name: cell.strip() for name, cell in cells.items()})
    fault = next((f"{name}: {fault}" for name, cell in told.items() if cell and (fault := text_fault(cell))), "")
    if fault:
        return Rejection(str(path), fault, place=f"line {line}")
    return Row(f"line {line}", told, guesses)
