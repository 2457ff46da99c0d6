"""What a file of zones holds, before anything is said about who holds what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class RawFeature:
    """One feature of a file, as it stands there."""

    number: int
    """Position in its layer, from 1."""
    properties: Mapping[str, Any]
    shape: BaseGeometry | None
    """In degrees (the file's own coordinate system is already undone); None where nothing could be built."""
    faults: tuple[str, ...] = ()
    """What had to be mended to build the shape at all; see `geo.zones.topology`."""
    layer: str = ""

    @property
    def place(self) -> str:
        """Where in the file, in words."""
        return f"layer {self.layer}, feature {self.number}" if self.layer else f"feature {self.number}"


@dataclass(frozen=True, slots=True)
class RawFile:
    """The features of one file, and what is wrong with the file as a whole."""

    features: tuple[RawFeature, ...]
    notes: tuple[str, ...] = field(default=())
    """What the reader had to assume, one sentence each."""
