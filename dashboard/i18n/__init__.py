"""The words of the interface, in English and Arabic: one TOML file a language beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    sentences: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence of a key with its values filled in; raise KeyError for a key that no file has."""
        return self.sentences[key].format(**values) if values else self.sentences[key]

    def name(self, group: str, code: str) -> str:
        """Return the word for a code of a vocabulary, and the code in plain letters where the file has none."""
        return self.sentences.get(f"{group}.{code}") or code.replace("_", " ")

    def day(self, value: date) -> str:
        """Return a day in words: `20 November 2016`."""
        return f"{value.day} {self(f'months.m{value.month}')} {value.year}"

    def short_day(self, value: date) -> str:
        """Return a day in few letters: `20 Nov`."""
        return f"{value.day} {self(f'months_short.m{value.month}')}"

    @property
    def right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return self.language in RIGHT_TO_LEFT


@lru_cache(maxsize=8)
def load_words(language: str) -> Words:
    """Read the words of a language."""
    path = Path(__file__).with_name(f"{language}.toml")
    with path.open("rb") as file:
        return Words(language, dict(_flat(tomllib.load(file))))


def _flat(tree: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        if isinstance(value, Mapping):
            pairs += _flat(value, f"{prefix}{key}.")
        else:
            pairs.append((f"{prefix}{key}", str(value)))
    return pairs
