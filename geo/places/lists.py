"""What a name is listed with: `Alberta, Manitoba and Ontario` are three provinces of one country."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.places.arithmetic import Floats, Integers
from geo.places.compilation import KIND_NAMES
from geo.places.mentions import Group

_COUNTRY = KIND_NAMES.index("country")


class Lists:
    """The pairs of candidates of names that stand side by side in a list."""

    def __init__(self, groups: Sequence[Group], starts: Integers, kind: Integers, country: Integers) -> None:
        """`kind` and `country` are numbers by candidate, `starts` where each group's candidates begin."""
        place = {group.key: number for number, group in enumerate(groups)}
        self._size = len(kind)
        first, second, alike = [], [], []
        self._neighbours = np.zeros(self._size)
        for number, group in enumerate(groups):
            own = np.arange(starts[number], starts[number + 1])
            for key in sorted(group.listed & place.keys() - {group.key}):
                others = np.arange(starts[place[key]], starts[place[key] + 1])
                if len(own) and len(others):
                    at, beside = (each.ravel() for each in np.meshgrid(own, others, indexing="ij"))
                    same = (kind[at] == kind[beside]) & ((country[at] == country[beside]) | (kind[at] == _COUNTRY))
                    first.append(at)
                    second.append(beside)
                    alike.append(same)
                    self._neighbours[own] += 1
        self._pairs = tuple(np.concatenate(each) for each in (first, second, alike)) if first else ()

    def shares(self, probability: Floats) -> tuple[Floats, Floats]:
        """Return for each candidate the likely share of its neighbours that are of its kind and country, and others."""
        if not self._pairs:
            return np.zeros(self._size), np.zeros(self._size)
        first, second, same = self._pairs
        count = np.maximum(self._neighbours, 1.0)
        weight = probability[second]
        alike = np.bincount(first[same], weights=weight[same], minlength=self._size) / count
        every = np.bincount(first, weights=weight, minlength=self._size) / count
        return alike, every - alike
