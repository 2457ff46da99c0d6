"""The weights of matching, read once from their file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from geo.errors import ConfigurationError
from geo.evidence import digest
from geo.vocabulary import SUB_EVENT_TYPES, EventType

_RULES = "5"
"""Raised where the rules change what a weight means, a group is, or an event is drawn like."""
_SECTIONS = {
    "type": {"same_sub_type", "same_type", "same_family", "neighbouring", "different"},
    "place": {
        *("same", "within_doubt", "beyond_doubt", "beyond_least", "wide_km", "wide", "same_name", "unknown"),
        *("other_part", "held_part", "other_name"),
    },
    "days": {"same_day", "same_sum", "per_doubling", "one_day_apart", "further_apart", "unknown"},
    "actors": {"same", "same_side", "different"},
    "target": {"shared", "disjoint"},
    "counts": {"equal", "close", "far", "different"},
    "wording": {
        *("shared_words", "chance", "copy", "copied", "told_apart", "contained", "contained_words"),
    },
    "standing": {"announced_and_done", "toll_and_event", "listed_apart"},
}

_LIMITS = ("wide_km", "copy", "chance", "contained", "contained_words")
"""Names that hold a limit, and no weight."""


@dataclass(frozen=True)
class Weights:
    """Log-odds by section and name, and the families of types."""

    version: int
    """Changes with every weight, and with `_RULES`."""
    threshold: float
    same_document_threshold: float
    registers: frozenset[str]
    """Publishers of coded events that list each event once."""
    sections: Mapping[str, Mapping[str, float]]
    families: Mapping[str, str]
    """Sub-event type to its family; one that is in none is a family of its own."""
    neighbours: Mapping[str, frozenset[str]]
    """Sub-event type to the names of the lists that it is on of types that are taken for each other."""
    realms: Mapping[str, str]
    """Sub-event type to what names all types that are compared with it, from neighbour to neighbour."""

    def of(self, section: str, name: str) -> float:
        """Return one weight."""
        return self.sections[section][name]

    def most(self, section: str) -> float:
        """Return the most that a section can speak for one event; 0 where it only speaks against."""
        return self.bounds[section]

    @cached_property
    def bounds(self) -> Mapping[str, float]:
        """The most that each section can speak for one event."""
        return {
            section: max(0.0, *(weight for name, weight in told.items() if name not in _LIMITS))
            for section, told in self.sections.items()
        }

    def family(self, sub_event_type: str) -> str:
        """Return the family of a sub-event type."""
        return self.families[sub_event_type]

    def are_neighbours(self, one: str, other: str) -> bool:
        """Tell whether reports take the two sub-event types for each other."""
        return not self.neighbours[one].isdisjoint(self.neighbours[other])

    def realm(self, sub_event_type: str) -> str:
        """Return what names all types that are compared with a sub-event type."""
        return self.realms[sub_event_type]


@cache
def read_weights() -> Weights:
    """Read the weights that stand beside this module; raise `ConfigurationError` for a name too few or too many."""
    text = files(__package__).joinpath("weights.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    threshold, within = float(told.pop("threshold")), float(told.pop("same_document_threshold"))
    registers = frozenset(told.pop("registers"))
    families = _families(told.pop("families"))
    neighbours = _neighbours(told.pop("neighbours"))
    if {name: set(values) for name, values in told.items()} != _SECTIONS:
        raise ConfigurationError(f"geo/matching/weights.toml: expected the sections and names {_SECTIONS}")
    version = int(digest(_RULES, text)[:7], 16)
    return Weights(version, threshold, within, registers, told, families, neighbours, _realms(families, neighbours))


def _families(told: Mapping[str, list[str]]) -> dict[str, str]:
    known: dict[str, str] = {}
    for family, members in told.items():
        known |= dict.fromkeys(_sub_types(members), family)
    for sub, kind in SUB_EVENT_TYPES.items():
        known.setdefault(sub, sub if kind is EventType.STRATEGIC_DEVELOPMENTS else str(kind))
    return known


def _neighbours(told: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    lists = {name: _sub_types(members) for name, members in told.items()}
    return {sub: frozenset(name for name, subs in lists.items() if sub in subs) for sub in SUB_EVENT_TYPES}


def _realms(families: Mapping[str, str], neighbours: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Name each type's realm by its first family; types of one family or of one list of neighbours are in one realm."""
    realm = dict(families)
    marks = [(family, [sub for sub, own in families.items() if own == family]) for family in families.values()]
    marks += [
        (name, [sub for sub, own in neighbours.items() if name in own]) for own in neighbours.values() for name in own
    ]
    for _, subs in sorted(marks):
        joined = {realm[sub] for sub in subs}
        realm = {sub: min(joined) if name in joined else name for sub, name in realm.items()}
    return realm


def _sub_types(members: list[str]) -> list[str]:
    found = []
    for member in members:
        subs = [sub for sub, kind in SUB_EVENT_TYPES.items() if member in (sub, kind)]
        if not subs:
            raise ConfigurationError(f"geo/matching/weights.toml: {member!r} is no event type")
        found += subs
    return found
