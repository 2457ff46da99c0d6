"""What the pages read from files beside the store: the gazetteer, the sources of data, the measured quality."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.filters import Ground
from dashboard.shared import shared
from geo.crs import distance_km
from geo.model import Candidate, Place
from geo.settings import read_settings

if TYPE_CHECKING:
    from geo.places import Gazetteer


@shared(entries=1)
def _gazetteer() -> Gazetteer:
    from geo.places import open_gazetteer

    return open_gazetteer(read_settings())


@shared(entries=256)
def places_named(name: str) -> tuple[Candidate, ...]:
    """Return the places of the gazetteer that a name could mean, the likeliest first."""
    return _gazetteer().candidates(name, limit=8)


@shared(entries=256)
def place_of(identifier: str) -> Place | None:
    """Return the place of the gazetteer with an identifier as views have it, `source:identifier`."""
    source, _, name = identifier.partition(":")
    return _gazetteer().place(source, name) if name else None


def kinds_of(gazetteer: str, identifier: str) -> tuple[str, ...]:
    """Return the kinds of a place of the gazetteers, none where they do not have it."""
    return _gazetteer().kinds(gazetteer, identifier)


@shared(entries=64)
def ground_of(identifier: str) -> Ground | None:
    """Return the ground of a place, None for no identifier; a place that the gazetteer lacks has no ground at all."""
    if not identifier:
        return None
    place = place_of(identifier)
    if place is None:
        return Ground(0.0, 0.0, -1.0)
    return Ground(place.lon, place.lat, place.radius_km, _gazetteer().extent(place))


@shared(entries=256)
def place_near(lon: float, lat: float) -> tuple[Place, float] | None:
    """Return the nearest place of the gazetteer to a point and its distance in km, None where none is near."""
    for km in (2.0, 20.0, 100.0):
        for place in _gazetteer().near(lon, lat, km=km):
            return place, distance_km(lon, lat, place.lon, place.lat)
    return None


@shared(entries=1)
def actor_sides() -> Mapping[str, str]:
    """Return the side of each actor of the project's list by name, and by the part of it that all of a side share."""
    path = read_settings().data / "lexicon" / "actors.csv"
    known: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in {row["name"], *re.split(r" \(| of ", row["name"])[:1]}:
                known.setdefault(name, set()).add(row["side"])
    return {name: next(iter(sides)) for name, sides in known.items() if len(sides) == 1 and "" not in sides}


@shared(entries=2)
def data_sources(path: Path, stamp: int) -> tuple[Mapping[str, Any], ...]:
    """Return the entries of data/sources.toml; `stamp` is the file's time of change."""
    with path.open("rb") as file:
        return tuple(tomllib.load(file).get("source", ()))


@shared(entries=2)
def measured_quality(path: Path, stamp: int) -> Mapping[str, Any]:
    """Return what `geo evaluate --json` wrote; `stamp` is the file's time of change."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def file_stamp(path: Path) -> int:
    """Return a file's time of change in nanoseconds, 0 where there is none."""
    return path.stat().st_mtime_ns if path.exists() else 0
