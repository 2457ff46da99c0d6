"""What a caller may choose about an export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from geo.layers.tiles import Tiles

Layer = Literal["events", "zones"]
"""Which table a format writes that holds one."""
Shape = Literal["own", "acled", "ucdp"]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Choices beyond the file's name; each format reads those that concern it."""

    day: date | None = None
    """HTML, PNG: the day shown first."""
    selected: str = ""
    """HTML, PNG: the event whose card is open."""
    language: str = "en"
    """HTML, PNG: language of the interface at first."""
    theme: Literal["", "light", "dark"] = ""
    """HTML, PNG: colours at first; empty for those of the reader's system."""
    tiles: Tiles | None = None
    """HTML, PNG: tiles that are loaded while the map is looked at, in place of the base map in the file."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """HTML: document id to text, in which quoted words are marked."""
    exported_on: date | None = None
    """Day of the export as the file states it; today without it."""
    bom: bool = False
    """CSV: start with a byte order mark, which some spreadsheets need to read UTF-8."""
    hxl: bool = False
    """CSV: a second row of tags of the Humanitarian Exchange Language, hxlstandard.org."""
    shape: Shape = "own"
    """CSV of events: columns of the event record, or those of ACLED or of UCDP GED."""
