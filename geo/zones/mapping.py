"""The mapping file: what the properties of somebody else's zones mean.

A TOML file; every table is optional, and a key that is not listed here is refused.

    [read]
    crs = "EPSG:32637"          # where the files are wrong about it, or silent
    bounds = [22, 44, 41, 53]   # west, south, east, north: what lies outside is rejected, swapped axes are recognised

    [date]
    property = "date"           # day (2016-11-20, 20161120, 20.11.2016) or Unix timestamp; without it: the file name
    pattern = "%d.%m.%Y"        # where the day is written in a way that is not recognised
    until = "valid_to"          # makes the features intervals [property, until) instead of snapshots
    known_since = "published"   # second date, kept as it is
    longest_gap_days = 30       # a snapshot holds until the next one, but no longer than this

    [text]
    properties = ["name", "description"]   # whose values the rules look at, joined by a space
    name = "name"               # what the ground is called
    source = "https://…"        # what the zones cite
    doubt_km = 0.5

    [overlaps]
    rule = "contested"          # or "smaller", "last", "keep": who keeps ground of two sides; see geo.zones.overlaps

    [[rules]]                   # the first rule that fits wins
    is = ["Occupied", "Окуповано"]         # exact values, blanks and case apart
    like = "occup|окуп"                    # or a pattern that occurs in the text, case apart
    controller = "russia"
    status = "held"                        # or "contested"

    [[rules]]
    like = "claimed"
    aside = "a claim, not control"         # set aside and counted

    [controllers.russia]
    name = "Russian forces"
    colour = "#D55E00"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo.errors import ConfigurationError
from geo.vocabulary import ZoneStatus
from geo.zones.definition import Controller
from geo.zones.topology import GLOBE, Bounds

_KEYS = {
    "read": {"crs", "bounds"},
    "date": {"property", "pattern", "until", "known_since", "longest_gap_days"},
    "text": {"properties", "name", "source", "doubt_km"},
    "overlaps": {"rule"},
    "controllers": None,
    "rules": None,
}
_RULE_KEYS = {"is", "like", "controller", "status", "aside"}
DRAFTED = "?"
"""Controller of a drafted rule, until somebody fills it in."""
_DISPUTED = re.compile(r"contest|disput|gr[ae]y zone|no man", re.IGNORECASE)
_PALETTE = ("#D55E00", "#009E73", "#F0E442", "#56B4E9", "#CC79A7", "#E69F00", "#0072B2", "#999999")
"""Okabe and Ito's colours, which people with any colour vision tell apart."""


class OverlapRule(StrEnum):
    """Who keeps ground that zones of two sides cover; see `geo.zones.overlaps`."""

    CONTESTED = "contested"
    SMALLER = "smaller"
    LAST = "last"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a text means."""

    values: frozenset[str]
    """Exact texts, folded."""
    pattern: re.Pattern[str] | None
    controller: str
    status: ZoneStatus
    aside: str
    """Why such features are set aside; empty where they are zones."""

    def fits(self, text: str) -> bool:
        """Return whether the rule speaks about a folded text."""
        return text in self.values or bool(self.pattern and self.pattern.search(text))


@dataclass(frozen=True, slots=True)
class ZoneMapping:
    """A mapping file, read."""

    crs: str | None = None
    bounds: Bounds = GLOBE
    date_property: str = ""
    date_pattern: str = ""
    until_property: str = ""
    known_since_property: str = ""
    longest_gap_days: int | None = None
    text_properties: tuple[str, ...] = ()
    name_property: str = ""
    source: str = ""
    doubt_km: float | None = None
    overlaps: OverlapRule = OverlapRule.CONTESTED
    rules: tuple[Rule, ...] = ()
    controllers: Mapping[str, Controller] = field(default_factory=lambda: MappingProxyType({}))

    def rule_for(self, text: str) -> Rule | None:
        """Return the first rule that fits a text, None where none does."""
        folded = fold(text)
        return next((rule for rule in self.rules if rule.fits(folded)), None)

    def text_of(self, properties: Mapping[str, Any]) -> str:
        """Return what the rules look at, for one feature."""
        values = (properties.get(name) for name in self.text_properties)
        return " ".join(str(value).strip() for value in values if value not in (None, ""))

    def controller(self, controller_id: str) -> Controller:
        """Return the declaration of a controller, one made up from its identifier where there is none."""
        declared = self.controllers.get(controller_id)
        if declared is not None:
            return declared
        name = controller_id.replace("_", " ").capitalize()
        return made_up_controller(controller_id, sum(controller_id.encode("utf-8")), name)


def made_up_controller(controller_id: str, number: int, name: str) -> Controller:
    """Return a controller that nobody declared, with the colour of a number."""
    return Controller(controller_id, name, _PALETTE[number % len(_PALETTE)])


def fold(text: str) -> str:
    """Return a text without differences of case and blanks."""
    return " ".join(text.split()).casefold()


def read_mapping(path: Path) -> ZoneMapping:
    """Read a mapping file.

    Raises:
        ConfigurationError: the file is missing, is no TOML, or breaks the table above; the message lists every fault.

    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(f"{path}: there is no such mapping file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not valid TOML: {error}") from error
    faults = _faults(raw)
    if faults:
        raise ConfigurationError(f"{path}: " + "; ".join(faults))
    read, when, text = raw.get("read", {}), raw.get("date", {}), raw.get("text", {})
    return ZoneMapping(
        crs=read.get("crs"),
        bounds=Bounds(*map(float, read["bounds"])) if "bounds" in read else GLOBE,
        date_property=when.get("property", ""),
        date_pattern=when.get("pattern", ""),
        until_property=when.get("until", ""),
        known_since_property=when.get("known_since", ""),
        longest_gap_days=when.get("longest_gap_days"),
        text_properties=tuple(text.get("properties", ())),
        name_property=text.get("name", ""),
        source=text.get("source", ""),
        doubt_km=text.get("doubt_km"),
        overlaps=OverlapRule(raw.get("overlaps", {}).get("rule", OverlapRule.CONTESTED)),
        rules=tuple(_rule(rule) for rule in raw.get("rules", ())),
        controllers=MappingProxyType(_controllers(raw.get("controllers", {}))),
    )


def _faults(raw: Mapping[str, Any]) -> list[str]:
    faults = [f"[{table}] is not known" for table in raw.keys() - _KEYS.keys()]
    for table, keys in _KEYS.items():
        if keys is not None:
            faults += [f"[{table}] {key!r} is not known" for key in sorted(raw.get(table, {}).keys() - keys)]
    bounds = raw.get("read", {}).get("bounds")
    if bounds is not None and (len(bounds) != 4 or bounds[0] >= bounds[2] or bounds[1] >= bounds[3]):
        faults.append("[read] 'bounds' must be west, south, east, north")
    if raw.get("overlaps", {}).get("rule", OverlapRule.CONTESTED) not in tuple(OverlapRule):
        faults.append(f"[overlaps] 'rule' must be one of {', '.join(OverlapRule)}")
    for number, rule in enumerate(raw.get("rules", ()), start=1):
        faults += [f"rule {number}: {fault}" for fault in _rule_faults(rule)]
    if raw.get("rules") and not raw.get("text", {}).get("properties"):
        faults.append("[text] 'properties' is missing: the rules need to know what to look at")
    for key, value in raw.get("controllers", {}).items():
        faults += [
            f"controller {key!r}: {name!r} is not known" for name in value.keys() - {"name", "colour", "name_local"}
        ]
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value.get("colour", "#000000")):
            faults.append(f"controller {key!r}: the colour must look like #D55E00")
    return faults


def _rule_faults(rule: Mapping[str, Any]) -> list[str]:
    faults = [f"{key!r} is not known" for key in sorted(rule.keys() - _RULE_KEYS)]
    if not rule.get("is") and not rule.get("like"):
        faults.append("needs 'is' or 'like'")
    if bool(rule.get("controller")) == bool(rule.get("aside")):
        faults.append("needs either 'controller' or 'aside'")
    if rule.get("controller") == DRAFTED:
        faults.append(f"'controller' is still {DRAFTED!r}")
    if rule.get("status", "held") not in tuple(ZoneStatus):
        faults.append("'status' must be held or contested")
    try:
        re.compile(rule.get("like", ""))
    except re.error as error:
        faults.append(f"'like' is no pattern: {error}")
    return faults


def _rule(rule: Mapping[str, Any]) -> Rule:
    values = rule.get("is", ())
    listed: Sequence[str] = [values] if isinstance(values, str) else values
    return Rule(
        values=frozenset(fold(value) for value in listed),
        pattern=re.compile(rule["like"], re.IGNORECASE) if rule.get("like") else None,
        controller=rule.get("controller", ""),
        status=ZoneStatus(rule.get("status", "held")),
        aside=rule.get("aside", ""),
    )


def _controllers(raw: Mapping[str, Mapping[str, str]]) -> dict[str, Controller]:
    return {
        key: Controller(
            key,
            value.get("name", key),
            value.get("colour", _PALETTE[number % len(_PALETTE)]),
            value.get("name_local", ""),
        )
        for number, (key, value) in enumerate(raw.items())
    }


def mapping_draft(text_properties: Sequence[str], unknown: Mapping[str, int], *, name: str = "") -> str:
    """Return a mapping for the texts that no rule knew, frequent ones first; the controllers are to fill in.

    `name` is the property that says what the ground is called, where there is one.
    """
    listed = ", ".join(quoted(one) for one in text_properties)
    lines = ["[text]", f"properties = [{listed}]", *([f"name = {quoted(name)}"] if name else []), ""]
    for text, count in sorted(unknown.items(), key=lambda item: (-item[1], item[0])):
        status = ['status = "contested"'] if _DISPUTED.search(text) else []
        lines += ["[[rules]]", f"is = [{quoted(text)}]  # {count} feature(s)", f'controller = "{DRAFTED}"', *status, ""]
    lines += ["[controllers.side_a]", 'name = "Side A"', f'colour = "{_PALETTE[0]}"', ""]
    return "\n".join(lines)


def quoted(text: str) -> str:
    """Return a text as a string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda match: f"\\u{ord(match.group()):04x}", escaped) + '"'
