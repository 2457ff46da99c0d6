"""ZIP archives, read member by member without unpacking to disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from geo.documents.drafts import LARGEST_FILE_MB, Blob, Skipped
from geo.documents.folders import is_hidden, other_by_name
from geo.errors import DocumentError, Rejection

_MOST_MEMBERS = 1_000_000


@contextmanager
def opened(blob: Blob) -> Iterator[list[Blob | Rejection | Skipped]]:
    """Give the files of an archive, by name, while it is open; raise `DocumentError` where it is none or broken."""
    try:
        archive = zipfile.ZipFile(blob.open())
    except (zipfile.BadZipFile, OSError) as error:
        raise DocumentError(
            Rejection(blob.origin, f"not a readable ZIP archive ({error})", remedy="make or download it again")
        ) from None
    with archive:
        files = (info for info in archive.infolist() if not info.is_dir() and not _hidden(info.filename))
        entries = sorted(files, key=lambda info: info.filename)
        if len(entries) > _MOST_MEMBERS:
            raise DocumentError(Rejection(blob.origin, f"holds more than {_MOST_MEMBERS:,} files", remedy="split it"))
        yield [_member(archive, info, origin=f"{blob.origin}/{info.filename}") for info in entries]


def _hidden(name: str) -> bool:
    return any(map(is_hidden, PurePosixPath(name).parts))


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, origin: str) -> Blob | Rejection | Skipped:
    if other := other_by_name(PurePosixPath(info.filename)):
        return Skipped(other)
    if info.flag_bits & 0x1:
        return Rejection(origin, "encrypted", remedy="unpack it with its password first")
    if info.filename.lower().endswith(".zip"):
        # One that holds itself would be unpacked for ever.
        return Rejection(origin, "an archive in an archive", expected="reports", remedy="unpack it beside the other")
    return Blob(origin, PurePosixPath(info.filename), partial(_content, archive, info, origin))


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, origin: str) -> BinaryIO:
    # The declared size may lie: never take more of the stream than a file may have.
    limit = LARGEST_FILE_MB * 1024 * 1024
    try:
        with archive.open(info) as stream:
            return io.BytesIO(stream.read(limit + 1))
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
        raise DocumentError(Rejection(origin, f"cannot be unpacked ({error})")) from None
