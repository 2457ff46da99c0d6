"""From the sources' entries to the arrays of the index."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from geo.places.blocks import packed
from geo.places.gazetteers.entry import Entry, Source
from geo.places.kinds import KINDS
from geo.places.languages import ARABIC_NAMES
from geo.places.names import folded, skeleton, without_article
from geo.places.provinces import with_provinces

Arrays = dict[str, npt.NDArray[Any]]
KIND_NAMES = tuple(KINDS)
STEP = 1e-6
"""Coordinates are stored in millionths of a degree."""


class NameRank(IntEnum):
    """How a place came by a name; the order is that of trust."""

    MAIN = 0
    ALTERNATIVE = 1
    DERIVED = 2
    """Without its article."""
    WEAK = 3
    """A code, or a county without the word county."""


_SETTLED = frozenset(("city", "town", "village", "suburb", "neighbourhood"))


def _class_of(kind: str) -> str:
    return "settled" if kind in _SETTLED else kind


@dataclass(slots=True)
class _Collected:
    """All entries so far, column by column."""

    entries: list[Entry] = field(default_factory=list)
    gazetteers: list[int] = field(default_factory=list)
    postings: dict[str, list[int]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    """Entries that a curated one of a later source replaces."""

    def add(self, entry: Entry, gazetteer: int, *, curated: bool) -> None:
        """Take one entry; a curated one takes over names and people of what it replaces."""
        number = len(self.entries)
        keys = _keys(entry)
        if curated:
            entry, keys = self._succession(entry, keys, gazetteer)
        self.entries.append(entry)
        self.gazetteers.append(gazetteer)
        for key, rank in keys.items():
            self.postings.setdefault(key, []).append(number << 2 | rank)

    def _succession(self, entry: Entry, keys: dict[str, NameRank], gazetteer: int) -> tuple[Entry, dict[str, NameRank]]:
        near = 0.05 if _class_of(entry.kind) == "settled" else 1.0
        same = (number for key in list(keys) for number in self._same(key, entry, near))
        # Two rows of one file are two places, however close they lie: the quarters of a city share names.
        old = next((number for number in same if self.gazetteers[number] != gazetteer), None)
        if old is None:
            return entry, keys
        self.hidden.add(old)
        before = self.entries[old]
        for key, rank in _keys(before).items():
            keys.setdefault(key, NameRank(max(rank, NameRank.ALTERNATIVE)))
        return _succeeding(entry, before), keys

    def _same(self, key: str, entry: Entry, near: float) -> list[int]:
        found = []
        for posting in self.postings.get(key, ()):
            number = posting >> 2
            other = self.entries[number]
            if (
                number not in self.hidden
                and _class_of(other.kind) == _class_of(entry.kind)
                and posting & 3 <= NameRank.DERIVED
                and math.hypot(other.lon - entry.lon, other.lat - entry.lat) < near
            ):
                found.append(number)
        return found


def _succeeding(entry: Entry, before: Entry) -> Entry:
    """Return an entry with what only the one before it knows."""
    return replace(
        entry,
        alt_names=(*entry.alt_names, *before.alt_names),
        name_local=entry.name_local or before.name_local,
        country=entry.country or before.country,
        admin1=before.admin1 or entry.admin1,
        admin2=before.admin2,
        population=entry.population or before.population,
        capital=entry.capital or before.capital,
        extent=entry.extent or before.extent,
    )


def _keys(entry: Entry) -> dict[str, NameRank]:
    keys: dict[str, NameRank] = {}
    groups = (
        ((entry.name,), NameRank.MAIN),
        (entry.alt_names, NameRank.ALTERNATIVE),
        (entry.weak_names, NameRank.WEAK),
    )
    for names, rank in groups:
        for name in names:
            key = folded(name)
            if key and not key.isdigit():
                keys.setdefault(key, rank)
    if not entry.country or entry.country in ARABIC_NAMES:
        for key in list(keys):
            bare = without_article(key)
            if len(bare) > 2:
                keys.setdefault(bare, NameRank.DERIVED)
    return keys


def compile_arrays(
    sources: Sequence[Source], *, progress: Callable[[str, float], None] | None = None
) -> tuple[Arrays, dict[str, Any]]:
    """Return the arrays of the index and its facts; raise `GazetteerError` where a source is wrong."""
    tell = progress or (lambda _step, _share: None)
    collected = _Collected()
    counts = []
    for number, source in enumerate(sources):
        tell(f"reading {source.name}", 0.8 * number / len(sources))
        before = len(collected.entries)
        for entry in source.entries():
            collected.add(entry, number, curated=source.curated)
        counts.append({"name": source.name, "licence": source.licence, "places": len(collected.entries) - before})
    collected.entries = with_provinces(collected.entries, hidden=collected.hidden)
    tell("sorting names", 0.8)
    arrays = {**_place_arrays(collected), **_grid(collected.entries)}
    arrays |= _name_arrays(collected.postings, collected.hidden)
    tell("writing", 0.95)
    return arrays, {"sources": counts, "kinds": KIND_NAMES}


def _place_arrays(collected: _Collected) -> Arrays:
    entries = collected.entries
    table: dict[str, int] = {"": 0}

    def text(value: str) -> int:
        return table.setdefault(value, len(table))

    kinds = {name: number for number, name in enumerate(KIND_NAMES)}
    hidden = np.zeros(len(entries), dtype="uint8")
    hidden[sorted(collected.hidden)] = 1
    arrays: Arrays = {
        "lon": np.array([round(entry.lon / STEP) for entry in entries], dtype="int32"),
        "lat": np.array([round(entry.lat / STEP) for entry in entries], dtype="int32"),
        "kind": np.array([kinds[entry.kind] for entry in entries], dtype="uint8"),
        "capital": np.array([entry.capital for entry in entries], dtype="uint8"),
        "hidden": hidden,
        "population": np.array([min(entry.population, 2**32 - 1) for entry in entries], dtype="uint32"),
        "radius": np.array([entry.radius_km or KINDS[entry.kind].radius_km for entry in entries], dtype="float32"),
        "fame": np.array([min(len(set(entry.alt_names)), 255) for entry in entries], dtype="uint8"),
        "gazetteer": np.array(collected.gazetteers, dtype="uint8"),
        "id": np.array([text(entry.gazetteer_id) for entry in entries], dtype="uint32"),
        "name": np.array([text(entry.name) for entry in entries], dtype="uint32"),
        "local": np.array([text(entry.name_local) for entry in entries], dtype="uint32"),
        "country": np.array([text(entry.country) for entry in entries], dtype="uint32"),
        "admin1": np.array([text(entry.admin1) for entry in entries], dtype="uint32"),
        "admin2": np.array([text(entry.admin2) for entry in entries], dtype="uint32"),
    }
    arrays |= packed("text", [value.encode() for value in table])
    shapes = [(number, entry.extent) for number, entry in enumerate(entries) if entry.extent]
    arrays["shape.place"] = np.array([number for number, _ in shapes], dtype="uint32")
    return arrays | packed("shape", [extent for _, extent in shapes]) | _identifiers(entries, collected.gazetteers)


def _identifiers(entries: Sequence[Entry], gazetteers: Sequence[int]) -> Arrays:
    hashes = np.array(
        [name_hash(f"{source}:{entry.gazetteer_id}") for entry, source in zip(entries, gazetteers, strict=True)],
        dtype="uint32",
    )
    order = np.argsort(hashes, kind="stable")
    return {"ident.hash": hashes[order], "ident.place": order.astype("uint32")}


def _grid(entries: Sequence[Entry]) -> Arrays:
    """Places sorted by the cell of one degree that they lie in."""
    cells = np.array([cell(entry.lon, entry.lat) for entry in entries], dtype="uint32")
    order = np.argsort(cells, kind="stable")
    starts = np.searchsorted(cells[order], np.arange(360 * 180 + 1))
    return {"grid.place": order.astype("uint32"), "grid.start": starts.astype("uint32")}


def cell(lon: float, lat: float) -> int:
    """Return the number of the cell of one degree, west to east and south to north."""
    return min(int(lat + 90.0), 179) * 360 + int((lon + 180.0) % 360.0)


def name_hash(key: str) -> int:
    """Return 32 bits that depend on the key alone, the same in every process; two keys may share them."""
    return crc32(key.encode("utf-8", "surrogatepass"))


def _name_arrays(postings: dict[str, list[int]], hidden: set[int]) -> Arrays:
    """Names in alphabetical order, their places, a hash table over them and one over their skeletons."""
    live = {key: kept for key, found in postings.items() if (kept := [one for one in found if one >> 2 not in hidden])}
    keys = sorted(live)
    flat = [posting for key in keys for posting in live[key]]
    ends = np.zeros(len(keys) + 1, dtype="uint32")
    np.cumsum([len(live[key]) for key in keys], out=ends[1:])
    arrays: Arrays = {"posting": np.array(flat, dtype="uint32"), "posting.ends": ends}
    arrays |= packed("key", [key.encode("utf-8", "surrogatepass") for key in keys])
    arrays |= _hash_table("exact", [name_hash(key) for key in keys], range(len(keys)))
    sounds = [(name_hash(sound), number) for number, key in enumerate(keys) if (sound := skeleton(key))]
    return arrays | _hash_table("sound", [one for one, _ in sounds], [number for _, number in sounds])


def _hash_table(name: str, hashes: Sequence[int], values: Iterable[int]) -> Arrays:
    """Hashes in order with the value of each, and where each of 2^16 equal shares of them begins."""
    sums = np.array(hashes, dtype="uint32")
    order = np.argsort(sums, kind="stable")
    sums = sums[order]
    starts = np.searchsorted(sums >> np.uint32(16), np.arange(2**16 + 1, dtype="uint32"))
    return {
        f"{name}.hash": sums,
        f"{name}.value": np.fromiter(values, dtype="uint32")[order],
        f"{name}.start": starts.astype("uint32"),
    }
