"""Choosing among ranked candidates: the town before the province named after it, and no guess at a spelling."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

from geo.places.compilation import NameRank
from geo.places.doubt import doubt_class
from geo.places.feature_names import CONTEXT_FEATURES
from geo.places.features import Scene
from geo.places.mentions import HAMLET, Group
from geo.places.ranking import Ranking

_STATES_BY_NAME = frozenset(("US",))
"""Countries whose states are named without the word: New York may well be the state."""


def namesake(scene: Scene, ranking: Ranking, group: Group, order: Sequence[int]) -> int:
    """Return the best candidate, or the town in it that it is named after: who means the province says so."""
    best = order[0]
    index, number = scene.gazetteer.index, int(scene.numbers[best])
    if scene.kinds[best] not in ("admin1", "admin2") or group.kinds:
        return best
    if index.texts[index.country[number]] in _STATES_BY_NAME:
        return best
    country = index.country[number]
    towns = [
        at
        for at in order
        if doubt_class(scene.kinds[at]) == "settled"
        and (scene.holds(number, at) or _is_capital(scene, at) and index.country[int(scene.numbers[at])] == country)
    ]
    likeness = scene.matches[best].likeness
    same = [at for at in towns if scene.matches[at].rank <= NameRank.DERIVED and scene.matches[at].likeness >= likeness]
    return max(same, key=lambda at: (float(ranking.probability[at]), -at), default=best)


def homeland_namesake(scene: Scene, ranking: Ranking, order: Sequence[int], homes: Collection[str]) -> int:
    """Return the best candidate, or its namesake in a country (ISO codes) whose groups the text tells of.

    Boko Haram is at Baga in Nigeria, not at Bagà in Spain. What the document's other names support stays, and so does
    a city that any reader knows.
    """
    best = order[0]
    known = scene.gazetteer.index.population[int(scene.numbers[best])] >= _CITY
    if scene.country(best) in homes or known or ranking.context[best][_SAME_COUNTRY] > 0.3:
        return best
    exact = (at for at in order if scene.country(at) in homes and scene.matches[at].likeness == 1.0)
    return next((at for at in exact if doubt_class(scene.kinds[at]) == "settled"), best)


def _is_capital(scene: Scene, at: int) -> bool:
    """Return whether a candidate is a capital: those of federations lie in no province, not even in their namesake."""
    return bool(scene.gazetteer.index.capital[int(scene.numbers[at])])


def is_obscure(scene: Scene, at: int) -> bool:
    """Return whether only another name of a hamlet fits, in a country that the text, speaking of others, does not name.

    The other names of small settlements are seldom used.
    """
    if not scene.spoken or scene.country(at) in scene.spoken or scene.matches[at].rank is not NameRank.ALTERNATIVE:
        return False
    people = scene.gazetteer.index.population[int(scene.numbers[at])]
    return bool(people < HAMLET) and doubt_class(scene.kinds[at]) == "settled"


def believable(scene: Scene, ranking: Ranking, at: int) -> bool:
    """Return whether a place spelt almost so may be meant: the document is about its country, or it is well known.

    Where the document names other towns, one of them lies in the same part of the country: large ones have a name like
    it somewhere.
    """
    likeness, context = scene.matches[at].likeness, ranking.context[at]
    if _SAME_SOUND <= likeness < 1.0 and context[_SPOKEN]:
        return True
    if len(scene.groups) > 1:
        if scene.kinds[at] == "country" and likeness >= _A_COUNTRYS_LIKENESS:
            return True
        # A site called after a city (`Kandahar hospital`) lies there, however far that is from the other names.
        of_city = likeness == 1.0 and scene.gazetteer.index.population[int(scene.numbers[at])] >= _CITY
        afar = not of_city and _is_localised(scene, ranking, at) and context[_NEAR_400] < _SAME_PART
        return bool(context[_SAME_COUNTRY] > 0.3 and not afar)
    if likeness < 1.0 and scene.spoken and not context[_SPOKEN]:
        return False  # the text speaks of other countries
    return bool(scene.gazetteer.index.population[int(scene.numbers[at])] >= _CITY)


_CITY = 100_000
"""People; a place with as many is known to any reader."""
_SAME_SOUND = 0.95
"""A likeness from which an adjective of the country in the text is enough: `Syrian jets over X`."""
_SPOKEN = CONTEXT_FEATURES.index("country_spoken")
_SAME_COUNTRY = CONTEXT_FEATURES.index("same_country")
_NEAR_400 = CONTEXT_FEATURES.index("near_400")
_A_COUNTRYS_LIKENESS = 0.9
"""There are few countries, and any text may name one."""
_SAME_PART = math.log1p(math.exp(-1.0))
"""What one other name at 400 km adds up to."""


def _is_localised(scene: Scene, ranking: Ranking, at: int) -> bool:
    """Return whether another name of the document likely means something smaller than a province."""
    other = scene.group != scene.group[at]
    small = np.array([doubt_class(kind) in ("settled", "site", "admin2") for kind in scene.kinds])
    return bool((ranking.probability * (other & small)).sum() > 0.5)


def likelihood(scene: Scene, ranking: Ranking, best: int, start: int, end: int) -> float:
    """Return how likely the chosen candidate is, a division that holds it counted in."""
    same = np.flatnonzero(scene.doubtful_km(best, start, end) == 0.0)
    return min(1.0, float(ranking.probability[start:end][same].sum()))
