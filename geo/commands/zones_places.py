"""The places that `geo zones changes` looks for in the ground that passed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.commands.console import existing
from geo.errors import Rejection, UsageError, ZoneError
from geo.settings import read_settings

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

_COLUMNS = ["name", "lon", "lat"]


def read_places(path: Path | None) -> gpd.GeoDataFrame:
    """Return the places of a CSV with name, lon and lat, without it those of the project's gazetteer; EPSG:4326.

    Raises `UsageError` for a missing file, `ZoneError` for one that is no such table.
    """
    import geopandas as gpd
    import pandas as pd

    from geo.crs import LONLAT

    if path is not None:
        named = _table(existing(path, "table of places"))
    else:
        tables = [_table(item, optional=True) for item in sorted(read_settings().gazetteer.glob("*.csv"))]
        named = pd.concat([pd.DataFrame(columns=_COLUMNS), *tables])
    points = gpd.points_from_xy(named["lon"].astype(float), named["lat"].astype(float))
    return gpd.GeoDataFrame(named[["name"]], geometry=points, crs=LONLAT)


def _table(path: Path, *, optional: bool = False) -> pd.DataFrame:
    """Read one table; `optional` gives no rows for a table of other columns."""
    import pandas as pd

    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, compression=None, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ZoneError(Rejection(str(path), f"cannot be read ({error})", expected="a CSV of UTF-8")) from error
    if not set(_COLUMNS) <= set(table.columns):
        if optional:
            return pd.DataFrame(columns=_COLUMNS)
        raise UsageError(f"{path} needs the columns name, lon, lat; it has {', '.join(map(str, table.columns))}")
    lon, lat = (pd.to_numeric(table[name], errors="coerce") for name in ("lon", "lat"))
    wrong = ~(lon.between(-180, 180) & lat.between(-90, 90))
    if wrong.any():
        number = int(wrong.to_numpy().argmax())
        found = f"lon {table['lon'].iat[number]!r}, lat {table['lat'].iat[number]!r} are no point"
        expected = "degrees, lon from -180 to 180 and lat from -90 to 90"
        raise ZoneError(Rejection(str(path), found, f"line {number + 2}", expected, "correct the row"))
    return table[_COLUMNS]
