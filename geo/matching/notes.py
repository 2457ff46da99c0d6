"""One plain English sentence made from the fields of an event, and from nothing else."""

from __future__ import annotations

from datetime import date

from geo.model import Count, Days, Event, Resolved
from geo.vocabulary import Factuality, TimePrecision

_NAMES = {
    "armed_clash": "armed clash",
    "government_regains_territory": "government forces regain ground",
    "non_state_actor_overtakes_territory": "armed group takes ground",
    "chemical_weapon": "chemical attack",
    "air_drone_strike": "air strike",
    "suicide_bomb": "suicide bombing",
    "shelling_artillery_missile_attack": "shelling",
    "remote_explosive_landmine_ied": "explosion of a planted bomb or mine",
    "grenade": "grenade attack",
    "sexual_violence": "sexual violence",
    "attack": "attack on civilians",
    "abduction_forced_disappearance": "abduction",
    "peaceful_protest": "peaceful protest",
    "protest_with_intervention": "protest that was broken up",
    "excessive_force_against_protesters": "force used against protesters",
    "violent_demonstration": "violent demonstration",
    "mob_violence": "mob violence",
    "agreement": "agreement",
    "arrests": "arrests",
    "change_to_group_activity": "change in a group's activity",
    "disrupted_weapons_use": "attack foiled",
    "headquarters_or_base_established": "base established",
    "looting_property_destruction": "looting or destruction of property",
    "non_violent_transfer_of_territory": "ground handed over without a fight",
    "other": "development",
}
_STANDING = {
    Factuality.ASSERTED: "",
    Factuality.CLAIMED: "alleged ",
    Factuality.DENIED: "denied ",
    Factuality.ANNOUNCED: "announced ",
}
_TARGETS = {
    "health_care": "health care",
    "education": "education",
    "aid": "aid",
    "media": "the media",
    "water": "water supply",
    "power": "power supply",
    "cultural_heritage": "cultural heritage",
    "religious_site": "a religious site",
    "market": "a market",
    "camp": "a camp",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def note_of(event: Event, *, sources: int) -> str:
    """Return the sentence; `sources` counts the independent ones."""
    words = _STANDING[event.factuality] + _NAMES[event.sub_event_type]
    parts = [words + _by(event) + _concerning(event), _where(event), _when(event.days)]
    sentence = " ".join(part for part in parts if part)
    for count, verb in ((event.fatalities, "killed"), (event.injured, "injured")):
        if count is not None:
            sentence += f", {count_in_words(count)} {verb}"
    if event.attribution:
        sentence += f", according to {' and '.join(event.attribution.split('; ')[:2])}"
    sentence += _told_by(event, sources)
    return sentence[0].upper() + sentence[1:] + "."


def days_in_words(days: Days) -> str:
    """Return `19 November 2016`, `17 to 19 November 2016`, `November 2016`."""
    if days.start == days.end:
        return _day(days.start)
    whole_month = days.start.day == 1 and days.precision is TimePrecision.MONTH
    if whole_month and (days.start.year, days.start.month) == (days.end.year, days.end.month):
        return f"{days.start:%B %Y}"
    if (days.start.year, days.start.month) == (days.end.year, days.end.month):
        return f"{days.start.day} to {_day(days.end)}"
    return f"{_day(days.start)} to {_day(days.end)}"


def count_in_words(count: Count) -> str:
    """Return `4`, `4 to 9`, `at least 64`, `up to 10`."""
    if count.low is not None and count.high is not None and count.low != count.high:
        return f"{count.low:,} to {count.high:,}"
    if count.best is not None and (count.high is not None or count.low != count.best):
        return f"{count.best:,}"
    if count.low is not None:
        return f"at least {count.low:,}" if count.high is None else f"{count.low:,}"
    return f"up to {count.high:,}" if count.high is not None else "an unknown number"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _by(event: Event) -> str:
    one, other = event.actor1, event.actor2
    if one and other and one.name != other.name:
        between = event.sub_event_type in ("armed_clash", "agreement")
        return f" between {one.name} and {other.name}" if between else f" by {one.name} against {other.name}"
    if one:
        return f" by {one.name}"
    return f" against {other.name}" if other else ""


def _concerning(event: Event) -> str:
    named = [_TARGETS[tag] for tag in event.tags if tag in _TARGETS]
    return f" affecting {' and '.join(named[:2])}" if named else ""


def _where(event: Event) -> str:
    place = event.resolution
    if not isinstance(place, Resolved):
        return "at a place that is not known"
    # "5 km north of Hama" and "near Hama" need no "in" before them.
    bare = place.place_name[0].isdigit() or place.place_name.startswith("near ")
    return place.place_name if bare else f"in {place.place_name}"


def _when(days: Days | None) -> str:
    if days is None:
        return "on an unknown day"
    words = days_in_words(days)
    if days.precision is TimePrecision.MONTH and not words[0].isdigit():
        return f"in {words}"
    return f"on {words}" if days.start == days.end else f"between {words.replace(' to ', ' and ')}"


def _told_by(event: Event, sources: int) -> str:
    if len(event.accounts) == 1:
        return ""
    number = _NUMBERS[sources] if sources < len(_NUMBERS) else str(sources)
    independent = f"{number} independent sources" if sources > 1 else "one source"
    differ = ", which differ" if event.contradictions else ""
    return f" ({independent}{differ})"
