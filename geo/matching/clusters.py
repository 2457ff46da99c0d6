"""Accounts into clusters, and each cluster into events: a cluster depends on nothing outside itself.

That is what makes matching incremental, and what lets it be spread over machines: see `arrivals`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from geo.matching.blocks import candidate_pairs
from geo.matching.columns import Columns, Integers
from geo.matching.drawing import draw_event
from geo.matching.groups import Constraints, Pair, clusters, group_accounts, links
from geo.matching.squares import Square, busy_days
from geo.matching.traits import Traits, traits_of
from geo.matching.weighing import NO_PAIRS, WeighedPairs, weigh_few, weigh_pairs
from geo.matching.weights import read_weights
from geo.model import Account, Event

_FEW = 8
"""Accounts, such as those of one report, up to which pairs are weighed one by one."""
_NO_COPIES = (np.zeros(0, np.int64), np.zeros(0, np.int64))
_BUSY = 500
"""Accounts, most of them compared with each other, from which on they are held in a square."""


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
    busy = list(busy_days(ordered, constraints.together, fewest=_BUSY))
    if not busy:
        return tuple(_matched(ordered, constraints))
    among = set(chain.from_iterable(busy))
    others = [item for row, item in enumerate(ordered) if row not in among]
    found = [_matched_densely([ordered[row] for row in rows], constraints) for rows in busy]
    return tuple(sorted(chain(_matched(others, constraints), *found), key=lambda cluster: cluster.name))


def _matched(ordered: Sequence[Traits], constraints: Constraints) -> list[Cluster]:
    """Return the clusters of accounts by naming each pair for which something speaks; accounts are in their order."""
    judged = _weighed(ordered)
    if not (len(judged) or constraints.together):
        return [Cluster(item.account_id, _events([[row]], _NO_COPIES, ordered)) for row, item in enumerate(ordered)]
    linked = links(np.array([item.is_blurred for item in ordered], dtype=np.bool_), judged)
    words = _Words.of(constraints, ordered)
    bound = np.array(words.together, dtype=np.int64).reshape(-1, 2)
    home = clusters(len(ordered), [(linked.first, linked.second), (bound[:, 0], bound[:, 1])])
    inside, tried = _by_home(judged, home), _by_home(linked, home)
    parted, together = _words_by_home(words.apart, home), _words_by_home(words.together, home)
    found = []
    for least, rows in _members(home).items():
        told = inside.get(least, NO_PAIRS)
        tied = {"apart": parted.get(least, ()), "together": together.get(least, ())}
        here = tried.get(least, NO_PAIRS)
        groups = group_accounts(rows, here, told, **tied, listed=words.listed) if len(rows) > 1 else [rows]
        copies = (told.first[told.copied], told.second[told.copied])
        found.append(Cluster(ordered[least].account_id, _events(groups, copies, ordered)))
    return found


def _matched_densely(ordered: Sequence[Traits], constraints: Constraints) -> list[Cluster]:
    """Return the clusters of accounts of which most are compared with each other."""
    words = _Words.of(constraints, ordered)
    square = Square(ordered, candidate_pairs(ordered), read_weights())
    home = square.clusters(words.together)
    groups: dict[int, list[list[int]]] = defaultdict(list)
    for group in square.groups(apart=words.apart, together=words.together, listed=words.listed):
        groups[int(home[group[0]])].append(group)
    copies = square.copies()
    homes = home[copies[0]]
    return [
        Cluster(
            ordered[least].account_id,
            _events(groups[least], (copies[0][homes == least], copies[1][homes == least]), ordered),
        )
        for least in _members(home)
    ]


@dataclass(frozen=True)
class _Words:
    """What people and registers say of accounts, by their rows."""

    apart: list[tuple[int, int]]
    together: list[tuple[int, int]]
    listed: dict[int, str]

    @classmethod
    def of(cls, constraints: Constraints, ordered: Sequence[Traits]) -> _Words:
        number = {item.account_id: row for row, item in enumerate(ordered)}
        listed = {row: item.register for row, item in enumerate(ordered) if item.register}
        return cls(_rows(constraints.apart, number), _rows(constraints.together, number), listed)


def _weighed(ordered: Sequence[Traits]) -> WeighedPairs:
    if len(ordered) < 2:
        return NO_PAIRS
    pairs, weights = candidate_pairs(ordered), read_weights()
    if len(ordered) <= _FEW:
        return weigh_few(ordered, pairs, weights)
    return weigh_pairs(Columns.of(ordered), pairs, weights)


def _rows(pairs: Iterable[Pair], number: Mapping[str, int]) -> list[tuple[int, int]]:
    return [(number[one], number[other]) for one, other in sorted(pairs) if one in number and other in number]


def _members(home: Integers) -> dict[int, list[int]]:
    """Return the rows of each cluster, by its least one."""
    members: dict[int, list[int]] = defaultdict(list)
    for row, least in enumerate(home.tolist()):
        members[least].append(row)
    return members


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


def _events(groups: list[list[int]], copies: tuple[Integers, Integers], ordered: Sequence[Traits]) -> tuple[Event, ...]:
    """Return the event of each group; `copies` are pairs of rows whose sentences are one text."""
    alike: dict[int, list[tuple[str, str]]] = defaultdict(list)
    if len(copies[0]):
        group = np.full(len(ordered), -1, dtype=np.int64)
        for number, rows in enumerate(groups):
            group[rows] = number
        inside = group[copies[0]] == group[copies[1]]
        # A text that a thousand print makes half a million pairs: as many are named as connect them.
        first = clusters(len(ordered), [(copies[0][inside], copies[1][inside])])
        for row in np.flatnonzero(first != np.arange(len(first))).tolist():
            alike[int(group[row])].append((ordered[row].account_id, ordered[int(first[row])].account_id))
    return tuple(
        draw_event((ordered[row].account for row in rows), copies=alike[number]) for number, rows in enumerate(groups)
    )
