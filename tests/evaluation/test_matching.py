"""The annotated set of matching is the one that was committed before the rules changed, and its measures are right."""

from __future__ import annotations

from itertools import combinations

import pytest

from .gold import corpus_digest
from .matching import ROWS, agreement, joined, tellings

HALVES = ("development", "kept")


def test_the_set_is_the_one_that_was_pinned():
    assert corpus_digest(ROWS) == "d28987aea0b600a5"


def test_the_set_is_large_enough_and_its_halves_share_nothing():
    told = {half: tellings(half) for half in HALVES}
    groups = {half: {telling.group for telling in told[half]} for half in HALVES}
    assert sum(map(len, told.values())) >= 200
    assert sum(map(len, groups.values())) >= 60
    assert groups["development"].isdisjoint(groups["kept"])
    sizes = [sum(telling.group == group for telling in told["kept"]) for group in groups["kept"]]
    assert min(sizes) == 1
    assert max(sizes) >= 4


def test_the_measures_of_a_small_case():
    gold = {"a": 1, "b": 1, "c": 2}
    assert set(agreement(gold, gold).values()) == {1.0}
    figures = agreement(gold, {"a": 1, "b": 1, "c": 1})
    assert figures["b3_precision"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert figures["b3_recall"] == 1.0
    assert figures["pair_precision"] == pytest.approx(1 / 3)
    assert figures["pair_f1"] == pytest.approx(0.5)


def test_following_days_stay_apart_in_the_development_half():
    told = tellings("development")
    found = joined(told, [telling.account for telling in told])
    strikes = {telling.group: found[telling.document.document_id] for telling in told if "hospital" in telling.group}
    assert len(strikes) == 3
    assert all(one != other for one, other in combinations(strikes.values(), 2))
