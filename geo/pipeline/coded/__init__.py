"""Other people's coded events as accounts with their own provenance, to stand beside reported ones and match them.

A publisher is one small file with `COLUMNS`, `DAYS` (those of them that hold days) and `read_row`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Literal, get_args

from geo.errors import Rejection, UnknownFormatError
from geo.extraction import Lexicon
from geo.model import Account, Document
from geo.pipeline.coded.building import told_by
from geo.pipeline.coded.comparing import Comparison, Coverage, compare_coded, coverage
from geo.pipeline.coded.days import DayOrder, DayOrderUnknownError, DaysInNumbers, is_ambiguous
from geo.pipeline.coded.names import Names
from geo.pipeline.coded.tables import Row, read_table

Publisher = Literal["acled", "ucdp", "gdelt"]
PUBLISHERS: tuple[str, ...] = get_args(Publisher)

__all__ = ["PUBLISHERS", "Comparison", "Coverage", "DayOrder", "Publisher", "compare_coded", "coverage", "read_coded"]


def read_coded(
    path: Path, *, publisher: str, lexicon: Lexicon | None = None, order: DayOrder | None = None
) -> Iterator[tuple[Document, Account] | Rejection | None]:
    """Yield each row of an export as a document with its account, or why it is none; None for no event of ours.

    With a `lexicon` the actors and countries that it knows are told by their sides and codes. `order` is how days in
    numbers are written; without one the other rows tell it, where they do. Raises `UnknownFormatError` for a publisher
    that is not in PUBLISHERS, `DocumentError` where columns or all rows are missing.
    """
    source, names = _publisher(publisher), Names(lexicon or Lexicon.empty())
    days = None if order is None else DaysInNumbers(order)
    for item in _rows(path, source, publisher):
        if isinstance(item, Rejection):
            yield item
            continue
        in_two = any(is_ambiguous(item.cells[column]) for column in source.DAYS)
        if in_two and days is None:
            # The first of them has the table read once more, which most tables never need.
            days = DaysInNumbers.shown_by(_days(path, source, publisher))
        yield _told(item, source, names, path, days=days if in_two or order else None)


def _rows(path: Path, source: ModuleType, publisher: str) -> Iterator[Row | Rejection]:
    places = getattr(source, "PLACES", None)
    return read_table(path, source.COLUMNS, expected=f"an export of {publisher.upper()}", places=places)


def _days(path: Path, source: ModuleType, publisher: str) -> Iterator[tuple[str, str]]:
    for item in _rows(path, source, publisher):
        if isinstance(item, Row):
            yield from ((item.place, item.cells[column]) for column in source.DAYS)


def _told(
    item: Row, source: ModuleType, names: Names, path: Path, *, days: DaysInNumbers | None
) -> tuple[Document, Account] | Rejection | None:
    try:
        row = source.read_row(item.cells, names, days and days.order)
    except DayOrderUnknownError as error:
        why = days.contradiction if days and days.contradiction else "no other row shows which"
        choice = " or ".join(f"--day-order {order}" for order in DayOrder)
        reason = f"the row cannot be read ({error}: {why})"
        return Rejection(str(path), reason, place=item.place, remedy=f"say how days are written: {choice}")
    except ValueError as error:
        return Rejection(str(path), f"the row cannot be read ({error})", place=item.place)
    if row is None:
        return None
    document, account = told_by(row, source.COLUMNS)
    assumed = (days.assumption,) if days and days.assumption else ()
    return replace(document, warnings=(*item.warnings, *assumed)), account


def _publisher(name: str) -> ModuleType:
    match name:
        case "acled":
            from geo.pipeline.coded import acled

            return acled
        case "ucdp":
            from geo.pipeline.coded import ucdp

            return ucdp
        case "gdelt":
            from geo.pipeline.coded import gdelt

            return gdelt
        case _:
            raise UnknownFormatError(name, known=PUBLISHERS)
