"""Places that the text puts beside another one: `X near Y`, `X, 20 km south of Y`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyproj import Geod

from geo.model import Place
from geo.places.regions.words import bearings_of

_WORDS = re.compile(
    r",?\s\(?(?:(?:a|the)\s(?:small\s)?(?:town|village|city|suburb|hamlet)\s)?(?:(?:lying|located|situated|just)\s)?"
    r"(?:(?:some|about|around|roughly|nearly|approximately)\s)?"
    r"(?:(?P<number>\d[\d,]*(?:\.\d+)?)[\s-]?(?P<unit>km|kilomet(?:er|re)s?|miles?|mi)\s)?(?:to\sthe\s)?"
    r"(?:near|outside|close\sto|(?P<wind>(?:north|south)?[\s-]?(?:east|west|north|south))\s(?:of|from))\s(?:the\s)?"
    r"(?:(?:town|city|village|border|capital)\s(?:of\s)?)?",
    re.IGNORECASE,
)
_NEAR_KM = 80.0
"""What is `near` a place, or in a direction from it without a distance, lies within as many km."""
_LEAST_KM = 40.0
_MILE_KM = 1.609344
_OFF_DEGREES = 75.0
"""By how much a village may lie off the direction that reports give."""
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Beside:
    """How one place lies beside another."""

    reach_km: float
    stated: bool
    """Whether the text gives the distance."""
    bearing: float | None
    """Degrees from the other place, None where no direction is given."""

    def fits(self, place: Place, other: Place) -> bool:
        """Return whether a place lies so beside the other."""
        azimuth, _, metres = _GEOD.inv(other.lon, other.lat, place.lon, place.lat)
        if metres / 1000.0 > self.reach_km + other.radius_km:
            return False
        if self.bearing is None or metres / 1000.0 <= other.radius_km:
            return True
        return abs((azimuth - self.bearing + 180.0) % 360.0 - 180.0) <= _OFF_DEGREES


def beside(text: str, start: int, end: int) -> Beside | None:
    """Return what the words `[start, end)` between two names say of how the first lies beside the second."""
    words = _WORDS.fullmatch(text, start, end)
    if words is None:
        return None
    bearings = bearings_of(words["wind"]) if words["wind"] else ()
    bearing = bearings[0] if bearings else None
    if not words["number"]:
        return Beside(_NEAR_KM, False, bearing)
    # Half as much again as they say: reports measure along roads, or round.
    stated = 1.5 * float(words["number"].replace(",", ""))
    return Beside(max(stated * (_MILE_KM if words["unit"].lower().startswith("mi") else 1.0), _LEAST_KM), True, bearing)
