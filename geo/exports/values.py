"""A table's columns as plain JSON values and back: `geo.records.record` for whole columns of any declared table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.tables import EVENT_COLUMNS, JOIN, ZONE_COLUMNS, Column, Scene

Values = dict[str, list[Any]]


def layer_of(scene: Scene, layer: str) -> tuple[gpd.GeoDataFrame, Sequence[Column]]:
    """Return the scene's table of a layer with its declared columns."""
    return (scene.zones, ZONE_COLUMNS) if layer == "zones" else (scene.events, EVENT_COLUMNS)


def json_values(frame: gpd.GeoDataFrame, columns: Sequence[Column]) -> Values:
    """Return each column as a list of JSON values: days as text, tags as lists, accounts as objects, null as None."""
    return {column.name: _as_json(frame[column.name], column) for column in columns}


def json_rows(frame: gpd.GeoDataFrame, columns: Sequence[Column]) -> Iterator[dict[str, Any]]:
    """Yield each row as JSON values by column name."""
    values = json_values(frame, columns)
    for row in zip(*values.values(), strict=True):
        yield dict(zip(values, row, strict=True))


def from_json(values: Sequence[Any], column: Column) -> pd.Series:
    """Return a column of a table from its JSON values."""
    if column.kind == "list":
        return pd.Series([JOIN.join(value or []) for value in values], dtype="str")
    if column.kind == "json":
        return pd.Series([json.dumps(value or [], ensure_ascii=False) for value in values], dtype="str")
    if column.kind == "day":
        return pd.to_datetime(pd.Series(values, dtype="object")).astype("datetime64[s]")
    if column.kind == "integer":
        return pd.Series(values, dtype="Int64")
    return pd.Series(values, dtype="object")


def _as_json(series: pd.Series, column: Column) -> list[Any]:
    match column.kind:
        case "list":
            return [[item for item in text.split(JOIN) if item] for text in series.tolist()]
        case "json":
            return [json.loads(text or "[]") for text in series.tolist()]
        case "day":
            return _nulls(series.dt.strftime("%Y-%m-%d"))
        case "integer" | "real":
            return _nulls(series)
        case _:
            return series.tolist()


def _nulls(series: pd.Series) -> list[Any]:
    return series.astype("object").where(series.notna(), None).tolist()
