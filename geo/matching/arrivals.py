"""What new accounts change: the clusters that they touch, and no others.

A store keeps the names of the blocks that each account is in. For new accounts it looks up those in their blocks, and
`touched_by` says whose clusters have to be matched anew together with the new ones. The result is the same as that of
matching everything: a link of the others holds as it did, unless a vague account finds a surer one among the new; and
then that account is among the touched.

That is how an archive is matched too, some thousands of accounts of like days at a time: each piece needs the accounts
of its own blocks, and no machine ever needs them all. It is one machine, the one that writes: drawing and storing what
was matched takes as long as comparing does, and has to happen in one place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.matching.blocks import block_keys, candidate_pairs
from geo.matching.columns import Columns
from geo.matching.groups import links
from geo.matching.traits import traits_of
from geo.matching.weighing import weigh_pairs
from geo.matching.weights import read_weights
from geo.model import Account


def names_of_blocks(account: Account) -> frozenset[int]:
    """Return the blocks that an account is in, as numbers of 63 bits; accounts without a common one never match."""
    return block_keys(traits_of(account))


def is_blurred(account: Account) -> bool:
    """Tell whether an account's day or place is too vague for it to hold others together; see `groups`."""
    return traits_of(account).is_blurred


def touched_by(new: Sequence[Account], known: Sequence[Account]) -> set[str]:
    """Return the identifiers of known accounts whose clusters the new ones may change.

    `known` are all the others that share a block with a new one; more of them make no difference.
    """
    if not known:
        return set()
    arrived = {account.account_id for account in new}
    told = {account.account_id: account for account in (*known, *new)}
    ordered = [traits_of(told[name]) for name in sorted(told)]
    is_new = np.array([item.account_id in arrived for item in ordered], dtype=np.bool_)
    blurred = np.array([item.is_blurred for item in ordered], dtype=np.bool_)
    pairs = candidate_pairs(ordered, of=np.flatnonzero(is_new).tolist())
    likely = weigh_pairs(Columns.of(ordered), pairs, read_weights(), same=True)
    touched: set[int] = set()
    for own, other in ((likely.first, likely.second), (likely.second, likely.first)):
        touched.update(other[is_new[own] & ~blurred[own] & ~is_new[other]].tolist())
    for row in np.flatnonzero(is_new & blurred).tolist():
        # It has few links of its own, and may be the surest of other vague ones: what else is new counts too.
        judged = likely[(likely.first == row) | (likely.second == row)]
        held = links(blurred, judged)
        touched.update([*held.first.tolist(), *held.second.tolist()])
        touched.update(judged.first[blurred[judged.first]].tolist())
        touched.update(judged.second[blurred[judged.second]].tolist())
    return {ordered[row].account_id for row in touched if not is_new[row]}
