"""Names on the map can be read on every ground: the inks of both themes meet WCAG AA against what they are drawn on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import geo.layers

THEMES = Path(geo.layers.__file__).parent / "assets" / "js" / "theme.js"
TEXT = 4.5
"""Least contrast of small text, by WCAG 2.2 (1.4.3)."""


def inks(theme: str) -> dict[str, str]:
    """Return the colours of a theme by name."""
    block = re.search(rf"\b{theme}: \{{(.*?)\}},", THEMES.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    return dict(re.findall(r'(\w+): "(#[0-9a-f]{6})"', block.group(1)))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ink", ["text", "faint", "water"])
@pytest.mark.parametrize("ground", ["land", "sea"])
def test_names_stand_out_from_the_ground(theme: str, ink: str, ground: str) -> None:
    colours = inks(theme)
    assert contrast(colours[ink], colours[ground]) >= TEXT
