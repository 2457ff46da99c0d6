"""The rows of the word lists, and the table of words that tell events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from geo.extraction.language.words import Found, PhraseTable, Word
from geo.extraction.lexicon.deeds import Deed, DeedTable
from geo.model import Actor

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
    capitals: tuple[str, ...]
    """Cities whose name stands for its government: Moscow."""


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
