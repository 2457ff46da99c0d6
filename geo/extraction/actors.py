"""Who did it to whom: active and passive voice, nouns (`shelling of X by Y`), and owners (`Russian airstrikes`).

Who reports is no actor. A general word (`the army`, `rebels`) becomes an actor of the country before it, or of the
country that the document speaks of most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.extraction.civilians import civilian_target, civilians_of, crowd_of
from geo.extraction.happenings import Happening, Signal
from geo.extraction.naming import quoted_actor
from geo.extraction.parties import parties_of
from geo.extraction.reading import Sentence
from geo.extraction.words import word_set
from geo.model import Actor, Mention, Quoted
from geo.vocabulary import EventType, MentionKind

_AUXILIARIES = word_set("was were been being be are is get got")
_PREPOSITIONS = frozenset({"by", "against", "on", "of", "with", "from", "between", "at", "targeting", "to", "in"})
_DONE_BY = frozenset({"by"})
_LAUNCHED = word_set("launched conducted fired dropped carried blamed staged mounted perpetrated executed led")
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
    actors = parties_of(sentence)
    victims = _victims(happening, actors)
    first: Mention | None = None
    second: Mention | None = None
    ordered = sorted(happening.signals, key=lambda item: item is not happening.head)
    for signal in ordered[:_SIGNALS]:
        told = [m for m in actors if m not in victims] if signal.trigger.part == "noun" else actors
        one, two = _roles_of_signal(sentence, signal, told)
        if signal is not happening.head and signal.trigger.role != "event":
            # Of harm told with its event the sentence's other triggers say who did it.
            one = one if one is not None and _lead(sentence, one) == "by" else None
        first = first or one or _speaking_for_itself(happening) or _told_before(happening)
        second = second or (two if two is not first else None)
    doer = quoted_actor(sentence.reading, first)
    victim = quoted_actor(sentence.reading, second)
    if happening.head.event_type in (EventType.PROTESTS, EventType.RIOTS):
        crowd = civilian_target(happening, persons_only=True)
        doer = doer or (Quoted(crowd_of(sentence.reading), (crowd.evidence,)) if crowd else None)
        return Roles(doer, None if victim == doer else victim)
    if doer is not None and victim is not None and doer.value == victim.value:
        victim = None
    return Roles(doer, victim or civilians_of(happening))


def _victims(happening: Happening, actors: Sequence[Mention]) -> list[Mention]:
    """Return the actors who suffer the harm told: the rebels of `three rebels were killed in clashes`."""
    sentence = happening.sentence
    found = []
    for signal in happening.signals:
        if signal.trigger.role == "harm" and signal.trigger.part == "verb" and _is_passive(sentence, signal):
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
        own = {"they", "it", "its", "their", "have", "denied", "denies", "denying"} & set(between)
        if not own or len(between) > 8:
            continue
        for mention in sentence.of_kind(MentionKind.ACTOR):
            if first <= sentence.at(mention.start) < last:
                return mention
    return None


def _roles_of_signal(
    sentence: Sentence, signal: Signal, actors: Sequence[Mention]
) -> tuple[Mention | None, Mention | None]:
    before = [m for m in actors if sentence.at(m.end - 1) < signal.first]
    after = [m for m in actors if sentence.at(m.start) > signal.last]
    owner = [m for m in actors if sentence.at(m.start) <= signal.first <= sentence.at(m.end - 1)]
    launched = next((m for m in reversed(before) if _launched_by(sentence, m)), None)
    by = launched or next(
        (m for m in after if _led_by(sentence, m, signal) and sentence.at(m.start) - signal.last <= 14), None
    )
    passive = _is_passive(sentence, signal)
    if (
        by is not None
        and not launched
        and signal.trigger.part == "verb"
        and not passive
        and _lead(sentence, by) == "by"
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
    opponents = _opponents(sentence, signal, after)
    if opponents is not None:
        return opponents
    against = next((m for m in near if _lead(sentence, m) in ("on", "against", "of", "with", "targeting", "at")), None)
    if owner:
        return owner[0], against
    possessor = next((m for m in before if signal.first - sentence.at(m.end - 1) <= 2), None)
    giver = [m for m in before if _same_clause(sentence, m, signal)]
    if by is None and len(giver) > 1 and _lead(sentence, giver[0]) not in ("by", "against") and against is None:
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


def _lead(sentence: Sentence, mention: Mention) -> str:
    """Return the word that leads to an actor, past its article and adjectives."""
    position = sentence.at(mention.start) - 1
    lead = sentence.low(position)
    for back in range(4):
        if sentence.low(position - back) in _PREPOSITIONS:
            return sentence.low(position - back)
        if sentence.low(position - back) in (",", "and", "") or sentence.low(position - back) in _AUXILIARIES:
            break
    return lead


def _led_by(sentence: Sentence, mention: Mention, signal: Signal) -> bool:
    lead = _lead(sentence, mention)
    if lead in _DONE_BY:
        by = next(i for i in range(sentence.at(mention.start), -1, -1) if sentence.low(i) == "by")
        participle = sentence.low(by - 1)
        if by - 1 > signal.last and participle.endswith(("ed", "held", "led", "run")) and participle not in _LAUNCHED:
            return False  # `shelling Aleppo, which is held by …` tells who holds it
        return abs(sentence.clause_at(mention.start) - sentence.clauses[signal.first]) <= 1
    position = sentence.at(mention.start) - 1
    if any(sentence.low(index) in ("accusing", "blaming", "accused", "blamed") for index in (position, position - 1)):
        return True
    return lead == "on" and any(
        sentence.low(index) in ("blamed", "pinned") for index in range(signal.last, sentence.at(mention.start))
    )


def _launched_by(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a participle gives a weapon its owner: `bombs launched by the army hit …`."""
    first = sentence.at(mention.start)
    window = [sentence.low(index) for index in range(max(0, first - 4), first)]
    return "by" in window and any(low in _LAUNCHED for low in window)


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
            lead = _lead(sentence, mention)
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


def _is_passive(sentence: Sentence, signal: Signal) -> bool:
    low = signal.mention.text.lower()
    if low.endswith("ing"):
        return sentence.low(signal.first - 1) == "being"
    window = [sentence.low(index) for index in range(max(0, signal.first - 4), signal.first)]
    if any(word in _AUXILIARIES for word in window):
        return True
    return sentence.low(signal.last + 1) == "by"
