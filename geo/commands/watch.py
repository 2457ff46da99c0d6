"""`geo watch`: reports that arrive in folders and feeds, as they arrive."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import Exit, day, progress_bar, say, say_rejections
from geo.commands.ingest import fetcher_of, say_report
from geo.commands.options import AllowPrivate, Focus, Jobs, Recognizer, Store
from geo.errors import StoreError, UsageError
from geo.evidence import digest
from geo.settings import read_settings

if TYPE_CHECKING:
    from geo.pipeline import IngestReport


def watch(
    places: Annotated[
        list[str],
        typer.Argument(help="Folders that reports are put into, http(s) feeds and pages.", metavar="FOLDER_OR_URL"),
    ],
    every: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.", metavar="S")] = 5.0,
    feeds_every: Annotated[float, typer.Option(min=1, help="Minutes between two questions to a server.")] = 15.0,
    once: Annotated[bool, typer.Option(help="Take what is there, whole, and end.")] = False,
    published: Annotated[str | None, typer.Option(help="Day of reports that give none.", metavar="DATE")] = None,
    store: Store = None,
    jobs: Jobs = 0,
    recognizer: Recognizer = "",
    focus: Focus = "",
    allow_private: AllowPrivate = False,
) -> None:
    """Take each report that arrives in a folder or a feed, whole, until Ctrl-C; the next watch goes on from there."""
    from geo.documents import WatchedFeeds
    from geo.pipeline import Plan, ingest
    from geo.pipeline.watching import watch as watch_places
    from geo.stores import open_store

    settings = read_settings(store=store)
    folders, addresses = _sorted_out(places)
    # A service that is told to stop ends as by Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with open_store(settings.store, create=True) as opened, progress_bar("Watching") as progress:
        plan = Plan.of(settings, recognizer=recognizer, focus=focus, store=settings.store)
        told: list[str] = []
        take = partial(ingest, plan=plan, store=opened, jobs=jobs, published=day(published), progress=progress)
        try:
            reports = watch_places(
                folders,
                # Each time anew: what a robots.txt said holds for a day at most.
                lambda paths, within: take(
                    paths, within=within, fetcher=fetcher_of(settings, private_allowed=allow_private)
                ),
                feeds=WatchedFeeds(addresses, every_s=60 * feeds_every) if addresses else None,
                wait=_pause(every, once=once),
                state=settings.state / "watched" / digest(settings.store),
                bear=lambda error: not once and _told_once(error, told),
            )
            for report in reports:
                _say_news(report, settings.store, told)
                progress("Watching", 0)
        except KeyboardInterrupt:
            say("Ended. What was read is stored; the same command goes on from there.")
            raise typer.Exit(Exit.INTERRUPTED) from None


def _sorted_out(places: list[str]) -> tuple[list[Path], list[str]]:
    """Return the folders and the addresses; raise `UsageError` for what is neither."""
    addresses = [place for place in places if "://" in place]
    for address in addresses:
        if not address.startswith(("http://", "https://")):
            raise UsageError(f"{address} cannot be watched: expected a folder, or an address of http or https")
    folders = [Path(place) for place in places if place not in addresses]
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"there is no folder at {folder}")
    return folders, addresses


def _say_news(report: IngestReport, address: str, told: list[str]) -> None:
    """Say what came of an ingest, unless it is what came of the one before: a server that still fails is no news."""
    reasons = "\n".join(map(str, report.rejections))
    if report.stored or report.revised or not reasons or told[-1:] != [reasons]:
        say_report(report, address)
        say_rejections(report.rejections, count=report.rejected)
    told[:] = [reasons] if reasons else []


def _pause(every: float, *, once: bool) -> Callable[[], bool]:
    """Return what waits between two looks; two of them are enough to take what is there."""
    looks = count(1)

    def pause() -> bool:
        if once and next(looks) > 1:
            return False
        time.sleep(every)
        return True

    return pause


def _told_once(error: StoreError, told: list[str]) -> bool:
    """Say why the store failed, unless that was said just before: a server may be away for hours."""
    if told[-1:] != [str(error)]:
        told.append(str(error))
        say(f"{error}. What arrives is taken as soon as the store answers.")
    return True
