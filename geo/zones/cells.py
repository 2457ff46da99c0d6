"""Ground from points: the Voronoi cells of named places, clipped by an outline.

Each piece of the outline goes to the place whose point is nearest (measured in a local metric frame). Several points
with one cell identifier make one cell. Neighbouring cells share their border vertex for vertex.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio.errors
import shapely
from shapely.geometry import MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from geo.crs import LONLAT, from_local, to_local
from geo.errors import ConfigurationError
from geo.vocabulary import ZoneStatus

CELLS_FILE = "cells.csv"
OUTLINE_FILE = "outline.geojson"
_COLUMNS = {
    "cell",
    "name",
    "name_local",
    "lon",
    "lat",
    "holder",
    "status",
    "as_of",
    "doubt_km",
    "place_source",
    "holder_source",
    "note",
}
_NEEDED = {"cell", "name", "lon", "lat", "holder"}
_DIGITS = 6
"""Decimals of a degree that are kept: a tenth of a metre."""


@dataclass(frozen=True, slots=True)
class CellPoint:
    """A named place that gets the ground nearest to it."""

    cell: str
    name: str
    lon: float
    lat: float
    holder: str
    """Who held it on `as_of`; empty where that is not known."""
    status: ZoneStatus = ZoneStatus.HELD
    as_of: date | None = None
    """None for the first day of the series."""
    name_local: str = ""
    doubt_km: float | None = None
    """How far the point may be off, where that is more than the series' doubt."""
    holder_source: str = ""
    note: str = ""


def read_cells(path: Path, *, controllers: Iterable[str]) -> tuple[CellPoint, ...]:
    """Read the points of a series, one row each.

    Columns: `cell, name, lon, lat, holder`, and optionally `name_local, status, as_of, doubt_km, place_source,
    holder_source, note`.

    Raises:
        ConfigurationError: listing every row that breaks this.

    """
    known = set(controllers)
    cells: list[CellPoint] = []
    faults: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = set(reader.fieldnames or ())
            faults += [f"column {name!r} is missing" for name in sorted(_NEEDED - columns)]
            faults += [f"column {name!r} is not known" for name in sorted(columns - _COLUMNS)]
            rows = [] if faults else list(reader)
    except FileNotFoundError as error:
        raise ConfigurationError(f"{path} is missing: the points of the cells are listed there") from error
    for number, row in enumerate(rows, start=2):
        try:
            cells.append(_cell_point(row, known))
        except ValueError as error:
            faults.append(f"line {number}: {error}")
    if faults or not cells:
        raise ConfigurationError(f"{path}: " + ("; ".join(faults) or "no cells"))
    return tuple(cells)


def _cell_point(row: Mapping[str, str], controllers: set[str]) -> CellPoint:
    lon, lat = float(row["lon"]), float(row["lat"])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"lon {lon}, lat {lat} lie off the globe")
    if not row["cell"] or not row["name"]:
        raise ValueError("cell and name must not be empty")
    if row["holder"] and row["holder"] not in controllers:
        raise ValueError(f"holder {row['holder']!r} is no controller of the series ({', '.join(sorted(controllers))})")
    return CellPoint(
        cell=row["cell"],
        name=row["name"],
        lon=lon,
        lat=lat,
        holder=row["holder"],
        status=ZoneStatus(row.get("status") or "held"),
        as_of=date.fromisoformat(row["as_of"]) if row.get("as_of") else None,
        name_local=row.get("name_local") or "",
        doubt_km=float(row["doubt_km"]) if row.get("doubt_km") else None,
        holder_source=row.get("holder_source") or "",
        note=row.get("note") or "",
    )


def read_outline(path: Path) -> BaseGeometry:
    """Read the ground that cells are clipped by: the union of all polygons of a file, in EPSG:4326."""
    if not path.exists():
        raise ConfigurationError(f"{path} is missing: the ground that the cells are clipped by is drawn there")
    try:
        frame = gpd.read_file(path).to_crs(LONLAT)
    except (pyogrio.errors.DataSourceError, ValueError) as error:
        raise ConfigurationError(f"{path} cannot be read as polygons with a coordinate system: {error}") from error
    outline = shapely.union_all(shapely.make_valid(frame.geometry.to_numpy()))
    if outline.is_empty or outline.geom_type not in ("Polygon", "MultiPolygon"):
        raise ConfigurationError(f"{path} holds no polygon")
    return outline


def cell_polygons(points: Sequence[CellPoint], outline: BaseGeometry) -> dict[str, BaseGeometry]:
    """Return the polygon of each cell in EPSG:4326; a cell whose ground lies outside the outline is left out."""
    centre = outline.centroid
    lon, lat = centre.x, centre.y
    local_outline = to_local(outline, lon=lon, lat=lat)
    seeds = [to_local(Point(point.lon, point.lat), lon=lon, lat=lat) for point in points]
    distinct = {(seed.x, seed.y) for seed in seeds}
    if len(distinct) != len(seeds):
        raise ConfigurationError("two cells lie at the same point: move one of them or give both the same row")
    pieces = _voronoi(seeds, local_outline)
    grouped: dict[str, list[BaseGeometry]] = {}
    for point, piece in zip(points, pieces, strict=True):
        if not piece.is_empty:
            grouped.setdefault(point.cell, []).append(piece)
    return {cell: _rounded(from_local(shapely.union_all(parts), lon=lon, lat=lat)) for cell, parts in grouped.items()}


def _voronoi(seeds: Sequence[Point], outline: BaseGeometry) -> list[BaseGeometry]:
    if len(seeds) == 1:
        return [outline]
    diagram = shapely.voronoi_polygons(MultiPoint(seeds), extend_to=outline.envelope, ordered=True)
    # The frame of GEOS reaches only a little beyond the points and `extend_to`; that suffices, as the clip lies inside.
    return [_areas(shapely.intersection(part, outline)) for part in diagram.geoms]


def _areas(geometry: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)


def _rounded(geometry: BaseGeometry) -> BaseGeometry:
    # Plain rounding of the vertices keeps shared borders shared; snapping each polygon for itself would not.
    rounded = shapely.transform(geometry, lambda coordinates: np.round(coordinates, _DIGITS))
    return rounded if shapely.is_valid(rounded) else shapely.make_valid(rounded, method="structure")
