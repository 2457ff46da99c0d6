"""That the side which held the ground, or the kind of a place, gives no sensitive place away."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from geo.crs import LONLAT
from geo.exports import COARSENED, SensitiveRule, publish
from geo.exports.coarsening import cell_middles
from geo.tables import Scene
from geo.vocabulary import UNKNOWN
from tests.layers import scenes

LATER = datetime(2026, 11, 22, tzinfo=UTC)
CAMPS = SensitiveRule("camps", {"en": "camps"}, kinds=("camp",), coarsen_km=5.0)


def two_sided(scene: Scene, share: float) -> Scene:
    """The scene with the cell of its first event held by two sides from end to end: `share` of it by the second."""
    first = scene.events.iloc[0]
    (lon,), (lat,) = cell_middles(*(first[[name]].to_numpy(dtype=float) for name in ("lon", "lat")), 5.0)
    west, east, south, north = lon - 0.1, lon + 0.1, lat - 0.1, lat + 0.1
    wide = 2.5 / 111.195 / math.cos(math.radians(lat))
    border = lon + wide - 2 * wide * share
    zones = scene.zones.iloc[[0, 0]].assign(zone_id=["a", "b"], controller=["one", "two"], status="held")
    zones = zones.assign(valid_from=pd.Timestamp("2000-01-01"), valid_to=pd.NaT)
    shapes = [box(west, south, border, north), box(border, south, east, north)]
    return replace(scene, zones=gpd.GeoDataFrame(zones.drop(columns="geometry"), geometry=shapes, crs=LONLAT))


@pytest.mark.parametrize(("share", "told"), [(0.0, True), (0.4, True), (0.1, False), (0.9, False)])
def test_a_side_is_told_where_every_side_of_the_cell_is_wide(share: float, told: bool) -> None:
    """A silence about the small side alone would name it: about both nothing is said."""
    scene = scenes.make_scene(events=8, cells=4)
    day = pd.Timestamp(date(2016, 11, 20))
    for control in ("one", "two") if share else ("one",):
        events = scene.events.iloc[[0]].assign(control=control, date_start=day, date_end=day)
        whole = two_sided(replace(scene, events=events), share)
        (shown,) = publish(whole, [CAMPS], now=LATER, kinds_of=lambda *_: ("camp",)).scene.events.to_dict("records")
        assert shown["gazetteer"] == COARSENED
        assert shown["control"] == (control if told else UNKNOWN)
        assert ("left out: it would tell more" in shown["control_reason"]) is not told


def test_a_camp_that_is_called_by_its_name_alone_is_known_by_its_kind() -> None:
    scene = scenes.make_scene(events=4, cells=4)
    events = scene.events.assign(gazetteer="sudan", gazetteer_id=["zamzam", "tawila", "zamzam#near", ""])
    kinds = {("sudan", "zamzam"): ("city", "camp"), ("sudan", "tawila"): ("town",)}
    made = publish(replace(scene, events=events), [CAMPS], now=LATER, kinds_of=lambda *key: kinds.get(key, ()))
    assert (made.scene.events["gazetteer"] == COARSENED).tolist() == [True, False, True, False]
