"""How reports are read, as names and paths alone, so that a plan travels to any machine."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path

from geo.settings import Settings

DEFINITION_FILE = "series.toml"
"""What a series says of itself, as in `geo.zones.definition`."""
ZONE_SERIES = "zones"
"""Folder under data/ with one folder a shipped series."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides what is found in a report; equal plans give equal results on any machine."""

    recognizer: str
    """As `load_recognizer` takes it: `tagger`, `rules`, `manual:PATH`, `module:factory`."""
    data: Path
    cache: Path
    state: Path
    focus: str = ""
    """What reports are mostly about, an ISO 3166-1 alpha-2 code or a place's name; breaks ties between namesakes."""
    store: str = ""
    """Address of a store whose zone series say what "rebel-held X" covers, beside those that ship; none when empty."""
    second_opinion: str = ""
    """Who is asked about places that no gazetteer has, as `Settings.second_opinion`; nobody when empty."""

    @classmethod
    def of(cls, settings: Settings, *, recognizer: str = "", focus: str = "", store: str = "") -> Plan:
        """Return the plan of the settings, with the best recogniser that is there where none is named."""
        named = recognizer or ("tagger" if any(settings.models.rglob("*.onnx.gz")) else "rules")
        return cls(
            named,
            settings.data,
            settings.cache,
            settings.state,
            focus or settings.focus,
            store,
            settings.second_opinion,
        )

    @property
    def settings(self) -> Settings:
        """The settings to open the gazetteer with."""
        return Settings(data=self.data, cache=self.cache, state=self.state, store="")

    @property
    def series_folders(self) -> tuple[Path, ...]:
        """Folders of the shipped zone series."""
        root = self.data / ZONE_SERIES
        return tuple(sorted(path.parent for path in root.glob(f"*/{DEFINITION_FILE}")))

    def record(self) -> dict[str, str]:
        """Return the plan for a run's provenance, without a password."""
        told = {name: str(value) for name, value in asdict(self).items()}
        return told | {"store": re.sub(r"(?<=://)([^/@:]*):[^/@]*@", r"\1:***@", self.store)}
