"""Spans found by taggers that never saw the document, as they are kept for evaluation; needs no torch."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.extraction.recognizers.model import TaggerModel
from geo.training.corpora import Passage

SCORED = ("lgl", "geovirus", "event_location", "re3d")
"""Corpora that are scored; MUC and the synthetic sentences are not, and take no part in the folds."""
FOLDS = 3

SpanRow = list[Any]
"""[start, end, label, score]"""


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Spans found in each document by a tagger that never saw it; offsets alone, no words of the corpora."""

    made: Mapping[str, Any]
    """How: which folds of how many, epochs, day."""
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

    def joined(self, other: OutOfFold) -> OutOfFold:
        """Return the spans of both, which hold different documents."""
        spans = {corpus: {**documents, **other.spans[corpus]} for corpus, documents in self.spans.items()}
        return OutOfFold({**self.made, "folds": [*self.made["folds"], *other.made["folds"]]}, spans)


def read_passages(model: TaggerModel, passages: Sequence[Passage]) -> dict[str, dict[str, Sequence[SpanRow]]]:
    """Return what the model finds in passages of the scored corpora, by corpus and document or trigger."""
    found: dict[str, dict[str, Sequence[SpanRow]]] = {corpus: {} for corpus in SCORED}
    triggers = [[link.trigger for link in passage.links] for passage in passages]
    tagged = model.tag([passage.text for passage in passages], triggers=triggers, wide=True)
    for passage, marks in zip(passages, tagged, strict=True):
        rows = found[passage.corpus]
        if passage.corpus == "event_location":
            for link, linked in zip(passage.links, marks.links, strict=True):
                rows[link.link_id] = [[place.start, place.end, "place", place.score] for place in linked.places]
        else:
            labels = {"location", "organisation", "location_inner", "organisation_inner", "weapon"}
            wanted = labels if passage.corpus == "re3d" else {"toponym", "demonym"}
            rows[passage.passage_id] = [
                [span.start, span.end, span.label, span.score] for span in marks.spans if span.label in wanted
            ]
    return found
