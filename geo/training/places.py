"""Train the ranker of places on gold documents: softmax regression over each name's candidates, by hand in numpy.

A candidate is right where it lies within 161 km of the gold point and about as near as the nearest candidate does.
Names none of whose candidates is right teach nothing and are left out. Quality is measured by cross-validation over
documents; the weights that are written come from all of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.crs import distance_km
from geo.model import Document, Mention
from geo.places.features import FEATURES, NAME_FEATURES, Floats, Scene
from geo.places.gazetteer import Gazetteer
from geo.places.mentions import group_mentions
from geo.places.ranking import ROUNDS, Weights, rank
from geo.vocabulary import MentionKind

NEAR_KM = 161.0
"""A hundred miles: the distance within which the field counts a place as right."""
FOLDS = 5
DEFAULT_RADIUS = {"settled": 1.0, "admin1": 1.0, "admin2": 1.0, "country": 1.0, "wide": 1.0, "site": 1.0, "sure": 0.9}
_STEPS = 250
_DECAY = 2e-3
"""Strength of the pull of weights towards zero."""


@dataclass(frozen=True, slots=True)
class GoldName:
    """A marked name with its point."""

    mention: Mention
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with the names marked in it."""

    document: Document
    names: tuple[GoldName, ...]


@dataclass(frozen=True)
class Lesson:
    """A document made ready: its scene, which candidates are right, and how many mentions each name has."""

    scene: Scene
    right: npt.NDArray[np.bool_]
    mentions: Floats
    """By candidate: mentions of its name; 0 where no candidate of the name is right."""
    total: int
    """Mentions of the document, with those that no candidate is right for."""


def read_gold(path: Path) -> list[GoldDocument]:
    """Read a JSONL of `{"id", "text", "toponyms": [{start, end, lat, lon}]}`; names without a point are left out."""
    documents = []
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        names = tuple(
            GoldName(
                Mention(name["start"], name["end"], row["text"][name["start"] : name["end"]], MentionKind.TOPONYM),
                name["lon"],
                name["lat"],
            )
            for name in row["toponyms"]
            if name["lat"] is not None
        )
        documents.append(GoldDocument(Document(row["id"], row["text"]), names))
    return documents


def lesson_of(gold: GoldDocument, gazetteer: Gazetteer) -> Lesson:
    """Make a gold document ready for training."""
    groups = group_mentions(gold.document, [name.mention for name in gold.names], gazetteer)
    scene = Scene(groups, gazetteer)
    right = np.zeros(len(scene), dtype=bool)
    mentions = np.zeros(len(scene))
    for place, group in enumerate(groups):
        own = slice(int(scene.starts[place]), int(scene.starts[place + 1]))
        points = [gazetteer.index.place(int(number)) for number in scene.numbers[own]]
        votes = np.zeros(len(points))
        for position in group.mentions:
            name = gold.names[position]
            away = np.array([distance_km(name.lon, name.lat, point.lon, point.lat) for point in points])
            if len(away) and away.min() < NEAR_KM:
                votes += away <= max(away.min() + 15.0, 30.0)
        if len(points) and votes.max() > 0:
            right[own] = votes == votes.max()
            mentions[own] = len(group.mentions)
    return Lesson(scene, right, mentions, len(gold.names))


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


def accuracy(lessons: Sequence[Lesson], weights: Weights) -> tuple[float, float]:
    """Return the (sum of mentions placed right, mentions): the best candidate counts, right or not."""
    hits = total = 0.0
    for one in lessons:
        total += one.total
        if not len(one.scene):
            continue
        ranking = rank(one.scene, weights)
        for start, end in zip(one.scene.starts[:-1], one.scene.starts[1:], strict=True):
            if end > start:
                best = start + int(ranking.probability[start:end].argmax())
                hits += one.mentions[best] * bool(one.right[best])
    return hits, total


def train_places(corpora: Sequence[Path], *, gazetteer: Gazetteer) -> tuple[Weights, dict[str, float]]:
    """Return weights trained on all documents, and each corpus's share within 161 km by cross-validation."""
    lessons = {path.stem: [lesson_of(gold, gazetteer) for gold in read_gold(path)] for path in corpora}
    sums = {name: [0.0, 0.0] for name in lessons}
    for fold in range(FOLDS):
        weights = fit([one for all_ in lessons.values() for at, one in enumerate(all_) if at % FOLDS != fold])
        for name, all_ in lessons.items():
            hits, total = accuracy([one for at, one in enumerate(all_) if at % FOLDS == fold], weights)
            sums[name][0] += hits
            sums[name][1] += total
    shares = {name: hits / total for name, (hits, total) in sums.items()}
    told = ", ".join(f"{name} {share:.3f}" for name, share in shares.items())
    final = fit([one for all_ in lessons.values() for one in all_])
    measured = f"within 161 km, names given, {FOLDS}-fold cross-validation over documents: {told}"
    return Weights(final.alone, final.together, DEFAULT_RADIUS, measured), shares
