"""A report as it was read, and the words of it that a value stands on.

Character offsets are half-open `[start, end)` into `Document.text`, in Unicode code points.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")


def digest(*parts: str) -> str:
    """Return 16 hexadecimal digits that depend on the parts and on their borders alone."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


remembered_digest = lru_cache(maxsize=1 << 16)(digest)
"""`digest` for short parts that are asked for again and again, as identifiers are while events are drawn."""


@dataclass(frozen=True, slots=True)
class Document:
    """One report as it was read."""

    document_id: str
    text: str
    title: str = ""
    published: date | None = None
    """Day of publication in the publisher's zone; None leaves relative dates unresolved."""
    source: str = ""
    """Publisher, as people name it."""
    url: str = ""
    language: str = "en"
    """ISO 639-1."""
    origin: str = ""
    """File, or feed and entry, that it was read from."""
    warnings: tuple[str, ...] = ()
    """What the reader had to assume or mend, one sentence each."""

    @property
    def content_digest(self) -> str:
        """Identity of the content, for noticing the same report a second time."""
        return digest(self.text, self.title, self.published.isoformat() if self.published else "", self.source)


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The words of a document that a value stands on."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not (0 <= self.start < self.end) or len(self.text) != self.end - self.start:
            raise ValueError(
                f"evidence [{self.start}, {self.end}) does not fit the {len(self.text)} characters {self.text!r}"
            )

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Evidence:
        """Quote `text[start:end]`."""
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Quoted(Generic[T]):
    """A value with the words it was read from; it cannot be built without them."""

    value: T
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"the value {self.value!r} quotes no words of its source")
