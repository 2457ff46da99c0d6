"""Gold documents with placed names, and each made ready for training the ranker."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.crs import distance_km
from geo.model import Document, Mention
from geo.places.arithmetic import Floats
from geo.places.features import Scene
from geo.places.gazetteer import Gazetteer
from geo.places.mentions import group_mentions, spoken_countries
from geo.vocabulary import MentionKind

NEAR_KM = 161.0
"""A hundred miles: the distance within which the field counts a place as right."""


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
    gold: GoldDocument

    @property
    def total(self) -> int:
        """Mentions of the document, with those that no candidate is right for."""
        return len(self.gold.names)


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
    scene = Scene(groups, gazetteer, spoken=spoken_countries(gold.document.text, gazetteer))
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
    return Lesson(scene, right, mentions, gold)
