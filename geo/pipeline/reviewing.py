"""What people say about which accounts are one event: merging, splitting, taking back, each kept as a decision."""

from __future__ import annotations

from collections.abc import Sequence

from geo.errors import StoreError
from geo.matching import Judgement, explain_event
from geo.matching.traits import arrival
from geo.model import Account
from geo.pipeline.decisions import standing
from geo.pipeline.rebuilding import refresh_events
from geo.stores import Decision, DecisionKind, Store


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


def merge_events(store: Store, event_ids: Sequence[str], *, person: str, note: str = "") -> Decision:
    """Bind all accounts of the named events and draw anew what that changes; return the decision.

    Raises `StoreError` for fewer than two events, or one that is not in the store.
    """
    named = tuple(dict.fromkeys(event_ids))
    if len(named) < 2:
        raise StoreError("two events or more can be merged. Name each of them once")
    names = [account.account_id for event_id in named for account in _present_accounts(store, event_id)]
    decision = Decision(DecisionKind.TOGETHER, named[0], tuple(names), note=note, person=person)
    return _decided(store, decision)


def split_event(store: Store, event_id: str, account_ids: Sequence[str], *, person: str, note: str = "") -> Decision:
    """Part the named accounts from all others of their event and draw anew what that changes; return the decision.

    Raises `StoreError` where the event is not in the store, or the accounts are none of its own, or all of them.
    """
    present = [account.account_id for account in _present_accounts(store, event_id)]
    strangers = sorted(set(account_ids) - set(present))
    if strangers:
        raise StoreError(f"the event {event_id!r} has no account {', '.join(strangers)}. Look at the events again")
    parted = tuple(name for name in present if name in set(account_ids))
    others = tuple(name for name in present if name not in parted)
    if not parted or not others:
        raise StoreError(f"some of the {len(present)} account(s) of {event_id!r} can be split off: not all, not none")
    decision = Decision(DecisionKind.APART, event_id, parted, note=note, person=person, other_ids=others)
    return _decided(store, decision)


def take_back(store: Store, decision_id: str, *, person: str, note: str = "") -> Decision:
    """Let a merge or a split hold no longer and draw anew what that changes; return the decision that says so.

    Raises `StoreError` where there is no such merge or split, or where it was taken back before.
    """
    merges = [item for item in standing(store.decisions()) if item.kind is not DecisionKind.REVIEW]
    undone = next((item for item in merges if item.decision_id == decision_id), None)
    if undone is None:
        raise StoreError(f"no merge or split {decision_id!r} stands. Look at the decisions again")
    decision = Decision(
        DecisionKind.UNDONE,
        undone.event_id,
        undone.account_ids,
        note=note,
        person=person,
        other_ids=undone.other_ids,
        undoes=decision_id,
    )
    return _decided(store, decision)


def _decided(store: Store, decision: Decision) -> Decision:
    store.decide(decision)
    refresh_events(store)
    return decision
