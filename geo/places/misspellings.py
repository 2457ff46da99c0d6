"""Names that are known only abroad and are spelt much like one in the document's country."""

from __future__ import annotations

from collections.abc import Sequence

from geo.model import Mention
from geo.places.gazetteer import Gazetteer
from geo.places.mentions import CANDIDATES, Group, core_name

_ALIKE_AT_HOME = 0.86
"""Likeness from which a name may be a misspelling of a place in the document's country."""
_KNOWN_ABROAD = 100_000
"""People; a name of a place with as many is not taken for a misspelling of another."""


def widen(groups: Sequence[Group], toponyms: Sequence[Mention], home: str, gazetteer: Gazetteer) -> bool:
    """Add to groups what is spelt much like a name in the document's country, where the name is known only abroad.

    `home` is the ISO code of that country. Return whether anything was added.
    """
    index, changed = gazetteer.index, False
    for group in groups:
        numbers = [match.number for match in group.matches]
        at_home = any(index.texts[index.country[number]] in (home, "") for number in numbers)
        exact = any(match.likeness == 1.0 for match in group.matches)
        if group.demonym or at_home or (exact and any(index.population[one] >= _KNOWN_ABROAD for one in numbers)):
            continue
        name = toponyms[group.mentions[0]].text
        found = gazetteer.matches_in(name, home)
        if not found and (core := core_name(name)[0]):
            found = gazetteer.matches_in(core, home)
        alike = tuple(match for match in found if match.likeness >= _ALIKE_AT_HOME)
        if alike:
            group.matches = (*alike, *group.matches)[:CANDIDATES]
            changed = True
    return changed
