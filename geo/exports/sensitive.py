"""Which events lie at places that must not become targets: the rules of data/sensitive.toml.

A rule names events by their tags, by their types, by the kind of their place in the gazetteers, or by words in the
names of their place and their sides; it says how wide the cell is that stands for the place, and how long the event is
held back.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import ConfigurationError
from geo.settings import Settings
from geo.tables import JOIN
from geo.vocabulary import SUB_EVENT_TYPES, TAGS, EventType

Mask = npt.NDArray[np.bool_]
KindsOf = Callable[[str, str], tuple[str, ...]]
"""Gives the kinds of a place by its gazetteer and its identifier there; none where they are not known."""

_NAMED_IN = ("place_name", "place_name_local", "toponym", "actor1", "actor2")
_QUOTED_FOR = frozenset({"place_name", "actor1", "actor2", "civilian_targeting"})
"""Fields whose quoted words name the place or who was hit there."""
_KEYS = frozenset({"name", "what", "tags", "types", "kinds", "words", "coarsen_km", "delay_hours"})
_LISTS = {"tags": frozenset(TAGS), "types": frozenset({*EventType, *SUB_EVENT_TYPES}), "kinds": None, "words": None}
_WIDEST_KM, _LONGEST_HOURS = 500.0, 24 * 366.0


@dataclass(frozen=True, slots=True)
class SensitiveRule:
    """What one kind of place asks for."""

    name: str
    what: Mapping[str, str]
    """The places in words, by language (`en` is always there)."""
    tags: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    """Event types and sub-types."""
    kinds: tuple[str, ...] = ()
    """Kinds of place as the gazetteers have them: many a camp is called by its name alone."""
    words: tuple[str, ...] = ()
    """Words in the names of the place or of a side, as the record or the reports write them."""
    coarsen_km: float = 0.0
    """Side of the cell that stands for the place; 0 leaves the place as it is."""
    delay_hours: float = 0.0
    """How long after its last day (its end, UTC) an event is held back; 0 not at all."""

    def in_words(self, language: str = "en") -> str:
        """Return what the rule protects, in a language or else in English."""
        return self.what.get(language) or self.what["en"]


def read_sensitive_rules(path: Path) -> tuple[SensitiveRule, ...]:
    """Read a file of rules; raise `ConfigurationError` with every fault, so that no rule is lost without a word."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ConfigurationError(_wrong(path, [str(reason)])) from None
    entries = content.pop("rule", [])
    faults = [f"unknown key {name!r}" for name in content]
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigurationError(_wrong(path, ["`rule` is no list of tables: write [[rule]]"]))
    faults += [f"rule {at}: {fault}" for at, entry in enumerate(entries, 1) for fault in _faults(entry)]
    names = [str(entry.get("name")) for entry in entries]
    faults += [f"the name {name!r} repeats" for name in sorted({name for name in names if names.count(name) > 1})]
    if faults:
        raise ConfigurationError(_wrong(path, faults))
    return tuple(_rule(entry) for entry in entries)


def sensitive_rules(settings: Settings) -> tuple[SensitiveRule, ...]:
    """Return the rules that the settings name, none where they say `off`; raise as `read_sensitive_rules` does."""
    if settings.sensitive.casefold() == "off":
        return ()
    return read_sensitive_rules(Path(settings.sensitive) if settings.sensitive else settings.data / "sensitive.toml")


def is_public(audience: str) -> bool:
    """Tell whether an audience is the public; raise `ConfigurationError` for one that is neither of the two."""
    if audience not in ("internal", "public"):
        raise ConfigurationError(f"CONFLICT_AUDIENCE is {audience!r}: expected internal or public")
    return audience == "public"


def unknown_kinds(gazetteer: str, gazetteer_id: str) -> tuple[str, ...]:
    """Return no kind, for who has no gazetteer at hand."""
    return ()


def rule_masks(
    events: pd.DataFrame, rules: Sequence[SensitiveRule], *, kinds_of: KindsOf = unknown_kinds
) -> list[Mask]:
    """Return for each rule which of the events (by `EVENT_COLUMNS`) it holds for."""
    distinct = {name: pd.factorize(events[name]) for name in ("tags", *_NAMED_IN)}
    codes, accounts = pd.factorize(events["accounts"])
    distinct["kinds"] = _kinds(events, kinds_of)
    distinct["quoted"] = codes, [" ; ".join(_quoted(text)) for text in accounts]
    return [_mask(events, rule, distinct) for rule in rules]


def _mask(events: pd.DataFrame, rule: SensitiveRule, distinct: Mapping[str, Any]) -> Mask:
    held = np.isin(events["event_type"], rule.types) | np.isin(events["sub_event_type"], rule.types)
    if rule.tags:
        codes, texts = distinct["tags"]
        held |= np.array([bool(set(text.split(JOIN)) & set(rule.tags)) for text in texts], dtype=bool)[codes]
    if rule.kinds:
        codes, kinds = distinct["kinds"]
        held |= np.array([not set(rule.kinds).isdisjoint(some) for some in kinds], dtype=bool)[codes]
    if rule.words:
        # Endings of up to two letters: plurals, and the cases of languages that have them.
        pattern = re.compile(rf"\b(?:ال)?(?:{'|'.join(map(re.escape, rule.words))})\w{{0,2}}\b", re.IGNORECASE)
        for name in (*_NAMED_IN, "quoted"):
            codes, texts = distinct[name]
            held |= np.array([pattern.search(text) is not None for text in texts], dtype=bool)[codes]
    return np.asarray(held, dtype=bool)


def _kinds(events: pd.DataFrame, kinds_of: KindsOf) -> tuple[npt.NDArray[np.intp], list[tuple[str, ...]]]:
    """Return for each event the place of its kinds in a list of such; what lies near a place is of its kinds."""
    codes, places = pd.factorize(events["gazetteer"].astype("str") + "\n" + events["gazetteer_id"].astype("str"))
    named = (place.split("\n", 1) for place in places)
    return codes, [kinds_of(gazetteer, identifier.partition("#")[0]) for gazetteer, identifier in named]


def _quoted(accounts: str) -> Iterator[str]:
    for account in json.loads(accounts or "[]"):
        yield from (quote["text"] for quote in account["evidence"] if quote["field"] in _QUOTED_FOR)


def _faults(entry: Mapping[str, Any]) -> list[str]:
    faults = [f"unknown key {name!r}, expected {', '.join(sorted(_KEYS))}" for name in sorted(entry.keys() - _KEYS)]
    if not isinstance(entry.get("name"), str) or not entry["name"]:
        faults.append("`name` is missing")
    what = entry.get("what")
    if not isinstance(what, dict) or not isinstance(what.get("en"), str):
        faults.append('`what` is missing, expected { en = "…" }')
    for name, allowed in _LISTS.items():
        values = entry.get(name, [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            faults.append(f"`{name}` is no list of texts")
        elif allowed is not None and set(values) - allowed:
            faults.append(f"`{name}` holds {sorted(set(values) - allowed)}, expected among {sorted(allowed)}")
    if not any(entry.get(name) for name in _LISTS):
        faults.append("it holds for nothing: give `tags`, `types`, `kinds` or `words`")
    for name, most in (("coarsen_km", _WIDEST_KM), ("delay_hours", _LONGEST_HOURS)):
        value = entry.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            faults.append(f"`{name}` is {value!r}, expected a number from 0 to {most:g}")
    if not entry.get("coarsen_km") and not entry.get("delay_hours"):
        faults.append("it asks for nothing: give `coarsen_km` or `delay_hours`")
    return faults


def _rule(entry: Mapping[str, Any]) -> SensitiveRule:
    lists = {name: tuple(entry.get(name, ())) for name in _LISTS}
    return SensitiveRule(
        entry["name"],
        dict(entry["what"]),
        coarsen_km=float(entry.get("coarsen_km", 0)),
        delay_hours=float(entry.get("delay_hours", 0)),
        **lists,
    )


def _wrong(path: Path, faults: Sequence[str]) -> str:
    listed = "; ".join(faults)
    return (
        f"the rules for sensitive places in {path} cannot be used: {listed}. "
        "Mend the file, or set CONFLICT_SENSITIVE to another one or to off"
    )
