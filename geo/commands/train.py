"""`geo train`: reproduce data/models from the corpora."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from geo.commands.console import existing, say
from geo.errors import ConfigurationError
from geo.settings import read_settings


class Model(StrEnum):
    """What is trained."""

    TAGGER = "tagger"
    PLACES = "places"


def train(
    model: Annotated[Model, typer.Argument(help="The tagger of texts, or the ranking of places.")],
    corpora: Annotated[
        Path | None, typer.Option(help="Folder of the corpora; ../shared/data without it.", metavar="FOLDER")
    ] = None,
) -> None:
    """Reproduce data/models from the corpora; needs the packages of requirements-train.txt."""
    settings = read_settings()
    folder = existing(corpora or settings.data.parent.parent / "shared" / "data", "folder of corpora")
    try:
        _train(model, folder, settings.models)
    except ImportError as error:
        reason = f"training needs a package that is missing ({error.name}). Run: pip install -r requirements-train.txt"
        raise ConfigurationError(reason) from error


def _train(model: Model, corpora: Path, models: Path) -> None:
    if model is Model.TAGGER:
        from geo.training.release import train_tagger

        say(f"Written: {train_tagger(corpora, models, report=say)}")
        return
    from geo.training.places import train_places

    raise ConfigurationError(f"{train_places.__name__} is not joined to this command yet")
