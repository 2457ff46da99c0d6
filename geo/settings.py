"""Where things are: read from the environment at the call, never at import.

| variable | meaning | without it |
|---|---|---|
| `CONFLICT_STORE` | path of a GeoPackage, or a `postgresql://` URL | `atlas.gpkg` in the state folder |
| `CONFLICT_DATA` | the project's data folder | `data/` beside `geo/` |
| `CONFLICT_CACHE` | folder of what can be rebuilt (the compiled gazetteer) | `$XDG_CACHE_HOME/conflict-atlas` |
| `CONFLICT_STATE` | folder of what cannot (sample store, added gazetteers) | `$XDG_STATE_HOME/conflict-atlas` |
| `CONFLICT_FOCUS` | what reports are about: a country's ISO code or a place | nothing |
| `CONFLICT_SECOND_OPINION` | who is asked about unknown places: `nominatim`, or a server's URL | nobody |
| `CONFLICT_AUDIENCE` | whom exported files are for: `internal` or `public` | `internal` |
| `CONFLICT_SENSITIVE` | rules for sensitive places: a TOML file, or `off` | `sensitive.toml` in the data folder |
| `CONFLICT_ROLES` | who may do what in a dashboard with a login: a TOML file | `roles.toml` in the state folder |
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths and addresses of one run."""

    data: Path
    cache: Path
    state: Path
    store: str
    focus: str = ""
    """What reports are about where a command does not say: a country's ISO code or a place's name."""
    second_opinion: str = ""
    """Who is asked about unknown places: `nominatim`, the URL of such a server, or nobody when empty."""
    audience: str = "internal"
    """Whom exported files are for: `internal` or `public`."""
    sensitive: str = ""
    """File of the rules for sensitive places, `off` for none; empty for the one in the data folder."""
    roles: Path = Path("roles.toml")
    """Who may do what in a dashboard with a login."""

    @property
    def lexicon(self) -> Path:
        """Folder of the word lists."""
        return self.data / "lexicon"

    @property
    def gazetteer(self) -> Path:
        """Folder of the project's own gazetteer files."""
        return self.data / "gazetteer"

    @property
    def added_gazetteers(self) -> Path:
        """Folder of the gazetteer files that the user added."""
        return self.state / "gazetteer"

    @property
    def models(self) -> Path:
        """Folder of the trained models."""
        return self.data / "models"


def read_settings(*, store: str | None = None) -> Settings:
    """Read the settings from the environment; `store` wins over `CONFLICT_STORE`."""
    env = os.environ
    home = Path.home()
    data = Path(env.get("CONFLICT_DATA") or Path(__file__).resolve().parent.parent / "data")
    cache_home = Path(env.get("XDG_CACHE_HOME") or home / ".cache")
    state_home = Path(env.get("XDG_STATE_HOME") or home / ".local" / "state")
    cache = Path(env.get("CONFLICT_CACHE") or cache_home / "conflict-atlas")
    state = Path(env.get("CONFLICT_STATE") or state_home / "conflict-atlas")
    return Settings(
        data=data,
        cache=cache,
        state=state,
        store=store or env.get("CONFLICT_STORE") or str(state / "atlas.gpkg"),
        focus=env.get("CONFLICT_FOCUS", ""),
        second_opinion=env.get("CONFLICT_SECOND_OPINION", ""),
        audience=env.get("CONFLICT_AUDIENCE") or "internal",
        sensitive=env.get("CONFLICT_SENSITIVE", ""),
        roles=Path(env.get("CONFLICT_ROLES") or state / "roles.toml"),
    )
