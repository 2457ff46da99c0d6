"""`geo export`: a store's events or zones as a file."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from geo.commands.console import day, progress_bar, say
from geo.commands.options import Output, Store
from geo.errors import UsageError
from geo.settings import read_settings
from geo.vocabulary import SUB_EVENT_TYPES, EventType


class Layer(StrEnum):
    """What is exported."""

    EVENTS = "events"
    ZONES = "zones"


def export(
    output: Output,
    layer: Annotated[Layer, typer.Option(help="Events or zones; a map shows both.")] = Layer.EVENTS,
    start: Annotated[str | None, typer.Option("--from", help="First day.", metavar="DATE")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Last day, included.", metavar="DATE")] = None,
    types: Annotated[
        list[str] | None, typer.Option("--type", help="Event type or sub-type; may be given again.", metavar="T")
    ] = None,
    bbox: Annotated[str | None, typer.Option(help="Only what lies in it.", metavar="W,S,E,N")] = None,
    series: Annotated[str | None, typer.Option(help="Zone series; the first without it.", metavar="NAME")] = None,
    store: Store = None,
) -> None:
    """Write events or zones in the format of the suffix: .html .geojson .csv .gpkg .parquet .kml."""
    from geo.exports import write_scene
    from geo.pipeline import load_scene
    from geo.stores import open_store

    first, last, box = day(start), day(end), _box(bbox)
    if first and last and last < first:
        raise UsageError(f"--to {last} lies before --from {first}")
    wanted = _types(types or [])
    settings = read_settings(store=store)
    with open_store(settings.store, read_only=True) as opened, progress_bar(f"Writing {output}"):
        scene = load_scene(opened, start=first, end=last, types=wanted, bbox=box, series=series, data=settings.data)
        path = write_scene(scene, output, layer=layer.value)
    count = len(scene.events) if layer is Layer.EVENTS else len(scene.zones)
    say(f"{count} {layer.value} in {path}.")


def _types(named: list[str]) -> list[str]:
    known = [*EventType, *SUB_EVENT_TYPES]
    for name in named:
        if name not in known:
            raise UsageError(f"{name!r} is no event type: expected one of {', '.join(known)}")
    return named


def _box(written: str | None) -> tuple[float, float, float, float] | None:
    if written is None:
        return None
    wrong = UsageError(f"{written!r} is no box: expected west,south,east,north in degrees, such as 36.9,36.0,37.4,36.4")
    try:
        west, south, east, north = (float(part) for part in written.split(","))
    except ValueError:
        raise wrong from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise wrong
    return west, south, east, north
