"""How much two accounts speak for one event: a sum of weights, each with its reason."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from geo.crs import EARTH_RADIUS_KM
from geo.matching.traits import Traits
from geo.matching.weights import Weights
from geo.model import Actor, Count, Resolved
from geo.vocabulary import SUB_EVENT_TYPES

_CLOSE_SHARE = 0.25
_FAR_FACTOR = 3
_SHARED_GROUND = 0.1
"""Share of the smaller region; a border is never drawn the same twice."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One likeness or difference."""

    what: str
    """`same day`, `3.1 km apart`."""
    weight: float
    """Log-odds, natural logarithm."""


class Weighed(NamedTuple):
    """A judgement without its reasons: of a busy day there are millions."""

    first: str
    second: str
    score: float
    threshold: float
    copied: bool

    @property
    def same(self) -> bool:
        """Whether the two are taken for one event."""
        return self.score >= self.threshold


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
    def weighed(self) -> Weighed:
        """The judgement without its reasons."""
        return Weighed(self.first, self.second, self.score, self.threshold, self.copied)

    @property
    def same(self) -> bool:
        """Whether they are taken for one event."""
        return self.score >= self.threshold

    def __str__(self) -> str:
        told = ", ".join(f"{reason.what} ({reason.weight:+.1f})" for reason in self.reasons if reason.weight)
        return f"{'same' if self.same else 'different'} at {self.score:.1f} of {self.threshold:.1f}: {told}"


def judge(first: Traits, second: Traits, weights: Weights) -> Judgement:
    """Compare two accounts; the order of the two makes no difference."""
    one, other = sorted((first, second), key=lambda traits: traits.account_id)
    shared, copied = _wording(one, other, weights)
    reasons = (
        _type(one, other, weights),
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
    return Judgement(one.account_id, other.account_id, reasons, threshold, copied and not within)


def _type(one: Traits, other: Traits, weights: Weights) -> Reason:
    if one.sub_type == other.sub_type:
        return Reason("same sub-type", weights.of("type", "same_sub_type"))
    if SUB_EVENT_TYPES[one.sub_type] == SUB_EVENT_TYPES[other.sub_type]:
        return Reason("same type", weights.of("type", "same_type"))
    if weights.family(one.sub_type) == weights.family(other.sub_type):
        return Reason("kindred types", weights.of("type", "same_family"))
    if weights.are_neighbours(one.sub_type, other.sub_type):
        return Reason("neighbouring types", weights.of("type", "neighbouring"))
    return Reason("different types", weights.of("type", "different"))


def _place(one: Traits, other: Traits, weights: Weights) -> Reason:
    if one.place is None or other.place is None:
        if one.lost_name and one.lost_name == other.lost_name:
            return Reason("same name, on no map", weights.of("place", "same_name"))
        return Reason("a place is not known", weights.of("place", "unknown"))
    widest = max(one.place.uncertainty_km, other.place.uncertainty_km)
    wide = widest > weights.of("place", "wide_km")
    if one.place_key == other.place_key:
        return Reason("same place", weights.of("place", "same") / (2.0 if wide else 1.0))
    if _are_other_parts(one.place, other.place):
        return Reason("other parts of one place", weights.of("place", "other_part"))
    apart = _sphere_km(one.place, other.place)
    doubt = max(math.hypot(one.place.uncertainty_km, other.place.uncertainty_km), 0.5)
    if apart <= doubt:
        weight = weights.of("place", "wide") if wide else weights.of("place", "within_doubt") * (1.0 - apart / doubt)
        return Reason(f"{apart:.1f} km apart, within their doubt", weight)
    steps = (apart - doubt) / (0.5 * doubt)
    weight = max(weights.of("place", "beyond_doubt") * (1.0 + steps), weights.of("place", "beyond_least"))
    return Reason(f"{apart:.1f} km apart, beyond their doubt", weight)


def _are_other_parts(one: Resolved, other: Resolved) -> bool:
    """Return whether two regions of one place have next to no ground in common: its east and its west."""
    if one.region is None or other.region is None or one.place.gazetteer_id != other.place.gazetteer_id:
        return False
    smaller = min(one.region.area, other.region.area)
    return bool(one.region.intersection(other.region).area < _SHARED_GROUND * smaller)


def _sphere_km(one: Resolved, other: Resolved) -> float:
    """Distance on a sphere (haversine): half a percent off, which no doubt here is as fine as, and thirty times quicker
    than the ellipsoid for the millions of pairs of an archive.
    """
    south, north = math.radians(one.lat), math.radians(other.lat)
    across = math.sin(math.radians(other.lon - one.lon) / 2.0) ** 2 * math.cos(south) * math.cos(north)
    return 2.0 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(math.sin((north - south) / 2.0) ** 2 + across)))


def _days(one: Traits, other: Traits, weights: Weights) -> Reason:
    if one.days is None or other.days is None:
        return Reason("a day is not known", weights.of("days", "unknown"))
    first, last = max(one.days.start, other.days.start), min(one.days.end, other.days.end)
    gap = (first - last).days
    if gap <= 0:
        covered = (max(one.days.end, other.days.end) - min(one.days.start, other.days.start)).days + 1
        if covered == 1:
            return Reason("same day", weights.of("days", "same_day"))
        off = weights.of("days", "per_doubling") * math.log2(covered)
        return Reason(f"days overlap within {covered}", weights.of("days", "same_day") + off)
    name = "one_day_apart" if gap == 1 else "further_apart"
    return Reason(f"{gap} day(s) apart", weights.of("days", name))


def _actors(one: Traits, other: Traits, weights: Weights) -> Iterator[Reason]:
    if not one.actors or not other.actors:
        return
    if one.doer and other.doer and one.doer.side and other.doer.side and one.doer.side != other.doer.side:
        yield Reason("different sides did it", weights.of("actors", "different"))
        return
    pairs = list(product(one.actors, other.actors))
    if any(_is_same(left, right) for left, right in pairs):
        yield Reason("same actor", weights.of("actors", "same"))
    elif any(left.side and left.side == right.side for left, right in pairs):
        yield Reason("same side", weights.of("actors", "same_side"))
    elif all(left.side and right.side for left, right in pairs):
        yield Reason("different sides", weights.of("actors", "different"))


def _is_same(one: Actor, other: Actor) -> bool:
    """Tell whether two actors are one; other people's coded events name theirs without an identifier of our list."""
    if one.actor_id and other.actor_id:
        return one.actor_id == other.actor_id
    return one.name.casefold() == other.name.casefold()


def _target(one: Traits, other: Traits, weights: Weights) -> Iterator[Reason]:
    if not one.tags or not other.tags:
        return
    shared = one.tags & other.tags
    if shared:
        share = len(shared) / len(one.tags | other.tags)
        yield Reason(f"both concern {', '.join(sorted(shared))}", weights.of("target", "shared") * share)
    else:
        yield Reason("they concern different things", weights.of("target", "disjoint"))


def _counts(one: Traits, other: Traits, weights: Weights) -> Iterator[Reason]:
    for what, left, right in (("killed", one.killed, other.killed), ("injured", one.injured, other.injured)):
        if left is not None and right is not None:
            name = _count_likeness(left, right)
            yield Reason(f"numbers {what}: {name}", weights.of("counts", name))


def _count_likeness(left: Count, right: Count) -> str:
    told, also = _middle(left), _middle(right)
    if told == also:
        return "equal"
    low, high = sorted((told, also))
    inside = _holds(left, also) or _holds(right, told)
    if inside or high - low <= _CLOSE_SHARE * high:
        return "close"
    return "far" if high > _FAR_FACTOR * max(low, 1) else "different"


def _middle(count: Count) -> int:
    return next((value for value in (count.best, count.low, count.high) if value is not None), 0)


def _holds(count: Count, value: int) -> bool:
    if count.low is None and count.high is None:
        return False
    return (count.low is None or value >= count.low) and (count.high is None or value <= count.high)


def _wording(one: Traits, other: Traits, weights: Weights) -> tuple[Reason, bool]:
    shorter = min(len(one.words), len(other.words))
    if not shorter:
        return Reason("no words to compare", 0.0), False
    shared = len(one.words & other.words)
    likeness = shared / (len(one.words) + len(other.words) - shared)
    if likeness >= weights.of("wording", "copy"):
        return Reason("the same sentence", weights.of("wording", "copied")), True
    above = max(0.0, shared / shorter - weights.of("wording", "chance"))
    return Reason(f"{shared} words shared", weights.of("wording", "shared_words") * above), False


def _standing(one: Traits, other: Traits, weights: Weights) -> Iterator[Reason]:
    if one.announced != other.announced:
        yield Reason("one is announced, one has happened", weights.of("standing", "announced_and_done"))
    if one.toll != other.toll:
        yield Reason("one counts several days, one is an event of them", weights.of("standing", "toll_and_event"))
