"""Matching over many machines: blocks are compared where their accounts lie, clusters are matched where there is room.

Three steps, of which the first and the last are pure functions over a part and so a map over any engine:

1. `likely_pairs` compares the accounts of some of the blocks: each block falls to one partition by its number. A worker
   needs the accounts that have a block there, and no others.
2. `cluster_names` takes the pairs of all partitions together. It sees identifiers and scores, no accounts, so one
   process has room for the pairs of an archive.
3. `match_clusters` makes the events of whole clusters.

The events are those of `match_accounts` over everything at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from geo.matching.arrivals import names_of_blocks
from geo.matching.groups import Constraints, clusters, links, pairs_of
from geo.matching.scores import Weighed, weigh
from geo.matching.traits import Traits, traits_of
from geo.matching.weights import read_weights
from geo.model import Account


def partitions_of(account: Account, *, partitions: int) -> frozenset[int]:
    """Return the partitions, from 0, that an account has a block in."""
    return frozenset(block % partitions for block in names_of_blocks(account))


def likely_pairs(accounts: Iterable[Account], *, partition: int, partitions: int) -> list[Weighed]:
    """Return the pairs that are taken for one event among the accounts that share a block of a partition.

    A pair that shares blocks of two partitions is found in both.
    """
    weights = read_weights()
    blocks: dict[int, list[Traits]] = defaultdict(list)
    for account in accounts:
        item = traits_of(account)
        for block in names_of_blocks(account):
            if block % partitions == partition:
                blocks[block].append(item)
    traits = {item.account_id: item for members in blocks.values() for item in members}
    pairs = {pair for members in blocks.values() for pair in pairs_of(item.account_id for item in members)}
    judged = (weigh(traits[one], traits[other], weights) for one, other in sorted(pairs))
    return [item for item in judged if item.same]


def cluster_names(
    names: Iterable[str], blurred: Collection[str], likely: Iterable[Weighed], constraints: Constraints
) -> dict[str, str]:
    """Return the name of its cluster for each account; `blurred` names those that `is_blurred` tells of."""
    once = {(item.first, item.second): item for item in likely}
    edges = [(item.first, item.second) for item in links(blurred, once.values())]
    found = clusters(names, [*edges, *sorted(constraints.together)])
    return {name: members[0] for members in found for name in members}
