"""The events as columns for the list in the browser: made once for a store, filtered there by one bit an event."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from dashboard.components.event_words import count_in_words, place_name
from dashboard.i18n import Words
from geo.evidence import digest
from geo.layers.encoding import day_numbers, nullable_numbers, number_array
from geo.vocabulary import CONTESTED, UNCERTAIN, UNKNOWN, Factuality, GeoPrecision, Review

_COUNTS = ["fatalities_low", "fatalities_best", "fatalities_high"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A short word beside an event."""

    kind: str
    """`side`, or `doubt` for what makes the event less sure."""
    text: str


def list_columns(events: gpd.GeoDataFrame, words: Words, *, controllers: Mapping[str, str]) -> bytes:
    """Return the lines of all events, in their order, as JSON: codes into the distinct values of each column."""
    vague = events["lon"].isna() | (events["geo_precision"] == GeoPrecision.REGION)
    doubts = events[["control", "factuality", "review"]].assign(vague=vague)
    columns: dict[str, Any] = {
        "size": len(events),
        "id": events["event_id"].astype("object").tolist(),
        "day": nullable_numbers(day_numbers(events["date_start"])),
        "type": _coded(events[["event_type"]], lambda row: str(row["event_type"])),
        "title": _coded(events[["sub_event_type"]], lambda row: words.name("sub_type", str(row["sub_event_type"]))),
        "where": _coded(
            events[["place_name", "place_name_local", "toponym"]],
            lambda row: place_name(row, words),
        ),
        "killed": _coded(events[_COUNTS], lambda row: _killed(row, words)),
        "badges": _coded(doubts, lambda row: [asdict(badge) for badge in _badges(row, words, controllers)]),
        "labels": {
            str((day - pd.Timestamp(0).as_unit("s")).days): words.day(day.date())
            for day in events["date_start"].dropna().unique()
        },
        "undated": words("list.undated"),
    }
    body = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return json.dumps({"digest": digest(body)})[:-1].encode() + b',"columns":' + body.encode() + b"}"


def row_bits(mask: np.ndarray[Any, np.dtype[np.bool_]]) -> bytes:
    """Return a mask as one bit an event, the lowest bit first."""
    return np.packbits(mask, bitorder="little").tobytes()


def _coded(table: pd.DataFrame, value: Any) -> dict[str, Any]:
    groups = table.groupby(list(table.columns), dropna=False, sort=False, observed=True)
    codes = groups.ngroup().to_numpy()
    # The rows at which a group is seen first, in the order of the groups' numbers.
    _, first = np.unique(codes, return_index=True)
    return {"codes": number_array(codes), "values": [value(row) for row in table.iloc[first].to_dict("records")]}


def _killed(row: Mapping[str, Any], words: Words) -> str:
    known = any(not pd.isna(row[name]) for name in _COUNTS)
    return words("list.killed", count=count_in_words(row, "fatalities", words)) if known else ""


def _badges(row: Mapping[str, Any], words: Words, controllers: Mapping[str, str]) -> Iterator[Badge]:
    control = row["control"]
    if control in (CONTESTED, UNCERTAIN):
        yield Badge("doubt", words(f"list.{control}"))
    elif control != UNKNOWN:
        yield Badge("side", controllers.get(control) or words.name("control", control))
    if row["factuality"] != Factuality.ASSERTED:
        yield Badge("doubt", words.name("factuality", row["factuality"]))
    elif row["vague"]:
        yield Badge("doubt", words("list.vague"))
    if row["review"] != Review.UNREVIEWED:
        yield Badge("side", words.name("review_state", row["review"]))
