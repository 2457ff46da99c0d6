"""A war's series of raw daily files, as they are published, through the importer: time, memory, and area kept.

The files are made up, with what such series are known for: one large front that moves a little every day, dozens of
pockets that never change, names in two languages in one property, names of files that are Unix timestamps, heights of
zero, points and arrows between the polygons, 200 crossed outlines and holes outside their shells in 1,359 files, days
without a file and a file without features. `geo bench zone_import` takes a tenth of them (60 MB); the whole of them
(630 MB, a soak of minutes) with `CONFLICT_BENCH_FILES=1359 geo bench zone_import`.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import area_km2
from geo.zones import areas_by_day, read_zone_files

from .measuring import Measurement

FILES = 1_359
INVALID = 200
CORNERS = 8_000
"""Of the front."""
EVERY = 10
"""Files whose areas are compared with an exact repair."""
_FIRST = datetime(2022, 4, 3, 12, tzinfo=UTC)
_DAY = 86_400
_NAMES = {
    "attacker": ("Окуповано /// Occupied", "Окупований півострів /// Occupied peninsula", "ОРДЛО /// CADR and CALR"),
    "defender": ("Звільнено /// Liberated", "Звільнено за два тижні /// Liberated within two weeks"),
    "contested": ("Невідомий статус /// Unknown status",),
}
MAPPING = """
[read]
bounds = [22, 44, 41, 53]
[text]
properties = ["name"]
name = "name"
source = "made up for a benchmark"
doubt_km = 1.0
[overlaps]
rule = "contested"
[[rules]]
like = "liberated|звільнен"
controller = "defender"
[[rules]]
like = "occupied|окупован|ордло"
controller = "attacker"
[[rules]]
like = "unknown|невідом"
controller = "attacker"
status = "contested"
[[rules]]
like = "direction|напрям"
aside = "an arrow, not control"
[controllers.attacker]
name = "Attacking forces"
colour = "#D55E00"
[controllers.defender]
name = "Defending forces"
colour = "#0072B2"
"""


def run() -> list[Measurement]:
    """Write the files, import them in a process of its own, and compare areas with an exact repair."""
    count = int(os.environ.get("CONFLICT_BENCH_FILES", FILES // 10))
    with tempfile.TemporaryDirectory(prefix="atlas-war-") as place:
        folder = Path(place)
        megabytes = sum(write_day(folder, content, number) for number, content in enumerate(days(count))) / 1e6
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            found = pool.submit(imported, folder).result()
    taken = f"{found['zones']:,} zones, {found['repaired']:.0f} repaired, {found['rejected']:.0f} rejected"
    return [
        Measurement("zone_import.files", count, "", f"{megabytes:,.0f} MB, {int(found['invalid'])} invalid polygons"),
        Measurement("zone_import.import", found["seconds"], "s", taken),
        Measurement("zone_import.clock", found["clock"], "s", "by the clock, beside what else ran on the machine"),
        Measurement("zone_import.peak", found["peak"], "GiB", "resident, of the process that imports"),
        Measurement("zone_import.mapping", len(MAPPING.strip().splitlines()), "lines", "of the mapping file"),
        Measurement("zone_import.area_off", found["off"] * 100, "%", f"worst day and side, every {EVERY}th file"),
    ]


def imported(folder: Path) -> dict[str, float]:
    """Import a folder; run in a process of its own, whose memory is then the import's."""
    mapping = folder / "mapping.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    files = sorted(folder.glob("*.geojson"))
    clock, started = time.perf_counter(), time.process_time()
    read = read_zone_files(files, series="war", mapping=mapping)
    seconds, clock = time.process_time() - started, time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    totals = read.report.totals()
    areas = areas_by_day(read.zones).set_index(["day", "controller"])["area_km2"]
    off, invalid = 0.0, 0
    for path in files[::EVERY]:
        exact, faulty = exact_areas(json.loads(path.read_bytes()))
        invalid += faulty
        day = datetime.fromtimestamp(int(path.stem.removeprefix("map_")), tz=UTC).date()
        off = max([off, *(abs(areas[str(day), side] - area) / area for side, area in exact.items() if area)])
    return {
        "seconds": seconds,
        "clock": clock,
        "peak": peak,
        "zones": len(read.zones),
        "repaired": sum(count for name, count in totals.items() if name.startswith("repaired") and "km2" not in name),
        "rejected": len(read.rejections),
        "invalid": invalid * EVERY,
        "off": off,
    }


def exact_areas(content: dict[str, Any]) -> tuple[dict[str, float], int]:
    """Return the area of each side by mending each polygon and uniting them, and how many were invalid.

    Ground of both sides is contested, as the mapping says.
    """
    shapes: dict[str, list[shapely.Geometry]] = {}
    invalid = 0
    for feature in content["features"]:
        if feature["geometry"]["type"] == "Polygon":
            drawn = shapely.force_2d(shapely.geometry.shape(feature["geometry"]))
            invalid += not shapely.is_valid(drawn)
            side = next(side for side, names in _NAMES.items() if feature["properties"]["name"] in names)
            shapes.setdefault(side, []).append(shapely.make_valid(drawn, method="structure", keep_collapsed=False))
    attacker, defender, contested = (shapely.union_all(shapes.get(side, [])) for side in _NAMES)
    contested = shapely.union_all([contested, shapely.intersection(attacker, defender)])
    held = {
        "attacker": shapely.difference(attacker, contested),
        "defender": shapely.difference(defender, contested),
        "contested": contested,
    }
    return {side: sum(area_km2(part) for part in shapely.get_parts(shape)) for side, shape in held.items()}, invalid


def days(count: int) -> Iterator[dict[str, Any]]:
    """Yield the content of one file a day; the same in every run."""
    chance = np.random.default_rng(0)
    lat = np.linspace(46, 51, CORNERS)
    drift = np.cumsum(chance.normal(0, 0.004, CORNERS))
    front = 37 + drift - np.linspace(0, drift[-1], CORNERS)
    pockets = [_pocket(chance) for _ in range(60)]
    invalid = set(chance.choice(FILES, INVALID, replace=False).tolist())
    for number in range(count):
        first = int(chance.integers(0, CORNERS - 120))
        bulge = 0.02 * np.sin(np.linspace(0, np.pi, 120)) * chance.choice([-1, 1])
        front[first : first + 120] += bulge
        features = [] if number % 97 == 96 else _features(front, lat, pockets, faulty=number in invalid)
        yield {"type": "FeatureCollection", "features": features}


def write_day(folder: Path, content: dict[str, Any], number: int) -> int:
    """Write a file named by its moment and return its size; one day in 200 has none."""
    if number % 200 == 150:
        return 0
    path = folder / f"map_{int(_FIRST.timestamp()) + _DAY * number}.geojson"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path.stat().st_size


def _pocket(chance: np.random.Generator) -> list[list[float]]:
    west, south = chance.uniform([23, 46], [33, 51])
    angles = np.linspace(0, 2 * np.pi, 100)
    radii = 0.05 + 0.02 * chance.random(100)
    radii[-1] = radii[0]
    return _ring(np.column_stack([west + radii * np.cos(angles), south + radii * np.sin(angles)]))


def _ring(points: npt.NDArray[np.float64]) -> list[list[float]]:
    rounded = np.round(points, 7).tolist()
    return [[*point, 0] for point in [*rounded[:-1], rounded[0]]]


def _features(
    front: npt.NDArray[np.float64], lat: npt.NDArray[np.float64], pockets: list[list[list[float]]], *, faulty: bool
) -> list[dict[str, Any]]:
    line = np.column_stack([front, lat])
    if faulty:
        line[[100, 130]] = line[[130, 100]]
    outline = _ring(np.concatenate([line, [[40.9, 51], [40.9, 46]], line[:1]]))
    features = [_feature("Polygon", [outline], _NAMES["attacker"][0])]
    names = [*_NAMES["attacker"][1:], *_NAMES["defender"], *_NAMES["contested"]]
    features += [_feature("Polygon", [ring], names[k % len(names)]) for k, ring in enumerate(pockets)]
    # A liberated strip that reaches a little into what is said to be occupied.
    strip = [[float(front[500]) - 0.2, 46.4], [float(front[500]) + 0.01, 46.4], [float(front[700]) + 0.01, 46.5]]
    features.append(_feature("Polygon", [_ring(np.array([*strip, strip[0]]))], _NAMES["defender"][0]))
    for corner in range(0, CORNERS, CORNERS // 150):
        point = [round(float(front[corner]), 7), round(float(lat[corner]), 7), 0]
        features.append(_feature("Point", point, "Напрямок удару /// Direction of attack"))
    return features


def _feature(kind: str, coordinates: Any, name: str) -> dict[str, Any]:
    properties = {"name": name, "description": "", "stroke": "#000000", "fill": "#a52714", "fill-opacity": 0.4}
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": properties}
