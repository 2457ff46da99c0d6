"""Deeds that only lead to the next: men come, break in and take people; and deeds of others told beside them."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.vocabulary import EventType

_VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS})


def own_doer(sentence: Sentence, signal: Signal, between: Sequence[str]) -> bool:
    """Return whether an actor stands after the joining word before a deed: `… and rangers detained a journalist`."""
    if "and" not in between:
        return False
    joint = signal.first - 1 - between[::-1].index("and")
    return any(position in sentence.actor_positions for position in range(joint, signal.first))


def leads_to(sentence: Sentence, told: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether a deed is only how the one told next came to be done."""
    return (
        _approaches(told, signal, between)
        or _only_comes(told, signal, between)
        or _breaks_in(sentence, told, signal, between)
    )


def _approaches(told: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether one party's advance ends with ground taken: `advanced in X and seized Y`."""
    takes = signal.event_type is EventType.BATTLES and signal.trigger.part == "verb"
    near = len(between) <= 8 and "and" in between and "," not in between
    return takes and near and all(one.trigger.lemma in _APPROACHES for one in told)


_APPROACHES = frozenset({"advance", "push into", "enter", "storm"})


def _only_comes(told: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether those who do a deed are only told to come: `men, arriving by car, shot …`."""
    if (
        signal.event_type not in _VIOLENT
        and signal.trigger.sub_event_type != "looting_property_destruction"
        or len(told) > 1
    ):
        return False
    word = told[0].mention.text.lower()
    arrives = word == "arriving" and "," in between and not {"and", "as", "when", "after"} & set(between)
    return arrives or (word == "reinforcements" and not between and signal.trigger.part == "verb")


def finds_others(sentence: Sentence, signal: Signal, between: Sequence[str]) -> bool:
    """Return whether others find the dead of a deed apart: `gunmen seized a clerk, and police found two bodies`."""
    return sentence.low(signal.first) in _FINDING and "," in between and own_doer(sentence, signal, between)


def is_charged_apart(between: Sequence[str]) -> bool:
    """Return whether somebody is accused of another deed than the one told: `… and accused Y of an air strike`."""
    charge = next((at for at, low in enumerate(between) if low in _CHARGING), None)
    return charge is not None and between[-1] in ("a", "an") and {"of", "for"} & set(between[charge:]) != set()


_CHARGING = word_set("accused accusing accuses")
_FINDING = word_set("found discovered recovered")


def _breaks_in(sentence: Sentence, told: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether a house is only entered to take people from it: `stormed a clinic and abducted two nurses`."""
    takes = signal.trigger.sub_event_type == "abduction_forced_disappearance" and signal.trigger.part == "verb"
    if not takes or "and" not in between or len(between) > _INSIDE or own_doer(sentence, signal, between):
        return False
    return all(one.mention.text.lower().split()[0] in _ENTRIES for one in told)


_ENTRIES = word_set("arriving stormed broke burst raided entered storming raiding")
_INSIDE = 18
"""Words between the door that is broken and those who are taken, at most."""
