"""Zones from a plain table of places with dated holders: how most control data comes.

One row says who holds a place from a day on: `place, lon, lat, day, holder`, and optionally `status` (`held` or
`contested`), `source` and `note`. Rows of one place are taken in the order of their days; rows of one day that name
different holders leave the place contested.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import MultiPoint
from shapely.geometry.base import BaseGeometry

from geo.crs import buffer_km
from geo.errors import ConfigurationError, Rejection, ZoneError
from geo.tables import Attribution
from geo.vocabulary import CONTESTED, ZoneStatus
from geo.zones.building import Derivation, derived_zones
from geo.zones.cells import CellPoint, cell_polygons, read_outline
from geo.zones.dating import moment_of
from geo.zones.definition import SeriesDefinition
from geo.zones.mapping import made_up_controller
from geo.zones.nearest import great_circle_km
from geo.zones.statements import Holding, Statement

_NEEDED = ("place", "lon", "lat", "day", "holder")
_OPTIONAL = ("status", "source", "note")


def build_from_places(
    table: Path, *, series: str, outline: Path | None = None, end: date | None = None
) -> gpd.GeoDataFrame:
    """Build a series from a CSV file of places with dated holders, by `ZONE_COLUMNS`.

    Args:
        table: the file.
        series: name of the series.
        outline: file with the ground that the places share out; without it their hull, half a usual distance wider.
        end: first day after the series; without it the day after the last row.

    Raises:
        ZoneError: the table breaks the description above; the message lists every row that does.

    """
    rows = _rows(table)
    points = {
        str(place): CellPoint(
            cell=str(place), name=str(place), lon=float(group["lon"].iat[0]), lat=float(group["lat"].iat[0]), holder=""
        )
        for place, group in rows.groupby("place", sort=False)
    }
    ground = read_outline(outline) if outline else _hull(list(points.values()))
    statements = tuple(_statement(row) for row in rows.sort_values("day", kind="stable").to_dict("records"))
    first = rows["day"].min()
    after = end or rows["day"].max() + timedelta(days=1)
    if after <= first:
        raise ConfigurationError(f"the series would end on {after}, before its first day {first}")
    derivation = Derivation(
        definition=_definition(series, rows, first, after, _usual_distance_km(list(points.values())) / 2),
        points=points,
        polygons=cell_polygons(list(points.values()), ground),
        statements=statements,
        holdings={place: _holdings(group) for place, group in rows.groupby("place", sort=False)},
    )
    return derived_zones(derivation, first, after)


def _rows(table: Path) -> pd.DataFrame:
    try:
        raw = pd.read_csv(table, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ZoneError(Rejection(str(table), f"cannot be read ({error})", expected="a CSV table")) from error
    missing = [name for name in _NEEDED if name not in raw.columns]
    if missing or raw.empty:
        reason = f"column(s) {', '.join(missing)} missing" if missing else "no rows"
        raise ZoneError(Rejection(str(table), reason, expected=f"the columns {', '.join(_NEEDED)}"))
    rows = raw.reindex(columns=[*_NEEDED, *_OPTIONAL], fill_value="")
    days = [moment_of(value) for value in rows["day"]]
    rows["day"] = [moment.date() if moment else None for moment in days]
    for name in ("lon", "lat"):
        rows[name] = pd.to_numeric(rows[name], errors="coerce")
    rows["status"] = rows["status"].replace("", ZoneStatus.HELD)
    wrong = {
        "day": rows["day"].isna(),
        "lon": ~rows["lon"].between(-180, 180),
        "lat": ~rows["lat"].between(-90, 90),
        "place": rows["place"] == "",
        "holder": rows["holder"] == "",
        "status": ~rows["status"].isin(list(ZoneStatus)),
    }
    faults = [(int(row) + 2, name) for name, rejected in wrong.items() for row in np.flatnonzero(rejected)]
    if faults:
        told = [f"line {line}, {name} is {raw[name].iat[line - 2]!r}" for line, name in sorted(faults)[:20]]
        more = f"; and {len(faults) - 20} more" if len(faults) > 20 else ""
        expected = "a place, degrees, a day such as 2016-11-20, a holder, and held or contested"
        raise ZoneError(Rejection(str(table), "; ".join(told) + more, expected=expected, remedy="correct the rows"))
    rows["holder_id"] = [re.sub(r"[^\w]+", "_", value.strip().casefold()).strip("_") for value in rows["holder"]]
    return rows


def _statement(row: dict[str, object]) -> Statement:
    holder = CONTESTED if row["status"] == ZoneStatus.CONTESTED else str(row["holder_id"])
    day = row["day"]
    assert isinstance(day, date)
    text = str(row["note"]) or f"{row['place']}: {row['holder']}"
    return Statement(day, day, (str(row["place"]),), holder, 1.0, str(row["source"]) or "table", text)


def _holdings(group: pd.DataFrame) -> tuple[Holding, ...]:
    found: list[Holding] = []
    for day, told in group.sort_values("day", kind="stable").groupby("day"):
        holders = list(dict.fromkeys(told["holder_id"]))
        contested = len(holders) > 1 or (told["status"] == ZoneStatus.CONTESTED).any()
        status = ZoneStatus.CONTESTED if contested else ZoneStatus.HELD
        before = found[-1].controller if found else ""
        found.append(Holding(day, before if before in holders and contested else holders[0], status))
    return tuple(found)


def _definition(series: str, rows: pd.DataFrame, first: date, after: date, doubt_km: float) -> SeriesDefinition:
    names = dict(zip(rows["holder_id"], rows["holder"], strict=True))
    controllers = {key: made_up_controller(key, number, str(names[key])) for number, key in enumerate(sorted(names))}
    sources = {name: Attribution(name, "as stated there") for name in rows["source"].unique() if name}
    return SeriesDefinition(
        name=series,
        title=series,
        starts=first,
        ends=after,
        step="day",
        doubt_km=round(doubt_km, 2),
        disagreement_days=0,
        controllers=MappingProxyType(controllers),
        sources=MappingProxyType(sources),
    )


def _usual_distance_km(points: Sequence[CellPoint]) -> float:
    """Return the median distance from a place to the one nearest to it."""
    if len(points) < 2:
        return 1.0
    places = np.array([(point.lon, point.lat) for point in points])
    tree = shapely.STRtree(shapely.points(places))
    one, other = tree.query_nearest(shapely.points(places), exclusive=True, all_matches=False)
    return float(np.median(great_circle_km(places[one], places[other])))


def _hull(points: Sequence[CellPoint]) -> BaseGeometry:
    hull = MultiPoint([(point.lon, point.lat) for point in points]).convex_hull
    return buffer_km(hull, _usual_distance_km(points) / 2)
