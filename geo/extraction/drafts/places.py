"""Where a happening took place: as the recogniser linked it, else as the words tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geo.extraction.actors.states import capitals_doing
from geo.extraction.drafts.containment import COMPASS, REGIONS, lies_in
from geo.extraction.happenings.happenings import Happening
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.clauses import SPLITTERS
from geo.extraction.language.words import word_set, words_of
from geo.extraction.reading import Sentence
from geo.extraction.syntax.linking import choose_places, is_dateline, is_launch_site
from geo.extraction.syntax.objects import target_of
from geo.extraction.syntax.parties import is_force
from geo.extraction.syntax.whereabouts import Whereabout, scene_between, toponym_phrase
from geo.model import Mention
from geo.vocabulary import EventType, MentionKind


def places_of(happening: Happening, places: Sequence[Whereabout]) -> tuple[Whereabout, ...]:
    """Return where a happening took place: as the recogniser linked it, else as the words tell."""
    sentence = happening.sentence
    order = sorted(happening.signals, key=lambda signal: signal is not happening.head)
    links = sentence.reading.links
    states = capitals_doing(sentence)
    shot = _shot_at(happening)
    if shot is not None and not any(shot in links.get(signal.mention, ()) for signal in order):
        return (_linked_phrase(sentence, shot),)
    for signal in order:
        named = [place for place in links.get(signal.mention, ()) if not is_force(sentence, place)]
        named = [place for place in named if not _is_one_of(place, states) and not _owns_capital(sentence, place)]
        linked = [place for place in named if not (_is_dateline(sentence, place) or is_launch_site(sentence, place))]
        within = [place for place in linked if not any(lies_in(sentence, other, place) for other in linked)]
        linked = within or linked  # two that each seem to lie in the other are both kept
        linked = [place for place in linked if not (_is_of_speaker(sentence, place) or is_of_care(sentence, place))]
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
    aimed = _state_aimed_at(happening)
    if aimed is not None:
        return (_linked_phrase(sentence, aimed),)
    places = [place for place in places if not is_force(sentence, place.phrase.toponym)]
    places = [place for place in places if not _is_one_of(place.phrase.toponym, states)]
    places = [place for place in places if place.anaphor or not is_of_care(sentence, place.phrase.toponym)]
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


def _state_aimed_at(happening: Happening) -> Mention | None:
    """Return the country that fire is told to be aimed at, with no town: `fired 180 missiles at Israel`."""
    sentence, head = happening.sentence, happening.head
    if head.event_type is not EventType.EXPLOSIONS or sentence.low(head.first) not in _FIRING:
        return None
    phrase = target_of(sentence, head.last, _AT)
    names = sentence.of_kind(MentionKind.TOPONYM) if phrase is not None else ()
    found = next((m for m in names if phrase is not None and sentence.at(m.start) == phrase.first), None)
    if found is None or sentence.low(sentence.at(found.end - 1) + 1) == "'s":
        return None
    return found if sentence.reading.lexicon.countries.get(found.text) is not None else None


_FIRING = word_set("fired launched fires launches firing launching")
_AT = word_set("at towards toward into against")


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


def is_of_care(sentence: Sentence, place: Mention) -> bool:
    """Return whether a name only tells where people were taken care of: `took the wounded to hospitals in Kilis`."""
    if not sentence.start <= place.start < sentence.end:
        return False
    first = sentence.at(place.start)
    if place.text.lower().split()[-1] in _CARE or sentence.low(sentence.at(place.end - 1) + 1) in _CARE:
        return not _TREATED.isdisjoint(sentence.low(at) for at in range(first - 7, first))
    at = next((at for at in range(first - 1, max(-1, first - 7), -1) if sentence.low(at) in _CARE), None)
    if at is None or not all(sentence.low(between) in _NEARBY for between in range(at + 1, first)):
        return False
    return "to" in (sentence.low(at - 1), sentence.low(at - 2), sentence.low(at - 3))


_CARE = word_set("hospital hospitals clinic clinics morgue mortuary")
_TREATED = word_set(
    "treatment treated admitted taken rushed transferred recuperating recovering hospitalised hospitalized"
)
"""What is done in `Roe Hospital` to those who were hurt elsewhere."""
_NEARBY = word_set("in at across over the border of nearby neighbouring neighboring city town")


def _narrower(sentence: Sentence, place: Mention) -> Mention:
    """Return the place that a region is told beside: the second of `in the Gaza Strip east of Khan Younis`."""
    if not sentence.start <= place.start < sentence.end:
        return place
    last = sentence.at(place.end - 1)
    if sentence.low(last) not in REGIONS and sentence.low(last + 1) not in REGIONS:
        return place
    at = last + 1 + (sentence.low(last + 1) in REGIONS)
    if sentence.low(at) not in COMPASS or sentence.low(at + 1) != "of":
        return place
    beside = (m for m in sentence.of_kind(MentionKind.TOPONYM) if sentence.at(m.start) == at + 2)
    return next(beside, place)


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
    """Return the first of two places where something lay between both: `on the road between Niono and Diabaly`.

    What two places are only told to be linked by is itself the place: `the Mala bridge linking Niono and Diabaly`.
    """
    links = [at for at, place in enumerate(linked) if at and sentence.low(sentence.at(place.start) - 1) in _LINKING]
    if links and linked[links[0] - 1].end < linked[links[0]].start:
        linked = linked[: links[0]]
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
_LINKING = word_set("linking connecting joining")


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
        if any(lies_in(sentence, place, other) for place in found):
            continue
        pairs = [sorted((other, place), key=lambda m: m.start) for place in found]
        if any(sentence.text[one.end : two.start].strip() in ("and", ",", ", and") for one, two in pairs):
            found.append(other)
    return sorted(found, key=lambda mention: mention.start)


def _is_dateline(sentence: Sentence, place: Mention) -> bool:
    """Return whether a linked name only says where the report was filed."""
    if not sentence.start <= place.start < sentence.end:
        return False
    return is_dateline(sentence, sentence.at(place.start), sentence.at(place.end - 1))


def _linked_phrase(sentence: Sentence, toponym: Mention) -> Whereabout:
    home = sentence if sentence.start <= toponym.start < sentence.end else sentence.reading.sentence_at(toponym.start)
    return Whereabout(toponym_phrase(sentence.text, toponym, start=home.start, end=home.end), anaphor=False)
