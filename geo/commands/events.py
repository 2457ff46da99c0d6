"""`geo events`: other people's coded events beside the reported ones."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from geo.commands.console import close_with, existing, output, progress_bar, say
from geo.commands.files import check_target, write_text
from geo.commands.options import JsonFile, Store
from geo.settings import read_settings

app = typer.Typer(no_args_is_help=True, help="Coded events of other publishers.")


class Publisher(StrEnum):
    """Whose export it is."""

    ACLED = "acled"
    UCDP = "ucdp"
    GDELT = "gdelt"


class DayOrder(StrEnum):
    """How an export writes days in numbers, such as 05/11/2016."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@app.command(name="import", epilog="Example: geo events import syria.csv --format acled")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV of ACLED or UCDP GED, or a GDELT 2.0 event table.")],
    publisher: Annotated[Publisher, typer.Option("--format", help="Whose export it is.")],
    day_order: Annotated[
        DayOrder | None, typer.Option(help="How days such as 05/11/2016 are written, where no other row shows it.")
    ] = None,
    store: Store = None,
) -> None:
    """Take coded events into the store as accounts; those that reports tell of too become one event with them."""
    from geo.pipeline import Plan, coded
    from geo.pipeline.coded.taking import take_coded
    from geo.stores import open_store

    settings = read_settings(store=store)
    order = coded.DayOrder(day_order.value) if day_order else None
    found = existing(file, "file")
    with open_store(settings.store, create=True) as opened, progress_bar(f"Reading {file.name}") as progress:
        plan = Plan.of(settings, store=settings.store)
        report = take_coded(found, publisher=publisher.value, plan=plan, store=opened, order=order, progress=progress)
    say(
        f"{report.stored} coded event(s) stored, {report.revised} changed, {report.skipped} known already,"
        f" {report.others} of kinds that are no events here. {settings.store} holds {report.events} event(s)."
    )
    for guess in report.assumed:
        say(f"Assumed: {guess}")
    close_with(report.rejections, count=report.rejected)


@app.command(epilog="Example: geo events compare --store syria.gpkg --json compared.json")
def compare(store: Store = None, json_file: JsonFile = None) -> None:
    """Show which coded events reports tell of too, and where the two differ."""
    from geo.pipeline import refresh_events
    from geo.pipeline.coded import compare_coded, coverage
    from geo.stores import open_store

    check_target(json_file)
    settings = read_settings(store=store)
    with open_store(settings.store) as opened:
        refresh_events(opened)
        found = list(compare_coded(opened))
    if json_file is not None:
        rows = [asdict(item) for item in found]
        write_text(json_file, json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    table = Table("event", "coded as", "reported in", "differences", box=None)
    for item in found:
        reported = ", ".join(item.reported) or "no report"
        table.add_row(item.event_id, ", ".join(item.coded), reported, " ".join(item.differences))
    output.print(table)
    for covered in coverage(found):
        say(
            f"{covered.publisher.upper()}: {covered.events} event(s), {covered.reported} of them reported too,"
            f" {covered.differing} with differences."
        )
    if not found:
        say(f"{settings.store} has no coded events. Take some in with: geo events import FILE --format acled")
