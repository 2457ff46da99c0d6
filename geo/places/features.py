"""What speaks for a candidate, as numbers: of its name alone, and of the document around it.

`Scene` holds all candidates of one document in flat arrays, so that a document is a handful of numpy operations. The
features and their meaning are listed in geo/places/feature_names.py; weights are learned by geo/training/places.py.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from geo.places.areas import Areas
from geo.places.arithmetic import Floats, Integers, arc_km, closeness, side_by_side, unit_vector
from geo.places.compilation import KIND_NAMES, STEP, NameRank
from geo.places.feature_names import CONTEXT_FEATURES, NAME_FEATURES
from geo.places.gazetteer import Gazetteer
from geo.places.kinds import KINDS, Extent
from geo.places.lists import Lists
from geo.places.mentions import Group

_SETTLED = frozenset(("city", "town", "village", "suburb", "neighbourhood"))
_WIDE = frozenset(
    ("region", "continent", "sea", "territory", "desert", "mountain", "river", "strait", "lake", "valley", "island")
)
_EVERYWHERE = frozenset(("country", "continent", "sea"))


def _of_kinds(names: Collection[str]) -> npt.NDArray[np.bool_]:
    """Return for each number of a kind whether it is one of these."""
    return np.array([kind in names for kind in KIND_NAMES])


_IS_SETTLED, _IS_WIDE, _IS_EVERYWHERE = _of_kinds(_SETTLED), _of_kinds(_WIDE), _of_kinds(_EVERYWHERE)
_IS_POINT = np.array([KINDS[kind].extent is Extent.POINT for kind in KIND_NAMES])
_COUNTRY, _ADMIN1, _ADMIN2, _SEA = (KIND_NAMES.index(kind) for kind in ("country", "admin1", "admin2", "sea"))
_NAME_COLUMN = {name: number for number, name in enumerate(NAME_FEATURES)}
_REACHES_KM = (30.0, 100.0, 400.0, 60.0)
"""What is near, in three widths, and what the nearest of all is measured by."""
_FAME = np.log1p(np.arange(256)) / 5
"""By the number of a place's names, of which 255 are counted."""


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
        self._kind = index.kinds[numbers]
        self.kinds = [KIND_NAMES[kind] for kind in self._kind.tolist()]
        self._country, admin1, admin2 = (
            np.asarray(column)[numbers].astype(np.int64) for column in (index.country, index.admin1, index.admin2)
        )
        # Divisions of two countries may share a name: a division is told apart by its country.
        self._admin1 = np.where(admin1 > 0, self._country * 1_000_003 + admin1, 0)
        self._admin2 = np.where(admin2 > 0, self._admin1 * 31 + admin2, 0)
        self._people = np.asarray(index.population)[numbers].astype(np.float64)
        self._everywhere = _IS_EVERYWHERE[self._kind]
        self._named_groups = np.flatnonzero(np.diff(self.starts))
        # Where each name's candidates begin, of those that have any, and which of these each candidate belongs to.
        self._begins = self.starts[self._named_groups]
        self._own = np.repeat(np.arange(len(self._begins)), np.diff(self.starts)[self._named_groups])
        self._areas = tuple(
            Areas(area, self.group, len(groups), itself=self._kind == kind)
            for area, kind in ((self._country, _COUNTRY), (self._admin1, _ADMIN1), (self._admin2, _ADMIN2))
        )
        self._doubtful: dict[int, Floats] = {}
        self._close: dict[bytes, tuple[Floats, ...]] = {}
        self._text = self._text_features()
        # In lists, settlements of all sizes stand side by side.
        listed_as = np.where(_IS_SETTLED[self._kind], -1, self._kind.astype(np.int64))
        self._lists = Lists(groups, self.starts, listed_as, self._country)
        self._spoken, self.spoken = self._in_countries(spoken), frozenset(spoken)
        self.name_features = self._name_features()

    def __len__(self) -> int:
        return len(self.matches)

    def country(self, at: int) -> str:
        """Return the ISO code of a candidate's country."""
        return self.gazetteer.index.texts[int(self._country[at])]

    def _in_countries(self, codes: Collection[str]) -> Floats:
        texts, size = self.gazetteer.index.texts, len(self)
        if not codes:
            return np.zeros(size)
        found = {one: float(texts[one] in codes) for one in set(self._country.tolist())}
        return np.array([found[one] for one in self._country.tolist()])

    def _name_features(self) -> Floats:
        size = len(self)
        if not size:
            return np.zeros((0, len(NAME_FEATURES)))
        index, kind = self.gazetteer.index, self._kind
        ranks = np.array([match.rank for match in self.matches])
        people = np.log10(self._people + 1) / 7
        columns: list[npt.NDArray[np.generic]] = [
            people,
            _FAME[np.asarray(index.fame)[self.numbers]],
            *(ranks == one for one in list(NameRank)[1:]),
            np.array([10 * (1 - match.likeness) for match in self.matches]),
            *(kind == one for one in (_COUNTRY, _ADMIN1, _ADMIN2)),
            _IS_WIDE[kind],
            _IS_POINT[kind],
            np.asarray(index.capital)[self.numbers],
            *self._largest_towns(people),
            np.array([index.is_curated(number) for number in self.numbers.tolist()]),
            *self._stated_kinds(),
            self._divisions_of_towns(),
            *self._namesake_features(ranks),
        ]
        return side_by_side(columns, size)

    def _largest_towns(self, people: Floats) -> tuple[Floats, Floats]:
        """The largest town of each name, and how much smaller the others are."""
        settled = _IS_SETTLED[self._kind]
        own = np.where(settled, people, -1.0)
        largest = np.maximum.reduceat(own, self._begins)[self._own]
        most = np.zeros(len(self))
        # Of two as large the first: later assignments win.
        first = np.flatnonzero(settled & (own == largest))[::-1]
        place = np.full(len(self._begins), -1)
        place[self._own[first]] = first
        most[place[place >= 0]] = 1.0
        return most, np.where(settled, largest - own, 0.0)

    def _stated_kinds(self) -> tuple[Floats, Floats]:
        agrees, differs = np.zeros(len(self)), np.zeros(len(self))
        for place, group in enumerate(self.groups):
            if group.kinds:
                for at in range(self.starts[place], self.starts[place + 1]):
                    agrees[at], differs[at] = self.kinds[at] in group.kinds, self.kinds[at] not in group.kinds
        return agrees, differs

    def _divisions_of_towns(self) -> Floats:
        """Whether a division holds a town of its name."""
        doubled = np.zeros(len(self))
        divisions = np.flatnonzero((self._kind == _ADMIN1) | (self._kind == _ADMIN2))
        if len(divisions):
            settled = _IS_SETTLED[self._kind]
            held = set(zip(self.group[settled].tolist(), self._admin1[settled].tolist(), strict=True))
            own = zip(self.group[divisions].tolist(), self._admin1[divisions].tolist(), strict=True)
            doubled[divisions] = [one in held for one in own]
        return doubled

    def _namesake_features(self, ranks: Integers) -> tuple[Floats, Floats]:
        """What the other candidates of a name say against one: it is theirs by right, or its country has it too."""
        by_right = np.zeros(len(self.groups), dtype=bool)
        by_right[self.group[ranks == NameRank.MAIN]] = True
        # Nobody writes the whole name of an ocean.
        aliases = by_right[self.group] & (ranks == NameRank.ALTERNATIVE) & (self._kind != _SEA)
        parts, is_country = np.zeros(len(self)), self._kind == _COUNTRY
        if is_country.any():
            pairs = list(zip(self.group.tolist(), self._country.tolist(), strict=True))
            countries = {pairs[at] for at in np.flatnonzero(is_country)}
            parts[:] = [pair in countries for pair in pairs]
            parts[is_country] = 0.0
        return aliases.astype(float), parts

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
        kind = index.kind_name(holder)
        if holder == number:
            return False
        if kind == "country":
            return index.country[holder] == index.country[number] and self.kinds[at] != "country"
        division = kind in ("admin1", "admin2")
        if self.kinds[at] in (("country", "admin1") if division else ("country", "admin1", "continent", "sea")):
            return False
        if division and (index.admin1[number] or index.country[holder] != index.country[number]):
            same = (index.country[holder], index.admin1[holder]) == (index.country[number], index.admin1[number])
            return same and (kind == "admin1" or index.admin2[holder] == index.admin2[number])
        # Of some rows only the country is known.
        away = arc_km(unit_vector(index.lon[holder], index.lat[holder]) @ self._unit[at])
        least = KINDS[kind].radius_km if division else 40.0 if kind in _SETTLED else 0.0
        return bool(away < max(least, float(index.radius[holder]) * (1.0 if division else 1.3)))

    def context_features(self, probability: Floats) -> Floats:
        """Return the context's features, given how likely each candidate is for now."""
        size, count = len(self), len(self.groups)
        if not size:
            return np.zeros((0, len(CONTEXT_FEATURES)))
        others = max(count - 1, 1)
        country, admin1, admin2 = (areas.support(probability) for areas in self._areas)
        near = self._nearness(probability)
        logs = [np.log1p(one) for one in near[:3]]
        people = self._name_column("people")
        at_home = country / others
        columns = [
            *self._text.T,
            at_home,
            np.log1p(country),
            self._areas[0].named(probability),
            self._spoken,
            admin1 / others,
            np.log1p(admin1),
            self._areas[1].named(probability),
            np.log1p(admin2),
            *logs,
            near[3],
            people * (country < 0.3),
            people * country / others,
            people * logs[1],
            *(self._name_column(name) * country / others for name in ("capital", "country", "admin1")),
            *self._lists.shares(probability),
        ]
        return side_by_side(columns, size)

    def _name_column(self, name: str) -> Floats:
        column: Floats = self.name_features[:, _NAME_COLUMN[name]]
        return column

    def _nearness(self, probability: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        # Countries are as wide as what one asks about: being near to their middle says nothing.
        wide = self._everywhere
        likely = np.flatnonzero((probability > 0.03) & ~wide)
        size, count = len(self), len(self.groups)
        if not len(likely) or count < 2:
            zero = np.zeros(size)
            return zero, zero, zero, zero
        key = likely.tobytes()
        if key not in self._close:
            self._close[key] = closeness(self._unit, self.group, likely, reaches_km=_REACHES_KM)
        *close, closer = self._close[key]
        member = np.zeros((len(likely), count))
        member[np.arange(len(likely)), self.group[likely]] = probability[likely]
        sums = [np.where(wide, 0.0, np.minimum(each @ member, 1.0).sum(axis=1)) for each in close]
        closest = (closer * probability[likely]).max(axis=1)
        return sums[0], sums[1], sums[2], np.where(wide, 0.0, closest)

    def distances_km(self, lon: float, lat: float) -> Floats:
        """Return the distance of each candidate from a point in radians."""
        point = np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])
        return arc_km(self._unit @ point)

    def doubtful_km(self, best: int, start: int, end: int) -> Floats:
        """Return each candidate's km from the chosen one; 0 for a division that holds it: that is no doubt."""
        if best not in self._doubtful:
            index, number = self.gazetteer.index, int(self.numbers[best])
            away = arc_km(self._unit @ unit_vector(index.lon[number], index.lat[number]))[start:end]
            away[best - start] = 0.0  # Rounding may put a place a little away from itself.
            for at in range(start, end):
                if self.kinds[at] not in _SETTLED and self.holds(int(self.numbers[at]), best):
                    away[at - start] = 0.0
            self._doubtful[best] = away
        return self._doubtful[best]

    def softmax(self, score: Floats) -> Floats:
        """Return each candidate's probability among those of its name."""
        if not len(self):
            return np.zeros(0)
        raised = np.exp(score - np.maximum.reduceat(score, self._begins)[self._own])
        return np.asarray(raised / np.add.reduceat(raised, self._begins)[self._own])
