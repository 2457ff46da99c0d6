"""`geo zones changes`, `areas` and `frontline`: how the ground of the sides moves."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from geo.commands.console import output, period, progress_bar, say
from geo.commands.files import DRIVERS, check_target, write_plain, write_text
from geo.commands.options import Output, Store
from geo.commands.zones_options import First, Last, OneSeries, Target, required_day, stored_zones
from geo.commands.zones_places import read_places
from geo.errors import UsageError
from geo.settings import read_settings

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


def changes(
    series: OneSeries = None,
    start: First = None,
    end: Last = None,
    places: Annotated[
        Path | None, typer.Option(help="CSV with name, lon, lat; the project's gazetteer without it.", metavar="FILE")
    ] = None,
    governments: Annotated[
        list[str] | None, typer.Option("--government", help="Controller that is a government; may be given again.")
    ] = None,
    agreed: Annotated[
        list[str] | None,
        typer.Option(help="Days on which ground passed by agreement, DATE or DATE..DATE; may be given again."),
    ] = None,
    events: Annotated[
        Path | None,
        typer.Option(help="Also write the changes as events beside the reported ones; .html is a map.", metavar="FILE"),
    ] = None,
    target: Target = None,
    store: Store = None,
) -> None:
    """List what passed from whom to whom, with the places inside; -o writes the ground as a layer (.geojson, .gpkg)."""
    from geo.exports import PICTURE, SUFFIXES
    from geo.zones import change_events
    from geo.zones import changes as changes_of

    first, last = period(start, end)
    periods = [_agreed(written) for written in agreed or ()]
    check_target(target, tuple(DRIVERS))
    check_target(events, (*SUFFIXES, PICTURE))
    zones = stored_zones(store, series)
    with progress_bar("Comparing days"):
        changed = changes_of(zones, start=first, end=last, places=read_places(places))
        evidence = change_events(changed, governments=governments or ["government"], agreed=periods)
    table = Table("day", "from", "to", "km²", "places", box=None)
    for row in changed.itertuples():
        table.add_row(f"{row.day:%Y-%m-%d}", row.from_side, row.to_side, f"{row.area_km2:,.2f}", row.places)
    output.print(table)
    if target is not None:
        write_plain(evidence, target)
    if events is not None:
        _write_beside_reported(evidence, zones, events, start=first, end=last, store=store)


def areas(
    series: OneSeries = None,
    start: First = None,
    end: Last = None,
    chart: Annotated[Path | None, typer.Option(help="Draw it: .svg.", metavar="FILE")] = None,
    target: Annotated[Path | None, typer.Option("--output", "-o", help="CSV to write.", metavar="FILE")] = None,
    store: Store = None,
) -> None:
    """Tell the ground that each side holds, day by day: the days on which it changes, a CSV with all, a chart."""
    from geo.exports import table_csv
    from geo.zones import areas_by_day, areas_chart

    first, last = period(start, end)
    check_target(chart, (".svg",))
    check_target(target)
    zones = stored_zones(store, series)
    with progress_bar("Measuring ground"):
        told = _within(areas_by_day(zones), first, last)
    if told.empty:
        raise UsageError("the series says nothing on these days: geo zones list shows its days")
    _print_areas(told)
    if target is not None:
        write_text(target, table_csv(told))
        say(f"{len(told)} row(s) in {target}.")
    if chart is not None:
        sides = zones.drop_duplicates("controller")
        colours = dict(zip(sides["controller"], sides["colour"], strict=True))
        names = dict(zip(sides["controller"], sides["controller_name"], strict=True))
        title = f"Ground held, by side: {zones['series'].iat[0]}"
        write_text(chart, areas_chart(told, title=title, colours=colours, names=names))
        say(f"The chart is in {chart}.")


def frontline(
    target: Output,
    series: OneSeries = None,
    start: First = None,
    end: Last = None,
    bridge: Annotated[
        float, typer.Option(min=0, help="Gaps narrower than this are bridged, in km.", metavar="KM")
    ] = 0.3,
    store: Store = None,
) -> None:
    """Write the frontline of each stretch of days on which it stays the same, with its length (.geojson, .gpkg)."""
    from geo.zones import frontlines

    first, last = period(start, end)
    check_target(target, tuple(DRIVERS))
    zones = stored_zones(store, series)
    with progress_bar("Drawing frontlines"):
        drawn = frontlines(zones, start=first, end=last, bridge_km=bridge)
    if drawn.empty:
        raise UsageError("the series has no frontline on these days: geo zones list shows its days")
    write_plain(drawn, target)


def _write_beside_reported(
    evidence: gpd.GeoDataFrame,
    zones: gpd.GeoDataFrame,
    path: Path,
    *,
    start: date | None,
    end: date | None,
    store: str | None,
) -> None:
    from dataclasses import replace

    import pandas as pd

    from geo.exports import write_scene
    from geo.pipeline import load_scene
    from geo.stores import open_store
    from geo.tables import check_events
    from geo.zones import change_records

    records = change_records(evidence, zones)
    settings = read_settings(store=store)
    with open_store(settings.store, read_only=True) as opened:
        named = str(zones["series"].iat[0])
        scene = load_scene(opened, start=start, end=end, series=named, data=settings.data)
    reported = scene.events
    both = check_events(pd.concat([reported, records], ignore_index=True)) if len(reported) else records
    write_scene(replace(scene, events=both), path, layer="events")
    say(f"{len(records)} change(s) beside {len(reported)} reported event(s) in {path}.")


def _agreed(written: str) -> tuple[date, date]:
    first, _, last = written.partition("..")
    begin = required_day(first)
    end = required_day(last) if last else begin
    if end < begin:
        raise UsageError(f"--agreed {written} ends before it begins")
    return begin, end


def _within(told: pd.DataFrame, first: date | None, last: date | None) -> pd.DataFrame:
    days = told["day"].dt.date
    return told[(days >= (first or date.min)) & (days <= (last or date.max))]


def _print_areas(told: pd.DataFrame) -> None:
    wide = told.pivot_table(index="day", columns="controller", values="area_km2", aggfunc="sum").fillna(0.0)
    table = Table("from", *(f"{name} km²" for name in wide.columns), box=None)
    changed = (wide.round(2) != wide.round(2).shift()).any(axis=1)
    for moment, row in wide[changed].iterrows():
        table.add_row(f"{moment:%Y-%m-%d}", *(f"{value:,.2f}" for value in row))
    output.print(table)
