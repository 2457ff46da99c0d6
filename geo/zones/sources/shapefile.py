"""Shapefile, with or without its .prj and .cpg; also zipped."""

from __future__ import annotations

from pathlib import Path

from geo.zones.features import RawFile
from geo.zones.sources.vector import read_layers


def read(path: Path, *, crs: str | None = None) -> RawFile:
    """Read every feature of a file; `crs` wins over the .prj.

    Without a .cpg the attributes are read as UTF-8, which most publishers of these series write.
    """
    address = f"/vsizip/{path.resolve()}" if path.suffix.lower() == ".zip" else ""
    encoding = None if path.suffix.lower() == ".zip" or path.with_suffix(".cpg").exists() else "UTF-8"
    return read_layers(path, crs=crs, address=address, encoding=encoding)
