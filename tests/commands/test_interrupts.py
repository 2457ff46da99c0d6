"""Ctrl-C at any moment: one line and exit code 130, whatever was being loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRESSED = """
import runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what it starts in the background ignore it
class AtImport:
    def find_spec(self, name, path=None, target=None):
        if name == {moment!r}:
            {turned}
sys.meta_path.insert(0, AtImport())
sys.argv = ["geo", "store", "check", "--store", "nowhere.gpkg"]
runpy.run_module("geo", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("moment", "turned"), [("typer", False), ("geo.stores.geopackage", False), ("numpy._core.multiarray", True)]
)
def test_what_is_loaded_when_somebody_presses_ctrl_c_does_not_show(moment, turned):
    """Some libraries turn the interrupt into an error of their own."""
    pressed = "signal.raise_signal(signal.SIGINT)"
    into = f"try: {pressed}\n            except KeyboardInterrupt: raise ImportError(name)" if turned else pressed
    program = PRESSED.format(moment=moment, turned=into)
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "Interrupted.\n")
