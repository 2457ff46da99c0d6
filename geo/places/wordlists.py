"""Words that look like places and are none: ordinary words, names of persons, demonyms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.errors import ConfigurationError
from geo.places.gazetteers.countries import read_countries
from geo.places.names import fold


@dataclass(frozen=True)
class Wordlists:
    """What a scan for names of places has to know about other words; all folded."""

    ordinary: frozenset[str]
    persons: frozenset[str]
    demonyms: Mapping[str, str]
    """To the ISO code of the country; a demonym of two countries belongs to the later row of the table."""


def read_wordlists(folder: Path) -> Wordlists:
    """Read `ordinary_words.txt`, `personal_names.txt` and the demonyms of `countries.csv`.

    Raises `ConfigurationError` where one of them is missing.
    """
    try:
        countries = read_countries(folder / "countries.csv")
        ordinary, persons = _words(folder / "ordinary_words.txt"), _words(folder / "personal_names.txt")
    except FileNotFoundError as error:
        raise ConfigurationError(f"the gazetteer's word lists are not complete: {error.filename} is missing") from error
    demonyms = {fold(word): row.iso for row in countries for word in row.demonyms}
    return Wordlists(ordinary, persons, demonyms)


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text set in columns, for short closed lists in code."""
    return frozenset(text.split())


def _words(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for line in lines if not line.startswith("#") for word in line.split())
