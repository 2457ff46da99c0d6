"""Any CSV or TSV with a header, through a mapping of its columns to ours."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from geo.errors import GazetteerError, Rejection
from geo.places.gazetteers.entry import Entry, Reading
from geo.places.gazetteers.table import COLUMNS, read_row

_GUESSES = {
    "id": ("id", "geonameid", "pcode", "code"),
    "name": ("name", "name_en", "place", "label"),
    "alt_names": ("alt_names", "alternatenames", "aliases"),
    "name_local": ("name_local", "arabic", "name_ar", "name_uk", "local_name"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "longitude", "x"),
    "kind": ("kind", "type", "placetype"),
    "country": ("country", "country_code", "iso2"),
    "admin1": ("admin1", "adm1", "province", "governorate"),
    "population": ("population", "pop"),
    "radius_km": ("radius_km",),
}


def read(path: Path, reading: Reading) -> Iterator[Entry | Rejection]:
    """Yield the rows as entries or rejections; raise `GazetteerError` where name, lat or lon have no column."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        first = lines.readline()
        lines.seek(0)
        reader = csv.DictReader(lines, delimiter="\t" if first.count("\t") > first.count(",") else ",")
        columns = _columns(path, list(reader.fieldnames or ()), reading)
        for row in reader:
            fields: dict[str, str | None] = {
                name: (row.get(columns[name]) or "") if name in columns else "" for name in COLUMNS
            }
            fields["id"] = fields["id"] or f"{fields['name']}@{fields['lat']},{fields['lon']}"
            fields["kind"] = fields["kind"] or reading.kind or "other"
            fields["country"] = fields["country"] or reading.country
            try:
                yield read_row(fields, path=path, line=reader.line_num, extents={})
            except GazetteerError as error:
                yield error.rejection


def _columns(path: Path, header: list[str], reading: Reading) -> dict[str, str]:
    lower = {name.casefold(): name for name in header}
    columns = {
        field: next(lower[guess] for guess in guesses if guess in lower)
        for field, guesses in _GUESSES.items()
        if any(guess in lower for guess in guesses)
    }
    for field, column in reading.columns.items():
        if field not in COLUMNS or column not in header:
            reason = f"the mapping {field}={column} names no field or no column"
            raise GazetteerError(Rejection(str(path), reason, "line 1", f"a field of {', '.join(COLUMNS)}"))
        columns[field] = column
    missing = {"name", "lat", "lon"} - columns.keys()
    if missing:
        reason = f"no column is known to hold {', '.join(sorted(missing))}"
        remedy = "name it with --column, for example --column name=NAME_EN"
        raise GazetteerError(Rejection(str(path), reason, "line 1", remedy=remedy))
    return columns
