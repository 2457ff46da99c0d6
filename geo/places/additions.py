"""Bring your own gazetteer: a foreign file becomes one of ours in the state folder, and so part of the next index."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import mapping

from geo.errors import ConfigurationError, GazetteerError, Rejection, UsageError
from geo.places.gazetteers.entry import Entry, Reading
from geo.places.gazetteers.imports import format_of, read_places
from geo.places.gazetteers.table import COLUMNS
from geo.settings import Settings

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")


@dataclass(frozen=True, slots=True)
class Addition:
    """What adding a file did."""

    name: str
    path: Path
    places: int
    rejections: tuple[Rejection, ...]
    changed: bool
    """False where the same file was there already."""


def add_gazetteer(
    path: Path,
    *,
    settings: Settings,
    format_name: str = "",
    name: str = "",
    reading: Reading | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Addition:
    """Read a foreign file, keep its places as the gazetteer `name`, and return counts and rejected rows.

    The format is guessed where none is given; a file of the same name is replaced. Raises `GazetteerError` where no
    place could be read, `UsageError` for a name that is no identifier or that the project itself uses.
    """
    name = name or re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    if not _NAME.match(name):
        raise UsageError(f"{name!r} is no name of a gazetteer: expected small letters, digits, - and _")
    if (settings.gazetteer / f"{name}.csv").exists() or name in ("geonames", "countries", "divisions", "nominatim"):
        raise UsageError(f"the project has a gazetteer {name!r} of its own. Give another --name")
    entries: dict[str, Entry] = {}
    rejections: list[Rejection] = []
    for item in read_places(path, format_name or format_of(path), reading or Reading()):
        if isinstance(item, Rejection):
            rejections.append(item)
        elif item.gazetteer_id in entries:
            rejections.append(Rejection(str(path), f"the id {item.gazetteer_id!r} ({item.name}) repeats"))
        else:
            entries[item.gazetteer_id] = item
        if progress is not None and len(entries) % 1000 == 0:
            progress("places read", len(entries))
    if not entries:
        raise GazetteerError(rejections[0] if rejections else Rejection(str(path), "it holds no place"))
    target = settings.added_gazetteers / f"{name}.csv"
    changed = _written(target, _table(entries))
    changed |= _written(target.with_name(f"{name}.extents.geojson"), _extents(entries))
    return Addition(name, target, len(entries), tuple(rejections), changed)


def _table(entries: dict[str, Entry]) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for entry in entries.values():
        others = "|".join(dict.fromkeys(one.replace("|", " ") for one in entry.alt_names if one != entry.name_local))
        rows.writerow(
            (
                entry.gazetteer_id, entry.name, others, entry.name_local, entry.lat, entry.lon, entry.kind,
                entry.country, entry.admin1, entry.population or "", entry.radius_km or "", "", "",
            )
        )  # fmt: skip
    return out.getvalue()


def _extents(entries: dict[str, Entry]) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"id": entry.gazetteer_id},
            "geometry": mapping(shapely.from_wkb(entry.extent)),
        }
        for entry in entries.values()
        if entry.extent
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}) if features else ""


def _written(path: Path, content: str) -> bool:
    """Write the file beside and rename it; return whether that changed anything. Empty content removes it."""
    if path.exists() and path.read_text(encoding="utf-8") == content:
        return False
    if not content:
        existed = path.exists()
        path.unlink(missing_ok=True)
        return existed
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{os.getpid()}.part")
        beside.write_text(content, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be written: {error}. Set CONFLICT_STATE to a writable folder"
        ) from error
    return True
