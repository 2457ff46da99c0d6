"""Why a candidate was taken, in one sentence: what told it apart from the next best."""

from __future__ import annotations

import numpy as np

from geo.model import Place
from geo.places.choice import likelihood
from geo.places.feature_names import FEATURES
from geo.places.features import Scene
from geo.places.ranking import Ranking, Weights

_SAID = {
    "people": "it has the most people",
    "fame": "it is the best known",
    "alternative_name": "it is its main name",
    "weak_name": "it is its full name",
    "unlikeness": "its spelling is the closest",
    "capital": "it is a capital",
    "most_people": "it is the largest town of that name",
    "people_gap": "it is the largest town of that name",
    "curated": "the project's own gazetteer lists it",
    "stated_kind": "the text states its kind",
    "other_kind": "the text states its kind",
    "contained": "the text says what it lies in",
    "not_contained": "the text says what it lies in",
    "within": "the text says what it lies in",
    "container": "the text names a place in it",
    "same_country": "other names of the document lie in its country",
    "same_country_count": "other names of the document lie in its country",
    "country_named": "the document names its country",
    "country_spoken": "the text has an adjective of its country",
    "alias_beside_name": "it is its main name",
    "division_of_namesake": "the country of that name is likelier meant",
    "same_admin1": "other names of the document lie in its province",
    "same_admin1_count": "other names of the document lie in its province",
    "admin1_named": "the document names its province",
    "listed_alike": "the names that it is listed with are of its kind",
    "listed_unlike": "the names that it is listed with are of its kind",
    "same_admin2_count": "other names of the document lie in its district",
    "near_30": "other names of the document are close by",
    "near_100": "other names of the document are near",
    "near_400": "other names of the document are in the same part of the world",
    "nearest": "another name of the document is close by",
    "country": "a country is likelier meant",
    "admin1": "a province is likelier meant",
}


def reason_for(scene: Scene, ranking: Ranking, weights: Weights, best: int, second: int) -> str:
    """Return one sentence; `second` is the position of the runner-up, -1 where there is none."""
    index, number = scene.gazetteer.index, int(scene.numbers[best])
    named = described(index.place(number))
    match = scene.matches[best]
    spelt = "" if match.likeness == 1.0 else f", spelt much like it ({match.likeness:.2f})"
    if second < 0:
        return f"{named}{spelt} is the only place of that name in the gazetteers."
    own = (int(scene.starts[scene.group[best]]), int(scene.starts[scene.group[best] + 1]))
    share = likelihood(scene, ranking, best, *own)
    rows = [np.concatenate([scene.name_features[at], ranking.context[at]]) for at in (best, second)]
    gain = weights.together * (rows[0] - rows[1])
    causes = [_SAID[FEATURES[at]] for at in np.argsort(-gain) if gain[at] > 0.1 and FEATURES[at] in _SAID]
    why = " and ".join(list(dict.fromkeys(causes))[:2]) or "no other reading is likelier"
    count = own[1] - own[0]
    # A kind that the text states overrules the ranking, and the ranking's odds then say nothing of the choice.
    odds = f"{share:.0%} likely" if share >= 0.01 else "chosen"
    next_best = described(index.place(int(scene.numbers[second])))
    before = f", before {next_best}" if next_best != named else ""
    return f"{named}{spelt}, {odds} among {count} places of that name{before}: {why}."


def described(place: Place) -> str:
    """Return a place's name with what it lies in: `Paris (Texas, US)`."""
    where = ", ".join(filter(None, (place.admin1 if place.admin1 != place.name else "", place.country)))
    return f"{place.name} ({where})" if where else place.name
