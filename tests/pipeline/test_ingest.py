"""Reports into a store: whole, once, and again from where it ended."""

from __future__ import annotations

import json
from datetime import date

import pytest
from pandas.testing import assert_frame_equal

from geo.pipeline import Plan, ingest, load_scene, rebuild_events
from geo.stores import Decision, DecisionKind, Store, open_store
from geo.tables import as_day
from geo.vocabulary import Review
from tests.pipeline.conftest import REPORTS

RAID = "Warplanes bombed a hospital in the rebel-held east of Aleppo on Saturday. Four people were killed, medics said."


def write_reports(folder, *texts: str) -> str:
    rows = [{"id": f"r{n}", "text": text, "published": "2016-11-20", "source": f"S{n}"} for n, text in enumerate(texts)]
    path = folder / "reports.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def sample(tmp_path_factory, plan: Plan):
    """The sample reports in a store."""
    path = tmp_path_factory.mktemp("sample") / "store.gpkg"
    with open_store(str(path), create=True) as store:
        report = ingest([str(REPORTS)], plan=plan, store=store, jobs=1)
    return str(path), report


def test_the_sample_reports_are_stored_with_events_and_zones(sample, reports):
    address, report = sample
    assert (report.stored, report.skipped, report.rejections) == (len(reports), 0, ())
    with open_store(address, read_only=True) as store:
        events = store.events()
        assert len(events) == report.events > 40
        assert store.series()[0] == "aleppo"
        assert {"government", "rebels"} <= set(events["control"])
        assert events["date_start"].notna().mean() > 0.8
        assert store.check() == ()
        (run,) = store.runs()
    assert run.counts["stored"] == len(reports)
    assert run.plan["recognizer"] == "rules"
    assert run.ended_at


def test_a_second_ingest_changes_nothing(sample, plan):
    address, first = sample
    with open_store(address) as store:
        before, accounts, revision = store.events(), store.accounts(), store.revision()
        again = ingest([str(REPORTS)], plan=plan, store=store, jobs=1)
        assert (again.stored, again.skipped, again.events) == (0, first.stored, first.events)
        assert store.revision() == revision
        assert store.accounts() == accounts
        assert_frame_equal(store.events(), before)


def test_the_order_of_ingests_makes_no_difference(tmp_path, plan, reports):
    folder = tmp_path / "parts"
    for number, report in enumerate(reports[:12]):
        part = folder / str(number % 2)
        part.mkdir(parents=True, exist_ok=True)
        fields = {"id": report.document_id, "text": report.text, "published": str(report.published)}
        (part / f"{number:02}.json").write_text(json.dumps(fields), encoding="utf-8")
    tables = []
    for name, parts in (("one", [str(folder)]), ("two", [str(folder / "1"), str(folder / "0")])):
        with open_store(str(tmp_path / f"{name}.gpkg"), create=True) as store:
            for part in parts:
                ingest([part], plan=plan, store=store, jobs=1)
            tables.append(store.events())
    assert_frame_equal(*tables)


def test_what_was_stored_before_a_cut_is_not_read_again(tmp_path, plan, store: Store):
    path = write_reports(tmp_path, *(f"{RAID} It was raid number {n}." for n in range(40)))
    seen = []

    def cut(step: str, done: float) -> None:
        seen.append(done)
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([path], plan=plan, store=store, jobs=1, progress=cut)
    assert len(store.documents()) == 20
    assert not store.events_current()
    report = ingest([path], plan=plan, store=store, jobs=1)
    assert (report.stored, report.skipped) == (20, 20)
    assert store.events_current()
    first, second = store.runs()
    assert not first.ended_at
    assert second.ended_at


def test_a_scene_holds_what_a_map_shows(sample):
    address, _ = sample
    with open_store(address, read_only=True) as store:
        scene = load_scene(store)
        assert scene.start == date(2016, 11, 15)
        assert date(2016, 12, 21) <= scene.end <= date(2016, 12, 31)
        assert set(scene.zones["series"]) == {"aleppo"}
        assert any("GeoNames" in item.name for item in scene.attributions)
        narrow = load_scene(store, start=date(2016, 11, 20), end=date(2016, 11, 26), types=["battles"])
        assert (narrow.start, narrow.end) == (date(2016, 11, 20), date(2016, 11, 26))
        assert set(narrow.events["event_type"]) == {"battles"}
        assert 0 < len(narrow.events) < len(scene.events)
        for row in narrow.zones.to_dict("records"):
            first, last = as_day(row["valid_from"]), as_day(row["valid_to"])
            assert first is not None
            assert first <= date(2016, 11, 26)
            assert last is None or last > date(2016, 11, 20)


def test_people_s_decisions_outlive_every_run(tmp_path, plan, store: Store):
    ingest([write_reports(tmp_path, RAID)], plan=plan, store=store, jobs=1)
    event = store.events().iloc[0]
    names = tuple(account.account_id for account in store.accounts())
    fields = {"fatalities_best": 7, "lon": 37.2, "lat": 36.21, "place_name": "the hospital", "tags": ["health_care"]}
    store.decide(Decision(DecisionKind.REVIEW, event["event_id"], names, Review.CORRECTED, fields))
    rebuild_events(store)
    other = "Rebels fired rockets at western Aleppo on Sunday, killing two people, state media said."
    ingest([write_reports(tmp_path, RAID, other)], plan=plan, store=store, jobs=1)
    (row,) = store.events()[store.events()["event_id"] == event["event_id"]].to_dict("records")
    assert (row["review"], row["fatalities_best"], row["place_name"]) == ("corrected", 7, "the hospital")
    assert (row["lon"], row["geometry"].x) == (37.2, 37.2)


def test_a_decision_follows_its_accounts_when_the_event_is_founded_earlier(tmp_path, plan, store: Store):
    ingest([write_reports(tmp_path, RAID)], plan=plan, store=store, jobs=1)
    event = store.events().iloc[0]
    names = tuple(account.account_id for account in store.accounts())
    store.decide(Decision(DecisionKind.REVIEW, event["event_id"], names, Review.CONFIRMED))
    report = store.document("r0")
    assert report is not None
    earlier = {"id": "a0", "text": RAID + " More later.", "published": "2016-11-19", "source": "First"}
    path = tmp_path / "earlier.json"
    path.write_text(json.dumps(earlier), encoding="utf-8")
    ingest([str(path)], plan=plan, store=store, jobs=1)
    events = store.events()
    assert len(events) == 1, events["notes"].tolist()
    assert events["event_id"].tolist() != [event["event_id"]]
    assert events["review"].tolist() == ["confirmed"]


def test_events_are_drawn_again_when_others_write_meanwhile(tmp_path, plan, store: Store, monkeypatch):
    ingest([write_reports(tmp_path, RAID)], plan=plan, store=store, jobs=1)
    real, calls = store.put_drawing, []

    def interrupted(drawing, *, unsettled):
        if not calls:
            store.decide(Decision(DecisionKind.REVIEW, "ev-other"))
        calls.append(unsettled)
        return real(drawing, unsettled=unsettled)

    monkeypatch.setattr(store, "put_drawing", interrupted)
    rebuild_events(store)
    assert len(calls) == 2
    assert store.events_current()


def test_what_was_assumed_to_read_a_report_is_told(tmp_path, plan):
    (tmp_path / "old.txt").write_bytes("A café in Homs was shelled on Saturday, killing two.".encode("cp1252"))
    with open_store(str(tmp_path / "store.gpkg"), create=True) as store:
        report = ingest([str(tmp_path / "old.txt")], plan=plan, store=store, jobs=1)
        again = ingest([str(tmp_path / "old.txt")], plan=plan, store=store, jobs=1)
    assert report.assumptions == 1
    assert "old.txt: Not UTF-8 (byte 5); it was read as Windows-1252." in report.assumed[0]
    assert (again.assumed, again.assumptions) == ((), 0)


def test_a_report_that_changes_where_it_lies_is_kept_in_both_editions(tmp_path, plan, store: Store):
    report = tmp_path / "in" / "a.txt"
    report.parent.mkdir()
    texts = [f"Warplanes bombed a hospital in Aleppo on Saturday, killing {count} people." for count in ("four", "six")]
    made = []
    for text in (*texts, texts[1], texts[0]):
        report.write_text(text)
        made.append(ingest([str(report.parent)], plan=plan, store=store, jobs=1, published=date(2016, 11, 20)))
    assert [(each.stored, each.skipped, each.rejected) for each in made] == [(1, 0, 0), (1, 0, 0), (0, 1, 0), (0, 1, 0)]
    first, second = store.documents()["document_id"]
    assert (first, second.partition("@")[0]) == ("a", "a")
    assert [store.document(name).text for name in (first, second)] == texts
    assert "both are kept" in made[1].assumed[0]
    (event,) = store.events().to_dict("records")
    assert (event["fatalities_low"], event["fatalities_high"]) == (4, 6)


def test_a_run_tells_what_made_it(tmp_path, plan, store: Store, monkeypatch):
    (tmp_path / "a.txt").write_text("Warplanes bombed a hospital in Aleppo on Saturday, killing four people.")
    monkeypatch.chdir(tmp_path)
    ingest(["a.txt"], plan=plan, store=store, jobs=1, published=date(2016, 11, 20))
    (run,) = store.runs()
    assert run.inputs == (str(tmp_path / "a.txt"),)
    assert {"recognizer", "data", "published", "engine", "jobs"} <= run.plan.keys()
    assert {"reading", "matching", "python", "geopandas"} <= run.versions.keys()
    assert (run.counts["stored"], run.counts["accounts"]) == (1, 1)
