"""The learned tagger's weights at work: texts in, labelled spans and places of triggers out.

Runs with onnxruntime and tokenizers alone. Texts of any length are read in windows, several windows at once; memory
does not grow with the length of a text beyond the text itself and its spans.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from geo.extraction.recognizers.asking import Asked, link_batches
from geo.extraction.recognizers.card import Card
from geo.extraction.recognizers.decoding import FloatArray, Span, decoded_spans
from geo.extraction.recognizers.sections import Section, Window, section_groups, window_batches
from geo.extraction.recognizers.windows import Pieces

FURTHER = 0.7
"""Share of a label's threshold from which a word goes on a span that a surer word opened."""
_NAMELESS = 0.02
"""Where no word is a place with this probability, the link head is not asked: it never found a place there."""
_CLS, _SEP = 101, 102
_BEGIN, _INSIDE = 1, 2
_TAGS, _LINKS = "tagger.onnx", "link.onnx"

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

    def __init__(self, folder: Path, *, threads: int | None = None, batch_pieces: int = 512) -> None:
        """Use `threads` cores, all of this process's where None; `batch_pieces` word pieces go through at once."""
        self._folder = folder
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
        # Sessions are opened before threads could race to do it. Each batch runs on one core and batches run side by
        # side: on a machine with other work that is several times faster than all cores meeting at every product.
        # While a group is in the threads, the next is cut into word pieces and the last is read off.
        self._open()
        groups = section_groups(texts, wanted, self._tokenizer, labels=len(self.card.labels))
        with ThreadPoolExecutor(self._threads) as pool:
            waiting: list[tuple[list[Section], list[Future[None]]]] = []
            for group in groups:
                batches = window_batches(
                    group,
                    longest=self.card.longest,
                    pieces=self._batch_pieces,
                    wide=wide,
                    read=read or [None] * len(texts),
                )
                waiting.append((group, [pool.submit(self._read_batch, batch, group) for batch in batches]))
                if len(waiting) > 1:
                    self._collect(*waiting.pop(0), marked, spans, links)
            for rest in waiting:
                self._collect(*rest, marked, spans, links)
        return [Tagged(tuple(sorted(found)), tuple(linked)) for found, linked in zip(spans, links, strict=True)]

    def _collect(
        self,
        sections: list[Section],
        reading: list[Future[None]],
        labels: Sequence[str],
        spans: list[list[Span]],
        links: list[list[LinkedPlaces]],
    ) -> None:
        for batch in reading:
            batch.result()
        for section in sections:
            spans[section.text] += self._spans(section, labels)
            links[section.text] += [
                LinkedPlaces(
                    (trigger[0] + section.shift, trigger[1] + section.shift),
                    tuple(_shifted(place, section.shift) for place in section.links.get(number, ())),
                )
                for number, trigger in enumerate(section.triggers)
            ]

    def _read_batch(self, windows: list[Window], sections: list[Section]) -> None:
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
        answers = self._sessions[_TAGS].run(outputs, feeds)
        for row, window in enumerate(windows):
            section = sections[window.section]
            low, high = window.kept
            at, rows = slice(low, high), answers[0][row, 1 + low - window.low : 1 + high - window.low]
            section.begin[at], section.inside[at] = rows[:, :, _BEGIN], rows[:, :, _INSIDE]
        if linked:
            column = self.card.labels.index("toponym")
            names = answers[0][:, :, column, _BEGIN] + answers[0][:, :, column, _INSIDE]
            for asked in link_batches(windows, names, nameless=_NAMELESS, pieces=self._batch_pieces):
                self._link(asked, sections, answers[1])

    def _link(self, asked: list[Asked], sections: list[Section], states: FloatArray) -> None:
        width = max(one.width for one in asked)
        read = np.zeros((len(asked), width, states.shape[-1]), dtype=np.float32)
        present = np.zeros((len(asked), width), dtype=np.int64)
        position = np.zeros(len(asked), dtype=np.int64)
        for number, one in enumerate(asked):
            read[number, : one.width] = states[one.row, one.columns]
            present[number, : one.width] = 1
            position[number] = one.position
        feeds = {"states": read, "position": position, "present": present}
        (probabilities,) = self._sessions[_LINKS].run(["probabilities"], feeds)
        for number, one in enumerate(asked):
            section = sections[one.window.section]
            trigger, _, low, high = one.trigger
            part = _part(section.pieces, low, high)
            rows = probabilities[number, : one.width]
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

    def _spans(self, section: Section, labels: Sequence[str]) -> list[Span]:
        found: list[Span] = []
        for label in labels:
            column, threshold = self.card.labels.index(label), self.card.thresholds[label]
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

    def _open(self) -> None:
        if self._sessions:
            return
        import onnxruntime

        for name in (_TAGS, _LINKS):
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._sessions[name] = onnxruntime.InferenceSession(
                str(self._folder / name), options, providers=["CPUExecutionProvider"]
            )


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
