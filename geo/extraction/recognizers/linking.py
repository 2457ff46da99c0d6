"""Where the event of a trigger happened: its sentence is read twice where that is in doubt, else once.

A head goes on from the tagger's own states; a reader of its own, which makes from the word vectors up what it needs, is
asked where the head is not sure, and both readings are put together. The card beside the weights has the figures of
each and of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from geo.extraction.recognizers.asking import Question
from geo.extraction.recognizers.decoding import FURTHER, FloatArray, Span, Words
from geo.extraction.recognizers.sessions import opened_session
from geo.extraction.recognizers.windows import Pieces

_HEAD, _READER = "link_head.onnx.gz", "link_reader.onnx.gz"
_BEGIN, _INSIDE = 1, 2
_SURE = 0.8
"""Probability from which the head's only place stands as it is: the reader's word on it changes nothing for the better.
"""


class Linking:
    """Both readings of the weights in a folder."""

    def __init__(self, folder: Path, *, threshold: float) -> None:
        """Open the graphs; a place is a candidate of a reading from the probability `threshold`."""
        self._head, self._reader = opened_session(folder / _HEAD), opened_session(folder / _READER)
        self._threshold = threshold

    def places(
        self, question: Question, pieces: Pieces, *, states: FloatArray, words: FloatArray
    ) -> Iterator[tuple[int, tuple[Span, ...]]]:
        """Yield the number of each trigger that has places, and those.

        `pieces` are the section's; `states` and `words` (1, pieces + 2, width) the tagger's of the question's window,
        between those of an opening and a closing mark.
        """
        scope = slice(1 + question.low - question.window, 1 + question.high - question.window)
        feeds = {"states": states[:, scope], "position": question.position, "candidates": question.candidates}
        marked = self._spans(self._head.run(["probabilities"], feeds)[0], question, pieces)
        doubted = [row for row, spans in enumerate(marked) if not is_sure(spans)]
        if doubted:
            between = np.concatenate((words[:, :1], words[:, scope], words[:, -1:]), axis=1)
            case = np.concatenate(([0], pieces.case[question.low : question.high], [0]))[None]
            trigger, candidates = question.position[doubted] + 1, question.candidates + 1
            feeds = {"words": between, "case": case, "trigger": trigger, "candidates": candidates}
            read = self._spans(self._reader.run(["probabilities"], feeds)[0], question, pieces)
            for row, spans in zip(doubted, read, strict=True):
                marked[row] = together(spans, marked[row])
        yield from ((number, spans) for number, spans in zip(question.numbers, marked, strict=True) if spans)

    def _spans(self, probabilities: FloatArray, question: Question, pieces: Pieces) -> list[tuple[Span, ...]]:
        """Return the candidates of each trigger; `probabilities` are (triggers, candidates, 3)."""
        begin, inside = probabilities[:, :, _BEGIN], probabilities[:, :, _INSIDE]
        either = begin + inside
        found: list[tuple[Span, ...]] = [()] * len(either)
        rows = np.flatnonzero(either.max(axis=1) >= self._threshold).tolist()
        if not rows:
            return found
        # The scope was read as one sentence, so that a wide scope is not broken at a doubtful border.
        scope = Words.within(pieces, question.low, question.high)
        candidates = np.searchsorted(scope.first, question.candidates)
        further = FURTHER * self._threshold
        for row in rows:
            marked, opening = np.zeros(len(scope.first), np.float32), np.zeros(len(scope.first), np.bool_)
            marked[candidates], opening[candidates] = either[row], begin[row] > inside[row]
            spans = scope.spans(marked, opening, label="place", threshold=self._threshold, further=further)
            found[row] = tuple(spans)
        return found


def is_sure(marked: Sequence[Span]) -> bool:
    """Return whether the head's answer stands by itself: no candidate at all, or one alone that is surely the place."""
    return not marked or (len(marked) == 1 and marked[0].score >= _SURE)


def together(read: Sequence[Span], marked: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans of either reading with the mean of both scores, 0 where one has none; ends are the first's."""
    free = list(marked)
    both: list[Span] = []
    for span in read:
        other = next((each for each in free if each.start < span.end and span.start < each.end), None)
        if other is not None:
            free.remove(other)
        both.append(_scored(span, (span.score + (other.score if other else 0.0)) / 2))
    both += [_scored(span, span.score / 2) for span in free]
    return tuple(sorted(both))


def _scored(span: Span, score: float) -> Span:
    return replace(span, score=round(score, 4))
