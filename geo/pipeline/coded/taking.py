"""An export of coded events into a store, written down as a run like any other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from geo.errors import Rejection
from geo.extraction import load_lexicon
from geo.pipeline.coded import DayOrder, Publisher, read_coded
from geo.pipeline.ingesting import MOST_NAMED
from geo.pipeline.plan import Plan
from geo.pipeline.provenance import begun
from geo.pipeline.rebuilding import refresh_events
from geo.stores import Store, moment


@dataclass(frozen=True, slots=True)
class TakenReport:
    """What came of taking an export in."""

    stored: int = 0
    revised: int = 0
    """Rows that their publisher has changed since."""
    skipped: int = 0
    """Known already, cell by cell."""
    others: int = 0
    """Rows of kinds that are no events here."""
    rejected: int = 0
    events: int = 0
    """In the store afterwards."""
    rejections: tuple[Rejection, ...] = ()
    """The first of them."""
    assumed: tuple[str, ...] = ()
    """What was assumed to read the rows, each assumption once."""

    def counts(self) -> dict[str, int]:
        """Return the numbers for a run's provenance."""
        names = ("stored", "revised", "skipped", "others", "rejected", "events")
        return {name: getattr(self, name) for name in names}


def take_coded(
    path: Path,
    *,
    publisher: Publisher,
    plan: Plan,
    store: Store,
    order: DayOrder | None = None,
    progress: Callable[[str, int], None] = lambda step, done: None,
) -> TakenReport:
    """Take the rows of an export into a store as accounts and draw what they change; return what came of it.

    A row that is there already is left alone, and one that its publisher has changed takes its place; people's
    decisions about it stay, unless its kind or the name of its place is another now. `order` is how its days in numbers
    are written. Raises `DocumentError` where the file is no such export.
    """
    run = begun(plan, (str(path),), command=f"events import --format {publisher}", day_order=order)
    store.put_run(run)
    rejections: list[Rejection] = []
    assumed: dict[str, None] = {}
    report = TakenReport()
    rows = read_coded(path, publisher=publisher, lexicon=load_lexicon(plan.settings.lexicon), order=order)
    for number, item in enumerate(rows):
        progress(f"Reading {path.name}", number)
        if item is None:
            report = replace(report, others=report.others + 1)
            continue
        if isinstance(item, Rejection):
            found: tuple[Rejection, ...] = (item,)
        else:
            document, account = item
            assumed |= dict.fromkeys(document.warnings)
            added = store.add_documents([(document, (account,), ())], anew=True)
            report = replace(
                report,
                stored=report.stored + added.stored,
                revised=report.revised + added.revised,
                skipped=report.skipped + added.skipped,
            )
            found = added.rejections
        rejections.extend(found[: max(MOST_NAMED - len(rejections), 0)])
        report = replace(report, rejected=report.rejected + len(found))
    progress("Drawing events", 0)
    events = refresh_events(store, progress=lambda done: progress("Drawing events", done))
    report = replace(report, events=events, rejections=tuple(rejections), assumed=tuple(assumed))
    store.put_run(replace(run, ended_at=moment(), counts=report.counts()))
    return report
