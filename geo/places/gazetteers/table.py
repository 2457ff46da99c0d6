"""The project's own format: a CSV with one place a row, read strictly.

Header: `id, name, alt_names (joined by |), name_local, lat, lon, kind, country, admin1, population, radius_km, parent,
source`. Coordinates are decimal degrees. Beside `NAME.csv` may lie `NAME.extents.geojson`, whose features carry `id`
and the place's polygon.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import shape

from geo.errors import GazetteerError, Rejection
from geo.places.gazetteers.entry import Entry
from geo.places.kinds import KINDS

COLUMNS = (
    "id", "name", "alt_names", "name_local", "lat", "lon", "kind", "country", "admin1", "population", "radius_km",
    "parent", "source",
)  # fmt: skip
_BIG = 64 * 1024 * 1024


@dataclass(frozen=True)
class Table:
    """A CSV of places; the gazetteer is named by the file's stem."""

    path: Path
    licence: str
    curated: bool = True

    @property
    def name(self) -> str:
        """Stem of the file."""
        return self.path.stem

    def fingerprint(self) -> str:
        """Digest of the contents; of a very large file, its size and time of change."""
        parts = [self.path.name]
        for path in (self.path, _extents_path(self.path)):
            if not path.exists():
                continue
            facts = path.stat()
            if facts.st_size > _BIG:
                parts.append(f"{facts.st_size}:{facts.st_mtime_ns}")
            else:
                parts.append(hashlib.sha256(path.read_bytes()).hexdigest())
        return ":".join(parts)

    def entries(self) -> Iterator[Entry]:
        """Yield the rows as entries; raise `GazetteerError` for the first bad row."""
        extents = _extents(_extents_path(self.path))
        seen: set[str] = set()
        with self.path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            header = tuple(reader.fieldnames or ())
            if set(header) != set(COLUMNS):
                raise _fault(self.path, 1, f"the header is {', '.join(header)}", expected=", ".join(COLUMNS))
            for row in reader:
                entry = read_row(row, path=self.path, line=reader.line_num, extents=extents)
                if entry.gazetteer_id in seen:
                    raise _fault(self.path, reader.line_num, f"the id {entry.gazetteer_id!r} repeats")
                seen.add(entry.gazetteer_id)
                yield entry


def read_row(row: Mapping[str, str | None], *, path: Path, line: int, extents: Mapping[str, bytes]) -> Entry:
    """Return one row of the format as an entry; raise `GazetteerError` where it breaks the format."""
    if None in row or any(value is None for value in row.values()):
        raise _fault(path, line, "the number of fields differs from the header's")
    fields = {name: (value or "").strip() for name, value in row.items()}
    if not fields["id"] or not fields["name"]:
        raise _fault(path, line, "id or name is empty")
    if fields["kind"] not in KINDS:
        raise _fault(path, line, f"the kind {fields['kind']!r} is unknown", expected=", ".join(sorted(KINDS)))
    lat = _number(fields, "lat", path=path, line=line, low=-90, high=90)
    lon = _number(fields, "lon", path=path, line=line, low=-180, high=180)
    if fields["country"] and not (len(fields["country"]) == 2 and fields["country"].isupper()):
        raise _fault(path, line, f"the country {fields['country']!r} is no ISO 3166-1 alpha-2 code")
    local = fields["name_local"]
    names = [name.strip() for name in fields["alt_names"].split("|") if name.strip()]
    return Entry(
        gazetteer_id=fields["id"],
        name=fields["name"],
        lon=lon,
        lat=lat,
        kind=fields["kind"],
        alt_names=(*names, *([local] if local else [])),
        name_local=local,
        country=fields["country"],
        admin1=fields["admin1"],
        population=int(_number(fields, "population", path=path, line=line, low=0, high=2e10, empty=0)),
        radius_km=_number(fields, "radius_km", path=path, line=line, low=0, high=10_000, empty=0),
        extent=extents.get(fields["id"], b""),
    )


def _number(
    fields: Mapping[str, str], name: str, *, path: Path, line: int, low: float, high: float, empty: float | None = None
) -> float:
    if not fields[name] and empty is not None:
        return empty
    try:
        value = float(fields[name])
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise _fault(path, line, f"{name} is {fields[name]!r}", expected=f"a number from {low:g} to {high:g}")
    return value


def _extents_path(path: Path) -> Path:
    return path.with_name(f"{path.stem}.extents.geojson")


def _extents(path: Path) -> dict[str, bytes]:
    if not path.exists():
        return {}
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {str(item["properties"]["id"]): shapely.to_wkb(shape(item["geometry"])) for item in features}


def _fault(path: Path, line: int, reason: str, *, expected: str = "") -> GazetteerError:
    return GazetteerError(Rejection(str(path), reason, f"line {line}", expected, "correct the row"))
