"""Those who only find the dead, and did nothing to them: `villagers found the bodies of five men`."""

from __future__ import annotations

from geo.extraction.happenings.happenings import Happening
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.objects import agent_of
from geo.extraction.syntax.subjects import subject_of
from geo.model import Mention

_FINDING = word_set(
    "found find finds finding discovered discovers discovering recovered recovers recovering exhumed unearthed pulled "
    "retrieved collected stumbled"
)
_DEAD = word_set("body bodies corpse corpses remains dead grave graves")
_REACH = 12
"""Words beside a verb of finding in which the dead are named."""


def finds_dead(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a trigger tells that somebody dead was found."""
    if sentence.low(signal.first) not in _FINDING:
        return False
    beside = range(max(0, signal.first - _REACH), signal.last + 1 + _REACH)
    return any(sentence.low(at) in _DEAD for at in beside)


def is_finder(happening: Happening, mention: Mention) -> bool:
    """Return whether a mark names who finds the dead."""
    sentence = happening.sentence
    for signal in happening.signals:
        if not finds_dead(sentence, signal):
            continue
        at = sentence.at(mention.end - 1)
        phrases = (subject_of(sentence, signal.first), agent_of(sentence, signal.last))
        if any(
            phrase is not None and phrase.holds(at) and not _holds_dead(sentence, phrase.first, phrase.last)
            for phrase in phrases
        ):
            return True
    return False


def _holds_dead(sentence: Sentence, first: int, last: int) -> bool:
    return any(sentence.low(at) in _DEAD for at in range(first, last))
