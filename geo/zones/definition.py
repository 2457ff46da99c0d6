"""What a folder of derived zones says of itself: its `series.toml`.

| key | meaning |
|---|---|
| `name`, `title` | the series' identifier and its title |
| `starts`, `ends` | first day, and first day after (half-open) |
| `step` | `day` (default) or `month`: on which days the zones may change |
| `doubt_km` | how far a boundary between two cells may be off |
| `disagreement_days` | how far apart two dates of one change may lie and still contradict each other (default 7) |
| `[controllers.ID]` | `name`, optional `name_local`, `colour` as `#rrggbb` |
| `[sources.ID]` | `name`, `licence`, optional `url` |

Every other key is refused: a misspelt one must not pass unseen.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo.errors import ConfigurationError
from geo.tables import Attribution

DEFINITION_FILE = "series.toml"
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_OPTIONAL = {"title", "step", "doubt_km", "disagreement_days", "country", "sources"}
_REQUIRED = {"name", "starts", "ends", "controllers"}


@dataclass(frozen=True, slots=True)
class Controller:
    """A side that can hold ground."""

    controller_id: str
    name: str
    colour: str
    """`#rrggbb`."""
    name_local: str = ""


@dataclass(frozen=True, slots=True)
class SeriesDefinition:
    """A series of derived zones, as its folder declares it."""

    name: str
    title: str
    starts: date
    ends: date
    """First day after the series."""
    step: str
    doubt_km: float
    disagreement_days: int
    controllers: Mapping[str, Controller]
    sources: Mapping[str, Attribution]


def read_definition(folder: Path) -> SeriesDefinition:
    """Read `series.toml` of a folder.

    Raises:
        ConfigurationError: the file is missing, is not TOML, or breaks the table above; the message lists every fault.

    """
    path = folder / DEFINITION_FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(f"{path} is missing: a series of zones is declared there") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not valid TOML: {error}") from error
    faults = list(_faults(raw))
    if faults:
        raise ConfigurationError(f"{path}: " + "; ".join(faults))
    return SeriesDefinition(
        name=raw["name"],
        title=raw.get("title", raw["name"]),
        starts=raw["starts"],
        ends=raw["ends"],
        step=raw.get("step", "day"),
        doubt_km=float(raw.get("doubt_km", 0.5)),
        disagreement_days=int(raw.get("disagreement_days", 7)),
        controllers=MappingProxyType({key: _controller(key, value) for key, value in raw["controllers"].items()}),
        sources=MappingProxyType({key: _source(value) for key, value in raw.get("sources", {}).items()}),
    )


def _faults(raw: dict[str, Any]) -> list[str]:
    faults = [f"{key!r} is missing" for key in sorted(_REQUIRED - raw.keys())]
    faults += [f"{key!r} is not known" for key in sorted(raw.keys() - _REQUIRED - _OPTIONAL)]
    starts, ends = raw.get("starts"), raw.get("ends")
    # A TOML datetime is a date too, for Python; here it is a mistake.
    if type(starts) is not date or type(ends) is not date:
        faults.append("'starts' and 'ends' must be days such as 2016-11-15")
    elif starts >= ends:
        faults.append("'ends' must lie after 'starts'")
    if raw.get("step", "day") not in ("day", "month"):
        faults.append("'step' must be day or month")
    for key, value in raw.get("controllers", {}).items():
        if not value.get("name") or not _COLOUR.fullmatch(str(value.get("colour", ""))):
            faults.append(f"controller {key!r} needs a name and a colour such as #009E73")
        faults += [
            f"controller {key!r}: {extra!r} is not known" for extra in value.keys() - {"name", "name_local", "colour"}
        ]
    for key, value in raw.get("sources", {}).items():
        if not value.get("name") or not value.get("licence"):
            faults.append(f"source {key!r} needs a name and a licence")
    return faults


def _controller(key: str, value: dict[str, str]) -> Controller:
    return Controller(key, value["name"], value["colour"], value.get("name_local", ""))


def _source(value: dict[str, str]) -> Attribution:
    return Attribution(value["name"], value["licence"], value.get("url", ""), "control zones")
