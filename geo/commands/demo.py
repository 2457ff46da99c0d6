"""`geo demo`: the sample store."""

from __future__ import annotations

from geo.commands.console import close_with, progress_bar, say
from geo.commands.options import Store
from geo.settings import read_settings


def demo(store: Store = None) -> None:
    """Build the sample store from the project's data: reports on Aleppo and its control zones, late 2016.

    Idempotent: what is in the store already is left as it is.
    """
    from geo.pipeline import Plan, ingest
    from geo.stores import open_store

    settings = read_settings(store=store)
    plan = Plan.of(settings)
    with open_store(settings.store, create=True) as opened, progress_bar("Building the sample store") as progress:
        report = ingest([str(settings.data / "reports")], plan=plan, store=opened, jobs=1, progress=progress)
    say(
        f"The sample store {settings.store} holds {report.events} events"
        f" ({report.stored + report.revised} reports new, {report.skipped} known). Look at it with: geo serve"
    )
    close_with(report.rejections)
