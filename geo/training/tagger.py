"""Training of the learned recogniser, and its figures by cross-validation over documents."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from geo.training.augmentation import varied
from geo.training.corpora import LABELS, Mark, Passage
from geo.training.examples import IGNORED, Batch, Example, batches, examples, joined
from geo.training.network import Tagger, base_weights
from geo.training.replicas import Replicas

Report = Callable[[str, float], None]
"""Told what is being done and the share of it that is done, in [0, 1]."""

LONGEST = 126
"""Word pieces in a window, in training and at run time."""
_MASK, _MASKED_SHARE = 103, 0.04
_KEPT_EVERY = 100
"""Steps after which a training that is cut off goes on where it was."""


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
    link_weight: float = 1.0
    threads: int = 2
    seed: int = 20161120


def trained_tagger(
    passages: Sequence[Passage], *, base: Path, recipe: Recipe, report: Report, kept: Path | None = None
) -> Tagger:
    """Fine-tune the base model in the folder `base` (its weights and tokenizer.json) on the passages.

    What is learnt so far goes to the file `kept` now and then; a training that finds that file goes on from it.
    """
    torch.manual_seed(recipe.seed)
    torch.set_flush_denormal(True)
    dice = random.Random(recipe.seed)  # noqa: S311 - no secret
    tokenizer = bare_tokenizer(base / "tokenizer.json")
    tagger = Tagger(len(LABELS))
    base_weights(tagger, base / "model.safetensors")
    tagger.encoder.words.weight.requires_grad_(False)
    names = [passage.text[mark.start : mark.end] for passage in passages for mark in _toponyms(passage)]
    epochs = [
        batches(
            _epoch(passages, tokenizer, dice, names=names, shares=recipe.shares),
            pieces=recipe.pieces // recipe.threads,
            dice=dice,
        )
        for _ in range(recipe.epochs)
    ]
    _fit(tagger, [batch for epoch in epochs for batch in epoch], recipe, report, kept=kept)
    return tagger


def _fit(tagger: Tagger, ordered: Sequence[Batch], recipe: Recipe, report: Report, *, kept: Path | None) -> None:
    count = recipe.threads
    groups = [ordered[at : at + count] for at in range(0, len(ordered), count)]
    optimizer, schedule = _optimizer(tagger, recipe, steps=len(groups))
    done = _resumed(kept, tagger, optimizer, schedule)
    tagger.train()
    replicas = Replicas(tagger, count=count)
    started = time.monotonic()
    for step, group in enumerate(groups[done:], start=done + 1):
        loss = replicas.add_gradients(group, lambda one, batch: _loss(one, batch, recipe))
        torch.nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        replicas.follow()
        if step % 20 == 0:
            spent = time.monotonic() - started
            report(f"step {step} of {len(groups)}, loss {loss:.3f}, {spent:.0f} s", step / len(groups))
        if kept is not None and (step % _KEPT_EVERY == 0 or step == len(groups)):
            _keep(kept, step, tagger, optimizer, schedule)
    replicas.close()
    tagger.eval()


def _keep(path: Path, step: int, *learners: Any) -> None:
    partial = path.with_suffix(".partial")
    torch.save({"step": step, "learners": [learner.state_dict() for learner in learners]}, partial)
    partial.replace(path)


def _resumed(path: Path | None, *learners: Any) -> int:
    """Load what was kept, and return how many steps it has learnt from."""
    if path is None or not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    for learner, stored in zip(learners, state["learners"], strict=True):
        learner.load_state_dict(stored)
    return int(state["step"])


def bare_tokenizer(path: Path) -> Tokenizer:
    """Load a tokenizer that neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _toponyms(passage: Passage) -> Iterator[Mark]:
    return (mark for mark in passage.marks if mark.label == "toponym")


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


def _optimizer(
    tagger: Tagger, recipe: Recipe, *, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    layers = [*tagger.encoder.parameters(), *tagger.link.layers.parameters()]
    encoder = [parameter for parameter in layers if parameter.requires_grad]
    link = (tagger.link.trigger, tagger.link.distance, tagger.link.tags)
    heads = [parameter for part in (tagger.heads, *link) for parameter in part.parameters()]
    groups = [{"params": encoder, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    warm = max(1, steps // 15)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm + 1)))
    )
    return optimizer, schedule


def _loss(tagger: Tagger, batch: Batch, recipe: Recipe) -> Tensor:
    """Cross-entropy over the labels that the batch's corpora annotate, and over the places of its triggers."""
    ids = batch.ids
    hidden = (torch.rand(ids.shape) < _MASKED_SHARE) & (ids > _MASK)
    logits, states = tagger(ids.masked_fill(hidden, _MASK), batch.case, batch.present)
    known = batch.labels != IGNORED
    words = known.any(-1).sum().clamp(min=1)
    loss = functional.cross_entropy(logits[known], batch.labels[known], reduction="sum") / words
    if len(batch.link_position):
        read = states.reshape(-1, states.shape[-1])[batch.link_rows]
        tags = tagger.link(read, batch.link_position, batch.link_present)
        linked = functional.cross_entropy(tags.flatten(0, 1), batch.link_tags.flatten(), ignore_index=IGNORED)
        loss = loss + recipe.link_weight * linked
    return loss
