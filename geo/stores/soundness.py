"""What belongs together in a store and does not, in both databases alike."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, or_, select

_ROWS = 10_000


def faults_between(
    connection: Connection, tables: Mapping[str, Table], searched: Select[Any], *, drawn: bool
) -> Iterator[str]:
    """Yield a sentence for each kind of fault; `searched` asks for the keys of the full-text index.

    `drawn` tells whether the events were drawn from the accounts that are stored, so that these can be held together.
    """
    documents, accounts, events, homes = (tables[name] for name in ("documents", "accounts", "events", "drawn"))
    told = select(accounts.c.document_id, func.count().label("many")).group_by(accounts.c.document_id).subquery()
    both = documents.outerjoin(told, told.c.document_id == documents.c.document_id)
    wrong = func.coalesce(told.c.many, 0) != documents.c.accounts
    # Somebody may have added an event of their own, in QGIS.
    ours = events.c.event_id.in_(select(homes.c.event_id))
    keys = searched.subquery()
    questions: list[tuple[Select[Any], str]] = [
        (_without(accounts.c.document_id, select(documents.c.document_id)), "account(s) belong to no document"),
        (select(func.count()).select_from(both).where(wrong), "document(s) have not as many accounts as they told"),
        (_without(homes.c.account_id, select(accounts.c.account_id)), "account(s) are drawn that are not there"),
        (_without(events.c.fid, searched).where(ours), "event(s) cannot be found by their words"),
        (_without(keys.c[0], select(events.c.fid)), "entries of the full-text index belong to no event"),
    ]
    if drawn:
        questions.append((_without(homes.c.event_id, select(events.c.event_id)), "account(s) belong to no event"))
    for question, fault in questions:
        if count := connection.execute(question).scalar_one():
            yield f"{count} {fault}."
    for name in ("accounts", "decisions", "runs"):
        if count := _unreadable(connection, tables[name]):
            yield f"{count} row(s) of {name} cannot be read."


def _without(column: ColumnElement[Any], there: Select[Any]) -> Select[Any]:
    """Count the values of a column that are not there, empty ones too."""
    return select(func.count()).select_from(column.table).where(or_(column.is_(None), column.not_in(there)))


def _unreadable(connection: Connection, table: Table) -> int:
    count = 0
    for body in connection.execution_options(yield_per=_ROWS).execute(select(table.c.body)).scalars():
        try:
            json.loads(body)
        except ValueError:
            count += 1
    return count
