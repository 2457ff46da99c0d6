"""Calibrate the radius of doubt: on held-out gold it should hold the true place nine times in ten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geo.crs import distance_km
from geo.places.arithmetic import Floats
from geo.places.doubt import SURE, doubt_class, reach_km
from geo.places.ranking import Weights, rank
from geo.training.place_lessons import NEAR_KM, Lesson

_QUANTILE = 0.9
"""A place read rightly should lie within its own radius this often; wrong readings take the rest of the doubt."""
_LEAST, _MOST = 1.0, 3.0
"""Never less than the place: an event in a country may be anywhere in it, though gold marks its middle."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One marked name of a held-out document, as it was read."""

    kind: str
    """By `doubt_class`."""
    radius_km: float
    """Of the place itself, before calibration."""
    stated: bool
    """Whether a curated gazetteer states the radius, which calibration then leaves alone."""
    away_km: float
    """From the chosen place to the gold point."""
    distances: Floats
    """From the chosen place to each candidate."""
    shares: Floats
    """Probability of each candidate."""


def observed(lessons: Sequence[Lesson], weights: Weights) -> list[Observation]:
    """Return one observation for every marked name that has a candidate."""
    found = []
    for one in lessons:
        scene = one.scene
        if not len(scene):
            continue
        ranking = rank(scene, weights)
        for place, group in enumerate(scene.groups):
            start, end = int(scene.starts[place]), int(scene.starts[place + 1])
            if start == end:
                continue
            best = start + int(ranking.probability[start:end].argmax())
            distances = scene.doubtful_km(best, start, end)
            point = scene.gazetteer.index.place(int(scene.numbers[best]))
            for position in group.mentions:
                name = one.gold.names[position]
                away = distance_km(name.lon, name.lat, point.lon, point.lat)
                kind, shares = doubt_class(point.kind), ranking.probability[start:end]
                stated = scene.gazetteer.index.is_curated(int(scene.numbers[best]))
                found.append(Observation(kind, point.radius_km, stated, away, distances, shares))
    return found


def calibrated(seen: Sequence[Observation]) -> tuple[Mapping[str, float], float]:
    """Return the factors by kind and the likelihood that counts as sure, and the share of names then held."""
    ratios: dict[str, list[float]] = defaultdict(list)
    for one in seen:
        if one.away_km < NEAR_KM and not one.stated:
            ratios[one.kind].append(one.away_km / one.radius_km)
    factors = {
        kind: round(float(np.clip(np.quantile(values, _QUANTILE), _LEAST, _MOST)), 3)
        for kind, values in sorted(ratios.items())
        if len(values) >= 20
    }
    best, held = SURE, -1.0
    for sure in np.arange(0.3, 0.995, 0.01):
        share = _held(seen, factors, float(sure))
        if held < 0 or abs(share - SURE) < abs(held - SURE):
            best, held = round(float(sure), 2), share
    return {**factors, "sure": best}, held


def _held(seen: Sequence[Observation], factors: Mapping[str, float], sure: float) -> float:
    inside = 0
    for one in seen:
        own = one.radius_km * (1.0 if one.stated else factors.get(one.kind, 1.0))
        inside += one.away_km <= reach_km(own, one.distances, one.shares, sure=sure)
    return inside / len(seen)
