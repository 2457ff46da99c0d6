"""Passages to tensors: windows with a label for every word and every head, gathered into batches of like length."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from geo.extraction.recognizers.windows import IntArray, Pieces, WordCutter, window_ranges, word_pieces
from geo.training.corpora import LABELS, Mark, Passage, PlaceLink

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
IGNORED = -100
CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class LinkExample:
    """One trigger in a window: the pieces of its sentence, and which of them say where."""

    low: int
    """First piece of the trigger's sentence, counted in the window without its opening mark."""
    position: int
    """The trigger's first piece, counted from `low`."""
    tags: IntArray


@dataclass(frozen=True, slots=True)
class Example:
    """One window of a passage."""

    ids: IntArray
    case: IntArray
    labels: IntArray
    """(pieces, labels): outside, begin, inside, or ignored."""
    links: tuple[LinkExample, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of like length, padded, with the triggers that lie in them."""

    ids: Tensor
    case: Tensor
    present: Tensor
    labels: Tensor
    link_rows: Tensor
    """(triggers, length) indices into the flattened states; padding repeats index 0."""
    link_position: Tensor
    link_present: Tensor
    link_tags: Tensor


def examples(passage: Passage, tokenizer: Tokenizer, *, limit: int) -> Iterator[Example]:
    """Cut a passage into windows of at most `limit` pieces."""
    pieces = word_pieces(passage.text, WordCutter(tokenizer))
    if not len(pieces):
        return
    labels = _labels(passage, pieces)
    for low, high in window_ranges(pieces, limit=limit):
        part = labels[low:high]
        if passage.corpus == "muc" and not (part > OUTSIDE).any():
            continue
        links = tuple(filter(None, (_link(link, pieces, low, high) for link in passage.links)))
        yield Example(pieces.ids[low:high], pieces.case[low:high], part, links)


def joined(passages: Sequence[Passage]) -> Passage:
    """Put sentences of one corpus one behind the other, as a report has them; links keep to their own sentence."""
    text = ""
    marks: list[Mark] = []
    links: list[PlaceLink] = []
    for passage in passages:
        text = text.rstrip() + " " if text else ""
        shift = len(text)
        text += passage.text
        marks += [Mark(mark.start + shift, mark.end + shift, mark.label) for mark in passage.marks]
        for link in passage.links:
            places = tuple((start + shift, end + shift) for start, end in link.places)
            trigger = (link.trigger[0] + shift, link.trigger[1] + shift)
            links.append(PlaceLink(trigger, places, (link.scope[0] + shift, link.scope[1] + shift)))
    return replace(passages[0], text=text, marks=tuple(marks), links=tuple(links))


def batches(items: Sequence[Example], *, pieces: int, dice: random.Random) -> list[Batch]:
    """Gather windows of like length into batches of about `pieces` pieces, in random order."""
    order = sorted(range(len(items)), key=lambda index: len(items[index].ids) + dice.random() * 6)
    groups: list[list[Example]] = [[]]
    for index in order:
        length = len(items[index].ids) + 2
        if groups[-1] and length * (len(groups[-1]) + 1) > pieces:
            groups.append([])
        groups[-1].append(items[index])
    dice.shuffle(groups)
    return [batch_of(group) for group in groups if group]


def batch_of(items: Sequence[Example]) -> Batch:
    """Pad windows to one length, with the encoder's opening and closing marks around each."""
    length = max(len(item.ids) for item in items) + 2
    ids = np.zeros((len(items), length), dtype=np.int64)
    case, present = np.zeros_like(ids), np.zeros_like(ids)
    labels = np.full((len(items), length, len(LABELS)), IGNORED, dtype=np.int64)
    triggers: list[tuple[int, LinkExample]] = []
    for row, item in enumerate(items):
        end = len(item.ids) + 1
        ids[row, 0], ids[row, end] = CLS, SEP
        ids[row, 1:end], case[row, 1:end], labels[row, 1:end] = item.ids, item.case, item.labels
        present[row, : end + 1] = 1
        triggers += [(row, link) for link in item.links]
    width = max((len(link.tags) for _, link in triggers), default=1)
    rows = np.zeros((len(triggers), width), dtype=np.int64)
    link_present, tags = np.zeros_like(rows), np.full_like(rows, IGNORED)
    for number, (row, link) in enumerate(triggers):
        count = len(link.tags)
        rows[number, :count] = row * length + 1 + link.low + np.arange(count)
        link_present[number, :count] = 1
        tags[number, :count] = link.tags
    positions = np.asarray([link.position for _, link in triggers], dtype=np.int64)
    arrays = (ids, case, present, labels, rows, positions, link_present, tags)
    return Batch(*(torch.from_numpy(array) for array in arrays))


def tagged_pieces(pieces: Pieces, spans: Iterable[tuple[int, int]]) -> IntArray:
    """Return begin/inside/outside of the spans for each piece that begins a word; the others are ignored."""
    tags = np.zeros(len(pieces), dtype=np.int64)
    for span in spans:
        _tag(tags, pieces, *span)
    tags[~pieces.first] = IGNORED
    return tags


def _labels(passage: Passage, pieces: Pieces) -> IntArray:
    labels = np.full((len(pieces), len(LABELS)), IGNORED, dtype=np.int64)
    for column, label in enumerate(LABELS):
        if label in passage.known:
            labels[:, column] = OUTSIDE
        elif label in passage.partial and (pieces.case > 0).any():
            labels[pieces.case == 0, column] = OUTSIDE
    for mark in passage.marks:
        column = LABELS.index(mark.label)
        _tag(labels[:, column], pieces, mark.start, mark.end)
    labels[~pieces.first] = IGNORED
    return labels


def _tag(column: IntArray, pieces: Pieces, start: int, end: int) -> None:
    low = int(np.searchsorted(pieces.ends, start, side="right"))
    high = int(np.searchsorted(pieces.starts, end, side="left"))
    if high > low:
        while low > 0 and not pieces.first[low]:
            low -= 1
        column[low:high] = INSIDE
        column[low] = BEGIN


def _link(link: PlaceLink, pieces: Pieces, low: int, high: int) -> LinkExample | None:
    start = int(np.searchsorted(pieces.ends, link.trigger[0], side="right"))
    if not low <= start < high:
        return None
    first = max(low, int(np.searchsorted(pieces.ends, link.scope[0], side="right")))
    last = min(high, int(np.searchsorted(pieces.starts, link.scope[1], side="left")))
    return LinkExample(first - low, start - first, tagged_pieces(pieces, link.places)[first:last])
