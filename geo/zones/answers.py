"""What is said of an event's ground: `control`, `zone_id`, and one sentence of why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import geopandas as gpd
import pandas as pd

from geo.tables import as_day
from geo.vocabulary import CONTESTED, UNCERTAIN, UNKNOWN


class Finding(IntEnum):
    """How an event lies to the zones of its days."""

    HELD = 0
    CONTESTED = 1
    """Its zone says so."""
    OVERLAP = 2
    """Zones of two sides cover it."""
    REACHES = 3
    """The doubt about its place reaches the frontline."""
    CHANGES = 4
    """Its days span a change of hands."""
    NO_GROUND = 5
    """No zone covers its point."""
    NO_DAYS_OF_SERIES = 6
    """The series says nothing on its days."""
    NO_PLACE = 7
    NO_DAY = 8
    NO_SERIES = 9


@dataclass(frozen=True, slots=True)
class Answer:
    """The three columns of the join that are text."""

    control: str
    zone_id: str
    control_reason: str


_WITHOUT_ZONE = {
    Finding.NO_GROUND: "no zone of {series} covers the place on that day.",
    Finding.NO_DAYS_OF_SERIES: "{series} has no zones for that day.",
    Finding.NO_PLACE: "the place of the event is not known.",
    Finding.NO_DAY: "the day of the event is not known.",
    Finding.NO_SERIES: "there are no control zones to compare with.",
}
_WITH_ZONE = {
    Finding.CONTESTED: "The place lies on {ground}, which was contested.",
    Finding.OVERLAP: "Zones of different sides overlap at the place; one of them is {ground}.",
    Finding.REACHES: "The point lies on {ground}, but the doubt about the place reaches the frontline.",
    Finding.CHANGES: "On the first day the place lies on {ground}, but this changes within the event's days.",
}
_TOLD = ("zone_id", "controller", "controller_name", "status", "name", "valid_from", "valid_to")


def is_uncovered(reasons: pd.Series) -> pd.Series:
    """Return which reasons say no more than that one series has no ground at a place, or none on a day."""
    named = [Finding.NO_GROUND, Finding.NO_DAYS_OF_SERIES]
    patterns = (re.escape(_WITHOUT_ZONE[one]).replace(r"\{series\}", r"the series .*") for one in named)
    return reasons.str.fullmatch("|".join(f"(?i:{pattern})" for pattern in patterns))


def answers_for(findings: Sequence[Finding], positions: Sequence[int], zones: gpd.GeoDataFrame) -> list[Answer]:
    """Return the answers for pairs of a finding and a zone (`position` -1 where there is none), in the same order."""
    grounds = _grounds(zones, sorted({position for position in positions if position >= 0}))
    series = f"the series {zones['series'].iat[0]}" if len(zones) else "the series"
    return [
        _answer(finding, grounds.get(position), series) for finding, position in zip(findings, positions, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Ground:
    zone_id: str
    controller: str
    words: str


def _answer(finding: Finding, ground: _Ground | None, series: str) -> Answer:
    if finding in _WITHOUT_ZONE:
        told = _WITHOUT_ZONE[finding].format(series=series)
        return Answer(UNKNOWN, "", told[0].upper() + told[1:])
    if ground is None:
        return Answer(UNCERTAIN, "", "The ground changed hands, or was covered by zones only in part, during its days.")
    if finding is Finding.HELD:
        return Answer(ground.controller, ground.zone_id, f"The place lies on {ground.words}.")
    control = CONTESTED if finding in (Finding.CONTESTED, Finding.OVERLAP) else UNCERTAIN
    return Answer(control, ground.zone_id, _WITH_ZONE[finding].format(ground=ground.words))


def _grounds(zones: gpd.GeoDataFrame, positions: Sequence[int]) -> dict[int, _Ground]:
    """Return what is said of each zone; whole columns at once, as there may be a hundred thousand."""
    some = pd.DataFrame(zones[list(_TOLD)]).take(list(positions))
    columns = (some[name].tolist() for name in _TOLD)
    return {position: _ground(*row) for position, row in zip(positions, zip(*columns, strict=True), strict=True)}


def _ground(
    zone_id: str, controller: str, controller_name: str, status: str, name: str, valid_from: object, valid_to: object
) -> _Ground:
    holder = controller_name or controller
    named = f"{name} ({holder})" if status == CONTESTED and name else f"ground held by: {holder}"
    return _Ground(zone_id, controller, f"{named}, {days_in_words(valid_from, valid_to)} (zone {zone_id})")


def days_in_words(valid_from: object, valid_to: object) -> str:
    """Return a half-open span of days in words: `2016-11-19`, `2016-11-19 to 2016-11-21`, `from 2016-11-19`."""
    first, after = as_day(valid_from), as_day(valid_to)
    if after is None:
        return f"from {first}"
    last = type(after).fromordinal(after.toordinal() - 1)
    return str(first) if last == first else f"{first} to {last}"
