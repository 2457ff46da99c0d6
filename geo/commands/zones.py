"""`geo zones`: who held what, when."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from geo.commands.console import Exit, answer, close_with, existing, output, period, progress_bar, say
from geo.commands.files import check_target, write_plain
from geo.commands.options import Output, Store
from geo.commands.zones_change import areas, changes, frontline
from geo.commands.zones_options import (
    First,
    Last,
    OneSeries,
    Series,
    Target,
    day_after,
    required_day,
    stored_zones,
)
from geo.commands.zones_report import keep_originals, originals_file, print_check, print_originals, say_report
from geo.errors import UsageError
from geo.settings import read_settings

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.zones import ZoneImport

app = typer.Typer(no_args_is_help=True, help="Control zones: import, build, check and ask them.")

app.command(epilog="Example: geo zones changes --series aleppo --from 2016-11-26 --to 2016-11-29")(changes)
app.command(epilog="Example: geo zones areas --series aleppo --chart areas.svg")(areas)
app.command(epilog="Example: geo zones frontline --series aleppo -o front.geojson")(frontline)


@app.command(name="import", epilog="Example: geo zones import maps/ --series front --mapping front.toml")
def import_(
    files: Annotated[
        list[Path], typer.Argument(help="GeoJSON, GeoPackage, Shapefile, KML, KMZ, or folders.", metavar="FILE")
    ],
    series: Series,
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file: what the properties mean; see data/zones/mappings.", metavar="FILE")
    ] = None,
    append: Annotated[
        bool, typer.Option("--append", help="Join the days of these files to the series that is there.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            help="GeoPackage for every repaired or rejected feature as it was; beside the store without it.",
            metavar="FILE",
        ),
    ] = None,
    store: Store = None,
) -> None:
    """Read files of dated zones into one series of the store, which replaces the series of that name.

    With --append the new days join it instead, and files that were read before change nothing. A value that the mapping
    does not know stops the import; the answer then is a mapping to complete.
    """
    from geo.zones import UnmappedValuesError, read_zone_files

    for path in files:
        existing(path, "file or folder")
    if not series.strip():
        raise UsageError("--series is empty: expected the name of the series")
    check_target(report, (".gpkg",))
    settings = read_settings(store=store)
    try:
        with progress_bar("Reading zones") as progress:
            read = read_zone_files(
                files, series=series, mapping=mapping, progress=lambda done, _, name: progress(name, done)
            )
    except UnmappedValuesError as error:
        answer(error.draft)
        raise UsageError(str(error)) from error
    changed = not read.zones.empty and _put(read, series, settings.store, append=append)
    say_report(read.report)
    if changed or not append:
        keep_originals(read.report, report or originals_file(settings.store, settings.state, series), more=append)
    close_with(read.rejections)


def _put(read: ZoneImport, series: str, address: str, *, append: bool) -> bool:
    """Write the zones into the store, and tell whether anything is new."""
    from geo.pipeline import refresh_events
    from geo.stores import open_store
    from geo.zones import appended

    with open_store(address, create=True) as opened, progress_bar(f"Writing {len(read.zones)} zones"):
        zones = read.zones
        if append and series in opened.series():
            before = opened.zones(series)
            zones = appended(before, read.zones, intervals=read.report.intervals)
            if zones is before:
                say(f"The series {series} in {address} says all this already; nothing was changed.")
                return False
        opened.put_zones(zones)
        refresh_events(opened)
    say(f"{len(zones)} zones of the series {series} in {address}.")
    return True


@app.command(epilog="Example: geo zones build data/zones/aleppo")
def build(
    source: Annotated[Path, typer.Argument(help="Folder with series.toml, or a CSV: place, lon, lat, day, holder.")],
    series: Annotated[str | None, typer.Option(help="Name, for a CSV.", metavar="NAME")] = None,
    outline: Annotated[Path | None, typer.Option(help="Ground of a CSV's places.", metavar="FILE")] = None,
    start: First = None,
    end: Last = None,
    target: Target = None,
    store: Store = None,
) -> None:
    """Make zones from points with dated holders; into the store, or into a file with -o."""
    from geo.pipeline import refresh_events
    from geo.stores import open_store
    from geo.zones import build_from_places, build_series

    existing(source, "folder or table")
    first, last = period(start, end)
    after = day_after(last)
    with progress_bar(f"Building {source}"):
        if source.is_dir():
            zones = build_series(source, start=first, end=after)
        else:
            zones = build_from_places(source, series=series or source.stem, outline=outline, end=after)
    if zones.empty:
        raise UsageError(f"{source} gives no zones on the days asked for")
    if target is not None:
        _write(zones, target)
        return
    settings = read_settings(store=store)
    with open_store(settings.store, create=True) as opened:
        opened.put_zones(zones)
        refresh_events(opened)
    say(f"{len(zones)} zones of the series {zones['series'].iat[0]} in {settings.store}.")


@app.command(name="list", epilog="Example: geo zones list")
def list_(store: Store = None) -> None:
    """List the series of the store with their days and controllers."""
    from geo.stores import open_store
    from geo.zones import span

    table = Table("series", "zones", "first day", "last day", "controllers", box=None)
    with open_store(read_settings(store=store).store, read_only=True) as opened:
        for name in opened.series():
            zones = opened.zones(name)
            days = span(zones)
            first, last = (str(days[0]), str(days[1])) if days else ("", "")
            last += " (open)" if zones["valid_to"].isna().any() else ""
            table.add_row(name, str(len(zones)), first, last, ", ".join(sorted(set(zones["controller"]))))
    output.print(table)


@app.command(epilog="Example: geo zones check --series aleppo")
def check(series: OneSeries = None, store: Store = None) -> None:
    """Look for gaps, overlaps, invalid and repeated zones; exit code 1 where there are any.

    What an import repaired or rejected is told too, feature by feature, with the area that it changed.
    """
    from geo.zones import check_series

    with progress_bar("Checking zones"):
        zones = stored_zones(store, series)
        report = check_series(zones)
    settings = read_settings(store=store)
    print_originals(originals_file(settings.store, settings.state, str(zones["series"].iat[0])))
    print_check(report)
    if not report.sound:
        raise typer.Exit(Exit.SOME_REJECTED)


@app.command(epilog="Example: geo zones at 2016-11-20 --series aleppo -o zones.geojson")
def at(
    on: Annotated[str, typer.Argument(help="The day.", metavar="DATE")],
    target: Output,
    series: OneSeries = None,
    frontline: Annotated[bool, typer.Option("--frontline", help="Write the frontline instead.")] = False,
    store: Store = None,
) -> None:
    """Write the zones of one day, in the format of the suffix: .geojson, .gpkg, .csv, .parquet, .kml."""
    import geopandas as gpd

    from geo.crs import LONLAT
    from geo.zones import frontline_at, length_km, zones_at

    moment = required_day(on)
    zones = stored_zones(store, series, on=moment)
    valid = zones_at(zones, moment)
    if valid.empty:
        raise UsageError(f"the series says nothing on {on}: geo zones list shows its days")
    if frontline:
        line = frontline_at(zones, moment)
        frame = gpd.GeoDataFrame({"day": [on], "length_km": [round(length_km(line), 3)]}, geometry=[line], crs=LONLAT)
        write_plain(frame, target)
        return
    _write(valid, target)


def _write(zones: gpd.GeoDataFrame, path: Path) -> None:
    from geo.exports import write_scene
    from geo.tables import EVENT_COLUMNS, REGION_COLUMNS, Scene, empty_table
    from geo.zones import span

    days = span(zones)
    first, last = days if days else (date.today(), date.today())
    scene = Scene(empty_table(EVENT_COLUMNS), zones, empty_table(REGION_COLUMNS), first, last, ())
    say(f"{len(zones)} zones in {write_scene(scene, path, layer='zones')}.")
