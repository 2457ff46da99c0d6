"""`geo zones changes`, `areas` and `frontline`: how the ground of the sides moves."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from geo.commands.console import day, existing, output, progress_bar, say
from geo.commands.options import Output, Store
from geo.commands.zones_options import First, Last, OneSeries, Target, required_day, stored_zones, write_plain
from geo.errors import UnknownFormatError, UsageError
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
    from geo.zones import change_events
    from geo.zones import changes as changes_of

    zones = stored_zones(store, series)
    periods = [_period(written) for written in agreed or ()]
    with progress_bar("Comparing days"):
        changed = changes_of(zones, start=day(start), end=day(end), places=_places(places))
        evidence = change_events(changed, governments=governments or ["government"], agreed=periods)
    table = Table("day", "from", "to", "km²", "places", box=None)
    for row in changed.itertuples():
        table.add_row(f"{row.day:%Y-%m-%d}", row.from_side, row.to_side, f"{row.area_km2:,.2f}", row.places)
    output.print(table)
    if target is not None:
        write_plain(evidence, target)
    if events is not None:
        _write_beside_reported(evidence, zones, events, start=day(start), end=day(end), store=store)


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

    if chart is not None and chart.suffix.lower() != ".svg":
        raise UnknownFormatError(chart.suffix or chart.name, known=[".svg"])
    zones = stored_zones(store, series)
    with progress_bar("Measuring ground"):
        told = _within(areas_by_day(zones), day(start), day(end))
    if told.empty:
        raise UsageError("the series says nothing on these days: geo zones list shows its days")
    _print_areas(told)
    if target is not None:
        target.write_text(table_csv(told), encoding="utf-8")
        say(f"{len(told)} row(s) in {target}.")
    if chart is not None:
        sides = zones.drop_duplicates("controller")
        colours = dict(zip(sides["controller"], sides["colour"], strict=True))
        names = dict(zip(sides["controller"], sides["controller_name"], strict=True))
        title = f"Ground held, by side: {zones['series'].iat[0]}"
        chart.write_text(areas_chart(told, title=title, colours=colours, names=names), encoding="utf-8")
        say(f"The chart is in {chart}.")


def frontline(
    target: Output,
    series: OneSeries = None,
    start: First = None,
    end: Last = None,
    bridge: Annotated[float, typer.Option(help="Gaps narrower than this are bridged, in km.", metavar="KM")] = 0.3,
    store: Store = None,
) -> None:
    """Write the frontline of each stretch of days on which it stays the same, with its length (.geojson, .gpkg)."""
    from geo.zones import frontlines

    zones = stored_zones(store, series)
    with progress_bar("Drawing frontlines"):
        drawn = frontlines(zones, start=day(start), end=day(end), bridge_km=bridge)
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


def _period(written: str) -> tuple[date, date]:
    first, _, last = written.partition("..")
    begin = required_day(first)
    return begin, required_day(last) if last else begin


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


def _places(path: Path | None) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pandas as pd

    from geo.crs import LONLAT

    tables = [path] if path else sorted(read_settings().gazetteer.glob("*.csv"))
    frames = [pd.read_csv(existing(table, "table of places"), dtype=str, keep_default_na=False) for table in tables]
    wanted = [frame[["name", "lon", "lat"]] for frame in frames if {"name", "lon", "lat"} <= set(frame.columns)]
    if path and not wanted:
        raise UsageError(f"{path} needs the columns name, lon, lat")
    named = pd.concat(wanted) if wanted else pd.DataFrame({"name": [], "lon": [], "lat": []})
    points = gpd.points_from_xy(pd.to_numeric(named["lon"]), pd.to_numeric(named["lat"]))
    return gpd.GeoDataFrame(named, geometry=points, crs=LONLAT)
