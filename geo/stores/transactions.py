"""One engine, and the transactions on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Final

from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, Engine, Table, Update, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from geo.errors import StoreError
from geo.stores.geometry import to_wkb
from geo.stores.refusals import refusal
from geo.stores.schema import GEOMETRY, store_tables

UNSETTLED: Final = "unsettled"
"""Name of the counter in `atlas_state` of changes that a drawing under way has to notice."""


class Transactions:
    """A database that SQLAlchemy speaks to, its tables and its counters."""

    def __init__(self, engine: Engine, *, address: str) -> None:
        self.address = address
        self._engine = engine
        self._tables = store_tables(engine.dialect.name).tables
        self._inserts: dict[str, Any] = {}

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._errors(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._errors(), self._engine.connect() as connection:
            writer = connection.execution_options(begin="BEGIN IMMEDIATE")
            with writer.begin():
                yield writer

    _driver_error: type[Exception] = DBAPIError
    """What the driver raises where it is asked without SQLAlchemy."""

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, self._driver_error) as error:
            raise StoreError(f"the store {self.address} failed: {refusal(error)}") from error
        except SQLAlchemyError as error:
            raise StoreError(f"the store {self.address} failed: {error}") from error

    @cached_property
    def _next_revision(self) -> Update:
        state = self._tables["atlas_state"]
        return update(state).where(state.c.name == "revision").values(value=state.c.value + 1)

    def _count_change(self, connection: Connection) -> None:
        connection.execute(self._next_revision)

    def _count_unsettling(self, connection: Connection) -> None:
        """Count a change of what is drawn, or of what it was drawn from: all but reports that are only added."""
        state = self._tables["atlas_state"]
        first = self._insert_of(state).values(name=UNSETTLED, value=1)
        values = {"value": state.c.value + 1}
        connection.execute(first.on_conflict_do_update(index_elements=[state.c.name], set_=values))

    def _unsettled(self, connection: Connection) -> int:
        return self._counter(connection, UNSETTLED)

    def _counter(self, connection: Connection, name: str) -> int:
        """Return a counter, 0 where nothing was counted yet: older stores lack some."""
        state = self._tables["atlas_state"]
        return int(connection.execute(select(state.c.value).where(state.c.name == name)).scalar() or 0)

    def _put_counter(self, connection: Connection, name: str, value: int) -> None:
        state = self._tables["atlas_state"]
        first = self._insert_of(state).values(name=name, value=value)
        connection.execute(first.on_conflict_do_update(index_elements=[state.c.name], set_={"value": value}))

    def _state(self, connection: Connection, name: str, *, locked: bool = False) -> int:
        state = self._tables["atlas_state"]
        query = select(state.c.value).where(state.c.name == name)
        # SQLite has one writer and leaves the lock out.
        return int(connection.execute(query.with_for_update() if locked else query).scalar_one())

    def _set_state(self, connection: Connection, **values: int) -> None:
        state = self._tables["atlas_state"]
        for name, value in values.items():
            connection.execute(update(state).where(state.c.name == name).values(value=value))

    def _put_shapes(self, connection: Connection, shapes: Iterable[tuple[str, str, BaseGeometry]]) -> None:
        table = self._tables["regions"]
        for region_id, name, shape in {key: (key, name, shape) for key, name, shape in shapes}.values():
            (wkb,) = to_wkb([shape])
            connection.execute(self._insert_new(table), {"region_id": region_id, "name": name, GEOMETRY: wkb})

    def _insert_new(self, table: Table) -> Any:
        """Return an INSERT that leaves a row alone which is there already, whoever put it there in the meantime."""
        if table.name not in self._inserts:
            self._inserts[table.name] = self._insert_of(table).on_conflict_do_nothing()
        return self._inserts[table.name]

    def _insert_of(self, table: Table) -> Any:
        return (postgresql_insert if self._engine.dialect.name == "postgresql" else sqlite_insert)(table)
