"""What an import did with each thing that it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo.crs import LONLAT
from geo.errors import Rejection, ZoneError


class Outcome(StrEnum):
    """What became of a feature."""

    REPAIRED = "repaired"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class FeatureFault:
    """A feature that could not be taken as it was."""

    file: str
    place: str
    """`feature 12`, with its layer where the file has several."""
    outcome: Outcome
    faults: tuple[str, ...]
    """By the table in `geo.zones.topology`."""
    changed_km2: float
    """By how much the repair changed the ground; for a rejected feature the ground that is lost, where it is known."""
    original: BaseGeometry | None = None
    """As the file has it."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts and lists of one import; every feature that was read is in exactly one of the counts."""

    files: int
    features: int
    taken: int
    """Features that became zones, repaired ones among them."""
    set_aside: Mapping[str, int] = field(default_factory=dict)
    """Reason to number of features that are no zones by rule: points, arrows, claims."""
    flattened: int = 0
    """Features whose heights (Z) were dropped; listed in `faults` only where something else was wrong too."""
    faults: tuple[FeatureFault, ...] = ()
    empty_days: tuple[date, ...] = ()
    """Days with a snapshot that holds no zone: no data, not nobody."""
    superseded: tuple[str, ...] = ()
    """Snapshots that a later one of the same day replaced."""
    identical: int = 0
    """Snapshots that repeat the one before and are stored with it."""
    missing_days: tuple[tuple[date, date], ...] = ()
    """Days (both included) without a snapshot, between two that have one."""
    notes: tuple[str, ...] = ()
    intervals: bool = False
    """Whether each zone has days of its own, as against snapshots that close each other."""

    def totals(self) -> dict[str, float]:
        """Return number of features and changed area for each fault and outcome, as `outcome fault` and `… km2`."""
        totals: dict[str, float] = {}
        for entry in self.faults:
            for fault in entry.faults:
                totals[f"{entry.outcome} {fault}"] = totals.get(f"{entry.outcome} {fault}", 0) + 1
            key = f"{entry.outcome} km2"
            totals[key] = totals.get(key, 0.0) + entry.changed_km2
        return dict(sorted(totals.items()))

    def table(self) -> pd.DataFrame:
        """Return the faults as a table: `file, place, outcome, faults, changed_km2`."""
        return pd.DataFrame(
            {
                "file": [entry.file for entry in self.faults],
                "place": [entry.place for entry in self.faults],
                "outcome": [str(entry.outcome) for entry in self.faults],
                "faults": ["; ".join(entry.faults) for entry in self.faults],
                "changed_km2": [round(entry.changed_km2, 6) for entry in self.faults],
            }
        )

    def originals(self) -> gpd.GeoDataFrame:
        """Return the faulty features as they were published, with what was done to them."""
        table = self.table()
        shapes = [entry.original for entry in self.faults]
        return gpd.GeoDataFrame(table, geometry=shapes, crs=LONLAT)


@dataclass(frozen=True, slots=True)
class ZoneImport:
    """The zones of an import, what was left out, and what was done to the rest."""

    zones: gpd.GeoDataFrame
    """By `ZONE_COLUMNS`."""
    rejections: tuple[Rejection, ...]
    """Files and features that were left out, in words for the person who has to mend them."""
    report: ImportReport


class UnmappedValuesError(ZoneError):
    """Values that no rule of the mapping knows; nothing was imported."""

    def __init__(self, series: str, unknown: Mapping[str, int], draft: str) -> None:
        self.unknown = dict(unknown)
        self.draft = draft
        listed = ", ".join(f"{text!r} ({count})" for text, count in list(self.unknown.items())[:12])
        more = f" and {len(self.unknown) - 12} more" if len(self.unknown) > 12 else ""
        super().__init__(
            Rejection(
                series,
                f"{len(self.unknown)} value(s) that no rule knows: {listed}{more}",
                expected="a rule in the mapping file for every value",
                remedy="complete the drafted mapping and pass it with --mapping",
            )
        )
