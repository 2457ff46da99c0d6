"""Other people's coded events as accounts with their own provenance, to stand beside reported ones and match them.

A publisher is one small file with `COLUMNS` and `read_row`.
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
from geo.pipeline.coded.names import Names
from geo.pipeline.coded.tables import Row, read_table

Publisher = Literal["acled", "ucdp", "gdelt"]
PUBLISHERS: tuple[str, ...] = get_args(Publisher)

__all__ = ["PUBLISHERS", "Comparison", "Coverage", "Publisher", "compare_coded", "coverage", "read_coded"]


def read_coded(
    path: Path, *, publisher: str, lexicon: Lexicon | None = None
) -> Iterator[tuple[Document, Account] | Rejection | None]:
    """Yield each row of an export as a document with its account, or why it is none; None for no event of ours.

    With a `lexicon` the actors and countries that it knows are told by their sides and codes. Raises
    `UnknownFormatError` for a publisher that is not in PUBLISHERS, `DocumentError` where columns are missing.
    """
    source, names = _publisher(publisher), Names(lexicon or Lexicon.empty())
    places = getattr(source, "PLACES", None)
    expected = f"an export of {publisher.upper()}"
    for item in read_table(path, source.COLUMNS, expected=expected, places=places):
        yield item if isinstance(item, Rejection) else _told(item, source, names, path)


def _told(item: Row, source: ModuleType, names: Names, path: Path) -> tuple[Document, Account] | Rejection | None:
    try:
        row = source.read_row(item.cells, names)
    except ValueError as error:
        return Rejection(str(path), f"the row cannot be read ({error})", place=item.place)
    if row is None:
        return None
    document, account = told_by(row, source.COLUMNS)
    return replace(document, warnings=item.warnings), account


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
