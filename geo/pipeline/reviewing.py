"""What people say about which accounts are one event: merging, splitting, taking back, each kept as a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from geo.errors import StoreError
from geo.matching import Judgement, explain_event
from geo.matching.traits import arrival
from geo.model import Account
from geo.pipeline.decisions import standing
from geo.pipeline.rebuilding import refresh_events
from geo.stores import Decision, DecisionKind, Store

Judged = Callable[[Sequence[Decision]], None]
"""Raises where the decisions so far, oldest first, do not allow what a person is about to decide."""
_MOST_TRIES = 100
"""Each try that fails means that somebody else's decision was kept."""


def accounts_of(store: Store, event_id: str) -> tuple[Account, ...]:
    """Return the accounts that an event was drawn from, in their order; none where there is no such event any more."""
    return tuple(sorted(store.accounts_of(events=[event_id]), key=arrival))


def _present_accounts(store: Store, event_id: str) -> tuple[Account, ...]:
    found = accounts_of(store, event_id)
    if not found:
        raise StoreError(f"the store {store.address} has no event {event_id!r}. Look at the events again")
    return found


def why_together(store: Store, event_id: str) -> tuple[Judgement, ...]:
    """Return how much each pair of an event's accounts speaks for one event, and why; the surest first."""
    return explain_event(_present_accounts(store, event_id))


def keep_decision(store: Store, made: Callable[[Sequence[Decision]], Decision]) -> Decision:
    """Keep what `made` makes of the decisions so far, oldest first, and draw anew what that changes; return it.

    Where somebody else decides between the look and the keeping, `made` is asked again, with their decision among
    those so far; what it raises goes through, and nothing is kept. Raises `StoreError` where others never pause.
    """
    for _ in range(_MOST_TRIES):
        sofar = store.decisions()
        decision = made(sofar)
        if store.decide(decision, after=len(sofar)):
            refresh_events(store)
            return decision
    raise StoreError(f"others decide in {store.address} without a pause. Try again when it is quieter")


def merge_events(
    store: Store, event_ids: Sequence[str], *, person: str, note: str = "", judged: Judged | None = None
) -> Decision:
    """Bind all accounts of the named events and draw anew what that changes; return the decision.

    `judged` sees the decisions so far and raises where they forbid it. Raises `StoreError` for fewer than two events,
    or one that is not in the store.
    """
    named = tuple(dict.fromkeys(event_ids))
    if len(named) < 2:
        raise StoreError("two events or more can be merged. Name each of them once")

    def made(sofar: Sequence[Decision]) -> Decision:
        if judged:
            judged(sofar)
        names = [account.account_id for event_id in named for account in _present_accounts(store, event_id)]
        return Decision(DecisionKind.TOGETHER, named[0], tuple(names), note=note, person=person)

    return keep_decision(store, made)


def split_event(
    store: Store,
    event_id: str,
    account_ids: Sequence[str],
    *,
    person: str,
    note: str = "",
    judged: Judged | None = None,
) -> Decision:
    """Part the named accounts from all others of their event and draw anew what that changes; return the decision.

    `judged` sees the decisions so far and raises where they forbid it. Raises `StoreError` where the event is not in
    the store, or the accounts are none of its own, or all of them.
    """

    def made(sofar: Sequence[Decision]) -> Decision:
        if judged:
            judged(sofar)
        parted, others = _parts(store, event_id, account_ids)
        return Decision(DecisionKind.APART, event_id, parted, note=note, person=person, other_ids=others)

    return keep_decision(store, made)


def _parts(store: Store, event_id: str, account_ids: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    present = [account.account_id for account in _present_accounts(store, event_id)]
    strangers = sorted(set(account_ids) - set(present))
    if strangers:
        raise StoreError(f"the event {event_id!r} has no account {', '.join(strangers)}. Look at the events again")
    parted = tuple(name for name in present if name in set(account_ids))
    others = tuple(name for name in present if name not in parted)
    if not parted or not others:
        raise StoreError(f"some of the {len(present)} account(s) of {event_id!r} can be split off: not all, not none")
    return parted, others


def take_back(store: Store, decision_id: str, *, person: str, note: str = "") -> Decision:
    """Let a merge or a split hold no longer and draw anew what that changes; return the decision that says so.

    Raises `StoreError` where there is no such merge or split, or where it was taken back before.
    """
    return keep_decision(store, lambda sofar: undoing(sofar, decision_id, person=person, note=note))


def undoing(sofar: Sequence[Decision], decision_id: str, *, person: str, note: str = "") -> Decision:
    """Return the decision that takes a merge or a split back; raise `StoreError` where it does not stand."""
    merges = [item for item in standing(sofar) if item.kind is not DecisionKind.REVIEW]
    undone = next((item for item in merges if item.decision_id == decision_id), None)
    if undone is None:
        raise StoreError(f"no merge or split {decision_id!r} stands. Look at the decisions again")
    return Decision(
        DecisionKind.UNDONE,
        undone.event_id,
        undone.account_ids,
        note=note,
        person=person,
        other_ids=undone.other_ids,
        undoes=decision_id,
    )
