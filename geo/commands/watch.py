"""`geo watch`: reports that arrive in folders, as they arrive."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from geo.commands.console import Exit, day, progress_bar, say, say_rejections
from geo.commands.ingest import say_report
from geo.commands.options import Focus, Recognizer, Store
from geo.errors import StoreError, UsageError
from geo.evidence import digest
from geo.settings import read_settings


def watch(
    folders: Annotated[list[Path], typer.Argument(help="Folders that reports are put into.", metavar="FOLDER")],
    every: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.", metavar="S")] = 5.0,
    once: Annotated[bool, typer.Option(help="Take what is there, whole, and end.")] = False,
    published: Annotated[str | None, typer.Option(help="Day of reports that give none.", metavar="DATE")] = None,
    store: Store = None,
    jobs: Annotated[int, typer.Option(min=0, help="Processes; 0 for one a core.")] = 0,
    recognizer: Recognizer = "",
    focus: Focus = "",
) -> None:
    """Take each report that arrives in a folder once it is whole, until Ctrl-C; the next watch goes on from there."""
    from geo.pipeline import Plan, ingest
    from geo.pipeline.watching import watch as watch_folders
    from geo.stores import open_store

    settings = read_settings(store=store)
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"there is no folder at {folder}")
    # A service that is told to stop ends as by Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    memory = settings.state / "watched" / digest(settings.store)
    with open_store(settings.store, create=True) as opened, progress_bar("Watching") as progress:
        plan = Plan.of(settings, recognizer=recognizer, focus=focus, store=settings.store)
        told: list[str] = []
        take = partial(ingest, plan=plan, store=opened, jobs=jobs, published=day(published), progress=progress)
        try:
            reports = watch_folders(
                folders,
                lambda paths, within: take(paths, within=within),
                wait=_pause(every, once=once),
                state=memory,
                bear=lambda error: not once and _told_once(error, told),
            )
            for report in reports:
                told.clear()
                say_report(report, settings.store)
                say_rejections(report.rejections, count=report.rejected)
                progress("Watching", 0)
        except KeyboardInterrupt:
            say("Ended. What was read is stored; the same command goes on from there.")
            raise typer.Exit(Exit.INTERRUPTED) from None


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
        say(f"{error}. What lies in the folder is taken as soon as the store answers.")
    return True
