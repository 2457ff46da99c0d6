"""Made-up scenes for tests of the map and the exports: a town of two sides and a front that moves, events upon it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import Point, Polygon, box

from geo.crs import LONLAT, buffer_km
from geo.tables import Attribution, Scene, check_events, check_regions, check_zones
from geo.vocabulary import SUB_EVENT_TYPES, TAGS

START = date(2016, 11, 15)
WEST, SOUTH, EAST, NORTH = 37.08, 36.15, 37.24, 36.26
ACTORS = ("Government forces", "Rebel groups", "Civilians", "Kurdish-led forces", "Unidentified armed group", "")
SENTENCE = "Rebel shelling hit the Furqan school in western Aleppo on Sunday, killing at least eight children."
DOCUMENT = f"ALEPPO — \U0001f4f0 A first line.\n{SENTENCE} A second report disputed the count.\n"


def make_scene(*, events: int = 60, days: int = 40, seed: int = 1, zones: bool = True, cells: int = 12) -> Scene:
    """Return a scene of the town with so many events over so many days."""
    ground = make_zones(days=days, cells=cells) if zones else make_zones(days=days).iloc[:0]
    return Scene(
        events=make_events(events, days=days, seed=seed),
        zones=check_zones(ground),
        regions=make_regions(),
        start=START,
        end=START + timedelta(days=days - 1),
        attributions=(
            Attribution("Made-up Reports", "CC BY 4.0", "https://example.org/reports", "reports"),
            Attribution("Made-up Gazetteer", "ODbL 1.0", "https://example.org/places", "places"),
        ),
        title="A town and its front",
    )


def make_events(count: int, *, days: int = 40, seed: int = 1) -> gpd.GeoDataFrame:
    """Return events with every field filled in most rows and empty in some; every 11th is not placed."""
    rng = np.random.default_rng(seed)
    subs = list(SUB_EVENT_TYPES)
    sub = pd.Series(rng.choice(subs, count))
    start = np.datetime64(START) + rng.integers(0, days, count).astype("timedelta64[D]")
    precision = rng.choice([1, 1, 1, 2, 3], count)
    length = np.where(precision == 1, 0, np.where(precision == 2, 6, 29)).astype("timedelta64[D]")
    placed = np.arange(count) % 11 != 10
    lon = np.where(placed, np.round(rng.uniform(WEST, EAST, count), 6), np.nan)
    lat = np.where(placed, np.round(rng.uniform(SOUTH, NORTH, count), 6), np.nan)
    part = rng.random(count) < 0.1
    deaths = pd.Series(rng.poisson(4, count)).astype("Int64").mask(rng.random(count) < 0.4)
    hood = rng.integers(0, 120, count)
    frame = pd.DataFrame(
        {
            "event_id": [f"ev-{seed:02x}{index:014x}" for index in range(count)],
            "event_type": sub.map(SUB_EVENT_TYPES).astype(str),
            "sub_event_type": sub,
            "tags": [";".join(sorted({TAGS[i % 14], TAGS[(i * 5) % 14]})) if i % 3 else "" for i in range(count)],
            "date_start": pd.Series(start).astype("datetime64[s]"),
            "date_end": pd.Series(start + length).astype("datetime64[s]"),
            "time_precision": precision,
            "lon": lon,
            "lat": lat,
            "geo_precision": pd.Series(np.where(part, 2, 1)).astype("Int64").mask(~placed),
            "uncertainty_km": np.where(placed, np.where(part, 3.2, np.round(rng.uniform(0.2, 1.2, count), 3)), np.nan),
            "place_name": np.where(placed, np.where(part, "eastern Town", [f"Quarter {n}" for n in hood]), ""),
            "place_name_local": np.where(placed & ~part, [f"حي {n}" for n in hood], ""),
            "toponym": [f"Quarter {n}" for n in hood],
            "gazetteer": np.where(placed, "town", ""),
            "gazetteer_id": np.where(placed, np.where(part, "town:1#east", [f"town:q{n}" for n in hood]), ""),
            "country": np.where(placed, "SY", ""),
            "admin1": np.where(placed, "Aleppo", ""),
            "place_reason": np.where(
                placed, "The only place of this name near the other places of the report.", "No such place."
            ),
            "actor1": rng.choice(ACTORS, count),
            "actor2": rng.choice(ACTORS, count),
            "civilian_targeting": rng.random(count) < 0.4,
            "weapon": rng.choice(["", "barrel bomb", "artillery", "mortar"], count),
            "fatalities_low": deaths,
            "fatalities_best": deaths + 1,
            "fatalities_high": deaths + 3,
            "injured_low": deaths * 2,
            "injured_best": deaths * 2,
            "injured_high": pd.Series([pd.NA] * count, dtype="Int64"),
            "factuality": rng.choice(["asserted", "asserted", "asserted", "claimed", "denied", "announced"], count),
            "attribution": rng.choice(["", "a monitoring group", "state media"], count),
            "confidence": np.round(rng.uniform(0.3, 0.99, count), 3),
            "control": rng.choice(["government", "rebels", "contested", "uncertain", "unknown"], count),
            "zone_id": np.where(placed, "z1", ""),
            "frontline_km": np.where(placed, np.round(rng.uniform(0, 4, count), 3), np.nan),
            "control_reason": "The zone of that day covers the place.",
            "notes": [
                f"{kind.replace('_', ' ')} in Quarter {n}, number {i}."
                for i, (kind, n) in enumerate(zip(sub, hood, strict=True))
            ],
            "accounts": [_accounts(index) for index in range(count)],
            "review": "unreviewed",
        }
    )
    points = np.where(placed, np.array(gpd.points_from_xy(lon, lat)), None)
    return check_events(gpd.GeoDataFrame(frame, geometry=list(points), crs=LONLAT))


def _accounts(index: int) -> str:
    words = ("Rebel shelling", "the Furqan school in western Aleppo", "on Sunday", "at least eight children")
    fields = ("event_type", "place_name", "date_start", "fatalities_best")
    evidence = [
        {"field": field, "start": DOCUMENT.index(text), "end": DOCUMENT.index(text) + len(text), "text": text}
        for field, text in zip(fields, words, strict=True)
    ]
    first = {
        "document_id": f"doc-{index % 50}",
        "source": "The Made-up Post",
        "url": f"https://example.org/reports/{index}",
        "published": "2016-11-21",
        "attribution": "a monitoring group" if index % 4 == 0 else "",
        "evidence": evidence,
    }
    return json.dumps(
        [first, {**first, "source": "Second Agency", "url": "", "evidence": evidence[:2]}][: 1 + index % 2]
    )


def make_zones(*, days: int = 40, cells: int = 12) -> gpd.GeoDataFrame:
    """Return a grid of cells that pass from rebels to government column by column, each contested for a day."""
    side_x, side_y = (EAST - WEST) / cells, (NORTH - SOUTH) / cells
    rows, shapes = [], []
    for column in range(cells):
        for line in range(cells):
            shape = _cell(WEST + column * side_x, SOUTH + line * side_y, side_x, side_y)
            for holder, status, first, last in _history(column, line, cells=cells, days=days):
                shapes.append(shape)
                rows.append(
                    _zone(
                        f"c{column}-{line}-{len(rows)}", holder, status, f"Quarter {column * cells + line}", first, last
                    )
                )
    return check_zones(gpd.GeoDataFrame(rows, geometry=shapes, crs=LONLAT))


def _cell(west: float, south: float, width: float, height: float) -> Polygon:
    # A few points on each side, the same seen from both neighbours, as real borders have.
    ring = shapely.segmentize(box(west, south, west + width, south + height).exterior, width / 4)
    bent = [(x + 0.002 * np.sin(90 * y), y + 0.0016 * np.sin(80 * x)) for x, y in ring.coords]
    return Polygon(np.round(bent, 6))


def _history(column: int, line: int, *, cells: int, days: int) -> list[tuple[str, str, int, int | None]]:
    if line > cells * 0.8:
        return [("sdf", "held", 0, None)]
    if column < cells / 2:
        return [("government", "held", 0, None)]
    fall = int((cells - column) / (cells / 2) * days * 0.8) + line % 3
    if fall + 1 >= days:
        return [("rebels", "held", 0, None)]
    return [
        ("rebels", "held", 0, fall),
        ("rebels", "contested", fall, fall + 1),
        ("government", "held", fall + 1, None),
    ]


_COLOURS = {"government": "#d55e00", "rebels": "#009e73", "sdf": "#f0e442"}


def _zone(key: str, holder: str, status: str, name: str, first: int, last: int | None) -> dict[str, object]:
    return {
        "zone_id": key,
        "series": "town",
        "controller": holder,
        "controller_name": holder.title(),
        "colour": _COLOURS[holder],
        "status": status,
        "name": name,
        "valid_from": pd.Timestamp(START + timedelta(days=first)),
        "valid_to": pd.Timestamp(START + timedelta(days=last)) if last is not None else pd.NaT,
        "known_since": pd.NaT,
        "doubt_km": 0.3,
        "source": "made up",
        "note": "",
    }


def make_regions() -> gpd.GeoDataFrame:
    """Return the one part of the town that events are placed by."""
    shape = buffer_km(Point(37.2, 36.2), 3.2)
    return check_regions(
        gpd.GeoDataFrame([{"region_id": "town:1#east", "name": "eastern Town"}], geometry=[shape], crs=LONLAT)
    )


DOCUMENTS = {f"doc-{number}": DOCUMENT for number in range(50)}
