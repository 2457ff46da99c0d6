"""What the pages read from the store, and the only cache of the dashboard.

Every answer is kept under the store's version, so that an ingest or a decision from anywhere is seen on the next run.
Answers are shared between sessions and not copied: pages never change a table that they were given.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from threading import Thread
from typing import Any, Literal

import geopandas as gpd
import pandas as pd

from dashboard import references
from dashboard.board import MOST_RENEWALS, Board, make_board, renewed_board
from dashboard.components.list_columns import list_columns, row_bits
from dashboard.components.series_tables import series_facts
from dashboard.filters import shown_mask
from dashboard.i18n import load_words
from dashboard.kept_events import ReadEvents, keep_events, read_events
from dashboard.palette import side_names
from dashboard.reports import decisions as decisions
from dashboard.reports import document as document
from dashboard.reports import document_accounts as document_accounts
from dashboard.reports import document_marks as document_marks
from dashboard.reports import documents as documents
from dashboard.reports import event_accounts as event_accounts
from dashboard.session import filters_of
from dashboard.shared import settle, shared
from dashboard.shelf import LEAST_EVENTS, program_stamp, shelf_of
from dashboard.sight import Version as Version
from dashboard.sight import series_names as series_names
from dashboard.sight import series_of as series_of
from dashboard.sight import store_version as store_version
from dashboard.sight import whole_scene as whole_scene
from dashboard.state import View
from dashboard.tally import Mask, Sums, sums
from geo.evidence import digest
from geo.tables import Scene

Suffix = Literal[".html", ".geojson", ".csv", ".gpkg", ".parquet", ".kml"]
Layer = Literal["events", "zones"]


@shared(entries=1)
def _made_ready() -> set[tuple[Version, str, str, bool]]:
    return set()


def is_ready(version: Version, series: str, language: str, *, mapped: bool) -> bool:
    """Tell whether what `make_ready` makes is there."""
    return (version, series, language, mapped) in _made_ready()


def make_ready(version: Version, series: str, language: str, *, mapped: bool) -> None:
    """Make what all views of a store share, once for all sessions: a large store takes seconds to read.

    `mapped` says whether the map and the list of all events are wanted too. Every decision changes the store, and who
    reviews one event after the other needs neither.
    """
    areas(version, series)
    board(version, series)
    if mapped:
        map_page(version, series, language)
        list_lines(version, series, language)
    _made_ready().add((version, series, language, mapped))
    reading = read_events(version) if version.public_at is None else None
    if reading is None or reading.came_of is None:
        settle()
    if reading is not None:
        # Nobody waits for it.
        Thread(target=keep_events, args=(reading, version.address), name="keep events", daemon=True).start()


@shared(entries=4)
def board(version: Version, series: str) -> Board:
    """Return the store's events, ready for filters."""
    if version.public_at is not None:
        return make_board(whole_scene(version, series).events, sides=references.actor_sides())
    return _exact_board(read_events(version))


@shared(entries=4)
def _exact_board(reading: ReadEvents) -> Board:
    last, sides = _last_boards(), references.actor_sides()
    before = last.get(reading.came_of) if reading.came_of is not None else None
    if before is None or reading.renewal is None or before.renewals >= MOST_RENEWALS:
        made = make_board(reading.events, sides=sides)
    elif reading.renewal.is_still(len(before.events)):
        made = before
    else:
        made = renewed_board(before, reading.events, reading.renewal, sides=sides)
    last.clear()
    last[reading.number] = made
    return made


@shared(entries=1)
def _last_boards() -> dict[int, Board]:
    """Return the board that was made last, by the number of its reading: after a decision most of it stands."""
    return {}


@shared(entries=4)
def ground_stamp(version: Version, series: str) -> str:
    """Return a stamp of the zones: what is made of them alone outlives every change of events."""
    zones = whole_scene(version, series).zones
    return digest(*pd.util.hash_pandas_object(pd.DataFrame(zones.to_wkb()), index=False).astype("str"))


@shared(entries=2)
def all_series(version: Version) -> pd.DataFrame:
    """Return one row a zone series of the store: its days, how often it changes, and its sources."""
    from geo.stores import open_store

    with open_store(version.address, read_only=True) as store:
        return pd.DataFrame([series_facts(name, store.zones(name)) for name in store.series()])


def areas(version: Version, series: str) -> pd.DataFrame:
    """Return the area in km² that each controller held, by day."""
    return _areas(ground_stamp(version, series), whole_scene(version, series).zones)


@shared(entries=4)
def _areas(ground: str, _zones: gpd.GeoDataFrame) -> pd.DataFrame:
    from geo.zones import areas_by_day

    if _zones.empty:
        return pd.DataFrame({"day": pd.Series(dtype="datetime64[s]"), "controller": [], "area_km2": []})
    return areas_by_day(_zones)


@dataclass(frozen=True, slots=True)
class Shown:
    """Which events a view shows, for Python and for the browser."""

    mask: Mask
    """One truth an event of the board."""
    only: str
    """The same as one bit an event in base64, for the map and the list; empty where all are shown."""
    sums: Sums
    """What the events shown add up to."""


@shared(entries=64)
def shown(version: Version, series: str, view: View) -> Shown:
    """Return which events a view shows."""
    whole, events = whole_scene(version, series), board(version, series)
    ground = references.ground_of(view.place)
    mask = shown_mask(events, view, start=whole.start, end=whole.end, ground=ground)
    only = "" if mask.all() else base64.b64encode(row_bits(mask)).decode("ascii")
    return Shown(mask, only, sums(events.tally, mask))


def event_row(version: Version, series: str, event_id: str) -> Mapping[str, Any] | None:
    """Return the record of an event, None where the store does not hold it."""
    known = board(version, series)
    row = known.row_of.get(event_id)
    return None if row is None else dict(known.events.iloc[row])


def is_shown(version: Version, series: str, view: View, event_id: str) -> bool:
    """Tell whether a view shows an event."""
    row = board(version, series).row_of.get(event_id)
    return row is not None and bool(shown(version, series, view).mask[row])


def neighbour(version: Version, series: str, view: View, event_id: str, by: int) -> str:
    """Return the identifier of the event `by` places further among those shown; at the ends, the same one."""
    known, rows = board(version, series), shown(version, series, view).mask.nonzero()[0]
    at = int(rows.searchsorted(known.row_of[event_id]))
    return str(known.events["event_id"].iloc[rows[max(0, min(len(rows) - 1, at + by))]])


@shared(entries=3)
def view_scene(version: Version, series: str, view: View) -> Scene:
    """Return the scene of a view: its events, and the zones and days of its period."""
    whole = whole_scene(version, series)
    start, end = period(whole, view)
    zones = whole.zones
    touching = (zones["valid_from"] <= pd.Timestamp(end)) & ~(zones["valid_to"] <= pd.Timestamp(start))
    events, mask = board(version, series).events, shown(version, series, view).mask
    return replace(whole, events=_kept(events, mask), zones=_kept(zones, touching.to_numpy()), start=start, end=end)


def _kept(table: gpd.GeoDataFrame, mask: Mask) -> gpd.GeoDataFrame:
    """Return the rows of a table that a mask keeps; the table itself, not a copy of it, where it keeps all."""
    return table if mask.all() else table[mask].reset_index(drop=True)


@shared(entries=3)
def map_page(version: Version, series: str, language: str) -> bytes:
    """Return the map of everything as a page; what a view shows of it is told to it in the browser.

    It comes without the texts of cards, as the dashboard has a card of its own.
    """
    if version.public_at is not None or len(board(version, series).events) < LEAST_EVENTS:
        return _map_page(version, series, language)
    whole, shelf = whole_scene(version, series), shelf_of(version.address)
    days = f"{whole.start} {whole.end} {date.today()}"
    made_of = digest(program_stamp(), read_events(version).stamp, ground_stamp(version, series), days)
    name = f"map_{language}-{made_of}.html"
    page = shelf.page(name)
    if page is None:
        page = _map_page(version, series, language)
        shelf.put_page(name, page)
    return page


def _map_page(version: Version, series: str, language: str) -> bytes:
    from geo.layers import map_html

    whole = replace(whole_scene(version, series), events=board(version, series).events)
    page = map_html(whole, language=language, cards=False)
    return f"{page}<!-- {digest(page)} -->\n".encode()


def ground_page(version: Version, series: str, language: str) -> bytes:
    """Return the map without any event, to point at a place of it."""
    whole = whole_scene(version, series)
    return _ground_page(ground_stamp(version, series), whole.start, whole.end, language, whole)


@shared(entries=3)
def _ground_page(ground: str, start: date, end: date, language: str, _whole: Scene) -> bytes:
    from geo.layers import map_html

    page = map_html(replace(_whole, events=_whole.events.head(0)), language=language, cards=False)
    return f"{page}<!-- {digest(page)} -->\n".encode()


@shared(entries=3)
def list_lines(version: Version, series: str, language: str) -> bytes:
    """Return the lines of all events for the list in the browser."""
    words = load_words(language)
    names = side_names(whole_scene(version, series).zones, words)
    return list_columns(board(version, series).events, words, controllers=names)


@shared(entries=6)
def export(version: Version, series: str, view: View, suffix: Suffix, layer: Layer) -> bytes:
    """Return a view as the bytes of a file; a map opens at the view's day and event, in its language."""
    from geo.exports import scene_bytes

    scene = view_scene(version, series, filters_of(view))
    if suffix != ".html":
        return scene_bytes(scene, suffix, layer=layer)
    selected = view.selected if is_shown(version, series, filters_of(view), view.selected) else ""
    return scene_bytes(scene, suffix, layer=layer, day=view.day, selected=selected, language=view.language)


def fronts(version: Version, series: str) -> pd.DataFrame:
    """Return the length of the frontline in km by day, for the days on which there is one."""
    whole = whole_scene(version, series)
    return _fronts(ground_stamp(version, series), whole.start, whole.end, whole.zones)


@shared(entries=64)
def _fronts(ground: str, start: date, end: date, _zones: gpd.GeoDataFrame) -> pd.DataFrame:
    from geo.zones import frontlines

    days = pd.date_range(start, end, unit="s")
    lengths = pd.Series(0.0, index=days)
    for line in frontlines(_zones, start=start, end=end).itertuples() if len(_zones) else ():
        after = line.valid_to if pd.notna(line.valid_to) else days[-1] + pd.Timedelta(days=1)
        lengths[(days >= line.valid_from) & (days < after)] = line.length_km
    return pd.DataFrame({"day": days, "front_km": lengths.to_numpy()})[lengths.to_numpy() > 0]


def period(scene: Scene, view: View) -> tuple[date, date]:
    """Return the first and last day that a view shows."""
    return view.start or scene.start, view.end or scene.end
