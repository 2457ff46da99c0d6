"""What the public gets of a scene: events at sensitive places coarsened or held back, and marked as such.

A coarsened event moves to the middle of a fixed cell, so that many reports of one place never average out to it. It
keeps what happened, when, to how many, who did it, and the side that held the ground where that says no more of the
place than its cell does (`cell_ground`). It loses its names, its zone and its distance to the front, and its sentence,
which is written anew from what is left. It loses a side that shares a word with a name of the place. And by one rule it
loses **all** words quoted from reports (who is said to say it among them) with the addresses and identifiers of the
documents, as any of them may name the place; publisher and day of each account stay. Its mark is
`gazetteer = "coarsened"`, with the cell as `gazetteer_id` and the rules in `place_reason`: fields that every file and
every card shows.

What this cannot do: hide a place from one who knows the only hospital of a cell, or take back what reports published.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.crs import LONLAT
from geo.exports.cell_ground import may_tell_holder
from geo.exports.sensitive import KindsOf, Mask, SensitiveRule, rule_masks, unknown_kinds
from geo.tables import Scene, as_day, check_events
from geo.vocabulary import UNKNOWN, GeoPrecision

COARSENED = "coarsened"
"""`gazetteer` of an event whose place was coarsened."""

Floats = npt.NDArray[np.float64]

_KM_A_DEGREE = 111.195
"""Of a great circle on the sphere of mean radius 6371.0 km: π / 180 · 6371.0."""
_CORNER = 0.75
"""Farthest that a point of a cell lies from its middle, in sides: √½, and room for the sphere being none."""
_NAMES = ["place_name", "place_name_local", "toponym", "admin1", "accounts"]
_HOLDER = "The side that held the exact place, which is left out."
_NO_HOLDER = "Who held the place is left out: it would tell more of the place than its cell does."
_SHORTEST_TOKEN = 3
"""A word of a name gives it away from so many letters on."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A scene that may be shown to everybody, and what it holds back."""

    scene: Scene
    coarsened: int
    """Events shown by a cell instead of their place."""
    withheld: int
    """Events left out because they are too young, or because nobody knows how old they are."""
    closed_documents: frozenset[str]
    """Identifiers of the documents that tell of any of these; their texts and titles are not to be shown."""


def publish(
    scene: Scene, rules: Sequence[SensitiveRule], *, now: datetime, kinds_of: KindsOf = unknown_kinds
) -> Publication:
    """Return what the rules leave of a scene at the moment `now` (with a time zone); the scene stays as it is.

    `kinds_of` gives the kinds of a place by its gazetteer and identifier.
    """
    events = scene.events
    masks = rule_masks(events, rules, kinds_of=kinds_of)
    cells = _strictest(masks, [rule.coarsen_km for rule in rules], len(events))
    delays = _strictest(masks, [rule.delay_hours for rule in rules], len(events))
    withheld = _too_young(events, delays, now)
    coarse = (cells > 0) & ~withheld
    closed = _documents_of(events[(cells > 0) | withheld])
    kept = events[~withheld].reset_index(drop=True)
    hidden = coarse[~withheld]
    if hidden.any():
        whats = _reasons(masks, rules)[~withheld]
        kept = _with_coarse(kept, hidden, cells[~withheld], whats, scene.zones)
    used = set(kept["gazetteer_id"])
    regions = scene.regions[scene.regions["region_id"].isin(used)].reset_index(drop=True)
    shown = replace(scene, events=kept, regions=regions)
    return Publication(shown, int(coarse.sum()), int(withheld.sum()), closed)


def cell_middles(lon: Floats, lat: Floats, side_km: Floats) -> tuple[Floats, Floats]:
    """Return the middles (lon, lat in degrees) of the fixed cells of `side_km` that points lie in.

    Cells lie in rows of equal latitude from the equator, and within a row from the Greenwich meridian; the last cell of
    a row may be cut by the antimeridian, and its middle is kept on the globe.
    """
    step = side_km / _KM_A_DEGREE
    middle_lat = np.clip((np.floor(lat / step) + 0.5) * step, -89.9, 89.9)
    step_lon = np.minimum(step / np.cos(np.radians(middle_lat)), 360.0)
    middle_lon = np.clip((np.floor(lon / step_lon) + 0.5) * step_lon, -180.0, 180.0)
    return np.round(middle_lon, 4), np.round(middle_lat, 4)


def _strictest(masks: Sequence[Mask], values: Sequence[float], size: int) -> Floats:
    return np.max([np.zeros(size), *(mask * value for mask, value in zip(masks, values, strict=True))], axis=0)


def _too_young(events: gpd.GeoDataFrame, delays: Floats, now: datetime) -> Mask:
    """Tell which events the delay still holds back; one whose age nobody knows counts as too young."""
    # Whole seconds: a column of days may hold nothing finer.
    moment = pd.Timestamp(now).tz_convert("UTC").tz_localize(None).floor("s")
    last = events["date_end"].copy()
    for at in np.flatnonzero((delays > 0) & last.isna().to_numpy()):
        last.iat[at] = pd.Timestamp(_last_published(events["accounts"].iat[at]) or moment)
    free = last + pd.Timedelta(days=1) + pd.to_timedelta(delays, unit="h")
    return np.asarray((delays > 0) & (free > moment).to_numpy(), dtype=bool)


def _last_published(accounts: str) -> str | None:
    days = [account["published"] for account in json.loads(accounts or "[]") if account.get("published")]
    return max(days, default=None)


def _documents_of(events: gpd.GeoDataFrame) -> frozenset[str]:
    told = (account for accounts in events["accounts"] for account in json.loads(accounts or "[]"))
    return frozenset(account["document_id"] for account in told)


def _reasons(masks: Sequence[Mask], rules: Sequence[SensitiveRule]) -> npt.NDArray[np.object_]:
    named = np.full(len(masks[0]), "", dtype=object)
    for mask, rule in zip(masks, rules, strict=True):
        if rule.coarsen_km:
            named[mask] = [f"{text}; {rule.in_words()}" if text else rule.in_words() for text in named[mask]]
    return named


def _with_coarse(
    events: gpd.GeoDataFrame, hidden: Mask, cells: Floats, whats: npt.NDArray[np.object_], zones: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Return the events with those that are `hidden` coarsened to cells so wide."""
    rows = events[hidden]
    side = cells[hidden]
    lon, lat = cell_middles(rows["lon"].to_numpy(), rows["lat"].to_numpy(), side)
    placed = ~np.isnan(lon)
    doubt = rows["uncertainty_km"].fillna(0.0).to_numpy()
    radius = np.ceil((doubt + _CORNER * side) / side) * side
    told = may_tell_holder(rows.assign(lon=lon, lat=lat), zones, side)
    names = [_name_words(row) for row in rows[_NAMES].to_dict("records")]
    fields: dict[str, Any] = {
        "lon": lon,
        "lat": lat,
        "uncertainty_km": np.where(placed, radius, np.nan),
        "geo_precision": rows["geo_precision"].clip(lower=int(GeoPrecision.PART)),
        **dict.fromkeys(("place_name_local", "toponym", "zone_id", "attribution"), ""),
        "place_name": _rough_places(rows),
        "gazetteer": COARSENED,
        "gazetteer_id": [
            f"{km:g}km:{y:.4f}:{x:.4f}" if y == y else "" for km, x, y in zip(side, lon, lat, strict=True)
        ],
        "place_reason": [
            f"Coarsened to {km:g} km, names and quoted words left out, as a sensitive place: {what}."
            for km, what in zip(side, whats[hidden], strict=True)
        ],
        "frontline_km": np.nan,
        "control": rows["control"].where(told, UNKNOWN),
        "control_reason": np.where(told, _HOLDER, _NO_HOLDER),
        "accounts": [_closed_accounts(text, told) for text, told in zip(rows["accounts"], names, strict=True)],
        **{name: _without_names(rows[name], names) for name in ("actor1", "actor2", "weapon")},
    }
    coarse = pd.DataFrame(rows.drop(columns="geometry")).assign(**fields)
    coarse["notes"] = [_note(row) for row in coarse.to_dict("records")]
    points = [point if there else None for point, there in zip(gpd.points_from_xy(lon, lat), placed, strict=True)]
    table = gpd.GeoDataFrame(coarse, geometry=points, crs=LONLAT)
    whole = pd.concat([events[~hidden], table]).sort_index()
    return check_events(gpd.GeoDataFrame(whole, geometry="geometry", crs=LONLAT))


def _rough_places(rows: gpd.GeoDataFrame) -> list[str]:
    """Return what may be said of the places: the first-level division, else the country."""
    return [row.admin1 or row.country for row in rows[["admin1", "country"]].itertuples()]


def _without_names(texts: pd.Series, names: Sequence[set[str]]) -> list[str]:
    """Return the texts of a column, empty where they share a word with a name of the place."""
    return ["" if _words(text) & told else text for text, told in zip(texts, names, strict=True)]


def _name_words(row: dict[str, Any]) -> set[str]:
    names = [row["place_name"], row["place_name_local"], row["toponym"]]
    for account in json.loads(row["accounts"] or "[]"):
        names += [quote["text"] for quote in account["evidence"] if quote["field"] == "place_name"]
    return {word for name in names for word in _words(name)} - _words(row["admin1"]) - {"the", "and"}


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) >= _SHORTEST_TOKEN}


def _closed_accounts(text: str, names: set[str]) -> str:
    accounts = [
        {
            "document_id": "",
            "source": "" if _words(account["source"]) & names else account["source"],
            "url": "",
            "published": account["published"],
            "attribution": "",
            "evidence": [],
        }
        for account in json.loads(text or "[]")
    ]
    return json.dumps(accounts, ensure_ascii=False)


def _note(row: dict[str, Any]) -> str:
    what = row["sub_event_type"].replace("_", " ").capitalize()
    where = f" in {row['place_name']}" if row["place_name"] else ""
    start, end = as_day(row["date_start"]), as_day(row["date_end"])
    when = (
        "" if start is None else f", {start.isoformat()}" + (f" to {end.isoformat()}" if end and end != start else "")
    )
    return f"{what}{where}{when}; the exact place is left out."
