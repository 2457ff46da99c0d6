"""The learned ranker: a linear score of named features, twice over, with its weights in a readable file.

First each candidate is scored by its name's features alone; then, with those probabilities, by the document's as well,
and once more with what comes out, so that names of one document settle on places near each other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from geo.errors import ConfigurationError
from geo.places.anchors import Anchors, anchors_of
from geo.places.arithmetic import Floats
from geo.places.feature_names import CONTEXT_FEATURES, FEATURES, NAME_FEATURES
from geo.places.features import Scene

ROUNDS = 3
"""How often the context is read again with better probabilities; further rounds change next to nothing."""


@dataclass(frozen=True)
class Weights:
    """Weights by feature, and how probabilities became true shares on held-out gold."""

    alone: Floats
    """For NAME_FEATURES: the first guess."""
    together: Floats
    """For FEATURES."""
    radius: Mapping[str, float]
    """By group of kinds: by what a place's own radius is multiplied to hold the true place nine times in ten."""
    measured: str = ""
    """How good they were found to be, in words."""
    anchors: Anchors = field(default_factory=dict)
    """Points of large areas, as annotators mark them."""


def read_weights(path: Path) -> Weights:
    """Read data/models/places.json; raise `ConfigurationError` where it is missing, broken or of other features."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(f"the ranker's weights are missing: {path}. Run `geo train places`") from error
    except json.JSONDecodeError as error:
        raise ConfigurationError(f"the ranker's weights are no JSON: {path}: {error}") from error
    try:
        return _weights_of(facts, path)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(
            f"{path} does not hold a ranker's weights ({type(error).__name__}: {error}); expected `alone`, `together`, "
            "`radius`, `measured` and `anchors` as `geo train places` writes them. Run it, or restore the file"
        ) from error


def _weights_of(facts: Any, path: Path) -> Weights:
    if list(facts["alone"]) != list(NAME_FEATURES) or list(facts["together"]) != list(FEATURES):
        raise ConfigurationError(f"{path} was trained with other features. Run `geo train places`")
    return Weights(
        alone=np.array(list(facts["alone"].values()), dtype=float),
        together=np.array(list(facts["together"].values()), dtype=float),
        radius=facts["radius"],
        measured=facts["measured"],
        anchors=anchors_of(facts.get("anchors", {})),
    )


def write_weights(path: Path, weights: Weights) -> None:
    """Write the weights as JSON, one feature and one anchor a line."""
    facts = {
        "measured": weights.measured,
        "alone": {name: round(float(value), 4) for name, value in zip(NAME_FEATURES, weights.alone, strict=True)},
        "together": {name: round(float(value), 4) for name, value in zip(FEATURES, weights.together, strict=True)},
        "radius": dict(weights.radius),
    }
    anchors = {key: json.dumps(asdict(anchor), ensure_ascii=False) for key, anchor in sorted(weights.anchors.items())}
    lines = ",\n".join(f"    {json.dumps(key)}: {anchor}" for key, anchor in anchors.items())
    above = json.dumps(facts, indent=2, ensure_ascii=False).removesuffix("\n}")
    path.write_text(f'{above},\n  "anchors": {{\n{lines}\n  }}\n}}\n', encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every candidate of a document with its score, its probability among those of its name, and its features."""

    score: Floats
    probability: Floats
    context: Floats
    """The context's features of the last round, by CONTEXT_FEATURES."""


def rank(scene: Scene, weights: Weights, *, bias: Floats | None = None) -> Ranking:
    """Rank the candidates of a document; `bias` is added to their scores (a case's focus)."""
    extra = np.zeros(len(scene)) if bias is None else bias
    probability = scene.softmax(scene.name_features @ weights.alone + extra)
    score, context = probability, np.zeros((len(scene), len(CONTEXT_FEATURES)))
    names = len(NAME_FEATURES)
    by_name = scene.name_features @ weights.together[:names] + extra
    for _ in range(ROUNDS):
        context = scene.context_features(probability)
        score = by_name + context @ weights.together[names:]
        probability, before = scene.softmax(score), probability
        if np.array_equal(probability, before):
            break  # a further round would repeat this one
    return Ranking(score, probability, context)
