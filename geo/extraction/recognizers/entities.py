"""Locations and organisations wider than names, and nested: `the village of Azaz` and the Azaz in it.

Two readings are put together: the tagger's marks word by word, and a second graph that weighs every stretch of words
for itself. Their faults differ, so that the mean of both is right more often than either; the card beside the weights
has the figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from geo.extraction.recognizers.decoding import FloatArray, Span, trimmed
from geo.extraction.recognizers.model import TaggerModel
from geo.extraction.recognizers.sections import Section, Window
from geo.extraction.recognizers.sessions import opened_session

LABELS = ("location", "organisation")
WIDEST = 24
"""Word pieces of the longest stretch that is weighed."""
INNER = "_inner"
"""Ending of the tagger's labels for entities inside others."""
_CANDIDATE = 0.1
"""Mean of both readings from which a stretch is considered."""
_ARTICLES = ("", "the", "a", "an")
_GRAPH = "entities.onnx.gz"


@dataclass(frozen=True)
class EntityReader:
    """Both readings; the second graph is opened when the first text is read."""

    model: TaggerModel

    def candidates(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return for each text the stretches that may be entities, with the mean of both readings' probabilities."""
        labels = [*LABELS, *(label + INNER for label in LABELS)]
        marked = [tagged.spans for tagged in self.model.tag(texts, labels=labels)]
        weighed: list[dict[tuple[int, int, str], float]] = [{} for _ in texts]
        for section, window, embedded in self.model.embedded(texts):
            weighed[section.text] |= self._weighed(section, window, embedded)
        return [_together(spans, stretches) for spans, stretches in zip(marked, weighed, strict=True)]

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the entities of each text, in order; how sure both readings must be stands beside the weights."""
        return [
            sorted(
                span
                for label, least in self.model.card.entities.items()
                for span in standing(text, candidates, label=label, least=least)
            )
            for text, candidates in zip(texts, self.candidates(texts), strict=True)
        ]

    def _weighed(
        self, section: Section, window: Window, embedded: FloatArray
    ) -> Iterable[tuple[tuple[int, int, str], float]]:
        (chances,) = self._session.run(["chances"], {"embedded": embedded})
        pieces, (low, high) = section.pieces, window.kept
        first = pieces.first[window.low : window.high]
        last = np.append(first[1:], True)
        stretches = np.where(first[:, None, None] & last[None, :, None], chances[1:-1, 1:-1], 0)
        for start, end, label in zip(*np.nonzero(stretches >= _CANDIDATE / 2), strict=True):
            at = window.low + int(start)
            if 0 <= end - start < WIDEST and low <= at < high:
                span = (int(pieces.starts[at]), int(pieces.ends[window.low + int(end)]))
                shifted = (span[0] + section.shift, span[1] + section.shift, LABELS[label])
                yield shifted, float(stretches[start, end, label])

    @cached_property
    def _session(self) -> Any:
        return opened_session(self.model.folder / _GRAPH)


def standing(text: str, candidates: Iterable[Span], *, label: str, least: float) -> list[Span]:
    """Return the spans of a label that stand, each once and none of an article alone.

    The surest of a document's mentions of the same words speaks for all of them: words keep their sense within one
    (Gale, Church and Yarowsky 1992).
    """
    places: set[tuple[int, int]] = set()
    best: dict[str, float] = defaultdict(float)
    for span in candidates:
        if span.label == label:
            place = trimmed(text, span.start, span.end)
            words = text[slice(*place)].lower()
            if words not in _ARTICLES:
                places.add(place)
                best[words] = max(best[words], span.score)
    scored = ((place, best[text[slice(*place)].lower()]) for place in sorted(places))
    return [Span(*place, label, score) for place, score in scored if score >= least]


def _together(marked: Iterable[Span], weighed: Mapping[tuple[int, int, str], float]) -> list[Span]:
    both: dict[tuple[int, int, str], float] = {}
    for span in marked:
        key = (span.start, span.end, span.label.removesuffix(INNER))
        both[key] = max(both.get(key, 0.0), span.score / 2)
    for key, chance in weighed.items():
        both[key] = both.get(key, 0.0) + chance / 2
    return [Span(*key, round(score, 4)) for key, score in sorted(both.items()) if score >= _CANDIDATE]
