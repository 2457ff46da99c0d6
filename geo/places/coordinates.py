"""Coordinates written out in a text: decimal degrees, degrees-minutes-seconds and MGRS grid references.

Latitude is written first by custom; letters (`37.13 E, 36.20 N`) overrule the custom. The doubt of a pair is half a
unit of its last digit, on the ground, and never less than 10 m.

MGRS letters follow NGA.STND.0037_2.0.0_GRIDS, 2014, section 3 (100 km square identification, the AA scheme for WGS 84).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from pyproj import Transformer

from geo.crs import LONLAT, distance_km

KM_A_DEGREE = 111.2
"""Length of a degree of latitude, in km, to 0.5 %."""
_FINEST_KM = 0.01


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point written in a text."""

    lon: float
    lat: float
    doubt_km: float
    """Half a unit of the last digit given, on the ground."""
    start: int
    """Offsets `[start, end)` of the words in the text that was searched."""
    end: int

    @property
    def words(self) -> str:
        """The point to 4 decimals with letters: `36.2021 N, 37.1343 E`."""
        north, east = ("N" if self.lat >= 0 else "S"), ("E" if self.lon >= 0 else "W")
        return f"{abs(self.lat):.4f} {north}, {abs(self.lon):.4f} {east}"


_SEPARATOR = r"\s*(?:,|;|/|\band\b)?\s*"
_NUMBER = r"[-+−]?\d{1,3}(?:[.,]\d+)?"
_DMS = r"\d{1,3}\s*[°ºd]\s*(?:\d{1,2}(?:\.\d+)?\s*['′’m]\s*)?(?:\d{1,2}(?:\.\d+)?\s*(?:\"|″|”|''|′′|s)\s*)?"
_LETTERED_DMS = re.compile(
    rf"(?<![\w.])(?P<first>{_DMS})(?P<first_letter>[NSEW]){_SEPARATOR}(?P<second>{_DMS})(?P<second_letter>[NSEW])\b",
    re.I,
)
_LEADING_LETTERS = re.compile(
    rf"\b(?P<first_letter>[NS])\s*(?P<first>{_NUMBER})\s*°?{_SEPARATOR}(?P<second_letter>[EW])\s*(?P<second>{_NUMBER})"
    r"(?![\w.]*\d)"
)
_TRAILING_LETTERS = re.compile(
    rf"(?<![\w.])(?P<first>{_NUMBER})\s*°?\s*(?P<first_letter>[NSEW])\b{_SEPARATOR}"
    rf"(?P<second>{_NUMBER})\s*°?\s*(?P<second_letter>[NSEW])\b"
)
_NAMED = re.compile(
    rf"\blat(?:itude)?\.?\s*[:=]?\s*(?P<first>{_NUMBER})\s*°?\s*(?P<first_letter>[NS]?)\b{_SEPARATOR}"
    rf"lon(?:g(?:itude)?)?\.?\s*[:=]?\s*(?P<second>{_NUMBER})\s*°?\s*(?P<second_letter>[EW]?)(?![\w.]*\d)",
    re.I,
)
_BARE = re.compile(
    r"(?<![\w.,-])(?P<first>[-+−]?\d{1,2}\.\d{3,})\s*°?\s*[,;/]\s*(?P<second>[-+−]?\d{1,3}\.\d{3,})\s*°?(?![\w.]*\d)"
)
_MGRS = re.compile(
    r"\b(?P<zone>[1-9]|[1-5]\d|60)(?P<band>[C-HJ-NP-X])\s?(?P<column>[A-HJ-NP-Z])(?P<row>[A-HJ-NP-V])\s?"
    r"(?P<digits>\d{1,5}\s\d{1,5}|\d{2,10})\b"
)
_PARTS = re.compile(r"\d+(?:\.\d+)?")


def parse_coordinates(text: str) -> Coordinates | None:
    """Return the first pair of coordinates in a text, or None where there is none that lies on the globe."""
    readers = (
        (_LETTERED_DMS, _lettered),
        (_TRAILING_LETTERS, _lettered),
        (_LEADING_LETTERS, _lettered),
        (_NAMED, _bare),
        (_BARE, _bare),
        (_MGRS, _grid_reference),
    )
    found = [pair for pattern, read in readers for match in pattern.finditer(text) if (pair := read(match))]
    return min(found, key=lambda pair: (pair.start, -pair.end), default=None)


def _degrees(written: str) -> tuple[float, float]:
    """Return (degrees, half a unit of the last digit in degrees) of decimal degrees or of degrees-minutes-seconds."""
    negative = written.strip().startswith(("-", "−"))
    parts = _PARTS.findall(written.replace(",", "."))
    value = sum(float(part) / 60**power for power, part in enumerate(parts))
    decimals = len(parts[-1].partition(".")[2])
    doubt = 0.5 * 10.0**-decimals / 60 ** (len(parts) - 1)
    return (-value if negative else value), doubt


def _pair(lat: float, lon: float, doubt: float, match: re.Match[str]) -> Coordinates | None:
    if abs(lat) > 90.0 or abs(lon) > 180.0:
        return None
    return Coordinates(lon, lat, max(_FINEST_KM, doubt * KM_A_DEGREE), match.start(), match.end())


def _lettered(match: re.Match[str]) -> Coordinates | None:
    sides = {}
    for which in ("first", "second"):
        letter = match[f"{which}_letter"].upper()
        value, doubt = _degrees(match[which])
        sides["lat" if letter in "NS" else "lon"] = (abs(value) * (-1 if letter in "SW" else 1), doubt)
    if len(sides) < 2:
        return None
    return _pair(sides["lat"][0], sides["lon"][0], max(sides["lat"][1], sides["lon"][1]), match)


def _bare(match: re.Match[str]) -> Coordinates | None:
    """Read latitude and longitude in this order; letters, where there are any, say the hemisphere."""
    lat, lat_doubt = _degrees(match["first"])
    lon, lon_doubt = _degrees(match["second"])
    letters = match.groupdict()
    lat = -abs(lat) if (letters.get("first_letter") or "").upper() == "S" else lat
    lon = -abs(lon) if (letters.get("second_letter") or "").upper() == "W" else lon
    return _pair(lat, lon, max(lat_doubt, lon_doubt), match)


@lru_cache(maxsize=8)
def _utm(zone: int, north: bool) -> Transformer:
    return Transformer.from_crs(f"EPSG:{(32600 if north else 32700) + zone}", LONLAT, always_xy=True)


def _grid_reference(match: re.Match[str]) -> Coordinates | None:
    """Read an MGRS reference; the point is the middle of its square."""
    zone, band = int(match["zone"]), match["band"]
    halves = match["digits"].split() if re.search(r"\s", match["digits"]) else []
    digits = "".join(halves) or match["digits"]
    if len(digits) % 2 or (halves and len(halves[0]) != len(halves[1])):
        return None
    columns = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")[(zone - 1) % 3]
    if match["column"] not in columns:
        return None
    size = 10.0 ** (5 - len(digits) // 2)
    easting = (columns.index(match["column"]) + 1) * 1e5 + int(digits[: len(digits) // 2]) * size + size / 2
    rows = "ABCDEFGHJKLMNPQRSTUV"
    row = (rows.index(match["row"]) - (0 if zone % 2 else 5)) % 20
    within = row * 1e5 + int(digits[len(digits) // 2 :]) * size + size / 2
    north = band >= "N"
    # Rows repeat every 2,000 km: the latitude band says which repetition it is.
    band_lat = -80.0 + 8.0 * "CDEFGHJKLMNPQRSTUVWX".index(band) + 4.0
    expected = KM_A_DEGREE * 1000.0 * band_lat * 0.9996 + (0.0 if north else 1e7)
    northing = within + 2e6 * round((expected - within) / 2e6)
    lon, lat = _utm(zone, north).transform(easting, northing)
    if not (math.isfinite(lon) and math.isfinite(lat)) or abs(lat - band_lat) > 6.0:
        return None
    corner = _utm(zone, north).transform(easting + size / 2, northing + size / 2)
    doubt = distance_km(lon, lat, *corner)
    return Coordinates(lon, lat, max(_FINEST_KM, doubt), match.start(), match.end())
