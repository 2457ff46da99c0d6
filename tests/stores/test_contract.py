"""What every store does, whatever it is kept in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from shapely.geometry import box

from geo.crs import LONLAT
from geo.errors import StoreError, TableError
from geo.matching import match_accounts
from geo.records import events_table, regions_table
from geo.stores import Decision, DecisionKind, Run, Store, columns, moment, open_store
from geo.tables import check_zones
from geo.vocabulary import Review
from tests.samples import ARMY, DAY, IDLIB, account, days_later, document, resolved


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address, create=True) as opened:
        yield opened


def told(number: int = 1, **changes):
    text = f"Report {number}: a hospital in eastern Aleppo was bombed on Saturday."
    report = document(f"d{number}", text)
    return report, (account(report, **changes),), ("one warning",)


def fill_events(store: Store) -> gpd.GeoDataFrame:
    reports = [
        told(1),
        told(2, day=days_later(3), sub_type="armed_clash", where=resolved(IDLIB), actor1=ARMY, tags=()),
        told(3, day=None, where=resolved(IDLIB)),
    ]
    store.add_documents(reports)
    events = match_accounts(store.accounts())
    store.put_events(events_table(events), regions_table(events))
    return store.events()


def zones(series: str = "aleppo") -> gpd.GeoDataFrame:
    rows = [
        ("z1", "rebels", date(2016, 11, 15), date(2016, 12, 1), box(37.17, 36.1, 37.3, 36.3)),
        ("z2", "government", date(2016, 12, 1), None, box(37.17, 36.1, 37.3, 36.3)),
    ]
    frame = [
        {
            "zone_id": key,
            "series": series,
            "controller": side,
            "controller_name": side.title(),
            "colour": "#336699",
            "status": "held",
            "name": "east",
            "valid_from": first,
            "valid_to": last,
            "known_since": None,
            "doubt_km": 0.3,
            "source": "a source",
            "note": "",
        }
        for key, side, first, last, _ in rows
    ]
    return check_zones(gpd.GeoDataFrame(frame, geometry=[row[-1] for row in rows], crs=LONLAT))


def test_what_was_told_comes_back(store: Store):
    report, accounts, warnings = told()
    added = store.add_documents([(report, accounts, warnings)])
    assert (added.stored, added.skipped, added.rejections) == (1, 0, ())
    assert store.accounts() == accounts
    kept = store.document("d1")
    assert kept is not None
    assert replace(kept, warnings=()) == report
    assert kept.warnings == ("one warning",)
    assert store.document("nothing") is None
    listed = store.documents()
    assert listed.loc[0, ["document_id", "source", "accounts"]].tolist() == ["d1", "Sample Wire", 1]


def test_a_second_time_changes_nothing(store: Store):
    store.add_documents([told()])
    before = store.revision()
    again = store.add_documents([told()])
    assert (again.stored, again.skipped) == (0, 1)
    assert store.revision() == before
    assert len(store.accounts()) == 1


def test_the_same_content_under_another_id_is_known(store: Store):
    report, accounts, _ = told()
    store.add_documents([(report, accounts, ())])
    copy = replace(report, document_id="copy")
    assert store.known([copy.content_digest, "0"]) == {report.content_digest}
    assert store.add_documents([(copy, (), ())]).skipped == 1


def test_another_text_under_the_same_id_is_rejected(store: Store):
    store.add_documents([told()])
    report, accounts, _ = told(2)
    added = store.add_documents([(replace(report, document_id="d1"), (), ())])
    assert added.stored == 0
    assert "another text" in str(added.rejections[0])
    assert [item.document_id for item in store.accounts()] == ["d1"]


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("in/a.txt", "in/a.txt", 1),
        ("in/a.txt", "out/a.txt", 0),
        ("https://x/feed, entry 2", "https://x/feed, entry 7", 1),
        ("a.jsonl, line 2", "a.jsonl, line 7", 0),
        ("", "", 0),
    ],
)
def test_a_text_that_changed_where_it_lies_is_told_from_another_report(store: Store, before, after, changed):
    report, accounts, _ = told()
    store.add_documents([(replace(report, origin=before), accounts, ())])
    other = replace(report, origin=after, text="Another text.")
    added = store.add_documents([(other, (), ())])
    assert (added.stored, added.changed, len(added.rejections)) == (0, changed, 1 - changed)


def test_a_day_that_is_learned_later_tells_the_report_anew(store: Store):
    report, _, _ = told()
    undated = replace(report, published=None)
    store.add_documents([(undated, (account(undated, day=None),), ())])
    added = store.add_documents([(report, (account(report),), ())])
    assert (added.stored, added.revised) == (0, 1)
    assert [item.published for item in store.accounts()] == [report.published]


def test_events_come_back_as_they_were_put(store: Store):
    store.add_documents([told(1), told(2, day=days_later(3), where=resolved(IDLIB), actor1=ARMY)])
    events = match_accounts(store.accounts())
    table = events_table(events).sort_values("date_start", ignore_index=True)
    store.put_events(table, regions_table(events))
    assert_frame_equal(store.events(), table)
    assert store.regions()["region_id"].tolist() == ["aleppo-city#eastern"]
    assert store.events_current()


def test_events_are_found_by_period_box_type_and_words(store: Store):
    everything = fill_events(store)
    assert len(everything) == 3
    assert everything["date_start"].isna().tolist() == [False, False, True]
    assert store.events(start=DAY, end=DAY)["date_start"].dt.date.tolist() == [DAY]
    assert store.events(end=days_later(-1)).empty
    assert len(store.events(bbox=(37.0, 36.0, 37.5, 36.5))) == 1
    assert len(store.events(bbox=(36.0, 35.0, 38.0, 37.0))) == 3
    assert store.events(types=["battles"])["sub_event_type"].tolist() == ["armed_clash"]
    assert len(store.events(types=["air_drone_strike"])) == 2
    assert len(store.events(text="HOSPITAL")) == 0
    assert len(store.events(text="bomb ale")) == 1
    assert len(store.events(text="حلب")) == 1
    assert len(store.events(text="syrian army' OR *")) == 0
    assert store.events(types=["battles"], text="army", start=DAY)["actor1"].tolist() == ["Syrian army"]


def test_a_period_meets_the_events_whose_days_it_shares_with(store: Store):
    one = fill_events(store).iloc[[0]]
    spans = {
        "before": (-20, -11),
        "into": (-20, -10),
        "within": (-5, -5),
        "out": (0, 90),
        "over": (-400, 400),
        "after": (1, 1),
    }
    events = pd.concat([one.assign(event_id=name) for name in (*spans, "undated")], ignore_index=True)
    first, last = zip(*((days_later(a), days_later(b)) for a, b in spans.values()), strict=True)
    events = events.assign(date_start=[*first, None], date_end=[*last, None])
    store.put_events(gpd.GeoDataFrame(events, crs=LONLAT), store.regions())
    assert set(store.events(start=days_later(-10), end=DAY)["event_id"]) == {"into", "within", "out", "over"}
    assert set(store.events(start=days_later(-10))["event_id"]) == {*spans} - {"before"}
    assert set(store.events(end=days_later(-11))["event_id"]) == {"before", "into", "over"}
    assert len(store.events(start=date.min, end=date.max)) == len(spans)
    assert len(store.events()) == len(spans) + 1


def test_every_value_comes_back_as_it_was_put(store: Store, monkeypatch):
    monkeypatch.setattr(columns, "_ROWS", 2)
    words = ['"quoted", with\nlines\r\nand\ttabs', "", "NULL", "\\N", "'; --", " room ", "حلب ، é", "%(x)s 100%"]
    events = pd.concat([fill_events(store)] * 3, ignore_index=True).iloc[: len(words)]
    events = events.assign(event_id=[f"ev-{n}" for n in range(len(words))], notes=words, weapon=words[::-1])
    store.put_events(gpd.GeoDataFrame(events, crs=LONLAT), store.regions())
    assert_frame_equal(
        store.events().sort_values("event_id", ignore_index=True), events.sort_values("event_id", ignore_index=True)
    )
    assert store.event_count() == len(words)
    assert store.events(bbox=(0, 0, 1, 1)).dtypes.equals(events.dtypes)


def test_accounts_are_read_by_document(store: Store):
    store.add_documents(told(number) for number in range(5))
    assert [account.document_id for account in store.accounts(documents=["d3", "d1", "gone"])] == ["d1", "d3"]
    assert store.accounts(documents=["d3"])[0] == next(a for a in store.accounts() if a.document_id == "d3")
    assert store.accounts(documents=[]) == ()


def test_all_events_are_gone_through_a_few_at_a_time(store: Store):
    events = fill_events(store)
    undated = events.assign(event_id=events["event_id"] + "-undated", date_start=pd.NaT, date_end=pd.NaT)
    store.put_events(pd.concat([events, undated]), store.regions())
    for rows in (1, 2, 3, 100):
        pages = list(store.event_pages(rows=rows))
        assert max(map(len, pages)) <= rows
        assert_frame_equal(pd.concat(pages, ignore_index=True), store.events())


def test_zones_are_kept_by_series_and_day(store: Store):
    store.put_zones(zones())
    store.put_zones(zones("other"))
    assert store.series() == ("aleppo", "other")
    assert store.series_events() == {"aleppo": 0, "other": 0}
    assert_frame_equal(store.zones("aleppo"), zones())
    assert store.zones("aleppo", start=DAY, end=DAY)["zone_id"].tolist() == ["z1"]
    assert store.zones("aleppo", start=date(2016, 12, 1))["zone_id"].tolist() == ["z2"]
    store.put_zones(zones().iloc[:1])
    assert len(store.zones("aleppo")) == 1
    assert len(store.zones("other")) == 2


def test_series_are_told_with_the_events_on_their_ground(store: Store):
    store.put_zones(zones())
    store.put_zones(zones("other").assign(zone_id=["o1", "o2"]))
    events = fill_events(store)
    store.put_events(events.assign(zone_id=["o2", "o1", ""]), store.regions())
    assert list(store.series_events().items()) == [("other", 2), ("aleppo", 0)]


def test_a_table_that_breaks_its_schema_is_not_stored(store: Store):
    with pytest.raises(TableError):
        store.put_zones(zones().drop(columns="controller"))
    assert store.series() == ()


def test_decisions_and_runs_are_kept(store: Store):
    review = Decision(
        DecisionKind.REVIEW, "ev-1", ("a", "b"), Review.CORRECTED, {"fatalities_best": 5}, note="the later toll"
    )
    parted = Decision(DecisionKind.APART, account_ids=("a", "c"), person="M.")
    store.decide(review)
    store.decide(parted)
    assert store.decisions() == (review, parted)
    run = Run("r1", moment(), command="ingest", inputs=("x.txt",), counts={"stored": 1})
    store.put_run(run)
    store.put_run(replace(run, ended_at=moment()))
    assert [item.run_id for item in store.runs()] == ["r1"]
    assert store.runs()[0].ended_at
    assert store.runs()[0].inputs == ("x.txt",)


def test_a_store_is_sound_and_can_be_compacted(store: Store):
    fill_events(store)
    store.put_zones(zones())
    assert store.check() == ()
    store.compact()
    assert len(store.events()) == 3


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("DELETE FROM documents WHERE document_id = 'd2'", "1 account(s) belong to no document."),
        ("UPDATE documents SET accounts = 3", "3 document(s) have not as many accounts as they told."),
        ("DELETE FROM events WHERE fid = 1", "1 entries of the full-text index belong to no event."),
        (
            "INSERT INTO drawn SELECT event_id, event_id, '' FROM events;DELETE FROM events_search",
            "3 event(s) cannot be found by their words.",
        ),
        ("UPDATE accounts SET body = '{half'", "3 row(s) of accounts cannot be read."),
        ("INSERT INTO drawn VALUES ('ac-x', 'ev-x', 'cl-x')", "1 account(s) are drawn that are not there."),
    ],
)
def test_what_does_not_belong_together_is_told(store: Store, broken, fault):
    fill_events(store)
    store.add_documents([told(1), told(2)])
    assert store.check() == ()
    with store._writing() as connection:
        for statement in broken.split(";"):
            connection.exec_driver_sql(statement)
    assert fault in store.check()


def test_a_backup_is_a_whole_store(store: Store, tmp_path):
    fill_events(store)
    path = store.backup(tmp_path / "copy.gpkg")
    assert path.stat().st_size > 1000
    if not store.address.startswith("postgresql"):
        with open_store(str(path), read_only=True) as copy:
            assert_frame_equal(copy.events(), store.events())
    with pytest.raises(StoreError, match="exists already"):
        store.backup(path)


def test_readers_read_while_a_writer_writes(store: Store):
    store.add_documents([told(1)])
    seen: list[int] = []
    with open_store(store.address, read_only=True) as reader:
        writer = threading.Thread(target=lambda: store.add_documents(told(number) for number in range(2, 60)))
        writer.start()
        while writer.is_alive():
            seen.append(len(reader.accounts()))
        writer.join()
        assert len(reader.accounts()) == 59
    assert seen == sorted(seen)


def test_two_writers_of_the_same_reports_store_each_once(address: str):
    def write() -> None:
        with open_store(address, create=True) as opened:
            results.append(opened.add_documents(told(number) for number in range(40)))

    results: list = []
    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sum(result.stored for result in results) == 40
    assert sum(result.skipped for result in results) == 40
    with open_store(address) as opened:
        assert len(opened.accounts()) == 40


def test_a_reader_may_not_write(store: Store):
    with open_store(store.address, read_only=True) as reader, pytest.raises(StoreError):
        reader.add_documents([told()])


def test_a_missing_store_is_named_with_what_to_do(address: str):
    with pytest.raises(StoreError, match="Make one with"):
        open_store(address)
