"""Nouns that state the kind of a name, and lists of names under one: `provinces of X, Y and Z`, `X and Y states`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from geo.model import Mention

NOUN_KINDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("county", "parish", "borough", "district"), frozenset(("admin2", "admin3"))),
    **dict.fromkeys(
        ("province", "governorate", "state", "oblast", "region", "prefecture", "provincial", "canton"),
        frozenset(("admin1", "admin2", "region", "territory")),
    ),
    **dict.fromkeys(
        ("city", "town", "village", "township", "hamlet", "capital", "municipality", "suburb", "resort"),
        frozenset(("city", "town", "village", "suburb", "neighbourhood")),
    ),
    **dict.fromkeys(("republic", "kingdom", "government", "nation", "country"), frozenset(("country", "territory"))),
    **dict.fromkeys(("river",), frozenset(("river",))),
    **dict.fromkeys(("island", "islands"), frozenset(("island",))),
}
"""The kinds that a noun beside a name calls for."""
LISTED = re.compile(r"(?:,?\s(?:and|or|as well as)|,)\s(?:the\s|in\s)?|\s?/\s?")
"""Between two names of a list."""
_PLURALS: Mapping[str, str] = {
    **{f"{noun}s": noun for noun in NOUN_KINDS if not noun.endswith(("y", "s"))},
    "counties": "county",
    "cities": "city",
    "municipalities": "municipality",
}
_BEFORE = re.compile(r"([a-z]+)\s+(?:of\s+)?(?:the\s)?\Z")
_AFTER = re.compile(r"\s([a-z]+)\b")


def headed_lists(text: str, toponyms: Sequence[Mention]) -> Iterator[tuple[range, str]]:
    """Yield the positions of the names of each list that a noun in the plural heads, and the noun in the singular."""
    first = 0
    for last in range(len(toponyms)):
        joined = last + 1 < len(toponyms) and LISTED.fullmatch(text, toponyms[last].end, toponyms[last + 1].start)
        if joined:
            continue
        if last > first:
            before = _BEFORE.search(text[max(0, toponyms[first].start - 40) : toponyms[first].start])
            after = _AFTER.match(text, toponyms[last].end)
            for found in (before, after):
                if found and (noun := _PLURALS.get(found.group(1))):
                    yield range(first, last + 1), noun
                    break
        first = last + 1
