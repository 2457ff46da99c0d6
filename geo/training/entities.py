"""The reader of entities wider than names: every stretch of words weighed for itself, so that they may nest and cross.

Its layers begin as the tagger's own and read the same embedded pieces; what they learn from re3d alone goes beside the
tagger's marks. A few dozen documents teach either of the two badly, and both together far better: their faults differ.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from geo.extraction.recognizers.entities import LABELS as READ
from geo.extraction.recognizers.entities import WIDEST
from geo.extraction.recognizers.windows import BoolArray, IntArray, WordCutter, window_ranges, word_pieces
from geo.training.corpora import Passage
from geo.training.examples import CLS, SEP
from geo.training.fitting import Fitting, Report, started
from geo.training.network import DROPOUT, HIDDEN, Encoder, Tagger
from geo.training.tagger import LONGEST, bare_tokenizer

LEARNT = (*READ, "person", "nationality", "quantity", "temporal", "militaryplatform", "weapon")
"""The labels read, and others that teach where an entity ends."""
ENDS = 192
"""Width of what is said of a beginning and of an end."""
_DROPOUT, _MASK, _MASKED_SHARE = 0.15, 103, 0.05
_RARE = -3.0
"""Where each end's own score starts: of a thousand stretches hardly one is an entity."""


@dataclass(frozen=True, slots=True)
class EntityRecipe:
    """How to train; the values are those of the shipped weights."""

    epochs: int = 12
    rate: float = 3e-4
    head_rate: float = 2e-3
    pieces: int = 300
    """Word pieces in a step."""
    seed: int = 1


@dataclass(frozen=True, slots=True)
class _Window:
    ids: IntArray
    case: IntArray
    first: BoolArray
    last: BoolArray
    entities: tuple[tuple[int, int, int], ...]
    """(first piece, last piece, number of the label)."""


class EntityNetwork(nn.Module):
    """Embedded pieces to a score for every stretch of them and label."""

    def __init__(self, encoder: Encoder) -> None:
        """Begin with copies of the encoder's layers; its embeddings stay as they are."""
        super().__init__()
        self.layers = copy.deepcopy(encoder.layers).requires_grad_(True)
        self.starts, self.ends = nn.Linear(HIDDEN, ENDS), nn.Linear(HIDDEN, ENDS)
        self.between = nn.Parameter(torch.randn(len(LEARNT), ENDS, ENDS) * 0.02)
        self.start_alone, self.end_alone = nn.Linear(ENDS, len(LEARNT)), nn.Linear(ENDS, len(LEARNT))
        self.widths = nn.Embedding(WIDEST, len(LEARNT))
        self.dropout = nn.Dropout(_DROPOUT)
        nn.init.constant_(self.start_alone.bias, _RARE)
        nn.init.constant_(self.end_alone.bias, _RARE)
        nn.init.zeros_(self.widths.weight)

    def forward(self, embedded: Tensor, present: Tensor) -> Tensor:
        """Return logits (batch, start, end, labels) over all pieces of `embedded` (batch, length, HIDDEN)."""
        states = functional.dropout(embedded, DROPOUT, self.training)
        mask = (1.0 - present[:, None, None, :].to(states.dtype)) * -1e4
        for layer in self.layers:
            states = layer(states, mask)
        states = self.dropout(states)
        starts = self.dropout(functional.gelu(self.starts(states)))
        ends = self.dropout(functional.gelu(self.ends(states)))
        pairs = torch.einsum("bid,ldk,bjk->bijl", starts, self.between, ends)
        alone = self.start_alone(starts)[:, :, None] + self.end_alone(ends)[:, None]
        places = torch.arange(states.shape[1])
        far = (places[None] - places[:, None]).clamp(0, WIDEST - 1)
        return pairs + alone + self.widths(far)[None]


def trained_entities(
    tagger: Tagger, passages: Sequence[Passage], *, base: Path, recipe: EntityRecipe, report: Report
) -> EntityNetwork:
    """Train a reader of entities beside a finished tagger, on the passages that have entities marked."""
    dice = started(recipe.seed)
    network = EntityNetwork(tagger.encoder)
    cutter = WordCutter(bare_tokenizer(base / "tokenizer.json"))
    windows = [window for passage in passages if passage.entities for window in _windows(passage, cutter)]
    ordered = [batch for _ in range(recipe.epochs) for batch in _batches(windows, recipe.pieces, dice)]

    def loss(learner: EntityNetwork, batch: list[_Window]) -> Tensor:
        return _loss(learner, tagger.encoder, batch)

    fitting = Fitting(
        loss=loss,
        heavy=lambda each: list(each.layers.parameters()),
        heavy_rate=recipe.rate,
        light_rate=recipe.head_rate,
        warm=10,
        threads=1,
        report=report,
    )
    fitting.fit(network, ordered)
    return network


def _windows(passage: Passage, cutter: WordCutter) -> Iterator[_Window]:
    pieces = word_pieces(passage.text, cutter)
    last = np.append(pieces.first[1:], True)
    starts = {int(start): at for at, start in enumerate(pieces.starts) if pieces.first[at]}
    ends = {int(end): at for at, end in enumerate(pieces.ends) if last[at]}
    marks = [
        (starts[mark.start], ends[mark.end], LEARNT.index(mark.label))
        for mark in passage.entities
        if mark.label in LEARNT and mark.start in starts and mark.end in ends
    ]
    for low, high in window_ranges(pieces, limit=LONGEST):
        inside = tuple(
            (start - low, end - low, label)
            for start, end, label in marks
            if low <= start <= end < high and end - start < WIDEST
        )
        yield _Window(pieces.ids[low:high], pieces.case[low:high], pieces.first[low:high], last[low:high], inside)


def _batches(windows: Sequence[_Window], pieces: int, dice: random.Random) -> Iterator[list[_Window]]:
    """Yield the windows in random order, as many at once as first reach `pieces` word pieces."""
    batch: list[_Window] = []
    for window in dice.sample(windows, len(windows)):
        batch.append(window)
        if sum(len(each.ids) for each in batch) >= pieces:
            yield batch
            batch = []
    if batch:
        yield batch


def _loss(network: EntityNetwork, encoder: Encoder, batch: Sequence[_Window]) -> Tensor:
    """Binary cross-entropy over the stretches that begin and end with a word, for each word piece."""
    ids, case, present, first, last, wanted = _tensors(batch)
    hidden = (torch.rand(ids.shape) < _MASKED_SHARE) & (ids > _MASK)
    with torch.no_grad():
        embedded = encoder.eval().embedded(ids.masked_fill(hidden, _MASK), case)
    logits = network(embedded, present)
    places = torch.arange(ids.shape[1])
    far = places[None] - places[:, None]
    asked = ((far >= 0) & (far < WIDEST))[None] & first[:, :, None] & last[:, None]
    loss = functional.binary_cross_entropy_with_logits(logits[asked], wanted[asked], reduction="sum")
    return loss / present.sum()


def _tensors(batch: Sequence[_Window]) -> tuple[Tensor, ...]:
    length = max(len(window.ids) for window in batch) + 2
    ids, case, present = np.zeros((3, len(batch), length), dtype=np.int64)
    first, last = np.zeros((2, len(batch), length), dtype=np.bool_)
    wanted = np.zeros((len(batch), length, length, len(LEARNT)), dtype=np.float32)
    for row, window in enumerate(batch):
        end = len(window.ids) + 1
        ids[row, 0], ids[row, end] = CLS, SEP
        ids[row, 1:end], case[row, 1:end], present[row, : end + 1] = window.ids, window.case, 1
        first[row, 1:end], last[row, 1:end] = window.first, window.last
        for start, stop, label in window.entities:
            wanted[row, start + 1, stop + 1, label] = 1
    return tuple(map(torch.from_numpy, (ids, case, present, first, last, wanted)))
