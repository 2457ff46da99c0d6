"""What the tagger finds in documents that it was not trained on: fold by fold, with the graphs that would ship."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from geo.extraction.recognizers.model import TaggerModel
from geo.training.corpora import Passage, fold_of, read_corpora
from geo.training.export import write_model
from geo.training.out_of_fold import FOLDS, SCORED, OutOfFold, SpanRow
from geo.training.tagger import Recipe, Report, trained_tagger


def cross_validated(
    folder: Path, *, base: Path, recipe: Recipe, thresholds: Mapping[str, float], link_threshold: float, report: Report
) -> OutOfFold:
    """Train on all folds but one and read that one, for each of `FOLDS` folds over documents."""
    passages = [passage for passage in read_corpora(folder) if passage.corpus in SCORED]
    spans: dict[str, dict[str, Sequence[SpanRow]]] = {corpus: {} for corpus in SCORED}
    for fold in range(FOLDS):
        rest = [passage for passage in passages if fold_of(passage, FOLDS) != fold]
        held = [passage for passage in passages if fold_of(passage, FOLDS) == fold]
        tagger = trained_tagger(rest, base=base, recipe=recipe, report=report)
        with tempfile.TemporaryDirectory() as scratch:
            write_model(
                tagger,
                Path(scratch),
                tokenizer=base / "tokenizer.json",
                thresholds=thresholds,
                link_threshold=link_threshold,
            )
            found = read_passages(TaggerModel(Path(scratch)), held)
        for corpus, documents in found.items():
            spans[corpus] |= documents
    made = {"folds": FOLDS, "epochs": recipe.epochs, "day": datetime.now(UTC).date().isoformat()}
    return OutOfFold(made, spans)


def read_passages(model: TaggerModel, passages: Sequence[Passage]) -> dict[str, dict[str, Sequence[SpanRow]]]:
    """Return what the model finds in passages of the scored corpora, by corpus and document or trigger."""
    found: dict[str, dict[str, Sequence[SpanRow]]] = {corpus: {} for corpus in SCORED}
    triggers = [[link.trigger for link in passage.links] for passage in passages]
    tagged = model.tag([passage.text for passage in passages], triggers=triggers, wide=True)
    for passage, marks in zip(passages, tagged, strict=True):
        rows = found[passage.corpus]
        if passage.corpus == "event_location":
            for link, linked in zip(passage.links, marks.links, strict=True):
                rows[link.link_id] = [[place.start, place.end, "place", place.score] for place in linked.places]
        else:
            labels = {"location", "organisation", "location_inner", "organisation_inner", "weapon"}
            wanted = labels if passage.corpus == "re3d" else {"toponym", "demonym"}
            rows[passage.passage_id] = [
                [span.start, span.end, span.label, span.score] for span in marks.spans if span.label in wanted
            ]
    return found
