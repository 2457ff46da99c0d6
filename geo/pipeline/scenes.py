"""What a map, an export or a page shows of a store."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import geopandas as gpd

from geo.errors import ConfigurationError, StoreError
from geo.settings import read_settings
from geo.stores import Box, Store
from geo.tables import ZONE_COLUMNS, Attribution, Scene, as_day, empty_table
from geo.zones import bridged_frontlines


def load_scene(
    store: Store,
    *,
    start: date | None = None,
    end: date | None = None,
    types: Sequence[str] = (),
    bbox: Box | None = None,
    text: str = "",
    series: str | None = None,
    data: Path | None = None,
    events: gpd.GeoDataFrame | None = None,
    before: Scene | None = None,
) -> Scene:
    """Return a store's events and one zone series as a scene.

    Without a `series` the one that fits the events is shown; without `start` or `end` the period is that of the zones,
    or of the events where none lies among the zones' days. `events` are taken where they were read already, and from
    a scene of `before` what it tells of ground that is still the same. Raises `StoreError` for a series that is not
    there.
    """
    names = store.series()
    if series and series not in names:
        raise StoreError(f"the store has no zone series {series!r}: expected one of {', '.join(names) or 'none'}")
    shown = series or fitting_series(store)
    if events is None:
        events = store.events(start=start, end=end, types=types, bbox=bbox, text=text)
    zones = store.zones(shown, start=start, end=end) if shown else empty_table(ZONE_COLUMNS)
    first, last = _period(events, zones)
    return Scene(
        events=events,
        zones=zones,
        regions=store.regions(),
        start=start or min(first, end or first),
        end=end or max(last, start or last),
        attributions=read_attributions(data or read_settings().data),
        bridges=before.bridges if before and _is_same(before.zones, zones) else bridged_frontlines(zones),
    )


def _is_same(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> bool:
    return bool(len(one) == len(other) and one.to_wkb().equals(other.to_wkb()))


def fitting_series(store: Store) -> str:
    """Return the zone series that most events lie on; empty where there are events and all lie elsewhere.

    A store carries the shipped series beside a user's own: a map of El Fasher must not open on Aleppo. Without any
    event the first name is returned.
    """
    lying = store.series_events()
    first = next(iter(lying), "")
    return first if first and (lying[first] or not store.event_count()) else ""


def read_attributions(data: Path) -> tuple[Attribution, ...]:
    """Return whose data the project carries, from data/sources.toml; raise `ConfigurationError` where it is wrong."""
    path = data / "sources.toml"
    try:
        sources = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
        return tuple(
            Attribution(source["name"], source["licence"], source.get("url", ""), source.get("what", ""))
            for source in sources
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise ConfigurationError(f"{path} cannot be read: {error}") from None


def _period(events: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> tuple[date, date]:
    dated = events[events["date_start"].notna()]
    told = (as_day(dated["date_start"].min()), as_day(dated["date_end"].max())) if len(dated) else (None, None)
    if zones.empty:
        return told[0] or date.today(), told[1] or date.today()
    first = as_day(zones["valid_from"].min())
    after, newest = as_day(zones["valid_to"].max()), as_day(zones["valid_from"].max())
    assert first is not None
    assert newest is not None
    # What is held until further notice is held on the last day that an event tells of.
    open_until = max(newest, told[1] or newest)
    last = open_until if after is None or zones["valid_to"].isna().any() else after - timedelta(days=1)
    among = dated[(dated["date_end"].dt.date >= first) & (dated["date_start"].dt.date <= last)]
    if len(dated) and among.empty and told[0] and told[1]:
        return told[0], told[1]
    return first, last
