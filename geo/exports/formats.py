"""Choosing the writer for a file name, and putting the file in its place only when it is whole."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from geo.errors import UnknownFormatError, UsageError
from geo.exports.options import ExportOptions, Layer
from geo.tables import Scene

SUFFIXES = (".html", ".geojson", ".csv", ".gpkg", ".parquet", ".kml")
"""File name suffixes that `write_scene` knows and needs nothing else for."""
PICTURE = ".png"
"""It knows this one too, where chromium is installed."""


class Writer(Protocol):
    """Writes a scene to a path that does not exist yet."""

    def __call__(self, scene: Scene, path: Path, *, layer: Layer, options: ExportOptions) -> None:
        """Write the whole file; `layer` is the table written by formats that hold one."""


def load_writer(suffix: str) -> Writer:
    """Return the writer for a suffix; raise `UnknownFormatError` for one that is unknown."""
    match suffix.lower():
        case ".html":
            from geo.exports.page import write_page

            return write_page
        case ".geojson":
            from geo.exports.geojson import write_geojson

            return write_geojson
        case ".csv":
            from geo.exports.csv_table import write_csv

            return write_csv
        case ".gpkg":
            from geo.exports.geopackage import write_geopackage

            return write_geopackage
        case ".parquet":
            from geo.exports.geoparquet import write_geoparquet

            return write_geoparquet
        case ".kml":
            from geo.exports.kml import write_kml

            return write_kml
        case ".png":
            from geo.exports.picture import write_picture

            return write_picture
        case unknown:
            raise UnknownFormatError(unknown, known=(*SUFFIXES, PICTURE))


def write_scene(scene: Scene, path: Path, *, layer: Layer = "events", **options: Any) -> Path:
    """Write a scene to a file in the format of its suffix and return the path.

    HTML, PNG and GeoPackage hold events and zones; the other formats hold the `layer`. `options` are the fields of
    `ExportOptions`. The file is written beside its place and renamed, so that a failure leaves the old one as it was.
    Raises `UnknownFormatError` for the suffix, `UsageError` for a place that cannot be written or an unknown option.
    """
    writer = load_writer(path.suffix)
    chosen = _chosen(options)
    with whole_file(path) as unfinished:
        writer(scene, unfinished, layer=layer, options=chosen)
    return path


def scene_bytes(scene: Scene, suffix: str, *, layer: Layer = "events", **options: Any) -> bytes:
    """Return what `write_scene` would write to a file with that suffix (`.geojson`), for a download button."""
    load_writer(suffix)
    with tempfile.TemporaryDirectory(prefix="atlas-") as folder:
        return write_scene(scene, Path(folder) / f"scene{suffix}", layer=layer, **options).read_bytes()


def _chosen(options: dict[str, Any]) -> ExportOptions:
    try:
        return ExportOptions(**options)
    except TypeError as error:
        known = ", ".join(ExportOptions.__dataclass_fields__)
        raise UsageError(f"no such option of an export: {error}; expected among {known}") from error


_REMEDIES = {errno.ENOSPC: "Make room there, or choose another disk", errno.EISDIR: "Name a file, not a folder"}
_REMEDY = "Choose a folder that exists and is writable"


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a path to write to, which takes the place of `path` once the body is done; nothing is left of a failure.

    What a link leads to is replaced, not the link; a pipe or a device (`/dev/stdout`) gets the whole of it at the end.
    Raises `UsageError` for a place that cannot be written.
    """
    try:
        stream = path.exists() and not path.is_file() and not path.is_dir()
        place = path.resolve() if path.is_symlink() and not stream else path
        # A folder of its own: some formats write files beside their file, and all of it has to go on failure.
        beside = None if stream else place.parent
        with tempfile.TemporaryDirectory(prefix=f".{path.stem[:40]}-", dir=beside) as folder:
            unfinished = Path(folder) / path.name
            yield unfinished
            if stream:
                with unfinished.open("rb") as whole, place.open("wb") as given:
                    shutil.copyfileobj(whole, given)
            else:
                os.replace(unfinished, place)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"cannot write {path}: {reason}. {_REMEDIES.get(error.errno or 0, _REMEDY)}") from error
