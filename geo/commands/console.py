"""What commands say, and how: progress and reasons on standard error, answers on standard output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import IntEnum
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from geo.errors import Rejection, UsageError


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    SOME_REJECTED = 1
    WRONG_CALL = 2
    INTERRUPTED = 130
    """As shells say it of a program that Ctrl-C ended."""


MOST_SHOWN = 50
"""Rejections, or assumptions, named one by one; an archive may hold a million."""

console = Console(stderr=True, highlight=False, soft_wrap=True)
output = Console(highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """Write a line on standard error."""
    console.print(escape(text))


def answer(text: str) -> None:
    """Write a line on standard output."""
    output.print(escape(text))


@contextmanager
def progress_bar(what: str, *, total: int | None = None) -> Iterator[Callable[[str, float], None]]:
    """Show a bar while the body runs; it is called with a step in words and how much of the total is done."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(escape(what), total=total)
        yield lambda step, done: bar.update(task, description=escape(step), completed=done)


def say_rejections(rejections: Iterable[Rejection], *, count: int = 0) -> bool:
    """Name every rejected input with its reason, and how many more there are of `count`; tell whether there is one."""
    listed = list(rejections)
    for rejection in listed[:MOST_SHOWN]:
        console.print(f"[yellow]rejected[/] {escape(str(rejection))}")
    more = max(count, len(listed)) - min(len(listed), MOST_SHOWN)
    if more:
        say(f"… and {more} more rejected.")
    return bool(listed)


def close_with(rejections: Iterable[Rejection], *, count: int = 0) -> None:
    """Name every rejected input with its reason; end with code 1 where there is one."""
    if say_rejections(rejections, count=count):
        raise typer.Exit(Exit.SOME_REJECTED)


def day(written: str | None) -> date | None:
    """Read a day of the command line; raise `UsageError` for anything but YYYY-MM-DD."""
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise UsageError(f"{written!r} is no day: expected YYYY-MM-DD, such as 2016-11-20") from None


def period(start: str | None, end: str | None) -> tuple[date | None, date | None]:
    """Read the days of --from and --to; raise `UsageError` where the last lies before the first."""
    first, last = day(start), day(end)
    if first and last and last < first:
        raise UsageError(f"--to {last} lies before --from {first}")
    return first, last


def existing(path: Path, what: str) -> Path:
    """Return the path; raise `UsageError` where no file or folder is there."""
    if not path.exists():
        raise UsageError(f"there is no {what} at {path}")
    return path
