"""Triggers of one sentence, joined into the happenings that they tell.

`killed ten` after `an airstrike` tells what came of the airstrike: one happening. `shelled … while jets bombed …` tells
two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.extraction.clauses import SPLITTERS
from geo.extraction.homonyms import describes_only, enters_a_site, is_aim, is_in_a_name
from geo.extraction.lexicon import TERRITORY, Trigger
from geo.extraction.linking import is_dateline
from geo.extraction.reading import Sentence
from geo.extraction.subordinate import is_flight, is_part_of
from geo.extraction.words import word_set
from geo.model import Mention
from geo.vocabulary import SUB_EVENT_TYPES, EventType, MentionKind

_VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS})
_CROWDS = frozenset({EventType.PROTESTS, EventType.RIOTS})
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
    rivals: tuple[int, ...] = ()
    """Positions of the triggers of the sentence's other happenings."""

    def distance(self, position: int) -> int:
        """Return how many words lie between a position and the nearest trigger."""
        return min(abs(position - signal.first) for signal in self.signals)

    def owns(self, position: int) -> bool:
        """Return whether a position is no nearer to another happening of the sentence."""
        return all(self.distance(position) <= abs(position - rival) for rival in self.rivals)

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
        if known is not None and known.role == "none":
            continue
        if any(m.start < mention.end and mention.start < m.end for m in sentence.of_kind(MentionKind.TOPONYM)):
            continue  # the town of Hit
        if mention.text.lower() == "shot" and sentence.low(sentence.at(mention.start) - 1) in _ARTICLES:
            continue  # `in one shot`
        if is_in_a_name(sentence, mention) or describes_only(sentence, mention):
            continue
        if any(day.start <= mention.start < day.end for day in sentence.every_day):
            continue  # `17 march` is no march
        if any(m.start < mention.start and mention.end < m.end for m in sentence.of_kind(MentionKind.ACTOR)):
            continue  # a front for the liberation of …
        trigger = known or GENERIC
        label = mention.label
        if label and label != trigger.sub_event_type and (label in SUB_EVENT_TYPES or label == TERRITORY):
            role = trigger.role if known and trigger.role == "harm" and label == "attack" else "event"
            trigger = Trigger(mention.text.lower(), trigger.part, label, role, "")
        elif known is None and not label:
            continue
        signal = Signal(mention, trigger, sentence.at(mention.start), sentence.at(mention.end - 1))
        if trigger.need == "ground" and not _takes_ground(sentence, signal):
            continue
        if not enters_a_site(sentence, signal) and not is_aim(sentence, signal):
            signals.append(signal)
    violent = any(_is_grave(one) and one.trigger.role != "damage" for one in signals)
    return tuple(
        one
        for one in signals
        if not (violent and is_flight(sentence, one)) and not any(is_part_of(sentence, one, two) for two in signals)
    )


def _is_grave(signal: Signal) -> bool:
    """Return whether a signal tells violence against people or goods, from which its doer may flee."""
    return signal.event_type in _VIOLENT or signal.trigger.sub_event_type == "looting_property_destruction"


_ARTICLES = frozenset({"a", "one", "the", "this", "that", "each", "every"})


def _takes_ground(sentence: Sentence, signal: Signal) -> bool:
    """Return whether the object of a verb is ground: `took the town`, not `took a bus`."""
    ahead = range(signal.last + 1, signal.last + 5)
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


_PREPOSITIONS = frozenset({"in", "at", "near", "by", "on", "from", "after", "during"})
_GROUND = word_set(
    "town village city district districts neighbourhood neighborhood neighbourhoods neighborhoods hill base airport "
    "villages towns area areas ground territory positions quarter suburb road bridge field crossing"
)


def happenings_of(sentence: Sentence, signals: Sequence[Signal]) -> list[Happening]:
    """Return the happenings that the triggers tell, in the order of their first trigger."""
    groups: list[list[Signal]] = []
    for signal in signals:
        # Harm told last (`…, killing five`) may reach past one word in between to the event that did it.
        near = groups[-1:] if signal.trigger.role == "event" else groups[:-3:-1]
        group = next((group for group in near if _joins(sentence, group, signal)), None)
        if group is None:
            groups.append([signal])
        else:
            group.append(signal)
    return [
        Happening(sentence, tuple(group), tuple(s.first for other in groups if other is not group for s in other))
        for group in groups
    ]


def _joins(sentence: Sentence, group: Sequence[Signal], signal: Signal) -> bool:
    between = [sentence.low(index) for index in range(group[-1].last + 1, signal.first)]
    split = {low for low in between if low in SPLITTERS}
    toll = split == {";"} and signal.trigger.role == "harm" and not _own_place(sentence, group, signal)
    if split and not toll and not _about_a_crowd(group, signal, between):
        return False  # `…; eight bandits died` is the toll of what stands before it
    told = [one for one in group if one.trigger.role == "event"]
    if signal.trigger.role != "event" or not told:
        return _harm_joins(sentence, group, signal, between)
    types = {one.event_type for one in told} | {signal.event_type}
    if _approaches(told, signal, between):
        return True
    if types <= _VIOLENT:
        apart = "and" in between and _own_place(sentence, group, signal)
        return not apart and _same_deed(told, signal, between)
    if types & _CROWDS:
        # `Police dispersed the protest and arrested ten`: what befell the crowd belongs to its protest.
        return {one.trigger.sub_event_type for one in (*told, signal)} <= _ROUND_CROWDS
    if _goes_with(told, signal, between):
        return not _own_place(sentence, group, signal)
    alike = len({one.trigger.sub_event_type for one in (*told, signal)}) == 1
    return alike and not (_own_doer(sentence, signal, between) and _own_place(sentence, group, signal))


def _own_doer(sentence: Sentence, signal: Signal, between: Sequence[str]) -> bool:
    """Return whether an actor stands after the joining word before a deed: `… and rangers detained a journalist`."""
    if "and" not in between:
        return False
    joint = signal.first - 1 - between[::-1].index("and")
    return any(joint <= position < signal.first for position in sentence.actor_positions)


def _goes_with(told: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether destruction only goes with the violence told: `stormed the village, setting homes on fire`."""
    going = signal.mention.text.split()[0].lower().endswith("ing") and ("," in between or "and" in between)
    destroys = signal.trigger.sub_event_type == "looting_property_destruction"
    return destroys and going and all(one.event_type in _VIOLENT for one in told)


def _approaches(told: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether one party's advance ends with ground taken: `advanced in X and seized Y`."""
    takes = signal.event_type is EventType.BATTLES and signal.trigger.part == "verb"
    near = len(between) <= 8 and "and" in between and "," not in between
    return takes and near and all(one.trigger.lemma in _APPROACHES for one in told)


_APPROACHES = frozenset({"advance", "push into", "enter", "storm"})


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
    if not events <= _VIOLENT | _CROWDS:
        return signal.trigger.role != "event" and "looting_property_destruction" in {
            one.trigger.sub_event_type for one in group
        }
    # Told in another main clause with a place of its own: another happening.
    coordinated = "and" in between[:-1] or ("," in between and "and" in between)
    return not (coordinated and _own_place(sentence, group, signal))


def _own_place(sentence: Sentence, group: Sequence[Signal], signal: Signal) -> bool:
    names = sentence.of_kind(MentionKind.TOPONYM)
    toponyms = [m for m in names if not is_dateline(sentence, sentence.at(m.start), sentence.at(m.end - 1))]
    border = max(one.last for one in group)
    before = {m.text for m in toponyms if sentence.at(m.start) <= border + 8 and m.start < signal.mention.start}
    after = {m.text for m in toponyms if m.start > signal.mention.start}
    return bool(before and after) and before.isdisjoint(after)


def _same_deed(told: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether two words for violence tell one deed: near each other, alike, or one of them vague."""
    if len(between) <= 4 and "and" not in between:
        return True
    alike = signal.trigger.sub_event_type in {one.trigger.sub_event_type for one in told}
    alike = alike or {one.trigger.sub_event_type for one in (*told, signal)} <= _TAKINGS
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
    return len(between) <= 10 and any(low in _CIRCUMSTANCE for low in between[-3:])


_TAKINGS = frozenset({TERRITORY, "government_regains_territory", "non_state_actor_overtakes_territory"})
_VAGUE = word_set("attack strike hit target explosion blast explode detonate raid assault shoot storm offensive")
"""Words that another word for violence makes precise."""
_CIRCUMSTANCE = frozenset({"during", "when", "in", "by", "with", "after", "following"})
