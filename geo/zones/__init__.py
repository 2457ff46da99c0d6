"""Who held what, when: control zones from files or from dated statements, and what they say of events."""

from geo.zones.appending import appended
from geo.zones.area_chart import areas_chart
from geo.zones.building import build_series
from geo.zones.change import areas_by_day, changes
from geo.zones.change_records import change_events, change_records
from geo.zones.checking import SeriesReport, check_series
from geo.zones.control import join_control
from geo.zones.definition import read_definition
from geo.zones.frontline import bridged_frontlines, frontline_at, frontlines, length_km
from geo.zones.ground import held_ground
from geo.zones.import_report import ImportReport, UnmappedValuesError, ZoneImport
from geo.zones.importing import read_zone_files
from geo.zones.places_table import build_from_places
from geo.zones.slices import gaps, span, zones_at

__all__ = [
    "ImportReport",
    "SeriesReport",
    "UnmappedValuesError",
    "ZoneImport",
    "appended",
    "areas_by_day",
    "areas_chart",
    "bridged_frontlines",
    "build_from_places",
    "build_series",
    "change_events",
    "change_records",
    "changes",
    "check_series",
    "frontline_at",
    "frontlines",
    "gaps",
    "held_ground",
    "join_control",
    "length_km",
    "read_definition",
    "read_zone_files",
    "span",
    "zones_at",
]
