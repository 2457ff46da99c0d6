"""What makes a SQLite file a GeoPackage: metadata tables, spatial indices and their triggers (OGC 12-128r19, 1.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyproj import CRS

from geo.stores.changes import DRAWINGS
from geo.stores.geometry import SRS_ID
from geo.stores.schema import ATTRIBUTE_TABLES, FEATURE_TABLES, GEOMETRY

APPLICATION_ID: Final = 0x47504B47
"""`GPKG` in ASCII."""
GEOPACKAGE_VERSION: Final = 10400

SEARCH_TABLE: Final = "events_search"
_COUNT_DRAWING = f"UPDATE atlas_state SET value = value + 1 WHERE name = '{DRAWINGS}'"  # noqa: S608
EDITS_TRIGGER: Final = (
    f"CREATE TRIGGER IF NOT EXISTS atlas_events_edited AFTER UPDATE ON events BEGIN {_COUNT_DRAWING}; END"
)
"""This program never writes over a row of events; whoever does, such as QGIS, makes their keys mean other events."""

_METADATA = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
"""

_DESCRIPTIONS = {
    "events": "Sourced events, one row each",
    "zones": "Who held what ground, and when: valid_from included, valid_to not",
    "regions": "Parts of places that events are placed by",
    "documents": "The reports as they were read",
    "accounts": "What each report tells of an event",
    "decisions": "What people decided about events",
    "runs": "Which program made this, from what",
    "atlas_state": "Version of these tables and counters of changes",
}


def metadata_statements() -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield the statements, with their values, that register all tables of a store as a GeoPackage."""
    for statement in filter(None, map(str.strip, _METADATA.split(";\n"))):
        yield statement, ()
    system = "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)"
    yield system, ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian system")
    yield system, ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic system")
    wkt = CRS.from_epsg(SRS_ID).to_wkt("WKT1_GDAL")
    yield system, ("WGS 84", SRS_ID, "EPSG", SRS_ID, wkt, "longitude and latitude in decimal degrees")
    content = (
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?, ?, ?, ?, ?)"
    )
    for table in FEATURE_TABLES:
        yield content, (table, "features", table, _DESCRIPTIONS[table], SRS_ID)
    for table in ATTRIBUTE_TABLES:
        yield content, (table, "attributes", table, _DESCRIPTIONS[table], None)
    for table, kind in FEATURE_TABLES.items():
        column = (table, GEOMETRY, kind.upper(), SRS_ID, 0, 0)
        yield "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, ?, ?)", column
        definition = "http://www.geopackage.org/spec120/#extension_rtree"
        extension = (table, GEOMETRY, "gpkg_rtree_index", definition, "write-only")
        yield "INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", extension
        yield f"CREATE VIRTUAL TABLE {index_name(table)} USING rtree(id, minx, maxx, miny, maxy)", ()
        for trigger in trigger_statements(table).values():
            yield trigger, ()
    tokens = "tokenize = 'unicode61 remove_diacritics 2'"
    yield f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5(body, {tokens})", ()


def index_name(table: str) -> str:
    """Return the name of a table's spatial index."""
    return f"rtree_{table}_{GEOMETRY}"


def trigger_statements(table: str) -> dict[str, str]:
    """Return the triggers by name that keep a spatial index true when any program edits the table."""
    index = index_name(table)

    def box(row: str) -> str:
        shape = f"{row}.{GEOMETRY}"
        return f"ST_MinX({shape}), ST_MaxX({shape}), ST_MinY({shape}), ST_MaxY({shape})"

    def filled(row: str) -> str:
        return f"({row}.{GEOMETRY} NOTNULL AND NOT ST_IsEmpty({row}.{GEOMETRY}))"

    insert = f"INSERT OR REPLACE INTO {index} VALUES (NEW.fid, {box('NEW')});"  # noqa: S608
    delete = f"DELETE FROM {index} WHERE id = OLD.fid;"  # noqa: S608
    of_shape, of_any = f"UPDATE OF {GEOMETRY}", "UPDATE"
    rules = {
        "insert": ("INSERT", filled("NEW"), insert),
        "update6": (of_shape, f"OLD.fid = NEW.fid AND {filled('NEW')} AND {filled('OLD')}", insert),
        "update7": (of_shape, f"OLD.fid = NEW.fid AND {filled('NEW')} AND NOT {filled('OLD')}", insert),
        "update2": (of_shape, f"OLD.fid = NEW.fid AND NOT {filled('NEW')}", delete),
        "update5": (of_any, f"OLD.fid != NEW.fid AND {filled('NEW')}", f"{delete} {insert}"),
        "update4": (
            of_any,
            f"OLD.fid != NEW.fid AND NOT {filled('NEW')}",
            f"DELETE FROM {index} WHERE id IN (OLD.fid, NEW.fid);",  # noqa: S608
        ),
        "delete": ("DELETE", f"OLD.{GEOMETRY} NOTNULL", delete),
    }
    return {
        f"{index}_{name}": f"CREATE TRIGGER {index}_{name} AFTER {moment} ON {table} WHEN {when} BEGIN {action} END"
        for name, (moment, when, action) in rules.items()
    }
