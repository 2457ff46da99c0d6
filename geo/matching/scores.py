"""How much two accounts speak for one event: a sum of weights, each with its reason."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from geo.crs import EARTH_RADIUS_KM
from geo.matching.columns import Floats, middle_of
from geo.matching.traits import Traits
from geo.matching.weights import Weights
from geo.model import Actor, Count, Resolved
from geo.vocabulary import SUB_EVENT_TYPES

CLOSE_SHARE = 0.25
FAR_FACTOR = 2
_HELD = "#held"
"""Beginning of such a relation in a region's identifier."""
_SHARED_GROUND = 0.1
"""Share of the smaller region; a border is never drawn the same twice."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One likeness or difference."""

    what: str
    """`same day`, `3.1 km apart`."""
    weight: float
    """Log-odds, natural logarithm."""


_OF_PARTS = {"other_part": "other parts of one place", "held_part": "parts of one place, one told by who holds it"}

_Part = tuple[Any, ...]
"""A weight, a sentence with gaps, and what fills them: of a busy day there are millions, and few are ever read."""


@dataclass(frozen=True)
class Judgement:
    """Whether two accounts tell of one event, and why."""

    first: str
    second: str
    reasons: tuple[Reason, ...]
    threshold: float
    copied: bool = False
    """Whether the sentences are copies of one text."""

    @cached_property
    def score(self) -> float:
        """Sum of the weights."""
        return sum(reason.weight for reason in self.reasons)

    @property
    def same(self) -> bool:
        """Whether they are taken for one event."""
        return self.score >= self.threshold

    def __str__(self) -> str:
        told = ", ".join(f"{reason.what} ({reason.weight:+.1f})" for reason in self.reasons if reason.weight)
        return f"{'same' if self.same else 'different'} at {self.score:.1f} of {self.threshold:.1f}: {told}"


def judge(first: Traits, second: Traits, weights: Weights) -> Judgement:
    """Compare two accounts; the order of the two makes no difference."""
    one, other = _ordered(first, second)
    parts, threshold, copied = _parts(one, other, weights)
    reasons = tuple(Reason(what.format(*told), weight) for weight, what, *told in parts)
    return Judgement(one.account_id, other.account_id, reasons, threshold, copied)


def weighed(first: Traits, second: Traits, weights: Weights) -> tuple[float, float, bool]:
    """Return score, threshold and whether one is a copy of the other, as `judge` does with its reasons."""
    parts, threshold, copied = _parts(*_ordered(first, second), weights)
    return sum(part[0] for part in parts), threshold, copied


def _ordered(first: Traits, second: Traits) -> tuple[Traits, Traits]:
    return (first, second) if first.account_id <= second.account_id else (second, first)


def _parts(one: Traits, other: Traits, weights: Weights) -> tuple[tuple[_Part, ...], float, bool]:
    """Return all weights with their reasons, the threshold, and whether one is a copy of the other."""
    shared, copied = _wording(one, other, weights)
    parts = (
        type_likeness(one.sub_type, other.sub_type, weights),
        _place(one, other, weights),
        _days(one, other, weights),
        *_actors(one, other, weights),
        *_target(one, other, weights),
        *_counts(one, other, weights),
        shared,
        *_standing(one, other, weights),
    )
    within = one.account.document_id == other.account.document_id
    threshold = weights.same_document_threshold if within else weights.threshold
    return parts, threshold, copied and not within


def type_likeness(one: str, other: str, weights: Weights) -> tuple[float, str]:
    """Return the weight of two sub-event types, and why."""
    if one == other:
        return weights.of("type", "same_sub_type"), "same sub-type"
    if SUB_EVENT_TYPES[one] == SUB_EVENT_TYPES[other]:
        return weights.of("type", "same_type"), "same type"
    if weights.family(one) == weights.family(other):
        return weights.of("type", "same_family"), "kindred types"
    if weights.are_neighbours(one, other):
        return weights.of("type", "neighbouring"), "neighbouring types"
    return weights.of("type", "different"), "different types"


def _place(one: Traits, other: Traits, weights: Weights) -> _Part:
    if one.place is None or other.place is None:
        if one.lost_name and one.lost_name == other.lost_name:
            return weights.of("place", "same_name"), "same name, on no map"
        if one.lost_name and other.lost_name:
            return weights.of("place", "other_name"), "other names, on no map"
        return weights.of("place", "unknown"), "a place is not known"
    widest = max(one.place.uncertainty_km, other.place.uncertainty_km)
    wide = widest > weights.of("place", "wide_km")
    if one.place_key == other.place_key:
        return weights.of("place", "same") / (2.0 if wide else 1.0), "same place"
    if parts := parts_likeness(one.place, other.place):
        return weights.of("place", parts), _OF_PARTS[parts]
    apart = float(arc_km(np.array([one.sphere]), np.array([other.sphere]))[0])
    left, right = one.place.uncertainty_km, other.place.uncertainty_km
    doubt = max(math.sqrt(left * left + right * right), 0.5)
    if apart <= doubt:
        weight = weights.of("place", "wide") if wide else weights.of("place", "within_doubt") * (1.0 - apart / doubt)
        return weight, "{:.1f} km apart, within their doubt", apart
    steps = (apart - doubt) / (0.5 * doubt)
    weight = max(weights.of("place", "beyond_doubt") * (1.0 + steps), weights.of("place", "beyond_least"))
    return weight, "{:.1f} km apart, beyond their doubt", apart


def parts_likeness(one: Resolved, other: Resolved) -> str:
    """Return how two regions of one place stand to each other, as a weight's name; empty where their points tell it.

    Its east and its west are other parts, with next to no ground in common. What a side holds may be any of them.
    """
    if one.region is None or other.region is None or one.place.gazetteer_id != other.place.gazetteer_id:
        return ""
    if is_held(one) or is_held(other):
        return "held_part"
    smaller = min(one.region.area, other.region.area)
    return "other_part" if one.region.intersection(other.region).area < _SHARED_GROUND * smaller else ""


def is_held(place: Resolved) -> bool:
    """Return whether a region is what a side holds of a place: words for a whole half, while its zones shrink."""
    return _HELD in place.region_id


def arc_km(one: Floats, other: Floats) -> Floats:
    """Return the way on a sphere in km between rows of unit vectors: half a percent off, finer than any doubt here.

    The arc sine is that of its series, right to a ten-thousandth up to 3,000 km: sums and products are the same number
    on every machine, and arc sines are not.
    """
    off = one - other
    half = 0.5 * np.sqrt(off[:, 0] * off[:, 0] + off[:, 1] * off[:, 1] + off[:, 2] * off[:, 2])
    square = half * half
    series = 1.0 + square * (1.0 / 6.0 + square * (3.0 / 40.0 + square * (15.0 / 336.0)))
    arc: Floats = 2.0 * EARTH_RADIUS_KM * half * series
    return arc


def _days(one: Traits, other: Traits, weights: Weights) -> _Part:
    if one.days is None or other.days is None:
        return weights.of("days", "unknown"), "a day is not known"
    first, last = max(one.days.start, other.days.start), min(one.days.end, other.days.end)
    gap = (first - last).days
    if gap <= 0:
        covered = (max(one.days.end, other.days.end) - min(one.days.start, other.days.start)).days + 1
        if covered == 1:
            return weights.of("days", "same_day"), "same day"
        if one.toll and other.toll:
            return weights.of("days", "same_sum") * ((1 - gap) / covered), "both count days, {} in common", 1 - gap
        return overlap_weight(covered, weights), "days overlap within {}", covered
    name = "one_day_apart" if gap == 1 else "further_apart"
    return weights.of("days", name), "{} day(s) apart", gap


def overlap_weight(covered: int, weights: Weights) -> float:
    """Return the weight of spans that overlap and cover so many days together."""
    return weights.of("days", "same_day") + weights.of("days", "per_doubling") * math.log2(covered)


def _actors(one: Traits, other: Traits, weights: Weights) -> Iterator[_Part]:
    if not one.actors or not other.actors:
        return
    if one.doer and other.doer and one.doer.side and other.doer.side and one.doer.side != other.doer.side:
        yield weights.of("actors", "different"), "different sides did it"
        return
    pairs = list(product(one.actors, other.actors))
    if any(_is_same(left, right) for left, right in pairs):
        yield weights.of("actors", "same"), "same actor"
    elif any(left.side and left.side == right.side for left, right in pairs):
        yield weights.of("actors", "same_side"), "same side"
    elif all(left.side and right.side for left, right in pairs):
        yield weights.of("actors", "different"), "different sides"


def _is_same(one: Actor, other: Actor) -> bool:
    """Tell whether two actors are one; other people's coded events name theirs without an identifier of our list."""
    if one.actor_id and other.actor_id:
        return one.actor_id == other.actor_id
    return one.name.casefold() == other.name.casefold()


def _target(one: Traits, other: Traits, weights: Weights) -> Iterator[_Part]:
    if not one.tags or not other.tags:
        return
    shared = one.tags & other.tags
    if shared:
        share = len(shared) / len(one.tags | other.tags)
        yield weights.of("target", "shared") * share, "both concern {}", ", ".join(sorted(shared))
    else:
        yield weights.of("target", "disjoint"), "they concern different things"


def _counts(one: Traits, other: Traits, weights: Weights) -> Iterator[_Part]:
    for what, left, right in (("killed", one.killed, other.killed), ("injured", one.injured, other.injured)):
        if left is not None and right is not None:
            name = _count_likeness(left, right)
            yield weights.of("counts", name), "numbers {}: {}", what, name


def _count_likeness(left: Count, right: Count) -> str:
    told, also = middle_of(left), middle_of(right)
    if told == also:
        return "equal"
    low, high = sorted((told, also))
    inside = _holds(left, also) or _holds(right, told)
    if inside or high - low <= CLOSE_SHARE * high:
        return "close"
    return "far" if high > FAR_FACTOR * max(low, 1) else "different"


def _holds(count: Count, value: int) -> bool:
    if count.low is None and count.high is None:
        return False
    return (count.low is None or value >= count.low) and (count.high is None or value <= count.high)


def _wording(one: Traits, other: Traits, weights: Weights) -> tuple[_Part, bool]:
    shorter = min(len(one.words), len(other.words))
    if not shorter:
        return (0.0, "no words to compare"), False
    shared = len(one.words & other.words)
    likeness = shared / (len(one.words) + len(other.words) - shared)
    if likeness >= weights.of("wording", "copy"):
        if are_told_apart(one, other):
            return (weights.of("wording", "told_apart"), "one sentence names a place for each"), True
        return (weights.of("wording", "copied"), "the same sentence"), True
    above = max(0.0, shared / shorter - weights.of("wording", "chance"))
    contained = shared / shorter >= weights.of("wording", "contained")
    copied = contained and shorter >= weights.of("wording", "contained_words")
    return (weights.of("wording", "shared_words") * above, "{} words shared", shared), copied


def are_told_apart(one: Traits, other: Traits) -> bool:
    """Return whether two places go by two names and are two in the gazetteer: what one sentence lists."""
    if one.place is None or other.place is None or one.spelling == other.spelling:
        return False
    return one.place.place.gazetteer_id != other.place.place.gazetteer_id


def _standing(one: Traits, other: Traits, weights: Weights) -> Iterator[_Part]:
    if one.announced != other.announced:
        yield weights.of("standing", "announced_and_done"), "one is announced, one has happened"
    if one.toll != other.toll:
        yield weights.of("standing", "toll_and_event"), "one counts several days, one is an event of them"
    if one.register and one.register == other.register:
        yield weights.of("standing", "listed_apart"), "two rows of {}, which lists each event once", one.register
