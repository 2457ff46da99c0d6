"""Texts as the model takes them in: sections of bounded length, windows of word pieces, batches of windows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter

import numpy as np

from geo.extraction.language.sentences import split_sentences
from geo.extraction.recognizers.decoding import FloatArray, Span
from geo.extraction.recognizers.windows import Pieces, WordCutter, window_ranges, word_pieces

SECTION = 100_000
"""Characters of one text that are in hand at once."""
_GROUP = 30_000
"""Characters of small texts that go through together: enough to sort by length, few enough to read ahead of."""
_CROWD, _NEAREST, _AROUND = 8, 2, 16
"""Where a window holds more triggers than this, as prose hardly does, places are sought up to so many triggers away,
and at least so many pieces."""


@dataclass(slots=True)
class Window:
    """Pieces of a section that go through the encoder together."""

    section: int
    low: int
    high: int
    kept: tuple[int, int]
    """The pieces that are read from this window; where two overlap, each keeps those with more context in it."""
    triggers: list[tuple[int, int, int, int]] = field(default_factory=list)
    """(number of the trigger in its section, first piece, and the range of pieces in which places may lie)."""


@dataclass(slots=True)
class Section:
    """A stretch of a text: its word pieces, and what the model says of each."""

    text: int
    shift: int
    pieces: Pieces
    triggers: list[tuple[int, int]]
    begin: FloatArray
    inside: FloatArray
    links: dict[int, tuple[Span, ...]] = field(default_factory=dict)


def section_groups(
    texts: Sequence[str], triggers: Sequence[Sequence[tuple[int, int]]], cutter: WordCutter, *, labels: int
) -> Iterator[list[Section]]:
    """Cut texts into sections, and gather those of small texts."""
    group: list[Section] = []
    size = 0
    for number, text in enumerate(texts):
        for start, end in _stretches(text):
            inner = [(low - start, high - start) for low, high in triggers[number] if start <= low < end]
            pieces = word_pieces(text[start:end], cutter)
            begin, inside = np.zeros((2, len(pieces), labels), dtype=np.float32)
            group.append(Section(number, start, pieces, inner, begin, inside))
            size += end - start
            if size >= _GROUP:
                yield group
                group, size = [], 0
    if group:
        yield group


def window_batches(
    sections: Sequence[Section],
    *,
    longest: int,
    pieces: int,
    wide: bool,
    read: Sequence[Sequence[tuple[int, int]] | None],
) -> list[list[Window]]:
    """Cut sections into windows, and gather them into batches of about `pieces` word pieces, each a task of one core.

    `read` holds for each text the stretches of characters that are asked for, apart and in order, or None for all of
    it: windows that touch none of them are left out.
    """
    windows = [
        window
        for number, section in enumerate(sections)
        for window in _windows(number, section, longest=longest, wide=wide)
        if _is_read(window, section, read[section.text])
    ]
    batches: list[list[Window]] = [[]]
    size = 0
    for window in windows:
        if size >= pieces:
            batches.append([])
            size = 0
        batches[-1].append(window)
        size += window.high - window.low
    return batches


def _is_read(window: Window, section: Section, stretches: Sequence[tuple[int, int]] | None) -> bool:
    if stretches is None or window.triggers:
        return True
    start = section.shift + int(section.pieces.starts[window.low])
    end = section.shift + int(section.pieces.ends[window.high - 1])
    at = bisect_right(stretches, start, key=itemgetter(1))
    return at < len(stretches) and stretches[at][0] < end


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Cut a long text at sentences into stretches of about `SECTION` characters; a short one stays whole."""
    if len(text) <= SECTION:
        if text.strip():
            yield 0, len(text)
        return
    start = 0
    for low, high in split_sentences(text):
        if low - start >= SECTION:
            yield start, low
            start = low
        while high - start > 2 * SECTION:
            cut = text.rfind(" ", start + SECTION // 2, start + SECTION) + 1 or start + SECTION
            yield start, cut
            start = cut
    if start < len(text):
        yield start, len(text)


def _windows(number: int, section: Section, *, longest: int, wide: bool) -> list[Window]:
    pieces = section.pieces
    ranges = window_ranges(pieces, limit=longest)
    if not ranges:
        return []
    borders = [0, *((end + start) // 2 for (_, end), (start, _) in pairwise(ranges)), len(pieces)]
    windows = [Window(number, *edges, kept) for edges, kept in zip(ranges, pairwise(borders), strict=True)]
    if section.triggers:
        _ask(windows, section, wide=wide)
    return windows


def _ask(windows: Sequence[Window], section: Section, *, wide: bool) -> None:
    """Give each trigger to the window that it lies in, with the pieces of its sentence there, or with `wide` all."""
    pieces = section.pieces
    starts = np.asarray([start for start, _ in section.triggers], dtype=np.int64)
    first = np.searchsorted(pieces.ends, starts, side="right")
    at = np.searchsorted(np.asarray([window.low for window in windows]), first, side="right") - 1
    sentence = pieces.sentence[np.minimum(first, len(pieces) - 1)]
    low, high = (np.searchsorted(pieces.sentence, sentence, side=side) for side in ("left", "right"))
    for index, piece in enumerate(first.tolist()):
        window = windows[max(0, int(at[index]))]
        if not window.low <= piece < window.high:
            continue
        scope = (window.low, window.high)
        if not wide:
            scope = (max(window.low, int(low[index])), min(window.high, int(high[index])))
        window.triggers.append((index, piece, *scope))
    for window in windows:
        if len(window.triggers) > _CROWD:
            window.triggers = _narrowed(window.triggers)


def _narrowed(triggers: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Narrow the scopes of a stretch full of triggers to the nearest others, so that work stays linear in its words."""
    places = sorted(piece for _, piece, _, _ in triggers)
    narrowed = []
    for index, piece, low, high in triggers:
        at = bisect_left(places, piece)
        before = places[max(0, at - _NEAREST)]
        after = places[min(len(places) - 1, at + _NEAREST)]
        scope = (max(low, min(before, piece - _AROUND)), min(high, max(after, piece + _AROUND) + 1))
        narrowed.append((index, piece, *scope))
    return narrowed
