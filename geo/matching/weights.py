"""The weights of matching, read once from their file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from geo.errors import ConfigurationError
from geo.vocabulary import SUB_EVENT_TYPES, EventType

_SECTIONS = {
    "type": {"same_sub_type", "same_type", "same_family", "different"},
    "place": {"same", "within_doubt", "beyond_doubt", "wide_km", "wide", "unknown", "other_part"},
    "days": {"same_day", "overlap", "one_day_apart", "further_apart", "unknown"},
    "actors": {"same", "same_side", "different"},
    "target": {"shared", "disjoint"},
    "counts": {"equal", "close", "far", "different"},
    "wording": {"shared_words", "chance", "copy", "copied"},
    "standing": {"announced_and_done", "toll_and_event"},
}


@dataclass(frozen=True)
class Weights:
    """Log-odds by section and name, and the families of types."""

    threshold: float
    same_document_threshold: float
    sections: Mapping[str, Mapping[str, float]]
    families: Mapping[str, str]
    """Sub-event type to its family; one that is in none is a family of its own."""

    def of(self, section: str, name: str) -> float:
        """Return one weight."""
        return self.sections[section][name]

    def family(self, sub_event_type: str) -> str:
        """Return the family of a sub-event type."""
        return self.families[sub_event_type]


@cache
def read_weights() -> Weights:
    """Read the weights that stand beside this module; raise `ConfigurationError` for a name too few or too many."""
    told = tomllib.loads(files(__package__).joinpath("weights.toml").read_text(encoding="utf-8"))
    threshold, within = float(told.pop("threshold")), float(told.pop("same_document_threshold"))
    families = _families(told.pop("families"))
    if {name: set(values) for name, values in told.items()} != _SECTIONS:
        raise ConfigurationError(f"geo/matching/weights.toml: expected the sections and names {_SECTIONS}")
    return Weights(threshold, within, told, families)


def _families(told: Mapping[str, list[str]]) -> dict[str, str]:
    known: dict[str, str] = {}
    for family, members in told.items():
        for member in members:
            subs = [sub for sub, kind in SUB_EVENT_TYPES.items() if member in (sub, kind)]
            if not subs:
                raise ConfigurationError(f"geo/matching/weights.toml: {member!r} is no event type")
            known |= dict.fromkeys(subs, family)
    for sub, kind in SUB_EVENT_TYPES.items():
        known.setdefault(sub, sub if kind is EventType.STRATEGIC_DEVELOPMENTS else str(kind))
    return known
