"""Many accounts, one event: pure, explained, and the same for every order of arrival."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.matching.blocks import candidate_pairs
from geo.matching.drawing import draw_event
from geo.matching.groups import group_accounts
from geo.matching.scores import Judgement, Reason, judge
from geo.matching.traits import arrival, traits_of
from geo.matching.weights import read_weights
from geo.model import Account, Event

__all__ = ["Judgement", "Reason", "explain_pair", "match_accounts"]


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
    weights = read_weights()
    once = {account.account_id: account for account in accounts}
    traits = [traits_of(account) for account in sorted(once.values(), key=arrival)]
    judgements = [
        judged
        for first, second in candidate_pairs(traits, weights)
        if (judged := judge(traits[first], traits[second], weights)).same or judged.score > 0
    ]
    copies = [(judged.first, judged.second) for judged in judgements if judged.copied]
    near: dict[str, list[tuple[str, str]]] = {}
    for pair in copies:
        near.setdefault(pair[0], []).append(pair)
    groups = group_accounts(traits, judgements, apart=apart, together=together)
    events = [
        draw_event(
            (item.account for item in group), copies=[pair for item in group for pair in near.get(item.account_id, ())]
        )
        for group in groups
    ]
    return tuple(sorted(events, key=lambda event: arrival(event.accounts[0])))


def explain_pair(first: Account, second: Account) -> Judgement:
    """Say how much two accounts speak for one event, and why."""
    return judge(traits_of(first), traits_of(second), read_weights())
