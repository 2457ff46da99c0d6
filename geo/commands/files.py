"""The files that commands write beside the formats of an export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geo.commands.console import say
from geo.errors import UnknownFormatError, UsageError

if TYPE_CHECKING:
    import geopandas as gpd

DRIVERS = {".geojson": "GeoJSON", ".json": "GeoJSON", ".gpkg": "GPKG"}
"""What `write_plain` writes, by suffix."""


def check_target(path: Path | None, suffixes: Sequence[str] = ()) -> None:
    """Refuse a file that could not be written, before work that takes its time; None is no file and fits."""
    if path is None:
        return
    if suffixes and path.suffix.lower() not in suffixes:
        raise UnknownFormatError(path.suffix or path.name, known=suffixes)
    if not path.absolute().parent.is_dir():
        raise UsageError(f"cannot write {path}: there is no folder {path.parent}. Make it, or name a file elsewhere")


def write_text(path: Path, text: str) -> None:
    """Write a whole file of UTF-8."""
    from geo.exports import whole_file

    with whole_file(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")


def write_plain(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Write a table that is neither events nor zones as GeoJSON or GeoPackage; days as texts."""
    from geo.exports import whole_file

    check_target(path, tuple(DRIVERS))
    frame = frame.copy()
    for name in frame.columns:
        if str(frame[name].dtype).startswith("datetime"):
            frame[name] = frame[name].dt.strftime("%Y-%m-%d")
    with whole_file(path) as unfinished:
        frame.to_file(unfinished, driver=DRIVERS[path.suffix.lower()])
    say(f"{len(frame)} feature(s) in {path}.")
