"""Who does what one trigger tells, and whom it befalls: the frames of verbs (subject, object, `by`) and of nouns."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.actors.appositions import believed_to_be
from geo.extraction.actors.opponents import opponents_of
from geo.extraction.actors.states import adjective_of, capital_doing, posts_of_state, state_in, weapon_of_state
from geo.extraction.actors.voice import (
    is_bearer,
    is_bound,
    is_employer,
    is_former,
    is_launched_by,
    is_led_by,
    is_mere_weapon,
    is_suffered,
    is_told_of_victim,
    lead_of,
    only_comments,
)
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import is_past_form, word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.objects import agent_of, object_of, placed_by, target_of
from geo.extraction.syntax.phrases import Phrase
from geo.extraction.syntax.subjects import subject_of
from geo.model import Mention
from geo.vocabulary import EventType, MentionKind

_ACTIVE_WITHIN = 14
PASSIVE_WITHIN = 12
"""Words between a trigger and an actor that no phrase of it names."""


def roles_of_signal(
    sentence: Sentence, signal: Signal, actors: Sequence[Mention]
) -> tuple[Mention | None, Mention | None]:
    """Return who does what one trigger tells, and whom it befalls, among the actors of its sentence."""
    before = [m for m in actors if sentence.at(m.end - 1) < signal.first]
    after = [m for m in actors if sentence.at(m.start) > signal.last]
    owner = [m for m in actors if sentence.at(m.start) <= signal.first <= sentence.at(m.end - 1)]
    launched = next((m for m in reversed(before) if is_launched_by(sentence, m)), None)
    if signal.trigger.sub_event_type == "attack" and sentence.low(signal.first) in _LOSING:
        winner = named_in(sentence, target_of(sentence, signal.last, _TO), actors)
        return winner, befallen_in(sentence, subject_of(sentence, signal.first), actors)  # `the army lost 12 men`
    if signal.trigger.part == "noun":
        by = launched or next(
            (m for m in after if is_led_by(sentence, m, signal) and sentence.at(m.start) - signal.last <= 14), None
        )
        return _of_noun(sentence, signal, before, after, owner, by)
    return _of_verb(sentence, signal, actors, launched)


_LOSING = frozenset({"lost", "lose", "loses", "losing"})
_TO = frozenset({"to"})


def _of_verb(
    sentence: Sentence, signal: Signal, actors: Sequence[Mention], launched: Mention | None
) -> tuple[Mention | None, Mention | None]:
    """Return who does a verb's deed and whom it befalls, among the actors in its subject, its object and after `by`."""
    subject = subject_of(sentence, signal.first)
    noun = sentence.low(signal.last + 1) == "of"
    if noun:  # `the launching of rockets by …`
        subject = agent_of(sentence, signal.last)
    if not noun and is_told_of_victim(sentence, signal):
        agent = agent_of(sentence, signal.last)
        doer = launched or named_in(sentence, agent, actors) or capital_doing(sentence, signal)
        sufferer = befallen_in(sentence, subject, actors)
        return (sufferer, None) if signal.trigger.lemma in _MOVED and doer is None else (doer, sufferer)
    doer = named_in(sentence, subject, actors)
    if doer is None and subject is not None:
        doer = _they(sentence, subject, actors)
    if doer is None and subject is not None:
        doer = named_in(sentence, placed_by(sentence, subject), actors) or state_in(sentence, subject)
    doer = doer or capital_doing(sentence, signal)
    if signal.trigger.sub_event_type == "remote_explosive_landmine_ied":
        launched = launched or _named_layer(sentence, signal, actors)
        if _sets_off(sentence, signal):
            return launched, doer
    # Two that fight a third are allies: `French and Malian troops fought rebels`.
    opponent = (
        target_of(sentence, signal.last, _WITH) or object_of(sentence, signal.last) if _is_mutual(signal) else None
    )
    victim = named_in(sentence, opponent, actors) or _partner(sentence, signal, subject, doer, actors)
    if victim is None and sentence.low(signal.first) in _REPELLING:
        victim = named_in(sentence, agent_of(sentence, signal.last), actors)  # `repelled an assault by rebels`
    if victim is None and not _is_on_things(signal):
        victim = befallen_in(sentence, object_of(sentence, signal.last), actors)
    leads = _AGAINST | (_BESIDE if signal.event_type is EventType.EXPLOSIONS else frozenset())
    leads |= {"from"} if signal.event_type is EventType.BATTLES else set()
    leads |= {"with"} if _is_mutual(signal) else set()
    return launched or doer, victim or named_in(sentence, target_of(sentence, signal.last, leads), actors)


def _they(sentence: Sentence, subject: Phrase, actors: Sequence[Mention]) -> Mention | None:
    """Return the actor that opens the sentence, for a `they` behind it: `rebels besieged X, and they burnt …`."""
    if sentence.low(subject.last - 1) != "they":
        return None
    before = [m for m in actors if sentence.at(m.end - 1) < subject.first]
    return before[0] if len(before) == 1 else None


def _sets_off(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a verb tells who came upon a mine and suffers it: `a patrol hit a mine`, `stepped on a bomb`."""
    if sentence.low(signal.first) not in _UPON:
        return False
    ahead = range(signal.last + 1, signal.last + 8)
    return any(sentence.low(index) in _LAID for index in (*ahead, signal.last))


_UPON = word_set("hit struck stepped trod ran drove tripped stumbled walked hits strikes")
_LAID = word_set("mine mines landmine landmines ied ieds device devices bomb bombs explosive explosives trap")


def _named_layer(sentence: Sentence, signal: Signal, actors: Sequence[Mention]) -> Mention | None:
    """Return who is told to have laid what was set off: `activated a device installed by the guerrillas`."""
    for mention in actors:
        gap = sentence.at(mention.start) - signal.last
        if 0 < gap <= _ACTIVE_WITHIN and is_launched_by(sentence, mention):
            return mention
    return None


_REPELLING = word_set(
    "repelled repulsed repel repulse repels repulses thwarted foiled beat fended fought warded rebuffed blunted "
    "stopped halted pushed drove threw turned held repelling repulsing"
)


def _is_on_things(signal: Signal) -> bool:
    """Return whether what a verb is told of is a thing or a cause, whatever force its words name."""
    crowd = signal.event_type in _CROWDS and signal.trigger.sub_event_type != "mob_violence"
    return signal.trigger.sub_event_type == "looting_property_destruction" or crowd


_CROWDS = frozenset({EventType.PROTESTS, EventType.RIOTS})
_MOVED = word_set("deploy redeploy mobilise withdraw")
"""Verbs whose subject in the passive is who acts: `troops were deployed`."""
_AGAINST = word_set("against at on targeting")
_BESIDE = word_set("near outside inside into")


def named_in(sentence: Sentence, phrase: Phrase | None, actors: Sequence[Mention]) -> Mention | None:
    """Return the actor that a phrase names in its head part: a mark, or a general word for a force."""
    if phrase is None:
        return None
    for mention in actors:
        if _is_arm(sentence, mention) or is_bearer(sentence, mention):
            continue
        inside = phrase.holds(sentence.at(mention.start)) or phrase.holds(sentence.at(mention.end - 1))
        if inside and is_mere_weapon(sentence, mention):
            return None
        if inside and not is_employer(sentence, mention) and not _is_of_holder(sentence, sentence.at(mention.end - 1)):
            return believed_to_be(sentence, mention, actors)
    words = sentence.words[phrase.first : phrase.head]
    force = next(iter(sentence.reading.lexicon.forces.find(sentence.text, words, cased=sentence.reading.cased)), None)
    if force is None:
        return posts_of_state(sentence, phrase)
    if sentence.is_speaking(words[force.first].start):
        return None
    if _is_of_holder(sentence, phrase.first + force.last - 1):
        return None
    if any(weapon.start <= words[force.last - 1].start < weapon.end for weapon in sentence.of_kind(MentionKind.WEAPON)):
        return weapon_of_state(sentence, phrase.first + force.first, words[force.last - 1].end)  # else `sent drones`
    start, end = words[force.first].start, words[force.last - 1].end
    made = Mention(start, end, sentence.text[start:end], MentionKind.ACTOR)
    return None if is_employer(sentence, made) or is_bearer(sentence, made) else made


def _is_arm(sentence: Sentence, mention: Mention) -> bool:
    """Return whether what was marked as an actor is what somebody strikes with: `with machetes`."""
    weapon = sentence.reading.lexicon.weapons.get(mention.text)
    return weapon is not None and not weapon.sub_event_type and weapon.name in ("machete", "knife", "firearm")


def befallen_in(sentence: Sentence, phrase: Phrase | None, actors: Sequence[Mention]) -> Mention | None:
    """Return the actor that a phrase names as whom something befalls; None for those who once belonged to one."""
    found = named_in(sentence, phrase, actors)
    return None if found is None or is_former(sentence, found) else found


def _is_of_holder(sentence: Sentence, last: int) -> bool:
    """Return whether the word at a position only says who holds the ground: `struck rebel-held Aleppo`."""
    return sentence.low(last + 1) == "-" and sentence.low(last + 2) in _HOLDING


_HOLDING = word_set("held controlled run occupied governed ruled administered")


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
        return by, nearest_before(sentence, signal, before, PASSIVE_WITHIN)
    opponents = opponents_of(sentence, signal, after)
    if opponents is not None:
        return opponents
    against = next(
        (m for m in near if lead_of(sentence, m) in ("on", "against", "of", "with", "targeting", "at")), None
    )
    if owner:
        return owner[0], against
    state = adjective_of(sentence, signal)
    if by is None and state is not None:
        return state, against  # `an Israeli strike on the camp`
    possessor = next((m for m in before if _possesses(sentence, m, signal)), None)
    giver = [m for m in before if _same_clause(sentence, m, signal)]
    gives = len(giver) > 1 and is_past_form(sentence.low(sentence.at(giver[1].start) - 1))
    if by is None and gives and lead_of(sentence, giver[0]) not in ("by", "against") and against is None:
        # `the army promised rebels safe passage`: the first does it, the second it is done to.
        return giver[0], giver[1]
    subject = by or possessor or nearest_before(sentence, signal, before, _ACTIVE_WITHIN)
    return subject, against if against is not subject else None


def _possesses(sentence: Sentence, mention: Mention, signal: Signal) -> bool:
    """Return whether an actor stands right before a noun as its owner: `rebel attacks`, `ISIS-led raids`."""
    between = [sentence.low(index) for index in range(sentence.at(mention.end - 1) + 1, signal.first)]
    return len(between) <= 1 or set(between[:2]) == {"-", "led"}


def _partner(
    sentence: Sentence, signal: Signal, subject: Phrase | None, doer: Mention | None, actors: Sequence[Mention]
) -> Mention | None:
    """Return the second of two who do something together: `the government and rebels agreed a truce`."""
    if subject is None or doer is None or not _is_mutual(signal):
        return None
    inside = [m for m in actors if m.start >= doer.end and subject.holds(sentence.at(m.start))]
    return next((m for m in inside if _is_joined(sentence, m)), None)


def _is_joined(sentence: Sentence, mention: Mention) -> bool:
    """Return whether `and` leads to an actor, past a word for its men: `soldiers and gunmen of the cartel fought`."""
    before = [sentence.low(at) for at in range(max(0, sentence.at(mention.start) - 4), sentence.at(mention.start))]
    after = before[before.index("and") + 1 :] if "and" in before else [","]
    return set(after) <= {"the", "of", "a", "its", "from"} or (len(after) <= 3 and after[1:2] == ["of"])


def nearest_before(sentence: Sentence, signal: Signal, before: Sequence[Mention], within: int) -> Mention | None:
    """Return the last actor before a trigger, within so many words and one clause, who is not bound to another."""
    for mention in reversed(before):
        gap = signal.first - sentence.at(mention.end - 1)
        if gap <= within and sentence.clauses[signal.first] - sentence.clause_at(mention.start) <= 1:
            if is_bound(sentence, mention):
                continue
            lead = lead_of(sentence, mention)
            if (lead in ("by", "against", "from", "with", "of") and gap > 4) or only_comments(sentence, mention):
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


_WITH = frozenset({"with"})
_MUTUAL = frozenset({"clash", "fight", "battle", "exchange fire", "skirmish", "trade", "exchanged", "traded"})
_LISTING = word_set("and , its their allied the other pro - government iraqi foreign")


def _same_clause(sentence: Sentence, mention: Mention, signal: Signal) -> bool:
    return sentence.clause_at(mention.start) == sentence.clauses[signal.first]
