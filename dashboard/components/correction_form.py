"""The form that corrects an event: it returns the columns that the person changed, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import references
from dashboard.components.as_written import as_written
from dashboard.components.point_map import draw_point_map, keep_spot
from dashboard.i18n import Words
from geo.model import Candidate
from geo.tables import as_day
from geo.vocabulary import SUB_EVENT_TYPES, GeoPrecision, TimePrecision

_EARLIEST = date(1900, 1, 1)
_POINTED_KM = 0.5
"""How far a point that a person set may be off: a street or two."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person changed."""

    fields: Mapping[str, Any]
    note: str
    fault: str = ""
    """What makes it no correction, a key of the words; empty where nothing does."""


def draw_correction(row: Mapping[str, Any], words: Words, *, address: str) -> Correction | None:
    """Draw the form, with the map at `address` to point at a place; return the correction when it is saved."""
    event_id = row["event_id"]
    candidate = _draw_place_search(row, words)
    st.caption(words("review.point_map_lead"))
    keep_spot(draw_point_map(address, row, words), event_id)
    with st.form(f"correct_{event_id}", border=False):
        subs = list(SUB_EVENT_TYPES)
        sub = st.selectbox(
            words("review.sub_type"),
            subs,
            index=subs.index(row["sub_event_type"]),
            format_func=lambda code: words.name("sub_type", code),
        )
        start, end = _draw_days(row, words)
        lon, lat = _draw_point(row, words)
        actor1 = st.text_input(words("review.actor1"), value=row["actor1"])
        actor2 = st.text_input(words("review.actor2"), value=row["actor2"])
        dead, hurt = st.columns(2, gap="small")
        killed = dead.number_input(words("review.killed"), 0, None, _whole(row["fatalities_best"]))
        injured = hurt.number_input(words("review.injured"), 0, None, _whole(row["injured_best"]))
        note = st.text_input(words("review.note"))
        saved = st.form_submit_button(words("review.save"), type="primary", icon=":material/save:", width="stretch")
    if not saved:
        return None
    given = {
        "sub_event_type": sub,
        "event_type": str(SUB_EVENT_TYPES[sub]),
        "date_start": start.isoformat() if start else None,
        "date_end": (end or start).isoformat() if start else None,
        "lon": lon,
        "lat": lat,
        "actor1": actor1.strip(),
        "actor2": actor2.strip(),
        "fatalities_best": killed,
        "injured_best": injured,
    }
    fault = "backward" if start and end and end < start else "half_point" if (lon is None) != (lat is None) else ""
    return Correction({} if fault else _changed(row, given, candidate), note.strip(), fault)


def _draw_days(row: Mapping[str, Any], words: Words) -> tuple[date | None, date | None]:
    """Draw the first and the last day and return them."""
    start, end = (
        column.date_input(words(f"review.{name}"), value=as_day(row[field]), min_value=_EARLIEST, format="DD/MM/YYYY")
        for column, name, field in zip(
            st.columns(2, gap="small"), ("first", "last"), ("date_start", "date_end"), strict=True
        )
    )
    return start, end


def _draw_point(row: Mapping[str, Any], words: Words) -> tuple[float | None, float | None]:
    """Draw the fields of the point, which the map above fills in too, and return longitude and latitude."""
    event_id = row["event_id"]
    for name in ("lon", "lat"):
        st.session_state.setdefault(f"{name}_{event_id}", _real(row[name]))
    west, north = st.columns(2, gap="small")
    lon = west.number_input(words("review.lon"), -180.0, 180.0, None, format="%.5f", key=f"lon_{event_id}")
    lat = north.number_input(words("review.lat"), -90.0, 90.0, None, format="%.5f", key=f"lat_{event_id}")
    _draw_nearest(row, lon, lat, words)
    return lon, lat


def _draw_place_search(row: Mapping[str, Any], words: Words) -> Candidate | None:
    """Draw the search of the gazetteer and return the place that was chosen there, None to keep the present one."""
    name = st.text_input(
        words("review.place"),
        placeholder=words("review.place_hint"),
        icon=":material/search:",
        key=f"place_{row['event_id']}",
    )
    if not name.strip():
        return None
    found = references.places_named(name.strip())
    if not found:
        st.caption(words("review.place_none"))
        return None
    keep = words("review.place_keep", place=row["place_name"] or words("card.not_placed"))
    labels = [keep, *(_place_label(candidate) for candidate in found)]
    chosen = st.radio(
        words("review.place_found"), range(len(labels)), format_func=lambda at: labels[at], key=f"at_{row['event_id']}"
    )
    return found[chosen - 1] if chosen else None


def _place_label(candidate: Candidate) -> str:
    place = candidate.place
    return f"{place.name} · {place.kind}, {place.admin1 or place.country} ({place.lat:.3f}° N, {place.lon:.3f}° E)"


def _changed(row: Mapping[str, Any], given: Mapping[str, Any], candidate: Candidate | None) -> dict[str, Any]:
    before = {**row, "date_start": _iso(row["date_start"]), "date_end": _iso(row["date_end"])}
    fields = {name: value for name, value in given.items() if not _same(before[name], value)}
    for bound in ("fatalities", "injured"):
        # A corrected best estimate is what the person knows: the old bounds around it no longer hold.
        if f"{bound}_best" in fields:
            fields |= {f"{bound}_low": fields[f"{bound}_best"], f"{bound}_high": fields[f"{bound}_best"]}
    if "date_start" in fields or "date_end" in fields:
        fields |= {name: given[name] for name in ("date_start", "date_end")}
        fields["time_precision"] = int(TimePrecision.DAY) if given["date_start"] else None
    if candidate is not None:
        fields |= _place_fields(candidate)
    elif "lon" in fields or "lat" in fields:
        fields |= _point_fields(given["lon"], given["lat"])
    return fields


def _draw_nearest(row: Mapping[str, Any], lon: float | None, lat: float | None, words: Words) -> None:
    """Name the place of the gazetteer that is nearest to a point that differs from the event's."""
    if lon is None or lat is None or (_same(row["lon"], lon) and _same(row["lat"], lat)):
        return
    near = references.place_near(lon, lat)
    if near is None:
        st.caption(words("review.point_alone"))
    else:
        st.caption(words("review.point_near", km=f"{near[1]:.1f}", place=as_written(near[0].name), kind=near[0].kind))


def _point_fields(lon: float | None, lat: float | None) -> dict[str, Any]:
    """Return the columns of a point that a person set: named by the place that it lies in, or near."""
    if lon is None or lat is None:
        return {"lon": None, "lat": None, "geo_precision": None, "place_reason": "A person took the point away."}
    fields: dict[str, Any] = {
        "lon": lon,
        "lat": lat,
        "geo_precision": int(GeoPrecision.TOWN),
        "uncertainty_km": _POINTED_KM,
        "place_reason": "A person set this point.",
    }
    near = references.place_near(lon, lat)
    if near is None:
        return fields
    place, km = near
    inside = km <= place.radius_km
    return fields | {
        "place_name": place.name if inside else f"near {place.name}",
        "place_name_local": place.name_local if inside else "",
        "gazetteer": place.gazetteer if inside else "",
        "gazetteer_id": place.gazetteer_id if inside else "",
        "country": place.country,
        "admin1": place.admin1,
        "place_reason": f"A person set this point, {km:.1f} km from {place.name}.",
    }


def _place_fields(candidate: Candidate) -> dict[str, Any]:
    from geo.places.kinds import KINDS

    place = candidate.place
    return {
        "lon": place.lon,
        "lat": place.lat,
        "place_name": place.name,
        "place_name_local": place.name_local,
        "gazetteer": place.gazetteer,
        "gazetteer_id": place.gazetteer_id,
        "country": place.country,
        "admin1": place.admin1,
        "geo_precision": int(KINDS[place.kind].geo_precision),
        "uncertainty_km": place.radius_km,
        "place_reason": "A person chose this place.",
    }


def _same(before: Any, value: Any) -> bool:
    if before is None or before is pd.NA or before != before:
        return value is None or value == ""
    return bool(abs(before - value) < 1e-6) if isinstance(value, float) else bool(before == value)


def _iso(value: Any) -> str | None:
    day = as_day(value)
    return day.isoformat() if day else None


def _real(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
