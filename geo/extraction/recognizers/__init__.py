"""Recognisers: documents in, marks out, in the same order.

A variant is one small file here with a `recognize` method; `load_recognizer` finds it by name.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from geo.errors import ConfigurationError
from geo.extraction.lexicon.lexicon import Lexicon
from geo.model import Document, Mention, Recognition

__all__ = ["EntityFinder", "EventReader", "Recognizer", "ToponymFinder", "TriggerReader", "load_recognizer"]


class ToponymFinder(Protocol):
    """Marks the names of a gazetteer in a text."""

    def __call__(self, text: str) -> Sequence[Mention]:
        """Return toponym mentions ordered by `start`."""
        ...


class Recognizer(Protocol):
    """Marks toponyms, actors, triggers, targets and weapons."""

    def recognize(self, documents: Sequence[Document]) -> list[Recognition]:
        """Return one recognition a document, in the same order; a document it cannot read gets a warning."""
        ...


@runtime_checkable
class TriggerReader(Protocol):
    """A recogniser that can be told which words tell an event, whether or not it would have marked them itself."""

    def recognize_given(
        self, documents: Sequence[Document], triggers: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Recognition]:
        """Return recognitions whose links are those of the given triggers, half-open spans of each document."""
        ...


@runtime_checkable
class EventReader(Protocol):
    """A recogniser that need not read all of a text to tell its events."""

    def recognize_events(self, documents: Sequence[Document]) -> list[Recognition]:
        """Return one recognition a document, in the same order, with names marked where events may be told."""
        ...


@runtime_checkable
class EntityFinder(Protocol):
    """A recogniser that also marks locations and organisations wider than names."""

    def recognize_entities(self, documents: Sequence[Document]) -> list[list[Mention]]:
        """Return the entities of each document, in order; they may nest and cross."""
        ...


def load_recognizer(name: str, *, lexicon: Lexicon, find_toponyms: ToponymFinder, models: Path) -> Recognizer:
    """Return the recogniser of a name: `rules`, `tagger`, `manual:PATH`, or `module:factory` for one from outside.

    A factory from outside is called with the same keywords as this function has. Raises `ConfigurationError` for a
    name that is none of these, and for a model or a file that is missing.
    """
    match name.split(":", 1):
        case ["rules"]:
            from geo.extraction.recognizers.rules import RulesRecognizer

            return RulesRecognizer(lexicon, find_toponyms)
        case ["tagger"]:
            tagger = importlib.import_module("geo.extraction.recognizers.tagger")
            recognizer: Recognizer = tagger.load_tagger(models, lexicon=lexicon, find_toponyms=find_toponyms)
            return recognizer
        case ["manual", path] if path:
            from geo.extraction.recognizers.manual import read_manual

            return read_manual(Path(path))
        case [module, factory] if module and factory:
            return _from_outside(module, factory, lexicon=lexicon, find_toponyms=find_toponyms, models=models)
        case _:
            raise ConfigurationError(
                f"unknown recogniser {name!r}: expected rules, tagger, manual:PATH or module:factory"
            )


def _from_outside(
    module: str, factory: str, *, lexicon: Lexicon, find_toponyms: ToponymFinder, models: Path
) -> Recognizer:
    try:
        make = getattr(importlib.import_module(module), factory)
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(f"recogniser {module}:{factory} cannot be loaded: {error}") from error
    recognizer: Recognizer = make(lexicon=lexicon, find_toponyms=find_toponyms, models=models)
    return recognizer
