"""What reports tell as partitioned GeoParquet, which QGIS, DuckDB and Spark read as it is, and a store is filled from.

| folder | one file for | columns |
|---|---|---|
| documents | a portion of the reports | those of a document; `found` is what extraction warned of |
| accounts | the same portion | those of a store's accounts; geometry is the region placed by, or the point |
| events | a month (`year=2016/month=11`, `year=0/month=0` without a day) | the event record |

A portion's file of documents is written last and all at once: where it is there, its accounts are whole.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.crs import LONLAT
from geo.errors import Rejection
from geo.evidence import Document
from geo.model import Account
from geo.pipeline.coding import CodedDocument
from geo.stores.codec import decode_account, region_of, with_region_ids
from geo.stores.rows import account_row

_DOCUMENT: Final = pa.schema(
    [(name, pa.string()) for name in ("document_id", "text", "title")]
    + [("published", pa.date32())]
    + [(name, pa.string()) for name in ("source", "url", "language", "origin")]
    + [("warnings", pa.list_(pa.string())), ("found", pa.list_(pa.string()))]
)
_DAYS: Final = ("date_start", "date_end")
_DEGREES: Final = ("lon", "lat")
_ACCOUNT: Final = ("account_id", "document_id", "sub_event_type", *_DAYS, *_DEGREES, "region_id", "body")
_REJECTIONS: Final = b"rejections"
_UNDATED: Final = "0"
"""Year and month of events without a day. Hive's own name for no value makes pyarrow, and so geopandas, refuse the
folder as a whole."""


def write_part(folder: Path, name: str, coded: Sequence[CodedDocument], rejections: Sequence[Rejection]) -> None:
    """Write what a portion tells; a part of the same name is replaced as a whole."""
    accounts = [with_region_ids(account) for item in coded for account in item.accounts]
    rows = [account_row(account) for account in accounts]
    columns = {column: pd.Series([row[column] for row in rows], dtype=_dtype(column)) for column in _ACCOUNT}
    shapes = [_shape(account, row) for account, row in zip(accounts, rows, strict=True)]
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=LONLAT)
    told = pa.Table.from_pylist([_document_row(item) for item in coded], schema=_DOCUMENT)
    told = told.replace_schema_metadata({_REJECTIONS: json.dumps([asdict(item) for item in rejections])})
    for kind, write in (("accounts", frame.to_parquet), ("documents", lambda path: pq.write_table(told, path))):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        beside = folder / kind / f".{name}.{os.getpid()}"
        write(beside)
        beside.replace(folder / kind / f"{name}.parquet")


def _dtype(column: str) -> str:
    """Return the type of a column of accounts: without one a part that tells nothing would have another schema."""
    return "float64" if column in _DEGREES else "datetime64[s]" if column in _DAYS else "str"


def part_exists(folder: Path, name: str) -> bool:
    """Tell whether a portion was written whole."""
    return (folder / "documents" / f"{name}.parquet").is_file()


def read_part(folder: Path, name: str) -> tuple[list[CodedDocument], list[Rejection]]:
    """Return what a portion tells, as it was written."""
    documents = pq.read_table(folder / "documents" / f"{name}.parquet")
    rows = gpd.read_parquet(
        folder / "accounts" / f"{name}.parquet", columns=["document_id", "region_id", "body", "geometry"]
    )
    told: dict[str, list[Account]] = {}
    for document_id, region_id, body, shape in rows.itertuples(index=False):
        told.setdefault(document_id, []).append(decode_account(body, {region_id: shape} if region_id else {}))
    rejections = json.loads((documents.schema.metadata or {}).get(_REJECTIONS, b"[]"))
    coded = [_coded(row, told) for row in documents.to_pylist()]
    return coded, [Rejection(**fields) for fields in rejections]


def write_events(folder: Path, pages: Iterable[gpd.GeoDataFrame]) -> int:
    """Write events by year and month of their first day, in the place of those that were there; count the files.

    Pages come by first day, as `Store.event_pages` yields them: each is a row group, and no more is held at once.
    """
    written = set()
    for month, groups in groupby(_by_month(pages), key=itemgetter(0)):
        target = folder / "events" / month / "part.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".part.{os.getpid()}")
        _write_groups(beside, (part for _, part in groups))
        beside.replace(target)
        written.add(target)
    for old in set((folder / "events").rglob("part.parquet")) - written:
        old.unlink()
    return len(written)


def _by_month(pages: Iterable[gpd.GeoDataFrame]) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    for page in pages:
        days = page["date_start"]
        for (year, month), part in page.groupby([days.dt.year, days.dt.month], dropna=False):
            names = [_UNDATED if pd.isna(value) else str(int(value)) for value in (year, month)]
            yield f"year={names[0]}/month={names[1]}", part


def _write_groups(path: Path, parts: Iterable[gpd.GeoDataFrame]) -> None:
    """Write a GeoParquet file of a row group a part, as geopandas writes one of a single part."""
    with ExitStack() as closing:
        writer: Any = None
        for part in parts:
            beside = io.BytesIO()
            part.to_parquet(beside, index=False)
            table = pq.read_table(beside)
            if writer is None:
                about = json.loads(table.schema.metadata[b"geo"])
                # Told of the first part alone: others may lie elsewhere, and be points where it has none.
                about["columns"]["geometry"] |= {"geometry_types": ["Point"]}
                about["columns"]["geometry"].pop("bbox", None)
                schema = table.schema.with_metadata({**table.schema.metadata, b"geo": json.dumps(about).encode()})
                writer = closing.enter_context(pq.ParquetWriter(path, schema))
            writer.write_table(table.cast(writer.schema))


def _shape(account: Account, row: Mapping[str, Any]) -> BaseGeometry | None:
    if region := region_of(account):
        return region[2]
    return None if row["lon"] is None else Point(row["lon"], row["lat"])


def _document_row(item: CodedDocument) -> dict[str, Any]:
    document = item.document
    fields = {name: getattr(document, name) for name in _DOCUMENT.names if name not in ("warnings", "found")}
    return {**fields, "warnings": list(document.warnings), "found": list(item.warnings)}


def _coded(row: Mapping[str, Any], told: Mapping[str, list[Account]]) -> CodedDocument:
    fields = {name: value for name, value in row.items() if name not in ("warnings", "found")}
    document = Document(**fields, warnings=tuple(row["warnings"]))
    return CodedDocument(document, tuple(told.get(document.document_id, ())), tuple(row["found"]))
