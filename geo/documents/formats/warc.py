"""WARC files of web crawls, read record by record: a report each page that is an article."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from geo.documents.drafts import Blob, Item, Skipped
from geo.documents.formats.pages import page_draft
from geo.errors import DocumentError, Rejection

_LARGEST_PAGE: Final = 8 * 1024 * 1024
"""Bytes; a larger answer is no news page."""
_SHORTEST_ARTICLE: Final = 200
"""Characters; what is shorter is the caption of a gallery, a headline or a notice about cookies."""
_PIECE: Final = 65536
_PAGES: Final = ("text/html", "application/xhtml+xml")
_ANSWERS: Final = ("response", "resource")
_EXPECTED: Final = "WARC records, as crawlers write them"


class _Pieces:
    """A stream that gives what it has: of a packed file that ends early, all that came before its end."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.fault = ""

    def read(self, size: int) -> bytes:
        try:
            return bytes(self._stream.read1(size))
        except (EOFError, OSError, zlib.error) as error:
            self.fault = str(error)
            return b""


def read(blob: Blob) -> Iterator[Item]:
    """Read the pages of a crawl; memory holds one record. What is no article is skipped with its reason."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with blob.open() as stream:
        pieces, number = _Pieces(stream), 0
        try:
            for number, record in enumerate(ArchiveIterator(pieces, arc2warc=True), start=1):
                found = _page(record, blob, place=f"record {number}")
                if not pieces.fault and (missing := _missing(record)):
                    pieces.fault = f"{missing:,} bytes of record {number} are missing"
                if pieces.fault:
                    # The last record is half of one, or its length is wrong.
                    number -= 1
                    break
                yield found
        except ArchiveLoadFailed as error:
            pieces.fault = pieces.fault or str(error).strip()
    if pieces.fault:
        reason = f"not readable as a WARC after record {number} ({pieces.fault})"
        raise DocumentError(Rejection(blob.origin, reason, expected=_EXPECTED, remedy="fetch it again"))
    if not number:
        raise DocumentError(Rejection(blob.origin, "the file is empty", expected=_EXPECTED))


def _missing(record: Any) -> int:
    """Return how many bytes of a record its file lacks; reads what is left of it."""
    while record.raw_stream.read(_PIECE):
        pass
    # A record is a limited view of its file: what is left of the limit at the end of the file was never there.
    return int(getattr(record.raw_stream, "limit", 0))


def _page(record: Any, blob: Blob, *, place: str) -> Item:
    if record.rec_type not in _ANSWERS:
        return Skipped("a record about the crawl, no answer of a server")
    headers = record.http_headers
    status = headers.get_statuscode() if headers else "200"
    if status != "200":
        return Skipped("an answer without a page, such as a redirection")
    kind = (headers.get_header("Content-Type") if headers else record.content_type) or ""
    kind, _, charset = kind.lower().partition("charset=")
    if kind.split(";")[0].strip() not in _PAGES:
        return Skipped("no HTML")
    content = record.content_stream().read(_LARGEST_PAGE + 1)
    if len(content) > _LARGEST_PAGE:
        return Skipped(f"a page of more than {_LARGEST_PAGE // 2**20} MB")
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    name = url or f"{blob.stem}-{place}"
    try:
        draft = page_draft(content, origin=blob.origin, fallback_id=name, url=url, charset=charset.strip(" \"';"))
    except DocumentError:
        return Skipped("a page without an article")
    if len(draft.text) < _SHORTEST_ARTICLE:
        return Skipped("a page without an article")
    return replace(draft, place=place)
