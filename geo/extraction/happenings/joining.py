"""Whether two triggers of a sentence tell one happening: an event and its harm, one deed told twice, one on the way."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.happenings.entrances import finds_others, is_charged_apart, leads_to, own_doer
from geo.extraction.happenings.sequence import (
    TAKINGS,
    comes_after,
    had_been,
    is_answered,
    is_timed,
    kills_in_taken_town,
    opens_with_earlier,
)
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.clauses import SPLITTERS
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.linking import is_dateline
from geo.extraction.syntax.whereabouts import scene_between
from geo.model import Mention
from geo.vocabulary import SUB_EVENT_TYPES, EventType, MentionKind

_VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS})
_CROWDS = frozenset({EventType.PROTESTS, EventType.RIOTS})


def joins(sentence: Sentence, group: Sequence[Signal], signal: Signal) -> bool:
    """Return whether a trigger tells of the same happening as those grouped before it."""
    if scene_between(sentence, group[-1].last + 1, signal.first + 1) is not None:
        return False
    between = [sentence.low(index) for index in range(group[-1].last + 1, signal.first)]
    split = {low for low in between if low in SPLITTERS}
    others = split == {"while"} and not _OTHERS.isdisjoint(between)
    toll = (split == {";"} or others) and signal.trigger.role == "harm" and not _own_place(sentence, group, signal)
    if split and not toll and not _about_a_crowd(group, signal, between):
        return False  # `…; eight bandits died` is the toll of what stands before it
    if is_timed(between) and _own_place(sentence, group, signal):
        return False  # `…, hours after jets bombed another town`
    if "," in between and opens_with_earlier(sentence, group[0]):
        return False  # `A day after shelling hit X, a missile struck Y`
    if is_answered(between) or comes_after(sentence, group, signal, between) or had_been(sentence, signal, between):
        return False  # `fired at X in answer to the strike on Y`
    told = [one for one in group if one.trigger.role == "event"]
    if told and leads_to(sentence, told, signal, between):
        return True
    if signal.trigger.role != "event" or not told:
        return _harm_joins(sentence, group, signal, between)
    types = {one.event_type for one in told} | {signal.event_type}
    if finds_others(sentence, signal, between) or is_charged_apart(between):
        return False
    if types <= _VIOLENT:
        answered = len(types) > 1 and EventType.EXPLOSIONS in types and own_doer(sentence, signal, between)
        apart = answered or ("and" in between and _own_place(sentence, group, signal))
        return not apart and _same_deed(sentence, told, signal, between)
    if types & _CROWDS:
        # `Police dispersed the protest and arrested ten`: what befell the crowd belongs to its protest.
        if own_doer(sentence, signal, between) and _parted_by_places(sentence, group, signal):
            return False  # `police fired tear gas in X, and crowds burned a bank in Y`
        return {one.trigger.sub_event_type for one in (*told, signal)} <= _ROUND_CROWDS
    if (
        _in_course_of(told, signal, between)
        or _goes_with(told, signal, between)
        or _frees(told, signal, between)
        or _loots_and_kills(sentence, told, signal, between)
    ):
        return not _own_place(sentence, group, signal)
    alike = len({one.trigger.sub_event_type for one in (*told, signal)}) == 1
    return alike and not (own_doer(sentence, signal, between) and _own_place(sentence, group, signal))


_OTHERS = frozenset({"others", "another", "more", "further"})
_ROBBING = "looting_property_destruction"


def _loots_and_kills(sentence: Sentence, told: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether the same people rob and kill: `looted the market and shot dead two traders`."""
    types = {one.trigger.sub_event_type for one in (*told, signal)}
    robs = _ROBBING in types and types <= {
        "looting_property_destruction",
        "attack",
        "armed_clash",
        *TAKINGS,
    }
    verbs = all(one.trigger.part == "verb" for one in (*told, signal))
    joined = bool({"and", ","} & set(between)) and len(between) <= 12
    return robs and verbs and joined and not own_doer(sentence, signal, between)


def _goes_with(told: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether destruction only goes with the violence told: `stormed the village, setting homes on fire`."""
    going = signal.mention.text.split()[0].lower().endswith("ing") and ("," in between or "and" in between)
    destroys = signal.trigger.sub_event_type == "looting_property_destruction"
    return destroys and going and all(one.event_type in _VIOLENT for one in told)


def _in_course_of(told: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether troops only move in the attack told next: `crossed the border in what it called raids`."""
    moves = all(one.trigger.sub_event_type == "change_to_group_activity" for one in told)
    noun = signal.trigger.part == "noun" and signal.event_type is EventType.BATTLES
    return moves and noun and bool({"in", "during"} & set(between[-7:])) and not {"and", ";", "while"} & set(between)


def _frees(told: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether those who attack a prison free its inmates: `stormed the jail and freed 400 prisoners`."""
    frees = signal.mention.text.lower().split()[0] in _FREEING and len(between) <= _FREEING_WITHIN
    return frees and "and" in between and all(one.event_type in _VIOLENT for one in told)


_FREEING = word_set("freed freeing released releasing liberated")
_FREEING_WITHIN = 14


def _about_a_crowd(group: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether a second half of a sentence tells what befell a protest: `…; several students were beaten`."""
    types = {one.event_type for one in (*group, signal)}
    return bool(types & _CROWDS) and len(between) <= 12 and "elsewhere" not in between and "meanwhile" not in between


_ROUND_CROWDS = frozenset(name for name, kind in SUB_EVENT_TYPES.items() if kind in _CROWDS) | {
    "attack",
    "armed_clash",
    "arrests",
    "looting_property_destruction",
}
"""What a crowd does, and what is done to it."""


def _harm_joins(sentence: Sentence, group: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether harm joins the event told before it, or an event joins the harm told before it."""
    events = {one.event_type for one in (*group, signal) if one.trigger.role == "event"}
    if signal.trigger.sub_event_type in _APART and "," in between and _is_passive(sentence, signal):
        return False  # `ten men were killed, …, and two traders were abducted`
    if not events <= _VIOLENT | _CROWDS:
        return signal.trigger.role != "event" and "looting_property_destruction" in {
            one.trigger.sub_event_type for one in group
        }
    if kills_in_taken_town(group, signal, between):
        return False
    # Told in another main clause with a place of its own: another happening.
    coordinated = "and" in between[:-1] or ("," in between and "and" in between)
    return not (coordinated and _own_place(sentence, group, signal) and not _is_place_of_cause(sentence, signal))


def _is_place_of_cause(sentence: Sentence, signal: Signal) -> bool:
    """Return whether the place behind harm is where its cause is told: `six died and two were hurt when …`."""
    names = sentence.of_kind(MentionKind.TOPONYM)
    name = next((sentence.at(m.start) for m in names if m.start > signal.mention.start), None)
    if name is None or signal.trigger.role != "harm":
        return False
    return not {"when", "as", "after"}.isdisjoint(sentence.lows[signal.last + 1 : name])


def _is_passive(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a verb has an auxiliary, and so a subject, of its own."""
    return signal.trigger.part == "verb" and sentence.low(signal.first - 1) in ("was", "were", "been")


def _own_place(sentence: Sentence, group: Sequence[Signal], signal: Signal) -> bool:
    names = sentence.of_kind(MentionKind.TOPONYM)
    toponyms = [m for m in names if not is_dateline(sentence, sentence.at(m.start), sentence.at(m.end - 1))]
    border = max(one.last for one in group)
    toponyms = [m for m in toponyms if not _says(sentence, m) and not _is_ward(sentence, m, signal)]
    near = [m for m in toponyms if sentence.low(sentence.at(m.start) - 1) != "from"]  # `peacekeepers from Chad`
    before = {m.text for m in near if sentence.at(m.start) <= border + 8 and m.start < signal.mention.start}
    after = {m.text for m in toponyms if m.start > signal.mention.start}
    return bool(before and after) and before.isdisjoint(after)


def _parted_by_places(sentence: Sentence, group: Sequence[Signal], signal: Signal) -> bool:
    """Return whether one place is named between two deeds, and another right behind the second."""
    positions = sentence.toponym_positions
    one = {sentence.low(at) for at in range(group[-1].last + 1, signal.first) if at in positions}
    two = {sentence.low(at) for at in range(signal.last + 1, signal.last + 10) if at in positions}
    return bool(one and two) and one.isdisjoint(two)


def _is_ward(sentence: Sentence, name: Mention, signal: Signal) -> bool:
    """Return whether a name is of where the hurt lie, and not of where they were hurt: `wounded in the X hospital`."""
    last = sentence.at(name.end - 1)
    return signal.trigger.role == "harm" and not _WARDS.isdisjoint(
        sentence.low(at) for at in (last, last + 1, last + 2)
    )


_WARDS = word_set("hospital hospitals clinic morgue mortuary")


def _says(sentence: Sentence, name: Mention) -> bool:
    """Return whether a name only tells whose voice speaks: `…, Ukraine's emergency service said`."""
    return sentence.is_speaking(name.start)


def tells_cause(sentence: Sentence, earlier: Sequence[Sequence[Signal]], group: Sequence[Signal]) -> bool:
    """Return whether a group tells what did the harm told before it: `two died and homes burned when men attacked`."""
    head = group[0]
    first = earlier[0][0]
    told = [signal for one in earlier for signal in one]
    if _burns_them(sentence, told[-1], head):
        return True
    if head.trigger.role != "event" or head.event_type not in _VIOLENT or head.trigger.part != "verb":
        return False
    if any(s.trigger.role == "event" and s.trigger.sub_event_type != _ROBBING for s in told):
        return False
    between = [sentence.low(index) for index in range(told[-1].last + 1, head.first)]
    if not {"when", "after", "as"} & set(between) or set(between) & (SPLITTERS | {"later", "before"}):
        return False
    if kills_in_taken_town(told, head, between):
        return False
    return first.trigger.role in ("harm", "damage") and len(between) <= _CAUSE_WITHIN


_CAUSE_WITHIN = 14


def _burns_them(sentence: Sentence, one: Signal, other: Signal) -> bool:
    """Return whether people burned with what was set on fire: `four were burned alive when men set a hut ablaze`."""
    between = [sentence.low(index) for index in range(one.last + 1, other.first)]
    burned = one.trigger.sub_event_type == "attack" and sentence.low(one.first) in ("burned", "burnt")
    return (
        burned
        and other.trigger.sub_event_type == _ROBBING
        and len(between) <= _CAUSE_WITHIN
        and bool({"when", "after", "as"} & set(between))
    )


def _is_toll(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a passive verb tells how many fell to what is told before it."""
    passive = {sentence.low(signal.first - 1), sentence.low(signal.first - 2)} & {"were", "been", "was"}
    return signal.trigger.part == "verb" and bool(passive) and sentence.low(signal.first) in _FELLED


_CLAIMED = frozenset({"claiming", "saying", "adding"})
_OUTCOMES = frozenset({"resulting", "causing", "triggering"})
_FELLED = frozenset({"neutralised", "neutralized", "eliminated", "liquidated"})


def _same_deed(sentence: Sentence, told: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether two words for violence tell one deed: near each other, alike, or one of them vague."""
    if len(between) <= 4 and "and" not in between:
        return True
    alike = signal.trigger.sub_event_type in {one.trigger.sub_event_type for one in told}
    alike = alike or {one.trigger.sub_event_type for one in (*told, signal)} <= TAKINGS
    if _OUTCOMES & set(between[-5:]):
        return True  # `…, resulting in a large explosion`
    if signal.event_type is EventType.BATTLES and signal.trigger.part == "noun" and between[-1:] == ["in"]:
        return len(between) <= 20 and "," not in between  # `shot dead in Homs on Saturday in fighting between …`
    if signal.trigger.sub_event_type == "suicide_bomb" and "and" in between and len(between) <= 20:
        return not own_doer(sentence, signal, between)  # `opened fire on the guards and then blew himself up`
    if _is_toll(sentence, signal) and len(between) <= 20:
        return True  # `…, saying that 13 militants had been neutralised`
    if signal.mention.text.lower() in _FELLED and not _CLAIMED.isdisjoint(between) and len(between) <= 20:
        return True  # `bombed positions near …, claiming to have neutralised 13 militants`
    vague = signal.trigger.lemma in _VAGUE or all(one.trigger.lemma in _VAGUE for one in told)
    if alike or vague:
        return len(between) <= 18
    if (
        signal.event_type is EventType.BATTLES
        and signal.trigger.part == "verb"
        and told[-1].trigger.part == "noun"
        and told[-1].event_type is EventType.EXPLOSIONS
        and not {"and", ",", "as", "when"} & set(between)
    ):
        return len(between) <= 14  # `an air strike carried out in … neutralised ten terrorists`
    if (
        {one.event_type for one in (*told, signal)} == {EventType.BATTLES}
        and signal.trigger.part == "noun"
        and {"after", "following"} & set(between[-4:])
    ):
        return True  # `liberated the town in the east of the province after a violent battle with …`
    if _is_coordinated(told[-1], signal, between):
        return True
    battles = {one.event_type for one in (*told, signal)} == {EventType.BATTLES}
    if battles and signal.trigger.part == told[-1].trigger.part == "verb" and "and" in between:
        # `rolled into the city and surrounded the headquarters`: one party's doing
        return len(between) <= 10 and not own_doer(sentence, signal, between)
    return len(between) <= 10 and any(low in _CIRCUMSTANCE for low in between[-3:])


def _is_coordinated(one: Signal, other: Signal, between: Sequence[str]) -> bool:
    """Return whether `and` joins a verb to the subject of the one before, or two nouns: `were shot and blown up`."""
    if one.trigger.part == other.trigger.part == "noun":
        return list(between) == ["and"]  # `the shelling and bombing of …`
    verbs = one.trigger.part == other.trigger.part == "verb"
    types = {one.trigger.sub_event_type, other.trigger.sub_event_type}
    return verbs and between[-1:] == ["and"] and len(between) <= _COORDINATED and not types & (TAKINGS | _APART)


_COORDINATED = 3
_APART = frozenset({"abduction_forced_disappearance", "arrests"})
"""Deeds that stay events of their own beside violence."""
_VAGUE = word_set(
    "ambush attack strike hit target explosion blast explode detonate raid assault shoot storm stormed offensive"
)
"""Words that another word for violence makes precise."""
_CIRCUMSTANCE = frozenset({"during", "when", "in", "by", "with", "after", "following"})
