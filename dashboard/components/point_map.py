"""A map on which a person points at where an event happened."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components.browser import browser_component
from dashboard.i18n import Words
from geo.tables import as_day

_KEY = "point_map"
_NEAR_ZOOM, _FAR_ZOOM = 13, 7
"""About 20 m and 1 km a pixel."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a person pointed, in degrees."""

    lon: float
    lat: float


def draw_point_map(address: str, row: Mapping[str, Any], words: Words) -> Spot | None:
    """Draw the map's page, lent at `address`, around an event; return where the person pointed for this event."""
    event_id, day = str(row["event_id"]), as_day(row["date_start"])
    state: dict[str, Any] = {"spot": None}
    if day is not None:
        state["day"] = day.isoformat()
    if not pd.isna(row["lon"]):
        state |= {"view": [row["lat"], row["lon"], zoom_for(row["uncertainty_km"])], "spot": [row["lon"], row["lat"]]}
    told = browser_component(_KEY)(
        key=_KEY,
        data={"address": address, "title": words("review.point_map"), "event": event_id, "state": state},
        on_spot_change=lambda: None,
    )
    return read_spot(told.get("spot"), event_id=event_id)


def zoom_for(uncertainty_km: Any) -> int:
    """Return the zoom at which the place's doubt lies in sight: where a whole region is meant, names must be seen."""
    doubt = 2.0 if pd.isna(uncertainty_km) else max(2.0, float(uncertainty_km))
    return max(_FAR_ZOOM, round(_NEAR_ZOOM - math.log2(doubt / 2.0)))


def read_spot(told: object, *, event_id: str) -> Spot | None:
    """Read what the browser reports; a spot of another event, or one that is not on the globe, counts as none."""
    if not isinstance(told, Mapping) or told.get("event") != event_id:
        return None
    lon, lat = told.get("lon"), told.get("lat")
    if not (isinstance(lon, int | float) and isinstance(lat, int | float)):
        return None
    return Spot(float(lon), float(lat)) if abs(lon) <= 180 and abs(lat) <= 90 else None


def keep_spot(spot: Spot | None, event_id: str) -> None:
    """Put a newly pointed spot into the form's fields for the point, once, so that they can be changed afterwards."""
    taken = f"spot_{event_id}"
    if spot is not None and st.session_state.get(taken) != spot:
        st.session_state[taken] = spot
        st.session_state[f"lon_{event_id}"] = spot.lon
        st.session_state[f"lat_{event_id}"] = spot.lat
