"""What `config.json` beside the tagger's weights says of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from geo.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Card:
    """Labels, thresholds and sizes of one tagger."""

    labels: tuple[str, ...]
    thresholds: dict[str, float]
    link_threshold: float
    longest: int
    """Word pieces in a window."""

    @classmethod
    def read(cls, folder: Path) -> Card:
        """Read the card; ConfigurationError where the folder holds no trained tagger."""
        path = folder / "config.json"
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ConfigurationError(
                f"no tagger in {folder}: {error}; run `geo train tagger`, or choose the recogniser `rules`"
            ) from error
        return cls(tuple(raw["labels"]), dict(raw["thresholds"]), float(raw["link_threshold"]), int(raw["longest"]))
