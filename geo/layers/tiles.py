"""Online tiles below the map, for those who ask for them: the one thing that a page may load from outside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from geo.errors import UsageError
from geo.layers.escaping import safe_url

_HOST = re.compile(r"(\{s\}\.)?[A-Za-z0-9.-]+(:\d+)?")


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where tiles are loaded from, and whose they are."""

    url: str
    """With `{z}`, `{x}`, `{y}` and optionally `{s}` for a host of several, as Leaflet takes it."""
    attribution: str
    link: str = ""
    """Address of the terms; empty for none."""

    @property
    def origin(self) -> str:
        """The origin for the page's Content-Security-Policy: scheme and host, `*.` where it names several."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.replace('{s}.', '*.')}"


OPENSTREETMAP = Tiles(
    "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    "© OpenStreetMap contributors",
    "https://www.openstreetmap.org/copyright",
)


def read_tiles(written: str, *, attribution: str = "") -> Tiles:
    """Return the tiles that `osm` or an address names.

    Raises `UsageError` for an address that is no https address of tiles, and for one without an attribution.
    """
    if written == "osm":
        return OPENSTREETMAP
    parts = urlsplit(written)
    proper = parts.scheme == "https" and _HOST.fullmatch(parts.netloc) and safe_url(written.replace("{s}", "a"))
    if not proper or not all(part in written for part in ("{z}", "{x}", "{y}")):
        raise UsageError(f"{written!r} names no tiles: expected osm or https://host/…/{{z}}/{{x}}/{{y}}.png")
    if not attribution.strip():
        raise UsageError("tiles of your own need the words that say whose they are: give --attribution too")
    return Tiles(written, attribution.strip())
