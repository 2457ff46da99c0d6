"""What share of the events is vague, contested or unreviewed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

import geopandas as gpd

from dashboard.i18n import Words
from dashboard.tally import vague_events
from geo.vocabulary import CONTESTED, UNCERTAIN, UNKNOWN, Factuality, Review


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
        "contested": events["control"].isin([CONTESTED, UNCERTAIN]),
        "no_holder": events["control"] == UNKNOWN,
        "claimed": events["factuality"] == Factuality.CLAIMED,
        "unreviewed": events["review"] == Review.UNREVIEWED,
    }
    for key, mask in masks.items():
        yield Share(key, int(mask.sum()), total)


def shares_html(shares: Iterable[Share], words: Words) -> str:
    """Return the shares as a list of bars, each with its words and its count."""
    items = "".join(
        f"<li><div><strong>{share.fraction:.0%}</strong> "
        f"{escape(words(f'quality.share_{share.key}'))} ({share.count:,})</div>"
        f'<div class="ca-bar" aria-hidden="true"><span style="width:{share.fraction:.2%}"></span></div></li>'
        for share in shares
    )
    return f'<ul class="ca-shares">{items}</ul>'
