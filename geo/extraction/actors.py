"""Who did it to whom: active and passive voice, nouns (`shelling of X by Y`), and owners (`Russian airstrikes`).

Who reports is no actor. A general word (`the army`, `rebels`) becomes an actor of the country before it, or of the
country that the document speaks of most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.extraction.actors_voice import is_bound, is_launched_by, is_led_by, is_passive, is_suffered, lead_of
from geo.extraction.civilians import civilian_target, civilians_of, crowd_of, people_of
from geo.extraction.civilians_phrases import people_doing
from geo.extraction.happenings import Happening, Signal
from geo.extraction.naming import is_reporting, quoted_actor
from geo.extraction.parties import parties_of
from geo.extraction.reading import Sentence
from geo.extraction.words import word_set
from geo.model import Actor, Mention, Quoted
from geo.vocabulary import EventType, MentionKind

_DESCRIBING = word_set("rival armed unidentified unknown suspected local former foreign other masked allied opposing")
_SIGNALS = 8
"""Triggers of one happening that are asked who did it: more stand only in text without sentences."""
_ACTIVE_WITHIN = 14
_PASSIVE_WITHIN = 12


@dataclass(frozen=True, slots=True)
class Roles:
    """Who did it, and to whom."""

    actor1: Quoted[Actor] | None
    actor2: Quoted[Actor] | None


def roles_of(happening: Happening) -> Roles:
    """Return who did it and to whom, each with its words; None where the sentence does not say."""
    sentence = happening.sentence
    actors = _apart(parties_of(sentence))
    victims = _victims(happening, actors)
    first: Mention | None = None
    second: Mention | None = None
    ordered = sorted(happening.signals, key=lambda item: item is not happening.head)
    for signal in ordered[:_SIGNALS]:
        suffered = signal.trigger.part != "noun" or is_suffered(sentence, signal)
        told = actors if suffered else [m for m in actors if m not in victims]
        one, two = _roles_of_signal(sentence, signal, told)
        if signal is not happening.head and signal.trigger.role != "event":
            # Of harm told with its event the sentence's other triggers say who did it.
            one = one if one is not None and lead_of(sentence, one) == "by" else None
        if one is not None and is_reporting(sentence, one):
            one = None  # who reports it did not do it
        first = first or one or _speaking_for_itself(happening) or _told_before(happening)
        second = second or (two if two is not first else None)
    doer = quoted_actor(sentence.reading, first)
    victim = quoted_actor(sentence.reading, second)
    if doer is not None and victim is not None and doer.value == victim.value:
        victim = None
    if happening.head.event_type in (EventType.PROTESTS, EventType.RIOTS):
        return _roles_with_victims(happening, _roles_of_crowd(happening, doer, victim))
    people = None if doer else people_doing(happening)
    if people is not None:
        doer = people_of(sentence.reading, people)
    return Roles(doer, victim or civilians_of(happening, besides=doer))


def _roles_of_crowd(happening: Happening, doer: Quoted[Actor] | None, victim: Quoted[Actor] | None) -> Roles:
    """Return the crowd as who does it, or as who suffers where another does: `police dispersed students`."""
    sentence = happening.sentence
    people = people_doing(happening)
    crowd = people or civilian_target(happening, persons_only=True)
    if crowd is None or (doer is not None and _overlap(doer, crowd)):
        return Roles(doer, victim)
    quoted = Quoted(crowd_of(sentence.reading), (crowd.evidence,))
    if doer is None and people is None and lead_of(sentence, crowd) in ("against", "at", "on", "into", "targeting"):
        return Roles(None, victim or quoted)
    if doer is None:
        return Roles(quoted, victim)
    return Roles(doer, victim or (quoted if doer.value.side == "government" else None))


def _roles_with_victims(happening: Happening, roles: Roles) -> Roles:
    """Return the roles with the person whom a mob befell, where no force is named as such."""
    if roles.actor2 is not None or happening.head.event_type is not EventType.RIOTS:
        return roles
    return Roles(roles.actor1, civilians_of(happening, besides=roles.actor1))


def _overlap(actor: Quoted[Actor], mention: Mention) -> bool:
    return any(words.start < mention.end and mention.start < words.end for words in actor.evidence)


def _apart(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the marks of names without those inside another: the state of `troops of the Dominican Republic`."""
    kept: list[Mention] = []
    for mention in mentions:
        told = mention.text[0].isalnum() and not set(mention.text.lower().split()) <= _DESCRIBING
        if told and not (kept and mention.end <= kept[-1].end):
            kept.append(mention)
    return kept


def _victims(happening: Happening, actors: Sequence[Mention]) -> list[Mention]:
    """Return the actors who suffer the harm told: the rebels of `three rebels were killed in clashes`."""
    sentence = happening.sentence
    found = []
    for signal in happening.signals:
        harmed = signal.trigger.role == "harm" and signal.trigger.part == "verb" and is_passive(sentence, signal)
        if harmed or is_suffered(sentence, signal):
            before = [m for m in actors if sentence.at(m.end - 1) < signal.first]
            subject = _nearest_before(sentence, signal, before, _PASSIVE_WITHIN)
            if subject is not None:
                found.append(subject)
    return found


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
    sentence, head = happening.sentence, happening.head
    for first, last in sentence.speakers:
        between = [sentence.low(index) for index in range(last, head.first)]
        own = _OWN & set(between) or (between and between[0] in _DECLARING and set(between[1:]) <= _OF_A_NOUN)
        if not own or len(between) > 8:
            continue
        for mention in sentence.of_kind(MentionKind.ACTOR):
            if first <= sentence.at(mention.start) < last:
                return mention
    return None


_OWN = word_set("they it its their have denied denies denying responsibility")
_DECLARING = word_set("announced announces declared declares")
_OF_A_NOUN = word_set("a an the new another unilateral joint immediate temporary humanitarian")


def _roles_of_signal(
    sentence: Sentence, signal: Signal, actors: Sequence[Mention]
) -> tuple[Mention | None, Mention | None]:
    before = [m for m in actors if sentence.at(m.end - 1) < signal.first]
    after = [m for m in actors if sentence.at(m.start) > signal.last]
    owner = [m for m in actors if sentence.at(m.start) <= signal.first <= sentence.at(m.end - 1)]
    launched = next((m for m in reversed(before) if is_launched_by(sentence, m)), None)
    by = launched or next(
        (m for m in after if is_led_by(sentence, m, signal) and sentence.at(m.start) - signal.last <= 14), None
    )
    passive = is_passive(sentence, signal)
    if (
        by is not None
        and not launched
        and signal.trigger.part == "verb"
        and not passive
        and lead_of(sentence, by) == "by"
    ):
        by = None  # `repelled an attack by the army`: the attack is the army's
    if signal.trigger.part == "noun":
        return _of_noun(sentence, signal, before, after, owner, by)
    if passive:
        subject = _nearest_before(sentence, signal, before, _PASSIVE_WITHIN)
        return by, subject
    subject = by or _nearest_before(sentence, signal, before, _ACTIVE_WITHIN)
    partner = _partner(sentence, signal, subject, before)
    if partner is not None:
        return partner, subject
    object_ = next(
        (
            m
            for m in after
            if m is not by and sentence.at(m.start) - signal.last <= 7 and _same_clause(sentence, m, signal)
        ),
        None,
    )
    return subject, object_


def _of_noun(
    sentence: Sentence,
    signal: Signal,
    before: Sequence[Mention],
    after: Sequence[Mention],
    owner: Sequence[Mention],
    by: Mention | None,
) -> tuple[Mention | None, Mention | None]:
    near = [m for m in after if sentence.at(m.start) - signal.last <= 9]
    if is_suffered(sentence, signal):
        return by, _nearest_before(sentence, signal, before, _PASSIVE_WITHIN)
    opponents = _opponents(sentence, signal, after)
    if opponents is not None:
        return opponents
    against = next(
        (m for m in near if lead_of(sentence, m) in ("on", "against", "of", "with", "targeting", "at")), None
    )
    if owner:
        return owner[0], against
    possessor = next((m for m in before if signal.first - sentence.at(m.end - 1) <= 2), None)
    giver = [m for m in before if _same_clause(sentence, m, signal)]
    if by is None and len(giver) > 1 and lead_of(sentence, giver[0]) not in ("by", "against") and against is None:
        # `the army promised rebels safe passage`: the first does it, the second it is done to.
        return giver[0], giver[1]
    subject = by or possessor or _nearest_before(sentence, signal, before, _ACTIVE_WITHIN)
    return subject, against if against is not subject else None


def _opponents(sentence: Sentence, signal: Signal, after: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """Return the two sides of `clashes broke out between X and Y`."""
    between = next((i for i in range(signal.last + 1, signal.last + 9) if sentence.low(i) == "between"), None)
    if between is None:
        return None
    first = next((m for m in after if between < sentence.at(m.start) <= between + 12), None)
    if first is None:
        return None
    last = sentence.at(first.end - 1)
    joint = next((i for i in range(last + 1, last + 10) if sentence.low(i) in ("and", "with")), None)
    if joint is None:
        return None
    second = next((m for m in after if joint < sentence.at(m.start) <= joint + 5), None)
    return (first, second) if second is not None else None


def _partner(sentence: Sentence, signal: Signal, subject: Mention | None, before: Sequence[Mention]) -> Mention | None:
    """Return the first of two who do something together: `the government and rebels agreed a truce`."""
    if subject is None or not _is_mutual(signal):
        return None
    first = sentence.at(subject.start)
    return next(
        (
            m
            for m in before
            if m is not subject and sentence.at(m.end - 1) + 2 == first and sentence.low(first - 1) == "and"
        ),
        None,
    )


def _nearest_before(sentence: Sentence, signal: Signal, before: Sequence[Mention], within: int) -> Mention | None:
    for mention in reversed(before):
        gap = signal.first - sentence.at(mention.end - 1)
        if gap <= within and sentence.clauses[signal.first] - sentence.clause_at(mention.start) <= 1:
            if is_bound(sentence, mention):
                continue
            lead = lead_of(sentence, mention)
            if lead in ("by", "against", "from", "with", "of") and gap > 4:
                continue
            return _first_listed(sentence, signal, mention, before)
    return None


def _first_listed(sentence: Sentence, signal: Signal, subject: Mention, before: Sequence[Mention]) -> Mention:
    """Return the first of those who act together: the army of `the army and its allied militias seized`."""
    if _is_mutual(signal):
        return subject
    for mention in reversed(before):
        between = [sentence.low(i) for i in range(sentence.at(mention.end - 1) + 1, sentence.at(subject.start))]
        if between[:1] in (["and"], [","]) and len(between) <= 4 and set(between) <= _LISTING:
            subject = mention
    return subject


def _is_mutual(signal: Signal) -> bool:
    """Return whether two parties do it to each other: they clash, or agree."""
    return signal.trigger.sub_event_type == "agreement" or signal.trigger.lemma in _MUTUAL


_MUTUAL = frozenset({"clash", "fight", "battle", "exchange fire", "skirmish", "trade", "exchanged", "traded"})
_LISTING = word_set("and , its their allied the other pro - government iraqi foreign")


def _same_clause(sentence: Sentence, mention: Mention, signal: Signal) -> bool:
    return sentence.clause_at(mention.start) == sentence.clauses[signal.first]
