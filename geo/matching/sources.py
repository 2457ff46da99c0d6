"""Which accounts are independent of each other: other publishers, in other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.model import Account


def independent_sources(told: Sequence[Account], copies: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return the number of its source for each account identifier, from 0 in order of the accounts.

    Accounts of one document, of one publisher, or whose sentences are copies of each other, have one source. One that
    names several publishers, as a coded row does (`One Agency; Another Radio`), was made from their reports: it is no
    source beside any of them, and makes them none of each other.
    """
    parent = {account.account_id: account.account_id for account in told}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    def unite(one: str, other: str) -> None:
        first, second = sorted((root(one), root(other)))
        parent[second] = first

    owners: dict[tuple[str, str], str] = {}
    named = {account.account_id: _publishers(account) for account in told}
    for account in sorted(told, key=lambda account: len(named[account.account_id]) > 1):
        # Of several, the first that a report here is of, or all of them together.
        publishers = named[account.account_id]
        known = [name for name in publishers if ("publisher", name) in owners] or [";".join(publishers)]
        marks = [("document", account.document_id), *(("publisher", name) for name in known[:1] if name)]
        for mark in marks:
            unite(owners.setdefault(mark, account.account_id), account.account_id)
    for one, other in copies:
        if one in parent and other in parent:
            unite(one, other)
    numbers: dict[str, int] = {}
    for account in told:
        numbers.setdefault(root(account.account_id), len(numbers))
    return {account.account_id: numbers[root(account.account_id)] for account in told}


def _publishers(account: Account) -> list[str]:
    return [name for part in account.source.split(";") if (name := part.casefold().strip())]
