"""`geo gazetteer`: add names of your own, look names up, see what is in the index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from geo.commands.console import answer, close_with, existing, output, progress_bar, say
from geo.errors import UsageError
from geo.settings import read_settings

if TYPE_CHECKING:
    from geo.places import Gazetteer

app = typer.Typer(no_args_is_help=True, help="The gazetteer: add files of places, look names up.")


@app.command(epilog="Example: geo gazetteer add UA.zip --format geonames --name ukraine")
def add(
    file: Annotated[Path, typer.Argument(help="GeoNames dump, CSV, GeoJSON, Who's On First.")],
    format_name: Annotated[
        str, typer.Option("--format", help="geonames, csv, geojson or wof; guessed without it.", metavar="FORMAT")
    ] = "",
    name: Annotated[str, typer.Option(help="Name of the gazetteer; the file's without it.", metavar="NAME")] = "",
    kind: Annotated[str, typer.Option(help="Kind of places whose rows state none.", metavar="KIND")] = "",
    country: Annotated[str, typer.Option(help="ISO code for rows that state none.", metavar="XX")] = "",
    column: Annotated[
        list[str] | None, typer.Option(help="Which column holds a field: name=NAME_EN.", metavar="FIELD=COLUMN")
    ] = None,
) -> None:
    """Add a file of places to the gazetteer; bad rows are named by line, the good rest is taken."""
    from geo.places.additions import add_gazetteer
    from geo.places.gazetteers.entry import Reading
    from geo.places.kinds import KINDS

    pairs = dict(_pair(item) for item in column or ())
    if kind and kind not in KINDS:
        raise UsageError(f"--kind {kind!r} is no kind of place: expected one of {', '.join(sorted(KINDS))}")
    if country and not (country.isalpha() and len(country) == 2):
        raise UsageError(f"--country {country!r} is no code: expected two letters of ISO 3166, such as SY")
    with progress_bar(f"Reading {file.name}") as progress:
        added = add_gazetteer(
            existing(file, "file"),
            settings=read_settings(),
            format_name=format_name,
            name=name,
            reading=Reading(kind=kind, country=country, columns=pairs),
            progress=progress,
        )
    state = "added" if added.changed else "unchanged"
    say(f"Gazetteer {added.name} {state}: {added.places} places in {added.path}.")
    close_with(added.rejections)


@app.command(epilog="Example: geo gazetteer lookup حلب --near 37.1,36.2")
def lookup(
    name: Annotated[str, typer.Argument(help="Name in any script.")],
    near: Annotated[str, typer.Option(help="Nearest first, from this point.", metavar="LON,LAT")] = "",
    limit: Annotated[int, typer.Option(help="How many at most.", min=1)] = 10,
) -> None:
    """List what a name could mean, the likeliest first."""
    # Asked for here: it loads libraries of geometry, which no other command should wait for.
    from geo.crs import distance_km

    found = list(_opened().candidates(name, limit=200 if near else limit))
    point = _point(near) if near else None
    if point:
        found.sort(key=lambda one: distance_km(*point, one.place.lon, one.place.lat))
    if not found:
        answer(f"No gazetteer knows {name!r}, nor anything spelt much like it.")
        return
    table = Table("name", "local", "kind", "in", "lon", "lat", "people", "id", "score", "why", box=None)
    for one in found[:limit]:
        place = one.place
        where = ", ".join(filter(None, (place.admin1, place.country)))
        people = f"{place.population:,}" if place.population else ""
        identifier = f"{place.gazetteer}:{place.gazetteer_id}"
        numbers = (f"{place.lon:.4f}", f"{place.lat:.4f}", people)
        names = (place.name, place.name_local, place.kind, where)
        # As plain text: a console would read `:name:` as a picture and `[name]` as a style.
        table.add_row(*(Text(cell) for cell in (*names, *numbers, identifier, f"{one.score:.2f}", one.reason)))
    output.print(table)


@app.command(epilog="Example: geo gazetteer info")
def info() -> None:
    """List the sources of names with their counts and licences."""
    gazetteer = _opened()
    table = Table("source", "places", "licence", box=None)
    for source in gazetteer.sources():
        table.add_row(source.name, f"{source.places:,}", source.licence)
    output.print(table)
    answer(f"{len(gazetteer.index):,} places, {len(gazetteer.index.keys):,} names.")


def _opened() -> Gazetteer:
    from geo.places import open_gazetteer

    with progress_bar("Opening the gazetteer", total=1) as progress:
        return open_gazetteer(read_settings(), progress=progress)


def _pair(item: str) -> tuple[str, str]:
    field, equals, column = item.partition("=")
    if not (field and equals and column):
        raise UsageError(f"{item!r} is no mapping: expected FIELD=COLUMN, such as name=NAME_EN")
    return field, column


def _point(written: str) -> tuple[float, float]:
    wrong = UsageError(f"{written!r} is no point: expected LON,LAT in degrees, such as 37.16,36.20")
    try:
        lon, lat = (float(part) for part in written.split(","))
    except ValueError:
        raise wrong from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise wrong
    return lon, lat
