"""Coded events held against reported ones: which of them reports tell of too, and where the two differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from geo.matching.contradictions import contradictions_of
from geo.matching.traits import arrival
from geo.model import Account
from geo.pipeline.coded.building import publisher_of
from geo.stores import Store


@dataclass(frozen=True, slots=True)
class Comparison:
    """An event that at least one coded row is an account of."""

    event_id: str
    coded: tuple[str, ...]
    """Documents of coded rows, as `acled-SYR1234`."""
    publishers: tuple[str, ...]
    """`acled`, `gdelt`, `ucdp`: whose rows they are."""
    reported: tuple[str, ...]
    """Documents of reports that tell of the same happening; empty where none does."""
    differences: tuple[str, ...]
    """Where the accounts cannot all be right, one sentence each."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one publisher's rows and the reports cover each other."""

    publisher: str
    events: int
    """Events with a row of the publisher."""
    reported: int
    """Of them, those that reports tell of too."""
    differing: int
    """Of these, those on which the accounts differ."""


def compare_coded(store: Store) -> Iterator[Comparison]:
    """Yield each event with a coded account, in order of its identifier."""
    documents = store.documents()
    coded = {
        row.document_id: publisher
        for row in documents.itertuples()
        if (publisher := publisher_of(str(row.document_id), str(row.origin)))
    }
    names = [account.account_id for account in store.accounts(documents=coded)]
    events = sorted({event_id for event_id, _ in store.homes(names).values()})
    told: dict[str, list[Account]] = defaultdict(list)
    accounts = store.accounts_of(events=events)
    homes = store.homes(account.account_id for account in accounts)
    for account in sorted(accounts, key=arrival):
        told[homes[account.account_id][0]].append(account)
    for event_id in events:
        yield _compared(event_id, told[event_id], coded)


def coverage(comparisons: list[Comparison]) -> tuple[Coverage, ...]:
    """Return the counts of each publisher, in order of their names."""
    publishers = sorted({publisher for item in comparisons for publisher in item.publishers})
    return tuple(_covered(name, [item for item in comparisons if name in item.publishers]) for name in publishers)


def _compared(event_id: str, accounts: list[Account], coded: dict[str, str]) -> Comparison:
    documents = dict.fromkeys(account.document_id for account in accounts)
    return Comparison(
        event_id,
        coded=tuple(name for name in documents if name in coded),
        publishers=tuple(sorted({coded[name] for name in documents if name in coded})),
        reported=tuple(name for name in documents if name not in coded),
        differences=contradictions_of(accounts),
    )


def _covered(publisher: str, comparisons: list[Comparison]) -> Coverage:
    reported = [item for item in comparisons if item.reported]
    return Coverage(publisher, len(comparisons), len(reported), sum(bool(item.differences) for item in reported))
