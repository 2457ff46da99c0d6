"""Graphs of `data/models`, opened for runs."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Any

from geo.errors import ConfigurationError


def opened_session(path: Path) -> Any:
    """Open a compressed graph, each run of which takes one core; ConfigurationError where its file cannot be read."""
    import onnxruntime

    try:
        graph = gzip.decompress(path.read_bytes())
        if not graph:
            raise EOFError("it is empty")
    except (OSError, EOFError, zlib.error) as error:
        raise ConfigurationError(
            f"no whole {path.name} in {path.parent} ({error}); run `geo train tagger`, or fetch the folder again"
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # onnxruntime's node for a sum and its norm takes six times as long as the two by themselves.
    apart = ["SkipLayerNormFusion"]
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=apart)
