"""The whole of a store that both databases share."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from geo.stores.decisions import Decision, Run
from geo.stores.drawn import DrawnTables
from geo.stores.migrations import bring_forward, check_version
from geo.stores.schema import SCHEMA_VERSION
from geo.stores.soundness import faults_between


class SqlStore(DrawnTables):
    """A store in a database that SQLAlchemy speaks to."""

    @abstractmethod
    def _faults_of_its_kind(self, connection: Connection) -> tuple[str, ...]:
        """Return the faults that this database can have, one sentence each."""

    @abstractmethod
    def _searched_keys(self) -> Select[Any]:
        """Return what asks for the keys of events in the full-text index."""

    @abstractmethod
    def backup(self, path: Path) -> Path:
        """Write a whole copy while others read and write."""

    @abstractmethod
    def compact(self) -> None:
        """Give back unused room."""

    def bring_forward(self, *, read_only: bool) -> Self:
        """Bring older tables to the present version; raise `StoreError` where they are newer, or may not be changed."""
        with self._reading() as connection:
            version = self._counter(connection, "schema_version")
        check_version(version, address=self.address, read_only=read_only)
        if version < SCHEMA_VERSION and not read_only:
            state = self._tables["atlas_state"]
            with self._writing() as connection:
                # Another program may have done it while this one waited.
                present = bring_forward(connection, self._state(connection, "schema_version", locked=True))
                connection.execute(update(state).where(state.c.name == "schema_version").values(value=present))
        return self

    def check(self) -> tuple[str, ...]:
        """Return every fault of the store, one sentence each."""
        with self._reading() as connection:
            if found := self._faults_of_its_kind(connection):
                # What is damaged would answer anything.
                return found
            state = [self._state(connection, name) for name in ("revision", "events_revision", "drawn_version")]
            drawn = state[0] == state[1] and bool(state[2])
            return tuple(faults_between(connection, self._tables, self._searched_keys(), drawn=drawn))

    def decide(self, decision: Decision, *, after: int | None = None) -> bool:
        """Keep a person's decision; False, and nothing done, where not exactly `after` decisions are kept so far."""
        table = self._tables["decisions"]
        row = {"decision_id": decision.decision_id, "kind": str(decision.kind), "event_id": decision.event_id}
        with self._writing() as connection:
            # Whoever decides holds the lock first, so that decisions are numbered in the order in which they are seen.
            self._state(connection, "revision", locked=True)
            if after is not None:
                kept = connection.execute(select(func.count()).select_from(table)).scalar_one()
                if kept != after:
                    return False
            connection.execute(insert(table).values(**row, body=decision.body(), decided_at=decision.decided_at))
            self._note_decided(connection, decision)
            self._count_change(connection)
            self._count_unsettling(connection)
        return True

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions, oldest first."""
        table = self._tables["decisions"]
        with self._reading() as connection:
            rows = connection.execute(select(table.c.body, table.c.decided_at).order_by(table.c.fid)).all()
        return tuple(Decision.of(row.body, row.decided_at) for row in rows)

    def put_run(self, run: Run) -> None:
        """Write a run down, or write it anew under the same id."""
        table = self._tables["runs"]
        row = {"run_id": run.run_id, "started_at": run.started_at, "ended_at": run.ended_at or None}
        with self._writing() as connection:
            connection.execute(delete(table).where(table.c.run_id == run.run_id))
            connection.execute(insert(table).values(**row, body=run.body()))

    def runs(self) -> tuple[Run, ...]:
        """Return all runs, oldest first."""
        table = self._tables["runs"]
        with self._reading() as connection:
            rows = connection.execute(select(table).order_by(table.c.started_at, table.c.run_id)).all()
        return tuple(Run.of(row.run_id, row.started_at, row.ended_at or "", row.body) for row in rows)

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
