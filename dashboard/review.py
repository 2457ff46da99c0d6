"""What waits for a second look and why, and how a person's decision is kept.

Decisions are only ever added: taking one back means deciding anew what stood before it, so that the store remembers
who changed what and when.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from dashboard.access import signed
from dashboard.components.figures import unsure_control
from dashboard.roles import Role
from dashboard.tally import vague_events
from geo.errors import StoreError
from geo.records import account_record, record
from geo.stores import Decision, DecisionKind, Store, open_store
from geo.vocabulary import Factuality, Review

UNDONE = "taken back"
"""Note of a decision that restores what stood before another."""


class OvertakenError(Exception):
    """Somebody else decided about the event since it was shown."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(f"{decision.person} decided at {decision.decided_at}")
        self.decision = decision


class VanishedError(StoreError):
    """The event that somebody decided about is no longer in the store: its report was read anew, or went."""

    def __init__(self, event_id: str) -> None:
        super().__init__(f"the event {event_id!r} is no longer in the store. Look at the events again")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an event is in the queue: a key of the words and what to fill in."""

    key: str
    values: Mapping[str, object]


def review_queue(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the unreviewed events, the ones in most need of a look first.

    The weight adds low confidence (doubled), a vague place or day, an unsure holder of the ground, a mere claim,
    several accounts, and the logarithm of the killed.
    """
    waiting = events[events["review"] == Review.UNREVIEWED]
    killed = waiting[["fatalities_high", "fatalities_best", "fatalities_low"]].max(axis=1).fillna(0).astype("float64")
    weight = (
        2.0 * (1.0 - waiting["confidence"].fillna(0.5))
        + vague_events(waiting).astype("float64")
        + 0.7 * unsure_control(waiting).astype("float64")
        + 0.5 * (waiting["factuality"] == Factuality.CLAIMED).astype("float64")
        + 0.3 * (waiting["accounts"].str.count('"document_id":') > 1).astype("float64")
        + 0.5 * np.log1p(killed)
    )
    order = pd.DataFrame({"weight": -weight, "event_id": waiting["event_id"]}).sort_values(["weight", "event_id"])
    return waiting.loc[order.index]


def queue_reasons(row: Mapping[str, Any]) -> Iterator[Reason]:
    """Yield why an event needs a second look."""
    yield Reason("why_confidence", {"value": f"{row['confidence']:.0%}"})
    if pd.isna(row["lon"]) or row["geo_precision"] > 1:
        yield Reason("why_place", {})
    if pd.isna(row["date_start"]) or row["time_precision"] > 1:
        yield Reason("why_day", {})
    if row["control"] in ("contested", "uncertain", "unknown"):
        yield Reason("why_control", {})
    if row["factuality"] == Factuality.CLAIMED:
        yield Reason("why_claimed", {})
    if not pd.isna(row["fatalities_best"]) and row["fatalities_best"] > 0:
        yield Reason("why_killed", {"n": int(row["fatalities_best"])})
    accounts = _account_count(row["accounts"])
    if accounts > 1:
        yield Reason("why_accounts", {"n": accounts})


def _account_count(accounts: str) -> int:
    return len(json.loads(accounts))


def decisions_about(
    decisions: Sequence[Decision], event_id: str, account_ids: Collection[str] = ()
) -> tuple[Decision, ...]:
    """Return what was decided about an event, or by merging and splitting about any of its accounts, oldest first."""
    told, by_id = set(account_ids), {item.decision_id: item for item in decisions}
    return tuple(item for item in decisions if _is_about(by_id.get(item.undoes, item), item, event_id, told))


def _is_about(meant: Decision, item: Decision, event_id: str, told: Collection[str]) -> bool:
    """Return whether a decision, which may take back the one that is `meant`, is about an event."""
    own = item.kind is DecisionKind.REVIEW and item.event_id == event_id
    return own or bool(set(told) & {*meant.account_ids, *meant.other_ids})


def last_decision(decisions: Sequence[Decision], event_id: str, account_ids: Collection[str] = ()) -> Decision | None:
    """Return what was last decided about an event, or by merging and splitting about any of its accounts."""
    told, by_id = set(account_ids), {item.decision_id: item for item in decisions}
    for item in reversed(decisions):
        if _is_about(by_id.get(item.undoes, item), item, event_id, told):
            return item
    return None


def decide(
    address: str,
    row: Mapping[str, Any],
    review: Review,
    *,
    person: str,
    fields: Mapping[str, Any] | None = None,
    note: str = "",
    seen: Decision | None = None,
) -> Decision:
    """Keep a decision about an event and draw anew what it changes.

    `seen` is the last decision that the person saw; raises `OvertakenError` where there is a later one by now, and
    `StoreError` where the store may not be written to, by anybody or by who asks.
    """
    from geo.pipeline import keep_decision

    person = signed(person, needed=Role.REVIEWER)
    with open_store(address) as store:

        def made(sofar: Sequence[Decision]) -> Decision:
            account_ids = _shown_accounts(store, row)
            _check_unseen(sofar, row, account_ids, seen)
            return Decision(
                kind=DecisionKind.REVIEW,
                event_id=row["event_id"],
                account_ids=account_ids,
                review=review,
                fields=dict(fields or {}),
                note=note,
                person=person,
            )

        return keep_decision(store, made)


def _shown_accounts(store: Store, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the accounts of an event as it was shown; raise `VanishedError` where the store has none of them."""
    told = {json.dumps(item, sort_keys=True) for item in json.loads(row["accounts"])}
    documents = {item["document_id"] for item in json.loads(row["accounts"])}
    account_ids = tuple(
        account.account_id
        for account in store.accounts(documents=documents)
        if json.dumps(account_record(account), sort_keys=True) in told
    )
    if told and not account_ids:
        raise VanishedError(row["event_id"])
    return account_ids


def _check_unseen(
    sofar: Sequence[Decision], row: Mapping[str, Any], account_ids: Collection[str], seen: Decision | None
) -> None:
    """Raise `OvertakenError` where the last decision about an event is another than the one that the person saw."""
    present = last_decision(sofar, row["event_id"], account_ids)
    if present is not None and (seen is None or present.decision_id != seen.decision_id):
        raise OvertakenError(present)


def merge(
    address: str, rows: Sequence[Mapping[str, Any]], *, person: str, seen: Sequence[Decision | None] = ()
) -> Decision:
    """Bind the accounts of several events, given as they were shown, to one.

    `seen` is for each event the last decision that the person saw, none without. Raises `OvertakenError` where
    somebody decided about one of them since, and `StoreError` where one of them is no longer there.
    """
    from geo.pipeline import merge_events

    person = signed(person, needed=Role.REVIEWER)
    with open_store(address) as store:

        def judged(sofar: Sequence[Decision]) -> None:
            for row, known in zip(rows, seen or [None] * len(rows), strict=True):
                _check_unseen(sofar, row, _shown_accounts(store, row), known)

        return merge_events(store, [row["event_id"] for row in rows], person=person, judged=judged)


def split(
    address: str, row: Mapping[str, Any], account_ids: Sequence[str], *, person: str, seen: Decision | None = None
) -> Decision:
    """Part accounts from the others of their event, given as it was shown; raises as `merge` does."""
    from geo.pipeline import split_event

    person = signed(person, needed=Role.REVIEWER)
    with open_store(address) as store:

        def judged(sofar: Sequence[Decision]) -> None:
            _check_unseen(sofar, row, _shown_accounts(store, row), seen)

        return split_event(store, row["event_id"], account_ids, person=person, judged=judged)


def undo_last(address: str, *, person: str) -> Decision | None:
    """Take back a person's last decision that still stands; return it, None where there is none.

    What stood before is decided anew; without anything before, the event is unreviewed again. A merge or a split is
    taken back as such. Raises `OvertakenError` where somebody else decided about what was merged or split since.
    """
    from geo.pipeline import keep_decision, undoing

    person = signed(person, needed=Role.REVIEWER)
    undone: list[Decision] = []
    with open_store(address) as store:

        def made(sofar: Sequence[Decision]) -> Decision:
            undone[:] = [_to_undo(sofar, person)]
            if undone[0].kind is DecisionKind.REVIEW:
                return _restoring(store, sofar, undone[0])
            return undoing(sofar, undone[0].decision_id, person=person, note=UNDONE)

        try:
            keep_decision(store, made)
        except _NothingLeftError:
            return None
    return undone[0]


class _NothingLeftError(Exception):
    """A person has no decision that could be taken back."""


def _to_undo(decisions: Sequence[Decision], person: str) -> Decision:
    """Return the person's last decision that still stands; raise `_NothingLeftError` where there is none."""
    reviewed, joined = _last_standing(decisions, person), _last_joining(decisions, person)
    found = [item for item in (reviewed, joined) if item is not None]
    if not found:
        raise _NothingLeftError
    last = max(found, key=decisions.index)
    if last is joined:
        since = last_decision(decisions, last.event_id, {*last.account_ids, *last.other_ids})
        if since is not None and since.person != person:
            raise OvertakenError(since)
    return last


def _restoring(store: Store, decisions: Sequence[Decision], undone: Decision) -> Decision:
    """Return the decision that gives an event the values and the judgement that it would have without `undone`."""
    from geo.matching import match_accounts
    from geo.pipeline import controlled_events
    from geo.pipeline.decisions import constraints_of

    others = [item for item in decisions if item is not undone]
    apart, together = constraints_of(others)
    zones = [store.zones(name) for name in store.series()]
    own = store.accounts_of(names=undone.account_ids, events=[undone.event_id])
    accounts = store.accounts(documents={account.document_id for account in own})
    table, _ = controlled_events(match_accounts(accounts, apart=apart, together=together), zones, others)
    rows = [record(row) for row in table[table["event_id"] == undone.event_id].to_dict("records")]
    before = rows[0] if rows else {"review": Review.UNREVIEWED}
    return Decision(
        kind=DecisionKind.REVIEW,
        event_id=undone.event_id,
        account_ids=undone.account_ids,
        review=Review(before["review"]),
        # Later fields win over earlier ones, so what is taken back is written out.
        fields={name: before[name] for name in undone.fields if name in before},
        note=UNDONE,
        person=undone.person,
    )


def _last_standing(decisions: Sequence[Decision], person: str) -> Decision | None:
    """Return the person's last review that nothing was decided after, on its event."""
    for item in reversed(decisions):
        standing = last_decision(decisions, item.event_id) is item
        if item.kind is DecisionKind.REVIEW and item.person == person and item.note != UNDONE and standing:
            return item
    return None


def _last_joining(decisions: Sequence[Decision], person: str) -> Decision | None:
    """Return the person's last merge or split that nobody took back."""
    undone = {item.undoes for item in decisions if item.kind is DecisionKind.UNDONE}
    for item in reversed(decisions):
        joining = item.kind in (DecisionKind.TOGETHER, DecisionKind.APART)
        if joining and item.person == person and item.decision_id not in undone:
            return item
    return None
