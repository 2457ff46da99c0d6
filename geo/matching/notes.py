"""One plain English sentence made from the fields of an event, and from nothing else."""

from __future__ import annotations

from datetime import date

from geo.model import Count, Days, Event, Resolved
from geo.vocabulary import Factuality, TimePrecision

_NAMES = {
    "armed_clash": "armed clash",
    "government_regains_territory": "ground regained",
    "non_state_actor_overtakes_territory": "ground taken",
    "chemical_weapon": "chemical attack",
    "air_drone_strike": "air strike",
    "suicide_bomb": "suicide bombing",
    "shelling_artillery_missile_attack": "shelling",
    "remote_explosive_landmine_ied": "explosion of a planted bomb or mine",
    "grenade": "grenade attack",
    "sexual_violence": "sexual violence",
    "attack": "attack",
    "abduction_forced_disappearance": "abduction",
    "peaceful_protest": "peaceful protest",
    "protest_with_intervention": "protest broken up",
    "excessive_force_against_protesters": "force used",
    "violent_demonstration": "violent demonstration",
    "mob_violence": "mob violence",
    "agreement": "agreement",
    "arrests": "arrests",
    "change_to_group_activity": "change in activity",
    "disrupted_weapons_use": "use of weapons foiled",
    "headquarters_or_base_established": "base established",
    "looting_property_destruction": "looting or destruction of property",
    "non_violent_transfer_of_territory": "ground handed over without a fight",
    "other": "development",
}
_OTHER = {
    "government_regains_territory": "from",
    "non_state_actor_overtakes_territory": "from",
    "attack": "on",
    "sexual_violence": "against",
    "abduction_forced_disappearance": "of",
    "arrests": "of",
    "protest_with_intervention": "of",
    "change_to_group_activity": "towards",
}
"""The word that leads to the second actor; `against` where none stands here."""
_BETWEEN = frozenset({"armed_clash", "agreement", "non_violent_transfer_of_territory", "other"})
"""Sub-types that two actors share, neither doing it to the other."""
_UNNAMED = {"excessive_force_against_protesters": " against protesters", "attack": " on civilians"}
"""What stands for the second actor where nobody is named."""
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
        return f"{count.low:,} to {count.high:,}" if count.low else f"up to {count.high:,}"
    if count.best is not None and (count.high is not None or count.low != count.best):
        return f"{count.best:,}"
    if count.low is not None:
        return f"at least {count.low:,}" if count.high is None else f"{count.low:,}"
    return f"up to {count.high:,}" if count.high is not None else "an unknown number"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _by(event: Event) -> str:
    """Return who did it and whom it befell, with the words that lead to them."""
    one, other, kind = event.actor1, event.actor2, event.sub_event_type
    both = one is not None and other is not None and one.name != other.name
    if kind in _BETWEEN:
        named = one or other
        if both and one and other:
            return f" between {one.name} and {other.name}"
        return f" involving {named.name}" if named else ""
    by = f" by {one.name}" if one else ""
    if other and (both or not one):
        return by + f" {_OTHER.get(kind, 'against')} {other.name}"
    civilians = kind != "attack" or event.civilian_targeting
    return by + (_UNNAMED.get(kind, "") if civilians else "")


def _concerning(event: Event) -> str:
    named = [_TARGETS[tag] for tag in event.tags if tag in _TARGETS]
    return f" affecting {' and '.join(named[:2])}" if named else ""


def _where(event: Event) -> str:
    place = event.resolution
    if not isinstance(place, Resolved):
        return "at a place that is not known"
    return f"{_leading_to(place.place_name)}{place.place_name}"


def _leading_to(name: str) -> str:
    """Return the word before the name of a place: none before `near Hama`, `in the` before `outskirts of Hama`."""
    first, _, rest = name.partition(" ")
    if name[0].isdigit() or first == "near" or (first in _BEARINGS and rest.startswith("of ")):
        return ""
    return "in the " if name[0].islower() and " of " in name else "in "


_BEARINGS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "outside"})


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
