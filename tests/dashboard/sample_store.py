"""The sample store, built by the command that a new user runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def build_sample_store(path: Path) -> Path:
    """Run `python -m geo demo` into a store of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "geo", "demo", "--store", str(path)],
        cwd=ROOT,
        env={**os.environ, "CONFLICT_STORE": str(path)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"geo demo failed:\n{done.stdout}\n{done.stderr}"
    return path
