"""One way to fit a network to batches, whatever it learns: two rates that rise and fall, and a file to go on from."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch
from torch import Tensor, nn

from geo.training.replicas import Replicas

Report = Callable[[str, float], None]
"""Told what is being done and the share of it that is done, in [0, 1]."""
LearnerT = TypeVar("LearnerT", bound=nn.Module)
BatchT = TypeVar("BatchT")
_KEPT_EVERY = 100
"""Steps after which a training that is cut off goes on where it was."""


@dataclass(frozen=True)
class Fitting(Generic[LearnerT, BatchT]):
    """How a network is fitted."""

    loss: Callable[[LearnerT, BatchT], Tensor]
    heavy: Callable[[LearnerT], Sequence[nn.Parameter]]
    """Parameters that a base model brought along; all other trainable ones learn at `light_rate`."""
    heavy_rate: float
    light_rate: float
    threads: int
    report: Report
    warm: int = 15
    """The rates rise over one part in so many of the steps, and then fall to nothing."""
    kept: Path | None = None
    """File of what is learnt so far; a fitting that finds it goes on from it."""

    def fit(self, learner: LearnerT, ordered: Sequence[BatchT]) -> None:
        """Fit the learner to the batches in their order, `threads` of them a step."""
        groups = [ordered[at : at + self.threads] for at in range(0, len(ordered), self.threads)]
        optimizer, schedule = self._optimizer(learner, steps=len(groups))
        done = _resumed(self.kept, learner, optimizer, schedule)
        learner.train()
        replicas = Replicas(learner, count=self.threads)
        started = time.monotonic()
        for step, group in enumerate(groups[done:], start=done + 1):
            loss = replicas.add_gradients(group, self.loss)
            torch.nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            replicas.follow()
            if step % 20 == 0:
                spent = time.monotonic() - started
                self.report(f"step {step} of {len(groups)}, loss {loss:.3f}, {spent:.0f} s", step / len(groups))
            if self.kept is not None and (step % _KEPT_EVERY == 0 or step == len(groups)):
                _keep(self.kept, step, learner, optimizer, schedule)
        replicas.close()
        learner.eval()

    def _optimizer(
        self, learner: LearnerT, *, steps: int
    ) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
        heavy = [parameter for parameter in self.heavy(learner) if parameter.requires_grad]
        known = {id(parameter) for parameter in self.heavy(learner)}
        light = [each for each in learner.parameters() if each.requires_grad and id(each) not in known]
        groups = [{"params": heavy, "lr": self.heavy_rate}, {"params": light, "lr": self.light_rate}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        warm = max(1, steps // self.warm)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm + 1)))
        )
        return optimizer, schedule


class MeanWeights:
    """The mean of what networks have learnt that began as one.

    It errs less on what it has not seen than any of them, and reads as fast as one (Wortsman et al. 2022).
    """

    def __init__(self) -> None:
        self._mean: dict[str, Tensor] = {}
        self._count = 0

    @torch.no_grad()
    def add(self, learner: nn.Module) -> None:
        """Count in what a network has learnt by now."""
        self._count += 1
        for name, weights in _learnt(learner):
            mean = self._mean.setdefault(name, torch.zeros_like(weights))
            mean += (weights - mean) / self._count

    @torch.no_grad()
    def give(self, learner: nn.Module) -> None:
        """Set a network's weights to the mean."""
        for name, weights in _learnt(learner):
            weights.copy_(self._mean[name])


def _learnt(learner: nn.Module) -> Iterator[tuple[str, nn.Parameter]]:
    return ((name, weights) for name, weights in learner.named_parameters() if weights.requires_grad)


def started(seed: int) -> random.Random:
    """Set torch's source of chance, and return one for the order of things."""
    torch.manual_seed(seed)
    torch.set_flush_denormal(True)
    return random.Random(seed)  # noqa: S311 - no secret


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
