"""What lies in a folder: files to read as reports, and what was never meant to be one.

Names that begin with a dot are nobody's reports. A store may lie among the reports that it was made from, and so may
the maps and tables that were written from it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from geo.documents.formats import SUFFIXES

UNFINISHED: Final = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".swp", "~")
Mark = tuple[int, int]
"""Size in bytes and time of change in nanoseconds."""
_DATABASE: Final = b"SQLite format 3\x00"
_BESIDE_DATABASE: Final = ("-wal", "-shm", "-journal")
_MAP_DATA: Final = (".geojson", ".gpkg", ".kml", ".kmz", ".parquet", ".shp", ".shx", ".dbf", ".prj", ".cpg", ".qgz")
_OF_SYSTEMS: Final = ("thumbs.db", "desktop.ini", "__macosx")


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a folder, or a folder of it that cannot be looked into."""

    path: Path
    mark: Mark = (0, 0)
    other: str = ""
    """What it is instead of a report, as a clause; empty for what is to be read."""
    fault: str = ""
    """Why it cannot be looked at."""


def found_in(folder: Path) -> Iterator[Found]:
    """Yield the files of a folder and those below it, in no order; links to folders are not followed."""
    waiting = [str(folder)]
    while waiting:
        place = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except OSError as error:
            yield Found(Path(place), fault=error.strerror or str(error))
            continue
        for entry in entries:
            if is_hidden(entry.name):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.is_file():
                    about = entry.stat()
                    yield Found(Path(entry.path), (about.st_size, about.st_mtime_ns), _other(entry.path))
            except OSError as error:
                yield Found(Path(entry.path), fault=error.strerror or str(error))


def is_hidden(name: str) -> bool:
    """Tell files and folders that systems keep for themselves."""
    return (name.startswith(".") and name not in (".", "..")) or name.lower() in _OF_SYSTEMS


def other_by_name(path: PurePath) -> str:
    """Return what a file is instead of a report, where its name says so; empty where it may be one."""
    if path.name.endswith(UNFINISHED):
        return "a file whose name says that it is unfinished"
    return "map data or a store, and no report" if path.suffix.lower() in _MAP_DATA else ""


def _other(path: str) -> str:
    told = other_by_name(Path(path))
    # Only what nothing reads is opened to look: a folder is looked through every few seconds.
    if told or path.lower().removesuffix(".gz").endswith((*SUFFIXES, ".zip")):
        return told
    beside = next((path.removesuffix(end) for end in _BESIDE_DATABASE if path.endswith(end)), "")
    is_one = _is_database(path) or bool(beside and _is_database(beside))
    return "map data or a store, and no report" if is_one else ""


def _is_database(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return False
