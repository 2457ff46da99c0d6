"""The closed vocabularies of the event record: ACLED's event types and sub-types in snake case, and our own codes."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from types import MappingProxyType


class EventType(StrEnum):
    """ACLED's six event types."""

    BATTLES = "battles"
    EXPLOSIONS = "explosions_remote_violence"
    VIOLENCE_AGAINST_CIVILIANS = "violence_against_civilians"
    PROTESTS = "protests"
    RIOTS = "riots"
    STRATEGIC_DEVELOPMENTS = "strategic_developments"


_SUB_EVENT_TYPES: dict[EventType, tuple[str, ...]] = {
    EventType.BATTLES: (
        "armed_clash",
        "government_regains_territory",
        "non_state_actor_overtakes_territory",
    ),
    EventType.EXPLOSIONS: (
        "chemical_weapon",
        "air_drone_strike",
        "suicide_bomb",
        "shelling_artillery_missile_attack",
        "remote_explosive_landmine_ied",
        "grenade",
    ),
    EventType.VIOLENCE_AGAINST_CIVILIANS: (
        "sexual_violence",
        "attack",
        "abduction_forced_disappearance",
    ),
    EventType.PROTESTS: (
        "peaceful_protest",
        "protest_with_intervention",
        "excessive_force_against_protesters",
    ),
    EventType.RIOTS: ("violent_demonstration", "mob_violence"),
    EventType.STRATEGIC_DEVELOPMENTS: (
        "agreement",
        "arrests",
        "change_to_group_activity",
        "disrupted_weapons_use",
        "headquarters_or_base_established",
        "looting_property_destruction",
        "non_violent_transfer_of_territory",
        "other",
    ),
}

SUB_EVENT_TYPES = MappingProxyType({sub: kind for kind, subs in _SUB_EVENT_TYPES.items() for sub in subs})
"""Sub-event type to its event type; the keys are the closed list of sub-types, in ACLED's order."""

TAGS = (
    "health_care",
    "education",
    "children",
    "aid",
    "media",
    "displacement",
    "evacuation",
    "siege",
    "water",
    "power",
    "cultural_heritage",
    "religious_site",
    "market",
    "camp",
)


class Factuality(StrEnum):
    """How the report stands to the event."""

    ASSERTED = "asserted"
    """The report states it."""
    CLAIMED = "claimed"
    """Somebody is said to say it, or it is alleged."""
    DENIED = "denied"
    ANNOUNCED = "announced"
    """Threatened, planned, offered or called for."""


class TimePrecision(IntEnum):
    """How well the days are known."""

    DAY = 1
    WEEK = 2
    """The week or the weekend."""
    MONTH = 3
    """The month, or vaguer."""


class GeoPrecision(IntEnum):
    """How well the place is known."""

    TOWN = 1
    """The named town or a smaller place."""
    PART = 2
    """Near it, or a part of it or of a region."""
    REGION = 3
    """A larger region."""


class Review(StrEnum):
    """What a person has decided about an event."""

    UNREVIEWED = "unreviewed"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class ZoneStatus(StrEnum):
    """Whether a zone's controller is undisputed on its days."""

    HELD = "held"
    CONTESTED = "contested"


CONTESTED = "contested"
"""`control` where zones overlap or say so."""
UNCERTAIN = "uncertain"
"""`control` where the doubt about the place reaches across the frontline, or the days span a change of hands."""
UNKNOWN = "unknown"
"""`control` where no zone covers the event, or its place or day is not known."""


class MentionKind(StrEnum):
    """What a marked stretch of text names."""

    TOPONYM = "toponym"
    ACTOR = "actor"
    TRIGGER = "trigger"
    """The word that tells the event: `shelled`, `truce`."""
    TARGET = "target"
    """A facility or a group of people that an event befalls."""
    WEAPON = "weapon"
    """A weapon or a platform."""
    ENTITY = "entity"
    """A location or an organisation, wider than a name: `the village of Azaz`."""
