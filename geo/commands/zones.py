"""`geo zones`: who held what, when."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from geo.commands.console import Exit, answer, close_with, day, existing, output, progress_bar, say
from geo.commands.options import Output, Store
from geo.errors import UsageError
from geo.settings import read_settings

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.zones import ImportReport, SeriesReport

app = typer.Typer(no_args_is_help=True, help="Control zones: import, build, check and ask them.")

Series = Annotated[str, typer.Option("--series", help="Name of the zone series.", metavar="NAME")]
OneSeries = Annotated[str | None, typer.Option("--series", help="The only one without it.", metavar="NAME")]
Target = Annotated[Path | None, typer.Option("--output", "-o", help="File to write.", metavar="FILE")]


@app.command(name="import", epilog="Example: geo zones import maps/ --series front --mapping front.toml")
def import_(
    files: Annotated[list[Path], typer.Argument(help="GeoJSON, GeoPackage, Shapefile, KML, KMZ, or folders.")],
    series: Series,
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file: what the properties mean; see data/zones/mappings.", metavar="FILE")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="GeoPackage for every repaired or rejected feature as it was.", metavar="FILE")
    ] = None,
    store: Store = None,
) -> None:
    """Read files of dated zones into one series of the store, which replaces the series of that name.

    A value that the mapping does not know stops the import; the answer then is a mapping to complete.
    """
    from geo.pipeline import refresh_events
    from geo.stores import open_store
    from geo.zones import UnmappedValuesError, read_zone_files

    for path in files:
        existing(path, "file or folder")
    settings = read_settings(store=store)
    try:
        with progress_bar("Reading zones") as progress:
            read = read_zone_files(
                files, series=series, mapping=mapping, progress=lambda done, _, name: progress(name, done)
            )
    except UnmappedValuesError as error:
        answer(error.draft)
        raise UsageError(str(error)) from error
    if not read.zones.empty:
        with open_store(settings.store, create=True) as opened, progress_bar(f"Writing {len(read.zones)} zones"):
            opened.put_zones(read.zones)
            refresh_events(opened)
    _say_report(read.report)
    say(f"{len(read.zones)} zones of the series {series} in {settings.store}.")
    if report is not None:
        read.report.originals().to_file(report, layer="faults", driver="GPKG")
        say(f"{len(read.report.faults)} features as they were published in {report}.")
    close_with(read.rejections)


@app.command(epilog="Example: geo zones build data/zones/aleppo")
def build(
    source: Annotated[Path, typer.Argument(help="Folder with series.toml, or a CSV: place, lon, lat, day, holder.")],
    series: Annotated[str | None, typer.Option(help="Name, for a CSV.", metavar="NAME")] = None,
    outline: Annotated[Path | None, typer.Option(help="Ground of a CSV's places.", metavar="FILE")] = None,
    start: Annotated[str | None, typer.Option("--from", help="First day.", metavar="DATE")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Last day, included.", metavar="DATE")] = None,
    target: Target = None,
    store: Store = None,
) -> None:
    """Make zones from points with dated holders; into the store, or into a file with -o."""
    from geo.pipeline import refresh_events
    from geo.stores import open_store
    from geo.zones import build_from_places, build_series

    existing(source, "folder or table")
    first, after = day(start), _day_after(end)
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
    """Look for gaps, overlaps, invalid and repeated zones; exit code 1 where there are any."""
    from geo.zones import check_series

    with progress_bar("Checking zones"):
        report = check_series(_zones(store, series))
    _print_check(report)
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

    moment = _required_day(on)
    zones = _zones(store, series)
    if frontline:
        line = frontline_at(zones, moment)
        frame = gpd.GeoDataFrame({"day": [on], "length_km": [round(length_km(line), 3)]}, geometry=[line], crs=LONLAT)
        _write_plain(frame, target)
        return
    valid = zones_at(zones, moment)
    if valid.empty:
        raise UsageError(f"the series says nothing on {on}: geo zones list shows its days")
    _write(valid, target)


@app.command(epilog="Example: geo zones changes --series aleppo --from 2016-11-26 --to 2016-11-29")
def changes(
    series: OneSeries = None,
    start: Annotated[str | None, typer.Option("--from", help="First day.", metavar="DATE")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Last day, included.", metavar="DATE")] = None,
    places: Annotated[
        Path | None, typer.Option(help="CSV with name, lon, lat; the project's gazetteer without it.", metavar="FILE")
    ] = None,
    governments: Annotated[
        list[str] | None, typer.Option("--government", help="Controller that is a government; may be given again.")
    ] = None,
    areas: Annotated[Path | None, typer.Option(help="Also write the area of each side by day.", metavar="CSV")] = None,
    target: Target = None,
    store: Store = None,
) -> None:
    """List what passed from whom to whom, with the places inside; -o writes the ground itself."""
    from geo.zones import areas_by_day, change_events
    from geo.zones import changes as changes_of

    zones = _zones(store, series)
    with progress_bar("Comparing days"):
        changed = changes_of(zones, start=day(start), end=day(end), places=_places(places))
    table = Table("day", "from", "to", "km²", "places", box=None)
    for row in changed.itertuples():
        table.add_row(f"{row.day:%Y-%m-%d}", row.from_side, row.to_side, f"{row.area_km2:,.2f}", row.places)
    output.print(table)
    if areas is not None:
        areas_by_day(zones).to_csv(areas, index=False, date_format="%Y-%m-%d")
        say(f"Areas by day in {areas}.")
    if target is not None:
        _write_plain(change_events(changed, governments=governments or ["government"]), target)


def _zones(store: str | None, series: str | None) -> gpd.GeoDataFrame:
    from geo.stores import open_store

    settings = read_settings(store=store)
    with open_store(settings.store, read_only=True) as opened:
        names = opened.series()
        name = series or (names[0] if len(names) == 1 else "")
        if name not in names:
            known = ", ".join(names) or "none"
            raise UsageError(f"name a series of {settings.store} with --series: {known}")
        return opened.zones(name)


def _required_day(written: str) -> date:
    moment = day(written)
    if moment is None:
        raise UsageError("a day is needed, such as 2016-11-20")
    return moment


def _day_after(written: str | None) -> date | None:
    last = day(written)
    return date.fromordinal(last.toordinal() + 1) if last else None


def _write(zones: gpd.GeoDataFrame, path: Path) -> None:
    from geo.exports import write_scene
    from geo.tables import EVENT_COLUMNS, REGION_COLUMNS, Scene, empty_table
    from geo.zones import span

    days = span(zones)
    first, last = days if days else (date.today(), date.today())
    scene = Scene(empty_table(EVENT_COLUMNS), zones, empty_table(REGION_COLUMNS), first, last, ())
    say(f"{len(zones)} zones in {write_scene(scene, path, layer='zones')}.")


def _write_plain(frame: gpd.GeoDataFrame, path: Path) -> None:
    from geo.errors import UnknownFormatError

    drivers = {".geojson": "GeoJSON", ".json": "GeoJSON", ".gpkg": "GPKG"}
    if path.suffix.lower() not in drivers:
        raise UnknownFormatError(path.suffix or path.name, known=list(drivers))
    frame = frame.copy()
    if "day" in frame.columns:
        frame["day"] = frame["day"].astype("str").str.slice(0, 10)
    frame.to_file(path, driver=drivers[path.suffix.lower()])
    say(f"{len(frame)} feature(s) in {path}.")


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


def _say_report(report: ImportReport) -> None:
    say(f"{report.files} file(s), {report.features} features: {report.taken} zones.")
    for reason, count in report.set_aside.items():
        say(f"  set aside, {reason}: {count}")
    for fault, total in report.totals().items():
        say(f"  {fault}: {total:,.4g}")
    if report.flattened:
        say(f"  heights dropped, nothing else: {report.flattened}")
    if report.identical:
        say(f"  snapshots that repeat the one before, stored once: {report.identical}")
    if report.superseded:
        say(f"  snapshots replaced by a later one of their day: {len(report.superseded)}")
    if report.empty_days:
        say(f"  days whose snapshot holds nothing (no data): {', '.join(map(str, report.empty_days[:10]))}")
    for first, last in report.missing_days[:20]:
        say(f"  no snapshot: {first}" + (f" to {last}" if last > first else ""))
    for note in report.notes:
        say(f"  {note}")


def _print_check(report: SeriesReport) -> None:
    answer(f"{report.zones} zones, {report.slices} slices, {report.first} to {report.last}")
    for gap in report.gaps:
        answer(f"no data: {gap}")
    for fault in report.invalid:
        answer(f"invalid: {fault}")
    for zone in report.duplicates:
        answer(f"repeated: {zone}")
    for overlap in report.overlaps[:50]:
        answer(f"overlap: {overlap.first_zone} and {overlap.second_zone}, {overlap.area_km2:,.3f} km²")
    if len(report.overlaps) > 50:
        answer(f"… and {len(report.overlaps) - 50} more overlaps")
    total = sum(overlap.area_km2 for overlap in report.overlaps)
    answer(
        f"totals: {len(report.gaps)} gap(s), {len(report.invalid)} invalid, {len(report.duplicates)} repeated, "
        f"{len(report.overlaps)} overlap(s) of {total:,.3f} km²"
    )
