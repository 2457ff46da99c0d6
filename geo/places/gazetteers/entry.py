"""What every source of names yields, and what the compiler asks of a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """One place as a source states it."""

    gazetteer_id: str
    """Unique within its source."""
    name: str
    lon: float
    lat: float
    kind: str
    """One of `geo.places.kinds.KINDS`."""
    alt_names: tuple[str, ...] = ()
    weak_names: tuple[str, ...] = ()
    """Names that also mean it, but seldom: initials, the bare name of a county."""
    name_local: str = ""
    country: str = ""
    """ISO 3166-1 alpha-2."""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    radius_km: float = 0.0
    """Half the usual width; 0 takes the kind's."""
    capital: bool = False
    """Seat of a country's government."""
    extent: bytes = b""
    """Polygon as WKB, EPSG:4326; empty where none is known."""


@dataclass(frozen=True)
class Reading:
    """How to read a foreign file."""

    kind: str = ""
    """Kind of the places where the file states none."""
    country: str = ""
    """ISO code where the file states none."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Our field to the file's column or property: `{"name": "NAME_EN"}`."""


class Source(Protocol):
    """A source of names."""

    @property
    def name(self) -> str:
        """Name of the gazetteer, as `Place.gazetteer` gives it."""

    @property
    def licence(self) -> str:
        """Licence and attribution, as one line."""

    @property
    def curated(self) -> bool:
        """Whether its entries replace those of the embedded gazetteer for the same place."""

    def fingerprint(self) -> str:
        """Return a text that changes when the entries may have changed; cheap enough for every opening."""

    def entries(self) -> Iterator[Entry]:
        """Yield the entries; raise `GazetteerError` that names file and line where one is wrong."""
