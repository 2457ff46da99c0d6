"""Events drawn anew from the accounts in a store, with zones and people's decisions laid on them.

`refresh_events` draws what changed and nothing else; `rebuild_events` draws all. Both give the same events.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain
from typing import Any

import geopandas as gpd

from geo.errors import StoreError
from geo.matching import Cluster, match_clusters, matching_version, names_of_blocks
from geo.model import Account, Event, Resolved
from geo.pipeline.affected import affected_accounts
from geo.pipeline.decisions import CONTROL_FIELDS, constraints_in, reviewed
from geo.pipeline.grounds import UNCOVERED
from geo.pipeline.processes import batched
from geo.records import events_table, grounds_table, regions_table
from geo.stores import Decision, DecisionKind, Drawing, Store, Undrawn
from geo.vocabulary import UNKNOWN
from geo.zones import join_control
from geo.zones.answers import is_uncovered

Progress = Callable[[int], None]
"""Called with the number of accounts that are drawn so far."""

_MOST_TRIES = 10
_TOGETHER = 4_000
"""New accounts that are drawn in one go, those of like days together: what is in memory at any moment."""
_FEWEST_TOGETHER = 50
"""As many as are drawn between two changes that others make, however busy they are."""
_LONGEST_PAUSE_S = 60.0
"""Between two looks at what others draw."""


def rebuild_events(store: Store, *, progress: Progress = lambda done: None) -> int:
    """Draw the store's events anew and return how many there are; otherwise as `refresh_events`."""
    for tried in range(_MOST_TRIES):
        if _begun_anew(store, store.undrawn(version=matching_version()), tried):
            return refresh_events(store, progress=progress)
    raise _restless(store)


def refresh_events(store: Store, *, progress: Progress = lambda done: None) -> int:
    """Draw anew what reports, zones or decisions changed since the events were drawn; return how many events there are.

    New accounts are matched with those that they share a block with, and the clusters that they touch are drawn anew,
    some thousands of accounts at a time. A drawing that is cut short goes on where it ended.

    Others may store, draw and decide meanwhile. Reports that they add are theirs to draw. What they draw or decide
    makes a piece be drawn again, and pieces smaller, until they fit between; each time that happens, others have got
    on, so that it ends. Raises `StoreError` only where a program of another version draws all anew again and again.
    """
    done, together, anew = 0, _TOGETHER, 0
    while True:
        undrawn = store.undrawn(version=matching_version())
        if not undrawn and store.events_current():
            return store.event_count()
        if undrawn.whole:
            if anew == _MOST_TRIES:
                raise _restless(store)
            _begun_anew(store, undrawn, anew)
            anew += 1
            continue
        started = time.monotonic()
        drawn, whole = _redraw(store, undrawn, together=together, progress=partial(_further, progress, done))
        if whole:
            return store.event_count()
        done += drawn
        took_s = time.monotonic() - started
        if drawn or _was_left_to_others(store, undrawn.accounts, pause_s=2.0 * took_s):
            together = _TOGETHER
        else:
            together = max(together // 4, _FEWEST_TOGETHER)


def _was_left_to_others(store: Store, accounts: int, *, pause_s: float) -> bool:
    """Wait for as long as somebody else draws, and tell whether somebody did.

    Two that draw the same pieces do all of the work twice. Where fewer accounts are new than the `accounts` of before,
    somebody drew them, and is left to go on, a look every `pause_s` seconds; whoever was killed meanwhile gets on no
    more, and is waited for no more.
    """
    were = accounts
    while 0 < (left := store.undrawn(version=matching_version()).accounts) < were:
        were = left
        time.sleep(min(pause_s, _LONGEST_PAUSE_S))
    return were < accounts


def _further(progress: Progress, done: int, more: int) -> None:
    progress(done + more)


def _begun_anew(store: Store, undrawn: Undrawn, tried: int) -> bool:
    """Draw all anew; or where that is much, or others are busy, count all as new."""
    if undrawn.told > _TOGETHER or tried > 1:
        return store.draw_anew(version=matching_version(), unsettled=undrawn.unsettled)
    accounts = store.accounts()
    drawing = _drawing(_Ground(store), accounts, accounts, instead=None)
    return store.put_drawing(drawing, unsettled=undrawn.unsettled)


def _redraw(
    store: Store, undrawn: Undrawn, *, together: int = 0, progress: Progress = lambda done: None
) -> tuple[int, bool]:
    """Draw what changed, piece by piece; return how many new accounts were drawn, and whether that was all of it."""
    ground, done = _Ground(store), 0
    with _spooled(store.undrawn_accounts()) as names:
        for piece in chain(batched(names, together or _TOGETHER), () if undrawn.accounts else ([],)):
            if not _redraw_some(store, piece, undrawn, ground):
                return done, False
            done += len(piece)
            progress(done)
            # The drawing itself is such a change.
            undrawn = replace(undrawn, clusters=(), events=(), unsettled=undrawn.unsettled + 1)
    # Where none of those that were new is left, somebody else has drawn them.
    return done, done >= undrawn.accounts


def _redraw_some(store: Store, arrived: Sequence[str], undrawn: Undrawn, ground: _Ground) -> bool:
    affected = affected_accounts(store, arrived, undrawn, ground.decisions)
    homes = store.homes(account.account_id for account in affected)
    fresh = [account for account in affected if account.account_id not in homes]
    instead = {event_id for event_id, _ in homes.values()} | set(undrawn.events)
    drawing = _drawing(ground, affected, fresh, instead=tuple(sorted(instead)))
    return store.put_drawing(replace(drawing, arrived=tuple(arrived)), unsettled=undrawn.unsettled)


@contextmanager
def _spooled(names: Iterable[str]) -> Iterator[Iterator[str]]:
    """Keep names on disk while the store that they come from is written to: of a whole archive there are many."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        file.writelines(f"{name}\n" for name in names)
        file.seek(0)
        yield (line.removesuffix("\n") for line in file)


class _Ground:
    """What a store's events are drawn on, read once: a change of it unsettles the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.decisions = store.decisions()

    @cached_property
    def series(self) -> tuple[gpd.GeoDataFrame, ...]:
        return tuple(self._store.zones(name) for name in self._store.series())


def _drawing(
    ground: _Ground, accounts: Sequence[Account], fresh: Sequence[Account], *, instead: tuple[str, ...] | None
) -> Drawing:
    clusters = match_clusters(accounts, constraints_in(ground.decisions))
    events = [event for cluster in clusters for event in cluster.events]
    table, regions = controlled_events(events, ground.series if events else (), ground.decisions)
    return Drawing(
        table,
        regions,
        homes=_homes(clusters),
        blocks={account.account_id: names_of_blocks(account) for account in fresh},
        version=matching_version(),
        instead=instead,
    )


def _homes(clusters: Iterable[Cluster]) -> dict[str, tuple[str, str]]:
    return {
        account.account_id: (event.event_id, cluster.name)
        for cluster in clusters
        for event in cluster.events
        for account in event.accounts
    }


def _restless(store: Store) -> StoreError:
    return StoreError(
        f"another program draws all events of {store.address} anew, again and again. Stop or update it, and try again"
    )


def controlled_events(
    events: Sequence[Event], series: Iterable[gpd.GeoDataFrame], decisions: Sequence[Decision] = ()
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return events and regions as tables, with the control of the first series that knows the ground and day."""
    regions = regions_table(events)
    drawn = reviewed(events_table(events), events, decisions)
    table = join_series(drawn, series, regions)
    judged = [decision for decision in decisions if decision.kind is DecisionKind.REVIEW]
    if any(set(CONTROL_FIELDS) & set(decision.fields) for decision in judged):
        table = reviewed(table, events, decisions)
    return table, regions


def grounds_of(events: Sequence[Event], series: Iterable[gpd.GeoDataFrame]) -> list[dict[str, Any]]:
    """Return the control of each event as `controlled_events` has it, by `CONTROL_FIELDS`, without their table."""
    placed = any(isinstance(event.resolution, Resolved) and event.resolution.region is not None for event in events)
    table = join_series(grounds_table(events), series, regions_table(events) if placed else None)
    columns = {name: table[name].tolist() for name in CONTROL_FIELDS}
    columns["frontline_km"] = [None if math.isnan(km) else km for km in columns["frontline_km"]]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def join_series(
    table: gpd.GeoDataFrame, series: Iterable[gpd.GeoDataFrame], regions: gpd.GeoDataFrame | None
) -> gpd.GeoDataFrame:
    """Return the events with the control of the first series that covers each."""
    joined: gpd.GeoDataFrame | None = None
    several = False
    for zones in series:
        answer = join_control(table, zones, regions=regions)
        if joined is None:
            joined = answer
            continue
        several = True
        open_ = (joined["control"] == UNKNOWN) & (answer["control"] != UNKNOWN)
        joined.loc[open_, list(CONTROL_FIELDS)] = answer.loc[open_, list(CONTROL_FIELDS)]
    if joined is not None and several:
        joined.loc[is_uncovered(joined["control_reason"]), "control_reason"] = UNCOVERED
    return table if joined is None else joined
