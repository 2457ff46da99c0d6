"""Between tables of pandas and rows of a database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.model import Account, Document, Quoted, Resolved
from geo.stores.codec import encode_account
from geo.stores.geometry import to_wkb
from geo.stores.schema import GEOMETRY
from geo.tables import Column

_CHUNK = 20_000


def feature_rows(frame: gpd.GeoDataFrame, columns: Sequence[Column]) -> Iterable[list[dict[str, Any]]]:
    """Yield the rows of a checked table in chunks, geometry as WKB under the geometry column's name."""
    for first in range(0, len(frame), _CHUNK):
        part = frame.iloc[first : first + _CHUNK]
        values = [_plain(part[column.name], column) for column in columns]
        names = [column.name for column in columns]
        rows = zip(to_wkb(part.geometry.array), *values, strict=True)
        yield [{GEOMETRY: shape, **dict(zip(names, fields, strict=True))} for shape, *fields in rows]


def document_row(document: Document, warnings: Sequence[str], *, accounts: int) -> dict[str, Any]:
    """Return the row of a document."""
    return {
        "document_id": document.document_id,
        "content_digest": document.content_digest,
        "title": document.title,
        "published": document.published,
        "source": document.source,
        "url": document.url,
        "language": document.language,
        "origin": document.origin,
        "warnings": json.dumps(list(dict.fromkeys([*document.warnings, *warnings])), ensure_ascii=False),
        "accounts": accounts,
        "text": document.text,
    }


def document_of(row: Mapping[str, Any]) -> Document:
    """Return the document of a row."""
    names = ("document_id", "text", "title", "published", "source", "url", "language", "origin")
    return Document(**{name: row[name] for name in names}, warnings=tuple(json.loads(row["warnings"])))


def account_row(account: Account) -> dict[str, Any]:
    """Return the row of an account."""
    days = account.when.value if isinstance(account.when, Quoted) else None
    place = account.resolution if isinstance(account.resolution, Resolved) else None
    return {
        "account_id": account.account_id,
        "document_id": account.document_id,
        "sub_event_type": account.sub_event_type.value,
        "date_start": days.start if days else None,
        "date_end": days.end if days else None,
        "lon": place.lon if place else None,
        "lat": place.lat if place else None,
        "region_id": place.region_id if place else "",
        "body": encode_account(account),
    }


def _plain(series: pd.Series, column: Column) -> list[Any]:
    if column.kind == "day":
        return [None if day is pd.NaT else day.date() for day in series.astype("object")]
    if column.kind in ("integer", "real"):
        missing = series.isna()
        cast = int if column.kind == "integer" else float
        return [None if gone else cast(value) for gone, value in zip(missing, series, strict=True)]
    return series.astype("object").tolist()
