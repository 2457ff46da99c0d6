"""Saved web pages: the article's text by trafilatura, its day by htmldate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from geo.documents.decoding import decode, looks_binary
from geo.documents.drafts import Blob, Draft, Item, Skipped
from geo.errors import DocumentError, Rejection

_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_OWN: Final = b'<meta name="generator" content="Conflict Atlas">'
_HEAD: Final = 4096
"""Bytes in which a page names its encoding, and its maker."""


def read(blob: Blob) -> Iterator[Item]:
    """Read an HTML file."""
    content = blob.content()
    if _OWN in content[:_HEAD]:
        yield Skipped("a map that this program wrote")
        return
    yield page_draft(content, origin=blob.origin, fallback_id=blob.stem)


def page_draft(content: bytes, *, origin: str, fallback_id: str = "", url: str = "", charset: str = "") -> Draft:
    """Return the article of a page; raise `DocumentError` where there is none.

    `charset` is the encoding that its server named; without one, what the page says of itself counts.
    """
    # Both load word lists and compile patterns for a second; only who reads pages should wait for it.
    import trafilatura
    from htmldate import find_date

    if looks_binary(content):
        raise DocumentError(Rejection(origin, "binary data, not text", expected="an HTML page"))
    html, warnings = decode(content, origin=origin, declared=charset or _charset_within(content))
    article = trafilatura.bare_extraction(html, url=url or None, include_comments=False, with_metadata=True)
    text = getattr(article, "text", "") or ""
    if not text.strip():
        raise DocumentError(Rejection(origin, "no article was found in the page", expected="running text"))
    found = find_date(html, extensive_search=False, original_date=True, url=url or None) or ""
    return Draft(
        text=text,
        origin=origin,
        fallback_id=fallback_id,
        title=getattr(article, "title", "") or "",
        found_date=found,
        source=getattr(article, "sitename", "") or getattr(article, "hostname", "") or "",
        url=url or getattr(article, "url", "") or "",
        warnings=warnings,
    )


def _charset_within(content: bytes) -> str:
    found = _CHARSET.search(content[:_HEAD])
    return found[1].decode("ascii") if found else ""
