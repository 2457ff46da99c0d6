"""Coded events of others, in invented rows with the publishers' columns."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest
from typer.testing import CliRunner

from geo.commands.application import app
from geo.errors import DocumentError, Rejection, UnknownFormatError
from geo.matching import explain_pair, match_accounts
from geo.model import Account, Actor, Count, Resolved, Unresolved
from geo.pipeline import refresh_events
from geo.pipeline.coded import Coverage, acled, compare_coded, coverage, gdelt, read_coded, ucdp
from geo.records import events_table
from geo.stores import open_store
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
ELSEWHERE = {"location": "Idlib", "latitude": "35.93", "longitude": "36.63"}
SYRIAN = Actor("sy.military", "Military Forces of Syria", "government", "SY")
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


def test_coded_events_are_held_against_reported_ones(tmp_path):
    told = [
        *read_coded(
            write_csv(tmp_path / "a.csv", ACLED, {**ACLED, "event_id_cnty": "SYR2", **ELSEWHERE}), publisher="acled"
        )
    ]
    report = document("d1", "A hospital in eastern Aleppo was bombed on Saturday, killing nine people.", source="Radio")
    reported = account(report, where=resolved(part="eastern"), killed=Count(9, 9, 9), tags=(), actor1=SYRIAN)
    with open_store(str(tmp_path / "s.gpkg"), create=True) as store:
        store.add_documents([(coded_document, (coded,), ()) for coded_document, coded in told])  # type: ignore[misc]
        store.add_documents([(report, (reported,), ())])
        assert refresh_events(store) == 2
        alone, both = sorted(compare_coded(store), key=lambda item: item.reported)
        assert (alone.coded, alone.reported, alone.differences) == (("acled-SYR2",), (), ())
        assert (both.coded, both.reported) == (("acled-SYR1",), ("d1",))
        assert both.differences == ("The numbers killed differ: 4 (Invented Wire) and 9 (Radio).",)
        assert coverage([alone, both]) == (Coverage("acled", events=2, reported=1, differing=1),)
        assert "same actor" in str(explain_pair(reported, told[0][1]))  # type: ignore[index]


def test_the_command_prints_the_comparison(tmp_path):
    path, store = write_csv(tmp_path / "a.csv", ACLED), str(tmp_path / "s.gpkg")
    runner = CliRunner()
    assert runner.invoke(app, ["events", "import", str(path), "--format", "acled", "--store", store]).exit_code == 0
    shown = runner.invoke(app, ["events", "compare", "--store", store, "--json", str(tmp_path / "c.json")])
    assert shown.exit_code == 0, shown.output
    assert "no report" in shown.output
    (row,) = json.loads((tmp_path / "c.json").read_text())
    assert row["coded"] == ["acled-SYR1"]
