"""Daily zones from a folder of points, an outline and dated statements: the `geo zones build` command.

For each day (or month) of the series every cell gets its holder; days on which nothing changes share one slice. In a
slice the cells of one side make one zone, and each contested cell is a zone of its own. The build reads no clock and
draws no lots: the same folder gives the same zones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import LONLAT
from geo.tables import ZONE_COLUMNS, check_zones, empty_table
from geo.vocabulary import ZoneStatus
from geo.zones.cells import CELLS_FILE, OUTLINE_FILE, CellPoint, cell_polygons, read_cells, read_outline
from geo.zones.definition import SeriesDefinition, read_definition
from geo.zones.statements import HISTORY_FILE, Holding, Statement, cell_holdings, read_history

_State = tuple[tuple[str, str, ZoneStatus], ...]
"""(cell, controller, status) of every cell with a known holder, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """All that a series is built from."""

    definition: SeriesDefinition
    points: Mapping[str, CellPoint]
    """Cell to its first point."""
    polygons: Mapping[str, BaseGeometry]
    """Cell to its ground, EPSG:4326."""
    statements: tuple[Statement, ...]
    holdings: Mapping[str, tuple[Holding, ...]]
    """Cell to who held it, each from a day on."""


@dataclass(frozen=True, slots=True)
class _Slice:
    valid_from: date
    valid_to: date
    """First day after."""
    state: _State


def build_series(folder: Path, *, start: date | None = None, end: date | None = None) -> gpd.GeoDataFrame:
    """Build the zones of a folder, by `ZONE_COLUMNS`, EPSG:4326.

    Args:
        folder: holds `series.toml`, `cells.csv`, `outline.geojson` and `control_history.csv`; see data/zones/README.md.
        start: first day, where it is not the series' own; a cell is left out before the day that its holder is known.
        end: first day after, likewise.

    Raises:
        ConfigurationError: a file is missing or wrong; the message lists every fault in it.

    """
    ground = read_derivation(folder)
    return derived_zones(ground, start or ground.definition.starts, end or ground.definition.ends)


def derived_zones(ground: Derivation, first: date, after: date) -> gpd.GeoDataFrame:
    """Return the zones of `[first, after)`, by `ZONE_COLUMNS`."""
    rows: list[dict[str, Any]] = []
    shapes: list[BaseGeometry] = []
    for piece in _slices(ground, first, after):
        for row, shape in _zones(ground, piece):
            rows.append(row)
            shapes.append(shape)
    if not rows:
        return empty_table(ZONE_COLUMNS)
    return check_zones(gpd.GeoDataFrame(rows, geometry=shapes, crs=LONLAT), name=ground.definition.name)


def read_derivation(folder: Path) -> Derivation:
    """Read all files of a folder; see `build_series`."""
    definition = read_definition(folder)
    listed = read_cells(folder / CELLS_FILE, controllers=definition.controllers)
    points: dict[str, CellPoint] = {}
    for point in listed:
        points.setdefault(point.cell, point)
    statements = read_history(
        folder / HISTORY_FILE, cells=points, controllers=definition.controllers, sources=definition.sources
    )
    by_cell: dict[str, list[Statement]] = {cell: [] for cell in points}
    for statement in statements:
        for cell in statement.cells:
            by_cell[cell].append(statement)
    holdings = {
        cell: cell_holdings(
            Holding(point.as_of or definition.starts, point.holder, point.status),
            by_cell[cell],
            disagreement_days=definition.disagreement_days,
        )
        for cell, point in points.items()
    }
    polygons = cell_polygons(listed, read_outline(folder / OUTLINE_FILE))
    return Derivation(definition, points, polygons, statements, holdings)


def _slices(ground: Derivation, first: date, after: date) -> Iterator[_Slice]:
    since, state = first, _state_on(ground, first)
    for day in _days(first, after, ground.definition.step):
        fresh = _state_on(ground, day)
        if fresh != state:
            yield _Slice(since, day, state)
            since, state = day, fresh
    yield _Slice(since, after, state)


def _days(first: date, after: date, step: str) -> Iterator[date]:
    day = first
    while (day := _next_day(day, step)) < after:
        yield day


def _next_day(day: date, step: str) -> date:
    if step == "day":
        return day + timedelta(days=1)
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _state_on(ground: Derivation, day: date) -> _State:
    state: list[tuple[str, str, ZoneStatus]] = []
    for cell in ground.polygons:
        current = None
        for holding in ground.holdings[cell]:
            if holding.since <= day:
                current = holding
        if current is not None and current.controller:
            state.append((cell, current.controller, current.status))
    return tuple(state)


def _zones(ground: Derivation, piece: _Slice) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    for controller in ground.definition.controllers:
        cells = [cell for cell, holder, status in piece.state if holder == controller and status is ZoneStatus.HELD]
        if cells:
            name = ground.definition.controllers[controller].name
            row = _row(ground, piece, controller, ZoneStatus.HELD, cells, name)
            yield row, shapely.union_all([ground.polygons[cell] for cell in cells])
    for cell, controller, status in piece.state:
        if status is ZoneStatus.CONTESTED:
            row = _row(ground, piece, controller, status, [cell], ground.points[cell].name)
            yield row, ground.polygons[cell]


def _row(
    ground: Derivation, piece: _Slice, controller: str, status: ZoneStatus, cells: Sequence[str], name: str
) -> dict[str, Any]:
    side = ground.definition.controllers[controller]
    cited = _cited(ground, piece, set(cells), status)
    label = controller if status is ZoneStatus.HELD else f"contested-{cells[0]}"
    doubts = [ground.points[cell].doubt_km or 0.0 for cell in cells]
    own_doubt = max(doubts) if status is ZoneStatus.CONTESTED else 0.0
    return {
        "zone_id": f"{ground.definition.name}-{label}-{piece.valid_from:%Y%m%d}",
        "series": ground.definition.name,
        "controller": controller,
        "controller_name": side.name,
        "colour": side.colour,
        "status": str(status),
        "name": name,
        "valid_from": piece.valid_from,
        "valid_to": piece.valid_to,
        "known_since": None,
        "doubt_km": max(ground.definition.doubt_km, own_doubt),
        "source": "; ".join(dict.fromkeys(_source_name(ground, statement.source) for statement in cited))
        or ground.definition.title,
        "note": _note(ground, piece, cited, cells),
    }


def _cited(ground: Derivation, piece: _Slice, cells: set[str], status: ZoneStatus) -> list[Statement]:
    """Return the statements dated in the slice, and for contested ground all that led up to it."""
    touching = [statement for statement in ground.statements if cells.intersection(statement.cells)]
    last = piece.valid_to - timedelta(days=1)
    if status is ZoneStatus.CONTESTED:
        reach = timedelta(days=ground.definition.disagreement_days)
        return [item for item in touching if item.day_from <= last + reach and item.day_to >= piece.valid_from - reach]
    return [item for item in touching if item.day_from <= last and item.day_to >= piece.valid_from]


def _note(ground: Derivation, piece: _Slice, cited: Sequence[Statement], cells: Sequence[str]) -> str:
    if cited:
        return " · ".join(_citation(ground, statement) for statement in cited)
    starting = sorted({ground.points[cell].holder_source for cell in cells} - {""})
    names = ", ".join(_source_name(ground, source) for source in starting) or "no source named"
    remarks = ground.points[cells[0]].note if len(cells) == 1 else ""
    unchanged = (
        f"As on {ground.definition.starts.isoformat()}; no statement of these days changes it. Known from: {names}."
    )
    return f"{remarks[:1].upper()}{remarks[1:]}. {unchanged}" if remarks else unchanged


def _citation(ground: Derivation, statement: Statement) -> str:
    days = statement.day_from.isoformat()
    if statement.day_to != statement.day_from:
        days += f" to {statement.day_to.isoformat()}"
    return f"{days}, {_source_name(ground, statement.source)}: {statement.text}"


def _source_name(ground: Derivation, source: str) -> str:
    return ground.definition.sources[source].name if source in ground.definition.sources else source
