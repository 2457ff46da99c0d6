"""Reports into a store: what is known is left alone, what is cut short goes on where it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from geo.documents import UNDATED, Fetcher, portions_of, read_documents
from geo.errors import Rejection
from geo.evidence import digest
from geo.model import Document
from geo.pipeline.cluster import CodedPortion, cluster_client, code_portions
from geo.pipeline.coding import CodedDocument, code_batch
from geo.pipeline.engines import BATCH_SIZE, Engine, code_documents
from geo.pipeline.plan import Plan
from geo.pipeline.processes import batched, cores
from geo.pipeline.provenance import begun
from geo.pipeline.rebuilding import refresh_events
from geo.stores import Added, Store, moment
from geo.zones import build_series

Progress = Callable[[str, int], None]
"""Called with a step in words and how many of its documents, or of the accounts to draw, are done."""

MOST_NAMED = 1_000
"""Rejections that are kept with their reasons; the others are counted."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What came of an ingest."""

    read: int = 0
    """Documents that could be read."""
    stored: int = 0
    revised: int = 0
    skipped: int = 0
    """Known already, by content."""
    undated: int = 0
    """Stored without a day of publication."""
    accounts: int = 0
    """Told by what was stored."""
    events: int = 0
    """In the store afterwards."""
    rejections: tuple[Rejection, ...] = ()
    """The first of them; an archive may hold a million."""
    rejected: int = 0
    """How many there were in all."""
    unread: tuple[str, ...] = ()
    """Why nothing was found, for the first stored reports that told of no event and have a reason."""
    silent: int = 0
    """Stored reports that told of no event."""
    assumed: tuple[str, ...] = ()
    """What was assumed to read the first stored reports that needed it: an encoding, a day found in a page."""
    assumptions: int = 0
    """How many there were in all."""
    passed_over: Mapping[str, int] = field(default_factory=dict)
    """Parts of archives that were never meant to be reports, by what they are."""

    def counts(self) -> dict[str, int]:
        """Return the numbers for a run's provenance."""
        names = ("read", "stored", "revised", "skipped", "undated", "accounts", "silent", "events", "rejected")
        return {**{name: getattr(self, name) for name in names}, "passed_over": sum(self.passed_over.values())}


@dataclass(slots=True)
class _Tally:
    """Counts that grow while documents stream through."""

    read: int = 0
    skipped: int = 0
    undated: int = 0
    accounts: int = 0
    stored: int = 0
    revised: int = 0
    rejected: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    silent: int = 0
    unread: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    assumptions: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)

    def reject(self, *rejections: Rejection) -> None:
        self.rejected += len(rejections)
        self.rejections.extend(rejections[: max(MOST_NAMED - len(self.rejections), 0)])

    def add(self, item: CodedDocument, added: Added) -> None:
        self.stored += added.stored
        self.revised += added.revised
        self.skipped += added.skipped
        self.reject(*added.rejections)
        if added.stored or added.revised:
            self.undated += item.document.published is None
            self.accounts += len(item.accounts)
            # That days are missing is told once for all.
            told = [
                f"{item.document.origin or item.document.document_id}: {word}"
                for word in item.document.warnings
                if word != UNDATED
            ]
            self.assumptions += len(told)
            self.assumed.extend(told[: max(MOST_NAMED - len(self.assumed), 0)])
            if not item.accounts:
                self.silent += 1
                # What concerns one report alone begins with its name; that days are missing is told once for all.
                own = [reason for reason in item.warnings if reason.startswith(f"{item.document.document_id}: ")]
                self.unread.extend(own[: max(MOST_NAMED - len(self.unread), 0)])

    def report(self, events: int) -> IngestReport:
        names = ("read", "stored", "revised", "skipped", "undated", "accounts", "silent", "rejected", "assumptions")
        return IngestReport(
            **{name: getattr(self, name) for name in names},
            events=events,
            rejections=tuple(self.rejections),
            unread=tuple(self.unread),
            assumed=tuple(self.assumed),
            passed_over=dict(self.passed_over),
        )


def ingest(
    paths: Iterable[str],
    *,
    plan: Plan,
    store: Store,
    published: date | None = None,
    manifest: Path | None = None,
    engine: Engine = "local",
    jobs: int = 0,
    scheduler: str = "",
    fetcher: Fetcher | None = None,
    within: Path | None = None,
    parts: Path | None = None,
    progress: Progress = lambda step, done: None,
) -> IngestReport:
    """Read, code and store reports, then draw the store's events anew where anything changed.

    `within` is the folder that single files are named in. The dask engine reads files where they lie, on its workers,
    and writes what they tell into `parts` as GeoParquet, the events too.

    Each document is one transaction, and a document that is stored is never coded again: an ingest that was cut short
    is taken up by calling it again. A store without zones gets the shipped series first.
    """
    inputs = tuple(paths)
    asked = {"published": published, "manifest": manifest, "engine": engine, "jobs": jobs, "parquet": parts}
    run = begun(plan, (str(within),) if within else inputs, command="ingest", **asked)
    store.put_run(run)
    add_shipped_series(store, plan)
    tally = _Tally()
    web = fetcher or Fetcher()
    near = [path for path in inputs if engine != "dask" or "://" in path]
    far = [path for path in inputs if path not in near]
    if far:
        code = partial(code_portions, plan=plan, known=store.known, published=published, manifest=manifest, parts=parts)
        with cluster_client(workers=jobs or cores(), scheduler=scheduler) as client:
            _store_all(_told(code(portions_of(far), client), tally), store, tally, progress, plan=plan)
    found = read_documents(
        near, published=published, manifest=manifest, fetcher=web, within=within, skipped=tally.passed_over
    )
    fresh = _unknown(_documents(found, tally), store, tally)
    coded = code_documents(fresh, plan=plan, jobs=jobs)
    _store_all(coded, store, tally, progress, plan=plan, safe=web.keep)
    events = _events(store, progress)
    if parts is not None:
        from geo.pipeline.parts import write_events

        write_events(parts, store.event_pages())
    web.keep()
    report = tally.report(events)
    store.put_run(replace(run, ended_at=moment(), counts=report.counts()))
    return report


def add_shipped_series(store: Store, plan: Plan) -> None:
    """Put the shipped zone series into a store that has none of their names."""
    known = set(store.series())
    for folder in plan.series_folders:
        if folder.name not in known:
            store.put_zones(build_series(folder))


def _documents(found: Iterable[Document | Rejection], tally: _Tally) -> Iterator[Document]:
    for item in found:
        if isinstance(item, Rejection):
            tally.reject(item)
        else:
            tally.read += 1
            yield item


def _unknown(documents: Iterable[Document], store: Store, tally: _Tally) -> Iterator[Document]:
    """Leave out what is stored already, before any work is spent on it."""
    for batch in batched(documents, BATCH_SIZE):
        known = store.known(document.content_digest for document in batch)
        tally.skipped += sum(document.content_digest in known for document in batch)
        yield from (document for document in batch if document.content_digest not in known)


def _told(portions: Iterable[CodedPortion], tally: _Tally) -> Iterator[CodedDocument]:
    for portion in portions:
        tally.read += portion.read
        tally.skipped += portion.known
        tally.reject(*portion.rejections)
        tally.passed_over += portion.passed_over
        yield from portion.coded


def _store_all(
    coded: Iterable[CodedDocument],
    store: Store,
    tally: _Tally,
    progress: Progress,
    *,
    plan: Plan,
    safe: Callable[[str], None] = lambda url: None,
) -> None:
    """Store what comes; `safe` is told the address of each report that is stored, where it has one."""
    for item in coded:
        added = store.add_documents([(item.document, item.accounts, item.warnings)])
        if added.changed:
            item = _edition(item.document, plan)
            added = store.add_documents([(item.document, item.accounts, item.warnings)])
        tally.add(item, added)
        if item.document.url:
            safe(item.document.url)
        progress("Reading reports", tally.stored + tally.revised + tally.skipped)


def _edition(document: Document, plan: Plan) -> CodedDocument:
    """Return a report that changed where it lies as one of its own, so that both texts are kept."""
    told = f"The report {document.document_id!r} had another text before; both are kept."
    name = f"{document.document_id}@{digest(document.text)[:8]}"
    edition = replace(document, document_id=name, warnings=(*document.warnings, told))
    (coded,) = code_batch([edition], plan=plan)
    return coded


def _events(store: Store, progress: Progress) -> int:
    progress("Drawing events", 0)
    return refresh_events(store, progress=lambda done: progress("Drawing events", done))
