"""An event drawn from its accounts, by these rules:

- type: the sub-type that most independent sources tell, the first told among equals;
- place: the least uncertain wins (a part of a town says more than the town);
- days: the most precise win, and several equally precise ones span from the first to the last;
- killed and injured: from the lowest to the highest number told; best is what most independent sources tell, the
  latest told among equals;
- actors, weapon: what most independent sources name; tags: all of them;
- asserted if any report states it itself, else claimed, announced, denied;
- confidence: the chance that not every independent source is wrong.

Whatever the accounts contradict each other in is listed, and every account stays.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from geo.matching.contradictions import contradictions_of
from geo.matching.notes import note_of
from geo.matching.sources import independent_sources
from geo.matching.traits import arrival
from geo.model import Account, Actor, Count, Days, Event, Quoted, Resolved, Unresolved, digest
from geo.vocabulary import TAGS, Factuality

T = TypeVar("T")

_STANDING = (Factuality.ASSERTED, Factuality.CLAIMED, Factuality.ANNOUNCED, Factuality.DENIED)
_SUREST = 0.99


def draw_event(accounts: Iterable[Account], *, copies: Iterable[tuple[str, str]] = ()) -> Event:
    """Draw the event of a group; `copies` are pairs of account identifiers whose sentences are one text."""
    told = tuple(sorted(accounts, key=arrival))
    sources = independent_sources(told, copies)
    ballot = _Ballot(told, sources)
    days = _days(told)
    event = Event(
        event_id=event_id_of(told[0]),
        accounts=told,
        sub_event_type=ballot.winner(lambda account: account.sub_event_type.value) or "",
        tags=tuple(tag for tag in TAGS if any(tag == quoted.value for item in told for quoted in item.tags)),
        days=days,
        resolution=_resolution(told),
        actor1=ballot.winner(lambda account: _value(account.actor1), key=_actor_key),
        actor2=ballot.winner(lambda account: _value(account.actor2), key=_actor_key),
        civilian_targeting=any(item.civilian_targeting and item.civilian_targeting.value for item in told),
        weapon=ballot.winner(lambda account: _value(account.weapon)) or "",
        fatalities=_count(told, ballot, lambda account: account.fatalities),
        injured=_count(told, ballot, lambda account: account.injured),
        factuality=min((item.factuality.value for item in told), key=_STANDING.index),
        attribution="; ".join(dict.fromkeys(item.attribution.value for item in told if item.attribution)),
        confidence=_confidence(told, sources),
        notes="",
        contradictions=contradictions_of(told),
    )
    return _with_note(event, len(set(sources.values())))


def event_id_of(first: Account) -> str:
    """Return the identifier of the event that an account founds."""
    start = first.sub_event_type.evidence[0].start
    published = first.published.isoformat() if first.published else ""
    return "ev-" + digest(published, first.document_id, str(start), first.account_id)


def _with_note(event: Event, sources: int) -> Event:
    from dataclasses import replace

    return replace(event, notes=note_of(event, sources=sources))


class _Ballot:
    """One voice an independent source."""

    def __init__(self, told: Sequence[Account], sources: dict[str, int]) -> None:
        self._told = told
        self._sources = sources

    def winner(
        self,
        value_of: Callable[[Account], T | None],
        *,
        key: Callable[[T], Hashable] = lambda value: value,
        last: bool = False,
    ) -> T | None:
        """Return the value that most sources tell; among equals the first told, or the last."""
        voices: dict[Hashable, set[int]] = {}
        values: dict[Hashable, T] = {}
        for account in reversed(self._told) if last else self._told:
            value = value_of(account)
            if value is not None:
                voices.setdefault(key(value), set()).add(self._sources[account.account_id])
                values.setdefault(key(value), value)
        return values[max(voices, key=lambda name: len(voices[name]))] if voices else None


def _value(quoted: Quoted[T] | None) -> T | None:
    return quoted.value if quoted is not None else None


def _actor_key(actor: Actor) -> str:
    return actor.actor_id or actor.name


def _resolution(told: Sequence[Account]) -> Resolved | Unresolved:
    placed = [account.resolution for account in told if isinstance(account.resolution, Resolved)]
    if placed:
        return min(placed, key=lambda item: (item.uncertainty_km, item.geo_precision, -item.score))
    first = told[0].resolution
    assert isinstance(first, Unresolved)
    return first


def _days(told: Sequence[Account]) -> Days | None:
    dated = [account.when.value for account in told if isinstance(account.when, Quoted)]
    if not dated:
        return None
    precision = min(days.precision for days in dated)
    finest = [days for days in dated if days.precision == precision]
    return Days(min(days.start for days in finest), max(days.end for days in finest), precision)


def _count(told: Sequence[Account], ballot: _Ballot, of: Callable[[Account], Quoted[Count] | None]) -> Count | None:
    counts = [quoted.value for account in told if (quoted := of(account)) is not None]
    if not counts:
        return None
    if len(set(counts)) == 1:
        return counts[0]
    lows = [value for count in counts if (value := _first(count.low, count.best, count.high)) is not None]
    highs = [value for count in counts if (value := _first(count.high, count.best)) is not None]
    best = ballot.winner(lambda account: _first(count.best) if (count := _value(of(account))) else None, last=True)
    # `At least 20` beside `12`: the bounds are what was told, and the lower bound of one may top the other's number.
    high = max([*highs, *lows]) if highs else None
    return Count(min(lows, default=None), best, high)


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)


def _confidence(told: Sequence[Account], sources: dict[str, int]) -> float:
    surest: dict[int, float] = {}
    for account in told:
        source = sources[account.account_id]
        surest[source] = max(surest.get(source, 0.0), account.confidence)
    wrong = 1.0
    for confidence in sorted(surest.values()):
        wrong *= 1.0 - confidence
    # One source keeps its own confidence; more of them never make it certain.
    return 1.0 - wrong if len(surest) == 1 else min(1.0 - wrong, max(_SUREST, *surest.values()))
