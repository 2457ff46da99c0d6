"""Where a happening took place: as the recogniser linked it, else as the words tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geo.extraction.actors.states import capital_doing
from geo.extraction.happenings.happenings import Happening
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.clauses import SPLITTERS
from geo.extraction.language.words import Word, word_set, words_of
from geo.extraction.reading import Sentence
from geo.extraction.syntax.linking import choose_places, is_dateline, is_launch_site
from geo.extraction.syntax.parties import is_force
from geo.extraction.syntax.whereabouts import Whereabout, scene_between, toponym_phrase
from geo.model import Mention
from geo.vocabulary import EventType, MentionKind


def places_of(happening: Happening, places: Sequence[Whereabout]) -> tuple[Whereabout, ...]:
    """Return where a happening took place: as the recogniser linked it, else as the words tell."""
    sentence = happening.sentence
    order = sorted(happening.signals, key=lambda signal: signal is not happening.head)
    links = sentence.reading.links
    states = [capital for signal in order[:_ASKED] if (capital := capital_doing(sentence, signal)) is not None]
    shot = _shot_at(happening)
    if shot is not None and not any(shot in links.get(signal.mention, ()) for signal in order):
        return (_linked_phrase(sentence, shot),)
    for signal in order:
        named = [place for place in links.get(signal.mention, ()) if not is_force(sentence, place)]
        named = [place for place in named if not _is_one_of(place, states) and not _owns_capital(sentence, place)]
        linked = [place for place in named if not (_is_dateline(sentence, place) or is_launch_site(sentence, place))]
        within = [place for place in linked if not any(_lies_in(sentence, other, place) for other in linked)]
        linked = within or linked  # two that each seem to lie in the other are both kept
        linked = [place for place in linked if not (_is_of_speaker(sentence, place) or _is_of_care(sentence, place))]
        linked = [_narrower(sentence, place) for place in _in_scene(happening, linked)]
        if linked:
            linked = _listed(
                sentence,
                _between_two(sentence, linked),
                Counter(at for one in order for at in links.get(one.mention, ())),
                signal,
            )
            linked = _with_listed(sentence, linked, [place for one in order for place in links.get(one.mention, ())])
            return tuple(_linked_phrase(sentence, mention) for mention in linked)
    places = [place for place in places if not is_force(sentence, place.phrase.toponym)]
    places = [place for place in places if not _is_one_of(place.phrase.toponym, states)]
    places = [place for place in places if place.anaphor or not _is_of_care(sentence, place.phrase.toponym)]
    places = [place for place in places if place.anaphor or not is_seat(sentence, place.phrase.toponym)]
    answers = [links[signal.mention] for signal in order if signal.mention in links]
    if answers and not any(is_force(sentence, place) for answer in answers for place in answer):
        # The recogniser found none among the names; words that point back to one are not its business.
        places = [place for place in places if place.anaphor or _is_plain(sentence, place, places)]
    for signal in order:
        chosen = choose_places(sentence, signal.mention.start, signal.mention.end, places)
        if chosen:
            return chosen
    return ()


def _owns_capital(sentence: Sentence, place: Mention) -> bool:
    """Return whether a name only says whose capital is meant, and another mark is of that."""
    inside = sentence.start <= place.start < sentence.end and sentence.low(sentence.at(place.end - 1) + 1) == "capital"
    return inside and sentence.reading.lexicon.demonyms.get(place.text) is not None


def _is_of_speaker(sentence: Sentence, place: Mention) -> bool:
    """Return whether a name only tells whose voice speaks: `…, Burkina Faso's government said`."""
    if not sentence.start <= place.start < sentence.end or not sentence.is_speaking(place.start):
        return False
    return is_seat(sentence, place) or sentence.low(sentence.at(place.end - 1) + 1) == "'s"


def is_seat(sentence: Sentence, place: Mention) -> bool:
    """Return whether a name only tells where an office of a state sits: `The Defence Ministry in Kabul said`."""
    first = sentence.at(place.start)
    seated = sentence.low(first - 1) == "in" and sentence.low(first - 2) in _OFFICES
    return seated and sentence.is_speaking(place.start)


_OFFICES = word_set("ministry ministries embassy headquarters government office")


def _in_scene(happening: Happening, linked: list[Mention]) -> list[Mention]:
    """Return linked places, or the one that sets the scene of a deed after them all: `…, and in Gao a bomb wounded`."""
    sentence = happening.sentence
    scene = scene_between(sentence, 0, happening.head.first + 1)
    if scene is None or any(sentence.at(place.end - 1) >= scene for place in linked):
        return linked
    return [mark for mark in sentence.of_kind(MentionKind.TOPONYM) if sentence.at(mark.start) == scene]


def _is_of_care(sentence: Sentence, place: Mention) -> bool:
    """Return whether a name only tells where people were taken care of: `took the wounded to hospitals in Kilis`."""
    if not sentence.start <= place.start < sentence.end:
        return False
    first = sentence.at(place.start)
    at = next((at for at in range(first - 1, max(-1, first - 7), -1) if sentence.low(at) in _CARE), None)
    if at is None or not all(sentence.low(between) in _NEARBY for between in range(at + 1, first)):
        return False
    return "to" in (sentence.low(at - 1), sentence.low(at - 2), sentence.low(at - 3))


_CARE = word_set("hospital hospitals clinic clinics morgue mortuary")
_NEARBY = word_set("in at across over the border of nearby neighbouring neighboring city town")


def _narrower(sentence: Sentence, place: Mention) -> Mention:
    """Return the place that a region is told beside: the second of `in the Gaza Strip east of Khan Younis`."""
    if not sentence.start <= place.start < sentence.end:
        return place
    last = sentence.at(place.end - 1)
    if sentence.low(last) not in _REGIONS and sentence.low(last + 1) not in _REGIONS:
        return place
    at = last + 1 + (sentence.low(last + 1) in _REGIONS)
    if sentence.low(at) not in _COMPASS or sentence.low(at + 1) != "of":
        return place
    beside = (m for m in sentence.of_kind(MentionKind.TOPONYM) if sentence.at(m.start) == at + 2)
    return next(beside, place)


_REGIONS = word_set(
    "strip province governorate region state peninsula desert valley countryside district oblast department county"
)


def _is_plain(sentence: Sentence, place: Whereabout, places: Sequence[Whereabout]) -> bool:
    """Return whether the only name of a sentence stands behind a word for place: `…, a commander, near Nabatieh`."""
    if any(other is not place and not other.anaphor for other in places):
        return False
    first = sentence.at(place.phrase.start)
    lead = sentence.low(first) if place.phrase.start < place.phrase.toponym.start else ""
    named = sentence.reading.lexicon.countries.get(place.phrase.toponym.text) is None
    plain = {sentence.low(first - 1), lead} & _LEADS and not _is_dateline(sentence, place.phrase.toponym)
    return bool(plain) and named and not sentence.is_speaking(place.phrase.toponym.start)


_LEADS = frozenset({"in", "at", "near"})
_COMPASS = word_set("north south east west northeast northwest southeast southwest")
_ASKED = 4
"""Triggers of a happening that are asked whether a capital does their deed."""


def _is_one_of(place: Mention, states: Sequence[Mention]) -> bool:
    return any(place.start < state.end and state.start < place.end for state in states)


def _shot_at(happening: Happening) -> Mention | None:
    """Return the place that is the object of a verb that tells something apart: `while artillery pounded Kafr Zita`."""
    sentence, head = happening.sentence, happening.head
    if SPLITTERS.isdisjoint(sentence.low(index) for index in range(max(0, head.first - 6), head.first)):
        return None
    if head.trigger.part != "verb" or head.event_type not in (EventType.EXPLOSIONS, EventType.BATTLES):
        return None
    names = (m for m in sentence.of_kind(MentionKind.TOPONYM) if sentence.at(m.start) == head.last + 1)
    found = next(names, None)
    if found is None or is_force(sentence, found) or sentence.reading.lexicon.countries.get(found.text) is not None:
        return None
    following = sentence.low(sentence.at(found.end - 1) + 1)
    return found if following in _AFTER_OBJECT or not following else None


_AFTER_OBJECT = word_set(", . ; and on in with from overnight again early late for at as while after before")


def _between_two(sentence: Sentence, linked: list[Mention]) -> list[Mention]:
    """Return the first of two places where something lay between both: `on the road between Niono and Diabaly`."""
    if len(linked) != 2 or not _is_between(sentence, linked[0]):
        return linked
    return linked[:1] if sentence.text[linked[0].end : linked[1].start].strip() == "and" else linked


def _is_between(sentence: Sentence, place: Mention) -> bool:
    """Return whether a name is the first of two: `between Niono and …`, `between the towns of Niono and …`."""
    at = sentence.at(place.start) - 1
    if sentence.low(at) == "of" and sentence.low(at - 1) in _TOWNS and sentence.low(at - 2) == "the":
        at -= 3
    return sentence.low(at) == "between"


_TOWNS = word_set("towns cities villages")


def _listed(sentence: Sentence, linked: list[Mention], told: Counter[Mention], head: Signal) -> list[Mention]:
    """Return linked places without those that no list joins to the first, and those that people only come from.

    Of two that no list joins the one stands for both that more triggers have (`told`), that lies in the other, or that
    alone stands in the clause of the deed.
    """
    kept = linked[:1]
    for place in linked[1:]:
        between = words_of(sentence.text, kept[-1].end, place.start) if kept[-1].end <= place.start else []
        lows = [word.low for word in between]
        if lows and _LISTING.isdisjoint(lows):
            inner = lows[-1] == "of" or told[place] > told[kept[-1]]  # `the Homs suburb of Qusour`
            inner = inner or (_is_beside(sentence, place, head) and not _is_beside(sentence, kept[-1], head))
            kept[-1] = place if inner else kept[-1]
        elif "from" not in lows[-_ORIGIN:]:
            kept.append(place)
    return kept


def _is_beside(sentence: Sentence, place: Mention, head: Signal) -> bool:
    """Return whether a place stands in the clause of a trigger."""
    inside = sentence.start <= place.start < sentence.end
    return inside and sentence.clause_at(place.start) == sentence.clauses[head.first]


_LISTING = word_set("and , or & both then also ; / to")
_ORIGIN = 4
"""Words before a place in which a `from` makes it where people come from: `two men from the village of …`."""


def _with_listed(sentence: Sentence, linked: Sequence[Mention], others: Sequence[Mention]) -> list[Mention]:
    """Return linked places with those that another trigger of the happening has and that are listed beside them."""
    found = list(linked)
    for other in others:
        if other in found or is_force(sentence, other) or _is_between(sentence, found[0]):
            continue
        pairs = [sorted((other, place), key=lambda m: m.start) for place in found]
        if any(sentence.text[one.end : two.start].strip() in ("and", ",", ", and") for one, two in pairs):
            found.append(other)
    return sorted(found, key=lambda mention: mention.start)


def _lies_in(sentence: Sentence, place: Mention, larger: Mention) -> bool:
    """Return whether a place is told to lie in the one before it: `in eastern Ukraine in the area of Luhansk`."""
    if not sentence.start <= place.start <= sentence.end or not sentence.start <= larger.start <= sentence.end:
        return False
    behind = words_of(sentence.text, place.end, larger.start) if place.end <= larger.start else []
    if [word.low for word in behind] == ["of"] and place.text.lower().split()[-1] in _PARTS:
        return True  # `Abbey Gate of Kabul airport`
    if 1 < len(behind) <= 4 and behind[-1].low == "of" and behind[-2].low in _KINDS - _SUBURBS:
        return True  # `the Abujhmad forests of Chhattisgarh`
    if _is_site_near(place, behind) or (behind and _is_region_around(sentence, larger, [one.low for one in behind])):
        return True  # `the Abu Roe camp near El Fasher`, `Ouled Ali, in Bouira department`
    if not larger.end <= place.start:
        return False
    between = words_of(sentence.text, larger.end, place.start)
    if _is_site_near(larger, between):
        return False
    if 1 < len(between) <= 4 and between[-1].low == "of" and between[-2].low in _SUBURBS:
        return all(word.low[0].isalpha() for word in between)  # `the Kharkiv suburb of Derhachi`
    return bool(between) and between[0].low in _INSIDE and all(word.low in _INSIDE | _AREAS for word in between)


def _is_region_around(sentence: Sentence, region: Mention, between: Sequence[str]) -> bool:
    """Return whether a comma or `in` joins a place to what is called a region: `X, Y province`, `X, in northern Y`."""
    joined = list(between[:1]) == ["in"] or list(between[:2]) == [",", "in"]
    called = not _REGIONS.isdisjoint({sentence.low(sentence.at(region.end - 1) + at) for at in (0, 1)})
    if not joined:
        return called and list(between) == [","]
    inner = between[between.index("in") + 1 :]
    compass = bool(inner) and all(low == "the" or low in _COMPASS or low.endswith("ern") for low in inner)
    return (called and not inner) or compass


def _is_site_near(place: Mention, between: Sequence[Word]) -> bool:
    """Return whether the words between two places tell that the first, a site, lies near the second."""
    kinds = {word.low for word in between[:-1]} | {place.text.lower().split()[-1]}
    lies = bool(between) and between[-1].low in ("near", "outside", "in")
    return lies and {word.low for word in between[:-1]} <= _SITES and not kinds.isdisjoint(_SITES)


_PARTS = word_set("gate square bridge street market quarter district suburb junction roundabout terminal camp village")
_SITES = word_set("refugee camp village base crossing junction camps villages hamlet outpost checkpoint")
_SUBURBS = word_set("suburb suburbs satellite")
_KINDS = word_set(
    "forest forests mountain mountains hills area areas district districts town village villages lga territory county "
    "sector locality region province state municipality commune camp island valley department"
)
_INSIDE = word_set("in at near")
_AREAS = word_set("the area of town city village district region province outskirts suburb neighbourhood neighborhood")


def _is_dateline(sentence: Sentence, place: Mention) -> bool:
    """Return whether a linked name only says where the report was filed."""
    if not sentence.start <= place.start < sentence.end:
        return False
    return is_dateline(sentence, sentence.at(place.start), sentence.at(place.end - 1))


def _linked_phrase(sentence: Sentence, toponym: Mention) -> Whereabout:
    home = sentence if sentence.start <= toponym.start < sentence.end else sentence.reading.sentence_at(toponym.start)
    return Whereabout(toponym_phrase(sentence.text, toponym, start=home.start, end=home.end), anaphor=False)
