"""A store at one state of its content: the key under which every answer is kept."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

_SERVER_FRESHNESS_S = 10
"""How long what a database server said is taken for current; a file says itself when it changed."""


@dataclass(frozen=True, slots=True)
class Version:
    """A store at one state of its content."""

    address: str
    stamp: str
    public_at: int | None = None
    """Hour (of Unix time) at which the public sees it, sensitive places coarsened; None for exact places."""
    rules_stamp: int = 0
    """When the rules for sensitive places changed, where they matter."""


def exact_version(address: str) -> Version:
    """Return a store at its present state, with exact places."""
    if "://" in address:
        return Version(address, str(int(time.time() // _SERVER_FRESHNESS_S)))
    marks = []
    for file in (Path(address), Path(f"{address}-wal")):
        try:
            stat = file.stat()
        except FileNotFoundError:
            continue
        # Readers make and remove an empty log: it says nothing of the content.
        if stat.st_size:
            marks.append(f"{stat.st_mtime_ns}:{stat.st_size}")
    return Version(address, "/".join(marks))
