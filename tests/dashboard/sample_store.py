"""The sample store, built by the command that a new user runs, once a test process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def sample_store() -> Path:
    """Return the path of a store that `python -m geo demo` built; nobody writes to it.

    `ATLAS_SAMPLE_STORE` names one that is built already, for quick runs by hand.
    """
    ready = os.environ.get("ATLAS_SAMPLE_STORE")
    if ready:
        return Path(ready)
    path = Path(tempfile.mkdtemp(prefix="atlas-sample-")) / "demo.gpkg"
    done = subprocess.run(
        [sys.executable, "-m", "geo", "demo", "--store", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, f"geo demo failed:\n{done.stdout}\n{done.stderr}"
    return path
