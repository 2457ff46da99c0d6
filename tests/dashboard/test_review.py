from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from dashboard.components.decision_words import decisions_csv
from dashboard.components.joining_form import near_events
from dashboard.review import OvertakenError, decide, last_decision, merge, review_queue, split, undo_last
from geo.pipeline import accounts_of, rebuild_events
from geo.stores import DecisionKind, open_store
from geo.vocabulary import Review


def row_of(store: Path, event_id: str = "") -> dict:
    with open_store(str(store), read_only=True) as opened:
        events = opened.events()
    chosen = events[events["event_id"] == event_id] if event_id else events[events["fatalities_best"].notna()]
    return chosen.iloc[0].to_dict()


def test_the_queue_puts_the_most_doubtful_first_and_leaves_out_the_decided(own_store: Path) -> None:
    with open_store(str(own_store), read_only=True) as store:
        events = store.events()
    queue = review_queue(events)
    assert len(queue) == len(events)
    surest = events["confidence"].idxmax()
    assert queue.iloc[0]["event_id"] != events.loc[surest, "event_id"]
    decide(str(own_store), queue.iloc[0].to_dict(), Review.CONFIRMED, person="Rima")
    with open_store(str(own_store), read_only=True) as store:
        assert len(review_queue(store.events())) == len(events) - 1


def test_a_correction_outlives_a_rebuild_and_can_be_taken_back(own_store: Path) -> None:
    before = row_of(own_store)
    fields = {"fatalities_low": 21, "fatalities_best": 21, "fatalities_high": 21, "lon": 37.11, "lat": 36.2}
    decide(str(own_store), before, Review.CORRECTED, person="Rima", fields=fields, note="hospital list")
    with open_store(str(own_store)) as store:
        rebuild_events(store)
    corrected = row_of(own_store, before["event_id"])
    assert corrected["review"] == Review.CORRECTED
    assert corrected["fatalities_best"] == 21
    assert corrected["geometry"].x == pytest.approx(37.11)
    assert undo_last(str(own_store), person="Nobody") is None
    assert undo_last(str(own_store), person="Rima").note == "hospital list"
    restored = row_of(own_store, before["event_id"])
    assert restored["review"] == Review.UNREVIEWED
    for name in ("fatalities_low", "fatalities_best", "fatalities_high", "lon", "lat"):
        assert restored[name] == before[name] or restored[name] is before[name]
    assert undo_last(str(own_store), person="Rima") is None, "what is taken back is not taken back again"


def test_two_people_do_not_overwrite_each_other_silently(own_store: Path) -> None:
    row = row_of(own_store)
    decide(str(own_store), row, Review.CONFIRMED, person="Rima")
    with pytest.raises(OvertakenError) as overtaken:
        decide(str(own_store), row, Review.REJECTED, person="Sami")
    assert overtaken.value.decision.person == "Rima"
    assert row_of(own_store, row["event_id"])["review"] == Review.CONFIRMED
    with open_store(str(own_store), read_only=True) as store:
        seen = last_decision(store.decisions(), row["event_id"])
    decide(str(own_store), row, Review.REJECTED, person="Sami", seen=seen)
    assert row_of(own_store, row["event_id"])["review"] == Review.REJECTED


def test_two_reviewers_on_one_event_and_the_second_is_told_what_the_first_did(dashboard, own_store: Path) -> None:
    first, second = dashboard(own_store, "review"), dashboard(own_store, "review")
    for app, person in ((first, "Rima"), (second, "Sami")):
        app.text_input(key="review_person").set_value(person).run()
    for app in (first, second):
        app.button(key="review_correct").click().run()
    shown = second.number_input
    killed = next(item for item in first.number_input if item.label.startswith("Killed (best"))
    assert [item.value for item in shown] == [item.value for item in first.number_input], "both see the same event"
    killed.set_value(41)
    next(button for button in first.button if button.label == "Save the correction").click().run()
    assert first.success[0].value.startswith("Kept:")
    second.button(key="review_rejected").click().run()
    assert not second.exception
    assert "Rima" in second.warning[0].value
    assert "corrected" in second.warning[0].value
    assert "41" in second.warning[0].value
    with open_store(str(own_store), read_only=True) as store:
        assert [item.person for item in store.decisions()] == ["Rima"]
        assert "rejected" not in set(store.events()["review"])
    # Having seen it, the second may decide otherwise.
    second.button(key="review_rejected").click().run()
    with open_store(str(own_store), read_only=True) as store:
        assert "rejected" in set(store.events()["review"])


def test_the_page_decides_corrects_and_undoes(dashboard, own_store: Path) -> None:
    app = dashboard(own_store, "review")
    assert app.button(key="review_confirmed").disabled
    app.text_input(key="review_person").set_value("Rima").run()
    app.button(key="review_confirmed").click().run()
    assert not app.exception
    assert app.success[0].value.startswith("Kept:")
    app.button(key="review_undo").click().run()
    assert not app.exception
    assert app.success[0].value.startswith("Taken back:")
    with open_store(str(own_store), read_only=True) as store:
        assert set(store.events()["review"]) == {"unreviewed"}
        assert [item.person for item in store.decisions()] == ["Rima", "Rima"]


def test_events_are_merged_split_and_restored(own_store: Path) -> None:
    def ids() -> set[str]:
        with open_store(str(own_store), read_only=True) as store:
            return set(store.events()["event_id"])

    before = ids()
    one, other = sorted(before)[:2]
    merge(str(own_store), [row_of(own_store, one), row_of(own_store, other)], person="Rima")
    assert len(ids()) == len(before) - 1
    with open_store(str(own_store)) as store:
        rebuild_events(store)
    assert len(ids()) == len(before) - 1, "a merge outlives a rebuild"
    merged = next(iter({one, other} & ids()))
    with open_store(str(own_store), read_only=True) as store:
        accounts = [account.account_id for account in accounts_of(store, merged)]
    with pytest.raises(OvertakenError) as overtaken:
        split(str(own_store), row_of(own_store, merged), accounts[:1], person="Sami")
    assert overtaken.value.decision.kind is DecisionKind.TOGETHER, "the merge was not seen"
    known = overtaken.value.decision
    split(str(own_store), row_of(own_store, merged), accounts[:1], person="Rima", seen=known)
    assert len(ids()) > len(before) - 1
    assert undo_last(str(own_store), person="Sami") is None
    undo_last(str(own_store), person="Rima")
    assert len(ids()) == len(before) - 1
    undo_last(str(own_store), person="Rima")
    assert ids() == before


def test_only_near_events_are_offered_for_a_merge(demo_store: Path) -> None:
    with open_store(str(demo_store), read_only=True) as store:
        events = store.events()
    row = events[events["lon"].notna() & events["date_start"].notna()].iloc[0].to_dict()
    near = near_events(events, row)
    assert row["event_id"] not in set(near["event_id"])
    dated = near[near["date_start"].notna()]
    assert ((dated["date_start"] - row["date_start"]).abs().dt.days <= 4).all()


def test_an_event_that_vanished_while_it_was_open_is_said_so(dashboard, own_store: Path) -> None:
    app = dashboard(own_store, "review", event="ev-gone")
    assert "no longer in the store" in app.info[0].value
    assert app.button(key="review_confirmed"), "another event is shown instead"
    app = dashboard(own_store, "map", event="ev-gone")
    assert any("no longer holds it" in caption.value for caption in app.caption)


def test_the_page_says_why_nothing_can_be_decided_without_a_name(dashboard, own_store: Path) -> None:
    app = dashboard(own_store, "review")
    assert any("Write your name" in caption.value for caption in app.caption)
    app.text_input(key="review_person").set_value("Rima").run()
    assert not any("Write your name" in caption.value for caption in app.caption)


def test_a_decision_says_who_and_when_beside_its_event_and_can_be_taken_away(dashboard, own_store: Path) -> None:
    row = row_of(own_store)
    fields = {"fatalities_low": 41, "fatalities_best": 41, "fatalities_high": 41}
    kept = decide(str(own_store), row, Review.CORRECTED, person="Rima", fields=fields, note="hospital list")
    for page in ("map", "review"):
        app = dashboard(own_store, page, event=row["event_id"])
        assert not app.exception
        told = [item.body for item in app.html if "by Rima" in item.body]
        assert len(told) == 1
        assert all(part in told[0] for part in ("hospital list", "41", kept.decided_at[:10]))
    table = pd.read_csv(StringIO(decisions_csv([kept])))
    assert (table.loc[0, "person"], table.loc[0, "event_id"]) == ("Rima", row["event_id"])
    assert json.loads(table.loc[0, "fields"])["fatalities_best"] == 41


def test_days_told_backward_and_half_a_point_are_refused(dashboard, own_store: Path) -> None:
    row = row_of(own_store)
    app = dashboard(own_store, "review", event=row["event_id"])
    app.text_input(key="review_person").set_value("Rima").run()
    app.button(key="review_correct").click().run()
    last = next(item for item in app.date_input if item.label == "Last day")
    last.set_value(date(2016, 1, 1))
    next(button for button in app.button if button.label == "Save the correction").click().run()
    assert "before the first" in app.warning[0].value
    with open_store(str(own_store), read_only=True) as store:
        assert store.decisions() == ()
