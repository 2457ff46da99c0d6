"""Tolls told in a sentence of their own: `Nine people died, a hospital source said.`

Such a sentence names no event. It belongs to the violence or unrest told right before it, unless its own place, days
or count speak against that.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo.extraction.casualties import Casualty
from geo.extraction.counts import TELLING, agrees_with, counted, is_total, least_told
from geo.extraction.moments import Origin, dates_speech
from geo.extraction.reading import Sentence
from geo.extraction.threads import Thread, is_displacement
from geo.extraction.whereabouts import whereabouts
from geo.model import Count, Days, Quoted
from geo.vocabulary import EventType, Factuality

_HARMFUL = frozenset(
    {EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.RIOTS, EventType.PROTESTS}
)
_NEAR = 2
"""Sentences after an event in which its toll is looked for."""
_MOST = 12
"""Tolls that a happening holds: long lists of them stay linear."""
_NO_TOLL = frozenset({"hypothetical", "background", "call", "negated"})


@dataclass(frozen=True, slots=True)
class Toll:
    """The people killed and injured that a sentence without an event counts."""

    sentence: Sentence
    killed: Quoted[Count] | None
    injured: Quoted[Count] | None


def toll_of(sentence: Sentence) -> Toll | None:
    """Return the toll that a sentence tells, None where it tells none."""
    told = [item for item in sentence.casualties if not is_total(sentence, item) and not _is_unreal(sentence, item)]
    killed, injured = (counted(sentence, told, harm, shared=False) for harm in ("killed", "injured"))
    return Toll(sentence, killed, injured) if killed or injured else None


def join_toll(threads: list[Thread], toll: Toll) -> None:
    """Add a toll to the event that was told right before it; to none where that is not clear."""
    index = toll.sentence.index
    near = [thread for thread in threads[-_NEAR * 3 :] if 0 < index - thread.last_index <= _NEAR]
    latest = max((thread.last_index for thread in near), default=0)
    fitting = [thread for thread in near if thread.last_index == latest and _fits(thread, toll)]
    if len({thread.head.happening for thread in fitting}) < len(fitting):
        return  # one deed at several places: it is not told whose toll this is
    thread = max(fitting, key=lambda thread: thread.killed is None and thread.injured is None, default=None)
    if thread is not None:
        thread.tolls.append((index, toll.killed, toll.injured))


def _fits(thread: Thread, toll: Toll) -> bool:
    head = thread.head
    if len(thread.tolls) >= _MOST:
        return False
    if head.happening.head.event_type not in _HARMFUL or head.factuality.value is Factuality.ANNOUNCED:
        return False
    told = not TELLING.isdisjoint(toll.sentence.lows)
    if not agrees_with(thread.killed, toll.killed, apart=told) or not agrees_with(
        thread.injured, toll.injured, apart=told
    ):
        return False
    return _is_same_place(thread, toll.sentence) and _is_same_time(thread, toll.sentence)


def _is_same_place(thread: Thread, sentence: Sentence) -> bool:
    named = [where for where in whereabouts(sentence) if not where.anaphor]
    named = [where for where in named if not sentence.is_speaking(where.phrase.toponym.start)]
    if not named or thread.where is None:
        return not named
    told = {draft.where.toponym.text.lower() for draft in thread.drafts if draft.where is not None}
    return all(where.phrase.toponym.text.lower() in told for where in named)


def _is_same_time(thread: Thread, sentence: Sentence) -> bool:
    when = thread.when
    own = [day for day in sentence.days if day.kind != "anaphor" and not dates_speech(sentence, day)]
    if any(day.kind in ("past", "future", "shift") for day in own):
        return False
    days = [day.days for day in own if day.days is not None]
    if not isinstance(when, Quoted):
        return not days
    return all(_overlap(when.value, one) for one in days)


def _overlap(one: Days, other: Days) -> bool:
    return one.start <= other.end and other.start <= one.end


def _is_unreal(sentence: Sentence, item: Casualty) -> bool:
    """Return whether words before the harm make it feared, denied or history."""
    if item.count.best == 0:
        return False
    clause = sentence.clauses[item.anchor]
    return any(
        cue.value.effect in _NO_TOLL and cue.first < item.anchor and sentence.clauses[cue.first] == clause
        for cue in sentence.cues
    )


def is_of_a_period(thread: Thread) -> bool:
    """Return whether a count sums up what weeks or months brought: `more than 900 have been killed since January`."""
    when, killed = thread.when, thread.killed or thread.injured
    if not isinstance(when, Quoted) or not any(draft.moment.origin is Origin.OWN for draft in thread.drafts):
        return False
    days = (when.value.end - when.value.start).days
    if killed is None or days < _LONG:
        return days >= _LONG and is_displacement(thread.head)
    summed = all(draft.happening.only_harm for draft in thread.drafts)
    general = days >= 2 * _LONG and thread.head.happening.head.trigger.part == "noun"
    return (summed or general) and least_told(killed.value) >= _MANY


_LONG = 20
_MANY = 20
"""Days and people from which a toll without an event is a total."""
