"""Train the ranker of places on gold documents: softmax regression over each name's candidates, by hand in numpy.

A candidate is right where it lies within 161 km of the gold point and about as near as the nearest candidate does.
Names none of whose candidates is right teach nothing and are left out. Quality is measured by cross-validation over
documents, by the whole reading; the weights that are written come from all of them. So do the anchors of large areas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.crs import distance_km
from geo.model import Resolved
from geo.places.arithmetic import Floats
from geo.places.feature_names import FEATURES, NAME_FEATURES
from geo.places.gazetteer import Gazetteer
from geo.places.ranking import ROUNDS, Weights
from geo.places.resolution import Resolver
from geo.training.anchors import Answers, learnt_anchors, marks_of
from geo.training.calibration import Observation, calibrated, observed
from geo.training.place_lessons import NEAR_KM, GoldDocument, Lesson, lesson_of, read_gold

FOLDS = 5
_STEPS = 250
_DECAY = 2e-4
"""Strength of the pull of weights towards zero."""


def fit(lessons: Sequence[Lesson]) -> Weights:
    """Return the weights that make the right candidates of the lessons likeliest."""
    alone = _regression(lessons, [one.scene.name_features for one in lessons])
    weights = Weights(alone, np.concatenate([alone, np.zeros(len(FEATURES) - len(NAME_FEATURES))]), {})
    guesses = [one.scene.softmax(one.scene.name_features @ alone) for one in lessons]
    for _ in range(ROUNDS):
        tables = [
            np.hstack([one.scene.name_features, one.scene.context_features(guess)])
            for one, guess in zip(lessons, guesses, strict=True)
        ]
        together = _regression(lessons, tables)
        weights = Weights(alone, together, {})
        guesses = [one.scene.softmax(table @ together) for one, table in zip(lessons, tables, strict=True)]
    return weights


def _regression(lessons: Sequence[Lesson], tables: Sequence[Floats]) -> Floats:
    """Softmax regression with several right answers a name, by Adam on all data at once."""
    used = [one.mentions > 0 for one in lessons]
    table = np.vstack([rows[keep] for rows, keep in zip(tables, used, strict=True)])
    right = np.concatenate([one.right[keep] for one, keep in zip(lessons, used, strict=True)])
    weight = np.sqrt(np.concatenate([one.mentions[keep] for one, keep in zip(lessons, used, strict=True)]))
    names, offset = [], 0
    for one, keep in zip(lessons, used, strict=True):
        names.append(one.scene.group[keep] + offset)
        offset += len(one.scene.groups)
    _, first, name = np.unique(np.concatenate(names), return_index=True, return_inverse=True)
    total = weight[first].sum()
    theta, velocity, energy = (np.zeros(table.shape[1]) for _ in range(3))
    for step in range(1, _STEPS + 1):
        score = table @ theta
        score = np.exp(score - np.maximum.reduceat(score, first)[name])
        share = score / np.add.reduceat(score, first)[name]
        good = np.where(right, score, 0.0)
        target = good / np.add.reduceat(good, first)[name]
        slope = table.T @ (weight * (share - target)) / total + _DECAY * theta
        velocity = 0.9 * velocity + 0.1 * slope
        energy = 0.99 * energy + 0.01 * slope**2
        rate = 0.3 * (1 - step / (_STEPS + 1))
        theta -= rate * (velocity / (1 - 0.9**step)) / (np.sqrt(energy / (1 - 0.99**step)) + 1e-8)
    return theta


def folds(count: int) -> list[npt.NDArray[np.int64]]:
    """Return the positions of each fold's documents: every FOLDS-th one."""
    return [np.arange(start, count, FOLDS) for start in range(FOLDS)]


@dataclass(slots=True)
class Share:
    """Marked names of held-out documents, and how many the reading puts within 161 km of their mark."""

    names: int = 0
    near: int = 0
    near_known: int = 0
    """By the gazetteer's own points instead of the anchors."""

    def add(self, gold: GoldDocument, answers: Answers) -> None:
        """Count one document."""
        self.names += len(answers)
        for name, answer in zip(gold.names, answers, strict=True):
            if isinstance(answer, Resolved):
                self.near += distance_km(name.lon, name.lat, answer.lon, answer.lat) <= NEAR_KM
                place = answer.place
                self.near_known += distance_km(name.lon, name.lat, place.lon, place.lat) <= NEAR_KM

    def __str__(self) -> str:
        return f"{self.near / self.names:.3f} ({self.near_known / self.names:.3f} by the gazetteer's points)"


def with_anchors(weights: Weights, golds: Sequence[GoldDocument], gazetteer: Gazetteer) -> Weights:
    """Return weights with the anchors that these documents teach."""
    resolver = Resolver(gazetteer, weights=replace(weights, anchors={}))
    read = ((gold, answers_of(resolver, gold)) for gold in golds)
    return replace(weights, anchors=learnt_anchors(marks_of(read, gazetteer), gazetteer))


def answers_of(resolver: Resolver, gold: GoldDocument) -> Answers:
    """Return where the reading puts the marked names of a document."""
    return resolver.resolve_toponyms(gold.document, [name.mention for name in gold.names])


def train_places(corpora: Sequence[Path], *, gazetteer: Gazetteer) -> tuple[Weights, dict[str, Share]]:
    """Return weights and anchors trained on all documents, and each corpus's share by cross-validation.

    Neither weights nor anchors have seen the documents that they are measured on, and the radii of doubt are calibrated
    on such documents too.
    """
    lessons = {path.stem: [lesson_of(gold, gazetteer) for gold in read_gold(path)] for path in corpora}
    shares = {name: Share() for name in lessons}
    seen: list[Observation] = []
    for fold in range(FOLDS):
        known = [one for all_ in lessons.values() for at, one in enumerate(all_) if at % FOLDS != fold]
        weights = with_anchors(fit(known), [one.gold for one in known], gazetteer)
        resolver = Resolver(gazetteer, weights=weights)
        for name, all_ in lessons.items():
            unseen = [one for at, one in enumerate(all_) if at % FOLDS == fold]
            for one in unseen:
                shares[name].add(one.gold, answers_of(resolver, one.gold))
            seen += observed(unseen, weights)
    radius, held = calibrated(seen)
    told = ", ".join(f"{name} {share}" for name, share in shares.items())
    every = [one for all_ in lessons.values() for one in all_]
    final = fit(every)
    measured = (
        f"names given, {FOLDS}-fold cross-validation over documents: within 161 km {told}; "
        f"within the stated radius {held:.3f} of all that have a candidate"
    )
    weights = Weights(final.alone, final.together, radius, measured)
    return with_anchors(weights, [one.gold for one in every], gazetteer), shares
