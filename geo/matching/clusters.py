"""Accounts into clusters, and each cluster into events: a cluster depends on nothing outside itself.

That is what makes matching incremental, and what lets it be spread over machines: see `arrivals`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from geo.matching.blocks import candidate_pairs
from geo.matching.columns import Columns, Integers
from geo.matching.drawing import draw_event
from geo.matching.groups import Constraints, Pair, clusters, group_accounts, links
from geo.matching.traits import Traits, traits_of
from geo.matching.weighing import NO_PAIRS, WeighedPairs, weigh_few, weigh_pairs
from geo.matching.weights import read_weights
from geo.model import Account, Event

_FEW = 8
"""Accounts, such as those of one report, up to which pairs are weighed one by one."""


@dataclass(frozen=True)
class Cluster:
    """Accounts that links connect, and the events that they make."""

    name: str
    """The least identifier of its accounts."""
    events: tuple[Event, ...]


def match_clusters(accounts: Iterable[Account], constraints: Constraints) -> tuple[Cluster, ...]:
    """Join accounts of the same happening into events, cluster by cluster, in order of the clusters' names."""
    traits = {account.account_id: traits_of(account) for account in accounts}
    if not traits:
        return ()
    ordered = [traits[name] for name in sorted(traits)]
    judged = _weighed(ordered)
    if not (len(judged) or constraints.together):
        return tuple(Cluster(item.account_id, _events([[row]], judged, ordered)) for row, item in enumerate(ordered))
    linked = links(np.array([item.is_blurred for item in ordered], dtype=np.bool_), judged)
    number = {item.account_id: row for row, item in enumerate(ordered)}
    apart, together = (_rows(pairs, number) for pairs in (constraints.apart, constraints.together))
    bound_rows = np.array(together, dtype=np.int64).reshape(-1, 2)
    home = clusters(len(ordered), [(linked.first, linked.second), (bound_rows[:, 0], bound_rows[:, 1])])
    members: dict[int, list[int]] = defaultdict(list)
    for row, least in enumerate(home.tolist()):
        members[least].append(row)
    inside, tried = _by_home(judged, home), _by_home(linked, home)
    parted, bound = _words_by_home(apart, home), _words_by_home(together, home)
    listed = {row: item.register for row, item in enumerate(ordered) if item.register}
    found = []
    for least, rows in members.items():
        told = inside.get(least, NO_PAIRS)
        words = {"apart": parted.get(least, ()), "together": bound.get(least, ())}
        linked_here = tried.get(least, NO_PAIRS)
        groups = group_accounts(rows, linked_here, told, **words, listed=listed) if len(rows) > 1 else [rows]
        found.append(Cluster(ordered[least].account_id, _events(groups, told, ordered)))
    return tuple(found)


def _weighed(ordered: Sequence[Traits]) -> WeighedPairs:
    if len(ordered) == 1:
        return NO_PAIRS
    pairs, weights = candidate_pairs(ordered), read_weights()
    if len(ordered) <= _FEW:
        return weigh_few(ordered, pairs, weights)
    return weigh_pairs(Columns.of(ordered), pairs, weights)


def _rows(pairs: Iterable[Pair], number: Mapping[str, int]) -> list[tuple[int, int]]:
    return [(number[one], number[other]) for one, other in sorted(pairs) if one in number and other in number]


def _by_home(judged: WeighedPairs, home: Integers) -> dict[int, WeighedPairs]:
    """Return the judgements within each cluster, in their order."""
    homes = home[judged.first]
    inside = np.flatnonzero(homes == home[judged.second])
    inside = inside[np.argsort(homes[inside], kind="stable")]
    names, starts = np.unique(homes[inside], return_index=True)
    cuts = pairwise([*starts.tolist(), len(inside)])
    return {name: judged[inside[start:end]] for name, (start, end) in zip(names.tolist(), cuts, strict=True)}


def _words_by_home(pairs: Iterable[tuple[int, int]], home: Integers) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, other in pairs:
        if home[one] == home[other]:
            found[int(home[one])].append((one, other))
    return found


def _events(groups: list[list[int]], judged: WeighedPairs, ordered: Sequence[Traits]) -> tuple[Event, ...]:
    copies: dict[int, list[tuple[str, str]]] = defaultdict(list)
    copied = judged[judged.copied] if len(judged) else judged
    for one, other in zip(copied.first.tolist(), copied.second.tolist(), strict=True):
        copies[one].append((ordered[one].account_id, ordered[other].account_id))
    return tuple(
        draw_event(
            (ordered[row].account for row in group), copies=[pair for row in group for pair in copies.get(row, ())]
        )
        for group in groups
    )
