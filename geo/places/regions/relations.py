"""What a phrase says about a place: which part of it, or where from it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from geo.places.coordinates import Coordinates

POINTS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
"""The eight winds, 45 degrees apart, clockwise from north."""
_LETTERS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


class RelationKind(StrEnum):
    """The ways in which words narrow or shift a place."""

    PART = "part"
    """A side of it, or its middle: `eastern X`."""
    HELD = "held"
    """What a side holds of it: `the rebel-held half of X`."""
    COUNTRYSIDE = "rural"
    """The land around a town that goes by its name: `southern rural X`."""
    PROVINCE = "province"
    """The division named after a town: `X province`."""
    OFFSET = "offset"
    """Away from it: `20 km north of X`."""
    NEAR = "near"
    OUTSKIRTS = "outskirts"
    BETWEEN = "between"
    ROAD = "road"
    AXIS = "axis"
    """A line of attack named after two places: `the X-Y axis`."""
    BORDER = "border"
    REST = "rest"
    """Not the part spoken of before: `the other side of the city`."""
    COORDINATES = "at"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation to a place, as read from a phrase."""

    kind: RelationKind
    bearings: tuple[float, ...] = ()
    """Directions spoken of, degrees clockwise from north; two where the text names two."""
    central: bool = False
    """The middle is meant."""
    distance_km: float | None = None
    distance_doubt_km: float = 0.0
    """Half the span that the words for the distance leave open."""
    holder: str = ""
    """Side that holds the part: `rebels`, `government`, `sdf`, …"""
    others: tuple[str, ...] = ()
    """Names of the other places, as written: the second of `between X and Y`."""
    level: str = ""
    """`province` or `district` where the words mean the division named after the place, else empty."""
    opposite: bool = False
    """`the other side of`: over against the part spoken of before."""
    coordinates: Coordinates | None = None

    @property
    def token(self) -> str:
        """Identifier of the relation, stable over runs and over wordings of the same thing: `east`, `20km_n`."""
        level = f"{self.level}_" if self.level and self.kind is not RelationKind.PROVINCE else ""
        return level + self._token()

    def _token(self) -> str:
        winds = "+".join(point_name(bearing) for bearing in self.bearings)
        match self.kind:
            case RelationKind.PART:
                return winds or "centre"
            case RelationKind.OFFSET:
                letters = "+".join(_LETTERS[_wind(bearing)] for bearing in self.bearings)
                distance = f"{_rounded(self.distance_km)}km" if self.distance_km is not None else "off"
                return "_".join(filter(None, (distance, letters)))
            case RelationKind.NEAR if self.distance_km is not None:
                return f"near_{_rounded(self.distance_km)}km"
            case RelationKind.COORDINATES if self.coordinates is not None:
                return f"at_{self.coordinates.lat:.4f}_{self.coordinates.lon:.4f}"
            case RelationKind.REST:
                return "opposite" if self.opposite else "rest"
            case _:
                names = [re.sub(r"\W+", "-", other.casefold()).strip("-") for other in self.others]
                return "_".join(filter(None, (self.kind.value, self.holder, winds, *names)))

    def words(self, name: str) -> str:
        """Say the relation to the place called `name` in plain English: `eastern Aleppo`, `20 km north of Hama`."""
        if self.level and self.kind is not RelationKind.PROVINCE:
            name = f"{name} {self.level}"
        winds = " and ".join(point_name(bearing) for bearing in self.bearings)
        side = " and ".join(f"{point_name(bearing)}ern" for bearing in self.bearings)
        other = self.others[0] if self.others else ""
        match self.kind:
            case RelationKind.PART:
                return f"{side or 'central'} {name}"
            case RelationKind.HELD:
                return " ".join(filter(None, (f"{holder_words(self.holder)}-held", side, name)))
            case RelationKind.COUNTRYSIDE:
                return " ".join(filter(None, (side, "countryside of", name)))
            case RelationKind.PROVINCE:
                return " ".join(filter(None, (side, name, "province")))
            case RelationKind.OFFSET:
                distance = f"{_rounded(self.distance_km)} km" if self.distance_km is not None else ""
                return " ".join(filter(None, (distance, winds, "of" if winds else "from", name)))
            case RelationKind.NEAR:
                return (
                    f"within {_rounded(self.distance_km)} km of {name}"
                    if self.distance_km is not None
                    else f"near {name}"
                )
            case RelationKind.OUTSKIRTS:
                return " ".join(filter(None, (side, "outskirts of", name)))
            case RelationKind.BETWEEN:
                return f"between {name} and {other}"
            case RelationKind.ROAD:
                return f"road from {name} to {other}" if other else f"road to {name}"
            case RelationKind.AXIS:
                return f"{name}–{other} axis"
            case RelationKind.BORDER:
                return " ".join(filter(None, (side, "border of", name, f"with {other}" if other else "")))
            case RelationKind.REST:
                return f"the other side of {name}" if self.opposite else f"elsewhere in {name}"
            case RelationKind.COORDINATES:
                return self.coordinates.words if self.coordinates else name


def _rounded(km: float) -> str:
    return f"{km:.0f}" if km >= 10.0 else f"{round(km, 1):g}"


def _wind(bearing: float) -> int:
    return math.floor(bearing / 45.0 + 0.5) % 8


def point_name(bearing: float) -> str:
    """Name of the nearest of the eight winds."""
    return POINTS[_wind(bearing)]


def holder_words(holder: str) -> str:
    """The side as an adjective: `rebels` gives `rebel`."""
    return {"rebels": "rebel", "sdf": "SDF", "is": "IS", "rsf": "RSF", "idf": "IDF"}.get(holder, holder)
