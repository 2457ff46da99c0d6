"""Nominatim as a second opinion on names that no gazetteer knows: off unless asked for, slow on purpose, remembered.

The public server's terms allow one request a second, ask for a user agent that names the application, and for caching.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geopy.exc import GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from geo.evidence import digest
from geo.model import Place, Unresolved

USER_AGENT = "conflict-atlas (research on public reports)"
_SECONDS_BETWEEN = 1.1


class SecondOpinion:
    """Asks a Nominatim server for names; every answer, also "none", is kept as a file in `cache`."""

    def __init__(
        self, cache: Path, *, geocode: Callable[..., Any] | None = None, domain: str = "nominatim.openstreetmap.org"
    ) -> None:
        """`geocode` is what is asked, for other services of geopy; without it, Nominatim at `domain`."""
        self._cache = cache
        service = geocode or Nominatim(user_agent=USER_AGENT, domain=domain, timeout=10).geocode
        seconds = 0.0 if geocode else _SECONDS_BETWEEN
        self._ask = RateLimiter(service, min_delay_seconds=seconds, max_retries=1, swallow_exceptions=False)

    def place(self, name: str) -> Place | Unresolved:
        """Return what the service takes the name for, or why there is nothing."""
        remembered = self._cache / f"{digest(name)}.json"
        if remembered.exists():
            facts = json.loads(remembered.read_text(encoding="utf-8"))
        else:
            try:
                found = self._ask(name, exactly_one=True)
            except GeocoderServiceError as error:
                return Unresolved(f"The second opinion on “{name}” did not answer: {error}.", name)
            facts = None if found is None else {"lat": found.latitude, "lon": found.longitude, "raw": found.raw}
            self._remember(remembered, facts)
        if facts is None:
            return Unresolved(f"“{name}” is known neither to the gazetteers nor to Nominatim.", name)
        raw = facts["raw"]
        return Place(
            gazetteer="nominatim",
            gazetteer_id=f"{raw.get('osm_type', '')}{raw.get('osm_id', '')}",
            name=str(raw.get("display_name", name)).split(",")[0],
            lon=float(facts["lon"]),
            lat=float(facts["lat"]),
            kind="other",
            radius_km=5.0,
        )

    def _remember(self, path: Path, facts: object) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.part")
        beside.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        beside.replace(path)
