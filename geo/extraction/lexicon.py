"""The word lists of data/lexicon, read strictly: an unknown column or value is an error that names its row.

| file | a row is |
|---|---|
| triggers.csv | a word that tells an event, its sub-event type, its role and what it needs beside it |
| deeds.csv | a verb that tells an event with what stands around it (deeds.py says how a row is read) |
| word_classes.csv | words that rows of deeds.csv name together as `@name` |
| actors.csv | a group, a force or a state with its aliases, side and country |
| forces.csv | a general word for a force (`army`, `rebels`), joined with a country of countries.csv |
| countries.csv | a country with its demonyms |
| targets.csv | a facility or a kind of person, its tags, and whether it is civilian |
| weapons.csv | a weapon or a platform and the sub-event type that it speaks for |
| sources.csv | who reports: never an actor |
| cues.csv | words that make an event claimed, denied, announced, or none at all |
| irregular_forms.csv | past and participle of irregular verbs |
"""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from geo.errors import ConfigurationError, Rejection
from geo.extraction.deeds import Deed, DeedTable, Phrases, phrases_of
from geo.extraction.inflection import noun_forms, verb_forms
from geo.extraction.words import Found, PhraseTable, Word
from geo.model import Actor
from geo.vocabulary import SUB_EVENT_TYPES, TAGS

Role = Literal["event", "harm", "damage", "none"]
Need = Literal["", "violence", "force", "people", "count", "troops", "weapon", "ground"]
"""What a trigger asks for in its sentence: violence, a force, people, a count, troops, a weapon, or ground."""
Effect = Literal[
    "claimed", "denied", "announced", "hypothetical", "background", "call", "ended", "negated", "comment", "generic"
]
Reach = Literal["before", "near", "clause", "sentence"]
TargetKind = Literal["facility", "person"]

TERRITORY = "territory"
"""Label of words for ground that changes hands: the sub-type depends on who takes it."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells an event."""

    lemma: str
    part: str
    """verb, noun or adjective."""
    sub_event_type: str
    """An ACLED sub-event type, or `territory`."""
    role: Role
    """event: it says what happened. harm, damage: it says what came of it, and joins the event that did it. none: a
    phrase that only looks like one (`heart attack`)."""
    need: Need
    """What must stand in its sentence for it to be read as violence."""


@dataclass(frozen=True, slots=True)
class Force:
    """A general word for a force, which a country makes an actor."""

    word: str
    name: str
    side: str

    def of(self, country: Country | None) -> Actor:
        """Return the actor that the word means in a country; without one its name stands alone."""
        if country is None:
            plain = self.name.replace(" of {country}", "").replace(" ({country})", "")
            return Actor("", plain, self.side, "")
        slug = self.name.split(" of {")[0].split(" ({")[0].lower().replace(" ", "_")
        identifier = f"{country.code.lower()}.{slug}"
        return Actor(identifier, self.name.format(country=country.name), self.side, country.code)


@dataclass(frozen=True, slots=True)
class Country:
    """A country and the words for it."""

    code: str
    """ISO 3166-1 alpha-2."""
    name: str
    demonyms: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A facility or a kind of person that an event befalls."""

    word: str
    kind: TargetKind
    tags: tuple[str, ...]
    civilian: bool


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon or platform."""

    word: str
    name: str
    sub_event_type: str
    """What its use amounts to; empty where it does not say."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that change how the report stands to an event."""

    effect: Effect
    reach: Reach


class TriggerTable(PhraseTable[Trigger]):
    """Words that tell events, and verbs that do so with what stands around them."""

    def __init__(self, phrases: Iterable[tuple[str, Trigger]], deeds: Iterable[Deed[Trigger]] = ()) -> None:
        super().__init__(phrases)
        self.deeds = DeedTable(deeds)

    def find(self, text: str, words: Sequence[Word], *, cased: bool = True) -> Iterator[Found[Trigger]]:
        """Yield the triggers among `words`, left to right; a deed stands before the word alone."""
        plain = super().find(text, words, cased=cased)
        deeds = list(self.deeds.find(words))
        if not deeds:
            yield from plain
            return
        alone = list(plain)
        barred = {at for found in alone if found.value.role == "none" for at in range(found.first, found.last)}
        deeds = [found for found in deeds if found.first not in barred]
        taken = {at for found in deeds for at in range(found.first, found.last)}
        free = [found for found in alone if taken.isdisjoint(range(found.first, found.last))]
        yield from sorted([*deeds, *free], key=lambda found: found.first)


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
    targets: PhraseTable[Target]
    weapons: PhraseTable[Weapon]
    sources: PhraseTable[str]
    cues: PhraseTable[Cue]
    by_code: Mapping[str, Country]

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
            sources=PhraseTable(()),
            cues=PhraseTable(()),
            by_code={},
        )


@lru_cache(maxsize=4)
def load_lexicon(folder: Path) -> Lexicon:
    """Read the word lists of a folder; raise `ConfigurationError` that names every bad row."""
    faults: list[str] = []
    countries = [
        Country(row["code"], row["name"], _split(row["demonyms"]), _split(row["aliases"]))
        for row in _rows(folder / "countries.csv")
    ]
    lexicon = Lexicon(
        triggers=TriggerTable(_triggers(folder, faults), _deeds(folder, faults)),
        actors=PhraseTable(_actors(folder / "actors.csv")),
        forces=PhraseTable((row["word"], Force(**row)) for row in _rows(folder / "forces.csv")),
        demonyms=PhraseTable((demonym, country) for country in countries for demonym in country.demonyms),
        countries=PhraseTable((name, country) for country in countries for name in (country.name, *country.aliases)),
        targets=PhraseTable(_targets(folder / "targets.csv", faults)),
        weapons=PhraseTable(_weapons(folder / "weapons.csv", faults)),
        sources=PhraseTable(
            (name, row["name"])
            for row in _rows(folder / "sources.csv")
            for name in (row["name"], *_split(row["aliases"]))
        ),
        cues=PhraseTable(_cues(folder / "cues.csv", faults)),
        by_code={country.code: country for country in countries},
    )
    if faults:
        reason = f"{len(faults)} fault(s): " + "; ".join(faults)
        raise ConfigurationError(str(Rejection(str(folder), reason, expected="rows as geo/extraction/lexicon.py says")))
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
    for row in _rows(folder / "deeds.csv"):
        place = f"deeds.csv, {row['verbs']}"
        _check(row["sub_event_type"], {*SUB_EVENT_TYPES, TERRITORY}, place, faults)
        _check(row["needs"], get_args(Need), place, faults)
        for name in re.findall(r"@([^;+]+)", f"{row['before']};{row['after']};{row['unless']}"):
            _check(name.strip(), classes, place, faults)
        before = [_all_of(item, classes) for item in _split(row["before"])] or [()]
        after = [_all_of(item, classes) for item in _split(row["after"])] or [()]
        unless = phrases_of(word for item in _split(row["unless"]) for word in _words_for(item, classes))
        for verb in _split(row["verbs"]):
            trigger = Trigger(verb, "verb", row["sub_event_type"], "event", cast(Need, row["needs"]))
            for form in verb_forms(verb, irregular):
                for one in before:
                    for other in after:
                        yield Deed(tuple(form.split()), one, other, unless, trigger)


def _all_of(item: str, classes: Mapping[str, tuple[str, ...]]) -> tuple[Phrases, ...]:
    return tuple(phrases_of(_words_for(part.strip(), classes)) for part in item.split("+"))


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
