"""Events drawn anew from the accounts in a store, with zones and people's decisions laid on them.

`refresh_events` draws what changed and nothing else; `rebuild_events` draws all. Both give the same events.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import geopandas as gpd

from geo.errors import StoreError
from geo.matching import Cluster, match_clusters, matching_version, names_of_blocks
from geo.model import Account, Event
from geo.pipeline.affected import affected_accounts
from geo.pipeline.decisions import CONTROL_FIELDS, constraints_in, reviewed
from geo.records import events_table, regions_table
from geo.stores import Decision, DecisionKind, Drawing, Store, Undrawn
from geo.vocabulary import UNKNOWN
from geo.zones import join_control

_MOST_TRIES = 10
_WHOLE_SHARE = 0.25
"""New accounts for each one that is drawn already, above which drawing all is quicker."""


def rebuild_events(store: Store) -> int:
    """Draw the store's events anew and return how many there are.

    What others write meanwhile is not lost: events drawn from an older reading are not stored, but drawn again. Raises
    `StoreError` where others never pause.
    """
    for _ in range(_MOST_TRIES):
        if _rebuild(store, store.undrawn(version=matching_version()).revision):
            return store.event_count()
    raise _restless(store)


def refresh_events(store: Store) -> int:
    """Draw anew what reports, zones or decisions changed since the events were drawn; return how many events there are.

    New accounts are matched with those that they share a block with, and the clusters that they touch are drawn anew.
    Raises `StoreError` as `rebuild_events` does.
    """
    for _ in range(_MOST_TRIES):
        undrawn = store.undrawn(version=matching_version())
        if not undrawn and store.events_current():
            return store.event_count()
        whole = undrawn.whole or len(undrawn.accounts) > _WHOLE_SHARE * undrawn.drawn
        if (_rebuild if whole else _redraw)(store, undrawn.revision, *(() if whole else (undrawn,))):
            return store.event_count()
    raise _restless(store)


def _rebuild(store: Store, revision: int) -> bool:
    accounts = store.accounts()
    drawing = _drawing(store, accounts, accounts, store.decisions(), instead=None)
    return store.put_drawing(drawing, revision=revision)


def _redraw(store: Store, revision: int, undrawn: Undrawn) -> bool:
    decisions = store.decisions()
    affected = affected_accounts(store, undrawn, decisions)
    homes = store.homes(account.account_id for account in affected)
    fresh = [account for account in affected if account.account_id not in homes]
    instead = {event_id for event_id, _ in homes.values()} | set(undrawn.events)
    drawing = _drawing(store, affected, fresh, decisions, instead=tuple(sorted(instead)))
    return store.put_drawing(drawing, revision=revision)


def _drawing(
    store: Store,
    accounts: Sequence[Account],
    fresh: Sequence[Account],
    decisions: Sequence[Decision],
    *,
    instead: tuple[str, ...] | None,
) -> Drawing:
    clusters = match_clusters(accounts, constraints_in(decisions))
    events = [event for cluster in clusters for event in cluster.events]
    series = [store.zones(name) for name in store.series()] if events else []
    table, regions = controlled_events(events, series, decisions)
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
    return StoreError(f"{store.address} changes faster than its events can be drawn. Try again when it is quieter")


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


def join_series(
    table: gpd.GeoDataFrame, series: Iterable[gpd.GeoDataFrame], regions: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Return the events with the control of the first series that covers each."""
    joined: gpd.GeoDataFrame | None = None
    for zones in series:
        answer = join_control(table, zones, regions=regions)
        if joined is None:
            joined = answer
            continue
        open_ = (joined["control"] == UNKNOWN) & (answer["control"] != UNKNOWN)
        joined.loc[open_, list(CONTROL_FIELDS)] = answer.loc[open_, list(CONTROL_FIELDS)]
    return table if joined is None else joined
