"""What `geo zones import` and `geo zones check` tell, and the faulty features that are kept as they were published."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from geo.commands.console import answer, say

if TYPE_CHECKING:
    from geo.zones import ImportReport, SeriesReport

_LAYER = "faults"
_MOST_SHOWN = 50


def originals_file(store: str, state: Path, series: str) -> Path:
    """Return where the faulty features of a series are kept: beside the store's file, else in the state folder."""
    name = re.sub(r"[^\w.-]+", "_", series)
    if "://" in store:
        return state / f"{name}.faults.gpkg"
    path = Path(store)
    return path.with_name(f"{path.stem}.{name}.faults.gpkg")


def keep_originals(report: ImportReport, path: Path, *, more: bool) -> None:
    """Write every feature that was repaired or rejected as it was published; `more` keeps those of earlier imports."""
    if not more:
        path.unlink(missing_ok=True)
    if report.faults:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = "a" if path.exists() else "w"
        report.originals().to_file(path, layer=_LAYER, driver="GPKG", mode=mode)
        say(f"{len(report.faults)} features as they were published in {path}.")


def print_originals(path: Path) -> None:
    """Print what the imports of a series repaired and rejected, and the totals."""
    import geopandas as gpd

    if not path.exists():
        return
    kept = gpd.read_file(path, layer=_LAYER, ignore_geometry=True)
    for row in kept.head(_MOST_SHOWN).itertuples():
        answer(f"{row.outcome}: {row.file}, {row.place}: {row.faults} ({row.changed_km2:,.4f} km²)")
    if len(kept) > _MOST_SHOWN:
        answer(f"… and {len(kept) - _MOST_SHOWN} more, all with their geometry in {path}")
    for (outcome, faults), group in kept.groupby(["outcome", "faults"]):
        answer(f"total {outcome} {faults}: {len(group)} feature(s), {group['changed_km2'].sum():,.4f} km²")


def say_report(report: ImportReport) -> None:
    """Write the counts of an import on standard error."""
    say(f"{report.files} file(s), {report.features} features: {report.taken} zones.")
    for reason, count in report.set_aside.items():
        say(f"  set aside, {reason}: {count}")
    for fault, total in report.totals().items():
        say(f"  {fault}: {total:,.4g}")
    if report.flattened:
        say(f"  heights dropped, nothing else: {report.flattened}")
    if report.identical:
        say(f"  snapshots that repeat the one before, stored once: {report.identical}")
    if report.superseded:
        say(f"  snapshots replaced by a later one of their day: {len(report.superseded)}")
    if report.empty_days:
        say(f"  days whose snapshot holds nothing (no data): {', '.join(map(str, report.empty_days[:10]))}")
    for first, last in report.missing_days[:20]:
        say(f"  no snapshot: {first}" + (f" to {last}" if last > first else ""))
    for note in report.notes:
        say(f"  {note}")


def print_check(report: SeriesReport) -> None:
    """Print every finding on a series, and the totals."""
    answer(f"{report.zones} zones, {report.slices} slices, {report.first} to {report.last}")
    for gap in report.gaps:
        answer(f"no data: {gap}")
    for fault in report.invalid:
        answer(f"invalid: {fault}")
    for zone in report.duplicates:
        answer(f"repeated: {zone}")
    for overlap in report.overlaps[:_MOST_SHOWN]:
        answer(f"overlap: {overlap.first_zone} and {overlap.second_zone}, {overlap.area_km2:,.3f} km²")
    if len(report.overlaps) > _MOST_SHOWN:
        answer(f"… and {len(report.overlaps) - _MOST_SHOWN} more overlaps")
    total = sum(overlap.area_km2 for overlap in report.overlaps)
    answer(
        f"totals: {len(report.gaps)} gap(s), {len(report.invalid)} invalid, {len(report.duplicates)} repeated, "
        f"{len(report.overlaps)} overlap(s) of {total:,.3f} km²"
    )
