"""People's decisions laid on events: they follow an event's accounts, whatever its identifier becomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import geopandas as gpd
from shapely.geometry import Point

from geo.crs import LONLAT
from geo.matching import Constraints, pairs_of
from geo.model import Event
from geo.stores import Decision, DecisionKind
from geo.tables import EVENT_COLUMNS, JOIN, check_events
from geo.vocabulary import SUB_EVENT_TYPES

CONTROL_FIELDS = ("control", "zone_id", "frontline_km", "control_reason")
"""Corrected only after the zones have been joined."""
_COLUMNS = {column.name: column for column in EVENT_COLUMNS}
_FIXED = ("event_id", "event_type", "accounts", "review")


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that nobody took back, without the taking back itself."""
    told = tuple(decisions)
    undone = {decision.undoes for decision in told if decision.kind is DecisionKind.UNDONE}
    return tuple(
        decision for decision in told if decision.kind is not DecisionKind.UNDONE and decision.decision_id not in undone
    )


def constraints_in(decisions: Iterable[Decision]) -> Constraints:
    """Return the pairs of accounts that people parted and bound; the latest word about a pair wins."""
    latest: dict[tuple[str, str], DecisionKind] = {}
    for decision in standing(decisions):
        if decision.kind is not DecisionKind.REVIEW:
            latest |= dict.fromkeys(_pairs(decision), decision.kind)
    return Constraints(
        apart=frozenset(pair for pair, kind in latest.items() if kind is DecisionKind.APART),
        together=frozenset(pair for pair, kind in latest.items() if kind is DecisionKind.TOGETHER),
    )


def constraints_of(decisions: Iterable[Decision]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the pairs of accounts that people parted, and those that they bound, as `match_accounts` takes them."""
    found = constraints_in(decisions)
    return sorted(found.apart), sorted(found.together)


def _pairs(decision: Decision) -> Iterator[tuple[str, str]]:
    if not decision.other_ids:
        return pairs_of(decision.account_ids)
    return ((min(one, other), max(one, other)) for one in decision.account_ids for other in decision.other_ids)


def reviewed(table: gpd.GeoDataFrame, events: Sequence[Event], decisions: Iterable[Decision]) -> gpd.GeoDataFrame:
    """Return the events as people corrected and judged them; a later decision about the same event wins."""
    reviews = [decision for decision in standing(decisions) if decision.kind is DecisionKind.REVIEW]
    if not reviews or table.empty:
        return table
    owner = {account.account_id: event.event_id for event in events for account in event.accounts}
    fields: dict[str, dict[str, Any]] = {}
    for decision in reviews:
        event_id = _event_of(decision, owner)
        if event_id:
            change = fields.setdefault(event_id, {})
            change.update(_corrections(decision.fields), review=str(decision.review))
    return _changed(table, fields)


def _event_of(decision: Decision, owner: Mapping[str, str]) -> str:
    """Return the event that holds most of the decision's accounts; without accounts, the event by its identifier."""
    if not decision.account_ids:
        return decision.event_id
    found = Counter(owner[name] for name in decision.account_ids if name in owner)
    if not found:
        return ""
    most = max(found.values())
    best = sorted(name for name, count in found.items() if count == most)
    return decision.event_id if decision.event_id in best else best[0]


def _corrections(fields: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in fields.items() if name in _COLUMNS and name not in _FIXED}
    if "sub_event_type" in kept:
        kept["event_type"] = str(SUB_EVENT_TYPES[kept["sub_event_type"]])
    return {name: JOIN.join(value) if isinstance(value, (list, tuple)) else value for name, value in kept.items()}


def _changed(table: gpd.GeoDataFrame, fields: Mapping[str, Mapping[str, Any]]) -> gpd.GeoDataFrame:
    rows = table.drop(columns="geometry").astype("object").to_dict("records")
    shapes = list(table.geometry)
    for number, row in enumerate(rows):
        change = fields.get(row["event_id"], {})
        row.update(change)
        if "lon" in change or "lat" in change:
            shapes[number] = None if row["lon"] is None else Point(row["lon"], row["lat"])
    return check_events(gpd.GeoDataFrame(rows, geometry=shapes, crs=LONLAT))
