"""One file per source of names; each yields the same `Entry`."""

from __future__ import annotations

from geo.places.gazetteers.entry import Entry, Source
from geo.places.gazetteers.shelf import shelf

__all__ = ["Entry", "Source", "shelf"]
