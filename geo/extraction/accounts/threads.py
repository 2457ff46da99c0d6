"""A thread: the drafts of one document that tell the same happening, and what they tell together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from geo.extraction.drafts.counts import bounded, distinct, least_told, with_further
from geo.extraction.drafts.drafts import Draft
from geo.extraction.drafts.moments import Origin
from geo.extraction.happenings.signals import type_of
from geo.extraction.syntax.naming import quoted_actor
from geo.extraction.syntax.parties import parties_of
from geo.model import Actor, Count, Days, Evidence, PlacePhrase, Quoted, Unresolved
from geo.vocabulary import EventType, Factuality

T = TypeVar("T")
_DIRECTION = re.compile(r"\b(north|south|east|west)", re.IGNORECASE)


@dataclass
class Thread:
    """Drafts of one happening, in the order of the text; its fields are the best that they tell."""

    drafts: list[Draft] = field(default_factory=list)
    tolls: list[tuple[int, Quoted[Count] | None, Quoted[Count] | None]] = field(default_factory=list)
    """Killed and injured that a sentence without an event counts, with the number of the sentence."""
    further: list[tuple[int, Quoted[Count] | None, Quoted[Count] | None]] = field(default_factory=list)
    """Killed and injured beside those counted before: of the other side."""
    named_after: Quoted[Days] | None = None
    """The day that a toll calls it by: `died in Wednesday's strike`."""
    claims: list[Quoted[Actor]] = field(default_factory=list)
    """Who claims it or is blamed for it, in sentences that tell nothing else of it."""

    @property
    def head(self) -> Draft:
        """The draft that tells most: an event and its own place before the others."""
        if len(self.drafts) == 1:
            return self.drafts[0]
        return max(
            self.drafts,
            key=lambda d: (
                not is_displacement(d) and not self._is_its_damage(d),
                not d.happening.only_harm,
                self._is_crowd(d),
                _severity(d),
                d.where_origin,
                d.moment.origin,
                -d.sentence.index,
            ),
        )

    @property
    def last_index(self) -> int:
        """The number of the last sentence that tells of it."""
        return max([self.drafts[-1].sentence.index, *(index for index, _, _ in (*self.tolls, *self.further))])

    def _is_crowd(self, draft: Draft) -> bool:
        """Return whether a draft tells of the protest that the thread began with, and not only of who fell at it."""
        crowds = (EventType.PROTESTS, EventType.RIOTS)
        return self.drafts[0].happening.head.event_type not in crowds or type_of(draft.sub_type.value) in crowds

    def _is_its_damage(self, draft: Draft) -> bool:
        """Return whether a draft tells what was burned or looted where another one counts the dead."""
        deadly = any(one.killed is not None for one in self.drafts if one is not draft and not is_displacement(one))
        return deadly and draft.killed is None and draft.sub_type.value == "looting_property_destruction"

    @property
    def sub_type(self) -> Quoted[str]:
        """The head's sub-type, with the words of every telling."""
        head = self.head
        others = [d.sub_type.evidence[0] for d in self.drafts if d is not head]
        killed = self.killed  # `nobody was hurt` counts nought
        fell = killed is not None and max(least_told(killed.value), killed.value.high or 0) > 0
        deadly = head.sub_type.value == "protest_with_intervention" and fell
        name = "excessive_force_against_protesters" if deadly else head.sub_type.value
        if name == "peaceful_protest" and any(_riots(draft) for draft in self.drafts):
            name = "violent_demonstration"
        return Quoted(name, distinct([*head.sub_type.evidence, *others]))

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
            return self.named_after or self.drafts[0].moment.when
        if self.named_after is not None and all(draft.moment.origin < Origin.INHERITED for draft in dated):
            return self.named_after
        return max(dated, key=lambda d: (d.moment.origin, -_length(d), -d.sentence.index)).moment.when

    @property
    def killed(self) -> Quoted[Count] | None:
        """The count of killed that is told; the first stays best where a second source bounds it."""
        told = [draft.killed for draft in self.drafts] + [killed for _, killed, _ in self.tolls]
        first = bounded([count for count in told if count is not None])
        return with_further(first, [killed for _, killed, _ in self.further])

    @property
    def injured(self) -> Quoted[Count] | None:
        """The count of injured, bounded as that of the killed."""
        told = [draft.injured for draft in self.drafts] + [injured for _, _, injured in self.tolls]
        return bounded([count for count in told if count is not None])

    @property
    def actor1(self) -> Quoted[Actor] | None:
        """Who did it, as the first telling that says so has it; a name before a word for anybody."""
        drafts = sorted(self.drafts, key=lambda draft: -_severity(draft))  # who shot, before who marched
        denied = self.factuality.value is Factuality.DENIED
        drafts = [draft for draft in drafts if denied or draft.factuality.value is not Factuality.DENIED]
        told = [draft.roles.actor1 for draft in drafts if draft.roles.actor1 is not None]
        named = [actor for actor in (*told, *self.claims) if not _is_anybody(actor.value)]
        if named and _is_kind_of_group(named[0].value):
            groups = (actor for actor in self.claims if actor.value.actor_id and not _is_kind_of_group(actor.value))
            claims = (actor for actor in groups if actor.value.side != "government")
            return _first(claims) or named[0]  # `Militants attacked …`, and one group says that it was its men
        return _first(named) or _first(told)

    @property
    def actor2(self) -> Quoted[Actor] | None:
        """To whom, as the first telling that says so has it."""
        doer = self.actor1
        allies = _allies(doer, self.drafts[0]) if len(self.drafts) > 1 else []
        told = (d.roles.actor2 for d in self.drafts if d.roles.actor2 is None or d.roles.actor2.value not in allies)
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
        return tuple(Quoted(tag, distinct(evidence)) for tag, evidence in words.items())

    @property
    def facilities(self) -> frozenset[str]:
        """The sites that it befell."""
        return frozenset().union(*(draft.facilities for draft in self.drafts))


def _allies(doer: Quoted[Actor] | None, draft: Draft) -> list[Actor]:
    """Return who does it beside the doer as a draft tells it, whose dead are no enemies: the second of `X and Y`."""
    sentence = draft.sentence
    if doer is None or doer.value.side != "government" or draft.roles.actor1 != doer:
        return []
    joined = (m for m in parties_of(sentence) if sentence.text[doer.evidence[0].end : m.start].strip() == "and")
    named = (quoted_actor(sentence.reading, mention) for mention in joined)
    return [one.value for one in named if one is not None and one != draft.roles.actor2]


def _riots(draft: Draft) -> bool:
    """Return whether a draft tells that a crowd grew violent."""
    told = draft.factuality.value in (Factuality.ASSERTED, Factuality.CLAIMED)
    return told and draft.sub_type.value == "violent_demonstration"


def _is_anybody(actor: Actor) -> bool:
    """Return whether an actor is a word for men of any side: `gunmen`, `a man`."""
    if actor.side:
        return False
    return actor.name.startswith("Unidentified") or (not actor.actor_id and not actor.name[:1].isupper())


def _is_kind_of_group(actor: Actor) -> bool:
    """Return whether an actor is one of many groups of its kind: `Militants (Mali)`."""
    return actor.name.split(" ")[0] in _KINDS


_KINDS = frozenset({"Militants", "Rebels", "Separatists", "Insurgents", "Jihadists", "Militia", "Islamists"})


def is_displacement(draft: Draft) -> bool:
    """Return whether a draft only tells that people fled."""
    return draft.happening.head.trigger.lemma in _FLIGHTS


_FLIGHTS = frozenset({"flee", "displace", "displacement"})
_SEVERITY = {"protest_with_intervention": 1, "excessive_force_against_protesters": 2}


def _severity(draft: Draft) -> int:
    """Return how much force met a protest: the force is what the event is."""
    return _SEVERITY.get(draft.sub_type.value, 0)


def directions(phrase: PlacePhrase) -> set[str]:
    """Return the points of the compass that the words for a place name."""
    return {match.lower() for match in _DIRECTION.findall(phrase.text)}


def _narrowness(draft: Draft) -> int:
    return len(directions(draft.where)) if draft.where else 0


def _length(draft: Draft) -> int:
    when = draft.moment.when
    return (when.value.end - when.value.start).days if isinstance(when, Quoted) else 0


def _first(values: Iterable[Quoted[T] | None]) -> Quoted[T] | None:
    return next((value for value in values if value is not None), None)
