"""What was done before, after or in answer to something else, and so is a deed of its own beside it."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import word_set
from geo.extraction.lexicon.lexicon import TERRITORY
from geo.extraction.reading import Sentence
from geo.vocabulary import EventType, MentionKind

TAKINGS = frozenset({TERRITORY, "government_regains_territory", "non_state_actor_overtakes_territory"})
"""Sub-types of ground that changes hands."""


def opens_with_earlier(sentence: Sentence, first: Signal) -> bool:
    """Return whether a sentence opens with what was days or hours before its news, and a trigger stands there."""
    after = sentence.low(2) == "after" or sentence.low(1) == "after" or sentence.low(3) == "after"
    if not after:
        return False
    at = sentence.lows.index("after")
    opening = "," not in sentence.lows[at : first.first]
    return at < first.first and opening and sentence.low(at - 1) in _SPANS


_SPANS = word_set("day days hours hour week weeks minutes")


def is_timed(between: Sequence[str]) -> bool:
    """Return whether words tell how long after or before another deed something was: `…, hours after`."""
    return any(low in ("after", "before") and between[at - 1] in _SPANS for at, low in enumerate(between) if at)


def had_been(sentence: Sentence, signal: Signal, between: Sequence[str]) -> bool:
    """Return whether others had done a deed of their own before: `houses were burned after a gunman had killed two`."""
    if "after" not in between or between[-1:] != ["had"] or signal.trigger.part != "verb":
        return False
    joint = signal.first - 1 - between[::-1].index("after")
    return any(position in sentence.actor_positions for position in range(joint, signal.first))


def comes_after(sentence: Sentence, group: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether houses were burned by hand once guns had fired: `burned 160 houses after shelling it`."""
    if group[-1].mention.text.lower() not in _BY_HAND or group[-1].trigger.part != "verb" or "after" not in between:
        return False
    if signal.event_type is EventType.EXPLOSIONS and signal.mention.text.lower().endswith("ing"):
        return "after" in between[-3:]
    # `burned 60 houses after a landmine killed five soldiers`
    joint = signal.first - 1 - between[::-1].index("after")
    arms = (sentence.at(m.start) for m in sentence.of_kind(MentionKind.WEAPON))
    return signal.trigger.part == "verb" and any(joint <= at < signal.first for at in arms)


_BY_HAND = word_set("burned burnt torched looted ransacked razed pillaged plundered")


def is_answered(between: Sequence[str]) -> bool:
    """Return whether what follows is what a deed was the answer to, and a deed of its own."""
    pairs = set(zip(between, between[1:], strict=False))
    return any(low in _ANSWERS and {(low, "to"), (low, "for")} & pairs for low in between)


_ANSWERS = word_set("answer response reply retaliation revenge reprisal retribution")


def kills_in_taken_town(group: Sequence[Signal], signal: Signal, between: Sequence[str]) -> bool:
    """Return whether people were harmed only once ground was taken: `killed 40 villagers after they took the town`."""
    taken = signal.trigger.role == "event" and signal.trigger.sub_event_type in TAKINGS
    return taken and not {"after", "once"}.isdisjoint(between) and all(one.trigger.role == "harm" for one in group)
