"""Foreign gazetteer files: each format is read by its own small file into entries and rejections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from geo.errors import Rejection, UnknownFormatError
from geo.places.gazetteers.entry import Entry, Reading

FORMATS = ("geonames", "csv", "geojson", "wof")


def read_places(path: Path, format_name: str, reading: Reading) -> Iterator[Entry | Rejection]:
    """Read a foreign file; raise `UnknownFormatError` for a format that is none of `FORMATS`."""
    match format_name:
        case "geonames":
            from geo.places.gazetteers.geonames_dump import read
        case "csv":
            from geo.places.gazetteers.delimited import read
        case "geojson":
            from geo.places.gazetteers.polygons import read
        case "wof":
            from geo.places.gazetteers.whosonfirst import read
        case _:
            raise UnknownFormatError(format_name, known=FORMATS)
    return read(path, reading)


def format_of(path: Path) -> str:
    """Guess the format from name and first line; raise `UnknownFormatError` where neither tells."""
    suffix = path.suffix.lower()
    if suffix == ".zip":
        return "geonames"
    if suffix in (".geojson", ".json"):
        return "wof" if "wof:id" in _beginning(path) else "geojson"
    if suffix in (".csv", ".tsv", ".txt", ".tab"):
        first = _beginning(path).split("\n", 1)[0]
        if first.startswith("wof_id"):
            return "wof"
        fields = first.split("\t")
        return "geonames" if len(fields) == 19 and fields[0].isdigit() else "csv"
    raise UnknownFormatError(path.suffix or path.name, known=FORMATS)


def _beginning(path: Path) -> str:
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        return lines.read(200_000)
