"""Colours of event types stay apart for people who see fewer of them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from dashboard.components.charts import _ON_BOTH_THEMES
from dashboard.palette import on_both_themes
from geo.layers.palette import MARKS
from geo.vocabulary import EventType

Colour = npt.NDArray[np.float64]

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009),
# severity 1, on linear RGB.
SIGHT = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
# IEC 61966-2-1 (sRGB, D65) and CIE 15 (CIELAB).
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])


def linear(colour: str) -> Colour:
    channels = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: Colour) -> Colour:
    share = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    root = np.where(share > 0.008856, np.cbrt(share), 7.787 * share + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("instead", [{}, _ON_BOTH_THEMES], ids=["map", "charts"])
def test_event_types_are_told_apart(sight: str, instead: dict[EventType, str]) -> None:
    colours = {kind: instead.get(kind, mark.colour) for kind, mark in MARKS.items()}
    seen = {kind: lab(SIGHT[sight] @ linear(colour)) for kind, colour in colours.items()}
    apart = {(one, other): float(np.linalg.norm(seen[one] - seen[other])) for one, other in combinations(seen, 2)}
    assert min(apart.values()) >= 20, min(apart, key=lambda pair: apart[pair])


@pytest.mark.parametrize("colour", ["#f0e442", "#1a1a1a", "#009e73", "#d55e00", "#b5bac2", "#000000", "#ffffff"])
def test_lines_and_bars_of_a_side_are_seen_in_both_themes(colour: str) -> None:
    drawn = on_both_themes(colour)
    for ground in ("#ffffff", "#14181d"):
        light, dark = sorted((float(TO_XYZ[1] @ linear(one)) for one in (drawn, ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 2.99, f"{drawn} on {ground}"
    assert colour not in ("#009e73", "#d55e00") or drawn == colour, "what is seen stays as the map draws it"
