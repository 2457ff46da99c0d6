"""Events drawn bit by bit are those that are drawn all at once, whatever comes in whatever order."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from geo.errors import StoreError
from geo.model import Account, Count, Document, Unresolved
from geo.pipeline import (
    accounts_of,
    merge_events,
    rebuild_events,
    rebuilding,
    refresh_events,
    split_event,
    take_back,
    why_together,
)
from geo.stores import Decision, DecisionKind, Store, open_store
from geo.vocabulary import Review
from tests.samples import ARMY, DAY, IDLIB, REBELS, account, days_later, document, resolved
from tests.stores.test_contract import zones

WORDS = ("a hospital", "a school", "a market", "two houses near the old bridge", "the bakery of the northern quarter")


def report(number: int, seed: int) -> tuple[Document, tuple[Account, ...]]:
    """Return a report of one or two happenings out of few, vague at times, so that many accounts meet."""
    dice = random.Random(f"{seed} {number}")
    text = (
        f"Report: {dice.choice(WORDS)} was bombed on that day, people said. It was shelled again later, {number % 3}."
    )
    told = document(f"d{number}", text, source=f"S{number % 4}")
    accounts = []
    for trigger in ("bombed", "shelled")[: dice.choice((1, 2))]:
        day, vague = days_later(dice.randrange(3)), dice.random() < 0.3
        accounts.append(
            account(
                told,
                trigger=trigger,
                day=None if dice.random() < 0.1 else day,
                last=day + pd.Timedelta(days=4).to_pytimedelta() if vague else day,
                precision=2 if vague else 1,
                sub_type=dice.choice(["air_drone_strike", "shelling_artillery_missile_attack", "armed_clash"]),
                where=dice.choice([resolved(), resolved(part="eastern"), resolved(IDLIB), Unresolved("?", "Nowhere")]),
                killed=dice.choice([None, Count(4, 4, 4), Count(9, 9, 9)]),
                actor1=dice.choice([None, ARMY, REBELS]),
                tags=dice.choice([(), ("health_care",), ("education",)]),
            )
        )
    return told, tuple(accounts)


def drawn(store: Store) -> tuple[list[dict[str, object]], dict[str, tuple[str, str]]]:
    """Return all that was drawn."""
    events = store.events().drop(columns="geometry").astype("object")
    rows = events.where(events.notna(), None).to_dict("records")
    return rows, store.homes(item.account_id for item in store.accounts())


def event_of(store: Store, told: Account) -> str:
    return store.homes([told.account_id])[told.account_id][0]


def empty(store: Store) -> None:
    store.put_zones(zones())
    rebuild_events(store)


def change(store: Store, seed: int, number: int) -> None:
    """Revise a report, or decide something, as the seed has it."""
    dice = random.Random(f"{seed} {number} change")
    rows, homes = drawn(store)
    names = sorted(homes)
    if not names or dice.random() < 0.5:
        return
    match dice.randrange(4):
        case 0:
            told, accounts = report(dice.randrange(number + 1), seed)
            store.add_documents([(replace(told, title=f"Anew {number}"), accounts[:1], ())])
        case 1:
            event = dice.choice(rows)
            owned = tuple(name for name, (event_id, _) in homes.items() if event_id == event["event_id"])
            store.decide(Decision(DecisionKind.REVIEW, str(event["event_id"]), owned, Review.CONFIRMED))
        case kind:
            named = tuple(dice.sample(names, min(len(names), 3)))
            store.decide(Decision((DecisionKind.APART, DecisionKind.TOGETHER)[kind - 2], account_ids=named))


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.integers(1, 4), min_size=2, max_size=5))
def test_any_batches_give_what_one_drawing_gives(seed, cuts):
    order = list(range(sum(cuts)))
    random.Random(seed).shuffle(order)
    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder) / "s.gpkg"), create=True) as store:
        empty(store)
        for size in cuts:
            batch, order = order[:size], order[size:]
            store.add_documents([(*report(number, seed), ()) for number in batch])
            refresh_events(store)
            change(store, seed, len(order))
            refresh_events(store)
        assert store.events_current()
        by_bits = drawn(store)
        rebuild_events(store)
        assert drawn(store) == by_bits
        assert store.check() == ()


def test_pieces_give_what_one_drawing_gives_and_leave_the_events_to_look_at(address, monkeypatch):
    with open_store(address, create=True) as store:
        empty(store)
        store.add_documents([(*report(number, 7), ()) for number in range(12)])
        refresh_events(store)
        at_once, seen = drawn(store), []
        first, second = sorted(at_once[1])[:2]
        store.decide(Decision(DecisionKind.TOGETHER, account_ids=(first, second)))
        refresh_events(store)
        at_once = drawn(store)
        store.put_zones(zones())
        monkeypatch.setattr(rebuilding, "_TOGETHER", 3)
        real = store.put_drawing

        def watched(drawing, *, unsettled):
            seen.append((len(store.events()), store.events_current()))
            return real(drawing, unsettled=unsettled)

        monkeypatch.setattr(store, "put_drawing", watched)
        refresh_events(store)
        assert len(seen) > 4
        assert all(count > 0 and not current for count, current in seen)
        assert drawn(store) == at_once
        assert store.events_current()
        assert store.check() == ()


def test_a_drawing_of_all_that_is_cut_short_goes_on(tmp_path, monkeypatch):
    with open_store(str(tmp_path / "s.gpkg"), create=True) as store:
        empty(store)
        store.add_documents([(*report(number, 9), ()) for number in range(10)])
        refresh_events(store)
        at_once = drawn(store)
        monkeypatch.setattr(rebuilding, "_TOGETHER", 4)
        undrawn = store.undrawn(version=rebuilding.matching_version())
        assert store.draw_anew(version=rebuilding.matching_version(), unsettled=undrawn.unsettled)
        assert not store.draw_anew(version=rebuilding.matching_version(), unsettled=undrawn.unsettled)
        piece = list(store.undrawn_accounts())[:4]
        undrawn = store.undrawn(version=rebuilding.matching_version())
        assert rebuilding._redraw_some(store, piece, undrawn, rebuilding._Ground(store))
        assert not store.events_current()
        # A report that was not drawn yet is told anew, with less.
        left = store.accounts_of(names=list(store.undrawn_accounts()))[-1].document_id
        told = next(report(number, 9) for number in range(10) if report(number, 9)[0].document_id == left)
        store.add_documents([(replace(told[0], title="Anew"), told[1][:1], ())])
        refresh_events(store)
        by_bits = drawn(store)
        rebuild_events(store)
        assert drawn(store) == by_bits
        assert {event["event_id"] for event in by_bits[0]} == {event for event, _ in by_bits[1].values()}
        assert at_once[0]


def test_a_report_changes_the_events_that_it_touches_alone(address):
    with open_store(address, create=True) as store:
        empty(store)
        first, there = report(1, 5), document("far", "A market was bombed.", source="S9")
        elsewhere = account(there, where=resolved(IDLIB), day=days_later(40), tags=("market",))
        store.add_documents([(*first, ()), (there, (elsewhere,), ())])
        refresh_events(store)
        before = store.homes([elsewhere.account_id])
        undrawn = store.undrawn(version=rebuilding.matching_version())
        assert not undrawn
        again = document("d77", first[0].text, source="S8")
        store.add_documents([(again, (replace(first[1][0], document_id="d77", source="S8"),), ())])
        assert refresh_events(store) == store.event_count() == len(store.events())
        assert store.homes([elsewhere.account_id]) == before
        assert len(store.events(text="bombed")) >= 1
        by_bits = drawn(store)
        rebuild_events(store)
        assert drawn(store) == by_bits


def test_two_who_draw_the_same_changes_draw_them_once(address):
    with open_store(address, create=True) as store:
        empty(store)
        store.add_documents([(*report(number, 3), ()) for number in range(3)])
        undrawn = store.undrawn(version=rebuilding.matching_version())
        assert rebuilding._redraw(store, undrawn)[1]
        first = drawn(store)
        # The second saw the same, and is told that somebody was quicker: nothing is drawn twice.
        assert rebuilding._redraw(store, undrawn) == (0, False)
        assert drawn(store) == first
        with store._reading() as connection:  # type: ignore[attr-defined]
            rows = [tuple(row) for row in connection.execute(select(store._tables["blocks"]))]  # type: ignore[attr-defined]
        assert len(rows) == len(set(rows))


def test_who_comes_second_leaves_the_rest_to_who_draws_already(address, monkeypatch):
    """Each piece is drawn once, by the first; and by the second, where the first is killed on the way."""
    monkeypatch.setattr(rebuilding, "_TOGETHER", 4)
    with open_store(address, create=True) as mine, open_store(address) as theirs:
        empty(mine)
        mine.add_documents([(*report(number, 3), ()) for number in range(20)])
        real, tried, looks = rebuilding._redraw_some, [], []

        def draw_a_piece(_: float = 0.0) -> None:
            undrawn = theirs.undrawn(version=rebuilding.matching_version())
            names = list(theirs.undrawn_accounts())[:4]
            looks.append(len(names))
            # The first gets on by three pieces, and is killed then.
            if len(looks) <= 3:
                assert real(theirs, names, undrawn, rebuilding._Ground(theirs))

        def redraw_some(store, arrived, undrawn, ground):
            if not tried:
                draw_a_piece()
            tried.append(len(arrived))
            return real(store, arrived, undrawn, ground)

        monkeypatch.setattr(rebuilding, "_redraw_some", redraw_some)
        monkeypatch.setattr(rebuilding.time, "sleep", draw_a_piece)
        told = mine.undrawn(version=rebuilding.matching_version()).accounts
        refresh_events(mine)
        assert len(looks) == 4
        assert sum(tried[1:]) == told - 3 * 4
        monkeypatch.undo()
        by_both = drawn(mine)
        rebuild_events(mine)
        assert drawn(mine) == by_both


def test_reports_that_others_add_all_the_while_do_not_keep_events_from_being_drawn(address, monkeypatch):
    """An ingest draws while another one stores, and never pauses: what that one adds is its own to draw."""
    with open_store(address, create=True) as store:
        empty(store)
        store.add_documents([(*report(number, 3), ()) for number in range(6)])
        monkeypatch.setattr(rebuilding, "_TOGETHER", 3)
        real, added, told = store.put_drawing, [], []

        def busy(drawing, *, unsettled):
            added.append(report(100 + len(added), 3))
            store.add_documents([(*added[-1], ())])
            return real(drawing, unsettled=unsettled)

        with monkeypatch.context() as patched:
            patched.setattr(store, "put_drawing", busy)
            refresh_events(store, progress=told.append)
        assert told == sorted(told)
        assert len(added) == len(told) > 1
        assert not store.events_current()
        assert store.undrawn(version=rebuilding.matching_version()).accounts
        refresh_events(store)
        by_bits = drawn(store)
        rebuild_events(store)
        assert drawn(store) == by_bits


def test_decisions_that_others_take_all_the_while_make_the_pieces_smaller_until_they_fit(address, monkeypatch):
    with open_store(address, create=True) as store:
        empty(store)
        store.add_documents([(*report(number, 3), ()) for number in range(6)])
        monkeypatch.setattr(rebuilding, "_TOGETHER", 8)
        monkeypatch.setattr(rebuilding, "_FEWEST_TOGETHER", 1)
        real, tries = store.put_drawing, []

        def busy(drawing, *, unsettled):
            tries.append(len(drawing.arrived))
            # Twelve times in a row somebody is quicker.
            if len(tries) <= 12:
                store.decide(Decision(DecisionKind.REVIEW, f"ev-{len(tries)}"))
            return real(drawing, unsettled=unsettled)

        monkeypatch.setattr(store, "put_drawing", busy)
        refresh_events(store)
        assert tries[:4] == [8, 2, 1, 1]
        assert store.events_current()
        by_bits = drawn(store)
        rebuild_events(store)
        assert drawn(store) == by_bits


def test_rules_of_another_version_draw_all_anew(address):
    with open_store(address, create=True) as store:
        store.add_documents([(*report(1, 5), ())])
        refresh_events(store)
        assert store.undrawn(version=rebuilding.matching_version() + 1).whole


@pytest.fixture
def two(address):
    """A store of two events that no score would join: the same strike, told of two towns."""
    with open_store(address, create=True) as store:
        for name, place in (("d1", resolved()), ("d2", resolved(IDLIB))):
            told = document(name, f"A hospital was bombed, {name} reports.", source=name)
            store.add_documents([(told, (account(told, where=place, killed=None),), ())])
        refresh_events(store)
        yield store


def test_people_merge_split_and_take_back(two):
    one, other = two.events()["event_id"]
    merged = merge_events(two, [one, other], person="M.", note="the same")
    (event,) = two.events()["event_id"]
    accounts = accounts_of(two, event)
    assert [item.document_id for item in accounts] == ["d1", "d2"]
    assert not why_together(two, event)[0].same
    told = document("d3", "A hospital was bombed, d3 reports.", source="d3", published=DAY)
    two.add_documents([(told, (account(told, where=resolved(IDLIB), killed=None),), ())])
    refresh_events(two)
    assert event_of(two, accounts[0]) == event_of(two, accounts[1])
    split_event(two, event_of(two, accounts[0]), [accounts[0].account_id], person="N.")
    assert event_of(two, accounts[0]) != event_of(two, accounts[1])
    parted = two.decisions()[-1]
    take_back(two, parted.decision_id, person="N.")
    assert event_of(two, accounts[0]) == event_of(two, accounts[1])
    take_back(two, merged.decision_id, person="M.")
    rebuild_events(two)
    assert event_of(two, accounts[0]) != event_of(two, accounts[1])


def test_what_cannot_be_decided_is_refused_with_a_reason(two):
    one, _ = two.events()["event_id"]
    (told,) = accounts_of(two, one)
    assert accounts_of(two, "ev-lost") == ()
    with pytest.raises(StoreError, match="no event 'ev-lost'"):
        merge_events(two, [one, "ev-lost"], person="M.")
    with pytest.raises(StoreError, match="two events or more"):
        merge_events(two, [one, one], person="M.")
    with pytest.raises(StoreError, match="not all, not none"):
        split_event(two, one, [told.account_id], person="M.")
    with pytest.raises(StoreError, match="has no account x"):
        split_event(two, one, ["x"], person="M.")
    with pytest.raises(StoreError, match="no merge or split"):
        take_back(two, "de-lost", person="M.")
