"""Who's On First: its GeoJSON records, or tab-separated extracts of them with a `wof_id` column."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from geo.errors import Rejection
from geo.places.gazetteers.cities import settlement_kind, settlement_radius
from geo.places.gazetteers.entry import Entry, Reading
from geo.places.gazetteers.polygons import feature_entry

_KINDS = {
    "country": "country", "dependency": "territory", "macroregion": "region", "region": "admin1",
    "macrocounty": "admin2", "county": "admin2", "localadmin": "admin3", "borough": "suburb",
    "macrohood": "suburb", "neighbourhood": "neighbourhood", "microhood": "neighbourhood", "campus": "building",
    "venue": "building", "marinearea": "sea", "ocean": "sea", "continent": "continent",
}  # fmt: skip


def read(path: Path, reading: Reading) -> Iterator[Entry | Rejection]:
    """Yield the records; deprecated ones are passed over without a word."""
    return _features(path, reading) if path.suffix.lower() in (".geojson", ".json") else _rows(path, reading)


def _rows(path: Path, reading: Reading) -> Iterator[Entry | Rejection]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t")
        for row in reader:
            where = f"line {reader.line_num}"
            if row.get("deprecated") not in ("", "0", None):
                continue
            try:
                lat, lon, population = float(row["lat"]), float(row["lon"]), int(float(row["population"] or 0))
            except (ValueError, TypeError):
                yield Rejection(str(path), "latitude, longitude or population is no number", where)
                continue
            placetype = row["placetype"]
            if placetype != "locality" and placetype not in _KINDS:
                yield Rejection(str(path), f"the placetype {placetype!r} is unknown", where)
                continue
            local = (row.get("names_ara") or "").split("|")[0]
            written = [*(row.get("names_ara") or "").split("|"), *(row.get("names_other") or "").split("|")]
            yield Entry(
                gazetteer_id=row["wof_id"],
                name=row["name"],
                lon=lon,
                lat=lat,
                kind=settlement_kind(population) if placetype == "locality" else _KINDS[placetype],
                alt_names=tuple(name for name in written if name),
                name_local=local,
                country=reading.country,
                admin1=row.get("adm1") or "",
                population=population,
                radius_km=settlement_radius(population) if placetype == "locality" else 0.0,
            )


def _features(path: Path, reading: Reading) -> Iterator[Entry | Rejection]:
    content = json.loads(path.read_text(encoding="utf-8-sig"))
    for number, feature in enumerate(content.get("features", [content]), start=1):
        properties = feature.get("properties") or {}
        placetype = str(properties.get("wof:placetype", ""))
        population = int(properties.get("wof:population") or 0)
        kind = settlement_kind(population) if placetype == "locality" else _KINDS.get(placetype, "")
        if not kind:
            yield Rejection(str(path), f"the placetype {placetype!r} is unknown", f"feature {number}")
            continue
        columns = {"name": "wof:name", "id": "wof:id", "country": "wof:country", **reading.columns}
        entry = feature_entry(feature, path=path, number=number, reading=Reading(kind, reading.country, columns))
        yield replace(entry, population=population) if isinstance(entry, Entry) else entry
