"""Which accounts are independent of each other: other publishers, in other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.model import Account


def independent_sources(told: Sequence[Account], copies: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return the number of its source for each account identifier, from 0 in order of the accounts.

    Accounts of one document, of one publisher, or whose sentences are copies of each other, have one source.
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
    for account in told:
        marks = [("document", account.document_id)]
        if account.source:
            marks.append(("publisher", account.source.casefold().strip()))
        for mark in marks:
            unite(owners.setdefault(mark, account.account_id), account.account_id)
    for one, other in copies:
        if one in parent and other in parent:
            unite(one, other)
    numbers: dict[str, int] = {}
    for account in told:
        numbers.setdefault(root(account.account_id), len(numbers))
    return {account.account_id: numbers[root(account.account_id)] for account in told}
