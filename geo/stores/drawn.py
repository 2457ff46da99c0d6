"""Which accounts each event was drawn from, and what has come since: what lets a few events be drawn anew, not all.

`drawn` names the event and the cluster of every account, `blocks` the blocks of matching that it is in, and `undrawn`
what changed since: accounts that are new, clusters to match anew, events to take away, or everything.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence

import geopandas as gpd
from sqlalchemy import Connection, delete, func, insert, literal, select

from geo.model import Account
from geo.stores.changes import DRAWINGS, LAST_KEY
from geo.stores.decisions import Decision
from geo.stores.drawing import Drawing, Undrawn
from geo.stores.features import FeatureTables
from geo.stores.rows import feature_rows
from geo.stores.told import ToldTables, parts_of
from geo.stores.words import searched_texts
from geo.tables import EVENT_COLUMNS, check_events, check_regions

ACCOUNT, CLUSTER, EVENT, ALL, LEFT = "account", "cluster", "event", "all", "left"
"""Kinds of what is undrawn; the last: events of an earlier drawing are there, which go when no account is left."""
_ROWS = 10_000


class DrawnTables(ToldTables, FeatureTables, ABC):
    """Reads and writes what events were drawn from."""

    @abstractmethod
    def _add_search(self, connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
        """Add (key of an event, its words) to the full-text index."""

    @abstractmethod
    def _drop_search(self, connection: Connection, keys: Sequence[int]) -> None:
        """Take events out of the full-text index, by key."""

    def undrawn(self, *, version: int) -> Undrawn:
        """Return what changed since the events were drawn; all of it, where rules of another version drew them."""
        table = self._tables["undrawn"]
        with self._reading() as connection:
            unsettled = self._unsettled(connection)
            query = select(table.c.kind, table.c.name).where(table.c.kind != ACCOUNT)
            rows = connection.execute(query.order_by(table.c.kind, table.c.name)).all()
            new = connection.execute(select(func.count()).where(table.c.kind == ACCOUNT)).scalar_one()
            told = connection.execute(select(func.count()).select_from(self._tables["accounts"])).scalar_one()
            current = self._state(connection, "drawn_version") == version
        clusters, events = (tuple(row.name for row in rows if row.kind == kind) for kind in (CLUSTER, EVENT))
        whole = not current or any(row.kind == ALL for row in rows)
        return Undrawn(unsettled, whole, new, clusters, events, told)

    def undrawn_accounts(self) -> Iterator[str]:
        """Yield the names of accounts that are new, by first day: those that may meet lie near each other."""
        undrawn, accounts = self._tables["undrawn"], self._tables["accounts"]
        # Those of a report that was told anew before they were drawn are named too, though they are no more.
        both = undrawn.outerjoin(accounts, accounts.c.account_id == undrawn.c.name)
        query = select(undrawn.c.name).select_from(both).where(undrawn.c.kind == ACCOUNT)
        query = query.order_by(accounts.c.date_start, undrawn.c.name)
        with self._reading() as connection:
            yield from connection.execution_options(yield_per=_ROWS).execute(query).scalars()

    def draw_anew(self, *, version: int, unsettled: int) -> bool:
        """Count every account as new, for rules of a version; False, and nothing done, where `unsettled` is gone by."""
        undrawn, accounts = self._tables["undrawn"], self._tables["accounts"]
        with self._writing() as connection:
            if not self._holds(connection, unsettled):
                return False
            for name in ("undrawn", "drawn", "blocks"):
                connection.execute(delete(self._tables[name]))
            all_of_them = select(literal(ACCOUNT), accounts.c.account_id)
            connection.execute(insert(undrawn).from_select(["kind", "name"], all_of_them))
            self._note(connection, LEFT, [""])
            self._set_state(connection, drawn_version=version)
            # Whoever draws from what was there before draws for nothing, and whoever looks sees that all is to come.
            self._count_change(connection)
            self._count_unsettling(connection)
        return True

    def accounts_of(
        self, *, names: Iterable[str] = (), clusters: Iterable[str] = (), events: Iterable[str] = ()
    ) -> tuple[Account, ...]:
        """Return the accounts that are named, and those of the named clusters and events, by identifier."""
        drawn, wanted = self._tables["drawn"], set(names)
        with self._reading() as connection:
            for column, values in ((drawn.c.cluster, clusters), (drawn.c.event_id, events)):
                for part in parts_of(sorted(set(values))):
                    wanted.update(connection.execute(select(drawn.c.account_id).where(column.in_(part))).scalars())
            return self._accounts_named(connection, wanted)

    def homes(self, names: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Return the event and the cluster of each named account that is drawn."""
        drawn = self._tables["drawn"]
        found: dict[str, tuple[str, str]] = {}
        with self._reading() as connection:
            for part in parts_of(sorted(set(names))):
                rows = connection.execute(select(drawn).where(drawn.c.account_id.in_(part))).all()
                found |= {row.account_id: (row.event_id, row.cluster) for row in rows}
        return found

    def in_blocks(self, blocks: Iterable[int]) -> set[str]:
        """Return the identifiers of the drawn accounts in any of the blocks."""
        table, found = self._tables["blocks"], set[str]()
        with self._reading() as connection:
            for part in parts_of(sorted(set(blocks))):
                found |= set(connection.execute(select(table.c.account_id).where(table.c.block.in_(part))).scalars())
        return found

    def put_drawing(self, drawing: Drawing, *, unsettled: int) -> bool:
        """Put events in the place of others; False, and nothing done, where `unsettled` is gone by."""
        events, regions = check_events(drawing.events), check_regions(drawing.regions)
        with self._writing() as connection:
            if not self._holds(connection, unsettled):
                return False
            if drawing.instead is None:
                self._replace_all(connection, events)
                for name in ("drawn", "blocks"):
                    connection.execute(delete(self._tables[name]))
                self._take_marks(connection, list(drawing.homes))
            elif not self._are_new(connection, list(drawing.arrived)):
                return False
            else:
                self._take_marks(connection, list(drawing.arrived))
                self._replace_some(connection, events, {*drawing.instead, *events["event_id"]})
                self._forget_homes(connection, drawing.homes)
            self._put_homes(connection, drawing)
            self._put_regions(connection, regions)
            self._set_state(connection, drawn_version=drawing.version)
            if not self._is_left(connection, ACCOUNT):
                self._end_drawing(connection)
            self._count_unsettling(connection)
        return True

    def _holds(self, connection: Connection, unsettled: int) -> bool:
        """Lock the counters, and tell whether nothing was drawn, revised or decided since `unsettled` was read."""
        self._state(connection, "revision", locked=True)
        return self._unsettled(connection) == unsettled

    def _are_new(self, connection: Connection, names: list[str]) -> bool:
        table, found = self._tables["undrawn"], 0
        for part in parts_of(names):
            query = select(func.count()).select_from(table).where(table.c.kind == ACCOUNT, table.c.name.in_(part))
            found += connection.execute(query).scalar_one()
        return found == len(names)

    def _take_marks(self, connection: Connection, names: list[str]) -> None:
        """Count accounts as new no more, nor anything that is undrawn but new accounts."""
        table = self._tables["undrawn"]
        for part in parts_of(names):
            connection.execute(delete(table).where(table.c.kind == ACCOUNT, table.c.name.in_(part)))
        connection.execute(delete(table).where(table.c.kind.in_((CLUSTER, EVENT, ALL))))

    def _is_left(self, connection: Connection, kind: str) -> bool:
        table = self._tables["undrawn"]
        return connection.execute(select(table.c.name).where(table.c.kind == kind).limit(1)).first() is not None

    def _end_drawing(self, connection: Connection) -> None:
        """Take away what an earlier drawing left, and say that the events are those of all that is told."""
        events, drawn = self._tables["events"], self._tables["drawn"]
        if self._is_left(connection, LEFT):
            query = select(events.c.event_id).where(events.c.event_id.not_in(select(drawn.c.event_id)))
            self._drop_events(connection, connection.execute(query).scalars().all())
        connection.execute(delete(self._tables["undrawn"]))
        self._set_state(connection, events_revision=self._state(connection, "revision"))

    def _drop_events(self, connection: Connection, names: Iterable[str]) -> None:
        table = self._tables["events"]
        self._put_counter(connection, LAST_KEY, self._last_key(connection))
        for part in parts_of(sorted(names)):
            keys = connection.execute(select(table.c.fid).where(table.c.event_id.in_(part))).scalars().all()
            self._drop_search(connection, keys)
            connection.execute(delete(table).where(table.c.fid.in_(keys)))

    def _last_key(self, connection: Connection) -> int:
        table = self._tables["events"]
        highest = connection.execute(select(func.max(table.c.fid))).scalar() or 0
        return max(int(highest), self._counter(connection, LAST_KEY))

    def _replace_some(self, connection: Connection, events: gpd.GeoDataFrame, instead: Iterable[str]) -> None:
        table = self._tables["events"]
        last = self._last_key(connection)
        self._drop_events(connection, instead)
        words = list(enumerate(searched_texts(events), start=last + 1))
        for rows in feature_rows(events, EVENT_COLUMNS):
            numbered = [{**row, "fid": last + place} for place, row in enumerate(rows, start=1)]
            connection.execute(insert(table), numbered)
            last += len(rows)
        self._put_counter(connection, LAST_KEY, last)
        if not self._counter(connection, DRAWINGS):
            # A store that an older program made.
            self._begin_keys(connection)
        if words:
            self._add_search(connection, words)

    def _forget_homes(self, connection: Connection, names: Iterable[str], *, blocks: bool = False) -> None:
        for table in [self._tables["drawn"], *([self._tables["blocks"]] if blocks else [])]:
            for part in parts_of(sorted(names)):
                connection.execute(delete(table).where(table.c.account_id.in_(part)))

    def _put_homes(self, connection: Connection, drawing: Drawing) -> None:
        homes = [
            {"account_id": name, "event_id": event_id, "cluster": cluster}
            for name, (event_id, cluster) in drawing.homes.items()
        ]
        if homes:
            connection.execute(insert(self._tables["drawn"]), homes)
        rows = [{"block": block, "account_id": name} for name, blocks in drawing.blocks.items() for block in blocks]
        if rows:
            connection.execute(insert(self._tables["blocks"]), rows)

    def _note_told(self, connection: Connection, accounts: Iterable[Account]) -> None:
        """Remember that accounts are new."""
        self._note(connection, ACCOUNT, (account.account_id for account in accounts))

    def _note_gone(self, connection: Connection, document_id: str) -> None:
        """Remember what the accounts of a document were drawn into, before they go."""
        table = self._tables["accounts"]
        gone = connection.execute(select(table.c.account_id).where(table.c.document_id == document_id)).scalars().all()
        self._note_redrawn(connection, gone, events=True)
        self._forget_homes(connection, gone, blocks=True)

    def _note_redrawn(self, connection: Connection, names: Iterable[str], *, events: bool = False) -> None:
        """Remember that the clusters of accounts are to be matched anew, and that their events go."""
        drawn = self._tables["drawn"]
        for part in parts_of(sorted(set(names))):
            rows = connection.execute(select(drawn).where(drawn.c.account_id.in_(part))).all()
            self._note(connection, CLUSTER, (row.cluster for row in rows))
            if events:
                self._note(connection, EVENT, (row.event_id for row in rows))

    def _note_decided(self, connection: Connection, decision: Decision) -> None:
        """Remember that what somebody decided about is to be drawn anew."""
        names = {*decision.account_ids, *decision.other_ids}
        if not names:
            drawn = self._tables["drawn"]
            query = select(drawn.c.account_id).where(drawn.c.event_id == decision.event_id)
            names = set(connection.execute(query).scalars())
        self._note_redrawn(connection, names)

    def _note_all(self, connection: Connection) -> None:
        """Remember that all has to be drawn anew."""
        self._note(connection, ALL, [""])

    def _note(self, connection: Connection, kind: str, names: Iterable[str]) -> None:
        rows = [{"kind": kind, "name": name} for name in sorted(set(names))]
        if rows:
            connection.execute(self._insert_new(self._tables["undrawn"]), rows)
