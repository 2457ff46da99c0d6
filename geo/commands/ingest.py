"""`geo ingest`: reports into a store."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import MOST_SHOWN, Exit, close_with, day, existing, progress_bar, say
from geo.commands.options import AllowPrivate, Focus, Jobs, Recognizer, Store
from geo.errors import UsageError
from geo.evidence import digest
from geo.settings import Settings, read_settings

if TYPE_CHECKING:
    from geo.documents import Fetcher
    from geo.pipeline import IngestReport


class Engine(StrEnum):
    """Where reports are read."""

    LOCAL = "local"
    DASK = "dask"


def ingest(
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders, .zip, http(s) pages and feeds.", metavar="PATH_OR_URL")
    ],
    published: Annotated[str | None, typer.Option(help="Day of reports that give none.", metavar="DATE")] = None,
    manifest: Annotated[
        Path | None, typer.Option(help="CSV of id, published, source, url, title.", metavar="FILE")
    ] = None,
    store: Store = None,
    engine: Annotated[Engine, typer.Option(help="This machine's processes, or Dask.")] = Engine.LOCAL,
    scheduler: Annotated[str, typer.Option(help="Address of a Dask scheduler.", metavar="ADDR")] = "",
    jobs: Jobs = 0,
    parquet: Annotated[
        Path | None, typer.Option(help="Folder for GeoParquet of what is told, with --engine dask.", metavar="DIR")
    ] = None,
    recognizer: Recognizer = "",
    focus: Focus = "",
    allow_private: AllowPrivate = False,
) -> None:
    """Read reports into a store and draw its events; what the store knows is left as it is."""
    from geo.pipeline import Plan
    from geo.pipeline import ingest as ingest_reports
    from geo.stores import open_store

    settings = read_settings(store=store)
    for path in paths:
        if "://" not in path:
            existing(Path(path), "file or folder")
    fetcher = fetcher_of(settings, private_allowed=allow_private)
    if scheduler and engine is not Engine.DASK:
        raise UsageError("--scheduler names a Dask cluster: call with --engine dask")
    if parquet and engine is not Engine.DASK:
        raise UsageError("--parquet is written by Dask's workers: call with --engine dask")
    first_day = day(published)
    with open_store(settings.store, create=True) as opened, progress_bar("Reading reports") as progress:
        try:
            report = ingest_reports(
                paths,
                plan=Plan.of(settings, recognizer=recognizer, focus=focus, store=settings.store),
                store=opened,
                published=first_day,
                manifest=existing(manifest, "manifest") if manifest else None,
                engine=engine.value,
                jobs=jobs,
                scheduler=scheduler,
                fetcher=fetcher,
                parts=parquet,
                progress=progress,
            )
        except KeyboardInterrupt:
            say("Interrupted. What was read is stored; the same command goes on from there.")
            raise typer.Exit(Exit.INTERRUPTED) from None
    say_report(report, settings.store)
    close_with(report.rejections, count=report.rejected)


def fetcher_of(settings: Settings, *, private_allowed: bool) -> Fetcher:
    """Return what asks servers; what they said is remembered for each store: another one has nothing of it yet."""
    from geo.documents import Fetcher

    memory = settings.state / "feeds" / f"{digest(settings.store)}.json"
    return Fetcher(memory=memory, private_allowed=private_allowed)


def say_report(report: IngestReport, address: str) -> None:
    """Say what came of an ingest."""
    say(
        f"{report.stored} report(s) stored, {report.revised} told anew, {report.skipped} known already,"
        f" {report.rejected} rejected. {address} holds {report.events} event(s)."
    )
    if report.silent:
        say(f"{report.silent} of them told of no event that could be found.")
    for reason in report.unread:
        say(f"  {reason}")
    for guess in report.assumed[:MOST_SHOWN]:
        say(f"Assumed: {guess}")
    if report.assumptions > MOST_SHOWN:
        say(f"… and {report.assumptions - MOST_SHOWN} more were read by assumption.")
    for reason, count in sorted(report.passed_over.items()):
        say(f"Passed over: {count} time(s) {reason}.")
    if report.undated:
        say(
            f"{report.undated} report(s) have no day of publication, so words such as 'on Saturday' stay unresolved."
            " Give one with --published DATE or in a manifest."
        )
