"""Somebody else's zones, in files of several formats, into one series of half-open days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd

from geo.crs import LONLAT
from geo.errors import Rejection, UnknownFormatError
from geo.tables import ZONE_COLUMNS, check_zones, empty_table
from geo.zones.import_report import ImportReport, UnmappedValuesError, ZoneImport
from geo.zones.mapping import ZoneMapping, mapping_draft, read_mapping
from geo.zones.overlaps import Overlaps
from geo.zones.reading import Ground, Reading
from geo.zones.sources import SUFFIXES

Progress = Callable[[int, int, str], None]
"""Called with (files done, files in all, name of the file)."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    day: date
    file: str
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Consecutive snapshots that say the same."""

    first: _Snapshot
    last: _Snapshot
    count: int


def read_zone_files(
    paths: Iterable[str | Path], *, series: str, mapping: Path | None = None, progress: Progress | None = None
) -> ZoneImport:
    """Read files of control zones into one series.

    Without a mapping the files must say `controller` in a property of that name. A snapshot holds until the next one;
    the last is open. Of several snapshots of one day the latest counts.

    Args:
        paths: files and folders (searched for known suffixes, not deeper).
        series: name of the series.
        mapping: file that says what the properties mean; see `geo.zones.mapping`.
        progress: told after each file.

    Raises:
        UnmappedValuesError: a value that no rule knows; it carries a drafted mapping.
        ConfigurationError: the mapping is wrong.

    """
    rules = read_mapping(mapping) if mapping else None
    reading = Reading(rules)
    files = list(_files(paths, reading.rejections))
    for number, path in enumerate(files, start=1):
        try:
            reading.read(path)
        except UnknownFormatError as error:
            reading.rejections.append(Rejection(str(path), str(error)))
        if progress:
            progress(number, len(files), path.name)
    if reading.unknown:
        raise _unmapped(series, reading)
    rows, shapes, report = _series(reading, series, rules or ZoneMapping())
    if not rows:
        return ZoneImport(empty_table(ZONE_COLUMNS), tuple(reading.rejections), report)
    zones = check_zones(gpd.GeoDataFrame(rows, geometry=shapes, crs=LONLAT), name=series)
    return ZoneImport(zones, tuple(reading.rejections), report)


def _files(paths: Iterable[str | Path], rejections: list[Rejection]) -> Iterator[Path]:
    for given in paths:
        path = Path(given)
        if path.is_dir():
            files = sorted(item for item in path.iterdir() if item.suffix.lower() in SUFFIXES)
            if not files:
                rejections.append(
                    Rejection(str(path), "holds no file of zones", expected=f"one of {', '.join(SUFFIXES)}")
                )
            yield from files
        elif path.exists():
            yield path
        else:
            rejections.append(Rejection(str(path), "no such file or folder"))


def _unmapped(series: str, reading: Reading) -> UnmappedValuesError:
    if reading.mapping is not None and reading.mapping.rules:
        unknown = dict(reading.unknown.most_common())
        return UnmappedValuesError(series, unknown, mapping_draft(reading.mapping.text_properties, unknown))
    draft, values = reading.untold.draft()
    return UnmappedValuesError(series, values, draft)


def _series(
    reading: Reading, series: str, rules: ZoneMapping
) -> tuple[list[dict[str, Any]], list[object], ImportReport]:
    latest, superseded = _latest_of_each_day(reading)
    full = [snapshot for snapshot in latest if snapshot.grounds]
    rows: list[dict[str, Any]] = []
    shapes: list[object] = []
    stretches = [] if reading.intervals else _stretches(full)
    overlaps = Overlaps(rules.overlaps)
    for stretch, valid_to in zip(stretches, _ends(stretches, rules), strict=True):
        for number, ground in enumerate(overlaps.cut(stretch.first.grounds, stretch.first.file), start=1):
            rows.append(_row(series, number, ground, stretch, valid_to, rules))
            shapes.append(ground.shape)
    if reading.intervals:
        rows, shapes = _interval_rows(reading, series, rules)
    report = ImportReport(
        files=reading.files,
        features=reading.features,
        taken=reading.taken,
        set_aside=dict(reading.set_aside.most_common()),
        flattened=reading.flattened,
        faults=(*reading.faults, *overlaps.faults),
        empty_days=tuple(snapshot.day for snapshot in latest if not snapshot.grounds),
        superseded=tuple(superseded),
        identical=len(full) - len(stretches) if stretches else 0,
        missing_days=() if reading.intervals else tuple(_missing(full)),
        notes=tuple(reading.notes),
        intervals=reading.intervals,
    )
    return rows, shapes, report


def _latest_of_each_day(reading: Reading) -> tuple[list[_Snapshot], list[str]]:
    """Return one snapshot a day, in order: the latest that holds anything; and the names of the others."""
    by_day: dict[date, list[tuple[datetime, str]]] = {}
    for moment, file in sorted(reading.snapshots):
        by_day.setdefault(moment.date(), []).append((moment, file))
    latest: list[_Snapshot] = []
    superseded: list[str] = []
    for day, keys in by_day.items():
        chosen = next((key for key in reversed(keys) if reading.snapshots[key]), keys[-1])
        latest.append(_Snapshot(day, chosen[1], tuple(reading.snapshots[chosen])))
        superseded += [f"{file} ({moment:%Y-%m-%d %H:%M})" for moment, file in keys if (moment, file) != chosen]
    return latest, superseded


def _stretches(snapshots: list[_Snapshot]) -> list[_Stretch]:
    found: list[_Stretch] = []
    said: frozenset[Ground] | None = None
    for snapshot in snapshots:
        fresh = frozenset(snapshot.grounds)
        if fresh == said:
            found[-1] = _Stretch(found[-1].first, snapshot, found[-1].count + 1)
        else:
            found.append(_Stretch(snapshot, snapshot, 1))
            said = fresh
    return found


def _ends(stretches: list[_Stretch], rules: ZoneMapping) -> list[date | None]:
    starts: list[date | None] = [stretch.first.day for stretch in stretches[1:]]
    ends = [*starts, None] if stretches else []
    if rules.longest_gap_days is None:
        return ends
    longest = timedelta(days=rules.longest_gap_days)
    return [
        end if end is not None and end <= stretch.last.day + longest else stretch.last.day + longest
        for stretch, end in zip(stretches, ends, strict=True)
    ]


def _missing(snapshots: list[_Snapshot]) -> Iterator[tuple[date, date]]:
    for before, after in pairwise(snapshots):
        if (after.day - before.day).days > 1:
            yield before.day + timedelta(days=1), after.day - timedelta(days=1)


def _row(
    series: str, number: int, ground: Ground, stretch: _Stretch, valid_to: date | None, rules: ZoneMapping
) -> dict[str, Any]:
    note = f"From {stretch.first.file}"
    if stretch.count > 1:
        note += f"; repeated by {stretch.count - 1} later file(s) until {stretch.last.file}"
    zone_id = f"{series}-{stretch.first.day:%Y%m%d}-{number:03d}"
    return _columns(series, zone_id, ground, stretch.first.day, valid_to, rules) | {"note": note + "."}


def _interval_rows(reading: Reading, series: str, rules: ZoneMapping) -> tuple[list[dict[str, Any]], list[object]]:
    rows: list[dict[str, Any]] = []
    shapes: list[object] = []
    for (moment, file), grounds in sorted(reading.snapshots.items(), key=lambda item: item[0]):
        for ground in grounds:
            if ground.until is not None and ground.until <= moment.date():
                reading.rejections.append(Rejection(file, f"an interval from {moment.date()} ends on {ground.until}"))
                continue
            zone_id = f"{series}-{moment:%Y%m%d}-{len(rows) + 1:04d}"
            columns = _columns(series, zone_id, ground, moment.date(), ground.until, rules)
            rows.append(columns | {"note": f"From {file}."})
            shapes.append(ground.shape)
    return rows, shapes


def _columns(
    series: str, zone_id: str, ground: Ground, valid_from: date, valid_to: date | None, rules: ZoneMapping
) -> dict[str, Any]:
    return {
        "zone_id": zone_id,
        "series": series,
        "controller": ground.controller,
        "controller_name": ground.controller_name,
        "colour": ground.colour,
        "status": str(ground.status),
        "name": ground.name,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "known_since": ground.known_since,
        "doubt_km": rules.doubt_km,
        "source": rules.source or "imported file",
    }
