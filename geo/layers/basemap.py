"""The base map that a page carries: land, borders, divisions, rivers and names around what it shows, and no more.

Natural Earth at three levels of detail (data/basemap/, where its source is told): the world at 1:110 million, some
thousand kilometres around the scene at 1:50 million, its near surroundings at 1:10 million. Names of towns, quarters,
roads and waters come from the project's gazetteer files as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.layers.encoding import Json, nullable_numbers, number_array, packed, text_column
from geo.tables import Scene

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

FILE = "basemap/natural_earth.parquet"
WORLD: Bounds = (-180.0, -85.0, 180.0, 85.0)
SAME_PLACE = 2
"""Decimals of degrees within which two settlements of a kind are taken for one: about a kilometre."""
STEP = 0.0001
"""Names lie on this grid, in degrees."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A level of detail."""

    level: int
    zoom: float
    """From which zoom of the map on it is drawn."""
    quantum: float
    """Grid of its vertices in degrees."""
    margin: float
    """How far it goes beyond the scene, in degrees."""
    widest: float
    """Scenes that are wider, in degrees, do without it: at the zooms that show them it would not be seen."""


TIERS = (
    Tier(1, 0.0, 0.02, 360.0, 400.0),
    Tier(2, 5.5, 0.003, 14.0, 90.0),
    Tier(3, 7.0, 0.0005, 2.5, 24.0),
)
LINES = ("land", "river", "division", "border", "disputed")

_PLACE_ZOOMS = (3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 6.5, 7.0, 7.5, 8.0, 9.0)
"""By Natural Earth's rank of a place."""
_KINDS = MappingProxyType(
    {
        "city": ("city", 7.0),
        "town": ("town", 9.0),
        "village": ("quarter", 10.5),
        "suburb": ("quarter", 11.0),
        "camp": ("quarter", 11.0),
        "neighbourhood": ("quarter", 12.5),
        "river": ("water", 8.0),
        "lake": ("water", 8.0),
        "sea": ("water", 4.0),
        "strait": ("water", 6.0),
        "mountain": ("spot", 9.0),
        "road": ("spot", 12.0),
        "crossing": ("spot", 10.0),
        "airport": ("spot", 12.0),
        "airbase": ("spot", 11.0),
        "hospital": ("spot", 14.0),
        "landmark": ("spot", 14.0),
        "bridge": ("spot", 13.5),
    }
)
"""How places of the gazetteer are written, and from which zoom on."""
_NAME_COLUMNS = ["name", "ar", "fr", "uk", "kind", "zoom", "lon", "lat"]


def scene_bounds(scene: Scene) -> Bounds | None:
    """Return where a scene's zones and nearly all of its events lie; None where nothing has a place."""
    boxes = [scene.zones.total_bounds] if len(scene.zones) else []
    placed = scene.events[["lon", "lat"]].dropna().to_numpy()
    if len(placed):
        low, high = np.quantile(placed, [0.03, 0.97], axis=0)
        boxes.append(np.array([*low, *high]))
    if not boxes:
        return None
    found = np.vstack(boxes)
    west, south = np.floor(found[:, :2].min(axis=0) * 4) / 4
    east, north = np.ceil(found[:, 2:].max(axis=0) * 4) / 4
    return float(west), float(south), float(east), float(north)


def base_piece(bounds: Bounds | None, *, data: Path) -> Json | None:
    """Return the base map for what lies in `bounds` as the page reads it.

    `data` is the project's data folder; None where it carries no base map, as in a folder of one's own.
    """
    path = data / FILE
    return _piece(bounds or WORLD, path, data / "gazetteer") if path.is_file() else None


@lru_cache(maxsize=16)
def _piece(bounds: Bounds, path: Path, gazetteer: Path) -> Json:
    table = _table(path)
    width = _width(bounds)
    tiers = [_tier(tier, bounds, table) for tier in TIERS if width <= tier.widest]
    return {"ground": packed({"tiers": tiers, "names": _names(bounds, table, gazetteer)}, above=0)}


@lru_cache(maxsize=1)
def _table(path: Path) -> gpd.GeoDataFrame:
    table = gpd.read_parquet(path)
    return table.assign(**dict(zip(("west", "south", "east", "north"), shapely.bounds(table.geometry).T, strict=True)))


def _grown(bounds: Bounds, margin: float) -> Bounds:
    """Return a box that is larger by the margin on each side, within the world."""
    by = max(margin, 0.3 * _width(bounds))
    return (
        max(bounds[0] - by, WORLD[0]),
        max(bounds[1] - by, WORLD[1]),
        min(bounds[2] + by, WORLD[2]),
        min(bounds[3] + by, WORLD[3]),
    )


def _width(bounds: Bounds) -> float:
    return max(bounds[2] - bounds[0], bounds[3] - bounds[1])


def _within(table: gpd.GeoDataFrame, bounds: Bounds) -> gpd.GeoDataFrame:
    west, south, east, north = bounds
    inside = (table["west"] <= east) & (table["east"] >= west) & (table["south"] <= north) & (table["north"] >= south)
    return table[inside]


def _tier(tier: Tier, scene: Bounds, table: gpd.GeoDataFrame) -> Json:
    bounds = _grown(scene, tier.margin)
    # Wide scenes are seen from further away.
    quantum = max(tier.quantum, round(_width(bounds) / 7_000, 4)) if tier.level > 1 else tier.quantum
    near = _within(table[table["level"] == tier.level], bounds)
    paths: list[npt.NDArray[np.int64]] = []
    kinds: dict[str, list[int]] = {}
    for kind in LINES:
        first = len(paths)
        paths += _paths(near.geometry[near["kind"] == kind].to_numpy(), bounds, quantum)
        kinds[kind] = [first, len(paths)]
    points = np.vstack([np.empty((0, 2), dtype="int64"), *paths])
    deltas = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype="int64"))
    return {
        "zoom": tier.zoom,
        "bounds": bounds,
        "quantum": quantum,
        "kinds": kinds,
        "dx": number_array(deltas[:, 0]),
        "dy": number_array(deltas[:, 1]),
        "lengths": number_array(np.array([len(path) for path in paths], dtype="int64")),
    }


def _paths(shapes: npt.NDArray[np.object_], bounds: Bounds, quantum: float) -> list[npt.NDArray[np.int64]]:
    """Cut shapes to a box and return their rings and lines in whole quanta; those smaller than a quantum go."""
    cut = shapely.clip_by_rect(shapes, *bounds)
    parts = shapely.get_parts(cut)
    areal = shapely.get_type_id(parts) == 3
    lines = np.concatenate([shapely.get_rings(parts[areal]), parts[shapely.get_type_id(parts) == 1]])
    found = []
    for line in shapely.simplify(lines, quantum):
        grid = np.rint(shapely.get_coordinates(line) / quantum).astype("int64")
        kept = grid[np.append(True, np.any(grid[1:] != grid[:-1], axis=1))]
        if len(kept) > 1:
            found.append(kept)
    return found


def _names(bounds: Bounds, table: gpd.GeoDataFrame, gazetteer: Path) -> Json:
    """Return the names, the weightiest first: countries, divisions and cities, then what the gazetteer has nearby."""
    named = table[table["kind"].isin(["country_name", "division_name", "place"])]
    near, wide = _within(named, _grown(bounds, TIERS[2].margin)), named[named["kind"] != "division_name"]
    # Far away only what a look at the whole world shows.
    far = wide[(wide["kind"] == "country_name") | (wide["rank"] <= 1)]
    chosen = far if bounds == WORLD else pd.concat([far, near[~near.index.isin(far.index)]])
    zoom = np.where(chosen["kind"] == "place", np.take(_PLACE_ZOOMS, chosen["rank"].clip(0, 10)), chosen["rank"])
    # What a map as wide as this one shows within some steps of zooming in.
    shown = zoom <= np.log2(1400 / _width(bounds)) + 5
    chosen, zoom = chosen[shown], zoom[shown]
    kind = chosen["kind"].map({"country_name": "country", "division_name": "division", "place": "city"})
    texts = chosen[["name", "name_ar", "name_fr", "name_uk"]].set_axis(["name", "ar", "fr", "uk"], axis=1)
    world = texts.assign(kind=kind, zoom=zoom, lon=chosen["west"], lat=chosen["south"])
    found = pd.concat([world, _gazetteer_names(_grown(bounds, 0.4), gazetteer)])[_NAME_COLUMNS]
    order = found["kind"].map({"country": 0, "division": 1}).fillna(2)
    found = found.assign(order=order).sort_values(["order", "zoom"], kind="stable")
    columns = {name: text_column(found[name]) for name in ("name", "ar", "fr", "uk", "kind")}
    steps = {"zoom": 0.5, "lon": STEP, "lat": STEP}
    return columns | {name: nullable_numbers(found[name], step=step) for name, step in steps.items()}


def _gazetteer_names(bounds: Bounds, folder: Path) -> pd.DataFrame:
    """Return the settlements, quarters, waters and landmarks of the project's gazetteer files inside a box."""
    wanted = ["name", "name_local", "lat", "lon", "kind", "country", "population"]
    # Long lists made by machine come after the files of a region made by hand.
    paths = sorted(folder.glob("*.csv"), key=lambda path: (path.stat().st_size, path.name))
    tables = [pd.read_csv(path, usecols=wanted, keep_default_na=False) for path in paths]
    if not tables:
        return pd.DataFrame(columns=_NAME_COLUMNS)
    rows = pd.concat(tables)
    # Names that the map's alphabet lacks are shown where the reader's language has them.
    rows = rows[rows["kind"].isin(list(_KINDS)) & rows["name"].str.contains("[A-Za-z]")]
    points = rows[["lon", "lat"]].astype("float64")
    inside = points["lon"].between(bounds[0], bounds[2]) & points["lat"].between(bounds[1], bounds[3])
    rows, points = rows[inside], points[inside]
    # Two files may name one place in two spellings.
    first = ~points.assign(kind=rows["kind"]).round({"lon": SAME_PLACE, "lat": SAME_PLACE}).duplicated()
    rows, points = rows[first], points[first]
    population = pd.to_numeric(rows["population"], errors="coerce").fillna(0)
    usual = rows["kind"].map(lambda kind: _KINDS[kind][1])
    # A large town is named from further away.
    zoom = usual.where(population < 30_000, np.minimum(usual, 8.0)).where(population < 300_000, 6.0)
    local = rows["name_local"].astype("object")
    arabic = local.where(local.str.contains("[\u0600-\u06ff]"), "")
    cyrillic = local.where(local.str.contains("[\u0400-\u04ff]"), "")
    kind = rows["kind"].map(lambda kind: _KINDS[kind][0])
    return rows[["name"]].assign(ar=arabic, fr="", uk=cyrillic, kind=kind, zoom=zoom, **points.to_dict("series"))
