"""Coded events of others, in invented rows with the publishers' columns."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import date

import pytest
from typer.testing import CliRunner

from geo.commands.application import app
from geo.errors import DocumentError, Rejection, UnknownFormatError
from geo.extraction import load_lexicon
from geo.matching import explain_pair, match_accounts
from geo.matching.sources import independent_sources
from geo.model import Account, Actor, Count, Resolved, Unresolved
from geo.pipeline import merge_events, refresh_events
from geo.pipeline.coded import Coverage, DayOrder, acled, compare_coded, coverage, gdelt, read_coded, ucdp
from geo.pipeline.coded.names import Names
from geo.records import events_table
from geo.settings import read_settings
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
        parts[gdelt.PLACES[61][name]] = value
    return "\t".join(parts)


def only(path, publisher: str) -> Account:
    ((told, found),) = read_coded(path, publisher=publisher)  # type: ignore[misc]
    for _, words in found.quotations():
        assert told.text[words.start : words.end] == words.text
    assert decode_account(encode_account(found), {}) == found
    assert len(events_table(match_accounts([found]))) == 1
    return found


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
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
    assert [words.text for words in found.fatalities.evidence] == ["12", "10", "15"]
    assert [words.text[:10] for words in found.when.evidence] == ["2016-11-18", "2016-11-20"]


def test_gdelt(tmp_path):
    path = tmp_path / "g.csv"
    path.write_text("\n".join([gdelt_line(), gdelt_line(EventCode="042"), gdelt_line(ActionGeo_Long="")]))
    (told, found), nothing, (_, nowhere) = read_coded(path, publisher="gdelt")  # type: ignore[misc]
    assert found.sub_event_type.value == "air_drone_strike"
    assert told.url == "https://news.example/story"
    assert told.source == "news.example"
    assert nothing is None
    assert isinstance(nowhere.resolution, Unresolved)
    assert nowhere.resolution.reason == "GDELT gives no point."


def test_gdelt_s_older_files_and_tables_with_a_header_say_the_same(tmp_path):
    cells = gdelt_line(ActionGeo_CountryCode="IZ").split("\t")
    by_name = {name: cells[place] for name, place in gdelt.PLACES[61].items()}
    old = [""] * 58
    for name, place in gdelt.PLACES[58].items():
        old[place] = by_name[name]
    (tmp_path / "new.csv").write_text("\t".join(cells))
    (tmp_path / "old.csv").write_text("\t".join(old))
    write_csv(tmp_path / "queried.csv", by_name)
    first, *others = [only(tmp_path / name, "gdelt") for name in ("new.csv", "old.csv", "queried.csv")]
    assert others == [first, first]
    assert isinstance(first.resolution, Resolved)
    assert first.resolution.place.country == "IQ"


def shuffled(row: dict[str, str]) -> dict[str, str]:
    return dict(sorted(row.items(), key=lambda item: item[0][::-1]))


def test_however_a_row_is_saved_it_is_the_same(tmp_path):
    saved = {
        "order.csv": write_csv(tmp_path / "order.csv", shuffled(ACLED)).read_bytes(),
        "marked.csv": b"\xef\xbb\xbf" + write_csv(tmp_path / "a.csv", ACLED).read_bytes(),
        "upper.csv": write_csv(tmp_path / "b.csv", {name.upper(): cell for name, cell in ACLED.items()}).read_bytes(),
        "wide.csv": write_csv(tmp_path / "c.csv", ACLED).read_text().encode("utf-16"),
    }
    first = read_coded(tmp_path / "a.csv", publisher="acled")
    (told,) = first
    for name, content in saved.items():
        (tmp_path / name).write_bytes(content)
        assert list(read_coded(tmp_path / name, publisher="acled")) == [told], name
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        archive.write(tmp_path / "a.csv", "any-name.csv")
    assert list(read_coded(tmp_path / "packed.zip", publisher="acled")) == [told]


def test_numbers_and_days_as_spreadsheets_write_them(tmp_path):
    changed = {"fatalities": "4.0", "time_precision": "1.0", "latitude": "36,20", "event_date": "19-Nov-2016"}
    found = only(write_csv(tmp_path / "a.csv", {**ACLED, **changed}, delimiter=";"), "acled")
    same = only(write_csv(tmp_path / "b.csv", ACLED), "acled")
    assert found.fatalities is not None
    assert found.fatalities.value == Count(4, 4, 4)
    assert isinstance(found.resolution, Resolved)
    assert found.resolution.lat == 36.2
    assert found.when.value == same.when.value  # type: ignore[union-attr]


def test_an_older_encoding_is_read_and_told(tmp_path):
    text = write_csv(tmp_path / "a.csv", {**ACLED, "location": "Alépo"}).read_text(encoding="utf-8")
    (tmp_path / "a.csv").write_bytes(text.encode("cp1252"))
    ((told, found),) = read_coded(tmp_path / "a.csv", publisher="acled")  # type: ignore[misc]
    assert isinstance(found.resolution, Resolved)
    assert found.resolution.place_name == "Alépo"
    assert "it was read as" in told.warnings[0]


def test_a_broken_row_and_a_long_one_stop_nothing(tmp_path):
    path = write_csv(tmp_path / "a.csv", {**ACLED, "notes": "A long note. " * 20_000}, ACLED)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([lines[0], 'SYR0,"19 "November" 2016",1\n', *lines[1:], "SYR3,2016\n", "\n"]))
    broken, long, good, short = read_coded(path, publisher="acled")
    assert isinstance(broken, Rejection)
    assert (broken.place, broken.reason[:13]) == ("line 2", "not valid CSV")
    assert not isinstance(long, Rejection)
    assert not isinstance(good, Rejection)
    assert isinstance(short, Rejection)
    assert short.expected == f"{len(ACLED)} cells"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Military Forces of Syria (2000-2024)", ("sy.military", "government")),
        ("Military Forces of Syria (2000-2024) Tiger Forces", ("sy.military", "government")),
        ("QSD: Syrian Democratic Forces", ("sy.sdf", "sdf")),
        ("Islamic State (Syria)", ("isis", "islamic_state")),
        ("Police Forces of Mali (2020-)", ("ml.police_forces", "government")),
        ("Civilians (Mali)", ("", "civilians")),
        ("Nobody's Own Brigade", ("", "")),
    ],
)
def test_publishers_names_are_the_lexicon_s_actors(name, known):
    actor = Names(load_lexicon(read_settings().lexicon)).actor(name)
    assert (actor.actor_id, actor.side) == known


def test_countries_have_their_codes():
    names = Names(load_lexicon(read_settings().lexicon))
    assert [names.country(name) for name in ("Syria", "Myanmar (Burma)", "Atlantis", "")] == ["SY", "MM", "", ""]


def test_rows_of_one_register_are_events_of_their_own(tmp_path):
    rows = [{**ACLED, "event_id_cnty": f"SYR{number}"} for number in (1, 2)]
    told = [account for _, account in read_coded(write_csv(tmp_path / "a.csv", *rows), publisher="acled")]  # type: ignore[misc]
    assert "two rows of acled" in str(explain_pair(*told))
    report = document("d1", "A hospital in eastern Aleppo was bombed on Saturday, killing four people.", source="Radio")
    reported = account(report, where=resolved(part="eastern"), killed=Count(4, 4, 4), tags=())
    events = match_accounts([*told, reported])
    assert sorted(len(event.accounts) for event in events) == [1, 2]
    bound = match_accounts([*told, reported], together=[[item.account_id for item in told]])
    assert [len(event.accounts) for event in bound] == [3]
    by_two = [*told, only(write_csv(tmp_path / "u.csv", {**UCDP, "type_of_violence": "3"}), "ucdp")]
    assert max(len({item.document_id[:5] for item in event.accounts}) for event in match_accounts(by_two)) <= 2


def test_a_row_made_from_two_reports_is_no_source_beside_them(tmp_path):
    row = only(write_csv(tmp_path / "a.csv", {**ACLED, "source": "Radio; Daily"}), "acled")
    told = [row]
    for number, source in enumerate(("Radio", "Daily", "Weekly")):
        text = f"{number}: a hospital in eastern Aleppo was bombed on Saturday, killing four people."
        report = document(f"d{number}", text, source=source)
        told.append(account(report, where=resolved(part="eastern"), killed=Count(4, 4, 4), tags=()))
    sources = independent_sources(told, ())
    assert len(set(sources.values())) == 3
    assert sources[row.account_id] == sources[told[1].account_id] != sources[told[2].account_id]


def test_every_code_of_gdelt_is_one_of_ours():
    from geo.vocabulary import SUB_EVENT_TYPES

    assert set(gdelt._BY_CODE.values()) <= set(SUB_EVENT_TYPES)


@pytest.mark.parametrize(
    ("publisher", "row", "change", "reason"),
    [
        ("acled", ACLED, {"sub_event_type": "Invasion"}, "'Invasion' is not one of ACLED's"),
        ("acled", ACLED, {"event_date": "soon"}, "'soon' is no day"),
        ("acled", ACLED, {"latitude": "north"}, "latitude 'north' is no number"),
        ("ucdp", UCDP, {"type_of_violence": "9"}, "'9' is none of"),
        ("acled", ACLED, {"latitude": "nan"}, "'nan' is no number"),
        ("acled", ACLED, {"time_precision": "4"}, "time_precision '4' is none of 1, 2, 3"),
        ("acled", ACLED, {"event_date": "31/02/2016"}, "'31/02/2016' is no day of the calendar"),
        ("acled", ACLED, {"fatalities": "-4"}, "'-4' is no whole number"),
        ("acled", ACLED, {"notes": "a\0b"}, "notes: the text holds a NUL character"),
        ("ucdp", UCDP, {"best": ""}, "best '' is no whole number"),
        ("ucdp", UCDP, {"best": "16"}, "contradict each other"),
        ("ucdp", UCDP, {"date_end": "2016-11-17"}, "lies before date_start"),
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


def days_told(found) -> list[str]:
    return [str(item[1].when.value.start) if not isinstance(item, Rejection) else item.reason for item in found]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["05/11/2016", "19/11/2016"], ["2016-11-05", "2016-11-19"]),
        (["5/11/2016 00:00", "11/19/2016"], ["2016-05-11", "2016-11-19"]),
        (["05.11.2016", "05.05.2016", "13.1.2016"], ["2016-11-05", "2016-05-05", "2016-01-13"]),
        (["05-11-2016", "2016-11-04", "19-11-2016"], ["2016-11-05", "2016-11-04", "2016-11-19"]),
    ],
)
def test_days_in_numbers_are_read_as_other_rows_of_their_file_show(tmp_path, written, read):
    rows = [{**ACLED, "event_id_cnty": f"SYR{number}", "event_date": day} for number, day in enumerate(written)]
    found = list(read_coded(write_csv(tmp_path / "a.csv", *rows), publisher="acled"))
    assert days_told(found) == read
    (said,) = {word for item in found for word in item[0].warnings}  # type: ignore[index, union-attr]
    assert f"because line {len(rows) + 1} has {rows[-1]['event_date']}" in said


def test_of_days_that_no_row_shows_a_person_says_the_order(tmp_path):
    rows = [{**UCDP, "date_start": "05/11/2016 00:00:00", "date_end": "06/11/2016"}]
    path = write_csv(tmp_path / "u.csv", *rows)
    (refused,) = read_coded(path, publisher="ucdp")
    assert isinstance(refused, Rejection)
    assert "'05/11/2016 00:00:00' may be two days: no other row shows which" in refused.reason
    assert "--day-order day-first or --day-order month-first" in refused.remedy
    runner = CliRunner()
    command = ["events", "import", str(path), "--format", "ucdp", "--store", str(tmp_path / "s.gpkg")]
    assert runner.invoke(app, command).exit_code == 1
    for order, day in (("month-first", date(2016, 5, 11)), ("day-first", date(2016, 11, 5))):
        assert runner.invoke(app, [*command, "--day-order", order]).exit_code == 0
        with open_store(str(tmp_path / "s.gpkg")) as store:
            ((start,),) = [[item.when.value.start] for item in store.accounts()]  # type: ignore[union-attr]
            assert start == day, "what is said anew takes the place of what was said before"


def test_rows_that_contradict_each_other_show_no_order(tmp_path):
    days = ["05/11/2016", "19/11/2016", "11/19/2016"]
    rows = [{**ACLED, "event_id_cnty": f"SYR{number}", "event_date": day} for number, day in enumerate(days)]
    path = write_csv(tmp_path / "a.csv", *rows)
    reason, *others = days_told(read_coded(path, publisher="acled"))
    assert others == ["2016-11-19", "2016-11-19"]
    assert "line 3 has 19/11/2016 and line 4 has 11/19/2016" in reason
    said = days_told(read_coded(path, publisher="acled", order=DayOrder.DAY_FIRST))
    assert said[:2] == ["2016-11-05", "2016-11-19"]
    assert "'11/19/2016' is no day of the calendar with the day first" in said[2]


@pytest.mark.parametrize("publisher", ["acled", "ucdp", "gdelt"])
@pytest.mark.parametrize("content", ["", "\ufeff\r\n\r\n", "{header}\n"])
def test_a_table_without_a_row_is_refused_and_says_what_it_should_hold(tmp_path, publisher, content):
    columns = {"acled": acled.COLUMNS, "ucdp": ucdp.COLUMNS, "gdelt": gdelt.COLUMNS}[publisher]
    path = tmp_path / "export.csv"
    path.write_text(content.format(header=",".join(columns)), encoding="utf-8")
    command = ["events", "import", str(path), "--format", publisher, "--store", str(tmp_path / "s.gpkg")]
    result = CliRunner().invoke(app, command)
    assert isinstance(result.exception, DocumentError)
    said = str(result.exception)
    assert str(path) in said
    assert ("no row stands below its header" if "header" in content else "the file is empty") in said
    assert f"an export of {publisher.upper()}: " in said
    assert columns[0] in said


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
    shown = runner.invoke(app, ["store", "runs", "--store", store])
    assert "events import --format acled" in shown.output
    assert "1 stored" in shown.output


def test_what_a_publisher_mends_takes_the_old_row_s_place_and_decisions_stay(tmp_path, address):
    path = tmp_path / "a.csv"
    runner = CliRunner()

    def imported(*rows: dict[str, str]) -> str:
        write_csv(path, *rows)
        command = ["events", "import", str(path), "--format", "acled", "--store", address]
        result = runner.invoke(app, command)
        assert result.exit_code == 0, result.output
        return result.output

    other = {**ACLED, "event_id_cnty": "SYR2", **ELSEWHERE}
    assert "2 coded event(s) stored" in imported(ACLED, other)
    assert "2 known already" in imported(shuffled(ACLED), shuffled(other))
    with open_store(address) as store:
        merge_events(store, list(store.events()["event_id"]), person="M.")
        assert store.event_count() == 1
    mended = {**ACLED, "event_date": "9 November 2016", "fatalities": "6", "actor1": "Somebody", "timestamp": "17"}
    assert "0 coded event(s) stored, 1 changed" in imported(mended, other)
    with open_store(address) as store:
        (event,) = store.events().to_dict("records")
        assert event["fatalities_high"] == 6
        assert store.check() == ()
