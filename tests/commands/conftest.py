"""The real command line in a process of its own, with a state folder of its own and the machine's cache."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Done:
    """What a command left."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> str:
        """What it said, in one line."""
        return " ".join((self.out + self.err).split())


@pytest.fixture
def geo(tmp_path) -> Callable[..., Done]:
    """Call `python -m geo` in `tmp_path`; store.gpkg there is the store where none is named."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "CONFLICT_STATE": str(tmp_path / "state"),
        "CONFLICT_STORE": str(tmp_path / "store.gpkg"),
        "COLUMNS": "200",
        "NO_COLOR": "1",
    }

    def call(*arguments: object) -> Done:
        command = [sys.executable, "-m", "geo", *map(str, arguments)]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=580, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    return call
