"""Who stood on either side of a happening: people who bear arms, people who bear none, a force and its posts."""

from __future__ import annotations

from geo.extraction.actors.unarmed import names_unarmed
from geo.extraction.drafts.ground import STATE
from geo.extraction.happenings.happenings import Happening
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.parties import parties_of
from geo.model import Actor
from geo.vocabulary import MentionKind

_UNARMED_SIDES = frozenset({"civilians", "settlers"})
_PARTIES = (" League", " Party", " Congress", " Union")
"""Ends of the names of political parties, whose people bear no arms where no side is known of them."""


def killed_people(happening: Happening) -> bool:
    """Return whether people are counted as killed, and nobody who bears arms: `ten travellers died in the ambush`."""
    sentence = happening.sentence
    killed = [item for item in sentence.casualties if item.harm == "killed" and happening.owns(item.anchor)]
    told = {low for item in killed for low in sentence.lows[item.first : item.last + 2]}
    return not _PEOPLE.isdisjoint(told)


_PEOPLE = word_set("people civilians passengers travellers traders villagers persons commuters pilgrims women children")


def befalls_person(happening: Happening) -> bool:
    """Return whether a passive verb has a civilian for its subject: `a cleric … was stabbed`."""
    return any(_suffers(happening.sentence, signal) for signal in happening.signals)


def _suffers(sentence: Sentence, head: Signal) -> bool:
    window = range(max(0, head.first - 3), head.first)
    if head.trigger.part != "verb" or not {"was", "were"} & {sentence.low(index) for index in window}:
        return False
    clause = sentence.clause_at(head.mention.start)
    told = [m for m in sentence.mentions if m.end <= head.mention.start and sentence.clause_at(m.start) == clause]
    first = next((m for m in told if m.kind in (MentionKind.TARGET, MentionKind.ACTOR)), None)
    known = sentence.reading.lexicon.targets.get(first.text) if first is not None else None
    return known is not None and known.kind == "person" and known.civilian


def hits_forces(happening: Happening) -> bool:
    """Return whether an attack is on a post or a patrol of a force: `attacked an army checkpoint`."""
    sentence, head = happening.sentence, happening.head
    ahead = [sentence.low(index) for index in range(head.last + 1, head.last + 9)]
    ahead = ahead[: ahead.index("by")] if "by" in ahead else ahead
    return any(
        low in _FORCES and (set(ahead[index + 1 : index + 4]) & _POSTS or low in _MEN)
        for index, low in enumerate(ahead[:6])
    )


_FORCES = word_set(
    "army military police soldiers troops security government peacekeepers un gendarmerie forces border "
    "division brigade battalion regiment"
)
_MEN = word_set("soldiers troops peacekeepers division brigade battalion regiment")
_POSTS = word_set(
    "checkpoint checkpoints post posts base bases patrol patrols convoy convoys position positions camp camps barracks "
    "station stations outpost outposts vehicle vehicles forces garrison headquarters"
)


def is_armed(actor: Actor | None) -> bool:
    """Return whether somebody is named who bears arms, or of whom nobody knows that they bear none."""
    return bool(
        actor is not None
        and actor.side not in _UNARMED_SIDES
        and not actor.name.startswith(("Civilians", "Protesters", "Rioters"))
        and (actor.side or not actor.name.endswith(_PARTIES))
    )


def is_between_forces(happening: Happening) -> bool:
    """Return whether a state's force and one that fights it are named as parties, and no civilian person."""
    sentence = happening.sentence
    lexicon = sentence.reading.lexicon
    if names_civilians(happening):
        return False
    sides = set()
    for mention in parties_of(sentence):
        words = mention.text.lower().split()
        named = lexicon.actors.get(mention.text)
        force = next((f for f in (lexicon.forces.get(" ".join(words[i:])) for i in range(len(words))) if f), None)
        side = named.side if named else force.side if force else ""
        sides.add("state" if side in (*STATE, "peacekeepers") else side)
    return "state" in sides and bool(sides - {"state", "", "civilians", "settlers"})


def names_civilians(happening: Happening) -> bool:
    """Return whether its sentence names civilian people."""
    sentence = happening.sentence
    targets = sentence.reading.lexicon.targets
    marks = [mention for mention in sentence.of_kind(MentionKind.TARGET) if names_unarmed(sentence, mention)]
    known = (targets.get(m.text) for m in marks if sentence.low(sentence.at(m.start) - 1) not in _UNDER_ARMS)
    return any(target is not None and target.kind == "person" and target.civilian for target in known)


_UNDER_ARMS = frozenset({"armed", "masked", "uniformed", "hooded"})


def are_civilians(actor: Actor | None) -> bool:
    """Return whether civilians are named."""
    return actor is not None and actor.side == "civilians"
