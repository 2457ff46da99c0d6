"""The reader of links: at which places of its sentence the event of a trigger happened, or at none.

It reads the sentence with the trigger marked in it, from the word vectors up and by layers of its own, so that it is
trained beside no tagger. What stands is told by the mean of it and of the tagger's own head, whose faults differ.
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

from geo.extraction.recognizers.windows import IntArray, WordCutter, word_pieces
from geo.training.augmentation import varied
from geo.training.corpora import Passage
from geo.training.examples import CLS, IGNORED, SEP, tagged_pieces
from geo.training.fitting import Fitting, MeanWeights, Report, started
from geo.training.network import DROPOUT, HIDDEN, Encoder, load_encoder
from geo.training.tagger import LONGEST, bare_tokenizer

LAYERS = 4
"""The base model's first layers; all six read no better, three worse."""
CORPORA = ("event_location", "synthetic")
_MASK, _MASKED_SHARE = 103, 0.04


@dataclass(frozen=True, slots=True)
class Course:
    """What one training reads."""

    varied: float
    """Share of the sentences that are varied."""
    synthetic: float
    """Share of the sentences from templates that an epoch reads."""


@dataclass(frozen=True, slots=True)
class LinkRecipe:
    """How to train; the values are those of the shipped weights."""

    courses: tuple[Course, ...] = (Course(1.0, 0.7), Course(0.0, 0.0))
    """Trainings from one beginning, whose mean is taken: the less alike they are, the less it errs."""
    epochs: int = 4
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    pieces: int = 700
    """Word pieces in a step."""
    threads: int = 2
    seed: int = 20161120


@dataclass(frozen=True, slots=True)
class _Question:
    """A sentence, a trigger in it by its first piece, and the tags of the places where its event happened."""

    ids: IntArray
    case: IntArray
    trigger: int
    tags: IntArray


class LinkNetwork(nn.Module):
    """Pieces of a sentence, one of which is marked, to begin/inside/outside of the places where its event happened."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder(LAYERS)
        self.trigger = nn.Parameter(torch.randn(HIDDEN) * 0.05)
        self.dropout = nn.Dropout(DROPOUT)
        self.tags = nn.Linear(HIDDEN, 3)

    def forward(self, ids: Tensor, case: Tensor, present: Tensor, trigger: Tensor) -> Tensor:
        """Return logits (triggers, length, 3); `trigger` (triggers,) is the first piece of each row's trigger."""
        marked = (torch.arange(ids.shape[1])[None] == trigger[:, None])[:, :, None] * self.trigger
        mask = (1.0 - present[:, None, None, :].to(marked.dtype)) * -1e4
        states: Tensor = self.dropout(self.encoder.embedded(ids, case)) + marked
        for layer in self.encoder.layers:
            states = layer(states, mask)
        logits: Tensor = self.tags(self.dropout(states))
        return logits


def trained_links(
    passages: Sequence[Passage], *, base: Path, recipe: LinkRecipe, report: Report, kept: Path | None = None
) -> LinkNetwork:
    """Train a reader of links on the passages that have triggers.

    What each course has learnt goes to a file in the folder `kept` now and then; one that finds its file goes on.
    """
    started(recipe.seed)
    network = LinkNetwork()
    load_encoder(network.encoder, base / "model.safetensors")
    network.encoder.words.weight.requires_grad_(False)
    mean = MeanWeights()
    for number, course in enumerate(recipe.courses):
        learner = copy.deepcopy(network)

        def told(what: str, done: float, number: int = number) -> None:
            count = len(recipe.courses)
            report(f"course {number + 1} of {count}, {what}", (number + done) / count)

        fitting = Fitting(
            loss=_loss,
            heavy=lambda each: list(each.encoder.parameters()),
            heavy_rate=recipe.rate,
            light_rate=recipe.head_rate,
            threads=recipe.threads,
            report=told,
            warm=12,
            kept=kept / f"course-{number}.kept" if kept else None,
        )
        dice = started(recipe.seed + number)
        fitting.fit(learner, _ordered(passages, base, dice, course=course, recipe=recipe))
        mean.add(learner)
    mean.give(network)
    return network.eval()


def _ordered(
    passages: Sequence[Passage], base: Path, dice: random.Random, *, course: Course, recipe: LinkRecipe
) -> list[list[_Question]]:
    cutter = WordCutter(bare_tokenizer(base / "tokenizer.json"))
    asked = [passage for passage in passages if passage.links and passage.corpus in CORPORA]
    marked = ((passage.text, mark) for passage in asked for mark in passage.marks)
    names = sorted({text[mark.start : mark.end] for text, mark in marked if mark.label == "toponym"})
    return [
        batch
        for _ in range(recipe.epochs)
        for batch in _batches(list(_epoch(asked, cutter, dice, names=names, course=course)), recipe, dice)
    ]


def _epoch(
    passages: Sequence[Passage], cutter: WordCutter, dice: random.Random, *, names: Sequence[str], course: Course
) -> Iterator[_Question]:
    for passage in passages:
        if passage.corpus == "synthetic" and dice.random() >= course.synthetic:
            continue
        read = varied(passage, dice, names=names) if dice.random() < course.varied else passage
        pieces = word_pieces(read.text, cutter)
        for link in read.links:
            trigger = int(np.searchsorted(pieces.ends, link.trigger[0], side="right"))
            if trigger < LONGEST:
                tags = tagged_pieces(pieces, link.places)
                yield _Question(pieces.ids[:LONGEST], pieces.case[:LONGEST], trigger, tags[:LONGEST])


def _batches(questions: Sequence[_Question], recipe: LinkRecipe, dice: random.Random) -> list[list[_Question]]:
    """Gather sentences of like length, in random order."""
    groups: list[list[_Question]] = [[]]
    for question in sorted(questions, key=lambda each: len(each.ids) + dice.random() * 5):
        if groups[-1] and (len(question.ids) + 2) * (len(groups[-1]) + 1) > recipe.pieces // recipe.threads:
            groups.append([])
        groups[-1].append(question)
    dice.shuffle(groups)
    return groups


def _loss(network: LinkNetwork, batch: Sequence[_Question]) -> Tensor:
    ids, case, present, tags = _tensors(batch)
    # A few word pieces are hidden, so that a place is read from the words around it too.
    hidden = (torch.rand(ids.shape) < _MASKED_SHARE) & (ids > _MASK)
    trigger = torch.tensor([question.trigger + 1 for question in batch])
    logits = network(ids.masked_fill(hidden, _MASK), case, present, trigger)
    return functional.cross_entropy(logits.flatten(0, 1), tags.flatten(), ignore_index=IGNORED)


def _tensors(batch: Sequence[_Question]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    length = max(len(question.ids) for question in batch) + 2
    ids, case, present = np.zeros((3, len(batch), length), dtype=np.int64)
    tags = np.full_like(ids, IGNORED)
    for row, question in enumerate(batch):
        end = len(question.ids) + 1
        ids[row, 0], ids[row, end], present[row, : end + 1] = CLS, SEP, 1
        ids[row, 1:end], case[row, 1:end], tags[row, 1:end] = question.ids, question.case, question.tags
    ready = (torch.from_numpy(array) for array in (ids, case, present, tags))
    return next(ready), next(ready), next(ready), next(ready)
