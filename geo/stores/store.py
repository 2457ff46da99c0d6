"""What every store can do; `open_store` gives one by its address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import geopandas as gpd
import pandas as pd

from geo.errors import Rejection
from geo.model import Account, Document
from geo.stores.changes import EventChanges, EventState
from geo.stores.decisions import Decision, Run
from geo.stores.drawing import Drawing, Undrawn

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""
Told = tuple[Document, tuple[Account, ...], tuple[str, ...]]
"""A document, what it tells, and what extraction had to warn of."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding documents."""

    stored: int = 0
    revised: int = 0
    """Same id, but another day, source or title, or another text where that was asked for: told anew."""
    skipped: int = 0
    """Known already, by content."""
    rejections: tuple[Rejection, ...] = ()
    """The id stands for another text."""
    changed: int = 0
    """The id stands for another text that came from the same place: left out here, to be stored as an edition."""

    def __add__(self, other: Added) -> Added:
        return Added(
            self.stored + other.stored,
            self.revised + other.revised,
            self.skipped + other.skipped,
            self.rejections + other.rejections,
            self.changed + other.changed,
        )


class Store(Protocol):
    """Documents, accounts, events, zones and decisions in one place; each write is one transaction."""

    address: str

    def add_documents(self, told: Iterable[Told], *, anew: bool = False) -> Added:
        """Store documents with their accounts, one transaction each; what is known by content is left as it is.

        Another text under an id that is known is rejected, or only counted where it came from the same place; `anew`,
        it takes the place of what was there.
        """

    def known(self, digests: Iterable[str]) -> set[str]:
        """Return which of the content digests are stored."""

    def documents(self) -> pd.DataFrame:
        """Return a row a document: document_id, title, published, source, url, language, origin, warnings, accounts."""

    def document(self, document_id: str) -> Document | None:
        """Return one document with its text."""

    def accounts(self, *, documents: Iterable[str] | None = None) -> tuple[Account, ...]:
        """Return all accounts, or those of the named documents, by document and identifier."""

    def revision(self) -> int:
        """Return a number that rises with every change of what events are drawn from."""

    def put_events(self, events: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> None:
        """Replace all events by ones that are drawn already, as benchmarks do; the next ingest draws all anew."""

    def undrawn(self, *, version: int) -> Undrawn:
        """Return what changed since the events were drawn; all of it, where rules of another version drew them."""

    def undrawn_accounts(self) -> Iterator[str]:
        """Yield the names of accounts that are new, by first day: those that may meet lie near each other."""

    def draw_anew(self, *, version: int, unsettled: int) -> bool:
        """Count every account as new, for rules of a version; False, and nothing done, where `unsettled` is gone by.

        Its events stay until the last account is drawn again, so that whoever looks meanwhile sees most of them.
        """

    def put_drawing(self, drawing: Drawing, *, unsettled: int) -> bool:
        """Put events in the place of others; False, and nothing done, where `unsettled` is gone by.

        That is so where others drew events, told reports anew or decided something meanwhile. Reports that were only
        added do not matter: they stay new. The events are current, as `events_current` tells, once no account is new.
        """

    def accounts_of(
        self, *, names: Iterable[str] = (), clusters: Iterable[str] = (), events: Iterable[str] = ()
    ) -> tuple[Account, ...]:
        """Return the accounts that are named, and those of the named clusters and events, by identifier."""

    def homes(self, names: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Return the event and the cluster of each named account that is drawn."""

    def in_blocks(self, blocks: Iterable[int]) -> set[str]:
        """Return the identifiers of the drawn accounts in any of the blocks of matching."""

    def events_current(self) -> bool:
        """Tell whether the events were drawn from all that is stored now."""

    def events(
        self,
        *,
        start: date | None = None,
        end: date | None = None,
        types: Sequence[str] = (),
        bbox: Box | None = None,
        text: str = "",
    ) -> gpd.GeoDataFrame:
        """Return the events by EVENT_COLUMNS, by first day and id.

        `start` and `end` (both included) keep those whose days overlap the period, and so only dated ones; `types` are
        event types or sub-types; `bbox` keeps the placed ones in it; `text` keeps those with words that begin with
        each of its words.
        """

    def event_changes(self, before: EventState | None = None, *, known: gpd.GeoDataFrame | None = None) -> EventChanges:
        """Return what changed since `before` was read; everything, without it or where most is other.

        `known` are the events of `before`, by which those that are new are put in order.
        """

    def event_pages(self, *, rows: int = ...) -> Iterator[gpd.GeoDataFrame]:
        """Yield all events by EVENT_COLUMNS, by first day and id, undated ones last, at most `rows` at a time."""

    def event_count(self) -> int:
        """Return how many events there are, without reading them."""

    def regions(self) -> gpd.GeoDataFrame:
        """Return the polygons that events are placed by."""

    def put_zones(self, zones: gpd.GeoDataFrame) -> None:
        """Replace the series that the table names."""

    def zones(self, series: str, *, start: date | None = None, end: date | None = None) -> gpd.GeoDataFrame:
        """Return the zones of a series that are valid on a day of the period (both ends included)."""

    def series(self) -> tuple[str, ...]:
        """Return the names of the zone series."""

    def series_events(self) -> Mapping[str, int]:
        """Return for each zone series how many events lie on its ground, most first, then by name."""

    def decide(self, decision: Decision, *, after: int | None = None) -> bool:
        """Keep a person's decision; False, and nothing done, where not exactly `after` decisions are kept so far.

        Who judges by what others decided names how many decisions that was: none can come between unseen.
        """

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions, oldest first."""

    def put_run(self, run: Run) -> None:
        """Write a run down, or write it anew under the same id."""

    def runs(self) -> tuple[Run, ...]:
        """Return all runs, oldest first."""

    def check(self) -> tuple[str, ...]:
        """Return every fault of the store, one sentence each."""

    def backup(self, path: Path) -> Path:
        """Write a whole copy while others read and write."""

    def compact(self) -> None:
        """Give back unused room."""

    def close(self) -> None:
        """Let go of the file or the connections."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
