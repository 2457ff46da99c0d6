"""The division that a place lies in, where its row names none: that of its city, or of its nearest neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from geo.places.coordinates import KM_A_DEGREE
from geo.places.gazetteers.entry import Entry
from geo.places.kinds import KINDS, settlement_radius_km
from geo.vocabulary import GeoPrecision

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
_CITY = 100_000
"""People; a place with as many has quarters that lists name as places."""
_ASKED = 3
"""Neighbours that vote."""
_REACH_DEGREES = 0.5
"""Farther ones say nothing: about 50 km."""


def with_provinces(entries: Sequence[Entry], *, hidden: Iterable[int] = ()) -> list[Entry]:
    """Return the entries, those of a town or a smaller place with the division that its neighbours agree on.

    `hidden` entries, by position, neither ask nor vote. A quarter has its city's; of another place, two of the three
    nearest places of the country within half a degree must agree. Near a border the answer may be the division beside.
    """
    lacking: dict[str, list[int]] = {}
    telling: dict[str, list[int]] = {}
    left_out = frozenset(hidden)
    for number, entry in enumerate(entries):
        small = KINDS[entry.kind].geo_precision is GeoPrecision.TOWN
        if entry.country and small and number not in left_out:
            (telling if entry.admin1 else lacking).setdefault(entry.country, []).append(number)
    told = list(entries)
    for country in lacking.keys() & telling.keys():
        known = [entries[one] for one in telling[country]]
        lon, lat = np.array([one.lon for one in known]), np.array([one.lat for one in known])
        reach = np.array([settlement_radius_km(one.population) / KM_A_DEGREE for one in known])
        for number in lacking[country]:
            entry = entries[number]
            away = np.hypot((lon - entry.lon) * np.cos(np.radians(entry.lat)), lat - entry.lat)
            if name := _of_city(known, np.flatnonzero(away <= reach)) or _voted(known, away):
                told[number] = replace(entry, admin1=name)
    return told


def _of_city(known: Sequence[Entry], around: Integers) -> str:
    cities = [known[at] for at in around.tolist() if known[at].population >= _CITY]
    return max(cities, key=lambda one: one.population).admin1 if cities else ""


def _voted(known: Sequence[Entry], away: Floats) -> str:
    nearest = [at for at in np.argsort(away, kind="stable")[:_ASKED].tolist() if away[at] <= _REACH_DEGREES]
    votes = Counter(known[at].admin1 for at in nearest)
    name, agreed = votes.most_common(1)[0] if votes else ("", 0)
    return name if 2 * agreed > len(nearest) > 1 else ""
