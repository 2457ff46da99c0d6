"""Events drawn anew from all accounts in a store, with zones and people's decisions laid on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import geopandas as gpd

from geo.errors import StoreError
from geo.matching import match_accounts
from geo.model import Event
from geo.pipeline.decisions import CONTROL_FIELDS, constraints_of, reviewed
from geo.records import events_table, regions_table
from geo.stores import Decision, DecisionKind, Store
from geo.vocabulary import UNKNOWN
from geo.zones import join_control

_MOST_TRIES = 10


def rebuild_events(store: Store) -> int:
    """Draw the store's events anew and return how many there are.

    What others write meanwhile is not lost: events drawn from an older reading are not stored, but drawn again. Raises
    `StoreError` where others never pause.
    """
    for _ in range(_MOST_TRIES):
        revision = store.revision()
        decisions = store.decisions()
        apart, together = constraints_of(decisions)
        events = match_accounts(store.accounts(), apart=apart, together=together)
        series = [store.zones(name) for name in store.series()]
        table, regions = controlled_events(events, series, decisions)
        if store.put_events(table, regions, revision=revision):
            return len(table)
    raise StoreError(f"{store.address} changes faster than its events can be drawn. Try again when it is quieter")


def refresh_events(store: Store) -> int:
    """Draw the events anew where reports, zones or decisions came since they were drawn; return how many there are."""
    return store.event_count() if store.events_current() else rebuild_events(store)


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
