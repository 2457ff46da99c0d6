"""GeoNames dumps: a country's zip, or allCountries, streamed line by line (19 columns, tabs, no header)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import GazetteerError, Rejection
from geo.places.gazetteers.cities import settlement_kind, settlement_radius, usual_names
from geo.places.gazetteers.entry import Entry, Reading

_KINDS = {
    "PPLX": "neighbourhood", "ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin3", "ADM4": "admin3", "ADMD": "admin3",
    "PCLI": "country", "PCLD": "territory", "PCLF": "country", "PCL": "country", "RGN": "region", "AIRP": "airport",
    "AIRF": "airport", "AIRB": "airbase", "HSP": "hospital", "SCH": "school", "UNIV": "university", "MSQE": "mosque",
    "CH": "church", "BDG": "bridge", "DAM": "dam", "PRN": "prison", "MT": "mountain", "MTS": "mountain",
    "PK": "mountain", "HLL": "hill", "HLLS": "hill", "STM": "river", "RVR": "river", "LK": "lake", "ISL": "island",
    "RD": "road", "PRT": "port", "HBR": "port", "CMPRF": "camp", "CMP": "camp", "MIL": "military", "INSM": "military",
    "DSRT": "desert", "VAL": "valley", "PLN": "plain", "PASS": "pass", "SEA": "sea", "STRT": "strait", "CNL": "canal",
    "PS": "power_plant", "MKT": "market", "SQR": "square", "PRK": "park", "CMTY": "cemetery", "BLDG": "building",
    "MFG": "factory", "OILF": "oil_field", "GASF": "gas_field", "MN": "mine", "FRST": "forest", "CSTM": "crossing",
    "PSTB": "crossing", "RSTN": "station", "BUSTN": "station",
}  # fmt: skip
"""GeoNames feature code to kind; any PPL is a settlement, and what is not here is left out as no place of reports."""


def read(path: Path, reading: Reading) -> Iterator[Entry | Rejection]:
    """Yield the places of a dump; features of other classes are passed over without a word."""
    with _lines(path) as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                item = _entry(line.rstrip("\n").split("\t"), path, number)
                if item is not None:
                    yield item


@contextmanager
def _lines(path: Path) -> Iterator[Iterable[str]]:
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8") as lines:
            yield lines
        return
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise GazetteerError(Rejection(str(path), "the zip cannot be opened", remedy="download it again")) from error
    with archive:
        inside = [name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()]
        if len(inside) != 1:
            raise GazetteerError(Rejection(str(path), f"it holds {len(inside)} dumps", expected="one .txt of GeoNames"))
        with archive.open(inside[0]) as raw, io.TextIOWrapper(raw, encoding="utf-8") as lines:
            yield lines


def _entry(fields: list[str], path: Path, line: int) -> Entry | Rejection | None:
    if len(fields) != 19:
        return Rejection(str(path), f"{len(fields)} columns", f"line {line}", "the 19 columns of a GeoNames dump")
    settled = fields[6] == "P" and fields[7] != "PPLX"
    kind = _KINDS.get(fields[7], "")
    if not settled and not kind:
        return None
    try:
        lat, lon, population = float(fields[4]), float(fields[5]), int(fields[14] or 0)
    except ValueError:
        return Rejection(str(path), "latitude, longitude or population is no number", f"line {line}")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return Rejection(str(path), f"the point {lat}, {lon} is off the Earth", f"line {line}")
    names, _ = usual_names(fields[3].split(",") if fields[3] else [])
    return Entry(
        gazetteer_id=fields[0],
        name=fields[1],
        lon=lon,
        lat=lat,
        kind=settlement_kind(population) if settled else kind,
        alt_names=names,
        country=fields[8],
        population=population,
        radius_km=settlement_radius(population) if settled else 0.0,
    )
