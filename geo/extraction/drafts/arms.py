"""The weapons of a happening: those near its triggers that were used in it, and not those that were lost in it."""

from __future__ import annotations

from geo.extraction.happenings.happenings import Happening
from geo.extraction.language.words import word_set
from geo.extraction.lexicon.lexicon import Weapon
from geo.extraction.reading import Sentence
from geo.model import Mention
from geo.vocabulary import MentionKind

_WEAPON_REACH = 14


def weapons_of(happening: Happening) -> list[tuple[Mention, Weapon]]:
    """Return the weapons near the triggers of a happening, nearest first."""
    sentence = happening.sentence
    found = []
    for mention in sentence.of_kind(MentionKind.WEAPON):
        known = sentence.reading.lexicon.weapons.get(mention.text)
        position = sentence.at(mention.start)
        gap = happening.distance(position)
        if sentence.low(sentence.at(mention.end - 1) + 1) in _OFFICES:
            continue  # the mines ministry
        flies = known is not None and known.sub_event_type == "air_drone_strike"
        if _is_lost(sentence, position) or _is_in_a_name(sentence, mention):
            continue
        if flies and _is_boarded(sentence, position):
            continue
        if _is_shot_at(sentence, mention) or _is_dug(sentence, mention, position) or _is_of_a_post(sentence, mention):
            continue
        conditional = "if" in (sentence.low(index) for index in range(happening.head.last, position))
        if gap <= _WEAPON_REACH and happening.owns(position) and not conditional:
            found.append((gap, mention, known or Weapon(mention.text, mention.text.lower(), "")))
    return [(mention, weapon) for _, mention, weapon in sorted(found, key=lambda item: (item[0], item[1].start))]


def _is_in_a_name(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a weapon's name is a part of another: the `Fateh` of a group, the `Badr` of a mosque."""
    if not mention.text[0].isupper():
        return False
    names = (*sentence.of_kind(MentionKind.ACTOR), *sentence.of_kind(MentionKind.TOPONYM))
    inside = any(one.start <= mention.start and mention.end <= one.end and one.text != mention.text for one in names)
    following = sentence.low(sentence.at(mention.end - 1) + 1)
    placed = any(one.start == mention.start and one.end == mention.end for one in sentence.of_kind(MentionKind.TOPONYM))
    return inside or placed or following in _SITES


_SITES = word_set(
    "mosque school hospital church street square district village camp brigade brigades group forces city"
)


def _is_of_a_post(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a word for what flies only names a force that was hit: `attacked the air force headquarters`."""
    following = sentence.at(mention.end - 1) + 1
    return mention.text.lower() in ("air force", "airforce", "air") and not _POSTS.isdisjoint(
        sentence.low(at) for at in (following, following + 1)
    )


_POSTS = word_set("headquarters base bases garrison garrisons academy barracks personnel officer officers unit")


def _is_dug(sentence: Sentence, mention: Mention, position: int) -> bool:
    """Return whether a mine is one that people work in: `attacked a gold mine`."""
    dug = mention.text.lower() in ("mine", "mines")
    return dug and (sentence.low(position - 1) in _ORES or sentence.low(position + 1) in ("workers", "shaft", "owned"))


_ORES = word_set("gold coal copper diamond salt iron jade silver cobalt coltan uranium emerald tin ruby amber opencast")


def _is_boarded(sentence: Sentence, position: int) -> bool:
    """Return whether an aircraft carries passengers: `aboard an airline plane`."""
    before = [sentence.low(index) for index in range(max(0, position - 4), position + 1)]
    return not _PASSENGERS.isdisjoint(before) or ("by" in before and not _CARRIED.isdisjoint(before))


_CARRIED = word_set("evacuated airlifted flown ferried transported transferred rushed moved lifted")
"""What is done `by helicopter` to those who were hurt."""


_PASSENGERS = word_set("aboard airline airliner passenger passengers onboard charter ambulance rescue cargo hijacked")


def _is_shot_at(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a crewed aircraft is what was hit: `a plane of the airline was hit by gunfire`."""
    if mention.text.lower() not in _CREWED:
        return False
    first = sentence.at(mention.end - 1) + 1
    was = next((at for at in range(first, first + _SUBJECT) if sentence.low(at) in ("was", "were")), None)
    return was is not None and sentence.low(was + 1) in ("hit", "struck") and sentence.low(was + 2) == "by"


_SUBJECT = 5
"""Words between an aircraft and the verb that befalls it."""
_CREWED = word_set("plane planes airplane airliner helicopter helicopters aircraft jet")


def _is_lost(sentence: Sentence, position: int) -> bool:
    """Return whether a weapon is what was destroyed or taken, and not what did it: `strikes destroyed a car bomb`."""
    for index in range(position - 1, max(-1, position - _LOST_WITHIN), -1):
        low = sentence.low(index)
        if low in _WIELDING:
            return False
        if low in _LOSING:
            return sentence.low(index - 1) not in ("was", "were", "been") and sentence.low(index + 1) != "by"
    return False


_LOST_WITHIN = 16
_WIELDING = word_set("with by using from when after as . ; which that who while in near at on of for firing fired")
_LOSING = word_set("destroyed destroying damaged damaging engaged destroy destroys damages")
_OFFICES = word_set("ministry minister ministers department division inspectorate officials official committee expert")


def is_single_bombing(happening: Happening) -> bool:
    """Return whether one bomb is told: `a bombing in the market`, but not `the bombing of the city`."""
    low, at = happening.sentence.low, happening.head.first
    return low(at) in _BOMBINGS and low(at - 1) in _ONE and low(at + 1) in _WHERE


_BOMBINGS = frozenset({"bombing", "bombings"})
_ONE = frozenset({"a", "another", "'s", "’s", "s", "deadly", "twin"})
_WHERE = frozenset({"in", "at", "near", "outside", "on", "inside"})


def is_held_off_from_air(happening: Happening) -> bool:
    """Return whether air defences hold off what flies, which is no fight on the ground: `air defences repelled …`."""
    sentence, head = happening.sentence, happening.head
    if head.trigger.part != "verb" or not sentence.low(head.first).startswith(_HOLDING_OFF):
        return False
    before = sentence.lows[max(0, head.first - _DEFENDERS_WITHIN) : head.first]
    return any(pair[0] == "air" and pair[1] in _DEFENCES for pair in zip(before, before[1:], strict=False))


_HOLDING_OFF = ("repel", "fend", "ward", "repuls", "beat")
_DEFENCES = frozenset({"defence", "defences", "defense", "defenses"})
_DEFENDERS_WITHIN = 6
