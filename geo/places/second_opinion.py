"""Nominatim as a second opinion on names that no gazetteer knows: off unless asked for, slow on purpose, remembered.

The public server's terms allow one request a second, ask for a user agent that names the application, and for caching.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geo.crs import distance_km
from geo.errors import UsageError
from geo.evidence import digest
from geo.model import Place, Unresolved

if TYPE_CHECKING:
    from geopy.geocoders import Nominatim

USER_AGENT = "conflict-atlas (research on public reports)"
PUBLIC = "https://nominatim.openstreetmap.org"
_SECONDS_BETWEEN = 1.1
_UNKNOWN_WIDTH_KM = 5.0
_YES = frozenset(("nominatim", "yes", "on", "true", "1"))


class SecondOpinion:
    """Asks a Nominatim server for names; every answer, also "none", is kept as a file in `cache`.

    A server that does not answer is asked once: every further name of this process is left as it was, and says why.
    """

    def __init__(self, cache: Path, *, geocode: Callable[..., Any] | None = None, server: str = PUBLIC) -> None:
        """`geocode` is what is asked, for other services of geopy; without it, Nominatim at `server`, a URL."""
        # Loaded for who asks: geopy takes a while, and most never do.
        from geopy.extra.rate_limiter import RateLimiter

        self._cache = cache / digest(server) if server != PUBLIC else cache
        self.server = server
        address = urlsplit(server)
        service = geocode or _nominatim(address.scheme, address.netloc + address.path.rstrip("/")).geocode
        seconds = _SECONDS_BETWEEN if server == PUBLIC and geocode is None else 0.0
        self._ask = RateLimiter(
            service,
            min_delay_seconds=seconds,
            max_retries=0,
            error_wait_seconds=seconds,
            swallow_exceptions=False,
        )
        self._silent = ""

    def place(self, name: str) -> Place | Unresolved:
        """Return what the service takes the name for, or why there is nothing."""
        from geopy.exc import GeopyError

        remembered = self._cache / f"{digest(name)}.json"
        if remembered.exists():
            facts = json.loads(remembered.read_text(encoding="utf-8"))
        elif self._silent:
            return Unresolved(f"“{name}” was not asked for: {self._silent}", name)
        else:
            try:
                found = self._ask(name, exactly_one=True, language="en", addressdetails=True)
            except GeopyError as error:
                self._silent = f"{self.server} did not answer ({error}); it is not asked again in this run."
                return Unresolved(f"The second opinion on “{name}” failed: {self._silent}", name)
            facts = None if found is None else {"lat": found.latitude, "lon": found.longitude, "raw": found.raw}
            self._remember(remembered, facts)
        if facts is None:
            return Unresolved(f"“{name}” is known neither to the gazetteers nor to Nominatim.", name)
        return _place(name, facts)

    def _remember(self, path: Path, facts: object) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.part")
        beside.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        beside.replace(path)


def second_opinion(wanted: str, *, cache: Path) -> SecondOpinion | None:
    """Return the second opinion that a setting asks for, None where it is empty.

    `wanted` is `nominatim` for the public server, or the http(s) URL of another one. Raises `UsageError` for anything
    else.
    """
    if not wanted:
        return None
    if wanted.lower() in _YES:
        return SecondOpinion(cache / "nominatim")
    if not wanted.startswith(("http://", "https://")) or not urlsplit(wanted).netloc:
        raise UsageError(f"{wanted!r} is no second opinion: expected nominatim, or the URL of a Nominatim server")
    return SecondOpinion(cache / "nominatim", server=wanted)


def _nominatim(scheme: str, domain: str) -> Nominatim:
    from geopy.geocoders import Nominatim

    return Nominatim(user_agent=USER_AGENT, scheme=scheme, domain=domain, timeout=10)


def _place(name: str, facts: Mapping[str, Any]) -> Place:
    raw = facts["raw"]
    lon, lat = float(facts["lon"]), float(facts["lat"])
    country = str(raw.get("address", {}).get("country_code", "")).upper()
    return Place(
        gazetteer="nominatim",
        gazetteer_id=f"{raw.get('osm_type', '')}{raw.get('osm_id', '')}",
        name=str(raw.get("display_name", name)).split(",")[0],
        lon=lon,
        lat=lat,
        kind="other",
        country=country if len(country) == 2 else "",
        radius_km=_half_width_km(raw.get("boundingbox"), lon, lat),
    )


def _half_width_km(box: object, lon: float, lat: float) -> float:
    """Return the distance in km from a point to the corner of Nominatim's box (south, north, west, east)."""
    if not isinstance(box, list) or len(box) != 4:
        return _UNKNOWN_WIDTH_KM
    south, north, west, east = (float(side) for side in box)
    corners = [distance_km(lon, lat, x, y) for x in (west, east) for y in (south, north)]
    return round(max(1.0, *corners), 3)
