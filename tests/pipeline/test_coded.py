"""Coded events of others, in invented rows with the publishers' columns."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from geo.errors import DocumentError, Rejection, UnknownFormatError
from geo.matching import match_accounts
from geo.model import Account, Count, Resolved, Unresolved
from geo.pipeline.coded import acled, gdelt, read_coded, ucdp
from geo.records import events_table
from geo.stores.codec import decode_account, encode_account
from tests.samples import account, document, resolved

ACLED = {
    "event_id_cnty": "SYR1",
    "event_date": "19 November 2016",
    "time_precision": "1",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike",
    "actor1": "Military Forces of Syria",
    "actor2": "Civilians (Syria)",
    "civilian_targeting": "Civilian targeting",
    "country": "Syria",
    "admin1": "Aleppo",
    "location": "Aleppo - East",
    "latitude": "36.20",
    "longitude": "37.19",
    "geo_precision": "1",
    "source": "Invented Wire",
    "notes": "An invented strike hit a hospital and killed four people.",
    "fatalities": "4",
}
UCDP = {
    "id": "7001",
    "type_of_violence": "3",
    "date_start": "2016-11-18 00:00:00.000",
    "date_end": "2016-11-20 00:00:00.000",
    "date_prec": "2",
    "side_a": "Government of Syria",
    "side_b": "Civilians",
    "where_prec": "2",
    "where_coordinates": "Aleppo city",
    "latitude": "36.2",
    "longitude": "37.16",
    "country": "Syria",
    "adm_1": "Aleppo governorate",
    "best": "12",
    "high": "15",
    "low": "10",
    "source_article": "Invented Agency, 2016-11-21",
}


def write_csv(path, *rows: dict[str, str], delimiter: str = ","):
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        table.writeheader()
        table.writerows(rows)
    return path


def gdelt_line(**cells: str) -> str:
    parts = [""] * 61
    known = {
        "GLOBALEVENTID": "900",
        "SQLDATE": "20161119",
        "Actor1Name": "SYRIA",
        "EventCode": "195",
        "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Aleppo, Halab, Syria",
        "ActionGeo_Lat": "36.2",
        "ActionGeo_Long": "37.16",
        "DATEADDED": "20161120101500",
        "SOURCEURL": "https://news.example/story",
    }
    for name, value in {**known, **cells}.items():
        parts[gdelt.PLACES[name]] = value
    return "\t".join(parts)


def only(path, publisher: str) -> Account:
    ((told, found),) = read_coded(path, publisher=publisher)  # type: ignore[misc]
    for _, words in found.quotations():
        assert told.text[words.start : words.end] == words.text
    assert decode_account(encode_account(found), {}) == found
    assert len(events_table(match_accounts([found]))) == 1
    return found


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_acled(tmp_path, delimiter):
    found = only(write_csv(tmp_path / "a.csv", ACLED, delimiter=delimiter), "acled")
    assert found.sub_event_type.value == "air_drone_strike"
    assert not isinstance(found.when, Unresolved)
    assert (found.when.value.start, found.when.value.end) == (date(2016, 11, 19), date(2016, 11, 19))
    assert found.fatalities is not None
    assert found.fatalities.value == Count(4, 4, 4)
    assert isinstance(found.resolution, Resolved)
    assert (found.resolution.lon, found.resolution.lat) == (37.19, 36.2)
    assert found.source == "Invented Wire"
    assert found.civilian_targeting is not None
    assert "invented strike" in found.sentence.text


def test_ucdp(tmp_path):
    found = only(write_csv(tmp_path / "u.csv", UCDP), "ucdp")
    assert found.sub_event_type.value == "attack"
    assert not isinstance(found.when, Unresolved)
    assert (found.when.value.end - found.when.value.start).days == 2
    assert found.fatalities is not None
    assert found.fatalities.value == Count(10, 12, 15)


def test_gdelt(tmp_path):
    path = tmp_path / "g.csv"
    path.write_text("\n".join([gdelt_line(), gdelt_line(EventCode="042"), gdelt_line(ActionGeo_Long="")]))
    (told, found), nothing, (_, nowhere) = read_coded(path, publisher="gdelt")  # type: ignore[misc]
    assert found.sub_event_type.value == "air_drone_strike"
    assert told.url == "https://news.example/story"
    assert told.source == "news.example"
    assert nothing is None
    assert isinstance(nowhere.resolution, Unresolved)


def test_every_code_of_gdelt_is_one_of_ours():
    from geo.vocabulary import SUB_EVENT_TYPES

    assert set(gdelt._BY_CODE.values()) <= set(SUB_EVENT_TYPES)


@pytest.mark.parametrize(
    ("publisher", "row", "change", "reason"),
    [
        ("acled", ACLED, {"sub_event_type": "Invasion"}, "'Invasion' is not one of ACLED's"),
        ("acled", ACLED, {"event_date": "soon"}, "'soon' is no day"),
        ("acled", ACLED, {"latitude": "north"}, "could not convert"),
        ("ucdp", UCDP, {"type_of_violence": "9"}, "'9' is none of"),
        ("ucdp", UCDP, {"best": ""}, "invalid literal"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_read(tmp_path, publisher, row, change, reason):
    key = (acled.COLUMNS if publisher == "acled" else ucdp.COLUMNS)[0]
    path = write_csv(tmp_path / "r.csv", {**row, **change}, {**row, key: "next"})
    bad, good = read_coded(path, publisher=publisher)
    assert isinstance(bad, Rejection)
    assert reason in bad.reason
    assert bad.place == "line 2"
    assert not isinstance(good, Rejection)


def test_foreign_tables_are_refused(tmp_path):
    path = write_csv(tmp_path / "x.csv", {"a": "1"})
    with pytest.raises(DocumentError, match="no column event_id_cnty"):
        list(read_coded(path, publisher="acled"))
    with pytest.raises(UnknownFormatError):
        list(read_coded(path, publisher="icews"))
    short = tmp_path / "short.csv"
    short.write_text("1\t2\n")
    (rejection,) = read_coded(short, publisher="gdelt")
    assert isinstance(rejection, Rejection)
    assert "2 columns" in rejection.reason


def test_a_coded_event_joins_the_reported_one(tmp_path):
    coded = only(write_csv(tmp_path / "a.csv", ACLED), "acled")
    report = document("d1", "A hospital in eastern Aleppo was bombed on Saturday, killing four people.", source="Radio")
    (event,) = match_accounts([coded, account(report, where=resolved(part="eastern"), killed=Count(4, 4, 4), tags=())])
    assert {item.source for item in event.accounts} == {"Invented Wire", "Radio"}
