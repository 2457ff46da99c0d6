"""The benchmarks by name, and what one says."""

from __future__ import annotations

import importlib
import os
import platform
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

NAMES = tuple(
    sorted(
        path.stem
        for path in Path(__file__).parent.glob("*.py")
        if path.stem not in ("__init__", "measuring", "flashgeotext_peer")
    )
)
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One number of a benchmark."""

    name: str
    value: float
    unit: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Benchmarks:
    """The measurements of one run, on one machine."""

    machine: str
    measurements: tuple[Measurement, ...]
    skipped: tuple[str, ...] = ()
    """One sentence each."""

    def record(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        rows = [asdict(measurement) for measurement in self.measurements]
        return {"machine": self.machine, "measurements": rows, "skipped": list(self.skipped)}


class Unavailable(Exception):  # noqa: N818 - an outcome, not a fault
    """What a benchmark needs is not here; its message says what."""


def bench(names: Iterable[str] = (), *, progress: Progress | None = None) -> Benchmarks:
    """Run the named benchmarks, all where none is named; ValueError for a name that is not in NAMES."""
    chosen = tuple(names) or NAMES
    unknown = [name for name in chosen if name not in NAMES]
    if unknown:
        raise ValueError(f"no benchmark {', '.join(map(repr, unknown))}: expected any of {', '.join(NAMES)}")
    found: list[Measurement] = []
    skipped: list[str] = []
    for number, name in enumerate(chosen):
        if progress:
            progress(name, number / len(chosen))
        try:
            found += _measurements(name, importlib.import_module(f".{name}", __package__).run())
        except Unavailable as reason:
            skipped.append(f"{name}: {reason}")
    cores = len(os.sched_getaffinity(0))
    machine = f"{platform.machine()}, {cores} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    return Benchmarks(machine, tuple(found), tuple(skipped))


def seconds(work: Callable[[], object], *, times: int = 1) -> float:
    """Return the least time that `work` takes, of `times` runs."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def _measurements(name: str, result: Sequence[Measurement] | Mapping[str, Any]) -> list[Measurement]:
    """Take a benchmark's result: measurements, or a mapping of names to numbers."""
    if isinstance(result, Mapping):
        return [
            Measurement(f"{name}.{key}", float(value), "")
            for key, value in result.items()
            if isinstance(value, (int, float))
        ]
    return [Measurement(each.name, each.value, each.unit, each.note) for each in result]
