"""Traits of many accounts as columns of numbers, for the millions of pairs of a busy day."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geo.matching.traits import Traits
from geo.model import Actor, Count
from geo.vocabulary import SUB_EVENT_TYPES, TAGS

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NONE: Final = -1
"""Stands where an account has no such value; every code of a value is 0 or more."""
SUB_TYPES: Final = tuple(SUB_EVENT_TYPES)
SIDES: Final = 2
"""An account names at most two actors."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of people, by account."""

    told: Flags
    middle: Integers
    low: Floats
    """Minus infinity where the number is open below."""
    high: Floats
    """Infinity where it is open above."""
    bounded: Flags
    """Whether either bound is told."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What of accounts is compared; row `k` of each array is the account `traits[k]`.

    Names are codes that hold within one table alone.
    """

    traits: Sequence[Traits]
    document: Integers
    sub_type: Integers
    """Row of SUB_TYPES."""
    placed: Flags
    place: Integers
    """Code of the place, or of the part of it."""
    whole: Integers
    """Code of the gazetteer's identifier: parts of one place have it in common."""
    spelling: Integers
    """Code of the place's name as its text writes it."""
    region: Flags
    lost: Integers
    """Code of a name that is on no map."""
    sphere: Floats
    """Shape (n, 3): the place on a sphere of radius 1."""
    doubt_km: Floats
    dated: Flags
    start: Integers
    end: Integers
    """First and last day, as ordinals."""
    actor: Integers
    """Shape (n, 2): code of the actor's identifier."""
    name: Integers
    """Shape (n, 2): code of the actor's name."""
    side: Integers
    """Shape (n, 2): code of the actor's side."""
    named: Flags
    """Shape (n, 2): whether there is such an actor."""
    doer: Integers
    """Code of the side of who did it."""
    tags: npt.NDArray[np.uint64]
    killed: Counts
    injured: Counts
    words: Integers
    """How many different ones."""
    announced: Flags
    toll: Flags
    register: Integers
    """Code of the register that it is a row of."""

    @classmethod
    def of(cls, traits: Sequence[Traits]) -> Columns:
        """Return the columns of traits, in their order."""
        sides = _Codes()
        actors = [_padded(item.actors) for item in traits]
        places = [item.place for item in traits]
        return cls(
            traits=traits,
            document=_codes(item.account.document_id for item in traits),
            sub_type=_whole(map(_SUB_TYPE.__getitem__, (item.sub_type for item in traits))),
            placed=_flags(place is not None for place in places),
            place=_codes(item.place_key or None for item in traits),
            whole=_codes(place.place.gazetteer_id if place else None for place in places),
            spelling=_codes(item.spelling or None for item in traits),
            region=_flags(place is not None and place.region is not None for place in places),
            lost=_codes(item.lost_name or None for item in traits),
            sphere=np.array([item.sphere for item in traits], dtype=np.float64).reshape(-1, 3),
            doubt_km=_real(place.uncertainty_km if place else 0.0 for place in places),
            dated=_flags(item.days is not None for item in traits),
            start=_whole(item.days.start.toordinal() if item.days else 0 for item in traits),
            end=_whole(item.days.end.toordinal() if item.days else 0 for item in traits),
            actor=_paired(actors, lambda actor: actor.actor_id),
            name=_paired(actors, lambda actor: ("", actor.name.casefold())),
            side=_whole(sides(actor.side if actor else None) for pair in actors for actor in pair).reshape(-1, SIDES),
            named=_flags(actor is not None for pair in actors for actor in pair).reshape(-1, SIDES),
            doer=_whole(sides(item.doer.side if item.doer else None) for item in traits),
            tags=np.array([sum(_TAG[tag] for tag in item.tags) for item in traits], dtype=np.uint64),
            killed=_counts([item.killed for item in traits]),
            injured=_counts([item.injured for item in traits]),
            words=_whole(len(item.words) for item in traits),
            announced=_flags(item.announced for item in traits),
            toll=_flags(item.toll for item in traits),
            register=_codes(item.register or None for item in traits),
        )


_SUB_TYPE: Final = {name: number for number, name in enumerate(SUB_TYPES)}
_TAG: Final = {name: 1 << number for number, name in enumerate(TAGS)}


class _Codes:
    """A number for each different value; NONE for what is empty."""

    def __init__(self) -> None:
        self._known: dict[Hashable, int] = {}

    def __call__(self, value: Hashable) -> int:
        return self._known.setdefault(value, len(self._known)) if value else NONE


def _codes(values: Iterable[Hashable]) -> Integers:
    return _whole(map(_Codes(), values))


def _paired(actors: Sequence[Sequence[Actor | None]], of: Callable[[Actor], Any]) -> Integers:
    codes = _Codes()
    return _whole(codes(of(actor) if actor else None) for pair in actors for actor in pair).reshape(-1, SIDES)


def _padded(actors: tuple[Actor, ...]) -> tuple[Actor | None, ...]:
    return (*actors, *(None,) * (SIDES - len(actors)))


def _counts(counts: Sequence[Count | None]) -> Counts:
    return Counts(
        told=_flags(count is not None for count in counts),
        middle=_whole(middle_of(count) if count else 0 for count in counts),
        low=_real(-math.inf if count is None or count.low is None else count.low for count in counts),
        high=_real(math.inf if count is None or count.high is None else count.high for count in counts),
        bounded=_flags(count is not None and (count.low, count.high) != (None, None) for count in counts),
    )


def middle_of(count: Count) -> int:
    """Return the number that stands for a count."""
    return next((value for value in (count.best, count.low, count.high) if value is not None), 0)


def _whole(values: Iterable[int]) -> Integers:
    return np.fromiter(values, dtype=np.int64)


def _real(values: Iterable[float]) -> Floats:
    return np.fromiter(values, dtype=np.float64)


def _flags(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, dtype=np.bool_)
