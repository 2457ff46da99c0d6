"""The events table as columns for the page: what is drawn and filtered at once, what a card needs on request."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geo.layers.encoding import Json, day_numbers, nullable_numbers, packed, text_column
from geo.layers.palette import MARKS

DEGREE_STEP = 1e-5
"""Coordinates on the map are whole multiples of this: about a metre. Files of data carry them in full."""

_TEXTS = (
    "event_type",
    "sub_event_type",
    "tags",
    "place_name",
    "place_name_local",
    "toponym",
    "gazetteer_id",
    "country",
    "admin1",
    "actor1",
    "actor2",
    "weapon",
    "factuality",
    "attribution",
    "control",
    "review",
)
_NUMBERS = {
    "time_precision": 1.0,
    "lon": DEGREE_STEP,
    "lat": DEGREE_STEP,
    "geo_precision": 1.0,
    "uncertainty_km": 0.01,
    "fatalities_low": 1.0,
    "fatalities_best": 1.0,
    "fatalities_high": 1.0,
    "injured_low": 1.0,
    "injured_best": 1.0,
    "injured_high": 1.0,
    "confidence": 0.01,
    "frontline_km": 0.01,
}
_CARD_TEXTS = ("notes", "place_reason", "control_reason", "accounts")
CARDS_IN_PACK = 4096
"""Events whose card texts are unpacked together: a large file opens without unpacking any."""


def event_piece(events: gpd.GeoDataFrame, *, cards: bool = True) -> Json:
    """Return the events (by `EVENT_COLUMNS`) as the page reads them.

    `cards=False` leaves out notes, reasons and quoted words, for maps of a million events.
    """
    return {
        "size": len(events),
        "columns": packed(_columns(events)),
        "cards": _cards(events) if cards else [],
        "cardsInPack": CARDS_IN_PACK,
        "marks": {str(kind): {"colour": mark.colour, "shape": mark.shape} for kind, mark in MARKS.items()},
    }


def _columns(events: gpd.GeoDataFrame) -> Json:
    columns: Json = {"event_id": {"texts": events["event_id"].astype("object").tolist()}}
    columns |= {name: text_column(events[name]) for name in _TEXTS}
    columns |= {name: nullable_numbers(events[name], step=step) for name, step in _NUMBERS.items()}
    columns |= {name: nullable_numbers(day_numbers(events[name])) for name in ("date_start", "date_end")}
    columns["civilian_targeting"] = nullable_numbers(events["civilian_targeting"].astype("int64"))
    return columns


def _cards(events: gpd.GeoDataFrame) -> list[Json]:
    texts: dict[str, list[str]] = {name: events[name].astype("object").tolist() for name in _CARD_TEXTS}
    starts = range(0, len(events), CARDS_IN_PACK)
    return [packed({name: values[at : at + CARDS_IN_PACK] for name, values in texts.items()}) for at in starts]


def sorted_events(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the events in the order of the page's list: by first day, undated ones last, then by identifier."""
    order = pd.DataFrame({"day": events["date_start"], "id": events["event_id"]}).sort_values(["day", "id"])
    # Stores give them in this order: a copy of 100,000 would be for nothing.
    return events if order.index.equals(events.index) else events.loc[order.index]
