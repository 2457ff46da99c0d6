"""The base map's names are those of today."""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas as gpd

FOLDER = Path(__file__).resolve().parents[2] / "data" / "basemap"


def test_every_new_name_stands_on_the_base_map_and_no_old_one_at_its_place() -> None:
    table = gpd.read_parquet(FOLDER / "natural_earth.parquet")
    with (FOLDER / "renamed.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            lon, lat = float(row["lon"]), float(row["lat"])
            there = table[table["kind"] == row["kind"]].cx[lon - 0.3 : lon + 0.3, lat - 0.3 : lat + 0.3]
            assert row["new"] in set(there["name"])
            assert row["old"] not in set(there["name"])
            assert row["source"]
