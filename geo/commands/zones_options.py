"""What the commands of `geo zones` share: their options and the series they ask for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import day
from geo.errors import UsageError
from geo.settings import read_settings

if TYPE_CHECKING:
    import geopandas as gpd

Series = Annotated[str, typer.Option("--series", help="Name of the zone series.", metavar="NAME")]
OneSeries = Annotated[str | None, typer.Option("--series", help="The only one without it.", metavar="NAME")]
Target = Annotated[Path | None, typer.Option("--output", "-o", help="File to write.", metavar="FILE")]
First = Annotated[str | None, typer.Option("--from", help="First day.", metavar="DATE")]
Last = Annotated[str | None, typer.Option("--to", help="Last day, included.", metavar="DATE")]


def stored_zones(store: str | None, series: str | None, *, on: date | None = None) -> gpd.GeoDataFrame:
    """Return a series of the store, or its zones of one day; the only series where none is named."""
    from geo.stores import open_store

    settings = read_settings(store=store)
    with open_store(settings.store, read_only=True) as opened:
        names = opened.series()
        name = series or (names[0] if len(names) == 1 else "")
        if name not in names:
            known = ", ".join(names) or "none"
            raise UsageError(f"name a series of {settings.store} with --series: {known}")
        return opened.zones(name, start=on, end=on)


def required_day(written: str) -> date:
    """Return a day; raise `UsageError` where none is written."""
    moment = day(written)
    if moment is None:
        raise UsageError("a day is needed, such as 2016-11-20")
    return moment


def day_after(last: date | None) -> date | None:
    """Return the first day after the last one, None where there is none."""
    return date.fromordinal(last.toordinal() + 1) if last else None
