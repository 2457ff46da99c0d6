"""Who did it to whom: active and passive voice, nouns (`shelling of X by Y`), and owners (`Russian airstrikes`).

Who reports is no actor. A general word (`the army`, `rebels`) becomes an actor of the country before it, or of the
country that the document speaks of most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.extraction.actors.accusations import accused_of
from geo.extraction.actors.appositions import apposed_actor
from geo.extraction.actors.civilian_phrases import people_doing, person_befallen
from geo.extraction.actors.civilians import as_civilians, civilian_target, civilians_of, crowd_of, people_of
from geo.extraction.actors.finders import finds_dead, is_finder
from geo.extraction.actors.frames import PASSIVE_WITHIN, befallen_in, nearest_before, roles_of_signal
from geo.extraction.actors.holders import holder_of, is_gained
from geo.extraction.actors.voice import is_suffered, is_told_of_victim, lead_of
from geo.extraction.happenings.happenings import Happening
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.belonging import taken_for
from geo.extraction.syntax.naming import is_reporting, quoted_actor, whole_name
from geo.extraction.syntax.objects import object_of
from geo.extraction.syntax.parties import parties_of
from geo.extraction.syntax.phrases import AUXILIARIES, Phrase
from geo.extraction.syntax.subjects import subject_of
from geo.model import Actor, Evidence, Mention, Quoted
from geo.vocabulary import EventType, MentionKind

_DESCRIBING = word_set("rival armed unidentified unknown suspected local former foreign other masked allied opposing")
_OPEN = frozenset({"unidentified", "unknown", "unmarked"})
_MACHINES = word_set("aircraft warplane warplanes jet jets plane planes drone drones helicopter helicopters")
"""Whose they are `unidentified` leaves open."""
_SIGNALS = 8
"""Triggers of one happening that are asked who did it: more stand only in text without sentences."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Who did it, and to whom."""

    actor1: Quoted[Actor] | None
    actor2: Quoted[Actor] | None


def roles_of(happening: Happening) -> Roles:
    """Return who did it and to whom, each with its words; None where the sentence does not say."""
    return Roles(None, None) if _only_crashes(happening) else _told_roles(happening)


def _told_roles(happening: Happening) -> Roles:
    """Return who did it and to whom where it is somebody's doing."""
    sentence = happening.sentence
    actors = _parties(happening)
    victims = _victims(happening, actors)
    first = accused = accused_of(sentence, happening.signals[:_SIGNALS])
    victims = [mention for mention in victims if not (accused and _meet(accused, mention))]
    second: Mention | None = None
    ordered = sorted(happening.signals, key=lambda item: item is not happening.head)
    for signal in ordered[:_SIGNALS]:
        suffered = signal.trigger.part != "noun" or is_suffered(sentence, signal)
        told = actors if suffered else [m for m in actors if m not in victims]
        one, two = roles_of_signal(sentence, signal, told)
        if signal is not happening.head and signal.trigger.role != "event":
            # Of harm told with its event the sentence's other triggers say who did it.
            one = one if one is not None and lead_of(sentence, one) == "by" else None
        if one is not None and (is_reporting(sentence, one) or finds_dead(sentence, signal)):
            one = None  # who reports it, or finds the dead, did not do it
        one = _speaker_of_its_own(sentence, one) or one
        first = first or one or _speaking_for_itself(happening) or _told_before(happening)
        second = second or (two if two is not first and not (accused and two and _meet(accused, two)) else None)
    second = second or holder_of(happening, actors, first)
    if victims and second is not None and second not in victims and (first is None or first in victims):
        # `ten rebels were killed in clashes with the army`, but not `… in an attack on the army`
        aimed = lead_of(sentence, second) in ("on", "against", "at", "of", "targeting")
        first, second = (None if aimed else second), victims[0]
    second = second or next((mention for mention in victims if mention is not first), None)
    if second is None and first in victims:
        first, second = None, first
    if first is not None and second is not None and _is_its_own(happening, first, second):
        second = None
    if first is None and is_gained(happening.head):
        first, second = second, None  # `the town fell to the rebels`
    doer = quoted_actor(sentence.reading, first)
    victim = _other_than(doer, as_civilians(sentence, quoted_actor(sentence.reading, second)))
    if happening.head.event_type in (EventType.PROTESTS, EventType.RIOTS):
        return _roles_with_victims(happening, _roles_of_crowd(happening, doer, victim))
    if doer is None and (people := people_doing(happening)) is not None:
        doer = taken_for(sentence.reading, people) or people_of(sentence.reading, people)
    if doer is not None and victim is not None and any(_overlap(doer, words) for words in victim.evidence):
        victim = None
    return Roles(doer, victim or civilians_of(happening, besides=doer))


def _parties(happening: Happening) -> list[Mention]:
    """Return the actors of a sentence, each once, without those who only find the dead."""
    actors = _apart(happening.sentence, parties_of(happening.sentence))
    if any(finds_dead(happening.sentence, signal) for signal in happening.signals):
        return [mention for mention in actors if not is_finder(happening, mention)]
    return actors


def _only_crashes(happening: Happening) -> bool:
    """Return whether an aircraft came down and nobody is told to have downed it: a crash has no doer."""
    events = [signal for signal in happening.signals if signal.trigger.role == "event"]
    return bool(events) and all(
        signal.trigger.sub_event_type == "other" and signal.mention.text.lower().split()[0] in _CRASHING
        for signal in events
    )


_CRASHING = word_set(
    "crash crashed crashes crashing plunged plunges plummeted plummets went goes going came comes coming"
)


def _is_its_own(happening: Happening, first: Mention, second: Mention) -> bool:
    """Return whether somebody only moves men of his own: `Ukraine has withdrawn its troops`."""
    moves = happening.head.event_type is EventType.STRATEGIC_DEVELOPMENTS and first.start < second.start
    return moves and happening.sentence.low(happening.sentence.at(second.start) - 1) in ("its", "their", "his")


def _other_than(doer: Quoted[Actor] | None, victim: Quoted[Actor] | None) -> Quoted[Actor] | None:
    """Return whom it befell, None where that is who did it."""
    return None if doer is not None and victim is not None and doer.value == victim.value else victim


def _roles_of_crowd(happening: Happening, doer: Quoted[Actor] | None, victim: Quoted[Actor] | None) -> Roles:
    """Return the crowd as who does it, or as who suffers where another does: `police dispersed students`."""
    sentence = happening.sentence
    people = people_doing(happening, besides=doer)
    crowd = people or civilian_target(happening, persons_only=True)
    if people is None and crowd is not None and _is_of_victim(happening, crowd):
        crowd = None
    if crowd is None or (doer is not None and _overlap(doer, crowd)):
        return Roles(doer, victim)
    quoted = Quoted(crowd_of(happening), (crowd.evidence,))
    if doer is None and people is None and lead_of(sentence, crowd) in ("against", "at", "on", "into", "targeting"):
        return Roles(None, victim or quoted)
    if doer is None:
        return Roles(quoted, victim)
    return Roles(doer, victim or (quoted if doer.value.side == "government" else None))


def _is_of_victim(happening: Happening, crowd: Mention) -> bool:
    """Return whether people are whom a mob befell, and not the mob: the man of `a man was lynched`."""
    befallen = person_befallen(happening)
    lynched = happening.head.event_type is EventType.RIOTS and is_told_of_victim(happening.sentence, happening.head)
    return lynched or (befallen is not None and _meet(crowd, befallen))


def _roles_with_victims(happening: Happening, roles: Roles) -> Roles:
    """Return the roles with the person whom a mob befell, where no force is named as such."""
    if roles.actor2 is not None or happening.head.event_type is not EventType.RIOTS:
        return roles
    return Roles(roles.actor1, civilians_of(happening, besides=roles.actor1))


def _meet(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _overlap(actor: Quoted[Actor], mention: Mention | Evidence) -> bool:
    return any(words.start < mention.end and mention.start < words.end for words in actor.evidence)


def _apart(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the marks of names without those inside another: the state of `troops of the Dominican Republic`."""
    kept: list[Mention] = []
    for mention in mentions:
        words = set(mention.text.lower().split())
        told = mention.text[0].isalnum() and not words <= _DESCRIBING and not (words & _OPEN and words & _MACHINES)
        if told and not (kept and (mention.end <= kept[-1].end or _is_alias(sentence, kept[-1], mention))):
            kept.append(mention)
    return kept


def _is_alias(sentence: Sentence, named: Mention, mention: Mention) -> bool:
    """Return whether a name in brackets is the one before it again: `Jaysh al-Islam (Army of Islam)`."""
    between = sentence.text[named.end : mention.start].strip(" '’s")
    return between.startswith("(") and ")" not in between


def _victims(happening: Happening, actors: Sequence[Mention]) -> list[Mention]:
    """Return the actors who suffer what is told: the rebels of `three rebels were killed in clashes`."""
    sentence = happening.sentence
    found = []
    for signal in happening.signals[:_SIGNALS]:
        suffers = signal.trigger.lemma in _DYING or is_told_of_victim(sentence, signal)
        hurt = signal.trigger.part == "adjective" and signal.trigger.role == "harm"  # `were wounded`
        hurt = hurt and _LEAVING.isdisjoint(sentence.lows[max(0, signal.first - 9) : signal.first])
        if hurt or (signal.trigger.part == "verb" and suffers):
            found.append(_befallen(sentence, subject_of(sentence, signal.first), actors))
        elif signal.trigger.part == "verb" and signal.trigger.role == "harm":
            found.append(_befallen(sentence, object_of(sentence, signal.last), actors))  # `killed a rebel commander`
        elif is_suffered(sentence, signal):
            before = [m for m in actors if sentence.at(m.end - 1) < signal.first]
            found.append(nearest_before(sentence, signal, before, PASSIVE_WITHIN))
    return [mention for mention in found if mention is not None]


def _befallen(sentence: Sentence, phrase: Phrase | None, actors: Sequence[Mention]) -> Mention | None:
    """Return the actor that a phrase names, or that the office behind its name does."""
    return befallen_in(sentence, phrase, actors) or apposed_actor(sentence, phrase, actors)


_LEAVING = frozenset({"leaving", "leaves"})
"""What a deed does to others: `bombed a concert, leaving sixty people dead`."""
_DYING = frozenset({"die", "perish", "succumb"})


def _told_before(happening: Happening) -> Mention | None:
    """Return the subject of the sentence before, where this one goes on with a pronoun: `They also recaptured …`."""
    sentence, head = happening.sentence, happening.head
    if (
        sentence.low(0) not in ("they", "it")
        or head.trigger.part != "verb"
        or not 0 < head.first < 5
        or not sentence.index
    ):
        return None
    before = sentence.reading.sentences[sentence.index - 1]
    return next((m for m in parties_of(before) if before.at(m.start) < 4), None)


def _speaking_for_itself(happening: Happening) -> Mention | None:
    """Return the actor who tells its own deed: `Rebels said they repelled …`, `claimed to have retaken …`."""
    sentence = happening.sentence
    told = min(signal.first for signal in happening.signals)
    for first, last in sentence.speakers:
        between = [sentence.low(index) for index in range(last, told)]
        while between[:1] and between[0] in AUXILIARIES | {"also", "later", ",", "which", "who"}:
            between.pop(0)
        own = _OWN & set(between) or (between and between[0] in _DECLARING and set(between[1:]) <= _OF_A_NOUN)
        if not own or len(between) > 8:
            continue
        for mention in sentence.of_kind(MentionKind.ACTOR):
            if first <= sentence.at(mention.start) < last:
                return whole_name(sentence, mention)
        # A state that is named alone: `Ukraine said its drones had hit …`.
        words, text = sentence.words[first:last], sentence.text
        state = next(iter(sentence.reading.lexicon.countries.find(text, words, cased=sentence.reading.cased)), None)
        says_it = happening.head.trigger.part == "verb" and "it" in between[-2:]  # `Israel said it bombed …`
        if state is not None and state.first == 0 and ("its" in between or says_it):
            start, end = words[0].start, words[state.last - 1].end
            return Mention(start, end, text[start:end], MentionKind.ACTOR)
    return None


def _speaker_of_its_own(sentence: Sentence, mention: Mention | None) -> Mention | None:
    """Return the group that speaks, for what it calls its own: `the coalition said its jets struck`."""
    if mention is None or sentence.low(sentence.at(mention.start) - 1) not in ("its", "their"):
        return None
    lexicon, position = sentence.reading.lexicon, sentence.at(mention.start)
    if lexicon.forces.get(mention.text) is None:
        return None
    for actor in sentence.of_kind(MentionKind.ACTOR):
        at = sentence.at(actor.start)
        if at < position and sentence.is_speaking(actor.start) and not is_reporting(sentence, actor):
            return whole_name(sentence, actor)
    return None


_OWN = word_set("they it its their have denied denies denying responsibility behind")
_DECLARING = word_set("announced announces declared declares claimed claims claim")
_OF_A_NOUN = word_set(
    "a an the new another unilateral joint immediate temporary humanitarian two three several deadly double twin"
)
