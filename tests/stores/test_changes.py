"""Reading only what changed gives the same events as reading all of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal

from geo.pipeline import keep_decision, rebuild_events, refresh_events
from geo.stores import Decision, DecisionKind, EventChanges, Store, open_store
from geo.vocabulary import Review
from tests.samples import IDLIB, account, days_later, document, resolved


@pytest.fixture
def drawn(address: str) -> str:
    with open_store(address, create=True) as store:
        for number in range(5):
            report = document(f"d{number}", f"Report {number}: a hospital was bombed.")
            told = account(report, day=days_later(9 * number), **({"where": resolved(IDLIB)} if number % 2 else {}))
            store.add_documents([(report, (told,), ())])
        rebuild_events(store)
    return address


def whole(changes: EventChanges, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """Put together what a reader has after the changes."""
    size = len(changes.state.keys)
    if changes.kept is None:
        return changes.events
    still = [row for row in range(size) if row not in set(changes.places)]
    both = pd.concat([known.iloc[changes.kept], changes.events], ignore_index=True)
    order = pd.Series(range(size), index=[*still, *changes.places]).sort_index()
    return both.iloc[order.to_numpy()].reset_index(drop=True)


def decided(store: Store, event_id: str, **fields: object) -> None:
    keep_decision(
        store,
        lambda sofar: Decision(
            kind=DecisionKind.REVIEW, event_id=event_id, review=Review.CORRECTED, fields=fields, person="Rima"
        ),
    )


def write_over(path: str, statement: str) -> None:
    """Change rows where they stand, as QGIS does; its SQLite knows the functions that the spatial index asks for."""
    with closing(sqlite3.connect(path)) as other:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            other.create_function(name, 1, lambda blob: 0)
        other.execute(statement)
        other.commit()


def test_after_a_decision_one_event_is_read(drawn: str) -> None:
    with open_store(drawn) as store:
        before = store.event_changes()
        decided(store, before.events["event_id"][1], date_start="2016-12-30", date_end="2016-12-30")
        after = store.event_changes(before.state, known=before.events)
        assert len(after.events) == 1
        assert after.places.tolist() != [1], "another day has another place"
        assert_geodataframe_equal(whole(after, before.events), store.events())
        again = store.event_changes(after.state, known=store.events())
        assert again.events.empty
        assert_geodataframe_equal(whole(again, store.events()), store.events())


def test_new_reports_and_decisions_of_others_are_read_together(drawn: str) -> None:
    with open_store(drawn) as store, open_store(drawn) as other:
        before = store.event_changes()
        decided(other, before.events["event_id"].iloc[-1])
        report = document("late", "A clinic was bombed.")
        other.add_documents([(report, (account(report, day=days_later(3)),), ())])
        refresh_events(other)
        after = store.event_changes(before.state, known=before.events)
        assert after.kept is not None
        assert_geodataframe_equal(whole(after, before.events), other.events())


def test_events_that_were_all_drawn_anew_are_all_read(drawn: str) -> None:
    with open_store(drawn) as store:
        before = store.event_changes()
        rebuild_events(store)
        assert store.event_changes(before.state, known=before.events).kept is None


def test_a_row_that_another_program_wrote_over_is_seen(drawn: str) -> None:
    if "://" in drawn:
        pytest.skip("PostgreSQL numbers what is written over; here it is asked of SQLite's trigger")
    with open_store(drawn) as store:
        before = store.event_changes()
        write_over(drawn, "UPDATE events SET notes = 'edited elsewhere' WHERE fid = (SELECT max(fid) FROM events)")
        after = store.event_changes(before.state, known=before.events)
        assert "edited elsewhere" in set(whole(after, before.events)["notes"])


def test_a_backup_that_went_another_way_is_read_as_another_store(drawn: str, tmp_path: Path) -> None:
    if "://" in drawn:
        pytest.skip("a backup of PostgreSQL is put back by its own tools")
    with open_store(drawn) as store:
        copied = store.backup(tmp_path / "copy.gpkg")
        decided(store, store.events()["event_id"][0], fatalities_best=3)
        before = store.event_changes()
    with open_store(str(copied)) as other:
        decided(other, other.events()["event_id"][1], fatalities_best=4)
        after = other.event_changes(before.state, known=before.events)
        assert_geodataframe_equal(whole(after, before.events), other.events())


def test_a_text_that_holds_the_separator_of_columns_is_read_as_it_is(drawn: str) -> None:
    if "://" in drawn:
        pytest.skip("only SQLite's columns are taken apart by a separator")
    write_over(drawn, "UPDATE events SET notes = 'one' || char(31) || 'two' WHERE fid = 1")
    with open_store(drawn) as store:
        assert "one\x1ftwo" in set(store.events()["notes"])
