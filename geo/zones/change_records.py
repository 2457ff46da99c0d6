"""Changes of hands as evidence: event types for them, and event records to stand beside reported events."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import LONLAT, distance_km
from geo.tables import EVENT_COLUMNS, check_events, empty_table
from geo.vocabulary import CONTESTED, UNKNOWN, EventType, Factuality, Review, ZoneStatus

Period = tuple[date, date]
"""First and last day, both included."""
_BLANK: Mapping[str, Any] = {
    "text": "",
    "list": "",
    "json": "[]",
    "integer": pd.NA,
    "real": np.nan,
    "day": pd.NaT,
    "flag": False,
}
_MOST_PLACES = 6
"""Names in the sentence of a record."""


def change_events(
    changed: gpd.GeoDataFrame, *, governments: Collection[str] = ("government",), agreed: Sequence[Period] = ()
) -> gpd.GeoDataFrame:
    """Return changes with `event_type` and `sub_event_type`, as evidence beside reported events.

    Ground that a government takes is `government_regains_territory`, ground that anybody else takes
    `non_state_actor_overtakes_territory`, ground that becomes contested `armed_clash`; on days on which ground passed
    by agreement it is `non_violent_transfer_of_territory`. Ground that only came into or went out of the map's sight is
    no event and is left out.

    Args:
        changed: as `changes` returns them.
        governments: controllers that are a government.
        agreed: days on which ground passed by agreement: polygons do not tell a fight from a bus.

    """
    known = changed[(changed["from_side"] != UNKNOWN) & (changed["to_side"] != UNKNOWN)].copy()
    takers = known["to_side"].to_numpy()
    days = known["day"].dt.date
    peaceful = np.array([any(first <= day <= last for first, last in agreed) for day in days], dtype=bool)
    peaceful &= takers != CONTESTED
    known["event_type"] = np.where(peaceful, str(EventType.STRATEGIC_DEVELOPMENTS), str(EventType.BATTLES))
    known["sub_event_type"] = np.select(
        [peaceful, takers == CONTESTED, np.isin(takers, list(governments))],
        ["non_violent_transfer_of_territory", "armed_clash", "government_regains_territory"],
        "non_state_actor_overtakes_territory",
    )
    return known.reset_index(drop=True)


def change_records(evidence: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return changes by `EVENT_COLUMNS`: points to draw and export beside reported events.

    Args:
        evidence: as `change_events` returns it.
        zones: the series that it was made from.

    """
    if evidence.empty:
        return empty_table(EVENT_COLUMNS)
    held = zones[zones["status"] == ZoneStatus.HELD].drop_duplicates("controller")
    names = dict(zip(held["controller"], held["controller_name"], strict=True))
    told = zones.set_index("zone_id")[["source", "doubt_km"]].to_dict("index")
    series = str(zones["series"].iat[0])
    points = shapely.point_on_surface(evidence.geometry.to_numpy())
    rows = [_record(row, point, series, names, told) for row, point in zip(evidence.itertuples(), points, strict=True)]
    frame = gpd.GeoDataFrame(pd.DataFrame(rows), geometry=points, crs=LONLAT)
    return check_events(frame, name=f"changes of {series}")


def _record(
    row: Any, point: shapely.Point, series: str, names: Mapping[str, str], told: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    now = [zone for zone in str(row.zone_ids).split(";") if zone in told]
    doubts = [told[zone]["doubt_km"] for zone in now if pd.notna(told[zone]["doubt_km"])]
    places = [name for name in str(row.places).split("; ") if name]
    key = f"{series}|{row.day:%Y-%m-%d}|{row.from_side}|{row.to_side}"
    contested = row.to_side == CONTESTED
    return {column.name: _BLANK[column.kind] for column in EVENT_COLUMNS} | {
        "event_id": "change-" + hashlib.blake2b(key.encode("utf-8"), digest_size=8).hexdigest(),
        "event_type": row.event_type,
        "sub_event_type": row.sub_event_type,
        "date_start": row.day,
        "date_end": row.day,
        "time_precision": 1,
        "lon": point.x,
        "lat": point.y,
        "geo_precision": 2,
        "uncertainty_km": round(_reach_km(row.geometry, point) + max(doubts, default=0.0), 2),
        "place_name": places[0] if places else "",
        "place_reason": f"A point inside the {row.area_km2:,.2f} km² that passed, by the series {series}.",
        "actor1": "" if contested else names.get(row.to_side, row.to_side),
        "actor2": names.get(row.from_side, row.from_side) if row.from_side != CONTESTED else "",
        "factuality": str(Factuality.ASSERTED),
        "attribution": "; ".join(dict.fromkeys(str(told[zone]["source"]) for zone in now)),
        "control": row.to_side,
        "zone_id": now[0] if now else "",
        "control_reason": f"The ground passed to this side on {row.day:%Y-%m-%d}, by the series {series}.",
        "notes": _sentence(row, names, places),
        "review": str(Review.UNREVIEWED),
    }


def _sentence(row: Any, names: Mapping[str, str], places: Sequence[str]) -> str:
    giver, taker = (names.get(side, side) for side in (row.from_side, row.to_side))
    named = ", ".join(places[:_MOST_PLACES]) + (
        f" and {len(places) - _MOST_PLACES} more" * (len(places) > _MOST_PLACES)
    )
    where = f", with {named}" if named else ""
    passed = f"{row.area_km2:,.2f} km² of {giver} ground became contested" if row.to_side == CONTESTED else ""
    return f"{passed or f'{row.area_km2:,.2f} km² passed from {giver} to {taker}'}{where}."


def _reach_km(ground: shapely.Geometry, point: shapely.Point) -> float:
    """Return the distance from a point to the farthest corner of a ground's box."""
    west, south, east, north = ground.bounds
    return max(distance_km(point.x, point.y, lon, lat) for lon in (west, east) for lat in (south, north))
