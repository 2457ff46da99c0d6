"""Spans found by taggers that never saw the document, as they are kept for evaluation; needs no torch."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.extraction.recognizers.decoding import Span
from geo.extraction.recognizers.entities import EntityReader
from geo.extraction.recognizers.model import TaggerModel
from geo.training.choosing import Choices
from geo.training.corpora import Passage, fold_of

SCORED = ("lgl", "geovirus", "event_location", "re3d")
"""Corpora that are scored; MUC and the synthetic sentences are not, and take no part in the folds."""
FOLDS = 3
READ = {
    "lgl": ("toponym", "lgl_toponym"),
    "geovirus": ("toponym", "geovirus_toponym"),
    "event_location": ("toponym",),
}
"""Labels that are read in each corpus; in re3d, entities."""

SpanRow = list[Any]
"""[start, end, label, score]"""


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Spans found in each document by a tagger that never saw it; offsets alone, no words of the corpora."""

    made: Mapping[str, Any]
    """How: which folds of how many, epochs of each, day."""
    spans: Mapping[str, Mapping[str, Sequence[SpanRow]]]
    """By corpus and document; for event_location by the row of the trigger, with the label `place`."""

    choices: Sequence[Choices] = ()
    """For each fold, how sure a tagger must be by the documents of the other folds; last, by all."""

    def choices_for(self, text: str) -> Choices:
        """Return the choices to read a document with: none of them has seen it."""
        return self.choices[fold_of(text, FOLDS)]

    def write(self, path: Path) -> None:
        """Write as compressed JSON whose bytes depend on the content alone."""
        choices = [each.record() for each in self.choices]
        record = {"made": self.made, "choices": choices, "spans": self.spans}
        content = json.dumps(record, separators=(",", ":"), sort_keys=True)
        path.write_bytes(gzip.compress(content.encode(), mtime=0))

    @classmethod
    def read(cls, path: Path) -> OutOfFold:
        """Read what `write` wrote."""
        content = json.loads(gzip.decompress(path.read_bytes()))
        choices = tuple(Choices.of(each) for each in content.get("choices", ()))
        return cls(content["made"], content["spans"], choices)

    def joined(self, other: OutOfFold) -> OutOfFold:
        """Return the spans of both, which hold different documents."""
        spans = {corpus: {**documents, **other.spans[corpus]} for corpus, documents in self.spans.items()}
        both = {name: [*self.made[name], *other.made[name]] for name in ("folds", "epochs")}
        return OutOfFold({**self.made, **both}, spans)


def read_passages(folder: Path, passages: Sequence[Passage]) -> dict[str, dict[str, Sequence[SpanRow]]]:
    """Return what the model in a folder finds in passages of the scored corpora, by corpus and document or trigger."""
    model = TaggerModel(folder)
    found: dict[str, dict[str, Sequence[SpanRow]]] = {corpus: {} for corpus in SCORED}
    for corpus, labels in READ.items():
        own = [passage for passage in passages if passage.corpus == corpus]
        triggers = [[link.trigger for link in passage.links] for passage in own]
        tagged = model.tag([passage.text for passage in own], triggers=triggers, wide=True, labels=labels)
        for passage, marks in zip(own, tagged, strict=True):
            if corpus != "event_location":
                found[corpus][passage.passage_id] = _rows(marks.spans)
            for link, linked in zip(passage.links, marks.links, strict=True):
                found[corpus][link.link_id] = _rows(linked.places)
    documents = [passage for passage in passages if passage.corpus == "re3d"]
    entities = EntityReader(model).candidates([passage.text for passage in documents])
    found["re3d"] = {passage.passage_id: _rows(spans) for passage, spans in zip(documents, entities, strict=True)}
    return found


def _rows(spans: Sequence[Span]) -> list[SpanRow]:
    return [[span.start, span.end, span.label, span.score] for span in spans]
