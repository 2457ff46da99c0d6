"""A store is read once: later what changed alone, for all sessions, and by the next server what it finds on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from geopandas.testing import assert_geodataframe_equal

from dashboard import kept_events, queries, review
from dashboard.kept_events import keep_events, read_events
from dashboard.review import OvertakenError, last_decision
from dashboard.shelf import shelf_of
from dashboard.sight import Version, exact_version
from dashboard.state import View
from geo.pipeline import rebuild_events, refresh_events
from geo.stores import Store, open_store
from geo.vocabulary import Review
from tests.samples import account, days_later, document


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A store with six events, and nothing remembered of it."""
    monkeypatch.setenv("CONFLICT_CACHE", str(tmp_path / "cache"))
    address = str(tmp_path / "own.gpkg")
    with open_store(address, create=True) as store:
        for number in range(6):
            tell(store, number)
        rebuild_events(store)
    kept_events._last_readings().clear()
    yield address
    kept_events._last_readings().clear()


def tell(store: Store, number: int) -> None:
    """Add a report of an event of its own."""
    report = document(f"d{number}", f"Report {number}: a hospital was bombed.")
    store.add_documents([(report, (account(report, day=days_later(9 * number)),), ())])


def stored(address: str):
    with open_store(address, read_only=True) as store:
        return store.events()


def looked(address: str) -> tuple[Version, str]:
    version = exact_version(address)
    return version, queries.series_of(version, View())


def test_a_decision_changes_one_row_for_whoever_looks_next(own: str) -> None:
    version, series = looked(own)
    board = queries.board(version, series)
    row = board.events.iloc[3]
    review.decide(own, row.to_dict(), Review.CONFIRMED, person="Rima")
    after, series = looked(own)
    reading = read_events(after)
    assert reading.renewal is not None
    assert len(reading.renewal.places) == 1
    assert_geodataframe_equal(reading.events, stored(own))
    renewed = queries.board(after, series)
    assert renewed.renewals == board.renewals + 1
    shown = queries.shown(after, series, View(reviews=("confirmed",)))
    assert renewed.events["event_id"][shown.mask].tolist() == [row["event_id"]]
    assert shown.sums.waiting == 0
    assert queries.shown(after, series, View()).sums.waiting == 5
    assert queries.whole_scene(after, series).bridges is queries.whole_scene(version, series).bridges


def test_what_others_decide_and_ingest_is_seen(own: str) -> None:
    read_events(looked(own)[0])
    with open_store(own) as other:
        tell(other, 7)
        refresh_events(other)
    review.decide(own, stored(own).iloc[1].to_dict(), Review.REJECTED, person="Sami")
    reading = read_events(looked(own)[0])
    assert reading.renewal is not None
    assert len(reading.renewal.places) == 2, "the others stand still"
    assert_geodataframe_equal(reading.events, stored(own))


def test_the_second_of_two_reviewers_is_told_from_what_is_read_anew(own: str) -> None:
    version, series = looked(own)
    row = queries.board(version, series).events.iloc[0].to_dict()
    seen = last_decision(queries.decisions(version), row["event_id"])
    review.decide(own, row, Review.CONFIRMED, person="Rima", seen=seen)
    with pytest.raises(OvertakenError):
        review.decide(own, row, Review.REJECTED, person="Sami", seen=seen)
    after, series = looked(own)
    shown = queries.event_row(after, series, row["event_id"])
    assert shown is not None
    assert shown["review"] == Review.CONFIRMED
    known = last_decision(queries.decisions(after), row["event_id"])
    review.decide(own, dict(shown), Review.REJECTED, person="Sami", seen=known)
    last, series = looked(own)
    told = queries.event_row(last, series, row["event_id"])
    assert told is not None
    assert told["review"] == Review.REJECTED


def test_the_next_server_takes_from_disk_what_still_holds(own: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_events, "LEAST_EVENTS", 1)
    row = stored(own).iloc[5].to_dict()
    keep_events(read_events(looked(own)[0]), own)
    folder = shelf_of(own).folder
    assert (folder / "events.arrow").stat().st_mode & 0o077 == 0, "exact places are for this user alone"
    review.decide(own, row, Review.REJECTED, person="Rima")
    kept_events._last_readings().clear()
    again = read_events(looked(own)[0])
    assert again.renewal is not None
    assert len(again.renewal.places) == 1
    assert_geodataframe_equal(again.events, stored(own))


@pytest.mark.parametrize("spoil", ["cut short", "empty", "another program"])
def test_a_spoilt_file_on_disk_counts_as_not_there(own: str, monkeypatch: pytest.MonkeyPatch, spoil: str) -> None:
    monkeypatch.setattr(kept_events, "LEAST_EVENTS", 1)
    keep_events(read_events(looked(own)[0]), own)
    file = shelf_of(own).folder / "events.arrow"
    match spoil:
        case "cut short":
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        case "empty":
            file.write_bytes(b"")
        case _:
            monkeypatch.setattr("dashboard.shelf.program_stamp", lambda: "another")
    assert shelf_of(own).events() is None
