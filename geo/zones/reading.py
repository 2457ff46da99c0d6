"""Features of one file to dated, attributed, valid ground.

Each distinct polygon is mended once, however many days repeat it: series of daily snapshots mostly repeat themselves.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import Rejection, ZoneError
from geo.vocabulary import ZoneStatus
from geo.zones.dating import moment_of
from geo.zones.drafting import Properties
from geo.zones.features import RawFeature
from geo.zones.import_report import FeatureFault, Outcome
from geo.zones.mapping import ZoneMapping
from geo.zones.sources import read_raw
from geo.zones.topology import Repair, repaired

_DATE_NAMES = ("valid_from", "date", "day", "as_of", "datetime", "timestamp", "time")
_CONTROLLER = "controller"
_POLYGONAL = ("Polygon", "MultiPolygon", "GeometryCollection")


@dataclass(frozen=True, slots=True)
class Ground:
    """A piece of ground that a source gives to a side."""

    controller: str
    controller_name: str
    colour: str
    status: ZoneStatus
    name: str
    known_since: date | None
    until: date | None
    """First day after, of an interval; None for a snapshot, or for an interval that is open."""
    shape_key: bytes
    shape: BaseGeometry = field(compare=False, hash=False)


@dataclass(slots=True)
class Reading:
    """What has been read so far, file by file."""

    mapping: ZoneMapping | None
    snapshots: dict[tuple[datetime, str], dict[Ground, None]] = field(default_factory=dict)
    """(moment, file) to its ground; a dict without values keeps order and drops repeats."""
    intervals: bool = False
    """Whether any feature says until when it holds."""
    files: int = 0
    features: int = 0
    taken: int = 0
    flattened: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    untold: Properties = field(default_factory=Properties)
    """What the features say, while no mapping says which property matters."""
    faults: list[FeatureFault] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    _repairs: dict[bytes, Repair] = field(default_factory=dict)
    _grounds: dict[Ground, Ground] = field(default_factory=dict)

    def read(self, path: Path) -> None:
        """Take in one file; a file that cannot be read is noted and left out."""
        rules = self.mapping or ZoneMapping()
        try:
            raw = read_raw(path, crs=rules.crs)
        except ZoneError as error:
            self.rejections.append(error.rejection)
            return
        self.files += 1
        self.notes.update(dict.fromkeys(raw.notes))
        of_file = None if rules.date_property else moment_of(path.stem, pattern=rules.date_pattern)
        if of_file is not None:
            # A file without any zone is a day without data, which has to be told from a day without a file.
            self.snapshots.setdefault((of_file, path.name), {})
        for feature in raw.features:
            self.features += 1
            self._take(path, feature, of_file, rules)

    def _take(self, path: Path, feature: RawFeature, of_file: datetime | None, rules: ZoneMapping) -> None:
        if feature.shape is None and feature.faults:
            self._reject(path, feature, feature.faults)
            return
        if feature.shape is None or feature.shape.geom_type not in _POLYGONAL:
            self.set_aside["no polygon: " + (feature.shape.geom_type if feature.shape is not None else "none")] += 1
            return
        attributed = self._attributed(feature, rules)
        if attributed is None:
            return
        moment = self._moment(feature, of_file, rules)
        if moment is None:
            self._reject(path, feature, ("no_date",))
            return
        key = _shape_key(feature.shape)
        repair = self._repairs.get(key)
        if repair is None:
            repair = self._repairs[key] = repaired(feature.shape, bounds=rules.bounds)
        self._note(path, feature, repair)
        if repair.geometry is not None:
            self._keep(path, feature, moment, attributed, key, repair.geometry, rules)

    def _keep(
        self,
        path: Path,
        feature: RawFeature,
        moment: datetime,
        attributed: tuple[str, ZoneStatus],
        key: bytes,
        shape: BaseGeometry,
        rules: ZoneMapping,
    ) -> None:
        controller, status = attributed
        properties = feature.properties
        until = self._until(properties, rules)
        known = moment_of(properties.get(rules.known_since_property or "known_since"))
        side = rules.controller(_identifier(controller))
        own = self.mapping is None
        ground = Ground(
            controller=side.controller_id,
            controller_name=str(own and properties.get("controller_name") or (controller if own else side.name)),
            colour=_colour(properties.get("colour")) if own and properties.get("colour") else side.colour,
            status=status,
            name=str(properties.get(rules.name_property or ("name" if own else "")) or "")[:200],
            known_since=known.date() if known else None,
            until=until.date() if until else None,
            shape_key=key,
            shape=shape,
        )
        self.taken += 1
        kept = self.snapshots.setdefault((moment, path.name), {})
        if ground in kept:
            place = FeatureFault(path.name, feature.place, Outcome.REJECTED, ("duplicate",), 0.0)
            self.faults.append(place)
            self.taken -= 1
            return
        kept[self._grounds.setdefault(ground, ground)] = None

    def _attributed(self, feature: RawFeature, rules: ZoneMapping) -> tuple[str, ZoneStatus] | None:
        if self.mapping is None or not rules.rules:
            return self._attributed_by_itself(feature)
        text = rules.text_of(feature.properties)
        rule = rules.rule_for(text)
        if rule is None:
            self.unknown[text] += 1
            return None
        if rule.aside:
            self.set_aside[rule.aside] += 1
            return None
        return rule.controller, rule.status

    def _attributed_by_itself(self, feature: RawFeature) -> tuple[str, ZoneStatus] | None:
        """Without rules only a property `controller` is believed."""
        value = feature.properties.get(_CONTROLLER)
        if value not in (None, ""):
            told = str(feature.properties.get("status") or ZoneStatus.HELD)
            return str(value), ZoneStatus(told) if told in tuple(ZoneStatus) else ZoneStatus.HELD
        self.untold.note(feature.properties)
        self.unknown[""] += 1
        return None

    def _moment(self, feature: RawFeature, of_file: datetime | None, rules: ZoneMapping) -> datetime | None:
        if rules.date_property:
            return moment_of(feature.properties.get(rules.date_property), pattern=rules.date_pattern)
        if self.mapping is None or of_file is None:
            for name in _DATE_NAMES:
                moment = moment_of(feature.properties.get(name))
                if moment is not None:
                    return moment
        return of_file

    def _until(self, properties: Mapping[str, Any], rules: ZoneMapping) -> datetime | None:
        name = rules.until_property or ("valid_to" if self.mapping is None and "valid_from" in properties else "")
        if name and name in properties:
            self.intervals = True
        return moment_of(properties.get(name), pattern=rules.date_pattern) if name else None

    def _note(self, path: Path, feature: RawFeature, repair: Repair) -> None:
        faults = tuple(dict.fromkeys((*feature.faults, *repair.faults)))
        if repair.geometry is None:
            self._reject(path, feature, faults, repair.changed_km2)
        elif faults == ("z_values",):
            self.flattened += 1
        elif faults:
            self.faults.append(
                FeatureFault(path.name, feature.place, Outcome.REPAIRED, faults, repair.changed_km2, feature.shape)
            )

    def _reject(self, path: Path, feature: RawFeature, faults: tuple[str, ...], lost_km2: float = 0.0) -> None:
        self.faults.append(FeatureFault(path.name, feature.place, Outcome.REJECTED, faults, lost_km2, feature.shape))
        reason = ", ".join(fault.replace("_", " ") for fault in faults)
        self.rejections.append(Rejection(path.name, reason, place=feature.place, expected="a dated, valid polygon"))


def _shape_key(shape: BaseGeometry) -> bytes:
    return hashlib.blake2b(shapely.to_wkb(shape), digest_size=16).digest()


def _identifier(value: str) -> str:
    return re.sub(r"[^\w]+", "_", value.strip().casefold()).strip("_") or "unnamed"


def _colour(value: Any) -> str:
    return str(value) if re.fullmatch(r"#[0-9A-Fa-f]{6}", str(value)) else "#999999"
