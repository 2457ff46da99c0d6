"""Many accounts, one event: pure, explained, and the same for every order of arrival."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.matching.arrivals import is_blurred, names_of_blocks, touched_by
from geo.matching.clusters import Cluster, match_clusters
from geo.matching.groups import Constraints, pairs_of
from geo.matching.scores import Judgement, Reason, judge
from geo.matching.traits import arrival, traits_of
from geo.matching.weights import read_weights
from geo.model import Account, Event

__all__ = [
    "Cluster",
    "Constraints",
    "Judgement",
    "Reason",
    "explain_event",
    "explain_pair",
    "is_blurred",
    "match_accounts",
    "match_clusters",
    "matching_version",
    "names_of_blocks",
    "pairs_of",
    "touched_by",
]


def match_accounts(
    accounts: Iterable[Account],
    *,
    apart: Iterable[Sequence[str]] = (),
    together: Iterable[Sequence[str]] = (),
) -> tuple[Event, ...]:
    """Join accounts of the same happening into events, ordered as their first accounts.

    `apart` and `together` hold groups of account identifiers that a person has parted or bound. An account that comes
    twice counts once.
    """
    found = match_clusters(accounts, Constraints.of(apart=apart, together=together))
    return tuple(
        sorted((event for cluster in found for event in cluster.events), key=lambda event: arrival(event.accounts[0]))
    )


def explain_pair(first: Account, second: Account) -> Judgement:
    """Say how much two accounts speak for one event, and why."""
    return judge(traits_of(first), traits_of(second), read_weights())


def explain_event(accounts: Iterable[Account]) -> tuple[Judgement, ...]:
    """Say of each pair of an event's accounts how much it speaks for one event, and why; the surest first."""
    traits = {account.account_id: traits_of(account) for account in accounts}
    weights = read_weights()
    judged = [judge(traits[one], traits[other], weights) for one, other in pairs_of(traits)]
    return tuple(sorted(judged, key=lambda item: (-item.score, item.first, item.second)))


def matching_version() -> int:
    """Return a number that changes with the weights and rules, for noticing that events were drawn by others."""
    return read_weights().version
