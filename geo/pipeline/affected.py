"""Which accounts have to be matched anew after a change: those of the clusters that it touches, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.matching import is_blurred, names_of_blocks, touched_by
from geo.model import Account
from geo.pipeline.decisions import constraints_in
from geo.stores import Decision, DecisionKind, Store, Undrawn


def affected_accounts(
    store: Store, arrived: Sequence[str], undrawn: Undrawn, decisions: Sequence[Decision]
) -> tuple[Account, ...]:
    """Return the accounts of all clusters that `arrived`, new ones, and what else is undrawn may have changed."""
    new = store.accounts_of(names=arrived)
    reduced = store.accounts_of(clusters=undrawn.clusters)
    # A vague account whose surest link is gone looks for another one, wherever that is.
    seeking = [*new, *(account for account in reduced if is_blurred(account))]
    blocks = {block for account in seeking for block in names_of_blocks(account)}
    near = store.in_blocks(blocks) - {account.account_id for account in seeking}
    touched = touched_by(seeking, store.accounts_of(names=near))
    clusters = {cluster for _, cluster in store.homes(touched).values()} | set(undrawn.clusters)
    known = {account.account_id: account for account in (*new, *reduced)}
    return _closed(store, known, clusters - set(undrawn.clusters), decisions)


def _closed(
    store: Store, known: dict[str, Account], clusters: set[str], decisions: Sequence[Decision]
) -> tuple[Account, ...]:
    """Return accounts, those of clusters, and of the clusters that a decision ties to them, and so on."""
    ties = [tie for tie in _ties(decisions) if len(tie) > 1]
    while True:
        known |= {account.account_id: account for account in store.accounts_of(clusters=clusters)}
        tied = {name for tie in ties if not known.keys().isdisjoint(tie) for name in tie} - known.keys()
        found = store.homes(tied)
        if not found:
            return tuple(known[name] for name in sorted(known))
        clusters = {cluster for _, cluster in found.values()}


def _ties(decisions: Sequence[Decision]) -> Iterable[frozenset[str]]:
    """Yield accounts that stand or fall together: bound ones, and those of one reviewed event."""
    yield from map(frozenset, constraints_in(decisions).together)
    for decision in decisions:
        if decision.kind is DecisionKind.REVIEW:
            yield frozenset(decision.account_ids)
