"""Drafts of one document that tell the same happening, put into one thread.

Two drafts are one happening where nothing speaks against it (type, place, days, counts, sites, sides) and enough
speaks for it: the same site, the same place or day told again, a noun that refers back, the next sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from geo.extraction.drafts import Draft
from geo.extraction.happenings import type_of
from geo.extraction.moments import Origin
from geo.extraction.words import word_set
from geo.model import Actor, Count, Days, Evidence, PlacePhrase, Quoted, Unresolved
from geo.vocabulary import EventType, Factuality

T = TypeVar("T")

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
_DIRECTION = re.compile(r"\b(north|south|east|west)", re.IGNORECASE)


@dataclass
class Thread:
    """Drafts of one happening, in the order of the text; its fields are the best that they tell."""

    drafts: list[Draft] = field(default_factory=list)

    @property
    def head(self) -> Draft:
        """The draft that tells most: an event and its own place before the others."""
        return max(
            self.drafts,
            key=lambda d: (not d.happening.only_harm, d.where_origin, d.moment.origin, -d.sentence.index),
        )

    @property
    def sub_type(self) -> Quoted[str]:
        """The head's sub-type, with the words of every telling."""
        head = self.head
        others = [d.sub_type.evidence[0] for d in self.drafts if d is not head]
        return Quoted(head.sub_type.value, _distinct([*head.sub_type.evidence, *others]))

    @property
    def where(self) -> PlacePhrase | None:
        """The best told place: a name, and the narrower words of two."""
        placed = [d for d in self.drafts if d.where is not None]
        best = max(placed, key=lambda d: (d.where_origin, _narrowness(d), -d.sentence.index), default=None)
        return best.where if best else None

    @property
    def when(self) -> Quoted[Days] | Unresolved | None:
        """The best told days: its own before inherited ones, and the shorter of two."""
        dated = [d for d in self.drafts if isinstance(d.moment.when, Quoted)]
        if not dated:
            return self.drafts[0].moment.when
        return max(dated, key=lambda d: (d.moment.origin, -_length(d), -d.sentence.index)).moment.when

    @property
    def killed(self) -> Quoted[Count] | None:
        """The count of killed that is told; the first stays best where a second source bounds it."""
        return _bounded([draft.killed for draft in self.drafts if draft.killed is not None])

    @property
    def injured(self) -> Quoted[Count] | None:
        """The first count of injured that is told."""
        return _first(draft.injured for draft in self.drafts)

    @property
    def actor1(self) -> Quoted[Actor] | None:
        """Who did it, as the first telling that says so has it."""
        return _first(draft.roles.actor1 for draft in self.drafts)

    @property
    def actor2(self) -> Quoted[Actor] | None:
        """To whom, as the first telling that says so has it."""
        doer = self.actor1
        told = (draft.roles.actor2 for draft in self.drafts)
        return _first(actor for actor in told if actor is None or doer is None or actor.value != doer.value)

    @property
    def civilian(self) -> Quoted[bool] | None:
        """Whether civilians or their sites were hit."""
        return _first(draft.civilian for draft in self.drafts)

    @property
    def weapon(self) -> Quoted[str] | None:
        """The first weapon told."""
        return _first(draft.weapon for draft in self.drafts)

    @property
    def attribution(self) -> Quoted[str] | None:
        """Who is said to say it; None where some telling is the report's own."""
        asserted = self.factuality.value is Factuality.ASSERTED
        return None if asserted else _first(draft.attribution for draft in self.drafts)

    @property
    def factuality(self) -> Quoted[Factuality]:
        """Asserted where a telling of the event itself asserts it, else as the head has it."""
        asserted = (d.factuality for d in self.drafts if self._asserts(d))
        return next(asserted, self.head.factuality)

    @staticmethod
    def _asserts(draft: Draft) -> bool:
        return draft.factuality.value is Factuality.ASSERTED and not draft.happening.only_harm and not draft.presupposed

    @property
    def tags(self) -> tuple[Quoted[str], ...]:
        """Every tag, with the words of every telling."""
        words: dict[str, list[Evidence]] = {}
        for draft in self.drafts:
            for tag in draft.tags:
                words.setdefault(tag.value, []).extend(tag.evidence)
        return tuple(Quoted(tag, _distinct(evidence)) for tag, evidence in words.items())

    @property
    def facilities(self) -> frozenset[str]:
        """The sites that it befell."""
        return frozenset().union(*(draft.facilities for draft in self.drafts))


def join_threads(threads: list[Thread], draft: Draft) -> None:
    """Add a draft to the thread that tells the same happening, or start a new one."""
    recent = range(max(0, len(threads) - _RECENT), len(threads))
    best = max(
        ((_affinity(threads[index], draft), index) for index in recent if _compatible(threads[index], draft)),
        default=(0.0, -1),
    )
    if best[0] >= ENOUGH:
        threads[best[1]].drafts.append(draft)
    else:
        threads.append(Thread([draft]))


def _compatible(thread: Thread, draft: Draft) -> bool:
    last = thread.drafts[-1]
    if last.sentence is draft.sentence or len(thread.drafts) >= _FULL:
        return False
    return (
        _types_agree(thread, draft)
        and _places_agree(thread, draft)
        and _days_agree(thread, draft)
        and (_counts_agree(thread.killed, draft.killed) or _is_another_toll(thread, draft))
        and _counts_agree(thread.injured, draft.injured)
        and not (thread.facilities and draft.facilities and thread.facilities.isdisjoint(draft.facilities))
        and (
            {thread.sub_type.value, draft.sub_type.value} <= _BATTLES or _sides_agree(thread.actor1, draft.roles.actor1)
        )
    )


def _types_agree(thread: Thread, draft: Draft) -> bool:
    one, other = thread.sub_type.value, draft.sub_type.value
    if one == other:
        return True
    types = {type_of(one), type_of(other)}
    if types == {EventType.BATTLES}:
        return True
    harm_only = draft.happening.only_harm or all(d.happening.only_harm for d in thread.drafts)
    if harm_only and (types <= _VIOLENT or (one in _DAMAGE or other in _DAMAGE)):
        return "chemical_weapon" not in (one, other) or draft.sentence.index - thread.drafts[-1].sentence.index <= 2
    if {one, other} <= _LOOSE_EXPLOSIONS:
        heads = {thread.head.happening.head.trigger.lemma, draft.happening.head.trigger.lemma}
        return bool(heads & _LOOSE_WORDS)
    return types <= _VIOLENT and "attack" in (one, other) and draft.happening.head.trigger.part == "noun"


def _places_agree(thread: Thread, draft: Draft) -> bool:
    one, other = thread.where, draft.where
    if one is None or other is None:
        return True
    if one.toponym.text.lower() != other.toponym.text.lower():
        return draft.where_origin is not Origin.OWN and draft.moment.origin is not Origin.OWN
    here, there = _directions(one), _directions(other)
    return not (here and there and here.isdisjoint(there))


def _directions(phrase: PlacePhrase) -> set[str]:
    return {match.lower() for match in _DIRECTION.findall(phrase.text)}


def _days_agree(thread: Thread, draft: Draft) -> bool:
    one, other = thread.when, draft.moment.when
    if not isinstance(one, Quoted) or not isinstance(other, Quoted):
        return True
    owned = any(d.moment.origin is Origin.OWN for d in thread.drafts)
    if not owned or draft.moment.origin is not Origin.OWN:
        return True
    if one.value.end < other.value.start or other.value.end < one.value.start:
        return False
    lengths = sorted((one.value.end - one.value.start, other.value.end - other.value.start))
    return (one.value.start, one.value.end) == (other.value.start, other.value.end) or lengths[1].days <= 3


def _is_another_toll(thread: Thread, draft: Draft) -> bool:
    """Return whether a draft only gives another source's count of the dead just told: `the Observatory counted 26`."""
    one, other = thread.killed, draft.killed
    gap = draft.sentence.index - thread.drafts[-1].sentence.index
    if one is None or other is None or gap > 1 or not draft.happening.only_harm:
        return False
    if draft.moment.origin is Origin.OWN or (draft.where is not None and draft.where_origin is Origin.OWN):
        return False
    lows = {word.low for word in draft.sentence.words}
    if not lows & _TELLING or any(_MORE.search(words.text) for words in other.evidence):
        return False
    few, many = sorted((least_told(one.value), least_told(other.value)))
    return few > 1 and many <= _TOLLS_APART * few


_TELLING = word_set("counted counts counting toll put puts tally documented confirmed recorded")
_MORE = re.compile(r"\b(?:others?|another|more|further|additional)\b", re.IGNORECASE)
_TOLLS_APART = 4


def least_told(count: Count) -> int:
    """Return the count itself, or the bound that is told."""
    return next((value for value in (count.best, count.low, count.high) if value is not None), 0)


def _bounded(told: list[Quoted[Count]]) -> Quoted[Count] | None:
    """Return the first count, with the bounds that other sources of one document give it."""
    if len({quoted.value for quoted in told}) < 2:
        return told[0] if told else None
    first = told[0].value
    least = min(least_told(quoted.value) for quoted in told)
    opened = any(quoted.value.high is None for quoted in told)
    most = None if opened else max(max(quoted.value.high or 0, least_told(quoted.value)) for quoted in told)
    return Quoted(Count(least, first.best, most), _distinct(e for quoted in told for e in quoted.evidence))


def _counts_agree(one: Quoted[Count] | None, other: Quoted[Count] | None) -> bool:
    return one is None or other is None or one.value == other.value


def _sides_agree(one: Quoted[Actor] | None, other: Quoted[Actor] | None) -> bool:
    return (
        one is None or other is None or not one.value.side or not other.value.side or one.value.side == other.value.side
    )


def _affinity(thread: Thread, draft: Draft) -> float:
    """Return how much speaks for a draft telling the thread's happening again."""
    gap = draft.sentence.index - thread.drafts[-1].sentence.index
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
    return score


def _same_days(thread: Thread, draft: Draft) -> bool:
    one, other = thread.when, draft.moment.when
    return isinstance(one, Quoted) and isinstance(other, Quoted) and one.value == other.value


def _narrowness(draft: Draft) -> int:
    return len(_directions(draft.where)) if draft.where else 0


def _length(draft: Draft) -> int:
    when = draft.moment.when
    return (when.value.end - when.value.start).days if isinstance(when, Quoted) else 0


def _first(values: Iterable[Quoted[T] | None]) -> Quoted[T] | None:
    return next((value for value in values if value is not None), None)


def _distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))
