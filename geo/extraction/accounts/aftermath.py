"""What a document tells after a fight or an attack and as part of it: forces that come or go, the other side's dead."""

from __future__ import annotations

from dataclasses import replace

from geo.extraction.accounts.threads import Thread
from geo.extraction.actors.actors import Roles
from geo.extraction.drafts.drafts import Draft
from geo.extraction.drafts.moments import Origin
from geo.extraction.happenings.signals import type_of
from geo.extraction.language.words import word_set
from geo.model import Actor, Count, Quoted
from geo.vocabulary import EventType

_AFTER_WHICH = frozenset(
    {EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.PROTESTS, EventType.RIOTS}
)
_FOUGHT = frozenset({EventType.BATTLES, EventType.VIOLENCE_AGAINST_CIVILIANS})


def violence_before(threads: list[Thread], draft: Draft) -> bool:
    """Return whether forces only come, stay or go after violence just told: `soldiers were deployed`.

    Where the words name another place or day for it, it is an event of its own.
    """
    if draft.sub_type.value != "change_to_group_activity" or not threads or draft.sentence.index == 0:
        return False
    last = threads[-1]
    gap = draft.sentence.index - last.drafts[-1].sentence.index
    signals = draft.happening.signals
    moves = len(signals) == 1 and signals[0].mention.text.lower().split()[0] in _MOVES
    if not moves or gap > 1 or last.head.presupposed or _is_elsewhere(last, draft):
        return False
    if last.sub_type.value in _TAKEN:
        return signals[0].mention.text.lower().split()[0] in _GIVES_WAY
    return draft.moment.origin is not Origin.OWN and type_of(last.sub_type.value) in _AFTER_WHICH


def is_damage_by_them(threads: list[Thread], draft: Draft) -> bool:
    """Return whether those who attacked in the sentence before only go on: `The assailants set 60 lorries on fire.`"""
    lows = draft.sentence.lows
    if draft.sub_type.value != "looting_property_destruction" or not threads or draft.moment.origin is Origin.OWN:
        return False
    last, head = threads[-1], draft.happening.head
    opens = lows[:1] == ["they"] or (lows[:1] == ["the"] and not _ATTACKERS.isdisjoint(lows[1:4]))
    attacked = type_of(last.sub_type.value) in _FOUGHT and last.drafts[-1].happening.head.trigger.part == "verb"
    gap = draft.sentence.index - last.drafts[-1].sentence.index
    return opens and attacked and gap == 1 and head.first < _OPENING and not _is_elsewhere(last, draft)


_ATTACKERS = word_set(
    "attackers assailants gunmen fighters militants raiders bandits rebels insurgents jihadists extremists intruders"
)
_OPENING = 8
"""Words in which a sentence has named its subject and come to its verb."""


def is_end_of_fire(threads: list[Thread], draft: Draft) -> bool:
    """Return whether a draft only tells that what was just fired was stopped: `Most were intercepted.`"""
    if draft.sub_type.value != "disrupted_weapons_use" or not threads or draft.moment.origin is Origin.OWN:
        return False
    last, head = threads[-1], draft.happening.head
    gap = draft.sentence.index - last.last_index
    fired = type_of(last.sub_type.value) is EventType.EXPLOSIONS
    before = set(draft.sentence.lows[max(0, head.first - 6) : head.first])
    refers = "of" in before and bool(before & {"the", "them", "these"}) or bool(before & {"they", "all"})
    passive = bool(before & {"was", "were", "been"})
    return gap == 1 and fired and refers and passive and not _is_elsewhere(last, draft)


def fire_on_crowd(threads: list[Thread], draft: Draft) -> Draft | None:
    """Return a draft as force used on the crowd just told: `Students protested. Police opened fire.`; else None.

    So are the dead of the sentence after it: `One student was killed.`
    """
    if not threads or draft.sub_type.value != "attack" or draft.moment.origin is Origin.OWN:
        return None
    last = threads[-1]
    gap = draft.sentence.index - last.last_index
    if gap != 1 or type_of(last.sub_type.value) not in UNREST or _is_elsewhere(last, draft):
        return None
    doer = draft.roles.actor1
    fired = any(signal.mention.text.lower() in _GUNFIRE for signal in draft.happening.signals)
    by_force = fired and doer is not None and doer.value.side == "government"
    of_force = last.sub_type.value == _EXCESSIVE and draft.happening.only_harm and doer is None
    return replace(draft, sub_type=Quoted(_EXCESSIVE, draft.sub_type.evidence)) if by_force or of_force else None


_EXCESSIVE = "excessive_force_against_protesters"
UNREST = frozenset({EventType.PROTESTS, EventType.RIOTS})
"""What crowds do, and what is done to them."""
_GUNFIRE = frozenset({"opened fire", "fired on", "fired into", "fired at", "fired", "shot", "opened up on"})
_TAKEN = frozenset({"government_regains_territory", "non_state_actor_overtakes_territory"})
_GIVES_WAY = word_set("withdrew withdrawn retreated left withdrawing")


def _is_elsewhere(thread: Thread, draft: Draft) -> bool:
    """Return whether a draft's own sentence names another place than its thread has."""
    where = draft.where
    named = where is not None and draft.sentence.start <= where.toponym.start < draft.sentence.end
    return named and not _is_at(thread, draft)


def is_loss_of_other_side(threads: list[Thread], draft: Draft) -> bool:
    """Return whether a draft tells whom the other side lost in the fight just told: `it killed 17 of the attackers`."""
    if not threads or not draft.happening.only_harm or draft.moment.origin is Origin.OWN:
        return False
    last, victim, doer = threads[-1], draft.roles.actor2, draft.roles.actor1
    gap = draft.sentence.index - last.last_index
    own_place = draft.where is not None and draft.where_origin is Origin.OWN and not _is_at(last, draft)
    fought = type_of(last.sub_type.value) in _FOUGHT
    if own_place or not fought or not 0 < gap <= 2 or victim is None or victim.value.side == "civilians":
        return False
    attackers = last.actor1 is not None and _is_one_side(victim.value, last.actor1.value)
    defenders = doer is not None and last.actor2 is not None and _is_one_side(doer.value, last.actor2.value)
    refers = not _THE_OTHERS.isdisjoint(draft.sentence.lows)
    return (attackers and (defenders or refers)) or (defenders and refers)


def _is_one_side(one: Actor, other: Actor) -> bool:
    return one.name == other.name or (one.side == other.side and one.side not in ("", "civilians"))


def add_loss(thread: Thread, draft: Draft) -> None:
    """Add what the other side lost to what the first one did: a fight has one toll."""
    at = next((index for index, one in enumerate(thread.drafts) if one.killed is not None), None)
    if at is not None and draft.killed is not None:
        first = thread.drafts[at].killed
        if first is not None:
            both = Quoted(_summed(first.value, draft.killed.value), (*first.evidence, *draft.killed.evidence))
            thread.drafts[at] = replace(thread.drafts[at], killed=both)
            draft = replace(draft, killed=None)
    thread.drafts.append(replace(draft, roles=Roles(None, None), civilian=None, presupposed=True))


def _summed(one: Count, other: Count) -> Count:
    """Return the sum of two counts of different people; a bound that one of them lacks is lacking."""

    def total(first: int | None, second: int | None) -> int | None:
        return None if first is None or second is None else first + second

    low = (one.low or one.best or 0) + (other.low or other.best or 0)
    return Count(low, total(one.best, other.best), total(one.high, other.high))


_THE_OTHERS = word_set(
    "attackers assailants raiders responding response repelled repulsed remaining retreating fleeing"
)


def _is_at(thread: Thread, draft: Draft) -> bool:
    one, other = thread.where, draft.where
    return one is not None and other is not None and one.toponym.text.lower() == other.toponym.text.lower()


_MOVES = word_set(
    "withdrew withdrawn retreated deployed sent dispatched arrived reinforced patrolled patrolling rushed moved left "
    "reached withdrawing deploying"
)
