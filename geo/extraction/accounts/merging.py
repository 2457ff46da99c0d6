"""Drafts of one document that tell the same happening, put into one thread.

Two drafts are one happening where nothing speaks against it (type, place, days, counts, sites, sides) and enough
speaks for it: the same site, the same place or day told again, a noun that refers back, the next sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace

from geo.extraction.accounts.aftermath import (
    UNREST,
    add_loss,
    fire_on_crowd,
    is_damage_by_them,
    is_end_of_fire,
    is_loss_of_other_side,
    violence_before,
)
from geo.extraction.accounts.threads import Thread, directions, is_displacement
from geo.extraction.actors.actors import Roles
from geo.extraction.drafts.counts import TELLING, TOLLS_APART, agrees_with, least_told
from geo.extraction.drafts.drafts import Draft
from geo.extraction.drafts.moments import Moment, Origin
from geo.extraction.happenings.signals import type_of
from geo.extraction.language.words import word_set
from geo.model import Actor, Quoted, Unresolved
from geo.vocabulary import EventType

ENOUGH = 2.0
"""What must speak for two drafts being one happening."""
_RECENT = 24
"""Threads that a draft is held against, and `_FULL` the drafts that one may hold: long documents stay linear."""
_FULL = 24
_FAR = 12
"""Sentences after which only the same place and day join."""
_VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS})
_LOOSE_EXPLOSIONS = frozenset(
    {"air_drone_strike", "shelling_artillery_missile_attack", "remote_explosive_landmine_ied"}
)
_BATTLES = frozenset({"armed_clash", "government_regains_territory", "non_state_actor_overtakes_territory"})
"""Told of either side: who attacks in one sentence is attacked in the next."""
_DAMAGE = frozenset({"looting_property_destruction"})
_LOOSE_WORDS = word_set("bombing bomb bombardment bombard strike attack hit target explosion blast pound barrage raid")
"""Words that do not tell which kind of explosion it was."""


def join_threads(threads: list[Thread], draft: Draft) -> None:
    """Add a draft to the thread that tells the same happening, or start a new one."""
    cause = _cause_of(threads, draft)
    if cause is not None:
        nowhere = Moment(Unresolved("a flight from what was told"), Origin.NONE)
        flight = replace(draft, where=None, where_origin=Origin.NONE, moment=nowhere, presupposed=True)
        cause.drafts.append(replace(flight, roles=Roles(None, None), civilian=None))
        return
    if violence_before(threads, draft) or is_end_of_fire(threads, draft):
        return  # what forces do after it is no event beside it
    if is_damage_by_them(threads, draft):
        threads[-1].drafts.append(replace(draft, presupposed=True))
        return
    if is_loss_of_other_side(threads, draft):
        add_loss(threads[-1], draft)
        return
    if (shots := fire_on_crowd(threads, draft)) is not None:
        threads[-1].drafts.append(shots)
        return
    recent = range(max(0, len(threads) - _RECENT), len(threads))
    best = max(
        ((_affinity(threads[index], draft), index) for index in recent if _compatible(threads[index], draft)),
        default=(0.0, -1),
    )
    if best[0] >= ENOUGH:
        threads[best[1]].drafts.append(draft)
    else:
        threads.append(Thread([draft]))


def _cause_of(threads: list[Thread], draft: Draft) -> Thread | None:
    """Return the violence just told from which people flee: their flight is what came of it, and no event beside it."""
    if not is_displacement(draft) or draft.killed is not None or not threads:
        return None
    last = threads[-1]
    gap = draft.sentence.index - last.drafts[-1].sentence.index
    is_cause = type_of(last.sub_type.value) in _VIOLENT and not last.head.presupposed
    return last if is_cause and gap <= 1 and len(last.drafts) < _FULL and _days_agree(last, draft) else None


def _compatible(thread: Thread, draft: Draft) -> bool:
    if len(thread.drafts) >= _FULL or (
        thread.drafts[-1].sentence is draft.sentence and not _is_its_harm(thread, draft)
    ):
        return False
    return (
        _types_agree(thread, draft)
        and (_places_agree(thread, draft) or (_is_same_crowd(thread, draft) and not _opens_elsewhere(draft)))
        and _days_agree(thread, draft)
        and (agrees_with(thread.killed, draft.killed) or _is_another_toll(thread, draft))
        and agrees_with(thread.injured, draft.injured, apart=not TELLING.isdisjoint(draft.sentence.lows))
        and not (thread.facilities and draft.facilities and thread.facilities.isdisjoint(draft.facilities))
        and (
            {thread.sub_type.value, draft.sub_type.value} <= _BATTLES or _sides_agree(thread.actor1, draft.roles.actor1)
        )
    )


def _is_its_harm(thread: Thread, draft: Draft) -> bool:
    """Return whether a draft tells the harm of what its own sentence told: `a rocket hit …; one woman was killed`."""
    last = thread.drafts[-1]
    if not draft.happening.only_harm or last.happening.only_harm or draft.roles.actor1 is not None:
        return False
    if last.sub_type.value in _DAMAGE and type_of(draft.sub_type.value) is EventType.EXPLOSIONS:
        return False  # `burned 60 houses after a landmine killed five soldiers`
    shared = any(d.happening is last.happening for d in thread.drafts[:-1])
    return not shared and thread.killed is None and (thread.where is None or draft.where in (None, last.where))


def _opens_elsewhere(draft: Draft) -> bool:
    """Return whether a sentence opens with another place: `In Beira, police fired at a crowd.`"""
    where, sentence = draft.where, draft.sentence
    return where is not None and sentence.low(0) == "in" and sentence.at(where.toponym.start) == 1


def _is_same_crowd(thread: Thread, draft: Draft) -> bool:
    """Return whether a draft goes on about the protesters just told: `police fired tear gas at the crowd`."""
    if not {type_of(thread.sub_type.value), type_of(draft.sub_type.value)} <= UNREST | _VIOLENT:
        return False
    gap = draft.sentence.index - thread.drafts[-1].sentence.index
    broken_up = draft.sub_type.value == "protest_with_intervention" and draft.moment.origin is not Origin.OWN
    protests = any(signal.trigger.sub_event_type == "peaceful_protest" for signal in draft.happening.signals)
    if gap == 1 and broken_up and not protests and type_of(thread.sub_type.value) in UNREST:
        return True  # tear gas in the next sentence is for those who were just told to march
    return 0 < gap <= 2 and type_of(thread.sub_type.value) in UNREST and _names_crowd(draft)


def _names_crowd(draft: Draft) -> bool:
    lows = draft.sentence.lows
    victims = (draft.killed is not None or draft.injured is not None) and not _CROWD.isdisjoint(lows)
    return victims or any(low in _CROWD and lows[at - 1] == "the" for at, low in enumerate(lows) if at)


_CROWD = word_set(
    "crowd crowds protesters protestors demonstrators protester demonstrator marcher marchers rally demonstration "
    "protest march"
)


def _types_agree(thread: Thread, draft: Draft) -> bool:
    one, other = thread.sub_type.value, draft.sub_type.value
    if one == other:
        return True
    types = {type_of(one), type_of(other)}
    if types == {EventType.BATTLES}:
        return True
    if types & UNREST and types <= UNREST | {EventType.VIOLENCE_AGAINST_CIVILIANS}:
        is_crowd = type_of(one) in UNREST and _is_same_crowd(thread, draft)
        return is_crowd and (draft.killed is not None or draft.injured is not None or type_of(other) is type_of(one))
    if other in _OF_THEIR_OWN and not draft.happening.only_harm:
        return False  # `Forty people were killed. Two nurses were abducted.`
    harm_only = draft.happening.only_harm or all(d.happening.only_harm for d in thread.drafts)
    if harm_only and (types <= _VIOLENT or (one in _DAMAGE or other in _DAMAGE)):
        return "chemical_weapon" not in (one, other) or draft.sentence.index - thread.drafts[-1].sentence.index <= 2
    if {one, other} <= _LOOSE_EXPLOSIONS:
        heads = {thread.head.happening.head.trigger.lemma, draft.happening.head.trigger.lemma}
        return bool(heads & _LOOSE_WORDS)
    return types <= _VIOLENT and "attack" in (one, other) and draft.happening.head.trigger.part == "noun"


_OF_THEIR_OWN = frozenset({"abduction_forced_disappearance", "sexual_violence"})
"""Deeds that are not how people came to be killed."""


def _places_agree(thread: Thread, draft: Draft) -> bool:
    one, other = thread.where, draft.where
    if one is None or other is None:
        return True
    if one.toponym.text.lower() != other.toponym.text.lower():
        return draft.where_origin is not Origin.OWN and draft.moment.origin is not Origin.OWN
    here, there = directions(one), directions(other)
    return not (here and there and here.isdisjoint(there))


def _days_agree(thread: Thread, draft: Draft) -> bool:
    one, other = thread.when, draft.moment.when
    if not isinstance(one, Quoted) or not isinstance(other, Quoted):
        return True
    owned = any(d.moment.origin is Origin.OWN for d in thread.drafts)
    apart = one.value.end < other.value.start or other.value.end < one.value.start
    if owned and apart and draft.moment.origin is Origin.INHERITED:
        # Another day was told since: what follows happened then.
        return other.evidence[0].start < thread.drafts[-1].sentence.end
    if not owned or draft.moment.origin is not Origin.OWN:
        return True
    if apart:
        return False
    lengths = sorted((one.value.end - one.value.start, other.value.end - other.value.start))
    return (one.value.start, one.value.end) == (other.value.start, other.value.end) or lengths[1].days <= 3


def _is_another_toll(thread: Thread, draft: Draft) -> bool:
    """Return whether a draft only gives another source's count of the dead just told: `the Observatory counted 26`."""
    one, other = thread.killed, draft.killed
    gap = draft.sentence.index - thread.last_index
    if one is None or other is None or gap > 1 or not draft.happening.only_harm:
        return False
    if draft.moment.origin is Origin.OWN or (draft.where is not None and draft.where_origin is Origin.OWN):
        return False
    lows = {word.low for word in draft.sentence.words}
    if not lows & TELLING or any(_MORE.search(words.text) for words in other.evidence):
        return False
    few, many = sorted((least_told(one.value), least_told(other.value)))
    return few > 1 and many <= TOLLS_APART * few


_MORE = re.compile(r"\b(?:others?|another|more|further|additional)\b", re.IGNORECASE)


def _sides_agree(one: Quoted[Actor] | None, other: Quoted[Actor] | None) -> bool:
    return (
        one is None or other is None or not one.value.side or not other.value.side or one.value.side == other.value.side
    )


def _affinity(thread: Thread, draft: Draft) -> float:
    """Return how much speaks for a draft telling the thread's happening again."""
    gap = draft.sentence.index - thread.last_index
    score = 1.0 if gap <= 1 else 0.5 if gap <= 3 else 0.0 if gap <= _FAR else -1.0
    score += 2.0 if thread.facilities & draft.facilities else 0.0
    score += 0.5 if thread.sub_type.value == draft.sub_type.value else 0.0
    if draft.where is None or draft.where_origin is not Origin.OWN:
        score += 0.7 if gap <= 3 else 0.0
    elif thread.where is not None and thread.where.toponym.text.lower() == draft.where.toponym.text.lower():
        score += 0.6
    if draft.moment.origin is not Origin.OWN:
        score += 0.5 if gap <= 3 else 0.0
    elif _same_days(thread, draft):
        score += 1.0
    same_count = thread.killed and draft.killed and thread.killed.value == draft.killed.value
    score += 1.5 if same_count and draft.killed and (draft.killed.value.low or 0) > 1 else 0.0
    score += 0.5 if draft.happening.only_harm or draft.presupposed else 0.0
    score += 0.5 if gap <= 3 and _refers_back(draft) else 0.0
    score += 1.0 if _is_same_crowd(thread, draft) else 0.0
    return score


def _refers_back(draft: Draft) -> bool:
    """Return whether a noun with `the` names what was told before, and the words give it no day: `The strike …`."""
    head, sentence = draft.happening.head, draft.sentence
    before = {sentence.low(index) for index in range(head.first - 2, head.first)}
    return head.trigger.part == "noun" and bool(before & _DEFINITE) and draft.moment.origin is not Origin.OWN


_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def _same_days(thread: Thread, draft: Draft) -> bool:
    one, other = thread.when, draft.moment.when
    return isinstance(one, Quoted) and isinstance(other, Quoted) and one.value == other.value
