"""The learned tagger's weights at work: texts in, labelled spans and places of triggers out.

Runs with onnxruntime and tokenizers alone. Texts of any length are read in windows, each in a run of its own, so
that what is said of a text does not depend on the others beside it; memory does not grow with the length of a text
beyond the text itself and its spans.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np

from geo.extraction.recognizers.asking import questions
from geo.extraction.recognizers.card import Card
from geo.extraction.recognizers.decoding import FURTHER, FloatArray, Span, Words
from geo.extraction.recognizers.linking import Linking
from geo.extraction.recognizers.sections import Section, Window, section_groups, window_batches
from geo.extraction.recognizers.sessions import opened_session
from geo.extraction.recognizers.windows import IntArray, WordCutter

_NAMELESS = 0.02
"""Places are sought among words that are a place with this probability, and those beside them."""
_APART = ("location", "organisation")
"""Labels whose spans, wider than names, do not touch: "the" begins one, and so, as the model has it, does "city"."""
_CLS, _SEP = 101, 102
_BEGIN, _INSIDE = 1, 2
_TAGS = "tagger.onnx.gz"

_SMALL = 4_000
"""Characters: texts that are no longer together are read without threads, whose start would cost as much."""
_Cutting = Callable[[list[Section]], list[list[Window]]]

Stretches = Sequence[tuple[int, int]]
"""Half-open spans of characters."""


@dataclass(frozen=True, slots=True)
class LinkedPlaces:
    """Where the event of a trigger happened, by the model; no places: the sentence does not say."""

    trigger: tuple[int, int]
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """All that the model says of one text."""

    spans: tuple[Span, ...]
    links: tuple[LinkedPlaces, ...]


class TaggerModel:
    """The tagger in a folder of `data/models`; files are opened when the first text is tagged."""

    def __init__(self, folder: Path, *, threads: int | None = None, batch_pieces: int = 256) -> None:
        """Use `threads` cores, all of this process's where None; about `batch_pieces` word pieces are a task."""
        self.folder = folder
        self._threads = threads or len(os.sched_getaffinity(0))
        self._batch_pieces = batch_pieces
        self.card = Card.read(folder)

    def tag(
        self,
        texts: Sequence[str],
        *,
        triggers: Sequence[Stretches] | None = None,
        wide: bool = False,
        labels: Sequence[str] | None = None,
        read: Sequence[Stretches | None] | None = None,
    ) -> list[Tagged]:
        """Tag texts, in order; `triggers` are half-open spans for each text whose places are wanted.

        A place lies in its trigger's sentence, or with `wide` anywhere in its window. `labels` are those to mark; the
        usual ones where None. `read` leaves out what lies far from the given stretches of a text (None: all is read).
        """
        wanted = triggers or [()] * len(texts)
        marked = self.card.usual if labels is None else labels
        spans: list[list[Span]] = [[] for _ in texts]
        links: list[list[LinkedPlaces]] = [[] for _ in texts]
        self._open()
        groups = section_groups(texts, wanted, self._cutter, labels=len(self.card.labels))
        cut = partial(
            window_batches,
            longest=self.card.longest,
            pieces=self._batch_pieces,
            wide=wide,
            read=read or [None] * len(texts),
        )
        alone = sum(map(len, texts)) <= _SMALL
        for sections in self._read_alone(groups, cut) if alone else self._read_side_by_side(groups, cut):
            for section in sections:
                spans[section.text] += self._spans(section, marked)
                links[section.text] += _linked(section)
        return [Tagged(tuple(sorted(found)), tuple(linked)) for found, linked in zip(spans, links, strict=True)]

    def embedded(self, texts: Sequence[str]) -> Iterator[tuple[Section, Window, FloatArray]]:
        """Yield each window of the texts with the states (1, pieces + 2, width) that the first layer reads."""
        self._open()
        for sections in section_groups(texts, [()] * len(texts), self._cutter, labels=0):
            whole: list[Stretches | None] = [None] * len(texts)
            cut = window_batches(sections, longest=self.card.longest, pieces=self._batch_pieces, wide=False, read=whole)
            for window in (window for windows in cut for window in windows):
                section = sections[window.section]
                (states,) = self._tags.run(["embedded"], _fed(window, section))
                yield section, window, states

    def _read_alone(self, groups: Iterable[list[Section]], cut: _Cutting) -> Iterator[list[Section]]:
        for group in groups:
            for batch in cut(group):
                self._read_batch(batch, group)
            yield group

    def _read_side_by_side(self, groups: Iterable[list[Section]], cut: _Cutting) -> Iterator[list[Section]]:
        """Read each batch on one core, and batches side by side; yield groups in order.

        On a machine with other work that is several times faster than all cores meeting at every product. While a
        group is in the threads, the next is cut into word pieces and the last is read off.
        """
        with ThreadPoolExecutor(self._threads) as pool:
            waiting: list[tuple[list[Section], list[Future[None]]]] = []
            for group in groups:
                waiting.append((group, [pool.submit(self._read_batch, batch, group) for batch in cut(group)]))
                if len(waiting) > 1:
                    yield _done(*waiting.pop(0))
            for rest in waiting:
                yield _done(*rest)

    def _read_batch(self, windows: list[Window], sections: list[Section]) -> None:
        for window in windows:
            self._read_window(window, sections[window.section])

    def _read_window(self, window: Window, section: Section) -> None:
        """Read one window in a run of its own.

        The scale of the model's int8 activations is that of a whole run: shared with the windows of other documents,
        a run would read this one a little differently beside each of them.
        """
        outputs = ["probabilities", "states", "words"] if window.triggers else ["probabilities"]
        probabilities, *read = self._tags.run(outputs, _fed(window, section))
        rows = probabilities[0, 1:-1]
        at, kept = slice(*window.kept), slice(window.kept[0] - window.low, window.kept[1] - window.low)
        section.begin[at], section.inside[at] = rows[kept, :, _BEGIN], rows[kept, :, _INSIDE]
        if not read:
            return
        states, words = read
        column = self.card.labels.index("toponym")
        names = rows[:, column, _BEGIN] + rows[:, column, _INSIDE]
        first = section.pieces.first[window.low : window.high]
        for question in questions(window, names, first, nameless=_NAMELESS):
            section.links |= self._linking.places(question, section.pieces, states=states, words=words)

    def _spans(self, section: Section, labels: Sequence[str]) -> list[Span]:
        found: list[Span] = []
        words = Words.of(section.pieces)
        begin, inside = section.begin[words.first], section.inside[words.first]
        marked = begin + inside
        # Most labels stand nowhere in a text; told at one glance, they need no decoding.
        highest = marked.max(axis=0) if len(marked) else np.zeros(len(self.card.labels))
        for label in labels:
            column, threshold = self.card.labels.index(label), self.card.thresholds[label]
            if highest[column] < threshold:
                continue
            opening = None if label.startswith(_APART) else begin[:, column] > inside[:, column]
            found += words.spans(
                marked[:, column], opening, label=label, threshold=threshold, further=FURTHER * threshold
            )
        return [_shifted(span, section.shift) for span in found]

    @cached_property
    def _cutter(self) -> WordCutter:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return WordCutter(tokenizer)

    @cached_property
    def _tags(self) -> Any:
        return opened_session(self.folder / _TAGS)

    @cached_property
    def _linking(self) -> Linking:
        return Linking(self.folder, threshold=self.card.link_threshold)

    def _open(self) -> tuple[Any, Linking]:
        """Open everything: in threads, each could find it closed and do so once more."""
        return self._tags, self._linking


def _fed(window: Window, section: Section) -> dict[str, IntArray]:
    own = slice(window.low, window.high)
    ids = np.concatenate(([_CLS], section.pieces.ids[own], [_SEP]))[None]
    case = np.concatenate(([0], section.pieces.case[own], [0]))[None]
    return {"ids": ids, "case": case}


def _done(group: list[Section], reading: Iterable[Future[None]]) -> list[Section]:
    for batch in reading:
        batch.result()
    return group


def _linked(section: Section) -> Iterator[LinkedPlaces]:
    for number, (start, end) in enumerate(section.triggers):
        places = tuple(_shifted(place, section.shift) for place in section.links.get(number, ()))
        yield LinkedPlaces((start + section.shift, end + section.shift), places)


def _shifted(span: Span, shift: int) -> Span:
    return replace(span, start=span.start + shift, end=span.end + shift) if shift else span
