"""The compiled index: found by its sources' digest, checked, rebuilt where it is missing, stale or damaged."""

from __future__ import annotations

import fcntl
import os
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from geo.errors import ConfigurationError
from geo.evidence import digest
from geo.model import Place
from geo.places.blocks import Blocks, DamagedFileError, Texts, write_blocks
from geo.places.compilation import KIND_NAMES, STEP, NameRank, cell, compile_arrays, name_hash
from geo.places.gazetteers import Source, shelf
from geo.settings import Settings

FORMAT = "10"
"""Raised whenever compilation or folding changes what the same sources give."""


def open_index(
    settings: Settings,
    *,
    sources: tuple[Source, ...] | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Index:
    """Map the index of the sources, the settings' own without any, compiling it first where need be.

    `progress` is called with a step and the share done. Two processes that find no index at once do not disturb each
    other: the second waits for the first. Raises `GazetteerError` for a bad source and `ConfigurationError` where the
    cache folder cannot be written.
    """
    sources = shelf(settings) if sources is None else sources
    wanted = digest(FORMAT, *(f"{source.name}={source.fingerprint()}" for source in sources))
    path = settings.cache / f"gazetteer-{wanted}.index"
    found = _opened(path, sources)
    if found is not None:
        return found
    try:
        settings.cache.mkdir(parents=True, exist_ok=True)
        with _alone(settings.cache / "gazetteer.lock"):
            found = _opened(path, sources)
            if found is None:
                arrays, facts = compile_arrays(sources, progress=progress)
                write_blocks(path, arrays, {**facts, "digest": wanted})
                _forget_others(path)
    except OSError as error:
        raise ConfigurationError(
            f"the index of places cannot be written to {settings.cache}: {error}. "
            "Set CONFLICT_CACHE to a writable folder"
        ) from error
    return found or Index(Blocks(path), sources)


def _opened(path: Path, sources: tuple[Source, ...]) -> Index | None:
    try:
        return Index(Blocks(path), sources)
    except (FileNotFoundError, NotADirectoryError, DamagedFileError):
        return None


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _forget_others(path: Path) -> None:
    """Delete all but the two newest indexes; a process that has one mapped keeps it."""
    old = sorted(path.parent.glob("gazetteer-*.index"), key=os.path.getmtime, reverse=True)
    for other in old[3:]:
        other.unlink(missing_ok=True)


RANKS = tuple(NameRank)


class Posting(NamedTuple):
    """A place that has a name, and how it came by it."""

    number: int
    rank: NameRank


class Index:
    """Names and places of all sources. Places are numbered from 0; a number is good for this index alone."""

    def __init__(self, blocks: Blocks, sources: tuple[Source, ...]) -> None:
        self._blocks = blocks
        self.facts = blocks.facts
        self._gazetteers = tuple(source.name for source in sources)
        view = blocks.view
        self.lon, self.lat = blocks.array("lon"), blocks.array("lat")
        self.population = view("population")
        self.fame, self.capital, self.hidden = view("fame"), view("capital"), view("hidden")
        self.kind, self.radius = view("kind"), view("radius")
        self.kinds = blocks.array("kind")
        self._curated = tuple(source.curated for source in sources)
        self.country, self.admin1, self.admin2 = view("country"), view("admin1"), view("admin2")
        self._gazetteer, self._id, self._name, self._local = (
            view("gazetteer"), view("id"), view("name"), view("local"),
        )  # fmt: skip
        self.texts = Texts(blocks, "text")
        self.keys = Texts(blocks, "key")
        self._posting, self._posting_ends = view("posting"), view("posting.ends")
        self._exact_hashes, self._exact_values, self._exact_starts = (
            view("exact.hash"), view("exact.value"), view("exact.start"),
        )  # fmt: skip
        self._sound = _HashTable(blocks, "sound")
        self._place = lru_cache(maxsize=20_000)(self._read_place)

    def __len__(self) -> int:
        return len(self.population)

    def key_number(self, key: str) -> int:
        """Return the number of a folded name, or -1 where no place has it."""
        wanted = key.encode("utf-8", "surrogatepass")
        code = crc32(wanted)
        at, end = self._exact_starts[code >> 16], self._exact_starts[(code >> 16) + 1]
        at = bisect_left(self._exact_hashes, code, at, end)
        while at < end and self._exact_hashes[at] == code:
            number = self._exact_values[at]
            if self.keys.raw(number) == wanted:
                return int(number)
            at += 1
        return -1

    def postings(self, key_number: int) -> tuple[Posting, ...]:
        """Return the places that have a name."""
        found = self._posting[self._posting_ends[key_number] : self._posting_ends[key_number + 1]]
        return tuple([Posting(one >> 2, RANKS[one & 3]) for one in found])

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return the places that have a folded name: the exact lookup."""
        number = self.key_number(key)
        if number < 0:
            return ()
        return tuple(one >> 2 for one in self._posting[self._posting_ends[number] : self._posting_ends[number + 1]])

    def sounding(self, sound: str) -> tuple[int, ...]:
        """Return the numbers of the names with a skeleton."""
        return tuple(self._sound.values(name_hash(sound)))

    def beginning(self, prefix: str, *, limit: int = 5000) -> range:
        """Return the numbers of the names that begin with a prefix, in alphabetical order."""
        start = bisect_left(self.keys, prefix)
        end = bisect_left(self.keys, prefix + "\U0010ffff", lo=start)
        return range(start, min(end, start + limit))

    def place(self, number: int) -> Place:
        """Return a place by its number."""
        return self._place(number)

    def kind_name(self, number: int) -> str:
        """Return the kind of a place."""
        return KIND_NAMES[self.kind[number]]

    def is_curated(self, number: int) -> bool:
        """Whether a place comes from the project's or the user's own files."""
        return self._curated[self._gazetteer[number]]

    def _read_place(self, number: int) -> Place:
        texts = self.texts
        return Place(
            gazetteer=self._gazetteers[self._gazetteer[number]],
            gazetteer_id=texts[self._id[number]],
            name=texts[self._name[number]],
            lon=round(int(self.lon[number]) * STEP, 6),
            lat=round(int(self.lat[number]) * STEP, 6),
            kind=KIND_NAMES[self.kind[number]],
            name_local=texts[self._local[number]],
            country=texts[self.country[number]],
            admin1=texts[self.admin1[number]],
            population=int(self.population[number]),
            radius_km=round(float(self.radius[number]), 3),
        )

    def identified(self, gazetteer: str, gazetteer_id: str) -> int:
        """Return the number of the place with this identifier in this gazetteer, or -1."""
        if gazetteer not in self._gazetteers:
            return -1
        source = self._gazetteers.index(gazetteer)
        hashes, places = self._blocks.view("ident.hash"), self._blocks.view("ident.place")
        wanted = name_hash(f"{source}:{gazetteer_id}")
        at = bisect_left(hashes, wanted)
        while at < len(hashes) and hashes[at] == wanted:
            number = places[at]
            if self.texts[self._id[number]] == gazetteer_id and self._gazetteer[number] == source:
                return int(number)
            at += 1
        return -1

    def in_cell(self, lon: float, lat: float) -> list[int]:
        """Return the visible places of the one-degree cell that holds a point."""
        starts, places = self._blocks.view("grid.start"), self._blocks.view("grid.place")
        number = cell(lon, lat)
        return [one for one in places[starts[number] : starts[number + 1]] if not self.hidden[one]]

    def extent(self, number: int) -> bytes:
        """Return the polygon of a place as WKB, empty where none is known."""
        shapes = self._blocks.view("shape.place")
        at = bisect_left(shapes, number)
        return Texts(self._blocks, "shape").raw(at) if at < len(shapes) and shapes[at] == number else b""


class _HashTable:
    """Values by 32-bit hash."""

    def __init__(self, blocks: Blocks, name: str) -> None:
        self._hashes: memoryview[Any] = blocks.view(f"{name}.hash")
        self._values: memoryview[Any] = blocks.view(f"{name}.value")
        self._starts: memoryview[Any] = blocks.view(f"{name}.start")

    def values(self, wanted: int) -> Iterator[int]:
        share = wanted >> 16
        at, end = self._starts[share], self._starts[share + 1]
        at = bisect_left(self._hashes, wanted, at, end)
        while at < end and self._hashes[at] == wanted:
            yield self._values[at]
            at += 1
