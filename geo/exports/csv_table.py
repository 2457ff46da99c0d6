"""CSV: UTF-8, RFC 4180, with cells that a spreadsheet would run made harmless."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from geo.exports.csv_shapes import ACLED, HXL, UCDP, shaped_rows
from geo.exports.options import ExportOptions, Layer
from geo.exports.values import json_rows, layer_of
from geo.layers.escaping import valid_text
from geo.tables import JOIN, Scene

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet take a cell for a formula (OWASP, CSV injection)."""


def write_csv(scene: Scene, path: Path, *, layer: Layer, options: ExportOptions) -> None:
    """Write one layer as a table; zones carry their geometry as WKT in the column `geometry`."""
    frame, columns = layer_of(scene, layer)
    names = [column.name for column in columns]
    rows: Iterable[dict[str, Any]] = json_rows(frame, columns)
    if layer == "events" and options.shape != "own":
        names = list(ACLED if options.shape == "acled" else UCDP)
        rows = shaped_rows(rows, options.shape)
    elif layer == "zones":
        names.append("geometry")
        shapes = frame.geometry.to_wkt(rounding_precision=6)
        rows = ({**row, "geometry": shape} for row, shape in zip(rows, shapes, strict=True))
    _write(path, names, rows, options)


def table_csv(table: pd.DataFrame) -> str:
    """Return a table without geometry as CSV: days in ISO 8601, texts as harmless as an exported layer's."""
    texts = {name: table[name].map(cell) for name in table.select_dtypes(["object", "string", "category"]).columns}
    return str(table.assign(**texts).to_csv(index=False, date_format="%Y-%m-%d"))


def _write(path: Path, names: Sequence[str], rows: Iterable[dict[str, Any]], options: ExportOptions) -> None:
    with path.open("w", encoding="utf-8-sig" if options.bom else "utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        if options.hxl:
            writer.writerow([HXL.get(name, f"#meta+{name}") for name in names])
        writer.writerows(_cells(row, names) for row in rows)


def _cells(row: dict[str, Any], names: Sequence[str]) -> Iterator[Any]:
    return (cell(row[name]) for name in names)


def cell(value: Any) -> Any:
    """Return a value as a cell: lists joined, objects as JSON, text that looks like a formula behind an apostrophe."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case []:
            return ""
        case [str(), *_]:
            return _harmless(JOIN.join(value))
        case list():
            return _harmless(json.dumps(value, ensure_ascii=False))
        case _:
            return _harmless(str(value))


def _harmless(text: str) -> str:
    whole = valid_text(text).replace("\0", "\ufffd")
    return f"'{whole}" if whole.lstrip(" ").startswith(_FORMULA) else whole
