"""`geo train`: reproduce data/models from the corpora."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from geo.commands.console import existing, progress_bar, say
from geo.errors import ConfigurationError
from geo.settings import Settings, read_settings


class Model(StrEnum):
    """What is trained."""

    TAGGER = "tagger"
    PLACES = "places"


def train(
    model: Annotated[Model, typer.Argument(help="The tagger of texts, or the ranking of places.")] = Model.TAGGER,
    corpora: Annotated[
        Path | None, typer.Option(help="Folder of the corpora; ../shared/data without it.", metavar="FOLDER")
    ] = None,
    cross_validate: Annotated[
        bool, typer.Option("--cross-validate", help="Make no weights: measure the tagger on every fold in turn.")
    ] = False,
    kept: Annotated[
        Path | None,
        typer.Option(help="Folder for what is learnt so far: a training cut off goes on from it.", metavar="FOLDER"),
    ] = None,
) -> None:
    """Reproduce data/models from the corpora; needs the packages of requirements-train.txt."""
    settings = read_settings()
    folder = existing(corpora or settings.data.parent.parent / "shared" / "data", "folder of corpora")
    try:
        with progress_bar(f"Training {model}", total=1) as progress:
            path = _trained(model, folder, settings, progress, cross_validate=cross_validate, kept=kept)
    except ImportError as error:
        reason = f"training needs a package that is missing ({error.name}). Run: pip install -r requirements-train.txt"
        raise ConfigurationError(reason) from error
    say(f"Written: {path}")


def _trained(
    model: Model,
    corpora: Path,
    settings: Settings,
    progress: Callable[[str, float], None],
    *,
    cross_validate: bool,
    kept: Path | None,
) -> Path:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
    if model is Model.TAGGER:
        from geo.training.release import TaggerTraining, cross_validate_tagger, train_tagger

        if cross_validate:
            from geo.extraction.recognizers.choice import gazetteer_lists
            from geo.places import open_gazetteer

            listed = gazetteer_lists(open_gazetteer(settings).find_toponyms)
            training = TaggerTraining(corpora, kept=kept)
            return cross_validate_tagger(training, settings.models, listed=listed, report=progress)
        return train_tagger(corpora, settings.models, kept=kept, report=progress)
    from geo.places import open_gazetteer
    from geo.places.ranking import write_weights
    from geo.training.places import train_places

    gold = [existing(corpora / "geoparsing" / f"{name}.jsonl", "corpus") for name in ("lgl", "geovirus")]
    progress("Reading the gazetteer", 0)
    weights, shares = train_places(gold, gazetteer=open_gazetteer(settings, progress=progress))
    for name, share in shares.items():
        say(f"{name}: {share} within 161 km, names given, by cross-validation")
    path = settings.models / "places.json"
    write_weights(path, weights)
    return path
