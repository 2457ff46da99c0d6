"""The recogniser without a model: word lists, and the gazetteer's names.

A trigger whose row asks for something beside it (`strike` needs violence, `advance` a force) is marked only where its
sentence has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.extraction.language.readability import control_characters, endless_sentence, unreadable
from geo.extraction.language.sentences import is_lower_case, split_sentences
from geo.extraction.language.words import Found, Word, sentence_words, word_set
from geo.extraction.lexicon.lexicon import Country, Force, Lexicon, Need, Target, Trigger, Weapon
from geo.extraction.recognizers import ToponymFinder
from geo.model import Actor, Document, Mention, Recognition
from geo.vocabulary import MentionKind

_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds?|several|many)\b"
    r"|\bno\b|\btoll\b",
    re.IGNORECASE,
)
_COUNT_REACH = 60
"""Characters around `dead` or `wounded` in which a number makes it a count."""
SCORE = 0.7
"""Probability put on a mark of the word lists: measured marks of this recogniser are right about that often."""


@dataclass(frozen=True)
class RulesRecognizer:
    """Marks by look-up; needs no model."""

    lexicon: Lexicon
    find_toponyms: ToponymFinder

    def recognize(self, documents: Sequence[Document]) -> list[Recognition]:
        """Return one recognition a document, in the same order."""
        return [self._read(document) for document in documents]

    def _read(self, document: Document) -> Recognition:
        reason = unreadable(document)
        if reason:
            return Recognition((), warnings=(reason,))
        text = document.text
        cased = not is_lower_case(text)
        mentions: list[Mention] = []
        for start, end in split_sentences(text):
            mentions.extend(_sentence_mentions(self.lexicon, text, sentence_words(text, start, end), cased=cased))
        taken = [mention for mention in mentions if mention.kind is MentionKind.ACTOR]
        mentions.extend(_free_toponyms(self.find_toponyms(text), taken))
        odd = (control_characters(document), endless_sentence(document))
        return Recognition(
            tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end))), warnings=tuple(filter(None, odd))
        )


def _sentence_mentions(lexicon: Lexicon, text: str, words: Sequence[Word], *, cased: bool) -> Iterator[Mention]:
    actors = list(actor_mentions(lexicon, text, words, cased=cased))
    weapons = list(lexicon.weapons.find(text, words, cased=cased))
    targets = list(lexicon.targets.find(text, words, cased=cased))
    triggers = list(lexicon.triggers.find(text, words, cased=cased))
    yield from actors
    for target in targets:
        yield _mark(text, words, target, MentionKind.TARGET, _tags(target.value))
    for weapon in weapons:
        yield _mark(text, words, weapon, MentionKind.WEAPON, weapon.value.name)
    for found in triggers:
        if found.value.role != "none" and _needs_are_met(found, text, words, actors, weapons, targets, triggers):
            yield _mark(text, words, found, MentionKind.TRIGGER, found.value.sub_event_type)


def _tags(target: Target) -> str:
    return ";".join(target.tags)


def _mark(
    text: str,
    words: Sequence[Word],
    found: Found[Trigger] | Found[Weapon] | Found[Target] | Found[Actor] | Found[Force] | Found[Country],
    kind: MentionKind,
    label: str,
) -> Mention:
    start, end = words[found.first].start, words[found.last - 1].end
    return Mention(start, end, text[start:end], kind, label, SCORE)


def actor_mentions(lexicon: Lexicon, text: str, words: Sequence[Word], *, cased: bool) -> Iterator[Mention]:
    """Yield the actors among the words: listed names, and forces with the country before them (`Syrian troops`)."""
    named = list(lexicon.actors.find(text, words, cased=cased))
    forces = list(lexicon.forces.find(text, words, cased=cased))
    # `ISIL militants` and `SDF fighters` are one actor, not two.
    heads = {force.first: force.last for force in forces if force.value.word not in _DEEDS}
    named = [found._replace(last=heads.get(found.last, found.last)) for found in named]
    demonyms = {found.last: found for found in lexicon.demonyms.find(text, words, cased=cased)}
    covered = {position for found in named for position in range(found.first, found.last)}
    for found in named:
        if found.last < len(words) and words[found.last].low == "-":
            continue  # `Taliban-linked militias`, `YPG-held`: a qualifier of the name that follows
        yield _mark(text, words, found, MentionKind.ACTOR, found.value.actor_id)
    yield from _states(lexicon, text, words, cased=cased)
    for force in forces:
        if covered & set(range(force.first, force.last)) or _is_a_deed(words, force):
            continue
        first = force.first
        if first > 1 and first not in demonyms and words[first - 1].low in _BETWEEN:
            first -= 1
        country = demonyms.get(first)
        start = country.first if country and not covered & {country.first} else force.first
        if country is None and force.value.word in _DEEDS:
            continue
        yield _mark(text, words, Found(start, force.last, force.value), MentionKind.ACTOR, "")


def _states(lexicon: Lexicon, text: str, words: Sequence[Word], *, cased: bool) -> Iterator[Mention]:
    """Yield countries told as doing something (`Russia bombed`, `accusing Israel`); else they are places."""
    last = -1
    for found in lexicon.countries.find(text, words, cased=cased):
        joined = last == found.first - 1 and words[last].low in ("and", ",")
        before = words[found.first - 1].low if found.first else ""
        following = words[found.last].low if found.last < len(words) else ""
        trigger = lexicon.triggers.get(following) if following.endswith("ed") else None
        acts = trigger is not None and trigger.part == "verb" and before not in _PLACING
        acts = acts or following in _ACTING and before not in _PLACING
        if acts or before in _BLAMED or joined:
            last = found.last
            yield _mark(text, words, found, MentionKind.ACTOR, "")


_PLACING = frozenset({"in", "near", "of", "across", "inside", ",", "from", "to", "throughout"})
_ACTING = word_set("denied denies launched fired carried conducted dropped struck hit bombed shelled")
_BLAMED = frozenset({"accusing", "accused", "accuses", "blaming", "blamed", "blames"})
_BETWEEN = word_set("government regime security army military opposition armed arab special")
_DEEDS = frozenset(
    {"airstrikes", "airstrike", "air strikes", "air strike", "air raids", "air raid", "bombing", "bombardment"}
    | {"shelling", "strikes", "planes", "drones", "drone", "forces", "aircraft", "mob", "prisoners"} - {"forces"}
)
"""Words that name a deed or a thing: with a country they name who did it (`Russian airstrikes`), alone nobody."""


_NO_FORCE = word_set(
    "held controlled backed led allied affiliated run districts district areas area pocket stronghold strongholds "
    "territory neighbourhoods neighborhoods positions ground zone lines enclave side town towns village villages "
    "base station officials official spokesman chief hospital council airport post posts court equipment vehicle "
    "vehicles aid source sources intelligence academy college headquarters checkpoint checkpoints coup rule "
    "service"
)
"""Words that make the force before them a mere qualifier: `rebel districts`."""


def _is_a_deed(words: Sequence[Word], found: Found[Force]) -> bool:
    following = words[found.last].low if found.last < len(words) else ""
    if following == "-":
        following = words[found.last + 1].low if found.last + 1 < len(words) else ""
    return following in _NO_FORCE


def _needs_are_met(
    found: Found[Trigger],
    text: str,
    words: Sequence[Word],
    actors: Sequence[Mention],
    weapons: Sequence[Found[Weapon]],
    targets: Sequence[Found[Target]],
    triggers: Sequence[Found[Trigger]],
) -> bool:
    need: Need = found.value.need
    if not need:
        return True
    others = [other for other in triggers if other is not found]
    violent = any(
        other.value.need in ("", "weapon") and other.value.sub_event_type not in _PEACEFUL for other in others
    )
    if need == "violence":
        return violent or bool(weapons) or bool(actors)
    if need == "weapon":
        if found.value.lemma == "land":  # an aircraft that lands struck nothing
            weapons = [weapon for weapon in weapons if weapon.value.name != "aircraft"]
        return bool(weapons)
    if need in ("force", "troops", "ground"):
        return bool(actors) or (need == "force" and violent)
    if need == "people":
        return bool(actors) or any(target.value.kind == "person" for target in targets)
    start, end = words[found.first].start, words[found.last - 1].end
    return _NUMBER.search(text, max(words[0].start, start - _COUNT_REACH), end + _COUNT_REACH) is not None


_PEACEFUL = frozenset(
    {
        "agreement",
        "other",
        "peaceful_protest",
        "arrests",
        "change_to_group_activity",
        "non_violent_transfer_of_territory",
    }
)


def _free_toponyms(toponyms: Sequence[Mention], actors: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the toponyms that are no part of an actor's name: the Syria of `Syrian Democratic Forces` is no place."""
    taken = iter(sorted(actors, key=lambda mention: mention.start))
    actor = next(taken, None)
    for toponym in sorted(toponyms, key=lambda mention: mention.start):
        while actor is not None and actor.end <= toponym.start:
            actor = next(taken, None)
        if actor is None or toponym.end <= actor.start:
            yield toponym
