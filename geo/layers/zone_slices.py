"""Control zones as time slices over shared arcs, with areas; and the regions that vague events are placed by."""

from __future__ import annotations

from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import area_km2
from geo.layers.arcs import QUANTUM, line_arcs, shared_arcs
from geo.layers.encoding import Json, day_numbers, nullable_numbers, number_array, packed, text_column
from geo.layers.palette import controller_colours


def zone_piece(zones: gpd.GeoDataFrame, bridges: gpd.GeoDataFrame) -> Json:
    """Return the zones (by `ZONE_COLUMNS`, one series) as the page reads them; slices are half-open days.

    `bridges`, by `FRONTLINE_COLUMNS`, are the stretches of frontline across gaps between zones.
    """
    controllers = zones.drop_duplicates("controller")[["controller", "controller_name", "colour"]]
    colours = controller_colours(controllers["controller"].tolist(), controllers["colour"].tolist())
    names = zip(controllers["controller"], controllers["controller_name"], colours, strict=True)
    columns = {name: text_column(zones[name]) for name in ("controller", "status", "name", "source", "note")}
    areas = np.array([_area(geometry.wkb) for geometry in zones.geometry], dtype="float32")
    return {
        "size": len(zones),
        "controllers": [{"id": key, "name": name, "colour": colour} for key, name, colour in names],
        "zones": packed(
            {
                "columns": columns | _days(zones),
                "areas": number_array(areas),
                "shapes": shared_arcs(zones.geometry.to_numpy()).encoded(),
                "labels": _labels(zones),
                "bridges": {"columns": _days(bridges), "shapes": line_arcs(bridges.geometry.to_numpy()).encoded()},
            }
        ),
    }


def region_piece(regions: gpd.GeoDataFrame, events: gpd.GeoDataFrame) -> Json:
    """Return the regions (by `REGION_COLUMNS`) that any of the events is placed by."""
    used = regions[regions["region_id"].isin(events["gazetteer_id"].unique()) & ~regions.geometry.is_empty]
    used = used[used.geometry.notna()]
    return {
        "ids": used["region_id"].astype("object").tolist(),
        "shapes": packed(shared_arcs(used.geometry.to_numpy()).encoded()),
    }


def _days(table: gpd.GeoDataFrame) -> Json:
    return {name: nullable_numbers(day_numbers(table[name])) for name in ("valid_from", "valid_to")}


@lru_cache(maxsize=4096)
def _area(wkb: bytes) -> float:
    # Most slices repeat the ground of the day before.
    return area_km2(shapely.from_wkb(wkb))


def _labels(zones: gpd.GeoDataFrame) -> Json:
    """Return the names of the ground, each once, at a point inside its largest zone."""
    # Zones that are one side's whole ground are named by it; that name stands in the legend, not on a place.
    named = zones[(zones["name"] != "") & (zones["name"] != zones["controller_name"])]
    order = shapely.area(named.geometry.to_numpy()).argsort()[::-1]
    largest = named.iloc[order].drop_duplicates("name")
    points = shapely.get_coordinates(shapely.point_on_surface(largest.geometry.to_numpy()))
    widths = shapely.bounds(largest.geometry.to_numpy()) if len(largest) else np.empty((0, 4))
    return {
        "names": largest["name"].astype("object").tolist(),
        "lon": nullable_numbers(pd.Series(points[:, 0]), step=QUANTUM),
        "lat": nullable_numbers(pd.Series(points[:, 1]), step=QUANTUM),
        "width": nullable_numbers(pd.Series(widths[:, 2] - widths[:, 0]), step=QUANTUM),
    }
