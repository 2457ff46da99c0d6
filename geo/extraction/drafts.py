"""What one sentence tells of one happening at one place: an account before its document is put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.extraction.actors import Roles, roles_of
from geo.extraction.arms import weapons_of
from geo.extraction.attribution import attribution_of
from geo.extraction.casualties import Casualty
from geo.extraction.civilians import civilian_target
from geo.extraction.clauses import SPEECH, SPLITTERS
from geo.extraction.counts import counted, is_total
from geo.extraction.factuality import is_told, judge
from geo.extraction.happenings import Happening, Signal, happenings_of, signals_of
from geo.extraction.history import is_history, is_only_known
from geo.extraction.linking import choose_places, is_dateline, is_launch_site
from geo.extraction.moments import Moment, Origin, moment_of
from geo.extraction.parties import is_force
from geo.extraction.reading import Sentence
from geo.extraction.subtypes import sub_type_of
from geo.extraction.whereabouts import Whereabout, toponym_phrase, whereabouts
from geo.extraction.words import Word, word_set, words_of
from geo.model import Count, Days, Evidence, Mention, PlacePhrase, Quoted
from geo.vocabulary import EventType, Factuality, MentionKind

_TAG_REACH = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """One happening at one place as one sentence tells it."""

    happening: Happening
    sub_type: Quoted[str]
    moment: Moment
    where: PlacePhrase | None
    where_origin: Origin
    roles: Roles
    factuality: Quoted[Factuality]
    attribution: Quoted[str] | None
    killed: Quoted[Count] | None
    injured: Quoted[Count] | None
    tags: tuple[Quoted[str], ...]
    civilian: Quoted[bool] | None
    weapon: Quoted[str] | None
    presupposed: bool
    """Whether it is only referred to: `condemned the attack`."""
    facilities: frozenset[str]
    """Lower-case words of the sites it befell."""

    @property
    def sentence(self) -> Sentence:
        """The sentence that tells it."""
        return self.happening.sentence


def drafts_of(sentence: Sentence, before: Quoted[Days] | None) -> Iterator[Draft]:
    """Yield what a sentence tells, one draft a happening and place; `before` is the day told before it."""
    signals = [signal for signal in signals_of(sentence) if is_told(sentence, signal)]
    if not signals:
        return
    places = whereabouts(sentence)
    happenings = happenings_of(sentence, signals)
    counts = _counts_by_happening(sentence, happenings)
    for happening, casualties in zip(happenings, counts, strict=True):
        attribution = attribution_of(happening)
        judgement = judge(happening, attribution)
        moment = moment_of(happening, before)
        if judgement.factuality is None or moment.past or is_history(happening, moment):
            continue
        factuality = judgement.factuality
        if moment.future:
            factuality = Quoted(Factuality.ANNOUNCED, factuality.evidence)
        chosen = _places(happening, places)
        news = [casualty for casualty in casualties if not is_total(sentence, casualty)]
        if casualties and not news and happening.only_harm:
            continue
        roles = roles_of(happening)
        for where in chosen or (None,):
            yield Draft(
                happening=happening,
                sub_type=sub_type_of(happening, roles),
                moment=moment,
                where=where.phrase if where else None,
                where_origin=Origin.NONE if where is None else Origin.INHERITED if where.anaphor else Origin.OWN,
                roles=roles,
                factuality=factuality,
                attribution=attribution,
                killed=counted(sentence, news, "killed", shared=len(chosen) > 1),
                injured=counted(sentence, news, "injured", shared=len(chosen) > 1),
                tags=_tags(happening),
                civilian=_civilian(happening, roles),
                weapon=_weapon(happening),
                presupposed=judgement.presupposed or is_only_known(sentence, happening.head),
                facilities=_facilities(happening),
            )


def _places(happening: Happening, places: Sequence[Whereabout]) -> tuple[Whereabout, ...]:
    """Return where a happening took place: as the recogniser linked it, else as the words tell."""
    sentence = happening.sentence
    order = sorted(happening.signals, key=lambda signal: signal is not happening.head)
    links = sentence.reading.links
    shot = _shot_at(happening)
    if shot is not None and not any(shot in links.get(signal.mention, ()) for signal in order):
        return (_linked_phrase(sentence, shot),)
    for signal in order:
        named = [place for place in links.get(signal.mention, ()) if not is_force(sentence, place)]
        linked = [place for place in named if not (_is_dateline(sentence, place) or is_launch_site(sentence, place))]
        within = [place for place in linked if not any(_lies_in(sentence, other, place) for other in linked)]
        linked = within or linked  # two that each seem to lie in the other are both kept
        if linked:
            linked = _between_two(sentence, linked)
            linked = _with_listed(sentence, linked, [place for one in order for place in links.get(one.mention, ())])
            return tuple(_linked_phrase(sentence, mention) for mention in linked)
    places = [place for place in places if not is_force(sentence, place.phrase.toponym)]
    answers = [links[signal.mention] for signal in order if signal.mention in links]
    if answers and not any(is_force(sentence, place) for answer in answers for place in answer):
        # The recogniser found none among the names; words that point back to one are not its business.
        places = [place for place in places if place.anaphor]
    for signal in order:
        chosen = choose_places(sentence, signal.mention.start, signal.mention.end, places)
        if chosen:
            return chosen
    return ()


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
    if len(linked) != 2 or sentence.low(sentence.at(linked[0].start) - 1) != "between":
        return linked
    return linked[:1] if sentence.text[linked[0].end : linked[1].start].strip() == "and" else linked


def _with_listed(sentence: Sentence, linked: Sequence[Mention], others: Sequence[Mention]) -> list[Mention]:
    """Return linked places with those that another trigger of the happening has and that are listed beside them."""
    found = list(linked)
    for other in others:
        if other in found or is_force(sentence, other) or sentence.low(sentence.at(found[0].start) - 1) == "between":
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
    if 1 < len(behind) <= 4 and behind[-1].low == "of" and behind[-2].low in _KINDS - _SUBURBS:
        return True  # `the Abujhmad forests of Chhattisgarh`
    if _is_site_near(place, behind):
        return True  # `the Abu Roe camp near El Fasher`
    if not larger.end <= place.start:
        return False
    between = words_of(sentence.text, larger.end, place.start)
    if _is_site_near(larger, between):
        return False
    if 1 < len(between) <= 4 and between[-1].low == "of" and between[-2].low in _SUBURBS:
        return all(word.low[0].isalpha() for word in between)  # `the Kharkiv suburb of Derhachi`
    return bool(between) and between[0].low in _INSIDE and all(word.low in _INSIDE | _AREAS for word in between)


def _is_site_near(place: Mention, between: Sequence[Word]) -> bool:
    """Return whether the words between two places tell that the first, a site, lies near the second."""
    kinds = {word.low for word in between[:-1]} | {place.text.lower().split()[-1]}
    lies = bool(between) and between[-1].low in ("near", "outside", "in")
    return lies and {word.low for word in between[:-1]} <= _SITES and not kinds.isdisjoint(_SITES)


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


def _counts_by_happening(sentence: Sentence, happenings: Sequence[Happening]) -> list[list[Casualty]]:
    """Give each count to the happening whose trigger stands nearest to its word of harm."""
    counts: list[list[Casualty]] = [[] for _ in happenings]
    for casualty in sentence.casualties:
        index = min(range(len(happenings)), key=lambda i: _distance(casualty, happenings[i].signals))
        counts[index].append(casualty)
    return counts


def _distance(casualty: Casualty, signals: Sequence[Signal]) -> int:
    return min(abs(casualty.anchor - signal.first) for signal in signals)


_TRIGGER_TAGS = {
    "evacuation": re.compile(r"\bevacuat|\bsafe passage\b", re.IGNORECASE),
    "siege": re.compile(r"\bbesieg|\bsiege\b|\bblockad|\bencircl", re.IGNORECASE),
    "displacement": re.compile(r"\bdisplac|\bfled\b|\bflee(?:ing)?\b|\brefugees?\b", re.IGNORECASE),
    "aid": re.compile(r"\b(?:aid|relief|humanitarian) (?:convoy|workers?|deliver\w+|trucks?|corridor)", re.IGNORECASE),
}


def _tags(happening: Happening) -> tuple[Quoted[str], ...]:
    sentence = happening.sentence
    tags: dict[str, Quoted[str]] = {}
    for mention in _targets(happening):
        known = sentence.reading.lexicon.targets.get(mention.text)
        named = known.tags if known else tuple(tag for tag in mention.label.split(";") if tag)
        for tag in named:
            tags.setdefault(tag, Quoted(tag, (mention.evidence,)))
    first = sentence.words[max(0, min(s.first for s in happening.signals) - _TAG_REACH)].start
    last = sentence.words[min(len(sentence.words), max(s.last for s in happening.signals) + _TAG_REACH) - 1].end
    for tag, pattern in _TRIGGER_TAGS.items():
        match = pattern.search(sentence.text, first, last)
        if match:
            tags.setdefault(tag, Quoted(tag, (Evidence.of(sentence.text, match.start(), match.end()),)))
    return tuple(tags.values())


def _targets(happening: Happening) -> list[Mention]:
    """Return the sites and people that stand near the triggers of a happening, not nearer to another one."""
    sentence = happening.sentence
    return [
        mention
        for mention in sentence.of_kind(MentionKind.TARGET)
        if happening.distance(sentence.at(mention.start)) <= _TAG_REACH
        and happening.owns(sentence.at(mention.start))
        and not _is_refuge(sentence, mention)
        and not sentence.is_speaking(mention.start)
    ]


def _is_refuge(sentence: Sentence, mention: Mention) -> bool:
    first = sentence.at(mention.start)
    window = [sentence.low(index) for index in range(max(0, first - 5), first)]
    taken = any(low in ("taken", "rushed", "transported", "brought", "admitted", "treated", "died") for low in window)
    following = sentence.low(sentence.at(mention.end - 1) + 1)
    return taken or following in ("officials", "official", "sources", "source", "director", "said", "system")


def _facilities(happening: Happening) -> frozenset[str]:
    lexicon = happening.sentence.reading.lexicon
    found: set[str] = set()
    for mention in _targets(happening):
        known = lexicon.targets.get(mention.text)
        if known is not None and known.kind == "facility" and not _tells(happening.sentence, mention):
            found.update(known.tags or (known.word,))
    return frozenset(found - {"children", "displacement"})


def _tells(sentence: Sentence, site: Mention) -> bool:
    """Return whether a site only says who tells it: `an ambulance crew told us`."""
    last = sentence.at(site.end - 1)
    words = [sentence.low(index) for index in range(last + 1, last + 4)]
    spoken = next((place for place, low in enumerate(words) if low in SPEECH), None)
    return spoken is not None and "," not in words[:spoken]


def _civilian(happening: Happening, roles: Roles) -> Quoted[bool] | None:
    target = civilian_target(happening, besides=roles.actor1.evidence if roles.actor1 else ())
    return None if target is None else Quoted(True, (target.evidence,))


def _weapon(happening: Happening) -> Quoted[str] | None:
    found = weapons_of(happening)
    return Quoted(found[0][1].name, (found[0][0].evidence,)) if found else None
