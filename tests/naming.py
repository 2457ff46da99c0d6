"""Names marked in a text."""

from __future__ import annotations

from geo.model import Mention
from geo.vocabulary import MentionKind


def mentions(text: str, *names: str) -> list[Mention]:
    """Mark each name where it next stands."""
    found, after = [], 0
    for name in names:
        start = text.index(name, after)
        after = start + len(name)
        found.append(Mention(start, after, name, MentionKind.TOPONYM))
    return found
