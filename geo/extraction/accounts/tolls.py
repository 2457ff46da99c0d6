"""Tolls told in a sentence of their own: `Nine people died, a hospital source said.`

Such a sentence names no event. It belongs to the violence or unrest told right before it, unless its own place, days
or count speak against that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.extraction.accounts.threads import Thread, is_displacement
from geo.extraction.casualties.casualties import Casualty
from geo.extraction.drafts.counts import TELLING, agrees_with, counted, is_total, least_told
from geo.extraction.drafts.drafts import Draft
from geo.extraction.drafts.moments import Origin, dates_speech
from geo.extraction.drafts.places import is_of_care
from geo.extraction.happenings.signals import type_of
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.whereabouts import whereabouts
from geo.model import Count, Days, Evidence, Quoted
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
        # One deed at several places: it is not told whose toll this is, only how many fell at either at most.
        for one in fitting if len({thread.head.happening for thread in fitting}) == 1 else ():
            one.tolls.append((index, _at_most(toll.killed), _at_most(toll.injured)))
        return
    thread = max(fitting, key=lambda thread: thread.killed is None and thread.injured is None, default=None)
    if thread is not None:
        thread.tolls.append((index, toll.killed, toll.injured))
        thread.named_after = thread.named_after or _day_in_name(toll.sentence)


def _day_in_name(sentence: Sentence) -> Quoted[Days] | None:
    """Return the day that a deed is called by: `15 people died in Wednesday's strike`."""
    for day in sentence.days:
        last = sentence.at(day.end - 1)
        called = (sentence.low(last + 1), sentence.low(last + 2) in _DEEDS) == ("'s", True)
        if called and day.kind == "at" and day.days is not None:
            return Quoted(day.days, (Evidence.of(sentence.text, day.start, day.end),))
    return None


_DEEDS = word_set(
    "strike strikes airstrike airstrikes attack attacks bombing bombings blast blasts explosion explosions raid raids "
    "shelling shooting ambush assault massacre clashes fighting violence bombardment"
)


def _at_most(count: Quoted[Count] | None) -> Quoted[Count] | None:
    """Return a count as the upper bound of one of the places that share it."""
    if count is None:
        return None
    told = count.value
    return Quoted(Count(0, None, told.high or told.best or told.low), count.evidence)


def join_harm(threads: list[Thread], draft: Draft) -> bool:
    """Add harm told without a place or day of its own to what was told right before it, where no merging can.

    It is the toll of one deed at several places, or counts those of the other side, or more: `32 rebels died as well`.
    Return whether it was added.
    """
    if _is_about_one(threads, draft):
        threads[-1].drafts.append(replace(draft, killed=None, injured=None, presupposed=True))
        return True
    own = draft.moment.origin is Origin.OWN or (draft.where is not None and draft.where_origin is Origin.OWN)
    if not own and _ends_attack(threads, draft):
        if draft.killed is not None:
            threads[-1].further.append((draft.sentence.index, draft.killed, None))
        return True
    if own or not draft.happening.only_harm or (draft.killed is None and draft.injured is None):
        return False
    index = draft.sentence.index
    near = [thread for thread in threads[-_NEAR * 3 :] if index - thread.last_index == 1]
    if len(near) > 1 and len({thread.head.happening for thread in near}) == 1:
        before = sum(len(thread.tolls) for thread in near)
        join_toll(threads, Toll(draft.sentence, draft.killed, draft.injured))
        return sum(len(thread.tolls) for thread in near) > before
    if len(near) == 1 and len(near[0].drafts) < _MOST and _is_its_harm(near[0], draft):
        near[0].drafts.append(draft)
        return True
    if len(near) == 1 and len(near[0].drafts) < _MOST and _names_one_of_them(near[0], draft):
        near[0].drafts.append(replace(draft, killed=None, presupposed=True))
        return True
    if len(near) == 1 and len(near[0].further) < _MOST and _counts_further(near[0], draft):
        near[0].further.append((index, draft.killed, draft.injured))
        return True
    return False


def _is_about_one(threads: list[Thread], draft: Draft) -> bool:
    """Return whether a draft goes on about those just counted: `One of the wounded was a student.`"""
    lows = draft.sentence.lows
    about = lows[:3] == ["one", "of", "the"] or (lows[:2] == ["among", "the"] and lows[2:3] in _COUNTED)
    if not threads or not about or not draft.happening.only_harm or draft.sentence.index - threads[-1].last_index != 1:
        return False
    return threads[-1].head.happening.head.event_type in _HARMFUL and len(threads[-1].drafts) < _MOST


def _ends_attack(threads: list[Thread], draft: Draft) -> bool:
    """Return whether a sentence only tells how those fell who made the attack before it: `The attacker was shot.`"""
    lows, first = draft.sentence.lows, draft.happening.head.first
    rammed = bool(threads) and not _RAMMED.isdisjoint(threads[-1].drafts[-1].sentence.lows)
    attackers = _ATTACKERS | {"driver"} if rammed else _ATTACKERS
    if lows[:1] != ["the"] or attackers.isdisjoint(lows[1:6]) or draft.happening.head.trigger.part != "verb":
        return False
    fell = bool({"was", "were"} & set(lows[max(0, first - 3) : first])) and len(draft.happening.signals) == 1
    if not fell or not threads or draft.sentence.index - threads[-1].last_index != 1:
        return False
    return threads[-1].head.happening.head.event_type in _ATTACKS and len(threads[-1].further) < _MOST


_ATTACKERS = word_set("attacker attackers assailant assailants bomber bombers gunman shooter knifeman stabber")
_RAMMED = word_set("rammed ramming ploughed plowed")
_ATTACKS = frozenset({EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.EXPLOSIONS})
_COUNTED = (["dead"], ["killed"], ["victims"], ["wounded"], ["injured"], ["fallen"], ["casualties"])


def _names_one_of_them(thread: Thread, draft: Draft) -> bool:
    """Return whether a draft names one of the dead just counted: `The army said it had killed Jane Roe, …`."""
    doer, killed = draft.roles.actor1, draft.killed
    if killed is None or killed.value.best != 1 or thread.killed is None or least_told(thread.killed.value) < 1:
        return False
    same = doer is not None and thread.actor1 is not None and doer.value == thread.actor1.value
    refers = "one" in draft.sentence.lows[:1]
    return (same or refers) and _is_same_place(thread, draft.sentence) and _is_same_time(thread, draft.sentence)


def _is_its_harm(thread: Thread, draft: Draft) -> bool:
    """Return whether a draft counts the victims of what was just told: `The Red Cross received 29 bodies`."""
    head, doer, victim = thread.head, draft.roles.actor1, draft.roles.actor2
    counted_before = (thread.killed is not None and draft.killed) or (thread.injured is not None and draft.injured)
    if counted_before or head.presupposed or not _is_harmful(head):
        return False
    if head.factuality.value is not Factuality.ASSERTED and head.factuality.value is not Factuality.CLAIMED:
        return False
    sides = [(thread.actor1, doer), (thread.actor2, victim)]
    if any(one is not None and other is not None and one.value.side != other.value.side for one, other in sides):
        return False
    if doer is not None and thread.actor1 is None:
        return False
    return _is_same_place(thread, draft.sentence) and _is_same_time(thread, draft.sentence)


def _counts_further(thread: Thread, draft: Draft) -> bool:
    """Return whether a draft counts others than those just counted: the fallen of the other side."""
    sentence = draft.sentence
    if draft.killed is None or draft.injured is not None or thread.killed is None or not thread.killed.value.low:
        return False
    told = [item.victims for item in sentence.casualties if item.harm == "killed" and not item.part]
    before = [item.victims for item in sentence.reading.sentences[sentence.index - 1].casualties if not item.part]
    sides = [_sides(sentence, words) for words in (told, before)]
    return all(len(side) == 1 and "" not in side for side in sides) and sides[0] != sides[1]


def _sides(sentence: Sentence, victims: Sequence[str]) -> frozenset[str]:
    """Return the sides that words for people are of; empty words where one is not known."""
    lexicon, sides = sentence.reading.lexicon, set()
    for word in victims:
        force, target = lexicon.forces.get(word), lexicon.targets.get(word)
        civilian = target is not None and target.kind == "person" and target.civilian and word not in _ANYBODY
        sides.add(force.side if force is not None else "civilians" if civilian else "")
    return frozenset(sides)


def _is_harmful(head: Draft) -> bool:
    """Return whether people may have come to harm: by its own word or, where a crowd burned and looted, by its type."""
    return head.happening.head.event_type in _HARMFUL or type_of(head.sub_type.value) in _HARMFUL


_ANYBODY = frozenset({"people", "persons", "person", "others", "victims"})


def _fits(thread: Thread, toll: Toll) -> bool:
    head = thread.head
    if len(thread.tolls) >= _MOST:
        return False
    if not _is_harmful(head) or head.factuality.value is Factuality.ANNOUNCED:
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
    named = [where for where in named if not is_of_care(sentence, where.phrase.toponym)]
    if not named or thread.where is None:
        return not named
    told = {draft.where.toponym.text.lower() for draft in thread.drafts if draft.where is not None}
    return all(where.phrase.toponym.text.lower() in told for where in named)


def _is_same_time(thread: Thread, sentence: Sentence) -> bool:
    when = thread.when
    own = [day for day in sentence.days if day.kind != "anaphor" and not dates_speech(sentence, day)]
    if any(day.kind in ("past", "future", "shift") for day in own):
        return False
    if "toll" in sentence.lows:
        return True  # `the toll stood at 97 on Sunday`
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
