"""The learned tagger's weights at work: texts in, labelled spans and places of triggers out.

Runs with onnxruntime and tokenizers alone. Texts of any length are read in windows, several windows at once; memory
does not grow with the length of a text beyond the text itself and its spans.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from geo.extraction.recognizers.card import Card
from geo.extraction.recognizers.decoding import FloatArray, Span, decoded_spans
from geo.extraction.recognizers.windows import IntArray, Pieces, window_ranges, word_pieces
from geo.extraction.sentences import split_sentences

_SECTION = 100_000
"""Characters of a text that are in hand at once."""
FURTHER = 0.7
"""Share of a label's threshold from which a word goes on a span that a surer word opened."""
_CLS, _SEP = 101, 102
_BEGIN, _INSIDE = 1, 2


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


@dataclass(slots=True)
class _Window:
    section: int
    low: int
    high: int
    kept: tuple[int, int]
    """The pieces that are read from this window; where two overlap, each keeps those with more context in it."""
    triggers: list[tuple[int, int, int, int]] = field(default_factory=list)
    """(number of the trigger in its section, first piece, and the range of pieces in which places may lie)."""


@dataclass(slots=True)
class _Section:
    """A stretch of a text: its word pieces, and what the model says of each."""

    text: int
    shift: int
    pieces: Pieces
    triggers: list[tuple[int, int]]
    begin: FloatArray
    inside: FloatArray
    links: dict[int, tuple[Span, ...]] = field(default_factory=dict)


class TaggerModel:
    """The tagger in a folder of `data/models`; files are opened when the first text is tagged."""

    def __init__(self, folder: Path, *, threads: int | None = None, batch_pieces: int = 1024) -> None:
        """Use `threads` cores, all of this process's where None; `batch_pieces` word pieces go through at once."""
        self._folder = folder
        self._threads = threads or len(os.sched_getaffinity(0))
        self._batch_pieces = batch_pieces
        self.card = Card.read(folder)

    def tag(
        self,
        texts: Sequence[str],
        *,
        triggers: Sequence[Sequence[tuple[int, int]]] | None = None,
        wide: bool = False,
    ) -> list[Tagged]:
        """Tag texts, in order; `triggers` are half-open spans for each text whose places are wanted.

        A place lies in its trigger's sentence, or with `wide` anywhere in its window.
        """
        wanted = triggers or [()] * len(texts)
        spans: list[list[Span]] = [[] for _ in texts]
        links: list[list[LinkedPlaces]] = [[] for _ in texts]
        for group in self._groups(texts, wanted):
            self._read(group, wide=wide)
            for section in group:
                spans[section.text] += self._spans(section)
                links[section.text] += [
                    LinkedPlaces(
                        (trigger[0] + section.shift, trigger[1] + section.shift),
                        tuple(_shifted(place, section.shift) for place in section.links.get(number, ())),
                    )
                    for number, trigger in enumerate(section.triggers)
                ]
        return [Tagged(tuple(sorted(found)), tuple(linked)) for found, linked in zip(spans, links, strict=True)]

    def _groups(self, texts: Sequence[str], triggers: Sequence[Sequence[tuple[int, int]]]) -> Iterator[list[_Section]]:
        """Cut texts into sections, and gather small texts, so that about `_SECTION` characters are in hand."""
        group: list[_Section] = []
        size = 0
        for number, text in enumerate(texts):
            for start, end in _stretches(text):
                inner = [(low - start, high - start) for low, high in triggers[number] if start <= low < end]
                pieces = word_pieces(text[start:end], self._tokenizer)
                blank = np.zeros((len(pieces), len(self.card.labels)), dtype=np.float32)
                group.append(_Section(number, start, pieces, inner, blank, blank.copy()))
                size += end - start
                if size >= _SECTION:
                    yield group
                    group, size = [], 0
        if group:
            yield group

    def _read(self, sections: list[_Section], *, wide: bool) -> None:
        windows: list[_Window] = []
        for number, section in enumerate(sections):
            windows += _windows(number, section, longest=self.card.longest, wide=wide)
        windows.sort(key=lambda window: window.high - window.low)
        batches = _batches(windows, pieces=self._batch_pieces)
        # Sessions are opened before threads could race to do it. Each batch runs on one core and batches run side by
        # side: on a machine with other work that is several times faster than all cores meeting at every product.
        self._session("tagger.onnx"), self._session("link.onnx")
        with ThreadPoolExecutor(self._threads) as pool:
            list(pool.map(lambda batch: self._read_batch(batch, sections), batches))

    def _read_batch(self, windows: list[_Window], sections: list[_Section]) -> None:
        length = max(window.high - window.low for window in windows) + 2
        ids = np.zeros((len(windows), length), dtype=np.int64)
        case, present = np.zeros_like(ids), np.zeros_like(ids)
        for row, window in enumerate(windows):
            pieces = sections[window.section].pieces
            end = window.high - window.low + 1
            ids[row, 0], ids[row, end] = _CLS, _SEP
            ids[row, 1:end] = pieces.ids[window.low : window.high]
            case[row, 1:end] = pieces.case[window.low : window.high]
            present[row, : end + 1] = 1
        feeds = {"ids": ids, "case": case, "present": present}
        linked = any(window.triggers for window in windows)
        outputs = ["probabilities", "states"] if linked else ["probabilities"]
        answers = self._session("tagger.onnx").run(outputs, feeds)
        for row, window in enumerate(windows):
            section = sections[window.section]
            low, high = window.kept
            at, rows = slice(low, high), answers[0][row, 1 + low - window.low : 1 + high - window.low]
            section.begin[at], section.inside[at] = rows[:, :, _BEGIN], rows[:, :, _INSIDE]
        if linked:
            self._link(windows, sections, answers[1])

    def _link(self, windows: list[_Window], sections: list[_Section], states: FloatArray) -> None:
        asked = [(row, window, trigger) for row, window in enumerate(windows) for trigger in window.triggers]
        width = max(high - low for _, _, (_, _, low, high) in asked)
        read = np.zeros((len(asked), width, states.shape[-1]), dtype=np.float32)
        present = np.zeros((len(asked), width), dtype=np.int64)
        position = np.zeros(len(asked), dtype=np.int64)
        for number, (row, window, (_, first, low, high)) in enumerate(asked):
            read[number, : high - low] = states[row, 1 + low - window.low : 1 + high - window.low]
            present[number, : high - low] = 1
            position[number] = first - low
        feeds = {"states": read, "position": position, "present": present}
        (probabilities,) = self._session("link.onnx").run(["probabilities"], feeds)
        for number, (_, window, (trigger, _, low, high)) in enumerate(asked):
            section = sections[window.section]
            part = _part(section.pieces, low, high)
            rows = probabilities[number, : high - low]
            section.links[trigger] = tuple(
                decoded_spans(
                    rows[:, _BEGIN],
                    rows[:, _INSIDE],
                    part,
                    label="place",
                    threshold=self.card.link_threshold,
                    further=FURTHER * self.card.link_threshold,
                )
            )

    def _spans(self, section: _Section) -> list[Span]:
        found: list[Span] = []
        for column, label in enumerate(self.card.labels):
            threshold = self.card.thresholds.get(label)
            if threshold is not None:
                begin, inside = section.begin[:, column], section.inside[:, column]
                found += decoded_spans(
                    begin, inside, section.pieces, label=label, threshold=threshold, further=FURTHER * threshold
                )
        return [_shifted(span, section.shift) for span in found]

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _sessions(self) -> dict[str, Any]:
        return {}

    def _session(self, name: str) -> Any:
        if name not in self._sessions:
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._sessions[name] = onnxruntime.InferenceSession(
                str(self._folder / name), options, providers=["CPUExecutionProvider"]
            )
        return self._sessions[name]


def _batches(windows: Sequence[_Window], *, pieces: int) -> list[list[_Window]]:
    """Gather windows, ordered by length, into batches of about `pieces` pieces with their padding."""
    batches: list[list[_Window]] = []
    for window in windows:
        if not batches or (window.high - window.low + 2) * (len(batches[-1]) + 1) > pieces:
            batches.append([])
        batches[-1].append(window)
    return batches


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Cut a long text at sentences into stretches of about `_SECTION` characters; a short one stays whole."""
    if len(text) <= _SECTION:
        if text.strip():
            yield 0, len(text)
        return
    start = 0
    for low, high in split_sentences(text):
        if low - start >= _SECTION:
            yield start, low
            start = low
        while high - start > 2 * _SECTION:
            cut = text.rfind(" ", start + _SECTION // 2, start + _SECTION) + 1 or start + _SECTION
            yield start, cut
            start = cut
    if start < len(text):
        yield start, len(text)


def _windows(number: int, section: _Section, *, longest: int, wide: bool) -> list[_Window]:
    pieces = section.pieces
    ranges = window_ranges(pieces, limit=longest)
    if not ranges:
        return []
    borders = [0, *((end + start) // 2 for (_, end), (start, _) in pairwise(ranges)), len(pieces)]
    windows = [_Window(number, *edges, kept) for edges, kept in zip(ranges, pairwise(borders), strict=True)]
    lows = [window.low for window in windows]
    for index, (start, _) in enumerate(section.triggers):
        first = int(np.searchsorted(pieces.ends, start, side="right"))
        at = int(np.searchsorted(lows, first, side="right")) - 1
        if at < 0 or first >= windows[at].high:
            continue
        low, high = windows[at].low, windows[at].high
        if not wide:
            own: IntArray = np.flatnonzero(pieces.sentence[low:high] == pieces.sentence[first])
            low, high = low + int(own[0]), low + int(own[-1]) + 1
        windows[at].triggers.append((index, first, low, high))
    return windows


def _part(pieces: Pieces, low: int, high: int) -> Pieces:
    at = slice(low, high)
    # The link head reads its scope as one sentence, so that a wide scope is not broken at a doubtful border.
    return Pieces(
        pieces.ids[at],
        pieces.starts[at],
        pieces.ends[at],
        pieces.first[at],
        pieces.case[at],
        np.zeros(high - low, dtype=np.int64),
    )


def _shifted(span: Span, shift: int) -> Span:
    return replace(span, start=span.start + shift, end=span.end + shift) if shift else span
