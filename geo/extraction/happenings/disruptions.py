"""Weapons that come to nothing: what is shot down, held off or blown up safely is told by more than one trigger."""

from __future__ import annotations

from geo.extraction.happenings.signals import Signal
from geo.extraction.reading import Sentence


def is_part_of_disruption(sentence: Sentence, signal: Signal, other: Signal) -> bool:
    """Return whether a trigger is but a part of weapons stopped, or their being stopped a part of what it tells."""
    disrupted = (signal.trigger.sub_event_type, other.trigger.sub_event_type)
    return "disrupted_weapons_use" in disrupted and (
        _is_launch_of(sentence, signal, other)
        or _is_blown_up_by(sentence, signal, other)
        or _is_only_ready(sentence, signal, other)
    )


def _is_only_ready(sentence: Sentence, signal: Signal, other: Signal) -> bool:
    """Return whether what was destroyed only stood ready: `destroyed three missiles that were prepared to launch`."""
    if other.last >= signal.first or sentence.low(signal.first - 1) not in ("to", "for"):
        return False
    return not _READY.isdisjoint(sentence.lows[max(other.last + 1, signal.first - 6) : signal.first])


_READY = frozenset({"prepared", "ready", "preparing", "readied", "about", "set"})


def _is_blown_up_by(sentence: Sentence, signal: Signal, other: Signal) -> bool:
    """Return whether who finds a bomb also sets it off: `found and blew up a roadside bomb`."""
    if other.trigger.sub_event_type != "disrupted_weapons_use" or signal.trigger.lemma not in _SET_OFF:
        return False
    between = {sentence.low(index) for index in range(other.last + 1, signal.first)}
    return signal.first > other.first and between <= {"and", "then", "later", "safely", "it", "them"}


_SET_OFF = frozenset({"blow up", "detonate", "explode", "destroy", "set off"})


def _is_launch_of(sentence: Sentence, signal: Signal, other: Signal) -> bool:
    """Return whether a word only says whence came what is intercepted: `intercepted two rockets fired from …`."""
    if signal.trigger.sub_event_type == "disrupted_weapons_use" and sentence.low(other.first) in _LAUNCHED:
        # `fired six rockets, all of which were intercepted`: the news is the fire
        return other.last < signal.first and not _OF_THEM.isdisjoint(sentence.lows[other.last + 1 : signal.first][-4:])
    if other.trigger.sub_event_type != "disrupted_weapons_use" or sentence.low(signal.first) not in _LAUNCHED:
        return False
    if signal.last < other.first and sentence.low(signal.first - 1) not in _COMMAS:
        # `missiles fired from the coast were intercepted`
        led = not _WHITHER.isdisjoint((sentence.low(signal.last), sentence.low(signal.last + 1)))
        return led and sentence.low(other.first - 1) in _COMMAS
    between = [sentence.low(index) for index in range(other.last + 1, signal.first)]
    return 0 < len(between) <= 6 and not _GOING_ON & set(between) and between[-1] not in _COMMAS


_WHITHER = frozenset({"from", "at", "towards", "toward", "into"})
_LAUNCHED = frozenset({"fired", "launched"})
_OF_THEM = frozenset({"both", "all", "which"})
_COMMAS = frozenset({",", "was", "were", "had", "have", "has"})
_GOING_ON = frozenset({"then", "and", "they", "before"})
