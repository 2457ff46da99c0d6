"""One small file for each format of control zones; `read_raw` picks by the suffix.

| suffix | reader |
|---|---|
| `.geojson`, `.json` | `geojson` |
| `.gpkg` | `geopackage` |
| `.shp`, `.zip` (a zipped Shapefile) | `shapefile` |
| `.kml`, `.kmz` | `kml` |
"""

from __future__ import annotations

from pathlib import Path

from geo.errors import UnknownFormatError
from geo.zones.features import RawFile

SUFFIXES = (".geojson", ".json", ".gpkg", ".shp", ".zip", ".kml", ".kmz")


def read_raw(path: Path, *, crs: str | None = None) -> RawFile:
    """Read the features of one file, in degrees.

    Raises:
        UnknownFormatError: the suffix is none of the above.
        ZoneError: the file is not what its suffix says.

    """
    match path.suffix.lower():
        case ".geojson" | ".json":
            from geo.zones.sources import geojson

            return geojson.read(path, crs=crs)
        case ".gpkg":
            from geo.zones.sources import geopackage

            return geopackage.read(path, crs=crs)
        case ".shp" | ".zip":
            from geo.zones.sources import shapefile

            return shapefile.read(path, crs=crs)
        case ".kml" | ".kmz":
            from geo.zones.sources import kml

            return kml.read(path, crs=crs)
        case suffix:
            raise UnknownFormatError(suffix or path.name, known=SUFFIXES)
