"""People told by a phrase of their own, as who does a deed or as whom it befalls: `angry villagers stoned a driver`."""

from __future__ import annotations

from geo.extraction.actors_voice import AUXILIARIES, is_passive
from geo.extraction.happenings import Happening, Signal
from geo.extraction.reading import Sentence
from geo.extraction.words import word_set
from geo.model import Evidence, Mention
from geo.vocabulary import EventType, MentionKind

_DEEDS = frozenset({EventType.RIOTS, EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.EXPLOSIONS, EventType.PROTESTS})
_BEFALLING = word_set("die flee perish starve suffocate drown disappear displace evacuate explode succumb")
"""Verbs whose subject suffers."""
_OF_PERSONS = word_set(
    "kill murder assassinate lynch rape abduct kidnap behead execute detain arrest shoot torture slay wound injure"
)
"""Verbs that befall persons alone: their subject in the passive is one, whatever the noun."""
_BEFORE_VERB = 7
_SUBJECT = 20
_BREAKS = word_set('. ; : — – , ( ) " “ ” and when while but after before that as where who which because')
_LEADS = word_set("in on at near by from of to for with against among during outside inside after since")
_ARTICLES = word_set("the a an its their his her another one this that")
_NOBODY = word_set(
    "he she it they we i you who which people persons person others other some many more most all both several dozens "
    "scores hundreds thousands none man men two three four five six seven eight nine ten victim victims suspects "
    "body bodies number total group half most convoy vehicle car bus truck house village town city area building"
)
_ARMED = word_set(
    "commander commanders fighter fighters officer officers captain lieutenant sergeant general colonel major corporal "
    "gunman gunmen attacker attackers assailant bomber guard guards terrorist suspect insurgent emir warlord"
)


def people_doing(happening: Happening) -> Mention | None:
    """Return the people who do a deed in the active voice; None where the subject is no such word."""
    sentence, head = happening.sentence, happening.head
    if head.trigger.part != "verb" or head.event_type not in _DEEDS or head.trigger.lemma in _BEFALLING:
        return None
    if is_passive(sentence, head):
        return None
    people = [mention for mention in sentence.of_kind(MentionKind.TARGET) if _is_person(sentence, mention)]
    for mention in reversed(people):
        last = sentence.at(mention.end - 1)
        between = [sentence.low(index) for index in range(last + 1, head.first)]
        if last < head.first and len(between) <= _BEFORE_VERB and not _BREAKS & set(between):
            return mention if _leads_clause(sentence, mention) else None
    return None


def _is_person(sentence: Sentence, mention: Mention) -> bool:
    known = sentence.reading.lexicon.targets.get(mention.text)
    return known is not None and known.kind == "person"


def _leads_clause(sentence: Sentence, mention: Mention) -> bool:
    """Return whether nothing but articles, counts and adjectives stands before it: no `attacks on villagers`."""
    first = sentence.at(mention.start)
    before = [sentence.low(index) for index in range(max(0, first - 5), first)]
    for low in reversed(before):
        if low in _BREAKS:
            return True
        if low in _LEADS and low != "of":
            return False
    return True


def person_befallen(happening: Happening) -> Evidence | None:
    """Return the words for somebody whom only their own phrase names: `an opposition leader was arrested`.

    It is the subject of a passive verb that befalls persons alone. None for counts (`ten people`), for the armed, and
    for names that the lists know as actors or places.
    """
    for signal in happening.signals:
        if signal.trigger.part == "verb" and signal.trigger.lemma.partition(" ")[0] in _OF_PERSONS:
            found = _passive_subject(happening.sentence, signal)
            if found is not None:
                return found
    return None


def _passive_subject(sentence: Sentence, signal: Signal) -> Evidence | None:
    auxiliary = next(
        (at for at in range(signal.first - 1, max(-1, signal.first - 5), -1) if sentence.low(at) in AUXILIARIES), None
    )
    if auxiliary is None:
        return None
    first = auxiliary
    while first > 0 and auxiliary - first < _SUBJECT and sentence.low(first - 1) not in _BREAKS:
        first -= 1
    while first < auxiliary and (sentence.low(first) in _ARTICLES or sentence.low(first)[0].isdigit()):
        first += 1
    last = next((at for at in range(first, auxiliary) if sentence.low(at) in _LEADS), auxiliary)
    if not first < last <= first + 6 or not _is_somebody(sentence, first, last):
        return None
    if sentence.low(last) == "of":  # a leader of the community
        last = next((at for at in range(last + 1, auxiliary) if sentence.low(at) in _LEADS), auxiliary)
    return Evidence.of(sentence.text, sentence.words[first].start, sentence.words[last - 1].end)


def _is_somebody(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether a phrase is of one person or of a known kind of people, none of them armed."""
    lows = [sentence.low(index) for index in range(first, last)]
    if set(lows) & (_NOBODY | _ARMED) or not lows[-1].isalpha():
        return False
    marks = [*sentence.of_kind(MentionKind.ACTOR), *sentence.of_kind(MentionKind.TOPONYM)]
    if any(first <= sentence.at(mention.end - 1) and sentence.at(mention.start) < last for mention in marks):
        return False
    return not lows[-1].endswith("s")
