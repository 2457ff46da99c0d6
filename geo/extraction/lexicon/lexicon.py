"""The word lists of data/lexicon, read strictly: an unknown column or value is an error that names its row.

| file | a row is |
|---|---|
| triggers.csv | a word that tells an event, its sub-event type, its role and what it needs beside it |
| deeds.csv | a verb that tells an event with what stands around it (deeds.py says how a row is read) |
| word_classes.csv | words that rows of deeds.csv name together as `@name` |
| actors.csv | a group, a force or a state with its aliases, side and country |
| forces.csv | a general word for a force (`army`, `rebels`), joined with a country of countries.csv |
| countries.csv | a country with its demonyms, and its capital where that stands for its government |
| targets.csv | a facility or a kind of person, its tags, and whether it is civilian |
| weapons.csv | a weapon or a platform and the sub-event type that it speaks for |
| sources.csv | who reports: never an actor |
| cues.csv | words that make an event claimed, denied, announced, or none at all |
| confidence.csv | a sign that an account is right, and its weight in log-odds (confidence.py) |
| irregular_forms.csv | past and participle of irregular verbs |
"""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import cast, get_args

from geo.errors import ConfigurationError, Rejection
from geo.extraction.language.inflection import noun_forms, verb_forms
from geo.extraction.language.words import PhraseTable
from geo.extraction.lexicon.deeds import Deed, Phrases, phrases_of
from geo.extraction.lexicon.entries import (
    TERRITORY,
    Country,
    Cue,
    Effect,
    Force,
    Need,
    Reach,
    Role,
    Target,
    TargetKind,
    Trigger,
    TriggerTable,
    Weapon,
)
from geo.model import Actor
from geo.vocabulary import SUB_EVENT_TYPES, TAGS

__all__ = [
    "TERRITORY",
    "Country",
    "Cue",
    "Force",
    "Lexicon",
    "Need",
    "Target",
    "Trigger",
    "TriggerTable",
    "Weapon",
    "load_lexicon",
]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All word lists, ready for look-up."""

    triggers: TriggerTable
    actors: PhraseTable[Actor]
    forces: PhraseTable[Force]
    demonyms: PhraseTable[Country]
    """Adjectives: Syrian."""
    countries: PhraseTable[Country]
    """Names: Syria."""
    capitals: PhraseTable[Country]
    """Names of capitals, which may stand for their governments: Damascus."""
    targets: PhraseTable[Target]
    weapons: PhraseTable[Weapon]
    sources: PhraseTable[str]
    cues: PhraseTable[Cue]
    by_code: Mapping[str, Country]
    confidence: Mapping[str, float]
    """The weight of each sign that speaks for or against an account (confidence.py)."""

    def country_of(self, code: str) -> Country | None:
        """Return the country of an ISO 3166-1 alpha-2 code."""
        return self.by_code.get(code)

    @classmethod
    def empty(cls) -> Lexicon:
        """Return a lexicon that knows no word."""
        return cls(
            triggers=TriggerTable(()),
            actors=PhraseTable(()),
            forces=PhraseTable(()),
            demonyms=PhraseTable(()),
            countries=PhraseTable(()),
            targets=PhraseTable(()),
            weapons=PhraseTable(()),
            capitals=PhraseTable(()),
            sources=PhraseTable(()),
            cues=PhraseTable(()),
            by_code={},
            confidence={},
        )


@lru_cache(maxsize=4)
def load_lexicon(folder: Path) -> Lexicon:
    """Read the word lists of a folder; raise `ConfigurationError` that names every bad row."""
    faults: list[str] = []
    countries = [
        Country(row["code"], row["name"], _split(row["demonyms"]), _split(row["aliases"]), _split(row["capitals"]))
        for row in _rows(folder / "countries.csv")
    ]
    lexicon = Lexicon(
        triggers=TriggerTable(_triggers(folder, faults), _deeds(folder, faults)),
        actors=PhraseTable(_actors(folder / "actors.csv")),
        forces=PhraseTable((row["word"], Force(**row)) for row in _rows(folder / "forces.csv")),
        demonyms=PhraseTable((demonym, country) for country in countries for demonym in country.demonyms),
        countries=PhraseTable((name, country) for country in countries for name in (country.name, *country.aliases)),
        capitals=PhraseTable((capital, country) for country in countries for capital in country.capitals),
        targets=PhraseTable(_targets(folder / "targets.csv", faults)),
        weapons=PhraseTable(_weapons(folder / "weapons.csv", faults)),
        sources=PhraseTable(
            (name, row["name"])
            for row in _rows(folder / "sources.csv")
            for name in (row["name"], *_split(row["aliases"]))
        ),
        cues=PhraseTable(_cues(folder / "cues.csv", faults)),
        by_code={country.code: country for country in countries},
        confidence=dict(_weights(folder / "confidence.csv", faults)),
    )
    if faults:
        reason = f"{len(faults)} fault(s): " + "; ".join(faults)
        raise ConfigurationError(
            str(Rejection(str(folder), reason, expected="rows as geo/extraction/lexicon/lexicon.py says"))
        )
    return lexicon


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            for place, row in enumerate(csv.DictReader(lines), start=2):
                if None in row or None in row.values():
                    rejection = Rejection(str(path), "wrong number of fields", place=f"line {place}")
                    raise ConfigurationError(str(rejection))
                yield {key: value.strip() for key, value in row.items()}
    except OSError as error:
        rejection = Rejection(str(path), f"cannot be read ({error.strerror})", remedy="restore data/lexicon")
        raise ConfigurationError(str(rejection)) from error


def _split(value: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in value.split(";") if item.strip())


def _check(value: str, allowed: Container[str], place: str, faults: list[str]) -> str:
    if value not in allowed:
        faults.append(f"{place}: {value!r} is not known")
    return value


def _irregular(folder: Path) -> dict[str, tuple[str, str]]:
    return {row["base"]: (row["past"], row["participle"]) for row in _rows(folder / "irregular_forms.csv")}


def _deeds(folder: Path, faults: list[str]) -> Iterator[Deed[Trigger]]:
    irregular = _irregular(folder)
    classes = {row["name"]: _split(row["words"]) for row in _rows(folder / "word_classes.csv")}

    # Rows share what they name: made once, it is also once in memory.
    @cache
    def all_of(item: str) -> tuple[Phrases, ...]:
        return tuple(any_of(part.strip()) for part in item.split("+"))

    @cache
    def any_of(items: str) -> Phrases:
        return phrases_of(word for item in _split(items) for word in _words_for(item, classes))

    for row in _rows(folder / "deeds.csv"):
        place = f"deeds.csv, {row['verbs']}"
        _check(row["sub_event_type"], {*SUB_EVENT_TYPES, TERRITORY}, place, faults)
        _check(row["needs"], get_args(Need), place, faults)
        for name in re.findall(r"@([^;+]+)", f"{row['before']};{row['after']};{row['unless']}"):
            _check(name.strip(), classes, place, faults)
        before = [all_of(item) for item in _split(row["before"])] or [()]
        after = [all_of(item) for item in _split(row["after"])] or [()]
        unless = any_of(row["unless"])
        for verb in _split(row["verbs"]):
            trigger = Trigger(verb, "verb", row["sub_event_type"], "event", cast(Need, row["needs"]))
            for form in verb_forms(verb, irregular):
                for one in before:
                    for other in after:
                        yield Deed(tuple(form.split()), one, other, unless, trigger)


def _words_for(item: str, classes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return classes.get(item[1:], ()) if item.startswith("@") else (item,)


def _triggers(folder: Path, faults: list[str]) -> Iterator[tuple[str, Trigger]]:
    irregular = _irregular(folder)
    for row in _rows(folder / "triggers.csv"):
        place = f"triggers.csv, {row['lemma']}"
        _check(row["sub_event_type"], {*SUB_EVENT_TYPES, TERRITORY}, place, faults)
        _check(row["role"], get_args(Role), place, faults)
        _check(row["needs"], get_args(Need), place, faults)
        _check(row["pos"], {"verb", "noun", "adjective"}, place, faults)
        trigger = Trigger(
            row["lemma"], row["pos"], row["sub_event_type"], cast(Role, row["role"]), cast(Need, row["needs"])
        )
        made = verb_forms(row["lemma"], irregular) if row["pos"] == "verb" else noun_forms(row["lemma"])
        for form in _split(row["forms"]) or made:
            yield form, trigger


def _actors(path: Path) -> Iterator[tuple[str, Actor]]:
    for row in _rows(path):
        actor = Actor(row["id"], row["name"], row["side"], row["country"])
        for name in (row["name"], *_split(row["aliases"])):
            yield name, actor


def _weights(path: Path, faults: list[str]) -> Iterator[tuple[str, float]]:
    for row in _rows(path):
        try:
            yield row["sign"], float(row["weight"])
        except ValueError:
            faults.append(f"confidence.csv, {row['sign']}: {row['weight']!r} is no number")


def _targets(path: Path, faults: list[str]) -> Iterator[tuple[str, Target]]:
    for row in _rows(path):
        place = f"targets.csv, {row['word']}"
        tags = _split(row["tags"])
        for tag in tags:
            _check(tag, TAGS, place, faults)
        kind = _check(row["kind"], ("facility", "person"), place, faults)
        target = Target(row["word"], cast(TargetKind, kind), tags, row["civilian"] == "yes")
        for form in noun_forms(row["word"]):
            yield form, target


def _weapons(path: Path, faults: list[str]) -> Iterator[tuple[str, Weapon]]:
    for row in _rows(path):
        _check(row["sub_event_type"], {*SUB_EVENT_TYPES, ""}, f"weapons.csv, {row['word']}", faults)
        for form in noun_forms(row["word"]):
            yield form, Weapon(row["word"], row["weapon"], row["sub_event_type"])


def _cues(path: Path, faults: list[str]) -> Iterator[tuple[str, Cue]]:
    for row in _rows(path):
        effect = _check(row["effect"], get_args(Effect), f"cues.csv, {row['cue']}", faults)
        reach = _check(row["side"], get_args(Reach), f"cues.csv, {row['cue']}", faults)
        yield row["cue"], Cue(cast(Effect, effect), cast(Reach, reach))
