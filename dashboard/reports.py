"""The reports of a store, what they tell, and what people decided about it, as far as whoever asks may see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.components.marked_text import Mark
from dashboard.shared import shared
from dashboard.sight import Version, closed_documents
from geo.model import Account, Document

if TYPE_CHECKING:
    from geo.stores import Decision


@shared(entries=512)
def document(version: Version, document_id: str) -> Document | None:
    """Return a document with its text, None where the store does not hold it or it may not be seen."""
    from geo.stores import open_store

    if document_id in closed_documents(version):
        return None
    with open_store(version.address, read_only=True) as store:
        return store.document(document_id)


@shared(entries=64)
def event_accounts(version: Version, event_id: str) -> tuple[Account, ...]:
    """Return the accounts that an event was drawn from."""
    from geo.pipeline import accounts_of
    from geo.stores import open_store

    if version.public_at is not None:
        return ()
    with open_store(version.address, read_only=True) as store:
        return accounts_of(store, event_id)


@shared(entries=64)
def document_accounts(version: Version, document_id: str) -> tuple[Account, ...]:
    """Return what a document tells; nothing to the public, as accounts name exact places."""
    from geo.stores import open_store

    if version.public_at is not None:
        return ()
    with open_store(version.address, read_only=True) as store:
        return store.accounts(documents=[document_id])


@shared(entries=4)
def documents(version: Version) -> pd.DataFrame:
    """Return the store's documents that may be seen, one row each, without their texts."""
    from geo.stores import open_store

    with open_store(version.address, read_only=True) as store:
        table = store.documents()
    return table[~table["document_id"].isin(closed_documents(version))].reset_index(drop=True)


@shared(entries=4)
def decisions(version: Version) -> tuple[Decision, ...]:
    """Return all decisions, oldest first; none to the public, as corrections name exact places."""
    from geo.stores import open_store

    if version.public_at is not None:
        return ()
    with open_store(version.address, read_only=True) as store:
        return store.decisions()


@shared(entries=4)
def _marks_by_document(version: Version) -> Mapping[str, tuple[Mark, ...]]:
    from geo.stores import open_store

    marks: dict[str, list[Mark]] = {}
    with open_store(version.address, read_only=True) as store:
        for account in store.accounts():
            quotes = account.quotations()
            marks.setdefault(account.document_id, []).extend(
                Mark(words.start, words.end, name) for name, words in quotes
            )
    return {name: tuple(found) for name, found in marks.items()}


def document_marks(version: Version, document_id: str) -> tuple[Mark, ...]:
    """Return the words of a document that some account quotes."""
    return () if document_id in closed_documents(version) else _marks_by_document(version).get(document_id, ())
