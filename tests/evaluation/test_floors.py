"""The floors hold, and are of use: each names a figure that is measured."""

from __future__ import annotations

import tomllib

import pytest

from .gold import SHARED
from .measuring import FLOORS, NAMES, Evaluation, Figure, measure

PINNED = tomllib.loads(FLOORS.read_text(encoding="utf-8"))


@pytest.mark.gold
@pytest.mark.skipif(not SHARED.exists(), reason=f"the corpora are not beside the project, in {SHARED}")
@pytest.mark.parametrize("name", NAMES)
def test_figures_hold_their_floors(name: str) -> None:
    evaluation = measure([name])
    assert not evaluation.skipped
    fallen = [figure for figure in evaluation.figures if not figure.passed]
    assert not fallen, f"under their floors: {fallen}; find out why, floors only rise"
    measured = {figure.name for figure in evaluation.figures}
    assert {floor for floor in PINNED["floors"] if floor.split(".")[0] == name} <= measured


def test_every_evaluation_pins_its_corpora() -> None:
    assert set(PINNED["corpora"]) == set(NAMES)


def test_a_figure_under_its_floor_fails() -> None:
    assert not Evaluation((Figure("lgl.f1", 0.79, floor=0.8),)).passed
    assert Evaluation((Figure("lgl.f1", 0.8, floor=0.8), Figure("lgl.recall", 0.1))).passed


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="expected any of lgl"):
        measure(["lgx"])
