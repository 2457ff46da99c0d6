"""GeoPackage: every layer with geometries."""

from __future__ import annotations

from pathlib import Path

from geo.zones.features import RawFile
from geo.zones.sources.vector import read_layers


def read(path: Path, *, crs: str | None = None) -> RawFile:
    """Read every feature of a file; `crs` wins over what the file says."""
    return read_layers(path, crs=crs)
