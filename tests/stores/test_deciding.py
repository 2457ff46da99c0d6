"""Two people decide at the same moment: one is first, and the other is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence

import pytest

from dashboard.review import OvertakenError, VanishedError, decide, merge, undo_last
from geo.errors import StoreError
from geo.pipeline import keep_decision, rebuild_events
from geo.stores import Decision, DecisionKind, open_store
from geo.vocabulary import Review
from tests.samples import IDLIB, account, days_later, document, resolved

PEOPLE = ("Rima", "Sami", "Tala")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts in threads that start together; return what each gave or raised, in their order."""
    found: dict[int, object] = {}
    start = threading.Barrier(len(acts))

    def run(number: int) -> None:
        start.wait()
        try:
            found[number] = acts[number]()
        except (StoreError, OvertakenError) as error:
            found[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[number] for number in range(len(acts))]


@pytest.fixture
def drawn(address: str) -> str:
    """A store with two events far from each other."""
    near, far = document("d1", "A hospital was bombed."), document("d2", "A clinic in Idlib was bombed.")
    with open_store(address, create=True) as store:
        store.add_documents([(near, (account(near),), ())])
        store.add_documents([(far, (account(far, day=days_later(9), where=resolved(IDLIB)),), ())])
        rebuild_events(store)
    return address


def rows_of(address: str) -> list[dict]:
    with open_store(address, read_only=True) as store:
        return store.events().to_dict("records")


def test_of_decisions_made_from_the_same_reading_one_is_kept(address: str) -> None:
    open_store(address, create=True).close()

    def act(person: str) -> bool:
        with open_store(address) as store:
            return store.decide(Decision(DecisionKind.REVIEW, "ev-1", person=person), after=0)

    kept = at_once(*(lambda person=person: act(person) for person in PEOPLE))
    assert sorted(kept) == [False, False, True]
    with open_store(address) as store:
        assert [item.person for item in store.decisions()] == [PEOPLE[kept.index(True)]]
        before = store.revision()
        assert not store.decide(Decision(DecisionKind.REVIEW, "ev-1"), after=0)
        assert store.revision() == before, "a decision that is not kept changes nothing"
        assert store.decide(Decision(DecisionKind.REVIEW, "ev-1"), after=1)


def test_who_comes_second_looks_again_before_deciding(drawn: str) -> None:
    event_id = rows_of(drawn)[0]["event_id"]
    looked = threading.Barrier(2)
    readings: dict[str, list[int]] = {"Rima": [], "Sami": []}

    def act(person: str) -> Decision:
        def made(sofar: Sequence[Decision]) -> Decision:
            readings[person].append(len(sofar))
            if len(readings[person]) == 1:
                # Both have read before either writes.
                looked.wait()
            return Decision(DecisionKind.REVIEW, event_id, person=person)

        with open_store(drawn) as store:
            return keep_decision(store, made)

    at_once(lambda: act("Rima"), lambda: act("Sami"))
    assert sorted(readings.values()) == [[0], [0, 1]]
    with open_store(drawn) as store:
        assert len(store.decisions()) == 2
        assert store.events_current()


def test_of_two_reviewers_at_the_same_moment_one_is_told_of_the_other(drawn: str) -> None:
    row = rows_of(drawn)[0]
    acts = [
        lambda person=person, review=review: decide(drawn, row, review, person=person)
        for person, review in zip(PEOPLE, (Review.CONFIRMED, Review.REJECTED, Review.CONFIRMED), strict=True)
    ]
    kept = at_once(*acts)
    (won,) = [item for item in kept if isinstance(item, Decision)]
    told = [item for item in kept if isinstance(item, OvertakenError)]
    assert [item.decision.person for item in told] == [won.person] * 2
    with open_store(drawn) as store:
        assert store.decisions() == (won,)
    assert rows_of(drawn)[0]["review"] == won.review


def test_a_merge_and_a_judgement_at_the_same_moment(drawn: str) -> None:
    rows = rows_of(drawn)
    kept = at_once(
        lambda: merge(drawn, rows, person="Rima"), lambda: decide(drawn, rows[1], Review.REJECTED, person="Sami")
    )
    assert sorted(type(item) for item in kept if isinstance(item, OvertakenError)) == [OvertakenError]
    with open_store(drawn) as store:
        (won,) = store.decisions()
    assert len(rows_of(drawn)) == (1 if won.person == "Rima" else 2)


def test_a_merge_that_somebody_built_on_is_not_taken_back_unseen(drawn: str) -> None:
    merged = merge(drawn, rows_of(drawn), person="Rima")
    decide(drawn, rows_of(drawn)[0], Review.CONFIRMED, person="Sami", seen=merged)
    with pytest.raises(OvertakenError) as overtaken:
        undo_last(drawn, person="Rima")
    assert overtaken.value.decision.person == "Sami"
    undo_last(drawn, person="Sami")
    assert rows_of(drawn)[0]["review"] == Review.UNREVIEWED


def test_an_event_that_vanished_is_not_decided_about(drawn: str) -> None:
    row = rows_of(drawn)[0]
    told = [{**item, "evidence": []} for item in json.loads(row["accounts"])]
    gone = {**row, "accounts": json.dumps(told)}
    with pytest.raises(VanishedError):
        decide(drawn, gone, Review.CONFIRMED, person="Rima")
    with open_store(drawn) as store:
        assert store.decisions() == ()
