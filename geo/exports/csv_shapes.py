"""Column sets of others, for tools that expect them, and HXL tags.

ACLED: acleddata.com codebook (2023); UCDP GED: codebook of version 24.1. Columns that the event record has nothing for
(their own running numbers, regions of the world) are empty; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Any

from geo.exports.options import Shape

ACLED = (
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
)

UCDP = (
    "id",
    "relid",
    "year",
    "active_year",
    "type_of_violence",
    "conflict_name",
    "dyad_name",
    "side_a",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
)

HXL = MappingProxyType(
    {
        "event_id": "#event+id",
        "event_type": "#event+type",
        "sub_event_type": "#event+type+sub",
        "tags": "#event+tag+list",
        "date_start": "#date+start",
        "date_end": "#date+end",
        "lon": "#geo+lon",
        "lat": "#geo+lat",
        "geometry": "#geo+wkt",
        "geo_precision": "#geo+precision",
        "place_name": "#loc+name",
        "place_name_local": "#loc+name+alt",
        "gazetteer_id": "#loc+code",
        "country": "#country+code+v_iso2",
        "admin1": "#adm1+name",
        "actor1": "#actor+name+perpetrator",
        "actor2": "#actor+name+target",
        "fatalities_low": "#affected+killed+min",
        "fatalities_best": "#affected+killed",
        "fatalities_high": "#affected+killed+max",
        "injured_low": "#affected+injured+min",
        "injured_best": "#affected+injured",
        "injured_high": "#affected+injured+max",
        "attribution": "#meta+source",
        "notes": "#description",
        "zone_id": "#loc+zone+id",
        "controller": "#actor+controller+code",
        "controller_name": "#actor+controller+name",
        "valid_from": "#date+start",
        "valid_to": "#date+end+excluded",
        "source": "#meta+source",
    }
)

_ACLED_TYPES = MappingProxyType(
    {
        "battles": "Battles",
        "explosions_remote_violence": "Explosions/Remote violence",
        "violence_against_civilians": "Violence against civilians",
        "protests": "Protests",
        "riots": "Riots",
        "strategic_developments": "Strategic developments",
    }
)
_ACLED_SUB_TYPES = MappingProxyType(
    {
        "non_state_actor_overtakes_territory": "Non-state actor overtakes territory",
        "air_drone_strike": "Air/drone strike",
        "shelling_artillery_missile_attack": "Shelling/artillery/missile attack",
        "remote_explosive_landmine_ied": "Remote explosive/landmine/IED",
        "abduction_forced_disappearance": "Abduction/forced disappearance",
        "looting_property_destruction": "Looting/property destruction",
    }
)
_DISORDER = MappingProxyType({"protests": "Demonstrations", "strategic_developments": "Strategic developments"})


def shaped_rows(rows: Iterable[dict[str, Any]], shape: Shape) -> Iterator[dict[str, Any]]:
    """Yield event records (as JSON values) in the columns of another data set."""
    names, shaped = (ACLED, _acled) if shape == "acled" else (UCDP, _ucdp)
    for row in rows:
        yield {**dict.fromkeys(names, ""), **shaped(row)}


def _acled(row: dict[str, Any]) -> dict[str, Any]:
    sub = row["sub_event_type"]
    return {
        "event_id_cnty": row["event_id"],
        "event_date": row["date_start"],
        "year": (row["date_start"] or "")[:4],
        "time_precision": row["time_precision"],
        "disorder_type": _DISORDER.get(row["event_type"], "Political violence"),
        "event_type": _ACLED_TYPES[row["event_type"]],
        "sub_event_type": _ACLED_SUB_TYPES.get(sub, sub.replace("_", " ").capitalize()),
        "actor1": row["actor1"],
        "actor2": row["actor2"],
        "civilian_targeting": "Civilian targeting" if row["civilian_targeting"] else "",
        "country": row["country"],
        "admin1": row["admin1"],
        "location": row["place_name"],
        "latitude": row["lat"],
        "longitude": row["lon"],
        "geo_precision": row["geo_precision"],
        "source": "; ".join(_sources(row)),
        "notes": row["notes"],
        "fatalities": row["fatalities_best"] if row["fatalities_best"] is not None else row["fatalities_low"],
        "tags": "; ".join(row["tags"]),
    }


def _ucdp(row: dict[str, Any]) -> dict[str, Any]:
    sources = _sources(row)
    published = [account.get("published") or "" for account in row["accounts"]]
    clear = row["time_precision"] == 1 and row["geo_precision"] is not None
    return {
        "id": row["event_id"],
        "year": (row["date_start"] or "")[:4],
        "type_of_violence": 3 if row["event_type"] == "violence_against_civilians" else "",
        "side_a": row["actor1"],
        "side_b": row["actor2"],
        "number_of_sources": len(sources),
        "source_article": "; ".join(sources),
        "source_date": "; ".join(published),
        "source_original": row["attribution"],
        "where_prec": row["geo_precision"],
        "where_coordinates": row["place_name"],
        "where_description": row["place_reason"],
        "adm_1": row["admin1"],
        "latitude": row["lat"],
        "longitude": row["lon"],
        "geom_wkt": "" if row["lon"] is None else f"POINT ({row['lon']} {row['lat']})",
        "country": row["country"],
        "event_clarity": 1 if clear else 2,
        "date_prec": row["time_precision"],
        "date_start": row["date_start"],
        "date_end": row["date_end"],
        "best": row["fatalities_best"],
        "high": row["fatalities_high"],
        "low": row["fatalities_low"],
    }


def _sources(row: dict[str, Any]) -> list[str]:
    names = [str(account.get("source") or account.get("document_id") or "") for account in row["accounts"]]
    return list(dict.fromkeys(name for name in names if name))
