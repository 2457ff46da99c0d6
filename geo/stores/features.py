"""Events, zones and regions, in the part that both databases share."""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, func, insert, or_, select

from geo.stores.changes import (
    DRAWINGS,
    DRAWN_BY_CHANCE,
    KEY,
    LAST_KEY,
    ROWS_OF_KEY,
    EventChanges,
    EventState,
    Witness,
    gaps_for,
    order_of,
)
from geo.stores.rows import feature_rows
from geo.stores.schema import GEOMETRY
from geo.stores.store import Box
from geo.stores.transactions import Transactions
from geo.stores.words import folded_words
from geo.tables import EVENT_COLUMNS, REGION_COLUMNS, ZONE_COLUMNS, Column, check_events, check_regions, check_zones

PAGE = 20_000
"""Events that are held at once where all are gone through."""
_WITNESSES = {"decisions": "decision_id", "documents": "content_digest"}
_MANY = 5_000
"""New events from which all are read at once: that is quicker than asking for each by its key."""


class FeatureTables(Transactions, ABC):
    """Reads and writes what has a geometry."""

    @abstractmethod
    def _replace_features(self, connection: Connection, table: Table, chunks: Iterable[list[dict[str, Any]]]) -> None:
        """Put rows in the place of all rows of a feature table."""

    @abstractmethod
    def _replace_search(self, connection: Connection, events: gpd.GeoDataFrame) -> None:
        """Make the full-text index anew, in the order of the rows of `events`."""

    @abstractmethod
    def _frame(self, connection: Connection, query: Select[Any], columns: Sequence[Column]) -> gpd.GeoDataFrame:
        """Return the rows of a query of (geometry, declared columns…) as a table, in its order, not yet checked."""

    @abstractmethod
    def _among(self, query: Select[Any], start: date, end: date) -> Select[Any]:
        """Narrow a query of events to those whose days overlap a period, both ends included."""

    @abstractmethod
    def _within(self, query: Select[Any], table: Table, bbox: Box) -> Select[Any]:
        """Narrow a query to rows whose geometry meets a box."""

    @abstractmethod
    def _with_words(self, query: Select[Any], words: Sequence[str]) -> Select[Any]:
        """Narrow a query of events to those with words that begin with each of `words`."""

    @abstractmethod
    def _note_all(self, connection: Connection) -> None:
        """Remember that all events have to be drawn anew."""

    def revision(self) -> int:
        """Return a number that rises with every change of what events are drawn from."""
        with self._reading() as connection:
            return self._state(connection, "revision")

    def events_current(self) -> bool:
        """Tell whether the events were drawn from all that is stored now."""
        with self._reading() as connection:
            return self._state(connection, "revision") == self._state(connection, "events_revision")

    def put_events(self, events: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> None:
        """Replace all events by ones that are drawn already, as benchmarks do; the next ingest draws all anew."""
        events, regions = check_events(events), check_regions(regions)
        with self._writing() as connection:
            present = self._state(connection, "revision", locked=True)
            self._replace_all(connection, events)
            self._put_regions(connection, regions)
            # What they were drawn from is not told, so nothing can be drawn anew but all.
            self._set_state(connection, events_revision=present, drawn_version=0)
            self._count_unsettling(connection)

    def _watch_edits(self, connection: Connection) -> None:
        """See to it that another program's writing over events is counted, where keys do not tell."""

    def _begin_keys(self, connection: Connection) -> None:
        """From now on keys mean other events than before, or are known to mean the same."""
        self._watch_edits(connection)
        self._put_counter(connection, DRAWINGS, 1 + secrets.randbelow(DRAWN_BY_CHANCE))

    def _replace_all(self, connection: Connection, events: gpd.GeoDataFrame) -> None:
        self._begin_keys(connection)
        self._put_counter(connection, LAST_KEY, len(events))
        self._replace_features(connection, self._tables["events"], feature_rows(events, EVENT_COLUMNS))
        self._replace_search(connection, events)

    def _put_regions(self, connection: Connection, regions: gpd.GeoDataFrame) -> None:
        self._put_shapes(connection, zip(regions["region_id"], regions["name"], regions.geometry, strict=True))

    def events(
        self,
        *,
        start: date | None = None,
        end: date | None = None,
        types: Sequence[str] = (),
        bbox: Box | None = None,
        text: str = "",
    ) -> gpd.GeoDataFrame:
        """Return the events by EVENT_COLUMNS, by first day and id; the filters are told in `Store`."""
        table = self._tables["events"]
        words = folded_words(text)
        if start is None and end is None and not types and bbox is None and not words:
            with self._reading() as connection:
                found = self._whole(connection, table, EVENT_COLUMNS)
            return check_events(found.iloc[order_of(found)])
        query = self._features(table, EVENT_COLUMNS)
        if start is not None and end is not None:
            query = self._among(query, start, end)
        elif start is not None:
            query = query.where(table.c.date_end >= start)
        elif end is not None:
            query = query.where(table.c.date_start <= end)
        if types:
            query = query.where(or_(table.c.event_type.in_(types), table.c.sub_event_type.in_(types)))
        if bbox is not None:
            query = self._within(query, table, bbox)
        if words:
            query = self._with_words(query, words)
        with self._reading() as connection:
            found = self._frame(connection, query, EVENT_COLUMNS)
        # Ordered here: a database would carry whole rows through its sort, and each has an order of letters of its own.
        return check_events(found.iloc[order_of(found)])

    def event_changes(self, before: EventState | None = None, *, known: gpd.GeoDataFrame | None = None) -> EventChanges:
        """Return what changed since `before` was read; everything, without it or where most is other.

        `known` are the events of `before`, by which those that are new are put in order.
        """
        table, columns = self._tables["events"], (*EVENT_COLUMNS, KEY)
        with self._reading() as connection:
            state = self._event_state(connection, table)
            fresh = (
                np.empty(0, np.int64) if before is None else np.setdiff1d(state.keys, before.keys, assume_unique=True)
            )
            grown = before is not None and before.drawing and self._grew(connection, before, state)
            if before is None or known is None or not grown or len(fresh) > _MANY:
                return _all_new(state, self._whole(connection, table, columns))
            named = self._features(table, columns).where(table.c.fid.in_((fresh % ROWS_OF_KEY).tolist()))
            return _merged(state, before, known, self._frame(connection, named, columns))

    def _event_state(self, connection: Connection, table: Table) -> EventState:
        # The driver's own cursor: a row of SQLAlchemy for each of 100,000 keys is a tenth of a second.
        cursor: Any = connection.execute(select(self._key(table))).cursor
        ordered = np.sort(np.fromiter((row[0] for row in cursor), dtype=np.int64))
        decision, document = (self._witness(connection, name) for name in _WITNESSES)
        return EventState(self._counter(connection, DRAWINGS), ordered, decision, document)

    def _witness(self, connection: Connection, name: str) -> Witness:
        table = self._tables[name]
        query = select(table.c.fid, table.c[_WITNESSES[name]]).order_by(table.c.fid.desc()).limit(1)
        found = connection.execute(query).first()
        return Witness() if found is None else Witness(*found)

    def _grew(self, connection: Connection, before: EventState, state: EventState) -> bool:
        """Tell whether a state grew out of one before: a backup that was put back may have grown into another."""
        told = []
        for name, witness in zip(_WITNESSES, (before.decision, before.document), strict=True):
            table = self._tables[name]
            query = select(table.c[_WITNESSES[name]]).where(table.c.fid == witness.row)
            told.append((connection.execute(query).scalar() or "") == witness.name)
        return before.drawing == state.drawing and all(told)

    def _key(self, table: Table) -> ColumnElement[int]:
        """Return what stands for a row at one state of it."""
        return table.c.fid

    def _whole(self, connection: Connection, table: Table, columns: Sequence[Column]) -> gpd.GeoDataFrame:
        """Return all rows of a feature table, not yet checked and in no order."""
        return self._frame(connection, self._features(table, columns), columns)

    def event_count(self) -> int:
        """Return how many events there are, without reading them."""
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).select_from(self._tables["events"])).scalar_one())

    def _features(self, table: Table, columns: Sequence[Column]) -> Select[Any]:
        named = [self._key(table).label(KEY.name) if column is KEY else table.c[column.name] for column in columns]
        return select(table.c[GEOMETRY], *named)

    def event_pages(self, *, rows: int = PAGE) -> Iterator[gpd.GeoDataFrame]:
        """Yield all events by EVENT_COLUMNS, by first day and id, undated ones last, at most `rows` at a time."""
        table = self._tables["events"]
        day, name = table.c.date_start, table.c.event_id
        query = self._features(table, EVENT_COLUMNS).limit(rows)
        with self._reading() as connection:
            for narrowed, order in (
                (query.where(day.is_not(None)), (day, name)),
                (query.where(day.is_(None)), (name,)),
            ):
                page = narrowed.order_by(*order)
                while len(found := self._frame(connection, page, EVENT_COLUMNS)):
                    last = found.iloc[-1]
                    yield check_events(found)
                    beyond = name > last["event_id"]
                    if len(order) > 1:
                        first = last["date_start"].date()
                        beyond = and_(day >= first, or_(day > first, beyond))
                    page = narrowed.where(beyond).order_by(*order)

    def regions(self) -> gpd.GeoDataFrame:
        """Return the polygons that events are placed by."""
        table, events = self._tables["regions"], self._tables["events"]
        used = select(events.c.gazetteer_id)
        query = self._features(table, REGION_COLUMNS).where(table.c.region_id.in_(used))
        with self._reading() as connection:
            return check_regions(self._frame(connection, query, REGION_COLUMNS).sort_values("region_id"))

    def put_zones(self, zones: gpd.GeoDataFrame) -> None:
        """Replace the series that the table names."""
        zones = check_zones(zones)
        table = self._tables["zones"]
        with self._writing() as connection:
            # Two that replace one series at once would each delete what was there before, and then both insert.
            self._state(connection, "revision", locked=True)
            connection.execute(delete(table).where(table.c.series.in_(sorted(set(zones["series"])))))
            for rows in feature_rows(zones, ZONE_COLUMNS):
                connection.execute(insert(table), rows)
            self._note_all(connection)
            self._count_change(connection)
            self._count_unsettling(connection)

    def zones(self, series: str, *, start: date | None = None, end: date | None = None) -> gpd.GeoDataFrame:
        """Return the zones of a series that are valid on a day of the period (both ends included)."""
        table = self._tables["zones"]
        rules = [table.c.series == series]
        if start is not None:
            rules.append(or_(table.c.valid_to.is_(None), table.c.valid_to > start))
        if end is not None:
            rules.append(table.c.valid_from <= end)
        query = self._features(table, ZONE_COLUMNS).where(and_(*rules))
        with self._reading() as connection:
            found = self._frame(connection, query, ZONE_COLUMNS)
        return check_zones(found.sort_values(["valid_from", "zone_id"]))

    def series(self) -> tuple[str, ...]:
        """Return the names of the zone series."""
        column = self._tables["zones"].c.series
        with self._reading() as connection:
            return tuple(connection.execute(select(column).distinct().order_by(column)).scalars())

    def series_events(self) -> dict[str, int]:
        """Return for each zone series how many events lie on its ground, most first, then by name."""
        zones, events = self._tables["zones"], self._tables["events"]
        lying = select(events.c.zone_id, func.count().label("many")).group_by(events.c.zone_id).subquery()
        joined = zones.outerjoin(lying, lying.c.zone_id == zones.c.zone_id)
        query = select(zones.c.series, func.coalesce(func.sum(lying.c.many), 0)).select_from(joined)
        with self._reading() as connection:
            found = [(str(name), int(many)) for name, many in connection.execute(query.group_by(zones.c.series))]
        return dict(sorted(found, key=lambda item: (-item[1], item[0])))


def _all_new(state: EventState, found: gpd.GeoDataFrame) -> EventChanges:
    ordered = found.iloc[order_of(found)]
    keys = ordered[KEY.name].to_numpy(dtype=np.int64)
    events = check_events(ordered.drop(columns=KEY.name))
    return EventChanges(replace(state, keys=keys), None, np.arange(len(events)), events)


def _merged(state: EventState, before: EventState, known: gpd.GeoDataFrame, found: gpd.GeoDataFrame) -> EventChanges:
    """Put what was found among what stands still of the events that are known."""
    kept = np.flatnonzero(np.isin(before.keys, state.keys, assume_unique=True))
    ordered = found.iloc[order_of(found)]
    gaps = gaps_for(known[["date_start", "event_id"]].iloc[kept], ordered)
    keys = np.insert(before.keys[kept], gaps, ordered[KEY.name].to_numpy(dtype=np.int64))
    places = gaps + np.arange(len(gaps))
    return EventChanges(replace(state, keys=keys), kept, places, check_events(ordered.drop(columns=KEY.name)))
