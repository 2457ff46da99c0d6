"""What changed since events were drawn, and what a drawing of them holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import geopandas as gpd


@dataclass(frozen=True, slots=True)
class Undrawn:
    """What changed since the events were drawn."""

    unsettled: int
    """How often what is drawn, or what it was drawn from, changed so far; reports that are only added do not count."""
    whole: bool = False
    """Whether all has to be drawn anew: zones changed, or the events were drawn by other rules."""
    accounts: int = 0
    """How many are new; `Store.undrawn_accounts` names them."""
    clusters: tuple[str, ...] = ()
    """Those that lost an account, or that somebody decided about."""
    events: tuple[str, ...] = ()
    """Those that accounts were drawn into that are no more."""
    told: int = 0
    """Accounts in the store, drawn or not."""

    def __bool__(self) -> bool:
        return self.whole or bool(self.accounts or self.clusters or self.events)


@dataclass(frozen=True)
class Drawing:
    """Events drawn anew, and what they were drawn from."""

    events: gpd.GeoDataFrame
    regions: gpd.GeoDataFrame
    homes: Mapping[str, tuple[str, str]]
    """The event and the cluster of each account."""
    blocks: Mapping[str, Collection[int]]
    """The blocks of accounts that had none."""
    version: int
    """Of the rules that drew them."""
    instead: tuple[str, ...] | None = None
    """Events that these take the place of; None for all."""
    arrived: tuple[str, ...] = ()
    """Accounts that were new and are drawn now; others that are new may be left for the next drawing."""
