"""GDELT 2.0 event tables (tab-separated, without a header): columns by their place, CAMEO codes by their beginnings.

Only codes of violence, protest and arrest are events of this project; the others, diplomacy above all, are counted
and left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from geo.pipeline.coded.building import CodedRow, days_of
from geo.vocabulary import GeoPrecision

PLACES = {
    "GLOBALEVENTID": 0,
    "SQLDATE": 1,
    "Actor1Name": 6,
    "Actor2Name": 16,
    "EventCode": 26,
    "ActionGeo_Type": 51,
    "ActionGeo_FullName": 52,
    "ActionGeo_CountryCode": 53,
    "ActionGeo_Lat": 56,
    "ActionGeo_Long": 57,
    "DATEADDED": 59,
    "SOURCEURL": 60,
}
"""Column to its place in the line, from the GDELT 2.0 event codebook."""
COLUMNS = tuple(PLACES)
_BY_CODE = {
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
_SPACE = {1: 3, 2: 3, 3: 1, 4: 1, 5: 3}
"""ActionGeo_Type: country, US state, US city, world city, world state."""


def cells_of(line: str) -> dict[str, str]:
    """Return the columns of a line; raise `ValueError` where there are fewer than the codebook has."""
    parts = line.rstrip("\r\n").split("\t")
    if len(parts) <= max(PLACES.values()):
        raise ValueError(f"{len(parts)} columns, where the GDELT 2.0 codebook has {max(PLACES.values()) + 1}")
    return {name: parts[place].strip() for name, place in PLACES.items()}


def read_row(cells: Mapping[str, str]) -> CodedRow | None:
    """Return a row, None for what is no event here; raise `ValueError` with what is wrong in it."""
    code = cells["EventCode"]
    sub_type = next((_BY_CODE[code[:size]] for size in range(len(code), 1, -1) if code[:size] in _BY_CODE), None)
    if sub_type is None:
        return None
    day: date = datetime.strptime(cells["SQLDATE"], "%Y%m%d").date()
    place = cells["ActionGeo_FullName"]
    return CodedRow(
        publisher="gdelt",
        row_id=cells["GLOBALEVENTID"],
        cells=cells,
        sub_event_type=sub_type,
        type_column="EventCode",
        days=days_of(day, day, 1),
        day_column="SQLDATE",
        place_name=place,
        place_column="ActionGeo_FullName",
        # A row without a point lies on no map, and says so.
        lon=float(cells["ActionGeo_Long"] or "nan"),
        lat=float(cells["ActionGeo_Lat"] or "nan"),
        geo_precision=GeoPrecision(_SPACE.get(int(cells["ActionGeo_Type"] or 5), 3)),
        actor1=cells["Actor1Name"].title(),
        actor1_column="Actor1Name",
        actor2=cells["Actor2Name"].title(),
        actor2_column="Actor2Name",
        source=cells["SOURCEURL"].split("/")[2] if cells["SOURCEURL"].count("/") > 2 else "GDELT",
        url=cells["SOURCEURL"] if cells["SOURCEURL"].startswith(("http://", "https://")) else "",
        published=datetime.strptime(cells["DATEADDED"][:8], "%Y%m%d").date(),
    )
