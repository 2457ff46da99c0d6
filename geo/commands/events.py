"""`geo events`: other people's coded events beside the reported ones."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from geo.commands.console import close_with, existing, progress_bar, say
from geo.commands.options import Store
from geo.errors import Rejection
from geo.settings import read_settings

app = typer.Typer(no_args_is_help=True, help="Coded events of other publishers.")


class Publisher(StrEnum):
    """Whose export it is."""

    ACLED = "acled"
    UCDP = "ucdp"
    GDELT = "gdelt"


@app.callback()
def _group() -> None:
    """Keep `import` a command of its own while it is the only one."""


@app.command(name="import", epilog="Example: geo events import syria.csv --format acled")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV of ACLED or UCDP GED, or a GDELT 2.0 event table.")],
    publisher: Annotated[Publisher, typer.Option("--format", help="Whose export it is.")],
    store: Store = None,
) -> None:
    """Take coded events into the store as accounts; those that reports tell of too become one event with them."""
    from geo.pipeline import refresh_events
    from geo.pipeline.coded import read_coded
    from geo.stores import Added, open_store

    settings = read_settings(store=store)
    rejections: list[Rejection] = []
    added, others = Added(), 0
    with open_store(settings.store, create=True) as opened, progress_bar(f"Reading {file.name}") as progress:
        for number, item in enumerate(read_coded(existing(file, "file"), publisher=publisher.value), start=1):
            if isinstance(item, Rejection):
                rejections.append(item)
            elif item is None:
                others += 1
            else:
                document, account = item
                added += opened.add_documents([(document, (account,), ())])
            progress(f"Reading {file.name}", number)
        events = refresh_events(opened)
    say(
        f"{added.stored} coded event(s) stored, {added.revised} changed, {added.skipped} known already, {others} of"
        f" kinds that are no events here. {settings.store} holds {events} event(s)."
    )
    close_with([*rejections, *added.rejections])
