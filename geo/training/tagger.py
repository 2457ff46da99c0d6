"""Training of the learned recogniser, and its figures by cross-validation over documents."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from geo.training.augmentation import varied
from geo.training.corpora import LABELS, Passage
from geo.training.examples import IGNORED, Batch, Example, batches, examples, joined
from geo.training.fitting import Fitting, Report, started
from geo.training.network import Tagger, base_weights

LONGEST = 126
"""Word pieces in a window, in training and at run time."""
_MASK, _MASKED_SHARE = 103, 0.04

SHARES = {"lgl": 0.6, "geovirus": 1.5, "event_location": 1.0, "re3d": 6.0, "muc": 0.15, "synthetic": 0.7}
"""The small corpora oftener; MUC's labels, which only add to the word lists, seldom."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train; the values are those of the shipped weights."""

    epochs: int = 3
    shares: Mapping[str, float] = field(default_factory=lambda: dict(SHARES))
    """How often an epoch reads a passage of a corpus: 0.5 is every other epoch, 3 is three times in each."""
    rate: float = 2e-4
    head_rate: float = 1e-3
    pieces: int = 1000
    """Word pieces in a step."""
    threads: int = 2
    seed: int = 20161120


def trained_tagger(
    passages: Sequence[Passage], *, base: Path, recipe: Recipe, report: Report, kept: Path | None = None
) -> Tagger:
    """Fine-tune the base model in the folder `base` (its weights and tokenizer.json) on the passages.

    What is learnt so far goes to the file `kept` now and then; a training that finds that file goes on from it.
    """
    dice = started(recipe.seed)
    tagger = Tagger(len(LABELS))
    base_weights(tagger, base / "model.safetensors")
    tagger.encoder.words.weight.requires_grad_(False)
    ordered = _epochs(passages, base, dice, recipe)
    fitting = Fitting(
        loss=_loss,
        heavy=lambda each: [*each.encoder.parameters(), *each.link.layers.parameters()],
        heavy_rate=recipe.rate,
        light_rate=recipe.head_rate,
        threads=recipe.threads,
        report=report,
        kept=kept,
    )
    fitting.fit(tagger, ordered)
    return tagger


def _epochs(passages: Sequence[Passage], base: Path, dice: random.Random, recipe: Recipe) -> list[Batch]:
    tokenizer = bare_tokenizer(base / "tokenizer.json")
    marked = ((passage.text, mark) for passage in passages for mark in passage.marks)
    names = [text[mark.start : mark.end] for text, mark in marked if mark.label == "toponym"]
    epochs = [
        batches(
            _epoch(passages, tokenizer, dice, names=names, shares=recipe.shares),
            pieces=recipe.pieces // recipe.threads,
            dice=dice,
        )
        for _ in range(recipe.epochs)
    ]
    return [batch for epoch in epochs for batch in epoch]


def bare_tokenizer(path: Path) -> Tokenizer:
    """Load a tokenizer that neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _epoch(
    passages: Sequence[Passage],
    tokenizer: Tokenizer,
    dice: random.Random,
    *,
    names: Sequence[str],
    shares: Mapping[str, float],
) -> list[Example]:
    """Read passages by their share, varied; sentences alone or a few together, documents in windows of any length."""
    found: list[Example] = []
    sentences: list[Passage] = []
    for passage in passages:
        repeats = shares[passage.corpus]
        for _ in range(int(repeats) + (dice.random() < repeats % 1)):
            variant = varied(passage, dice, names=names)
            if passage.corpus in ("event_location", "synthetic"):
                sentences.append(variant)
            else:
                found += examples(variant, tokenizer, limit=dice.choice((48, 96, LONGEST, LONGEST)))
    dice.shuffle(sentences)
    while sentences:
        count = dice.choice((1, 1, 1, 2, 3))
        group = [sentences.pop() for _ in range(min(count, len(sentences)))]
        alike = [passage for passage in group if passage.corpus == group[0].corpus]
        sentences += [passage for passage in group if passage.corpus != group[0].corpus]
        found += examples(joined(alike), tokenizer, limit=LONGEST)
    return found


def _loss(tagger: Tagger, batch: Batch) -> Tensor:
    """Cross-entropy over the labels that the batch's corpora annotate, and over the places of its triggers."""
    logits, states = tagger(_some_hidden(batch.ids), batch.case, batch.present)
    known = batch.labels != IGNORED
    words = known.any(-1).sum().clamp(min=1)
    loss = functional.cross_entropy(logits[known], batch.labels[known], reduction="sum") / words
    return loss + _placed_loss(tagger.link, states, batch) if len(batch.link_position) else loss


def _placed_loss(link: nn.Module, states: Tensor, batch: Batch) -> Tensor:
    read = states.reshape(-1, states.shape[-1])[batch.link_rows]
    tags = link(read, batch.link_position, batch.link_present)
    return functional.cross_entropy(tags.flatten(0, 1), batch.link_tags.flatten(), ignore_index=IGNORED)


def _some_hidden(ids: Tensor) -> Tensor:
    """Hide a few word pieces, so that a name is read from the words around it too."""
    hidden = (torch.rand(ids.shape) < _MASKED_SHARE) & (ids > _MASK)
    return ids.masked_fill(hidden, _MASK)
