"""Triggers of one sentence, joined into the happenings that they tell.

`killed ten` after `an airstrike` tells what came of the airstrike: one happening. `shelled … while jets bombed …` tells
two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.extraction.clauses import SPLITTERS
from geo.extraction.lexicon import TERRITORY, Trigger
from geo.extraction.reading import Sentence
from geo.extraction.words import word_set
from geo.model import Mention
from geo.vocabulary import SUB_EVENT_TYPES, EventType, MentionKind

_VIOLENT = (EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS)
_CROWDS = (EventType.PROTESTS, EventType.RIOTS)
GENERIC = Trigger("", "verb", "attack", "event", "")


@dataclass(frozen=True, slots=True)
class Signal:
    """A trigger as it stands in a sentence."""

    mention: Mention
    trigger: Trigger
    first: int
    """Position of its first word in the sentence."""
    last: int
    """Position of its last word."""

    @property
    def event_type(self) -> EventType:
        """The type that its sub-type belongs to; ground that changes hands counts as battle."""
        return type_of(self.trigger.sub_event_type)


@dataclass(frozen=True, slots=True)
class Happening:
    """What one or more triggers of a sentence tell together."""

    sentence: Sentence
    signals: tuple[Signal, ...]

    @property
    def head(self) -> Signal:
        """The trigger that tells most: an event before its harm and its damage."""
        return min(self.signals, key=lambda signal: (_ROLE_RANK[signal.trigger.role], signal.first))

    @property
    def only_harm(self) -> bool:
        """Whether it tells what came of an event, and not which."""
        return all(signal.trigger.role != "event" for signal in self.signals)


_ROLE_RANK = {"event": 0, "harm": 1, "damage": 2}


def type_of(sub_event_type: str) -> EventType:
    """Return the event type of a sub-type or of `territory`."""
    return EventType.BATTLES if sub_event_type == TERRITORY else SUB_EVENT_TYPES[sub_event_type]


def signals_of(sentence: Sentence) -> tuple[Signal, ...]:
    """Return the triggers of a sentence with what the lexicon knows of them; a recogniser's own label wins."""
    signals = []
    for mention in sentence.of_kind(MentionKind.TRIGGER):
        known = sentence.reading.lexicon.triggers.get(mention.text)
        trigger = known or GENERIC
        label = mention.label
        if label and label != trigger.sub_event_type and (label in SUB_EVENT_TYPES or label == TERRITORY):
            role = trigger.role if known and trigger.role != "event" and label == "attack" else "event"
            trigger = Trigger(mention.text.lower(), trigger.part, label, role, "")
        elif known is None and not label:
            continue
        signals.append(Signal(mention, trigger, sentence.at(mention.start), sentence.at(mention.end - 1)))
    return tuple(signals)


def happenings_of(sentence: Sentence, signals: Sequence[Signal]) -> list[Happening]:
    """Return the happenings that the triggers tell, in the order of their first trigger."""
    groups: list[list[Signal]] = []
    for signal in signals:
        if groups and _joins(sentence, groups[-1], signal):
            groups[-1].append(signal)
        else:
            groups.append([signal])
    return [Happening(sentence, tuple(group)) for group in groups]


def _joins(sentence: Sentence, group: Sequence[Signal], signal: Signal) -> bool:
    last = group[-1]
    between = [sentence.low(index) for index in range(last.last + 1, signal.first)]
    if any(low in SPLITTERS for low in between):
        return False
    types = {one.event_type for one in group} | {signal.event_type}
    if signal.trigger.role != "event" or all(one.trigger.role != "event" for one in group):
        return _harm_joins(sentence, group, signal, between)
    if types <= set(_VIOLENT):
        return _same_deed(group, signal, between)
    if types <= set(_CROWDS) | {EventType.STRATEGIC_DEVELOPMENTS} and types & set(_CROWDS):
        return (
            "arrests" in {signal.trigger.sub_event_type, *(one.trigger.sub_event_type for one in group)}
            or len(types) == 1
            or types <= set(_CROWDS)
        )
    return len({signal.trigger.sub_event_type, *(one.trigger.sub_event_type for one in group)}) == 1


def _harm_joins(sentence: Sentence, group: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether harm joins an event, or an event the harm told before it."""
    types = {one.event_type for one in group} | {signal.event_type}
    if not types <= set(_VIOLENT) | set(_CROWDS) | {EventType.STRATEGIC_DEVELOPMENTS}:
        return False
    if EventType.STRATEGIC_DEVELOPMENTS in types and signal.trigger.role == "event":
        return signal.trigger.sub_event_type in ("looting_property_destruction",)
    if EventType.STRATEGIC_DEVELOPMENTS in {one.event_type for one in group if one.trigger.role == "event"}:
        return signal.trigger.role == "damage"
    # Told in another main clause with a new subject and a place or count of its own: another happening.
    return not ("and" in between and between and between[-1:] != ["and"] and _own_place(sentence, group, signal))


def _own_place(sentence: Sentence, group: Sequence[Signal], signal: Signal) -> bool:
    toponyms = sentence.of_kind(MentionKind.TOPONYM)
    border = max(one.last for one in group)
    before = [m for m in toponyms if sentence.at(m.start) <= border]
    after = [m for m in toponyms if sentence.at(m.start) > border]
    return bool(before and after) and {m.text for m in before}.isdisjoint(m.text for m in after)


def _same_deed(group: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether two words for violence tell one deed: near each other, or of the same type."""
    if len(between) <= 4 and "and" not in between:
        return True
    same_type = signal.event_type in {one.event_type for one in group}
    return same_type and len(between) <= 18 or any(low in _CIRCUMSTANCE for low in between)


_CIRCUMSTANCE = word_set("during when after in by as following amid with")
