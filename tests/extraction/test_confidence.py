"""How sure an account is: stated weights, more for what is told plainly, and never quite sure."""

from __future__ import annotations

import csv

import pytest

from geo.extraction.accounts.confidence import SIGNS, probability
from geo.settings import read_settings

from .reports import only


def test_every_sign_has_a_weight_and_a_meaning() -> None:
    with (read_settings().lexicon / "confidence.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert tuple(row["sign"] for row in rows) == SIGNS
    assert all(row["meaning"] for row in rows)


def test_the_confidence_is_the_logistic_of_the_signs_that_an_account_has() -> None:
    signs = tuple(float(name in ("any_account", "counted")) for name in SIGNS)
    assert probability(signs, {"any_account": 0.0, "counted": 0.0}) == 0.5
    assert probability(signs, {"any_account": 1.0, "counted": -1.0, "own_day": 9.0}) == 0.5
    assert probability(signs, {"counted": 1.0986}) == pytest.approx(0.75, abs=1e-3)
    assert 0 < probability(signs, {"counted": -99.0}) < probability(signs, {"counted": 99.0}) < 1


def test_an_event_told_with_its_day_and_its_dead_is_surer_than_a_move_of_troops() -> None:
    struck = only("An airstrike killed ten people in Aleppo on Sunday.")
    moved = only("Syrian troops patrolled Homs.")
    assert moved.confidence < 0.5 < struck.confidence
