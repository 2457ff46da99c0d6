"""Documents and accounts, in the part that both databases share."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, Insert, Select, bindparam, delete, insert, or_, select

from geo.errors import Rejection
from geo.model import Account, Document
from geo.stores.codec import decode_account, region_of, with_region_ids
from geo.stores.geometry import from_wkb
from geo.stores.rows import account_row, document_of, document_row
from geo.stores.schema import GEOMETRY
from geo.stores.store import Added, Told
from geo.stores.transactions import Transactions

T = TypeVar("T")
_ENTRY = re.compile(r", entry \d+$")
_MOST_VALUES = 500
"""Values in one IN list."""


class ToldTables(Transactions, ABC):
    """Reads and writes what reports tell."""

    @abstractmethod
    def _lock_document(self, connection: Connection, document: Document) -> None:
        """Keep others from adding the same document until this transaction ends."""

    @abstractmethod
    def _note_told(self, connection: Connection, accounts: Iterable[Account]) -> None:
        """Remember that accounts are new."""

    @abstractmethod
    def _note_gone(self, connection: Connection, document_id: str) -> None:
        """Remember what the accounts of a document were drawn into, before they go."""

    # Made once a store: of an archive's every document, making them took as long as storing it.
    @cached_property
    def _same_documents(self) -> Select[Any]:
        table = self._tables["documents"]
        same = or_(table.c.document_id == bindparam("name"), table.c.content_digest == bindparam("digest"))
        return select(table.c.content_digest, table.c.text, table.c.origin).where(same)

    @cached_property
    def _new_documents(self) -> Insert:
        return insert(self._tables["documents"])

    @cached_property
    def _new_accounts(self) -> Insert:
        return insert(self._tables["accounts"])

    def add_documents(self, told: Iterable[Told], *, anew: bool = False) -> Added:
        """Store documents with their accounts, one transaction each; what is known by content is left as it is.

        Another text under an id that is known is rejected, or only counted where it came from the same place; `anew`,
        it takes the place of what was there.
        """
        total = Added()
        for document, accounts, warnings in told:
            with self._writing() as connection:
                placed = tuple(map(with_region_ids, accounts))
                total += self._add(connection, document, placed, warnings, anew=anew)
        return total

    def _add(
        self,
        connection: Connection,
        document: Document,
        accounts: tuple[Account, ...],
        warnings: tuple[str, ...],
        *,
        anew: bool,
    ) -> Added:
        self._lock_document(connection, document)
        asked = {"name": document.document_id, "digest": document.content_digest}
        rows = connection.execute(self._same_documents, asked).all()
        if any(row.content_digest == document.content_digest for row in rows):
            return Added(skipped=1)
        if not anew and (others := [row.origin for row in rows if row.text != document.text]):
            same_place = document.origin and all(_place(each) == _place(document.origin) for each in others)
            return Added(changed=1) if same_place else Added(rejections=(_clash(document),))
        if rows:
            self._note_gone(connection, document.document_id)
            for name in ("documents", "accounts"):
                owner = self._tables[name].c.document_id
                connection.execute(delete(self._tables[name]).where(owner == document.document_id))
        connection.execute(self._new_documents, document_row(document, warnings, accounts=len(accounts)))
        if accounts:
            connection.execute(self._new_accounts, [account_row(account) for account in accounts])
        self._put_shapes(connection, filter(None, map(region_of, accounts)))
        self._note_told(connection, accounts)
        self._count_change(connection)
        if rows:
            self._count_unsettling(connection)
        return Added(revised=1) if rows else Added(stored=1)

    def known(self, digests: Iterable[str]) -> set[str]:
        """Return which of the content digests are stored."""
        column = self._tables["documents"].c.content_digest
        wanted, found = list(digests), set[str]()
        with self._reading() as connection:
            for part in parts_of(wanted):
                found |= set(connection.execute(select(column).where(column.in_(part))).scalars())
        return found

    def documents(self) -> pd.DataFrame:
        """Return a row a document, without the texts."""
        columns = [column for column in self._tables["documents"].c if column.name not in ("fid", "text")]
        with self._reading() as connection:
            rows = connection.execute(select(*columns).order_by(columns[0])).all()
        return pd.DataFrame(rows, columns=[column.name for column in columns])

    def document(self, document_id: str) -> Document | None:
        """Return one document with its text."""
        table = self._tables["documents"]
        with self._reading() as connection:
            row = connection.execute(select(table).where(table.c.document_id == document_id)).mappings().first()
        return document_of(dict(row)) if row else None

    def accounts(self, *, documents: Iterable[str] | None = None) -> tuple[Account, ...]:
        """Return all accounts, or those of the named documents, by document and identifier."""
        table = self._tables["accounts"]
        query = select(table.c.body, table.c.region_id).order_by(table.c.document_id, table.c.account_id)
        named = None if documents is None else sorted(set(documents))
        with self._reading() as connection:
            rows: list[Any] = []
            for part in [None] if named is None else parts_of(named):
                narrowed = query if part is None else query.where(table.c.document_id.in_(part))
                rows += connection.execute(narrowed).all()
            polygons = self._polygons(connection, {row.region_id for row in rows} - {""})
        return tuple(decode_account(row.body, polygons) for row in rows)

    def _accounts_named(self, connection: Connection, names: Iterable[str]) -> tuple[Account, ...]:
        """Return the accounts that are named, by identifier."""
        table = self._tables["accounts"]
        rows: list[Any] = []
        for part in parts_of(sorted(set(names))):
            query = select(table.c.account_id, table.c.body, table.c.region_id).where(table.c.account_id.in_(part))
            rows += connection.execute(query.order_by(table.c.account_id)).all()
        polygons = self._polygons(connection, {row.region_id for row in rows} - {""})
        return tuple(decode_account(row.body, polygons) for row in rows)

    def _polygons(self, connection: Connection, names: set[str]) -> dict[str, BaseGeometry]:
        table = self._tables["regions"]
        found: list[Any] = []
        for part in parts_of(sorted(names)):
            query = select(table.c.region_id, table.c[GEOMETRY]).where(table.c.region_id.in_(part))
            found += connection.execute(query).all()
        return dict(zip([row[0] for row in found], from_wkb([row[1] for row in found]), strict=True))


def parts_of(values: list[T]) -> Iterator[list[T]]:
    """Yield the values in lists that fit into one IN."""
    for first in range(0, len(values), _MOST_VALUES):
        yield values[first : first + _MOST_VALUES]


def _place(origin: str) -> str:
    """Return a report's origin without its place in a feed, where each new entry moves the others."""
    return _ENTRY.sub("", origin)


def _clash(document: Document) -> Rejection:
    return Rejection(
        document.origin or document.document_id,
        f"the id {document.document_id!r} stands for another text in the store",
        expected="one text an id",
        remedy="give it an id of its own",
    )
