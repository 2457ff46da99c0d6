"""Publishers' names of actors and countries as this project's own, so that sides can be told and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.extraction import Lexicon
from geo.model import Actor

_YEARS = re.compile(r"\s*\(\d{4}-(?:\d{4})?\)")
"""ACLED: `Military Forces of Syria (2000-2024)`."""
_LAST_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_CIVILIANS = re.compile(r"civilians?\b", re.IGNORECASE)
_STATE = re.compile(r"(?P<what>.+?) (?:of (?P<of>[^()]+)|\((?P<within>[^()]+)\))$")
_FEWEST_WORDS = 3
"""Of a name that goes on with a unit's: `Military Forces of Syria Tiger Forces`."""


class Names:
    """The actors and countries of a lexicon, by the names that publishers of coded events give them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._forces = {force.name: force for force in lexicon.forces.values()}

    def actor(self, name: str) -> Actor:
        """Return the actor of a name; one that nobody here knows has its name alone."""
        plain = _YEARS.sub("", name).strip()
        if _CIVILIANS.match(plain):
            state = _STATE.search(plain)
            return Actor("", plain, "civilians", self.country(state["of"] or state["within"]) if state else "")
        return next((found for form in _forms(plain) if (found := self._known(form))), Actor("", plain))

    def country(self, name: str) -> str:
        """Return the ISO 3166-1 alpha-2 code of a country's name, empty for one that is not known."""
        for form in (name, _LAST_BRACKETS.sub("", name)):
            if found := self._lexicon.countries.get(form):
                return found.code
        return ""

    def _known(self, name: str) -> Actor | None:
        if found := self._lexicon.actors.get(name):
            return found
        if (parts := _STATE.search(name)) is None:
            return None
        state = self._lexicon.by_code.get(self.country(parts["of"] or parts["within"]))
        pattern = f"{parts['what']} of {{country}}" if parts["of"] else f"{parts['what']} ({{country}})"
        force = self._forces.get(pattern)
        if force is None or state is None:
            return None
        made = force.of(state)
        return self._lexicon.actors.get(made.name) or made


def _forms(name: str) -> Iterator[str]:
    """Yield a name, its parts around a colon (`HTS: Hayat Tahrir al Sham`), and what is left without its last words."""
    yield name
    if ": " in name:
        yield from reversed(name.split(": "))
    if (short := _LAST_BRACKETS.sub("", name)) != name:
        yield short
    words = name.split()
    for count in range(len(words) - 1, _FEWEST_WORDS - 1, -1):
        yield " ".join(words[:count])
