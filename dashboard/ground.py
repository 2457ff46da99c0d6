"""Who held the ground: the sides of a zone series and what each of them held, by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd

from dashboard import queries
from dashboard.components.figures import Held
from dashboard.i18n import load_words
from dashboard.palette import side_colours, side_names
from dashboard.queries import Version
from dashboard.shared import shared


@dataclass(frozen=True, slots=True)
class Sides:
    """The controllers of a zone series, by code."""

    names: Mapping[str, str]
    colours: Mapping[str, str]


def sides(version: Version, series: str, language: str) -> Sides:
    """Return how the controllers are called and drawn."""
    return _sides(queries.ground_stamp(version, series), language, queries.whole_scene(version, series).zones)


@shared(entries=8)
def _sides(ground: str, language: str, _zones: gpd.GeoDataFrame) -> Sides:
    return Sides(side_names(_zones, load_words(language)), side_colours(_zones))


@shared(entries=4)
def held(version: Version, series: str) -> Held:
    """Return the km² that each controller held, by controller and day."""
    table = queries.areas(version, series)
    return dict(zip(zip(table["controller"], table["day"].dt.date, strict=True), table["area_km2"], strict=True))
