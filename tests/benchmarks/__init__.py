"""Speed and memory, each against the named alternatives in one run. `bench` is what `geo bench` calls.

A benchmark is a module here with `run() -> list[Measurement]`; its name is its key. Nothing here is a test: figures
depend on the machine and on what else runs on it.
"""

from .measuring import NAMES, Benchmarks, Measurement, bench

__all__ = ["NAMES", "Benchmarks", "Measurement", "bench"]
