"""Who held what, when: control zones from files or from dated statements, and what they say of events."""

from geo.zones.building import build_series
from geo.zones.change import areas_by_day, changes
from geo.zones.control import join_control
from geo.zones.frontline import frontline_at
from geo.zones.ground import held_ground
from geo.zones.slices import zones_at

__all__ = [
    "areas_by_day",
    "build_series",
    "changes",
    "frontline_at",
    "held_ground",
    "join_control",
    "zones_at",
]
