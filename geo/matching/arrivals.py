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

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from geo.matching.blocks import block_keys
from geo.matching.groups import links
from geo.matching.scores import Weighed, weigh
from geo.matching.traits import Traits, traits_of
from geo.matching.weights import Weights, read_weights
from geo.model import Account


def names_of_blocks(account: Account) -> frozenset[int]:
    """Return the blocks that an account is in, as numbers of 63 bits; accounts without a common one never match."""
    return frozenset(map(_number, block_keys(traits_of(account), read_weights())))


def is_blurred(account: Account) -> bool:
    """Tell whether an account's day or place is too vague for it to hold others together; see `groups`."""
    return traits_of(account).is_blurred


def touched_by(new: Sequence[Account], known: Sequence[Account]) -> set[str]:
    """Return the identifiers of known accounts whose clusters the new ones may change.

    `known` are all the others that share a block with a new one; more of them make no difference.
    """
    if not known:
        return set()
    weights = read_weights()
    arrived = {account.account_id: traits_of(account) for account in new}
    others = {item.account_id: item for item in map(traits_of, known) if item.account_id not in arrived}
    blocks: dict[str, list[Traits]] = defaultdict(list)
    for item in (*arrived.values(), *others.values()):
        for key in block_keys(item, weights):
            blocks[key].append(item)
    touched: set[str] = set()
    for item in arrived.values():
        near = {other.account_id: other for key in block_keys(item, weights) for other in blocks[key]}
        likely = _likely(item, [other for name, other in near.items() if name in others], weights)
        found = {name for judged in likely for name in (judged.first, judged.second)} & others.keys()
        if found and item.is_blurred:
            # It has few links of its own, and may be the surest of other vague ones: what else is new counts too.
            likely += _likely(item, [other for name, other in near.items() if name not in others], weights)
            blurred = {name for name, other in near.items() if other.is_blurred}
            own = {name for link in links(blurred, likely) for name in (link.first, link.second)}
            found = {name for name in found if name in own or name in blurred}
        touched |= found
    return touched


def _likely(item: Traits, near: Iterable[Traits], weights: Weights) -> list[Weighed]:
    judged = (weigh(item, other, weights) for other in near if other is not item)
    return [judgement for judgement in judged if judgement is not None and judgement.same]


def _number(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1
