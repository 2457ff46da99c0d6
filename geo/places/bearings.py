"""Where an unknown name lies from the place that stands for it, in the text's own words: `X, 30 km north of Y`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.model import Mention, Place
from geo.places.mentions import core_name
from geo.places.names import fold
from geo.places.regions import Relation, RelationKind, parse_relation

_TAIL = re.compile(r"[^.,;:()\n]{0,60}")
"""What may still belong to the wording behind the place's name: ` border with Z`."""
_TELLING = frozenset(
    {
        RelationKind.OFFSET,
        RelationKind.PART,
        RelationKind.BORDER,
        RelationKind.OUTSKIRTS,
        RelationKind.BETWEEN,
        RelationKind.ROAD,
        RelationKind.COUNTRYSIDE,
    }
)
"""Wordings that say where from a place another one lies better than that it is somewhere near."""


def relation_beside(text: str, toponyms: Sequence[Mention], key: str, *, holder: str, place: Place) -> Relation | None:
    """Return what the words between an unknown name and the next one state about that next one, None for nothing.

    `key` and `holder` are folded names: of the unknown place, and of the one that stands for it, which is `place`.
    """
    for name, following in zip(toponyms, toponyms[1:], strict=False):
        if fold(name.text) != key or fold(following.text) != holder:
            continue
        tail = _TAIL.match(text, following.end)
        words = text[name.end : tail.end() if tail else following.end]
        core = core_name(following.text)[0]
        core = core if core and core in following.text else following.text
        start = following.start - name.end + following.text.index(core)
        relation = parse_relation(words, (start, start + len(core)), kind=place.kind, name=place.name)
        if relation is not None and relation.kind in _TELLING:
            return relation
    return None
