"""What a reader looks at, and its form in the URL: a link reproduces the view, and the browser's back works.

The URL is the only copy of the view. Every page reads it at the start of a run, sets its widgets from it, and writes
a changed view back; nothing else remembers filters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from dashboard.measures import Measure
from geo.vocabulary import SUB_EVENT_TYPES, EventType, Factuality, GeoPrecision, Review

LANGUAGES = ("en", "ar")


Box = tuple[float, float, float, float]
"""West, south, east and north, in degrees; west may lie east of east, across the date line."""


@dataclass(frozen=True, slots=True)
class View:
    """The filters and the selection; an empty tuple or text means no restriction."""

    start: date | None = None
    """First day; None for the first day of the store."""
    end: date | None = None
    """Last day, included; None for the last day of the store."""
    types: tuple[str, ...] = ()
    sub_types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    factualities: tuple[str, ...] = ()
    precisions: tuple[int, ...] = ()
    """Values of `geo_precision`."""
    killed: int = 0
    """Fewest people killed; 0 includes events without a count."""
    injured: int = 0
    """Fewest people injured; 0 includes events without a count."""
    sources: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    """Without a choice, everything but the rejected."""
    control: tuple[str, ...] = ()
    text: str = ""
    sides: tuple[str, ...] = ()
    """Sides of the actors, by the project's list of actors."""
    place: str = ""
    """Place of the gazetteer to be in, as `source:identifier`."""
    area: Box | tuple[()] = ()
    """Box to be in, in degrees."""
    series: str = ""
    """Zone series under the events; empty for the one that most events lie on."""
    day: date | None = None
    """Day that the map shows; None for the first day of the period."""
    selected: str = ""
    """`event_id` of the open event."""
    count: str = Measure.EVENTS
    """What the trends count."""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Faulty:
    """A part of a link that could not be read."""

    parameter: str
    value: str


@dataclass(frozen=True, slots=True)
class ReadView:
    """A view and the parts of its link that were left out."""

    view: View
    faults: tuple[Faulty, ...] = field(default=())


def _days(values: Sequence[str]) -> date:
    return date.fromisoformat(values[-1])


def _count(values: Sequence[str]) -> int:
    number = int(values[-1])
    if number < 0:
        raise ValueError(f"{number} is less than none")
    return number


def _language(values: Sequence[str]) -> str:
    return _one_of(LANGUAGES)(values)[-1]


def _measure(values: Sequence[str]) -> str:
    return Measure(values[-1]).value


def _one_of(allowed: Iterable[str]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    known = frozenset(allowed)

    def read(values: Sequence[str]) -> tuple[str, ...]:
        if not known.issuperset(values):
            raise ValueError(f"{sorted(set(values) - known)} is none of {sorted(known)}")
        return tuple(dict.fromkeys(values))

    return read


def _precisions(values: Sequence[str]) -> tuple[int, ...]:
    return tuple(int(GeoPrecision(int(value))) for value in values)


def _names(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _words(values: Sequence[str]) -> str:
    return values[-1]


def read_area(values: Sequence[Any]) -> Box | tuple[()]:
    """Return the box of four numbers, none for no numbers; raise `ValueError` for what is no box on the globe."""
    if not values:
        return ()
    west, south, east, north = (float(value) for value in values)
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise ValueError(f"{values} is no box of west, south, east and north in degrees")
    return west, south, east, north


def _box(values: Sequence[str]) -> Box | tuple[()]:
    return read_area(values[-1].split(",")) if len(values) == 1 else read_area(values)


def _place(values: Sequence[str]) -> str:
    if ":" not in values[-1]:
        raise ValueError(f"{values[-1]!r} is no source:identifier")
    return values[-1]


@dataclass(frozen=True, slots=True)
class _Parameter:
    name: str
    """In the URL."""
    read: Callable[[Sequence[str]], Any]


_PARAMETERS: Mapping[str, _Parameter] = {
    "start": _Parameter("from", _days),
    "end": _Parameter("to", _days),
    "types": _Parameter("type", _one_of(EventType)),
    "sub_types": _Parameter("sub", _one_of(SUB_EVENT_TYPES)),
    "actors": _Parameter("actor", _names),
    "factualities": _Parameter("fact", _one_of(Factuality)),
    "precisions": _Parameter("geo", _precisions),
    "killed": _Parameter("killed", _count),
    "injured": _Parameter("injured", _count),
    "sources": _Parameter("source", _names),
    "reviews": _Parameter("review", _one_of(Review)),
    "control": _Parameter("control", _names),
    "text": _Parameter("q", _words),
    "sides": _Parameter("side", _names),
    "place": _Parameter("place", _place),
    "area": _Parameter("area", _box),
    "series": _Parameter("series", _words),
    "day": _Parameter("day", _days),
    "selected": _Parameter("event", _words),
    "count": _Parameter("count", _measure),
    "language": _Parameter("lang", _language),
}
FILTERS = tuple(name for name in _PARAMETERS if name not in ("series", "day", "selected", "count", "language"))
"""Fields of `View` that choose events."""


def read_view(parameters: Mapping[str, Sequence[str]]) -> ReadView:
    """Read a view from URL parameters (name to its values); what cannot be read is left out and named."""
    found: dict[str, Any] = {}
    faults: list[Faulty] = []
    for name, parameter in _PARAMETERS.items():
        values = [value for value in parameters.get(parameter.name, ()) if value]
        if not values:
            continue
        try:
            found[name] = parameter.read(values)
        except ValueError:
            faults.append(Faulty(parameter.name, ", ".join(values)))
    view = View(**found)
    if view.start and view.end and view.end < view.start:
        faults.append(Faulty("to", view.end.isoformat()))
        view = replace(view, end=None)
    return ReadView(view, tuple(faults))


def url_parameters(view: View) -> dict[str, list[str]]:
    """Return the URL parameters of a view; what equals the default is left out, so that links stay short."""
    plain = View()
    parameters: dict[str, list[str]] = {}
    for item in fields(view):
        value = getattr(view, item.name)
        if value == getattr(plain, item.name):
            continue
        values = value if isinstance(value, tuple) else (value,)
        told = [str(entry) for entry in values]
        # A box is one thing, not four.
        parameters[_PARAMETERS[item.name].name] = [",".join(told)] if item.name == "area" else told
    return parameters


def without_filters(view: View) -> View:
    """Return the view with every filter at its default; day, selection and language stay."""
    plain = View()
    return replace(view, **{name: getattr(plain, name) for name in FILTERS})


def filters_set(view: View) -> int:
    """Count the filters that differ from their default."""
    plain = View()
    return sum(getattr(view, name) != getattr(plain, name) for name in FILTERS)
