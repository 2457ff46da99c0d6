"""The corpora beside the project: where they lie, their rows, and the spans found in them out of fold."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

from geo.training.out_of_fold import OutOfFold

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
OUT_OF_FOLD = Path(__file__).with_name("out_of_fold.json.gz")
"""Written by `geo train tagger --cross-validate`."""


def corpus_digest(path: Path) -> str:
    """Return 16 hexadecimal digits of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def gold_rows(path: str) -> list[dict[str, Any]]:
    """Return the rows of a JSON lines file below the shared folder."""
    with (SHARED / path).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@functools.cache
def out_of_fold() -> OutOfFold:
    """Return what the tagger finds in each document of the corpora when it was not trained on it."""
    return OutOfFold.read(OUT_OF_FOLD)


def out_of_fold_note() -> str:
    """Say how the out-of-fold spans were made."""
    made = out_of_fold().made
    folds = f"{len(made['folds'])} of {made['of']} folds over documents"
    epochs = " and ".join(str(count) for count in sorted(set(made["epochs"])))
    return f"by a tagger and thresholds that have not seen it; {folds}, {epochs} epochs, {made['day']}"


@functools.cache
def scorer(name: str) -> ModuleType:
    """Return a scorer that lies beside the corpora, as a module."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "eval" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
