"""Names that the text calls a part of a town: `the X district of Y`, `X, a suburb of Y`, `X and Z, districts of Y`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo.model import Mention
from geo.places.headings import LISTED

_NOUN = r"(?:neighbou?rhood|district|quarter|suburb|slum)"
_INSIDE = (
    r"(?:of|in|inside)\s(?:the\s)?(?:(?:(?:north|south)?[\s-]?(?:east|west|north|south)(?:ern)?|central|old|downtown)\s)?"
    r"(?:(?:town|city|capital)(?:\sof|,)?\s)?"
)
_PART_OF = re.compile(
    rf"(?:\s(?:{_NOUN}|area)s?,?\s|,\s(?:(?:an?|the|both|two|three|all)\s)?(?:[a-z-]+\s){{0,3}}{_NOUN}s?\s){_INSIDE}",
    re.IGNORECASE,
)
"""Between the part and what it is a part of."""
_OWNED = re.compile(r"['’]s\s(?:[a-z-]+\s){0,2}")
_NOUN_AFTER = re.compile(rf"\s{_NOUN}s?\b", re.IGNORECASE)
_NOUN_BEFORE = re.compile(rf"\b{_NOUN}s?\s(?:of\s)?\Z", re.IGNORECASE)
_PLAIN_INSIDE = re.compile(rf",?\s{_INSIDE}", re.IGNORECASE)


def quarters(text: str, toponyms: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Yield (position of a part's name, position of the name of what the text says it is a part of)."""
    for at in range(1, len(toponyms)):
        before, name = toponyms[at - 1], toponyms[at]
        if _OWNED.fullmatch(text, before.end, name.start) and _NOUN_AFTER.match(text, name.end):
            yield at, at - 1
        elif _is_part(text, before, name):
            yield at - 1, at
            yield from ((one, at) for one in _listed_before(text, toponyms, at - 1))


def _is_part(text: str, part: Mention, whole: Mention) -> bool:
    if _PART_OF.fullmatch(text, part.end, whole.start):
        return True
    return bool(
        _PLAIN_INSIDE.fullmatch(text, part.end, whole.start)
        and _NOUN_BEFORE.search(text[max(0, part.start - 20) : part.start])
    )


def _listed_before(text: str, toponyms: Sequence[Mention], last: int) -> Iterator[int]:
    """Yield the positions of the names that stand in one list with the last of them, and before it."""
    for at in range(last, 0, -1):
        if not LISTED.fullmatch(text, toponyms[at - 1].end, toponyms[at].start):
            return
        yield at - 1
