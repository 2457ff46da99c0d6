"""Deeds that are but a part of another one told beside them, and no happening of their own."""

from __future__ import annotations

import re
from itertools import chain, takewhile

from geo.extraction.happenings.disruptions import is_part_of_disruption
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import word_set
from geo.extraction.lexicon.lexicon import TERRITORY
from geo.extraction.reading import Sentence
from geo.vocabulary import EventType


def is_flight(sentence: Sentence, signal: Signal) -> bool:
    """Return whether flight only goes with the violence told: `bombed a bus and then fled`, `hit families fleeing`."""
    if signal.trigger.lemma != "flee":
        return False
    if "who" in (sentence.low(signal.first - 1), sentence.low(signal.first - 2)):
        return True  # `a resident who had fled`
    if signal.first - 1 in sentence.actor_positions:
        return True  # `…; the attackers fled in a van`
    before = {sentence.low(signal.first - 1), sentence.low(signal.first - 2)}
    return sentence.low(signal.first).endswith("ing") or bool(before & _GOING_ON)


_FLEEING = frozenset({"after", "as", "when", "because"})


def is_flight_from(sentence: Sentence, signal: Signal, deed: Signal) -> bool:
    """Return whether people only flee what another clause tells: `residents fled after artillery hit the market`."""
    if signal.trigger.lemma != "flee" or deed.trigger.part != "verb" or not 0 < deed.first - signal.last <= 14:
        return False
    between = [sentence.low(index) for index in range(signal.last + 1, deed.first)]
    violent = deed.event_type in (EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS)
    return violent and bool(_FLEEING & set(between)) and not {"the", "by", "of"} >= set(between[-1:])


_GOING_ON = frozenset({"then", "and", "they", "before"})


def is_part_of(sentence: Sentence, signal: Signal, other: Signal) -> bool:
    """Return whether a deed is but a part of another: the raid of an arrest, the end of a bomb that was found."""
    if other.first < signal.first and (_is_leaving_after(sentence, signal) or _is_reproached(sentence, signal)):
        return True
    if signal.trigger.part == "noun" and sentence.low(signal.first - 1) in _SUPERLATIVES and other.first < signal.first:
        # `shot down a helicopter in the deadliest strike since …`, but not `ten were killed in the deadliest strike`
        return other.trigger.role == "event"
    if (
        _is_booty(sentence, signal, other)
        or _is_patrol(sentence, signal, other)
        or _is_agreed(sentence, signal, other)
        or _is_end_of_doers(sentence, signal, other)
        or _is_answer(sentence, signal, other)
    ):
        return True
    if sentence.low(signal.first) in ("sending", "sent") and other.trigger.lemma == "flee":
        return 0 < other.first - signal.last <= _SENT_WITHIN  # `sending hundreds of soldiers fleeing`
    if _has_displaced(sentence, signal, other) or _goes_before(sentence, signal, other):
        return True
    if other.trigger.sub_event_type == "arrests":
        return signal.trigger.lemma in _RAIDS and abs(signal.first - other.first) <= _RAID_REACH
    if other.trigger.sub_event_type in _TAKINGS:
        return _is_how_taken(sentence, signal, other)
    if other.trigger.sub_event_type == "looting_property_destruction" and signal.trigger.lemma == "fire":
        return sentence.low(signal.first - 1) == "on" and 0 < signal.first - other.last <= _SET_WITHIN
    return is_part_of_disruption(sentence, signal, other)


_SENT_WITHIN = 8


def _is_booty(sentence: Sentence, signal: Signal, other: Signal) -> bool:
    """Return whether arms are only what a fight brought in: `shot dead two bandits and recovered a pistol`."""
    if signal.trigger.sub_event_type != "disrupted_weapons_use" or other.trigger.part != "verb":
        return False
    fought = other.event_type in (EventType.BATTLES, EventType.VIOLENCE_AGAINST_CIVILIANS)
    between = [sentence.low(index) for index in range(other.last + 1, signal.first)]
    return (
        fought and sentence.low(signal.first) in _TAKEN and 0 < len(between) <= _BOOTY_WITHIN and "and" in between[-3:]
    )


_TAKEN = word_set("recovered seized confiscated recovering seizing found captured")
_BOOTY_WITHIN = 16


def _is_patrol(sentence: Sentence, signal: Signal, other: Signal) -> bool:
    """Return whether forces only keep watch where something else is told: `troops patrolled the town after …`."""
    if signal.trigger.lemma != "patrol" or not 0 < other.first - signal.last <= _PATROL_WITHIN:
        return False
    between = {sentence.low(index) for index in range(signal.last + 1, other.first)}
    return bool(between & {"after", "where", "following", "as", "amid", "when"})


_PATROL_WITHIN = 18


def _is_agreed(sentence: Sentence, signal: Signal, other: Signal) -> bool:
    """Return whether a deed is what an agreement is about: `agreed to lay down their arms`."""
    if other.trigger.sub_event_type != "agreement" or signal.trigger.sub_event_type not in _AGREED:
        return False
    between = [sentence.low(index) for index in range(other.last + 1, signal.first)]
    return 0 < signal.first - other.last <= _AGREED_WITHIN and between[-1:] == ["to"]


_AGREED = frozenset({"change_to_group_activity", "other", "non_violent_transfer_of_territory", "agreement"})
_AGREED_WITHIN = 6


def _is_end_of_doers(sentence: Sentence, signal: Signal, other: Signal) -> bool:
    """Return whether those who did a deed only fell after it: `… before troops shot the attackers`."""
    if signal.first <= other.last or signal.trigger.part != "verb" or signal.event_type not in _GRAVE:
        return False
    before = [sentence.low(index) for index in range(max(other.last + 1, signal.first - 8), signal.first)]
    ahead = [sentence.low(index) for index in range(signal.last + 1, signal.last + 6)]
    own = bool({"the", "all", "both", "him", "them"} & set(ahead[:2])) and not _DOERS.isdisjoint(ahead)
    shot = before[-1:] in (["was"], ["were"], ["being"]) and not _DOERS.isdisjoint(before)
    return "before" in before and (own or shot)


def _is_answer(sentence: Sentence, signal: Signal, other: Signal) -> bool:
    """Return whether forces only end the attack just told: `…; police stormed the building and shot two of them`."""
    if signal.first <= other.last or signal.trigger.part != "verb" or other.event_type not in _ATTACKS:
        return False
    before = [sentence.low(index) for index in range(max(other.last + 1, signal.first - 6), signal.first)]
    ahead = [sentence.low(index) for index in range(signal.last + 1, signal.last + 4)]
    state = not _STATE.isdisjoint(before)
    stormed = sentence.low(signal.first) in ("stormed", "raided", "entered") and ahead[:1] in (["the"], ["it"])
    of_them = ahead[1:3] == ["of", "them"] or ahead[:1] == ["them"]
    return (state and stormed) or (of_them and "and" in before)


_ATTACKS = frozenset({EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.EXPLOSIONS})
_STATE = word_set("police forces commandos troops soldiers officers army gendarmes guards")
_GRAVE = frozenset({EventType.BATTLES, EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.STRATEGIC_DEVELOPMENTS})
_DOERS = word_set("attacker attackers assailant assailants gunman gunmen bomber bombers him them raiders he they")


def _has_displaced(sentence: Sentence, signal: Signal, other: Signal) -> bool:
    """Return whether fighting is only why people were displaced: `fighting has displaced thousands since April`."""
    if signal.trigger.part != "noun" or other.trigger.lemma not in _UPROOTED:
        return False
    between = [sentence.low(index) for index in range(signal.last + 1, other.first)]
    return 0 < len(between) <= 6 and bool({"has", "have", "had"} & set(between)) and not {",", "and"} & set(between)


_UPROOTED = frozenset({"displace", "flee", "uproot", "forced to flee"})


def _goes_before(sentence: Sentence, signal: Signal, other: Signal) -> bool:
    """Return whether words only say how long it took: `captured the town after a two-week siege`."""
    if signal.trigger.part != "noun" or not 0 < signal.first - other.last <= _TAKEN_WITHIN:
        return False
    before = [sentence.low(index) for index in range(max(other.last + 1, signal.first - 7), signal.first)]
    lasting = any(low in _LASTING for low in before)
    return lasting and bool({"after", "following"} & set(before)) and not {";", "but", "while"} & set(before)


_LASTING = word_set("hours days weeks months hour day week month long prolonged lengthy")


def is_recalled(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a deed happened on a day told only to compare: `the deadliest since March, when … killed nine`."""
    for day in sentence.every_day:
        last = sentence.at(day.end - 1)
        if last >= signal.first or not (day.kind == "past" or _is_since(sentence, day.start)):
            continue
        ahead = [sentence.low(index) for index in range(last + 1, min(last + 3, signal.first))]
        if "when" in ahead:
            return True
    return False


def is_broken(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a truce or a curfew is not set but ends: `broke the ceasefire`, `defied a curfew`."""
    if signal.trigger.lemma not in _TRUCES:
        return False
    before, after = sentence.lows[max(0, signal.first - 6) : signal.first], sentence.lows[signal.last + 1 :][:6]
    near = (takewhile(lambda low: low not in _ENDS, words) for words in (reversed(before), after))
    if any(low in _BREAKS or low.startswith(_FAILS) for low in chain(*near)):
        return True
    return _COMES_TO_NOTHING.search(" ".join(sentence.lows[signal.last + 1 :][:_SAID_WITHIN])) is not None


_TRUCES = frozenset({"truce", "ceasefire", "cease fire", "curfew"})
_BREAKS = word_set("broke broken break breaks breaking defied defy defies defying flouted flouting despite")
_SAID_WITHIN = 24
_COMES_TO_NOTHING = re.compile(
    r"^(?:(?:that|which) )?(?:was|were) to have "
    r"|\b(?:(?:did|does|has|had)(?: not|n ?' ?t)|failed to|fails to|never) "
    r"(?:he?ld|hold|t[ao]ken? (?:hold|effect)|took (?:hold|effect)|beg[aiu]n|start(?:ed)?|materiali[sz]ed?)\b"
)
_FAILS = ("violat", "breach", "collaps", "shatter", "unravel", "crumbl", "scrap")
_ENDS = frozenset({",", ";", "."})


def is_reason(sentence: Sentence, signal: Signal, crowd: Signal) -> bool:
    """Return whether a deed is what a crowd speaks of: `marched to demand justice for those killed in June`."""
    crowds = (EventType.PROTESTS, EventType.RIOTS)
    if crowd.event_type not in crowds or signal.event_type in crowds or signal.first <= crowd.last:
        return False
    near = {sentence.low(index) for index in range(signal.first - 3, signal.first)}
    if signal.trigger.part == "verb" and (_FINITE & near or not _WHOM & near):
        return False  # `people protesting against a curfew were shot`
    between = {sentence.low(index) for index in range(crowd.last + 1, signal.first)}
    return not _REASONS.isdisjoint(between) and _TURNS.isdisjoint(between)


_REASONS = word_set(
    "over against demand demanding demanded justice mourn mourning commemorate commemorating commemorated memory "
    "honour honor anniversary denounce denouncing condemn condemning remember remembering"
)
_FINITE = frozenset({"was", "were", "been", "being", "had", "has", "have", "is", "are"})
_WHOM = word_set("those the people persons protesters students civilians women children men soldiers villagers victims")
_TURNS = word_set("and , ; but when as while where which who after before left leaving turned until with police troops")


def _is_since(sentence: Sentence, start: int) -> bool:
    first = sentence.at(start)
    return "since" in (sentence.low(first), sentence.low(first - 1))


def _is_leaving_after(sentence: Sentence, signal: Signal) -> bool:
    """Return whether the doers of a deed only leave after it: `fired on a patrol before they withdrew`."""
    before = {sentence.low(signal.first - 1), sentence.low(signal.first - 2)}
    if (
        sentence.low(signal.first) in _GOING_AWAY
        and before & {"as", "when", "while"}
        and before & {"he", "she", "they"}
    ):
        return True  # `shot a mayor as he left his house`
    return sentence.low(signal.first) in _GOING_AWAY and "before" in before and before <= _BEFORE_THEY


_BEFORE_THEY = frozenset({"before", "they", "then", ","})
_GOING_AWAY = frozenset({"withdrew", "withdrawing", "retreated", "retreating", "left", "leaving", "fled", "fleeing"})


def _is_reproached(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a deed is why another was done to somebody: `beat to death a man accused of stealing a goat`."""
    before = [sentence.low(index) for index in range(max(0, signal.first - 4), signal.first)]
    if signal.trigger.part == "noun" and ("accused", "of") in zip(before, before[1:], strict=False):
        return True  # `whom it accused of planning rocket fire`
    if _is_rumoured(sentence, signal):
        return True
    behind = (sentence.low(signal.first - 2), sentence.low(signal.first - 1))
    return behind[1] == "of" and behind[0] in ("accused", "suspected") and sentence.low(signal.first).endswith("ing")


def _is_rumoured(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a deed is only what its victim was taken to have done: `on rumours that he had taken a child`."""
    before = [sentence.low(index) for index in range(max(0, signal.first - 7), signal.first)]
    told = next((at for at, low in enumerate(before) if low in _RUMOURS), None)
    if told is None:
        return False
    behind = before[told + 1 :]
    return behind[:1] == ["of"] or (behind[:1] == ["that"] and not _PRONOUNS.isdisjoint(behind[1:]))


_RUMOURS = word_set("rumour rumours rumor rumors suspicion suspicions")
_PRONOUNS = frozenset({"he", "she", "they", "him", "them"})


_SET_WITHIN = 8
"""Words between `set` and its `on fire`."""
_TAKINGS = frozenset({TERRITORY, "government_regains_territory", "non_state_actor_overtakes_territory"})


def _is_how_taken(sentence: Sentence, signal: Signal, other: Signal) -> bool:
    """Return whether words only say how ground was taken: `took the town without a fight after troops pulled out`."""
    if 0 < other.first - signal.last <= _TAKEN_WITHIN and sentence.low(signal.first) in _LEAVING:
        return {"as", "when"} & set(sentence.lows[signal.last + 1 : other.first]) != set()  # `left as rebels took it`
    if not 0 < signal.first - other.last <= _TAKEN_WITHIN:
        return False
    if signal.trigger.lemma == "take without a fight":
        return True
    between = {sentence.low(index) for index in range(other.last + 1, signal.first)}
    return sentence.low(signal.first) in _LEAVING and bool(between & _ONCE) and not between & {";", "but", "while"}


_TAKEN_WITHIN = 16
_LEAVING = frozenset({"withdrew", "pulled", "retreated", "left", "abandoned", "fled", "surrendered", "vacated"})
_ONCE = frozenset({"after", "when", "as", "once", "following"})


_SUPERLATIVES = frozenset({"deadliest", "worst", "bloodiest", "biggest", "heaviest", "fiercest"})
_RAIDS = frozenset({"raid", "storm", "enter", "invade", "incursion", "sweep", "crackdown"})
_RAID_REACH = 18
