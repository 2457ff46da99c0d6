"""The declared schemas of events and zones, checked where tables cross from one room to another.

`check_events` and `check_zones` return a copy with the declared columns, order and dtypes, or raise one `TableError`
that lists every fault. Geometry is EPSG:4326; an event that could not be placed has no geometry and null `lon`, `lat`.

| kind | dtype in a table | in GeoJSON |
|---|---|---|
| text | str, never null (`""` says none) | string |
| integer | Int64 | number or null |
| real | float64 | number or null |
| day | datetime64[s], midnight, no zone | `YYYY-MM-DD` or null |
| flag | bool | boolean |
| list | str, items joined by `;` | array of strings |
| json | str of JSON | the value itself |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from geo.crs import LONLAT
from geo.errors import TableError
from geo.vocabulary import SUB_EVENT_TYPES, TAGS, EventType, Factuality, Review, ZoneStatus

# Loaded with the first table: it takes half a second, and who only reads texts makes none.
if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

Kind = Literal["text", "integer", "real", "day", "flag", "list", "json"]


@dataclass(frozen=True, slots=True)
class Column:
    """One declared column."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    """Whether a null or an empty text is a fault."""
    allowed: frozenset[str] = frozenset()
    """The closed list of values, for text and list columns; empty for any."""


def _among(*values: str) -> frozenset[str]:
    return frozenset(values)


EVENT_COLUMNS: tuple[Column, ...] = (
    Column("event_id", "text", "stable over runs, machines and engines", required=True),
    Column("event_type", "text", "ACLED event type", required=True, allowed=_among(*EventType)),
    Column("sub_event_type", "text", "ACLED sub-event type", required=True, allowed=_among(*SUB_EVENT_TYPES)),
    Column("tags", "list", "what else it concerns", allowed=_among(*TAGS)),
    Column("date_start", "day", "first day; null where the text does not say"),
    Column("date_end", "day", "last day, included"),
    Column("time_precision", "integer", "1 the day, 2 the week, 3 the month or vaguer"),
    Column("lon", "real", "degrees east of a point inside the place"),
    Column("lat", "real", "degrees north of it"),
    Column("geo_precision", "integer", "1 the named place, 2 near or part of it, 3 a larger region"),
    Column("uncertainty_km", "real", "radius that should hold the true place nine times in ten"),
    Column("place_name", "text", "the place in words"),
    Column("place_name_local", "text", "its name in the local script"),
    Column("toponym", "text", "the name as the text writes it"),
    Column("gazetteer", "text", "source of the place"),
    Column("gazetteer_id", "text", "its identifier there; a part carries #relation"),
    Column("country", "text", "ISO 3166-1 alpha-2"),
    Column("admin1", "text", "first-level division"),
    Column("place_reason", "text", "why this place, or why none"),
    Column("actor1", "text", "who did it"),
    Column("actor2", "text", "to whom, or with whom"),
    Column("civilian_targeting", "flag", "whether civilians or civilian sites were hit"),
    Column("weapon", "text", "weapon or platform named"),
    Column("fatalities_low", "integer", "killed, lower bound"),
    Column("fatalities_best", "integer", "killed, best estimate"),
    Column("fatalities_high", "integer", "killed, upper bound"),
    Column("injured_low", "integer", "injured, lower bound"),
    Column("injured_best", "integer", "injured, best estimate"),
    Column("injured_high", "integer", "injured, upper bound"),
    Column("factuality", "text", "how the reports stand to it", required=True, allowed=_among(*Factuality)),
    Column("attribution", "text", "who is said to say it"),
    Column("confidence", "real", "probability that the record is right, 0 to 1"),
    Column("control", "text", "who held the ground, or contested, uncertain, unknown", required=True),
    Column("zone_id", "text", "the zone it lies on"),
    Column("frontline_km", "real", "distance to the frontline of that day"),
    Column("control_reason", "text", "one sentence: why this control"),
    Column("notes", "text", "one plain sentence made from the fields"),
    Column("accounts", "json", "every telling with its quoted words"),
    Column("review", "text", "what a person decided", required=True, allowed=_among(*Review)),
)
"""The event record, in order: the same names in every file, column and property."""

ZONE_COLUMNS: tuple[Column, ...] = (
    Column("zone_id", "text", "unique within its series", required=True),
    Column("series", "text", "name of the series", required=True),
    Column("controller", "text", "identifier of who holds it", required=True),
    Column("controller_name", "text", "the same in words"),
    Column("colour", "text", "#rrggbb that the series gives its controller"),
    Column("status", "text", "held or contested", required=True, allowed=_among(*ZoneStatus)),
    Column("name", "text", "name of the ground"),
    Column("valid_from", "day", "first day", required=True),
    Column("valid_to", "day", "first day after; null where it is open"),
    Column("known_since", "day", "when the source published it"),
    Column("doubt_km", "real", "how far the boundary may be off"),
    Column("source", "text", "who says so"),
    Column("note", "text", "the statements behind it"),
)

REGION_COLUMNS: tuple[Column, ...] = (
    Column("region_id", "text", "the `gazetteer_id` of the events in it", required=True),
    Column("name", "text", "the region in words"),
)
"""Polygons of parts and relations (`eastern Aleppo`) that events are placed by."""

FRONTLINE_COLUMNS: tuple[Column, ...] = (
    Column("valid_from", "day", "first day", required=True),
    Column("valid_to", "day", "first day after; null where it is open"),
    Column("length_km", "real", "geodesic length"),
)
"""Lines where sides meet, one row a stretch of days on which no zone changes."""

JOIN = ";"
"""Between the items of a list column."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose data is on the map, and under which licence."""

    name: str
    licence: str
    url: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a map, an export or a page shows."""

    events: gpd.GeoDataFrame
    """By EVENT_COLUMNS."""
    zones: gpd.GeoDataFrame
    """By ZONE_COLUMNS; one series."""
    regions: gpd.GeoDataFrame
    """By REGION_COLUMNS."""
    start: date
    """First day shown."""
    end: date
    """Last day shown, included."""
    attributions: tuple[Attribution, ...]
    title: str = "Conflict Atlas"
    bridges: gpd.GeoDataFrame | None = None
    """By FRONTLINE_COLUMNS: the frontline across gaps between zones, which their shared borders do not show."""


def check_events(frame: gpd.GeoDataFrame, *, name: str = "events") -> gpd.GeoDataFrame:
    """Return the events with the declared columns and dtypes; raise `TableError` with every fault."""
    return _check(frame, EVENT_COLUMNS, name=name, rules=_event_faults)


def check_zones(frame: gpd.GeoDataFrame, *, name: str = "zones") -> gpd.GeoDataFrame:
    """Return the zones with the declared columns and dtypes; raise `TableError` with every fault."""
    return _check(frame, ZONE_COLUMNS, name=name, rules=_zone_faults)


def check_regions(frame: gpd.GeoDataFrame, *, name: str = "regions") -> gpd.GeoDataFrame:
    """Return the regions with the declared columns and dtypes; raise `TableError` with every fault."""
    return _check(frame, REGION_COLUMNS, name=name, rules=lambda frame: iter(()))


def check_frontlines(frame: gpd.GeoDataFrame, *, name: str = "frontlines") -> gpd.GeoDataFrame:
    """Return the frontlines with the declared columns and dtypes; raise `TableError` with every fault."""
    return _check(frame, FRONTLINE_COLUMNS, name=name, rules=lambda frame: iter(()))


def empty_table(columns: Sequence[Column]) -> gpd.GeoDataFrame:
    """Return a table without rows by one of the schemas."""
    import geopandas as gpd

    frame = gpd.GeoDataFrame({column.name: [] for column in columns}, geometry=[], crs=LONLAT)
    return _check(frame, columns, name="empty", rules=lambda frame: iter(()))


def as_day(value: Any) -> date | None:
    """Return a table's day as a `date`, None for null."""
    import pandas as pd

    return None if pd.isna(value) else pd.Timestamp(value).date()


def _check(
    frame: gpd.GeoDataFrame,
    columns: Sequence[Column],
    *,
    name: str,
    rules: Callable[[gpd.GeoDataFrame], Iterator[str]],
) -> gpd.GeoDataFrame:
    import geopandas as gpd

    faults = [f"column {column.name!r} is missing" for column in columns if column.name not in frame.columns]
    if not isinstance(frame, gpd.GeoDataFrame) or "geometry" not in frame.columns:
        faults.append("column 'geometry' is missing")
    elif frame.crs is None or frame.crs.to_epsg() != 4326:
        faults.append(f"coordinates are in {frame.crs}, not in {LONLAT}")
    if faults:
        raise TableError(name, faults)
    ready: dict[str, pd.Series] = {}
    for column in columns:
        try:
            ready[column.name] = _cast(frame[column.name], column)
        except (ValueError, TypeError) as error:
            faults.append(f"column {column.name!r} is no {column.kind}: {error}")
            continue
        faults.extend(_column_faults(ready[column.name], column))
    if faults:
        raise TableError(name, faults)
    checked = gpd.GeoDataFrame(ready, geometry=frame.geometry.array, crs=LONLAT, index=frame.index)
    faults.extend(rules(checked))
    if faults:
        raise TableError(name, faults)
    return checked.reset_index(drop=True)


_CASTS: Mapping[Kind, Callable[[pd.Series], pd.Series]] = {
    "text": lambda series: _as_text(series, missing=""),
    "list": lambda series: _as_text(series, missing=""),
    "json": lambda series: _as_text(series, missing="[]"),
    "integer": lambda series: _pandas().to_numeric(series).astype("Int64"),
    "real": lambda series: _pandas().to_numeric(series).astype("float64"),
    "day": lambda series: _pandas().to_datetime(series).dt.tz_localize(None).dt.normalize().astype("datetime64[s]"),
    "flag": lambda series: series.astype("boolean").fillna(False).astype("bool"),
}


def _pandas() -> Any:
    import pandas as pd

    return pd


def _as_text(series: pd.Series, *, missing: str) -> pd.Series:
    import pandas as pd

    if isinstance(series.dtype, pd.StringDtype) and series.dtype == "str":
        # At 100,000 rows a look at every cell is a second; texts from a store are texts already.
        return series.fillna(missing) if series.hasnans else series
    return series.astype("object").where(series.notna(), missing).astype("str")


def _cast(series: pd.Series, column: Column) -> pd.Series:
    return _CASTS[column.kind](series)


def _column_faults(series: pd.Series, column: Column) -> Iterator[str]:
    if column.required:
        missing = series.isna() | (series.astype("str") == "") if column.kind == "text" else series.isna()
        if missing.any():
            yield f"column {column.name!r} is empty in {int(missing.sum())} row(s), first {_first(missing)}"
    if column.allowed:
        values = set(series[series != ""].unique())
        if column.kind == "list":
            values = {item for value in values for item in value.split(JOIN)}
        unknown = sorted(values - column.allowed)
        if unknown:
            yield f"column {column.name!r} holds {unknown}, expected one of {sorted(column.allowed)}"


def _first(mask: pd.Series) -> Any:
    return mask.index[mask.to_numpy().argmax()]


def _event_faults(frame: gpd.GeoDataFrame) -> Iterator[str]:
    if frame["event_id"].duplicated().any():
        yield f"event_id repeats: {sorted(frame.loc[frame['event_id'].duplicated(), 'event_id'])[:5]}"
    placed = frame.geometry.notna() & ~frame.geometry.is_empty
    if (placed != frame["lon"].notna()).any():
        yield "geometry and lon/lat disagree on which events are placed"
    if (frame["date_end"] < frame["date_start"]).any():
        yield f"date_end lies before date_start, first in row {_first(frame['date_end'] < frame['date_start'])}"
    types = frame["sub_event_type"].map(SUB_EVENT_TYPES)
    if (types.astype("str") != frame["event_type"]).any():
        yield "sub_event_type does not belong to event_type"


def _zone_faults(frame: gpd.GeoDataFrame) -> Iterator[str]:
    if frame.duplicated(["series", "zone_id"]).any():
        yield "zone_id repeats within a series"
    backward = frame["valid_to"] <= frame["valid_from"]
    if backward.any():
        yield f"valid_to is not after valid_from, first in row {_first(backward)}"
    if frame.geometry.isna().any() or frame.geometry.is_empty.any():
        yield "a zone has no geometry"
