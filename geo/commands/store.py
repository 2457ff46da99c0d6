"""`geo store`: check, backup, compact."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.commands.console import Exit, answer, say
from geo.commands.options import Store
from geo.settings import read_settings

app = typer.Typer(no_args_is_help=True, help="Look after a store.")


@app.command(epilog="Example: geo store check --store atlas.gpkg")
def check(store: Store = None) -> None:
    """Look for faults; exit code 1 where there is one."""
    from geo.stores import open_store

    settings = read_settings(store=store)
    with open_store(settings.store, read_only=True) as opened:
        faults = opened.check()
        current = opened.events_current()
    for fault in faults:
        answer(fault)
    if not current:
        say("Reports were added since the events were drawn; the next geo ingest draws them anew.")
    if faults:
        raise typer.Exit(Exit.SOME_REJECTED)
    say(f"{settings.store} is sound.")


@app.command(epilog="Example: geo store runs --store atlas.gpkg")
def runs(store: Store = None) -> None:
    """Tell which runs made the store: when, by which plan and versions, from what, and what came of it."""
    from geo.stores import open_store

    with open_store(read_settings(store=store).store, read_only=True) as opened:
        for run in opened.runs():
            counts = ", ".join(f"{count} {name}" for name, count in run.counts.items() if count)
            answer(
                f"{run.run_id}: {run.command}, {run.started_at} to {run.ended_at or 'cut short'}; {counts or 'nothing'}"
            )
            answer(f"  from {', '.join(run.inputs)}")
            answer(
                "  with "
                + ", ".join(f"{name} {value}" for name, value in {**run.plan, **run.versions}.items() if value)
            )


@app.command(epilog="Example: geo store backup atlas-copy.gpkg --store atlas.gpkg")
def backup(
    file: Annotated[Path, typer.Argument(help="New file for the copy.")],
    store: Store = None,
) -> None:
    """Write a whole copy while others read and write; of an older store as it is, before it is brought forward."""
    from geo.stores import open_store

    with open_store(read_settings(store=store).store, read_only=True, as_it_is=True) as opened:
        say(f"Copied to {opened.backup(file)}.")


@app.command(epilog="Example: geo store compact --store atlas.gpkg")
def compact(store: Store = None) -> None:
    """Give back unused room."""
    from geo.stores import open_store

    settings = read_settings(store=store)
    with open_store(settings.store) as opened:
        opened.compact()
    say(f"{settings.store} is compact.")
