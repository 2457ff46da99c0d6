"""Triggers of one sentence, joined into the happenings that they tell.

`killed ten` after `an airstrike` tells what came of the airstrike: one happening. `shelled … while jets bombed …` tells
two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from geo.extraction.happenings.distances import is_counted_from
from geo.extraction.happenings.homonyms import (
    breaks_up,
    describes_only,
    enters_a_site,
    is_a_thing,
    is_aim,
    is_another,
    is_habit,
    is_in_a_name,
    is_of_a_force,
    rises,
    takes_goods,
    takes_people,
)
from geo.extraction.happenings.joining import joins, tells_cause
from geo.extraction.happenings.pursuits import is_pursuit, tells_wound
from geo.extraction.happenings.signals import Signal
from geo.extraction.happenings.subordinate import (
    is_broken,
    is_flight,
    is_flight_from,
    is_part_of,
    is_reason,
    is_recalled,
)
from geo.extraction.language.words import word_set
from geo.extraction.lexicon.lexicon import TERRITORY, Trigger
from geo.extraction.reading import Sentence
from geo.vocabulary import SUB_EVENT_TYPES, EventType, MentionKind

_VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS})
_CROWDS = frozenset({EventType.PROTESTS, EventType.RIOTS})
GENERIC = Trigger("", "verb", "attack", "event", "")


@dataclass(frozen=True)
class Happening:
    """What one or more triggers of a sentence tell together."""

    sentence: Sentence
    signals: tuple[Signal, ...]
    rivals: tuple[int, ...] = ()
    """Positions of the triggers of the sentence's other happenings."""
    reasons: tuple[int, ...] = ()
    """Positions of the triggers that tell what a crowd speaks of, or what the news is counted from: no news, but with a
    day and dead of its own."""

    def distance(self, position: int) -> int:
        """Return how many words lie between a position and the nearest trigger."""
        return min(abs(position - signal.first) for signal in self.signals)

    @property
    def is_reason(self) -> bool:
        """Whether it is what a crowd speaks of, or what the news is counted from."""
        return self.signals[0].first in self.reasons

    def owns(self, position: int) -> bool:
        """Return whether a position is no nearer to another happening of the sentence."""
        return all(self.distance(position) <= abs(position - rival) for rival in self.rivals)

    @cached_property
    def head(self) -> Signal:
        """The trigger that tells most: an event before its harm and its damage."""
        return min(self.signals, key=lambda signal: (_ROLE_RANK[signal.trigger.role], signal.first))

    @cached_property
    def only_harm(self) -> bool:
        """Whether it tells what came of an event, and not which."""
        return all(signal.trigger.role != "event" for signal in self.signals)


_ROLE_RANK = {"event": 0, "harm": 1, "damage": 2}


def signals_of(sentence: Sentence) -> tuple[Signal, ...]:
    """Return the triggers of a sentence with what the lexicon knows of them; a recogniser's own label wins."""
    signals = []
    for mention in sentence.of_kind(MentionKind.TRIGGER):
        known = sentence.reading.lexicon.triggers.get(mention.text)
        if known is not None and known.role == "none":
            continue
        if any(m.start < mention.end and mention.start < m.end for m in sentence.of_kind(MentionKind.TOPONYM)):
            continue  # the town of Hit
        if mention.text.lower() == "shot" and sentence.low(sentence.at(mention.start) - 1) in _ARTICLES:
            continue  # `in one shot`
        if any(tells(sentence, mention) for tells in _LOOKS):
            continue
        if any(day.start <= mention.start < day.end for day in sentence.every_day):
            continue  # `17 march` is no march
        if any(m.start < mention.start and mention.end < m.end for m in sentence.of_kind(MentionKind.ACTOR)):
            continue  # a front for the liberation of …
        trigger = known or GENERIC
        label = mention.label
        if tells_wound(sentence, mention):
            trigger = Trigger(mention.text.lower(), "verb", "attack", "harm", "")
        elif label and label != trigger.sub_event_type and (label in SUB_EVENT_TYPES or label == TERRITORY):
            role = trigger.role if known and trigger.role == "harm" and label == "attack" else "event"
            trigger = Trigger(mention.text.lower(), trigger.part, label, role, "")
        elif known is None and not label:
            continue
        signal = Signal(mention, trigger, sentence.at(mention.start), sentence.at(mention.end - 1))
        if trigger.need == "ground" and not _takes_ground(sentence, signal):
            continue
        if not any(lacks(sentence, signal) for lacks in _LACKS):
            signals.append(signal)
    violent = any(_is_grave(one) and one.trigger.role != "damage" for one in signals)
    return tuple(
        one
        for one in signals
        if not (violent and is_flight(sentence, one))
        and not any(is_part_of(sentence, one, two) or is_flight_from(sentence, one, two) for two in signals)
    )


_LOOKS = (is_in_a_name, is_a_thing, is_another, breaks_up, rises, describes_only, is_of_a_force)
"""What makes a word look like a trigger."""
_LACKS = (is_broken, enters_a_site, is_aim, is_habit, takes_people, takes_goods, is_recalled, is_pursuit)
"""What makes a word that looks like a trigger tell nothing of its own."""


def _is_grave(signal: Signal) -> bool:
    """Return whether a signal tells violence against people or goods, from which its doer may flee."""
    return signal.event_type in _VIOLENT or signal.trigger.sub_event_type == "looting_property_destruction"


_ARTICLES = frozenset({"a", "one", "the", "this", "that", "each", "every"})


def _takes_ground(sentence: Sentence, signal: Signal) -> bool:
    """Return whether the object of a verb is ground: `took the town`, not `took a bus`."""
    ahead = _object_words(sentence, signal.last + 1)
    if sentence.low(signal.last + 1) == "control":
        return False
    if sentence.low(signal.last + 1) == "it":  # the ground named before: `stormed the base and took it`
        behind = {sentence.low(index) for index in range(max(0, signal.first - 8), signal.first)}
        return "and" in behind and bool(behind & _GROUND)
    if sentence.low(signal.first - 1) in ("was", "were", "been") and sentence.low(signal.last + 1) in _PREPOSITIONS:
        # What is taken stands before: ground, and no suspect who `was captured in the city`.
        ahead = range(max(0, signal.first - 14), signal.first)
    if any(sentence.low(index) in _GROUND for index in ahead):
        return True
    return any(sentence.at(m.start) in ahead for m in sentence.of_kind(MentionKind.TOPONYM))


def _object_words(sentence: Sentence, first: int) -> range:
    """Return the positions of the words that may name what a verb takes, up to a word that leads elsewhere."""
    last = next((at for at in range(first, first + _OBJECT) if sentence.low(at) in _LEADS_ON), first + _OBJECT)
    return range(first, last)


_OBJECT = 7
_LEADS_ON = word_set("to into with hostage prisoner captive for near in at on heavily badly , . ;")
_PREPOSITIONS = frozenset({"in", "at", "near", "by", "on", "from", "after", "during"})
_GROUND = word_set(
    "town village city district districts neighbourhood neighborhood neighbourhoods neighborhoods hill base airport "
    "villages towns area areas ground territory positions quarter suburb road bridge field crossing post posts outpost "
    "outposts camp camps barracks garrison headquarters checkpoint checkpoints port airfield airstrip hills mountain "
    "ridge heights valley province dam refinery bases"
)


def happenings_of(sentence: Sentence, signals: Sequence[Signal]) -> list[Happening]:
    """Return the happenings that the triggers tell, in the order of their first trigger."""
    groups: list[list[Signal]] = []
    reasons = [
        one
        for one in signals
        if is_counted_from(sentence, one.mention.start) or any(is_reason(sentence, one, two) for two in signals)
    ]
    for signal in signals:
        # Harm told last (`…, killing five`) may reach past one word in between to the event that did it.
        near = groups[-1:] if signal.trigger.role == "event" else groups[:-3:-1]
        apart = signal in reasons
        group = next(
            (group for group in near if (group[0] in reasons) == apart and joins(sentence, group, signal)), None
        )
        if group is None:
            groups.append([signal])
        else:
            group.append(signal)
    while len(groups) > 1 and groups[-1][0] not in reasons and tells_cause(sentence, groups[:-1], groups[-1]):
        groups = [[signal for group in groups for signal in group]]
    return [
        Happening(
            sentence,
            tuple(group),
            tuple(s.first for other in groups if other is not group for s in other),
            reasons=tuple(reason.first for reason in reasons),
        )
        for group in groups
    ]
