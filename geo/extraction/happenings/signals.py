"""A trigger as it stands in a sentence, and the type of event that it speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from geo.extraction.lexicon.lexicon import TERRITORY, Trigger
from geo.model import Mention
from geo.vocabulary import SUB_EVENT_TYPES, EventType


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


def type_of(sub_event_type: str) -> EventType:
    """Return the event type of a sub-type or of `territory`."""
    return EventType.BATTLES if sub_event_type == TERRITORY else SUB_EVENT_TYPES[sub_event_type]
