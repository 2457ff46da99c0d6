"""Who held the ground that another takes: `retook Gwoza, a town held by rebels`, `captured a rebel-held village`."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.happenings.happenings import Happening
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import word_set
from geo.extraction.lexicon.lexicon import TERRITORY
from geo.extraction.reading import Sentence
from geo.model import Mention

_TAKEN = frozenset(
    {
        TERRITORY,
        "government_regains_territory",
        "non_state_actor_overtakes_territory",
        "non_violent_transfer_of_territory",
    }
)
_HELD = word_set("held controlled occupied seized captured overrun ruled")
_LEFT = word_set("left abandoned withdrew retreated fled pulled quit evacuated vacated withdrawing retreating fleeing")
_REACH = 16
"""Words between what is taken and the words that tell who held it."""


def holder_of(happening: Happening, actors: Sequence[Mention], doer: Mention | None) -> Mention | None:
    """Return who held or left the ground that a happening tells to have been taken; None where the words do not say."""
    sentence, head = happening.sentence, happening.head
    if head.trigger.sub_event_type not in _TAKEN or doer is None:
        return None
    for mention in actors:
        if mention.start < doer.end and doer.start < mention.end:
            continue
        first, last = sentence.at(mention.start), sentence.at(mention.end - 1)
        if abs(first - head.first) > _REACH:
            continue
        held = sentence.low(last + 1) == "-" and sentence.low(last + 2) in _HELD
        by = _by_before(sentence, first)
        left = bool(_LEFT & {sentence.low(last + 1), sentence.low(last + 2)})
        if (first > head.last and (held or by)) or left:
            return mention
    return None


def is_gained(head: Signal) -> bool:
    """Return whether who is named after a verb is who gains the ground: `fell to the rebels`."""
    return head.trigger.sub_event_type in _TAKEN and head.mention.text.lower().split()[0] in _COMES_TO


_COMES_TO = word_set("fall falls fell falling fallen pass passed come came slip slipped now is")
"""Words after which ground goes to whoever is named next."""


def _by_before(sentence: Sentence, first: int) -> bool:
    """Return whether `held by` leads to an actor, past its article: `held by the rebels`."""
    window = [sentence.low(index) for index in range(first - 4, first)]
    return "by" in window[1:] and any(low in _HELD for low in window[: window.index("by")])
