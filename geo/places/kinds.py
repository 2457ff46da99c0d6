"""The closed list of kinds of places: how wide one usually is, and how precise an event placed on it is.

The radius is half the usual width of a place of the kind, in km, and is used where a gazetteer row states none.
Lengths of roads and rivers and the areas of regions vary by orders of magnitude: there the default is a typical half
length in the project's own gazetteers, and rows should state their own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from geo.vocabulary import GeoPrecision


class Extent(StrEnum):
    """What the shape of a place is, which decides which relations to it make sense."""

    POINT = "point"
    """A building or a small site: it has no east and west that a report would name."""
    AREA = "area"
    """A settlement or a region: it has parts."""
    LINE = "line"
    """A road, a river, a border: its point is somewhere near the middle."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of place."""

    name: str
    radius_km: float
    """Half the usual width."""
    geo_precision: GeoPrecision
    """Precision of an event that a report places on the place as a whole."""
    extent: Extent


def _kinds(extent: Extent, precision: GeoPrecision, radii: dict[str, float]) -> dict[str, Kind]:
    return {name: Kind(name, radius, precision, extent) for name, radius in radii.items()}


KINDS = MappingProxyType(
    {
        # Settlements and their parts
        **_kinds(
            Extent.AREA,
            GeoPrecision.TOWN,
            {
                "city": 5.0,
                "town": 2.0,
                "village": 1.0,
                "suburb": 1.2,
                "neighbourhood": 0.6,
                "housing_project": 0.5,
                "camp": 0.7,
                "industrial_area": 1.2,
                "island": 5.0,
            },
        ),
        # Single sites
        **_kinds(
            Extent.POINT,
            GeoPrecision.TOWN,
            {
                "hospital": 0.3,
                "school": 0.2,
                "university": 0.8,
                "mosque": 0.2,
                "church": 0.2,
                "landmark": 0.3,
                "building": 0.2,
                "square": 0.2,
                "market": 0.3,
                "park": 0.4,
                "cemetery": 0.3,
                "prison": 0.5,
                "archaeological_site": 1.0,
                "military": 1.0,
                "airport": 2.0,
                "airbase": 2.0,
                "port": 1.5,
                "crossing": 0.7,
                "checkpoint": 0.3,
                "bridge": 0.4,
                "station": 0.4,
                "dam": 1.0,
                "power_plant": 0.8,
                "factory": 0.6,
                "mine": 1.5,
                "oil_field": 5.0,
                "gas_field": 5.0,
                "hill": 0.8,
                "pass": 1.5,
            },
        ),
        # Long things
        **_kinds(
            Extent.LINE,
            GeoPrecision.PART,
            {"road": 4.0, "river": 100.0, "canal": 20.0, "border": 100.0, "front": 10.0, "strait": 20.0},
        ),
        # Regions
        **_kinds(
            Extent.AREA,
            GeoPrecision.REGION,
            {
                "country": 300.0,
                "territory": 50.0,
                "admin1": 60.0,
                "admin2": 25.0,
                "admin3": 10.0,
                "region": 40.0,
                "continent": 3000.0,
                "sea": 500.0,
                "lake": 15.0,
                "mountain": 15.0,
                "valley": 15.0,
                "plain": 25.0,
                "desert": 100.0,
                "forest": 10.0,
                "other": 5.0,
            },
        ),
    }
)
"""Every kind that a gazetteer row may have, by name."""


_POPULATION_KM2 = 0.0018
_POPULATION_POWER = 0.82


def settlement_radius_km(population: int) -> float:
    """Radius of the disc that has the usual built-up area of a settlement, in km; 0 where the population is unknown.

    Area = 0.0018 km² · population^0.82: a straight line through the logarithms of population and built-up area of
    thirteen cities from 0.1 to 15 million people (tests/places/test_regions.py names them), whose radii it meets
    within a factor of 1.6. The power is below one because larger cities are denser.
    """
    return math.sqrt(_POPULATION_KM2 * max(0, population) ** _POPULATION_POWER / math.pi)
