"""What `config.json` beside the tagger's weights says of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.errors import ConfigurationError
from geo.extraction.recognizers.choice import NameChoice, PlaceChoice


@dataclass(frozen=True, slots=True)
class Card:
    """Labels, thresholds and sizes of one tagger."""

    labels: tuple[str, ...]
    """In the order of the graph's columns."""
    usual: tuple[str, ...]
    """Labels that are marked where none are asked for: those that reading uses."""
    thresholds: dict[str, float]
    """By label: probability from which a word opens a span."""
    link_threshold: float
    longest: int
    """Word pieces in a window."""
    names: Mapping[str, NameChoice]
    """By label of names: how sure the model must be of one."""
    places: PlaceChoice
    entities: Mapping[str, float]
    """By label: how sure both readings of entities must be."""

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
        return cls(
            labels=tuple(raw["labels"]),
            usual=tuple(raw.get("usual", raw["thresholds"])),
            thresholds=dict(raw["thresholds"]),
            link_threshold=float(raw["link_threshold"]),
            longest=int(raw["longest"]),
            names={"toponym": NameChoice()}
            | {label: NameChoice(**each) for label, each in raw.get("names", {}).items()},
            places=PlaceChoice(**raw.get("places", {})),
            entities=dict(raw.get("spans", {})),
        )
