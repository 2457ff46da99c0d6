"""What is said of an event's ground: `control`, `zone_id`, and one sentence of why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import geopandas as gpd

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
    Finding.NO_GROUND: "No zone of {series} covers the place on that day.",
    Finding.NO_DAYS_OF_SERIES: "{series} has no zones for that day.",
    Finding.NO_PLACE: "The place of the event is not known.",
    Finding.NO_DAY: "The day of the event is not known.",
    Finding.NO_SERIES: "There are no control zones to compare with.",
}


def answer_for(finding: Finding, zones: gpd.GeoDataFrame, position: int) -> Answer:
    """Return the answer for events with one finding on one zone (`position` -1 where there is none)."""
    if finding in _WITHOUT_ZONE:
        series = f"The series {zones['series'].iat[0]}" if len(zones) else "the series"
        return Answer(UNKNOWN, "", _WITHOUT_ZONE[finding].format(series=series).replace("of The", "of the"))
    if position < 0:
        return Answer(UNCERTAIN, "", "The ground changed hands, or was covered by zones only in part, during its days.")
    zone_id = str(zones["zone_id"].iat[position])
    controller, ground = str(zones["controller"].iat[position]), _ground(zones, position)
    if finding is Finding.HELD:
        return Answer(controller, zone_id, f"The place lies on {ground}.")
    if finding is Finding.CONTESTED:
        return Answer(CONTESTED, zone_id, f"The place lies on {ground}, which was contested.")
    if finding is Finding.OVERLAP:
        return Answer(CONTESTED, zone_id, f"Zones of different sides overlap at the place; one of them is {ground}.")
    if finding is Finding.REACHES:
        reason = f"The point lies on {ground}, but the doubt about the place reaches the frontline."
        return Answer(UNCERTAIN, zone_id, reason)
    reason = f"On the first day the place lies on {ground}, but this changes within the event's days."
    return Answer(UNCERTAIN, zone_id, reason)


def _ground(zones: gpd.GeoDataFrame, position: int) -> str:
    row = zones.iloc[position]
    holder = row["controller_name"] or row["controller"]
    named = f"{row['name']} ({holder})" if row["status"] == CONTESTED and row["name"] else f"ground held by: {holder}"
    return f"{named}, {days_in_words(row['valid_from'], row['valid_to'])} (zone {row['zone_id']})"


def days_in_words(valid_from: object, valid_to: object) -> str:
    """Return a half-open span of days in words: `2016-11-19`, `2016-11-19 to 2016-11-21`, `from 2016-11-19`."""
    first, after = as_day(valid_from), as_day(valid_to)
    if after is None:
        return f"from {first}"
    last = type(after).fromordinal(after.toordinal() - 1)
    return str(first) if last == first else f"{first} to {last}"
