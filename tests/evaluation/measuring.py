"""The evaluations by name, and their figures held against the pinned floors."""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .gold import SHARED, corpus_digest

FLOORS = Path(__file__).with_name("floors.toml")
NAMES = (
    "lgl", "geovirus", "event_location", "syria", "re3d", "seeds", "annotated", "snippets", "actors", "confidence",
    "matching", "ground",
)  # fmt: skip
"""In the order in which they are measured; each is a function `figures_<name>` of the module in `_HOMES`."""
_HOMES = {
    "lgl": "toponyms",
    "geovirus": "toponyms",
    "event_location": "locations",
    "syria": "syria",
    "re3d": "entities",
    "seeds": "seeds",
    "annotated": "annotated",
    "snippets": "snippets",
    "actors": "snippet_actors",
    "confidence": "confidence",
    "matching": "matching",
    "ground": "ground",
}
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number."""

    name: str
    """Evaluation and measure: `lgl.f1`."""
    value: float
    floor: float | None = None
    """The value must not fall below; None: told, not held."""
    note: str = ""
    """How it was measured, where the name does not say."""

    @property
    def passed(self) -> bool:
        """Whether it holds its floor."""
        return self.floor is None or self.value >= self.floor


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of one run, and what could not be measured."""

    figures: tuple[Figure, ...]
    skipped: tuple[str, ...] = ()
    """One sentence each."""

    @property
    def passed(self) -> bool:
        """Whether every figure holds its floor."""
        return all(figure.passed for figure in self.figures)

    def record(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        rows = [{**asdict(figure), "passed": figure.passed} for figure in self.figures]
        return {"passed": self.passed, "figures": rows, "skipped": list(self.skipped)}


def measure(names: Iterable[str] = (), *, progress: Progress | None = None) -> Evaluation:
    """Measure the named evaluations, all of them where none is named; ValueError for a name that is not in NAMES.

    An evaluation whose corpus is not beside the project, or is not the one that its floor was pinned on, is skipped
    and says so.
    """
    chosen = tuple(names) or NAMES
    unknown = [name for name in chosen if name not in NAMES]
    if unknown:
        raise ValueError(f"no evaluation {', '.join(map(repr, unknown))}: expected any of {', '.join(NAMES)}")
    pinned = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    figures: list[Figure] = []
    skipped: list[str] = []
    for number, name in enumerate(chosen):
        if progress:
            progress(name, number / len(chosen))
        reason = _missing(name, pinned["corpora"].get(name, {}))
        if reason:
            skipped.append(reason)
            continue
        home = importlib.import_module(f".{_HOMES[name]}", __package__)
        figures += _held(getattr(home, f"figures_{name}")(), pinned["floors"])
    return Evaluation(tuple(figures), tuple(skipped))


def _missing(name: str, digests: Mapping[str, str]) -> str:
    """Say why an evaluation cannot run, in one sentence; empty where it can."""
    for path, digest in digests.items():
        if not (SHARED / path).exists():
            return f"{name}: {SHARED / path} is not there, so nothing was measured."
        if corpus_digest(SHARED / path) != digest:
            return f"{name}: {path} is not the file that the floors were pinned on, so nothing was measured."
    return ""


def _held(figures: Sequence[Figure], floors: Mapping[str, float]) -> list[Figure]:
    return [Figure(figure.name, figure.value, floors.get(figure.name), figure.note) for figure in figures]
