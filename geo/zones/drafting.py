"""A mapping file drafted from what the features say: who holds the ground, since when, and what the ground is called.

It is a guess for somebody to correct: every property that it leaves out stands below it with some of its values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from geo.zones.dating import moment_of
from geo.zones.mapping import mapping_draft, quoted

_VALUES_KEPT = 500
"""Distinct values of one property that are remembered."""
_MOST_SIDES = 40
"""Distinct values from which a property that nothing marks is hardly one of sides."""
_SHOWN = 4
_LIKELY_TEXTS = ("name", "title", "type", "status", "description")
_HOLDING = re.compile(
    r"control|ctrl|hold|held|owner|occup|okup|side|party|faction|actor|armed|force|group|власт|контрол|окуп|سيطر",
    re.IGNORECASE,
)
"""In a property's name: it says who holds the ground."""
_SIDES = re.compile(
    r"government|regime|\barmy\b|\bforces\b|rebel|opposition|milit|insurgent|coalition|taliban|occup|liberat|\bheld\b"
    r"|control|contest|disput|gr[ae]y zone|no man|unknown|окуп|звільн|контрол",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[A-Z][A-Z0-9]{1,5}(?:[ /-][A-Z][A-Z0-9]{1,5})?")
"""`RSF`, `M23`: sides mostly go by their initials."""
_NAMING = re.compile(r"name|nom|label|title|place|district|town|region|area|назв|اسم", re.IGNORECASE)
_ENDING = re.compile(r"to\b|until|end|bis|fin|last|valid_?to|до", re.IGNORECASE)


@dataclass(slots=True)
class Properties:
    """The values of every property of the features that say nothing about a holder in words that are known."""

    features: int = 0
    values: dict[str, Counter[str]] = field(default_factory=dict)

    def note(self, properties: Mapping[str, object]) -> None:
        """Take in one feature's."""
        self.features += 1
        for name, value in properties.items():
            text = value.isoformat() if isinstance(value, datetime) else str(value).strip()
            if value is not None and text and not isinstance(value, dict | list):
                counts = self.values.setdefault(name, Counter())
                if text in counts or len(counts) < _VALUES_KEPT:
                    counts[text] += 1

    def holder(self) -> str:
        """Return the property that most probably says who holds the ground; empty where the features have none."""
        dated = set(self.dates())
        return min((name for name in self.values if name not in dated), key=self._rank, default="")

    def _rank(self, name: str) -> tuple[bool, bool, bool, bool, int]:
        counts = self.values[name]
        told = sum(count for text, count in counts.items() if _SIDES.search(text) or _INITIALS.fullmatch(text))
        marked = bool(_HOLDING.search(name)) or 2 * told > counts.total()
        scarce = counts.total() < 0.9 * self.features
        return scarce, not marked, len(counts) > _MOST_SIDES, name.casefold() not in _LIKELY_TEXTS, len(counts)

    def dates(self) -> tuple[str, ...]:
        """Return the properties whose every value is a day, that of the beginning first."""
        found = [
            name
            for name, counts in self.values.items()
            if counts.total() >= 0.9 * self.features and all(moment_of(_number(text)) is not None for text in counts)
        ]
        return tuple(sorted(found, key=lambda name: bool(_ENDING.search(name))))

    def draft(self) -> tuple[str, Mapping[str, int]]:
        """Return the drafted mapping and the values that it waits for."""
        holder, dates = self.holder(), self.dates()
        unknown = dict(self.values[holder].most_common()) if holder else {"": self.features}
        named = sorted(
            (name for name in self.values if name not in (holder, *dates) and _NAMING.search(name)),
            key=lambda name: (-len(self.values[name]), name),
        )
        head = []
        if dates:
            example = next(iter(self.values[dates[0]]))
            moment = moment_of(_number(example))
            head += ["[date]", f"property = {quoted(dates[0])}  # {quoted(example)} is read as {moment:%Y-%m-%d}"]
            head += [f"until = {quoted(dates[1])}"] if len(dates) > 1 and _ENDING.search(dates[1]) else []
            head += [""]
        text = mapping_draft([holder or "name"], unknown, name=named[0] if named else "")
        return "\n".join([*head, text, *self._others({holder, *dates[:2], *named[:1]})]), unknown

    def _others(self, used: set[str]) -> list[str]:
        left = [name for name in self.values if name not in used]
        lines = []
        for name in left:
            some = [quoted(text[:60]) for text, _ in self.values[name].most_common(_SHOWN)]
            more = ", …" if len(self.values[name]) > _SHOWN else ""
            lines.append(f"#   {name}: {', '.join(some)}{more}")
        return ["# Other properties; put one of them into [text] properties, if it says who holds the ground:", *lines,
                ""] if lines else []  # fmt: skip


def _number(text: str) -> str | float:
    """Return what a number's text stood for, as days and timestamps are told apart by it."""
    return float(text) if re.fullmatch(r"\d{8}\.0|\d{10,13}(?:\.0)?", text) else text
