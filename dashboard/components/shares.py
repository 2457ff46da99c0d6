"""What share of the events is vague, contested or unreviewed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd

from dashboard.components.figures import unsure_control
from dashboard.tally import vague_events
from geo.vocabulary import Factuality, Review


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the events."""

    key: str
    count: int
    total: int

    @property
    def fraction(self) -> float:
        """Part of the whole, 0 where there is no whole."""
        return self.count / self.total if self.total else 0.0


def doubt_shares(events: gpd.GeoDataFrame) -> Iterator[Share]:
    """Yield the shares of events that are in some way not settled."""
    total = len(events)
    masks = {
        "unplaced": events["lon"].isna(),
        "undated": events["date_start"].isna(),
        "vague": vague_events(events),
        "unsure_control": unsure_control(events),
        "claimed": events["factuality"] == Factuality.CLAIMED,
        "unreviewed": events["review"] == Review.UNREVIEWED,
    }
    for key, mask in masks.items():
        yield Share(key, int(mask.sum()), total)
