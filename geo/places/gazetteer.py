"""Names to places, places by identifier and by nearness: the gazetteer that the rest of the project sees."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import distance_km
from geo.model import Candidate, Mention, Place
from geo.places.compilation import KIND_NAMES, NameRank
from geo.places.index import Index, open_index
from geo.places.names import fold, parted_article, similarity, skeleton
from geo.places.toponyms import ToponymScan
from geo.places.wordlists import Wordlists, read_wordlists
from geo.settings import Settings

_REMARK = re.compile(r"\s*(?:\([^)]*(?:\)|\Z)|\[[^]]*(?:\]|\Z))\s*")
"""What stands in brackets explains a name and is no part of it: `X (the old part)`."""
LEAST_SIMILAR = 0.82
"""Likeness under which a name is another name."""
_SOUNDS_ALIKE = 0.99
"""Likeness of two spellings of one sound: they may be the same name, but nobody wrote the one for the other."""
_RANK_WORDS = {
    NameRank.MAIN: "its name",
    NameRank.ALTERNATIVE: "one of its other names",
    NameRank.DERIVED: "its name without the article",
    NameRank.WEAK: "a short form of its name",
}


class Match(NamedTuple):
    """A place that a name could mean, by its number in the index."""

    number: int
    rank: NameRank
    likeness: float
    """1 where the name is exactly one of the place's; else the likeness of the two spellings."""


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source of names in the index."""

    name: str
    places: int
    licence: str


_CAPITAL = " capital"
_LEAST_REACH_KM = 3.0
"""Two sources put one place this far apart."""


class Gazetteer:
    """The compiled index with the operations that others need. Build it with `open_gazetteer`."""

    def __init__(self, index: Index, wordlists: Wordlists, *, models: Path) -> None:
        self.index = index
        self.models = models
        self.wordlists = wordlists
        self._fuzzy = lru_cache(maxsize=4096)(self._similar_names)
        self._scan = ToponymScan(index, wordlists)

    def matches(self, name: str) -> tuple[Match, ...]:
        """Return every place with this name; where there is none, those with a name that is spelt almost so."""
        number = self.index.key_number(fold(name))
        if number >= 0:
            return self._exact(number, 1.0)
        for spellings in _spellings(name):
            known = [number for key in spellings if (number := self.index.key_number(key)) >= 0]
            if known:
                return tuple(match for number in known for match in self._exact(number, 1.0))
        found = self._fuzzy(_bare_key(name))
        best = found[0][1] if found else 0.0
        return tuple(
            match for other, likeness in found if likeness >= best - 0.02 for match in self._exact(other, likeness)
        )

    def matches_in(self, name: str, country: str) -> tuple[Match, ...]:
        """Return the places of a country with a name that is spelt almost so, the most alike first."""
        index = self.index
        found = (match for other, likeness in self._fuzzy(_bare_key(name)) for match in self._exact(other, likeness))
        return tuple(match for match in found if index.texts[index.country[match.number]] == country)

    def candidates(self, name: str, *, limit: int = 20) -> tuple[Candidate, ...]:
        """Return the places that a name could mean without any context, the likeliest first; scores are in [0, 1]."""
        found = {match.number: match for match in reversed(self.matches(name))}
        ranked = sorted(found.values(), key=lambda match: (-self.prior(match), match.number))
        return tuple(self._candidate(match) for match in ranked[:limit])

    def prior(self, match: Match) -> float:
        """Return how likely a name means this place before any context, in [0, 1]: people, fame and kind of name."""
        index, number = self.index, match.number
        people = math.log10(index.population[number] + 10) / 9.5
        fame = math.log1p(index.fame[number]) / 5.0
        kind = {"country": 0.15, "admin1": 0.02, "admin2": -0.1, "continent": 0.3, "sea": 0.1}
        trust = {NameRank.MAIN: 0.2, NameRank.ALTERNATIVE: 0.08, NameRank.DERIVED: 0.05, NameRank.WEAK: -0.1}
        score = 0.4 * people + 0.25 * fame + trust[match.rank] + kind.get(index.kind_name(number), 0.05)
        return max(0.0, min(1.0, score)) * match.likeness**4

    def find_toponyms(self, text: str) -> tuple[Mention, ...]:
        """Return the names of places in a text, longest first where they overlap, ordered by start."""
        return self._scan.mentions(text)

    def place(self, gazetteer: str, gazetteer_id: str) -> Place | None:
        """Return a place by its identifier, None where there is none."""
        number = self.index.identified(gazetteer, gazetteer_id)
        return self.index.place(number) if number >= 0 else None

    def kinds(self, gazetteer: str, gazetteer_id: str) -> tuple[str, ...]:
        """Return the kind of a place, and the kinds of places of its name that lie within it; none for no place.

        Sources differ on what a place is: a camp of 85,000 people is a city in another.
        """
        place = self.place(gazetteer, gazetteer_id)
        if place is None:
            return ()
        named = [candidate.place for candidate in self.candidates(place.name)]
        reach = max(place.radius_km, _LEAST_REACH_KM)
        there = [one for one in named if distance_km(place.lon, place.lat, one.lon, one.lat) <= reach]
        return tuple(dict.fromkeys(one.kind for one in (place, *there)))

    def near(self, lon: float, lat: float, *, km: float) -> tuple[Place, ...]:
        """Return the places within a distance of a point in degrees, the nearest first."""
        high = km / 110.5
        wide = min(180.0, high / max(math.cos(math.radians(min(abs(lat) + high, 89.9))), 0.002))
        rows = np.arange(math.floor(max(lat - high, -90.0)), math.floor(min(lat + high, 89.999)) + 1)
        columns = np.arange(math.floor(lon - wide), math.floor(lon + wide) + 1)
        found = []
        for south in rows:
            for west in sorted({float((column + 180) % 360 - 180) for column in columns}):
                for number in self.index.in_cell(west + 0.5, float(south) + 0.5):
                    place = self.index.place(number)
                    if abs(place.lat - lat) <= high:
                        away = distance_km(lon, lat, place.lon, place.lat)
                        if away <= km:
                            found.append((away, place.gazetteer, place.gazetteer_id, place))
        return tuple(one[-1] for one in sorted(found, key=lambda one: one[:3]))

    def sources(self) -> tuple[SourceCount, ...]:
        """Return the sources in the index with their counts and licences."""
        return tuple(
            SourceCount(str(source["name"]), int(source["places"]), str(source["licence"]))
            for source in self.index.facts["sources"]
        )

    def extent(self, place: Place) -> BaseGeometry | None:
        """Return the polygon of a place in EPSG:4326, None where none is known."""
        number = self.index.identified(place.gazetteer, place.gazetteer_id)
        shape = self.index.extent(number) if number >= 0 else b""
        return shapely.from_wkb(shape) if shape else None

    def country(self, iso: str) -> tuple[Match, ...]:
        """Return the country with an ISO 3166-1 alpha-2 code as the one match of its demonym."""
        number = self._countries.get(iso, -1)
        return (Match(number, NameRank.ALTERNATIVE, 1.0),) if number >= 0 else ()

    def capital(self, iso: str) -> int:
        """Return the number of the capital of a country with an ISO 3166-1 alpha-2 code, -1 where none is known."""
        return self._capitals.get(iso, -1)

    def capital_called(self, name: str) -> tuple[Match, ...]:
        """Return the capital that is told by its people alone (`Somali capital`) as the one match; empty for others."""
        if not name.endswith(_CAPITAL):
            return ()
        number = self.capital(self.demonyms.get(fold(name.removesuffix(_CAPITAL)), ""))
        return (Match(number, NameRank.MAIN, 1.0),) if number >= 0 else ()

    @cached_property
    def _capitals(self) -> dict[str, int]:
        index = self.index
        numbers = [int(one) for one in np.flatnonzero(np.asarray(index.capital)) if not index.hidden[int(one)]]
        numbers.sort(key=lambda one: int(index.population[one]))  # the largest of a country's is written last
        return {index.texts[index.country[one]]: one for one in numbers}

    @cached_property
    def _countries(self) -> dict[str, int]:
        kind, index = KIND_NAMES.index("country"), self.index
        numbers = np.flatnonzero(index.kinds == kind)
        return {index.texts[index.country[number]]: int(number) for number in numbers if not index.hidden[number]}

    @cached_property
    def demonyms(self) -> dict[str, str]:
        """Demonym, folded, to the country's ISO code."""
        return dict(self.wordlists.demonyms)

    def _exact(self, key_number: int, likeness: float) -> tuple[Match, ...]:
        return tuple([Match(number, rank, likeness) for number, rank in self.index.postings(key_number)])

    def _similar_names(self, key: str) -> tuple[tuple[int, float], ...]:
        """Return (number of a name, likeness) for names that are almost `key`, the most alike first."""
        if len(key) < 5 or not key.isascii() or any(letter.isdigit() for letter in key):
            return ()
        proposed = set(self.index.sounding(skeleton(key))) if skeleton(key) else set()
        if len(key) >= 7:
            proposed.update(self.index.beginning(key[:4]))
        texts = self.index.keys
        scored = []
        for number in proposed:
            other = texts[number]
            if abs(len(other) - len(key)) <= 3 and other.count(" ") - key.count(" ") in (-1, 0, 1):
                likeness = min(similarity(key, other), _SOUNDS_ALIKE)
                if likeness >= LEAST_SIMILAR:
                    scored.append((number, likeness))
        return tuple(sorted(scored, key=lambda one: (-one[1], one[0])))

    def _candidate(self, match: Match) -> Candidate:
        place = self.index.place(match.number)
        if match.likeness == 1.0:
            why = f"the name is {_RANK_WORDS[match.rank]}"
        else:
            why = f"the name is spelt much like {place.name} ({match.likeness:.2f})"
        if place.population:
            why += f"; {place.population:,} people"
        return Candidate(place, round(self.prior(match), 4), why)


def _spellings(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the folded names to look a name up by that is not known as it stands, the next where those are not either.

    Brackets and slashes are parts of some names. Then: without its remark; by the names between slashes; with an Arabic
    article apart that was written as a part of the word.
    """
    bare = _REMARK.sub(" ", name)
    for names in ((bare,), tuple(bare.split("/")), (parted_article(fold(bare)),)):
        yield tuple(dict.fromkeys(key for one in names if (key := fold(one))))


def _bare_key(name: str) -> str:
    return fold(_REMARK.sub(" ", name)) or fold(name)


def open_gazetteer(settings: Settings, *, progress: Callable[[str, float], None] | None = None) -> Gazetteer:
    """Open the gazetteer of the settings, compiling its index first where it is missing or stale.

    `progress` is called with a step in words and the share done in [0, 1]. Raises `GazetteerError` where a source is
    wrong, `ConfigurationError` where the cache folder cannot be written.
    """
    return Gazetteer(
        open_index(settings, progress=progress), read_wordlists(settings.gazetteer / "world"), models=settings.models
    )
