"""Plain text: one file, one report."""

from __future__ import annotations

from collections.abc import Iterator

from geo.documents.decoding import decode
from geo.documents.drafts import Blob, Draft, Item


def read(blob: Blob) -> Iterator[Item]:
    """Read a text file."""
    text, warnings = decode(blob.content(), origin=blob.origin)
    yield Draft(text=text.replace("\r\n", "\n"), origin=blob.origin, fallback_id=blob.stem, warnings=warnings)
