"""Spans found by taggers that never saw the document, as they are kept for evaluation; needs no torch."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCORED = ("lgl", "geovirus", "event_location", "re3d")
"""Corpora that are scored; MUC and the synthetic sentences are not, and take no part in the folds."""
FOLDS = 3

SpanRow = list[Any]
"""[start, end, label, score]"""


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Spans found in each document by a tagger that never saw it; offsets alone, no words of the corpora."""

    made: Mapping[str, Any]
    """How: folds, epochs, day."""
    spans: Mapping[str, Mapping[str, Sequence[SpanRow]]]
    """By corpus and document; for event_location by the row of the trigger, with the label `place`."""

    def write(self, path: Path) -> None:
        """Write as compressed JSON whose bytes depend on the content alone."""
        content = json.dumps({"made": self.made, "spans": self.spans}, separators=(",", ":"), sort_keys=True)
        path.write_bytes(gzip.compress(content.encode(), mtime=0))

    @classmethod
    def read(cls, path: Path) -> OutOfFold:
        """Read what `write` wrote."""
        content = json.loads(gzip.decompress(path.read_bytes()))
        return cls(content["made"], content["spans"])
