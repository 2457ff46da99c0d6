"""Where the accounts of one event cannot all be right, one sentence each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from geo.crs import distance_km
from geo.matching.notes import count_in_words, days_in_words
from geo.model import Account, Count, Quoted, Resolved
from geo.vocabulary import Factuality


def contradictions_of(told: Sequence[Account]) -> tuple[str, ...]:
    """Return the contradictions of accounts in their order."""
    if len(told) < 2:
        return ()
    return (
        *_of_standing(told),
        *_of_days(told),
        *_of_places(told),
        *_of_counts(told, "killed", lambda account: account.fatalities),
        *_of_counts(told, "injured", lambda account: account.injured),
        *_of_actors(told),
    )


def _of_standing(told: Sequence[Account]) -> Iterator[str]:
    deniers = [_name(account) for account in told if account.factuality.value is Factuality.DENIED]
    if deniers and len(deniers) < len(told):
        yield f"It is denied in {_list(deniers)}."


def _of_days(told: Sequence[Account]) -> Iterator[str]:
    dated = [(account, account.when.value) for account in told if isinstance(account.when, Quoted)]
    latest_start = max((days.start for _, days in dated), default=None)
    earliest_end = min((days.end for _, days in dated), default=None)
    if latest_start and earliest_end and latest_start > earliest_end:
        views = [f"{days_in_words(days)} ({_name(account)})" for account, days in dated]
        yield f"The days differ: {_list(views)}."


def _of_places(told: Sequence[Account]) -> Iterator[str]:
    placed = [(account, place) for account in told if isinstance(place := account.resolution, Resolved)]
    # Of hundreds of accounts most name the same few places.
    grounds = {(place.lon, place.lat, place.uncertainty_km) for _, place in placed}
    if any(distance_km(*one[:2], *other[:2]) > one[2] + other[2] for one, other in combinations(sorted(grounds), 2)):
        yield f"The places differ: {_list([f'{place.place_name} ({_name(account)})' for account, place in placed])}."


def _of_counts(told: Sequence[Account], what: str, of: Callable[[Account], Quoted[Count] | None]) -> Iterator[str]:
    counted = [(account, quoted.value) for account in told if (quoted := of(account)) is not None]
    floors = [count.low if count.low is not None else count.best for _, count in counted]
    ceilings = [count.high if count.high is not None else count.best for _, count in counted]
    lows = [value for value in floors if value is not None]
    highs = [value for value in ceilings if value is not None]
    if lows and highs and max(lows) > min(highs):
        yield f"The numbers {what} differ: {_list([f'{count_in_words(c)} ({_name(a)})' for a, c in counted])}."


def _of_actors(told: Sequence[Account]) -> Iterator[str]:
    named = [(account, account.actor1.value) for account in told if account.actor1 is not None]
    sides = {actor.side for _, actor in named if actor.side}
    if len(sides) > 1:
        yield f"The reports blame different sides: {_list([f'{actor.name} ({_name(a)})' for a, actor in named])}."


def _name(account: Account) -> str:
    return account.source or account.document_id


def _list(items: Sequence[str]) -> str:
    different = list(dict.fromkeys(items))
    return ", ".join(different[:-1]) + " and " + different[-1] if len(different) > 1 else different[0]
