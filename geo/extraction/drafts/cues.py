"""Which words of data/lexicon/cues.csv bear on a trigger: those near enough, in its clause or in its sentence."""

from __future__ import annotations

from geo.extraction.happenings.distances import is_counted_from
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.clauses import SPEECH
from geo.extraction.language.words import Found, word_set
from geo.extraction.lexicon.lexicon import Cue
from geo.extraction.reading import Sentence
from geo.vocabulary import SUB_EVENT_TYPES, EventType

_REACH = {"hypothetical": 5, "negated": 4, "call": 9, "ended": 4, "announced": 6, "denied": 8, "comment": 9}
_DEFAULT_REACH = 8
_NEAR = 6
_TRIED = frozenset({"tried", "attempted"})
_ATTEMPTED = frozenset({"attack", "sexual_violence", "abduction_forced_disappearance", "armed_clash"}) | frozenset(
    name for name, kind in SUB_EVENT_TYPES.items() if kind in (EventType.PROTESTS, EventType.RIOTS)
)
_MOURNING = word_set("lit light lighting vigil vigils")


def applies(sentence: Sentence, signal: Signal, cue: Found[Cue]) -> bool:
    """Return whether a cue changes how the report stands to what a trigger tells, by the reach of its row."""
    if sentence.low(cue.first) == "banned" and sentence.low(cue.first - 1) in ("the", "a"):
        return False  # `rebels of the banned party`
    if sentence.low(cue.first) in _ANNIVERSARIES and _is_on_anniversary(sentence, signal, cue):
        return False
    if cue.value.reach == "sentence":
        # `the deadliest strike since the war began` tells of the strike, `on Monday, a year after …` of Monday.
        mourns = sentence.low(signal.first) in _MOURNING  # `two years after the massacre, families lit candles`
        counted = not mourns and is_counted_from(sentence, sentence.words[cue.first].start)
        return not (cue.value.effect == "background" and (sentence.compares or counted))
    if sentence.low(cue.first) in _TRIED and signal.trigger.sub_event_type in _ATTEMPTED:
        return False  # what was tried in vain is an event of its kind
    if _only_describes_victim(sentence, signal, cue) or _is_of_relative(sentence, signal, cue):
        return False
    clause = sentence.clauses[signal.first]
    if cue.value.reach == "clause":
        return sentence.clauses[cue.first] == clause and cue.first < signal.first
    gap = signal.first - cue.last
    if cue.value.reach == "near":
        return -_NEAR - 2 <= gap <= _NEAR and abs(sentence.clauses[cue.first] - clause) <= 1
    reach = _REACH.get(cue.value.effect, _DEFAULT_REACH)
    if cue.value.effect == "denied" and sentence.low(cue.last) == "that" and 0 <= gap <= reach:
        return clause - sentence.clauses[cue.first] <= 1  # `denied that it had shelled …`
    if not 0 <= gap <= reach or sentence.clauses[cue.first] != clause:
        return False
    return cue.value.effect not in ("hypothetical", "negated") or not crosses_verb(sentence, cue.last, signal.first)


def _only_describes_victim(sentence: Sentence, signal: Signal, cue: Found[Cue]) -> bool:
    """Return whether words say of what somebody was suspected to whom a deed was done: `a man suspected of … was …`."""
    if (
        sentence.low(cue.first) not in _REPROACHED
        or sentence.low(cue.first - 1) in _WAS
        or signal.trigger.part != "verb"
    ):
        return False
    return any(sentence.low(at) in _WAS for at in range(max(cue.last, signal.first - 3), signal.first))


def _is_on_anniversary(sentence: Sentence, signal: Signal, cue: Found[Cue]) -> bool:
    """Return whether a deed is told before what its day recalls: `detained him on Sunday, the anniversary of …`."""
    clause = {sentence.low(at) for at in range(signal.first - 3, signal.first)} & {"who", "which", "that"}
    return signal.trigger.part == "verb" and signal.last < cue.first and not clause


_ANNIVERSARIES = frozenset({"anniversary", "anniversaries"})


def _is_of_relative(sentence: Sentence, signal: Signal, cue: Found[Cue]) -> bool:
    """Return whether words only tell what a victim did before: the `stop` of `a man who tried to stop it was shot`."""
    if signal.trigger.part != "verb" or cue.last >= signal.first:
        return False
    was = next((at for at in range(max(cue.last, signal.first - 3), signal.first) if sentence.low(at) in _WAS), 0)
    if was - cue.last < _OBJECT or _OTHERWISE & set(sentence.lows[cue.last : signal.first]):
        return False
    clause = sentence.clauses[cue.first]
    opened = next((at for at in range(cue.first, -1, -1) if sentence.low(at) == "who"), None)
    return opened is not None and 0 < opened < cue.first and sentence.clauses[opened] == clause


_OBJECT = 1
"""Words at least that the verb of the clause has for its object."""
_OTHERWISE = frozenset({"that", "if", "and", "or", "being", "been"})


_REPROACHED = frozenset({"suspected", "accused", "charged", "convicted", "wanted"})
_WAS = frozenset({"was", "were", "been"})


def crosses_verb(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether a comma or a word of speech parts a cue from its trigger."""
    between = [sentence.low(index) for index in range(first, last)]
    return any(low in SPEECH or low in (",", '"', "that") for low in between)
