"""Accounts into clusters, and each cluster into events: a cluster depends on nothing outside itself.

That is what makes matching incremental, and what lets it be spread over machines: see `arrivals`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from geo.matching.blocks import candidate_pairs
from geo.matching.drawing import draw_event
from geo.matching.groups import Constraints, clusters, group_accounts, links
from geo.matching.scores import Weighed, weigh
from geo.matching.traits import Traits, traits_of
from geo.matching.weights import read_weights
from geo.model import Account, Event


@dataclass(frozen=True)
class Cluster:
    """Accounts that links connect, and the events that they make."""

    name: str
    """The least identifier of its accounts."""
    events: tuple[Event, ...]


def match_clusters(accounts: Iterable[Account], constraints: Constraints) -> tuple[Cluster, ...]:
    """Join accounts of the same happening into events, cluster by cluster, in order of the clusters' names."""
    weights = read_weights()
    traits = {account.account_id: traits_of(account) for account in accounts}
    ordered = [traits[name] for name in sorted(traits)]
    judgements = [
        judged
        for first, second in candidate_pairs(ordered, weights)
        if (judged := weigh(ordered[first], ordered[second], weights)) is not None
    ]
    linked = links({name for name, item in traits.items() if item.is_blurred}, judgements)
    edges = [(item.first, item.second) for item in linked]
    found = clusters(traits, [*edges, *sorted(constraints.together)])
    home = {name: number for number, names in enumerate(found) for name in names}
    inside, tried = _by_home(judgements, home), _by_home(linked, home)
    return tuple(
        Cluster(names[0], _events(names, tried[number], inside[number], constraints, traits))
        for number, names in enumerate(found)
    )


def _by_home(judgements: Iterable[Weighed], home: dict[str, int]) -> dict[int, list[Weighed]]:
    found: dict[int, list[Weighed]] = defaultdict(list)
    for item in judgements:
        if home[item.first] == home[item.second]:
            found[home[item.first]].append(item)
    return found


def _events(
    names: list[str],
    linked: list[Weighed],
    judgements: list[Weighed],
    constraints: Constraints,
    traits: dict[str, Traits],
) -> tuple[Event, ...]:
    if len(names) == 1:
        return (draw_event([traits[names[0]].account]),)
    copies: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in judgements:
        if item.copied:
            copies[item.first].append((item.first, item.second))
    return tuple(
        draw_event(
            (traits[name].account for name in group), copies=[pair for name in group for pair in copies.get(name, ())]
        )
        for group in group_accounts(names, linked, judgements, constraints)
    )
