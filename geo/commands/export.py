"""`geo export`: a store's events or zones as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer

from geo.commands.console import day, period, progress_bar, say
from geo.commands.options import Output, Store
from geo.errors import UsageError
from geo.settings import Settings, read_settings
from geo.vocabulary import SUB_EVENT_TYPES, EventType


class Layer(StrEnum):
    """What is exported."""

    EVENTS = "events"
    ZONES = "zones"


class Columns(StrEnum):
    """Whose columns a CSV of events has."""

    ATLAS = "atlas"
    ACLED = "acled"
    UCDP = "ucdp"


class Language(StrEnum):
    """Language of the map's interface at first."""

    EN = "en"
    AR = "ar"
    UK = "uk"
    FR = "fr"


class Theme(StrEnum):
    """Colours of the map at first."""

    LIGHT = "light"
    DARK = "dark"


class Audience(StrEnum):
    """Whom the file is for."""

    INTERNAL = "internal"
    PUBLIC = "public"


What = Annotated[Layer, typer.Option("--layer", help="Events or zones; a map shows both.")]
From = Annotated[str | None, typer.Option("--from", help="First day.", metavar="DATE")]
To = Annotated[str | None, typer.Option("--to", help="Last day, included.", metavar="DATE")]
Types = Annotated[
    list[str] | None, typer.Option("--type", help="Event type or sub-type; may be repeated.", metavar="T")
]
Box = Annotated[str | None, typer.Option("--bbox", help="Only what lies in it.", metavar="W,S,E,N")]
Series = Annotated[
    str | None,
    typer.Option("--series", help="Zone series; the one under most events without it.", metavar="NAME"),
]
Day = Annotated[str | None, typer.Option("--day", help="Map: the day shown first.", metavar="DATE")]
Speech = Annotated[Language | None, typer.Option("--language", help="Map: language at first.")]
Colours = Annotated[Theme | None, typer.Option("--theme", help="Map: colours at first; the reader's own without it.")]
Texts = Annotated[bool, typer.Option("--documents", help="Map: carry the reports' full texts, if you may share them.")]
Online = Annotated[
    str | None, typer.Option("--tiles", help="Map: load tiles from outside: osm, or an address.", metavar="osm|URL")
]
Credit = Annotated[str, typer.Option("--attribution", help="Map: whose the tiles of that address are.", metavar="TEXT")]
Bom = Annotated[bool, typer.Option("--bom", help="CSV: byte order mark, which some spreadsheets need.")]
Hxl = Annotated[bool, typer.Option("--hxl", help="CSV: a second row of HXL tags.")]
Whom = Annotated[
    Audience | None,
    typer.Option("--audience", help="public: sensitive places coarsened or held back. \\[env: CONFLICT_AUDIENCE]"),
]
Shape = Annotated[Columns | None, typer.Option("--columns", help="CSV of events: our columns, or those of others.")]

_MAPS = (".html", ".png")
_TABLES = (".csv",)
_TABLES_OF_ONE = (".csv", ".geojson", ".parquet", ".kml")
"""Formats that hold one layer."""
_FOR = {"day": _MAPS, "language": _MAPS, "theme": _MAPS, "documents": _MAPS, "tiles": _MAPS} | dict.fromkeys(
    ("bom", "hxl", "columns"), _TABLES
)


def export(
    output: Output,
    layer: What = Layer.EVENTS,
    start: From = None,
    end: To = None,
    types: Types = None,
    bbox: Box = None,
    series: Series = None,
    shown: Day = None,
    language: Speech = None,
    theme: Colours = None,
    documents: Texts = False,
    tiles: Online = None,
    attribution: Credit = "",
    bom: Bom = False,
    hxl: Hxl = False,
    columns: Shape = None,
    audience: Whom = None,
    store: Store = None,
) -> None:
    """Write events or zones in the format of the suffix: .html .geojson .csv .gpkg .parquet .kml .png."""
    from geo.exports import is_public, write_scene
    from geo.layers import read_tiles
    from geo.pipeline import load_scene
    from geo.stores import open_store

    asked = {"day": shown, "language": language, "theme": theme, "documents": documents, "tiles": tiles}
    _check_fits(output.suffix.lower(), {**asked, "bom": bom, "hxl": hxl, "columns": columns})
    if layer is Layer.ZONES and (hxl or columns):
        raise UsageError(f"--{'hxl' if hxl else 'columns'} is for events: leave out --layer zones")
    if attribution and not tiles:
        raise UsageError("--attribution is for tiles of an address: give --tiles too")
    first, last, options = *period(start, end), _options(day(shown), language, theme, bom, hxl, columns)
    options["tiles"] = read_tiles(tiles, attribution=attribution) if tiles else None
    wanted, box, settings = _types(types or []), _box(bbox), read_settings(store=store)
    with open_store(settings.store, read_only=True) as opened, progress_bar(f"Writing {output}"):
        whom = audience.value if audience else settings.audience
        # The public's box is laid on what the public gets: by exact places it would say which of them lie in it.
        exact_box = None if is_public(whom) else box
        scene = load_scene(
            opened, start=first, end=last, types=wanted, bbox=exact_box, series=series, data=settings.data
        )
        _check_day(options["day"], scene)
        scene, closed, told = _for_audience(scene, whom, settings, box=box, all_events=opened.events)
        texts = _texts(opened, scene, closed) if documents else {}
        path = write_scene(scene, output, layer=layer.value, documents=texts, **options)
    say(f"{_counted(scene, layer, output.suffix.lower())} in {path}.")
    if output.suffix.lower() in _MAPS and (hidden := _outside(scene)):
        say(f"{hidden} event(s) lie outside {scene.start} to {scene.end}: --from and --to give the map other days.")
    if layer is Layer.EVENTS or output.suffix.lower() not in _TABLES_OF_ONE:
        say(told)


def _counted(scene: Any, layer: Layer, suffix: str) -> str:
    """Say how much a file holds, and of which series its zones are."""
    events = f"{len(scene.events)} event(s)"
    series = ", ".join(sorted(set(scene.zones["series"])))
    zones = f"{len(scene.zones)} zone(s) of the series {series}" if series else "no zones"
    if suffix not in _TABLES_OF_ONE:
        return f"{events} and {zones}"
    return events if layer is Layer.EVENTS else zones


def _outside(scene: Any) -> int:
    """Count the events whose days the map's timeline does not reach."""
    first, last = scene.events["date_start"].dt.date, scene.events["date_end"].dt.date
    return int(((first > scene.end) | (last < scene.start)).sum())


def _for_audience(
    scene: Any,
    audience: str,
    settings: Settings,
    *,
    box: tuple[float, float, float, float] | None = None,
    all_events: Callable[[], Any] | None = None,
) -> tuple[Any, frozenset[str], str]:
    """Return the scene that an audience gets, the documents closed to it, and what was done in words.

    `box` is laid on what the public gets; `all_events` gives those of the store where the scene has some of them.
    """
    from dataclasses import replace
    from datetime import UTC, datetime

    from geo.exports import COARSENED, is_public, publish, sensitive_rules
    from geo.places import open_gazetteer

    public, rules = is_public(audience), sensitive_rules(settings)
    if not rules:
        scene = _within(scene, box) if public else scene
        return scene, frozenset(), "Sensitive places are exact: CONFLICT_SENSITIVE is off."
    now, kinds = datetime.now(tz=UTC), open_gazetteer(settings).kinds
    made = publish(scene, rules, now=now, kinds_of=kinds)
    if public:
        scene = _within(made.scene, box)
        coarsened, held = int((scene.events["gazetteer"] == COARSENED).sum()), "too young, or of unknown age"
        told = f"Sensitive places: {coarsened} coarsened, {made.withheld} left out as {held}."
        # A text is closed for all that it tells, whatever of it is exported.
        if all_events is not None:
            made = publish(replace(scene, events=all_events()), rules, now=now, kinds_of=kinds)
        return scene, made.closed_documents, told
    exact = made.coarsened + made.withheld
    return scene, frozenset(), f"For internal use: {exact} at sensitive places are exact; --audience public hides them."


def _within(scene: Any, box: tuple[float, float, float, float] | None) -> Any:
    """Return a scene with the events whose point lies in a box, with all of them where there is none."""
    from dataclasses import replace

    if box is None:
        return scene
    (west, south, east, north), events = box, scene.events
    inside = events["lon"].between(west, east) & events["lat"].between(south, north)
    return replace(scene, events=events[inside].reset_index(drop=True))


def _check_fits(suffix: str, asked: Mapping[str, object]) -> None:
    """Refuse a choice that the format has no use for: it would be lost without a word."""
    for name, value in asked.items():
        if value and suffix not in _FOR[name]:
            raise UsageError(
                f"--{name} is for {' and '.join(_FOR[name])}, not for a file {suffix or 'without a suffix'}"
            )


def _check_day(shown: Any, scene: Any) -> None:
    """Refuse a day that the map has no place for on its timeline."""
    if shown and not scene.start <= shown <= scene.end:
        raise UsageError(f"--day {shown} is not among the days of the map: {scene.start} to {scene.end}")


def _options(shown: Any, language: Any, theme: Any, bom: bool, hxl: bool, columns: Any) -> dict[str, Any]:
    shape = "own" if columns in (None, Columns.ATLAS) else columns.value
    chosen = {"language": language.value if language else "en", "theme": theme.value if theme else ""}
    return {"day": shown, "bom": bom, "hxl": hxl, "shape": shape, **chosen}


def _texts(store: Any, scene: Any, closed: frozenset[str]) -> dict[str, str]:
    """Return the full texts of the documents that any of the scene's events was read from, but for closed ones."""
    import json

    named = {account["document_id"] for accounts in scene.events["accounts"] for account in json.loads(accounts)}
    found = ((name, store.document(name)) for name in sorted(named - closed))
    return {name: document.text for name, document in found if document is not None}


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
