"""Other people's coded events as accounts with their own provenance, to stand beside reported ones and match them.

A publisher is one small file with `COLUMNS` and `read_row`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, TextIO, get_args

from geo.errors import DocumentError, Rejection, UnknownFormatError
from geo.model import Account, Document
from geo.pipeline.coded.building import CodedRow, told_by
from geo.pipeline.coded.comparing import Comparison, Coverage, compare_coded, coverage

Publisher = Literal["acled", "ucdp", "gdelt"]
PUBLISHERS: tuple[str, ...] = get_args(Publisher)

__all__ = ["PUBLISHERS", "Comparison", "Coverage", "Publisher", "compare_coded", "coverage", "read_coded"]


def read_coded(path: Path, *, publisher: str) -> Iterator[tuple[Document, Account] | Rejection | None]:
    """Yield each row of an export as a document with its account, or why it is none; None for no event of ours.

    Raises `UnknownFormatError` for a publisher that is not in PUBLISHERS, `DocumentError` where columns are missing.
    """
    if publisher not in PUBLISHERS:
        raise UnknownFormatError(publisher, known=PUBLISHERS)
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        lines = _gdelt_lines(file, path) if publisher == "gdelt" else _csv_lines(file, path, publisher)
        for place, cells in lines:
            if isinstance(cells, Rejection):
                yield cells
                continue
            try:
                row = _row(cells, publisher)
            except (ValueError, KeyError) as error:
                yield Rejection(str(path), f"the row cannot be read ({error})", place=place)
                continue
            yield told_by(row) if row else None


def _row(cells: Mapping[str, str], publisher: str) -> CodedRow | None:
    match publisher:
        case "acled":
            from geo.pipeline.coded import acled

            return acled.read_row(cells)
        case "ucdp":
            from geo.pipeline.coded import ucdp

            return ucdp.read_row(cells)
        case _:
            from geo.pipeline.coded import gdelt

            return gdelt.read_row(cells)


def _csv_lines(file: TextIO, path: Path, publisher: str) -> Iterator[tuple[str, Mapping[str, str] | Rejection]]:
    from geo.pipeline.coded import acled, ucdp

    wanted = acled.COLUMNS if publisher == "acled" else ucdp.COLUMNS
    # ACLED exports come with commas or semicolons.
    head = file.readline()
    file.seek(0)
    table = csv.DictReader(file, delimiter=";" if head.count(";") > head.count(",") else ",")
    missing = [name for name in wanted if name not in (table.fieldnames or ())]
    if missing:
        reason = f"no column {', '.join(missing)}"
        raise DocumentError(Rejection(str(path), reason, expected=f"an export of {publisher.upper()}"))
    for row in table:
        place = f"line {table.line_num}"
        if None in row or None in row.values():
            yield place, Rejection(str(path), "the row has not as many cells as the header", place=place)
        else:
            yield place, {name: value.strip() for name, value in row.items()}


def _gdelt_lines(file: TextIO, path: Path) -> Iterator[tuple[str, Mapping[str, str] | Rejection]]:
    from geo.pipeline.coded import gdelt

    for number, line in enumerate(file, start=1):
        place = f"line {number}"
        if line.strip():
            try:
                yield place, gdelt.cells_of(line)
            except ValueError as error:
                yield place, Rejection(str(path), str(error), place=place)
