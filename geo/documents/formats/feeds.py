"""RSS and Atom: one report an entry, by feedparser."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from geo.documents.drafts import Blob, Draft, Item
from geo.errors import DocumentError, Rejection
from geo.evidence import digest


def read(blob: Blob) -> Iterator[Item]:
    """Read a feed that was saved to a file."""
    yield from feed_drafts(blob.content(), origin=blob.origin)


def looks_like_feed(content: bytes) -> bool:
    """Tell by the first bytes whether an XML is a feed."""
    head = content[:2048].lower()
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf"))


def feed_drafts(content: bytes, *, origin: str) -> Iterator[Item]:
    """Yield the entries of a feed, oldest first; raise `DocumentError` where it is none."""
    import feedparser

    # A stream, never the bytes or a string: feedparser would take either for a URL or a path to open.
    feed = feedparser.parse(io.BytesIO(content))
    if not feed.get("version"):
        reason = feed.get("bozo_exception", "no <rss> or <feed> in it")
        raise DocumentError(Rejection(origin, f"not a feed ({reason})", expected="RSS or Atom"))
    source = str(feed.feed.get("title", ""))
    for number, entry in reversed(list(enumerate(feed.entries, start=1))):
        yield _entry_draft(entry, origin=origin, number=number, source=source)


def _entry_draft(entry: Any, *, origin: str, number: int, source: str) -> Draft | Rejection:
    place = f"entry {number}"
    bodies = [str(part.get("value", "")) for part in entry.get("content", [])] or [str(entry.get("summary", ""))]
    text = "\n\n".join(filter(None, map(plain_text, bodies)))
    title = plain_text(str(entry.get("title", "")))
    if not (text or title):
        return Rejection(origin, "the entry has neither text nor title", place=place)
    link = str(entry.get("link", ""))
    return Draft(
        text=text or title,
        origin=origin,
        place=place,
        given_id=str(entry.get("id") or link),
        fallback_id=digest(title, text),
        title=title,
        published=str(entry.get("published") or entry.get("updated") or ""),
        source=source,
        url=link if link.startswith(("http://", "https://")) else "",
    )


def plain_text(markup: str) -> str:
    """Return the text of a piece of HTML, a line a block."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from lxml import html

    if not markup.strip():
        return ""
    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (ValueError, html.etree.ParserError):
        return markup.strip()
    for element in root.iter("p", "br", "div", "li"):
        element.tail = "\n" + (element.tail or "")
    for element in list(root.iter("script", "style")):
        element.drop_tree()
    lines = (" ".join(line.split()) for line in root.text_content().splitlines())
    return "\n".join(line for line in lines if line)
