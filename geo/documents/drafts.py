"""What a format's reader finds in a file, before manifest, defaults and checks make a `Document` of it."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast

from geo.errors import DocumentError, Rejection

LARGEST_FILE_MB = 64
"""Files that are read as a whole may not be larger; JSON lines and CSV are streamed and may."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A named stream of bytes: a file, a member of an archive, or the answer of a server."""

    origin: str
    """What to call it in messages: a path, `archive.zip/member`, a URL."""
    name: PurePosixPath
    """Its path inside the folder or archive that was given; for a file given by itself, its name."""
    stored: Callable[[], BinaryIO]
    """Opens the bytes as they lie there."""
    first_line: int = 1
    """Number of the first of them in the file, for a part of one."""

    @classmethod
    def of_file(cls, path: Path, *, name: PurePosixPath | None = None) -> Blob:
        """A file on disk."""
        return cls(str(path), name or PurePosixPath(path.name), lambda: path.open("rb"))

    def open(self) -> BinaryIO:
        """Open the bytes; those of a `.gz` unpacked, as they are read."""
        return cast(BinaryIO, gzip.GzipFile(fileobj=self.stored())) if self._packed else self.stored()

    @property
    def suffix(self) -> str:
        """Suffix in lower case, with its dot; of `archive.warc.gz` it is `.warc`."""
        return self._unpacked.suffix.lower()

    @property
    def stem(self) -> str:
        """Identifier of a file that brings none: its path without the suffix, `part/report`."""
        return str(self._unpacked.with_suffix(""))

    @property
    def _packed(self) -> bool:
        return self.name.suffix.lower() == ".gz"

    @property
    def _unpacked(self) -> PurePosixPath:
        return self.name.with_suffix("") if self._packed else self.name

    def content(self) -> bytes:
        """Return all bytes; raise `DocumentError` for an empty or a very large file."""
        limit = LARGEST_FILE_MB * 1024 * 1024
        with self.open() as stream:
            content = stream.read(limit + 1)
        if len(content) > limit:
            raise DocumentError(Rejection(self.origin, f"larger than {LARGEST_FILE_MB} MB", remedy="split it"))
        if not content.strip():
            raise DocumentError(Rejection(self.origin, "the file is empty", expected="a report"))
        return content


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as its file has it; empty fields are still open."""

    text: str
    origin: str
    place: str = ""
    """Where in the file, as `Rejection.place`."""
    given_id: str = ""
    fallback_id: str = ""
    """Identifier to use where none is given."""
    title: str = ""
    published: str = ""
    """Day as the file writes it: ISO 8601 or RFC 822."""
    found_date: str = ""
    """Day that was inferred from a page; weaker than one that is given."""
    source: str = ""
    url: str = ""
    language: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """What was never meant to be a report, such as a store in a folder. It is counted, not named."""

    reason: str
    """What it is, as a clause that serves all of its kind."""


Item = Draft | Rejection | Skipped
"""What a reader finds."""


class Reader(Protocol):
    """One format: from bytes to drafts, a `Rejection` for each part that cannot be read."""

    def __call__(self, blob: Blob, /) -> Iterator[Item]:
        """Read one file; raise `DocumentError` where nothing of it can be read."""
