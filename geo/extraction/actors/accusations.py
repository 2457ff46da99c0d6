"""Who is said to have done it where somebody accuses: the Israel of `accusing Israel of striking an ambulance`."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.happenings.signals import Signal
from geo.extraction.language.clauses import OPENERS
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.model import Mention
from geo.vocabulary import MentionKind

_ACCUSING = word_set("accused accuses accusing accuse blamed blames blaming blame")
_PASSIVE = word_set("was were been being be is are stands stand")
_REACH = 24
"""Words between an accusation and the deed that it is about."""
_LONGEST = 9
"""Words that name the accused at most."""


def accused_of(sentence: Sentence, signals: Sequence[Signal]) -> Mention | None:
    """Return who is accused of what triggers tell; None where nobody is, or where the accused is the subject."""
    for signal in signals:
        for at in range(signal.first - 2, max(-1, signal.first - _REACH), -1):
            if sentence.low(at) not in _ACCUSING:
                continue
            if sentence.low(at + 1) == "by" or _PASSIVE & {sentence.low(at - 1), sentence.low(at - 2)}:
                break
            lead = _lead(sentence, at, signal.first)
            if lead is not None:
                return _named(sentence, at + 1, lead)
    return None


def _lead(sentence: Sentence, accusing: int, deed: int) -> int | None:
    """Return the position of the `of` or `for` that opens what somebody is accused of."""
    for at in range(accusing + 2, min(accusing + 2 + _LONGEST, deed)):
        low, following = sentence.low(at), sentence.low(at + 1)
        deed_follows = following.endswith("ing") or at + 1 == deed or (low == "for" and deed - at < 6)
        if low in ("of", "for") and deed_follows:
            between = {sentence.low(index) for index in range(at + 1, deed)}
            return None if between & (OPENERS - {"who", "which", "that"}) else at
        if low in OPENERS or low == ";":
            return None
    return None


def _named(sentence: Sentence, first: int, last: int) -> Mention | None:
    for mention in sentence.of_kind(MentionKind.ACTOR):
        if first <= sentence.at(mention.start) < last:
            return mention
    while first < last and not sentence.words[first].capital:
        first += 1
    end = first
    while end < last and sentence.words[end].capital:
        end += 1
    if end == first or not sentence.reading.cased:
        return None
    start, stop = sentence.words[first].start, sentence.words[end - 1].end
    return Mention(start, stop, sentence.text[start:stop], MentionKind.ACTOR)
