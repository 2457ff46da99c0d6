"""Reports by where they lie, so that whoever reads them can do it there: on a worker, from a shared disk.

A portion names files of a folder, or lines of one file; a machine far from it is told the names alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final, cast

from geo.documents.watching import report_files

FILES: Final = 16
"""Small files in one portion: as many as are read well together."""
BYTES: Final = 128 * 1024
"""Of a file of JSON lines in one portion; lines are never parted."""
_STREAMED: Final = (".csv", ".warc", ".zip", ".gz", ".xml", ".rss", ".atom")
"""Files of many reports that cannot be entered in the middle: each is a portion of its own."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Some reports, by where they lie."""

    paths: tuple[str, ...]
    within: str = ""
    """Folder that the files are named in; empty where they were given by themselves."""
    start: int = 0
    """First byte, for lines of one file."""
    end: int = 0
    """First byte after them; 0 for the whole of each file."""
    line: int = 1
    """Number of the first line."""

    @property
    def name(self) -> PurePosixPath | None:
        """What the first file is called in its folder."""
        return PurePosixPath(Path(self.paths[0]).relative_to(self.within).as_posix()) if self.within else None


def portions_of(paths: Iterable[str]) -> Iterator[Portion]:
    """Yield the portions of files and folders, in the order in which `read_documents` reads them."""
    for path in paths:
        found = Path(path)
        if not found.is_dir():
            yield from _of_file(found, "")
            continue
        small: list[str] = []
        for file in report_files(found):
            if file.suffix.lower() not in (*_STREAMED, ".jsonl"):
                small.append(str(file))
            if len(small) == FILES or (small and str(file) != small[-1]):
                yield Portion(tuple(small), path)
                small = []
            if file.suffix.lower() in (*_STREAMED, ".jsonl"):
                yield from _of_file(file, path)
        if small:
            yield Portion(tuple(small), path)


def _of_file(file: Path, within: str) -> Iterator[Portion]:
    if file.suffix.lower() != ".jsonl" or not file.is_file() or file.stat().st_size <= BYTES:
        yield Portion((str(file),), within)
        return
    start = line = end = lines = 0
    with file.open("rb") as stream:
        # A line that never ends is looked at in pieces: a worker will reject it, and nobody should hold it.
        while content := stream.readline(BYTES):
            end += len(content)
            lines += content.endswith(b"\n")
            if end - start >= BYTES and content.endswith(b"\n"):
                yield Portion((str(file),), within, start, end, line + 1)
                start, line = end, lines
    if end > start:
        yield Portion((str(file),), within, start, end, line + 1)


def lines_of(portion: Portion) -> BinaryIO:
    """Open the lines of a portion; only what is read of them is held."""
    return cast(BinaryIO, io.BufferedReader(_Span(portion)))


class _Span(io.RawIOBase):
    """The bytes of a portion; they are many where a line of it never ends."""

    def __init__(self, portion: Portion) -> None:
        self._file = Path(portion.paths[0]).open("rb")  # noqa: SIM115 (closed with this)
        self._file.seek(portion.start)
        self._left = portion.end - portion.start

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, as `io.RawIOBase` asks for it."""
        part = self._file.read(min(len(buffer), self._left))
        buffer[: len(part)] = part
        self._left -= len(part)
        return len(part)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()
