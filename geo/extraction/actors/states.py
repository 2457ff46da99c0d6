"""States told as doing something by a bare name: `Ethiopia is moving units`, `Moscow fired missiles`, `hit by Kyiv`.

A capital stands for its government where it is the whole subject of an active deed, or the whole agent of one; anywhere
else it is a city.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from geo.extraction.actors.voice import is_told_of_victim
from geo.extraction.happenings.happenings import signals_of
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import PhraseTable, Word, word_set
from geo.extraction.lexicon.lexicon import Country
from geo.extraction.reading import Sentence
from geo.extraction.syntax.naming import OF_FORCES, STATE_FORCES
from geo.extraction.syntax.objects import agent_of, object_of, target_of
from geo.extraction.syntax.phrases import Phrase
from geo.extraction.syntax.subjects import subject_of
from geo.model import Mention
from geo.vocabulary import EventType, MentionKind

_AIMED = frozenset({"at", "on", "against", "into"})


def state_in(sentence: Sentence, phrase: Phrase | None) -> Mention | None:
    """Return a state that a phrase names by its bare name; None for any other phrase."""
    return _called(sentence, phrase, sentence.reading.lexicon.countries) if sentence.reading.cased else None


def state_at(sentence: Sentence, first: int) -> Mention | None:
    """Return the state whose bare name is all that stands at a position: the Chad of `between Chad and the rebels`."""
    words = sentence.words[first : first + _LONGEST_STATE]
    if not words or not words[0].capital or not sentence.reading.cased:
        return None
    found = next(iter(sentence.reading.lexicon.countries.find(sentence.text, words, cased=True)), None)
    if (
        found is None
        or found.first
        or sentence.low(first + found.last) in ("'s", "-")
        or not _ends_name(sentence, first + found.last)
    ):
        return None
    return _mention(sentence, words[: found.last])


def _ends_name(sentence: Sentence, at: int) -> bool:
    return at >= len(sentence.words) or not sentence.words[at].capital


_LONGEST_STATE = 4


def capital_doing(sentence: Sentence, signal: Signal) -> Mention | None:
    """Return the capital that stands for its state as who does what a verb tells; None where there is none."""
    if signal.trigger.part != "verb" or not sentence.reading.cased or signal.event_type in _OF_THE_STREET:
        return None
    capitals = sentence.reading.lexicon.capitals
    if not capitals.may_stand_in(sentence.words):
        return None
    if is_told_of_victim(sentence, signal):
        return _called(sentence, agent_of(sentence, signal.last), capitals)
    aimed = object_of(sentence, signal.last) or target_of(sentence, signal.last, _AIMED)
    return None if aimed is None else _called(sentence, subject_of(sentence, signal.first), capitals)


@lru_cache(maxsize=16)
def capitals_doing(sentence: Sentence) -> tuple[Mention, ...]:
    """Return the capitals of a sentence that stand for their states in something that it tells."""
    if not sentence.reading.cased or not sentence.reading.lexicon.capitals.may_stand_in(sentence.words):
        return ()
    found = (capital_doing(sentence, signal) for signal in signals_of(sentence)[:_ASKED])
    return tuple(capital for capital in found if capital is not None)


_ASKED = 8
"""Triggers of a sentence that are asked for their doers: more stand only in text without sentences."""
_OF_THE_STREET = frozenset({EventType.PROTESTS, EventType.RIOTS})


def _called(sentence: Sentence, phrase: Phrase | None, table: PhraseTable[Country]) -> Mention | None:
    """Return the phrase as a mark where a name of the table is all of it."""
    if phrase is None:
        return None
    words = sentence.words[phrase.first : phrase.last]
    found = next(iter(table.find(sentence.text, words, cased=True)), None)
    return None if found is None or found.first or found.last != len(words) else _mention(sentence, words)


def _mention(sentence: Sentence, words: Sequence[Word]) -> Mention | None:
    start, end = words[0].start, words[-1].end
    return None if sentence.is_speaking(start) else Mention(start, end, sentence.text[start:end], MentionKind.ACTOR)


def weapon_of_state(sentence: Sentence, first: int, end: int) -> Mention | None:
    """Return a weapon that starts at a word as its state's: `U.S. planes`; None where no state stands before it."""
    lexicon, words = sentence.reading.lexicon, sentence.words
    if first < 1 or not sentence.reading.cased:
        return None
    for owner in (first - 1, first - 2):
        start = words[max(0, owner)].start
        name = sentence.text[start : words[first - 1].end]
        known = lexicon.demonyms.get(name) or (lexicon.countries.get(name) if name.isupper() else None)
        if owner >= 0 and known is not None:
            return Mention(start, end, sentence.text[start:end], MentionKind.ACTOR)
    return None


def adjective_of(sentence: Sentence, signal: Signal) -> Mention | None:
    """Return the state whose adjective stands right before a noun of fire: the Israel of `an Israeli strike`."""
    if signal.event_type not in (EventType.EXPLOSIONS, EventType.BATTLES) or signal.first < 1:
        return None
    # Of `a US drone strike` the drone only says how.
    armed = signal.first > 1 and sentence.low(signal.first - 1) in _MEANS and signal.event_type is EventType.EXPLOSIONS
    word = sentence.words[signal.first - 1 - armed]
    name = sentence.text[word.start : word.end]
    if not word.capital or not sentence.reading.cased or not _names_state(sentence, name):
        return None
    return Mention(word.start, word.end, name, MentionKind.ACTOR, label=STATE_FORCES)


def _names_state(sentence: Sentence, name: str) -> bool:
    """Return whether a word is a state's adjective, or the letters that stand for it: the US of `US air strikes`."""
    lexicon = sentence.reading.lexicon
    return lexicon.demonyms.get(name) is not None or (name.isupper() and lexicon.countries.get(name) is not None)


_MEANS = word_set("drone missile rocket artillery mortar air tank helicopter jet uav fpv")


def posts_of_state(sentence: Sentence, phrase: Phrase) -> Mention | None:
    """Return a state's adjective with what is plainly of its forces: `opened fire on Armenian positions`."""
    words = sentence.words[phrase.first : phrase.head]
    demonyms = sentence.reading.lexicon.demonyms.find(sentence.text, words, cased=sentence.reading.cased)
    for found in demonyms:
        if found.last < len(words) and words[found.last].low in OF_FORCES:
            start, end = words[found.first].start, words[found.last].end
            return Mention(start, end, sentence.text[start:end], MentionKind.ACTOR)
    return None
