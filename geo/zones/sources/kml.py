"""KML and KMZ: every folder of placemarks is a layer; the name and the description of a placemark are properties."""

from __future__ import annotations

from pathlib import Path

from geo.zones.features import RawFile
from geo.zones.sources.vector import read_layers


def read(path: Path, *, crs: str | None = None) -> RawFile:
    """Read every feature of a file. KML has no coordinate system but degrees; `crs` is for files that break this."""
    return read_layers(path, crs=crs)
