"""What speaks for a candidate, as numbers: of its name alone, and of the document around it.

`Scene` holds all candidates of one document in flat arrays, so that a document is a handful of numpy operations. The
features and their meaning are listed in geo/places/feature_names.py; weights are learned by geo/training/places.py.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from geo.crs import EARTH_RADIUS_KM
from geo.places.compilation import STEP, NameRank
from geo.places.feature_names import CONTEXT_FEATURES, NAME_FEATURES
from geo.places.gazetteer import Gazetteer
from geo.places.kinds import KINDS, Extent
from geo.places.mentions import Group

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_SETTLED = frozenset(("city", "town", "village", "suburb", "neighbourhood"))
_WIDE = frozenset(
    ("region", "continent", "sea", "territory", "desert", "mountain", "river", "strait", "lake", "valley", "island")
)


class Scene:
    """The candidates of one document, group after group."""

    def __init__(self, groups: Sequence[Group], gazetteer: Gazetteer, *, spoken: Collection[str] = ()) -> None:
        """`spoken` holds the ISO codes of the countries that the text has an adjective of."""
        index = gazetteer.index
        self.groups = groups
        self.gazetteer = gazetteer
        flat = [(place, match) for place, group in enumerate(groups) for match in group.matches]
        self.matches = [match for _, match in flat]
        self.group = np.array([place for place, _ in flat], dtype=np.int64)
        self.starts = np.searchsorted(self.group, np.arange(len(groups) + 1))
        numbers = np.array([match.number for match in self.matches], dtype=np.int64)
        self.numbers = numbers
        lon, lat = np.radians(index.lon[numbers] * STEP), np.radians(index.lat[numbers] * STEP)
        self._unit = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
        self.kinds = [index.kind_name(int(number)) for number in numbers]
        self._country = np.array([index.country[number] for number in numbers], dtype=np.int64)
        admin1 = np.array([index.admin1[number] for number in numbers], dtype=np.int64)
        admin2 = np.array([index.admin2[number] for number in numbers], dtype=np.int64)
        # Divisions of two countries may share a name: a division is told apart by its country.
        self._admin1 = np.where(admin1 > 0, self._country * 1_000_003 + admin1, 0)
        self._admin2 = np.where(admin2 > 0, self._admin1 * 31 + admin2, 0)
        self._people = np.array([index.population[number] for number in numbers], dtype=np.float64)
        self._text = self._text_features()
        self._spoken = np.array([index.texts[int(one)] in spoken for one in self._country], dtype=float)
        self.name_features = self._name_features()

    def __len__(self) -> int:
        return len(self.matches)

    def _name_features(self) -> Floats:
        index, size = self.gazetteer.index, len(self)
        ranks = [match.rank for match in self.matches]
        people = np.log10(self._people + 1) / 7
        settled = np.array([kind in _SETTLED for kind in self.kinds], dtype=bool)
        most, gap, doubled = np.zeros(size), np.zeros(size), np.zeros(size)
        for start, end in zip(self.starts[:-1], self.starts[1:], strict=True):
            own = np.where(settled[start:end], people[start:end], -1.0)
            if end > start and own.max() >= 0:
                most[start + int(own.argmax())] = 1.0
                gap[start:end] = np.where(settled[start:end], own.max() - own, 0.0)
                held = set(self._admin1[start:end][settled[start:end]].tolist())
                for at in range(start, end):
                    doubled[at] = self.kinds[at] in ("admin1", "admin2") and self._admin1[at] in held
        agrees, differs = np.zeros(size), np.zeros(size)
        for at, group in enumerate(self.group):
            wanted = self.groups[group].kinds
            if wanted:
                agrees[at], differs[at] = self.kinds[at] in wanted, self.kinds[at] not in wanted
        columns = [
            people,
            np.array([math.log1p(index.fame[int(number)]) / 5 for number in self.numbers]),
            *(np.array([rank is one for rank in ranks], dtype=float) for one in list(NameRank)[1:]),
            np.array([10 * (1 - match.likeness) for match in self.matches]),
            *(np.array([kind == one for kind in self.kinds], dtype=float) for one in ("country", "admin1", "admin2")),
            np.array([kind in _WIDE for kind in self.kinds], dtype=float),
            np.array([KINDS[kind].extent is Extent.POINT for kind in self.kinds], dtype=float),
            np.array([index.capital[int(number)] for number in self.numbers], dtype=float),
            most,
            gap,
            np.array([index.is_curated(int(number)) for number in self.numbers], dtype=float),
            agrees,
            differs,
            doubled,
            *self._namesake_features(),
        ]
        return np.stack(columns, axis=1) if size else np.zeros((0, len(NAME_FEATURES)))

    def _namesake_features(self) -> tuple[Floats, Floats]:
        """What the other candidates of a name say against one: it is theirs by right, or its country has it too."""
        aliases, parts = np.zeros(len(self)), np.zeros(len(self))
        for start, end in zip(self.starts[:-1], self.starts[1:], strict=True):
            own = range(start, end)
            if any(self.matches[at].rank is NameRank.MAIN for at in own):
                aliases[[at for at in own if self.matches[at].rank is NameRank.ALTERNATIVE]] = 1.0
            countries = {int(self._country[at]) for at in own if self.kinds[at] == "country"}
            parts[[at for at in own if self.kinds[at] != "country" and int(self._country[at]) in countries]] = 1.0
        return aliases, parts

    def _text_features(self) -> Floats:
        """Contained, not contained, within, container: what phrases say, whatever the other names turn out to be."""
        size = len(self)
        found = np.zeros((size, 4))
        by_key = {group.key: place for place, group in enumerate(self.groups)}
        for place, group in enumerate(self.groups):
            own = range(self.starts[place], self.starts[place + 1])
            for names, column in ((group.containers, 0), (group.within, 2)):
                for name in names:
                    holders = self._holders(name, by_key)
                    held = [at for at in own if any(self.holds(holder, at) for holder in holders)]
                    found[held, column] = 1.0
                    if held and column == 0:
                        found[[at for at in own if at not in held], 1] = 1.0
                    if held and name in by_key and name != group.key:
                        other = by_key[name]
                        for at in range(self.starts[other], self.starts[other + 1]):
                            if any(self.holds(int(self.numbers[at]), one) for one in held):
                                found[at, 3] = 1.0
            found[found[:, 0] > 0, 1] = 0.0
        return found

    def _holders(self, name: str, by_key: dict[str, int]) -> list[int]:
        if name in by_key:
            place = by_key[name]
            return [int(number) for number in self.numbers[self.starts[place] : self.starts[place + 1]]]
        number = self.gazetteer.index.key_number(name)
        if number < 0:
            return []
        index = self.gazetteer.index
        kinds = ("country", "admin1", "admin2", "territory", "region")
        return [one.number for one in index.postings(number) if index.kind_name(one.number) in kinds]

    def holds(self, holder: int, at: int) -> bool:
        """Return whether a place (by its number) holds a candidate (by its position)."""
        index, number = self.gazetteer.index, int(self.numbers[at])
        if holder == number:
            return False
        kind = index.kind_name(holder)
        if kind == "country":
            return index.country[holder] == index.country[number] and self.kinds[at] != "country"
        if kind in ("admin1", "admin2"):
            same = index.country[holder] == index.country[number] and index.admin1[holder] == index.admin1[number]
            if self.kinds[at] in ("country", "admin1"):
                return False
            return same and (kind == "admin1" or index.admin2[holder] == index.admin2[number])
        away = _km(_unit(index.lon[holder], index.lat[holder]) @ self._unit[at])
        if self.kinds[at] in ("country", "admin1", "continent", "sea"):
            return False
        return bool(away < max(40.0 if kind in _SETTLED else 0.0, float(index.radius[holder]) * 1.3))

    def context_features(self, probability: Floats) -> Floats:
        """Return the context's features, given how likely each candidate is for now."""
        size, count = len(self), len(self.groups)
        if not size:
            return np.zeros((0, len(CONTEXT_FEATURES)))
        others = max(count - 1, 1)
        country = self._support(self._country, probability)
        admin1 = self._support(self._admin1, probability)
        admin2 = self._support(self._admin2, probability)
        near = self._nearness(probability)
        people = self._name_column("people")
        lonely = people * (country < 0.3)
        columns = [
            *self._text.T,
            country / others,
            np.log1p(country),
            self._named("country", self._country, probability),
            self._spoken,
            admin1 / others,
            np.log1p(admin1),
            self._named("admin1", self._admin1, probability),
            np.log1p(admin2),
            *(np.log1p(one) for one in near[:3]),
            near[3],
            lonely,
            people * country / others,
            people * np.log1p(near[1]),
            *(self._name_column(name) * country / others for name in ("capital", "country", "admin1")),
        ]
        return np.stack(columns, axis=1)

    def _name_column(self, name: str) -> Floats:
        column: Floats = self.name_features[:, NAME_FEATURES.index(name)]
        return column

    def _support(self, area: Integers, probability: Floats) -> Floats:
        """Number of other names expected in each candidate's area; 0 where it lies in none."""
        areas, inverse = np.unique(area, return_inverse=True)
        mass = np.zeros((len(areas), len(self.groups)))
        np.add.at(mass, (inverse, self.group), probability)
        mass = np.minimum(mass, 1.0)
        support = mass.sum(axis=1)[inverse] - mass[inverse, self.group]
        return np.where(area > 0, support, 0.0)

    def _named(self, kind: str, area: Integers, probability: Floats) -> Floats:
        """Probability that another name of the document is the area itself."""
        itself = np.array([one == kind for one in self.kinds])
        areas, inverse = np.unique(area, return_inverse=True)
        mass = np.zeros((len(areas), len(self.groups)))
        np.add.at(mass, (inverse[itself], self.group[itself]), probability[itself])
        best = np.minimum(mass.sum(axis=1)[inverse] - mass[inverse, self.group], 1.0)
        return np.where(area > 0, best, 0.0)

    def _nearness(self, probability: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        # Countries are as wide as what one asks about: being near to their middle says nothing.
        wide = np.array([kind in ("country", "continent", "sea") for kind in self.kinds])
        likely = np.flatnonzero((probability > 0.03) & ~wide)
        size, count = len(self), len(self.groups)
        zero = np.zeros(size)
        if not len(likely):
            return zero, zero, zero, zero
        km = _km(self._unit @ self._unit[likely].T)
        member = np.zeros((len(likely), count))
        member[np.arange(len(likely)), self.group[likely]] = probability[likely]
        own = self.group[likely][None, :] == self.group[:, None]
        sums = []
        for reach in (30.0, 100.0, 400.0):
            close = np.where(own, 0.0, np.exp(-km / reach))
            sums.append(np.where(wide, 0.0, np.minimum(close @ member, 1.0).sum(axis=1)))
        closest = (np.where(own, 0.0, np.exp(-km / 60.0)) * probability[likely]).max(axis=1)
        return sums[0], sums[1], sums[2], np.where(wide, 0.0, closest)

    def radians(self, at: int) -> tuple[float, float]:
        """Return longitude and latitude of a candidate in radians."""
        index, number = self.gazetteer.index, int(self.numbers[at])
        return math.radians(int(index.lon[number]) * STEP), math.radians(int(index.lat[number]) * STEP)

    def distances_km(self, lon: float, lat: float) -> Floats:
        """Return the distance of each candidate from a point in radians."""
        point = np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])
        return _km(self._unit @ point)

    def doubtful_km(self, best: int, start: int, end: int) -> Floats:
        """Return each candidate's km from the chosen one; 0 for a division that holds it: that is no doubt."""
        away = self.distances_km(*self.radians(best))[start:end]
        here = range(start, end)
        around = [self.kinds[at] not in _SETTLED and self.holds(int(self.numbers[at]), best) for at in here]
        return np.where(around, 0.0, away)

    def softmax(self, score: Floats) -> Floats:
        """Return each candidate's probability among those of its name."""
        probability = np.zeros(len(self))
        for start, end in zip(self.starts[:-1], self.starts[1:], strict=True):
            if end > start:
                own = np.exp(score[start:end] - score[start:end].max())
                probability[start:end] = own / own.sum()
        return probability


def _unit(lon: int, lat: int) -> Floats:
    east, north = math.radians(int(lon) * STEP), math.radians(int(lat) * STEP)
    return np.array([math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)])


def _km(cosine: Floats) -> Floats:
    """Great-circle distance from the cosine of the angle; within 0.6 % of the geodesic."""
    return EARTH_RADIUS_KM * np.arccos(np.clip(cosine, -1.0, 1.0))
