"""What is watched: feeds, asked for at an interval, and folders that reports arrive in.

Each file of a folder is taken once it is whole, and again when it or what describes it changes. It is whole when it has
the size and the time of change that it had at the look before, so one that is still being written is left alone; names
that begin with a dot or end as unfinished downloads do are never looked at. What was taken is remembered beside the
store's other state, so that a restart reads nothing twice; should that memory be lost, the store knows by content what
it has.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo.documents.folders import Mark, found_in
from geo.documents.manifests import ABOUT_FOLDER, MANIFEST_NAME, NEIGHBOURS
from geo.errors import ConfigurationError


@dataclass(slots=True)
class WatchedFeeds:
    """Feeds and pages that are asked for at an interval; what a server said since is the memory of who fetches."""

    addresses: Sequence[str]
    every_s: float
    """Seconds from one time that they are asked for to the next."""
    clock: Callable[[], float] = time.monotonic
    _next: float = -math.inf

    def due(self) -> list[str]:
        """Return the addresses where it is time to ask for them again."""
        now = self.clock()
        if now < self._next:
            return []
        # Counted from here, whatever comes of it: a store that is away for hours is no reason to ask every server anew.
        self._next = now + self.every_s
        return list(self.addresses)


@dataclass(slots=True)
class WatchedFolder:
    """Files of one folder and those below it."""

    folder: Path
    memory: Path | None = None
    """File in which it is kept what was taken; None for as long as the program runs."""
    _seen: dict[Path, Mark] = field(default_factory=dict)
    """As they were at the last look."""
    _taken: dict[str, list[Mark]] | None = None

    def due(self) -> list[Path]:
        """Look once, and return the files that are whole and not taken yet, by name."""
        before, self._seen = self._seen, dict(_files(self.folder))
        settled = {path for path, mark in self._seen.items() if before.get(path) == mark}
        about = _described(self._seen)
        return [
            path
            for path in sorted(settled)
            if path not in about.describing
            and all(beside in settled for beside in about.by_report.get(path, ()))
            and self._remembered().get(self._name(path)) != self._marks(path, about)
        ]

    def took(self, paths: list[Path]) -> None:
        """Remember files as taken, as they were at the last look; call it once their reports are safe."""
        about = _described(self._seen)
        taken = self._remembered()
        taken |= {self._name(path): self._marks(path, about) for path in paths if path in self._seen}
        self._taken = {name: marks for name, marks in taken.items() if (self.folder / name) in self._seen}
        if self.memory is not None:
            keep_memory(self.memory, json.dumps({"folder": str(self.folder), "taken": self._taken}))

    def _remembered(self) -> dict[str, list[Mark]]:
        if self._taken is None:
            self._taken = _kept(self.memory, self.folder)
        return self._taken

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _marks(self, path: Path, about: _Described) -> list[Mark]:
        """Return the marks of a report and of what describes it: a day that is told later makes it due again."""
        return [self._seen[each] for each in (path, *about.by_report.get(path, ()))]


@dataclass(frozen=True, slots=True)
class _Described:
    describing: frozenset[Path]
    """Files that are no reports themselves."""
    by_report: Mapping[Path, tuple[Path, ...]]


def _described(files: Mapping[Path, Mark]) -> _Described:
    describing = {path for path in files if path.name == MANIFEST_NAME or path.stem.upper() in ABOUT_FOLDER}
    by_report: dict[Path, tuple[Path, ...]] = {}
    for path in files:
        manifest = path.parent / MANIFEST_NAME
        beside = [path.with_suffix(suffix) for suffix in NEIGHBOURS] if path.suffix.lower() == ".txt" else []
        known = tuple(each for each in (*beside, manifest) if each in files and each != path)
        if known:
            by_report[path] = known
            describing |= set(known)
    return _Described(frozenset(describing), by_report)


def report_files(folder: Path) -> list[Path]:
    """Return the files of a folder and those below it that are reports, and no descriptions of some, by name."""
    files = dict(_files(folder))
    return sorted(files.keys() - _described(files).describing)


def _files(folder: Path) -> Iterator[tuple[Path, Mark]]:
    # What is gone between two looks, or not ours to read, is asked for again by the next look.
    return ((found.path, found.mark) for found in found_in(folder) if not (found.other or found.fault))


def keep_memory(path: Path, content: str) -> None:
    """Write what is remembered between runs, all at once; raise `ConfigurationError` where that cannot be."""
    beside = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(content, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        remedy = "The reports are stored. Set CONFLICT_STATE to a folder that this user may write to"
        raise ConfigurationError(f"what was read cannot be remembered in {path}: {error.strerror}. {remedy}") from None


def _kept(memory: Path | None, folder: Path) -> dict[str, list[Mark]]:
    try:
        content = json.loads(memory.read_text(encoding="utf-8")) if memory and memory.exists() else {}
        taken = content["taken"] if content.get("folder") == str(folder) else {}
        return {name: [(size, time) for size, time in marks] for name, marks in taken.items()}
    except (ValueError, TypeError, AttributeError, KeyError):
        # A damaged memory costs one reading of what the store knows already.
        return {}
