"""People told by a phrase of their own, as who does a deed or as whom it befalls: `angry villagers stoned a driver`."""

from __future__ import annotations

from geo.extraction.actors.appositions import bears_arms
from geo.extraction.actors.finders import finds_dead
from geo.extraction.actors.unarmed import names_unarmed
from geo.extraction.actors.voice import FORMER, is_told_of_victim
from geo.extraction.happenings.happenings import Happening
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.objects import agent_of, object_of, target_of
from geo.extraction.syntax.phrases import Phrase
from geo.extraction.syntax.subjects import subject_of
from geo.model import Actor, Mention, Quoted
from geo.vocabulary import EventType, MentionKind

_VIOLENT = frozenset({EventType.BATTLES, EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.EXPLOSIONS})
_BEFALLING = word_set(
    "die flee perish starve suffocate drown disappear displace evacuate explode succumb lose loses lost losing"
)
"""Verbs whose subject suffers."""
_OF_PERSONS = word_set(
    "kill murder assassinate lynch rape abduct kidnap behead execute detain arrest shoot torture slay wound injure "
    "gun massacre stab hack beat slaughter martyr snipe die"
)
"""Verbs that befall persons alone: whom they are told of is one, whatever the noun."""
_LEADING = word_set(
    "a an the its their his her another one this that some several many dozens scores hundreds thousands more "
    "than least at about around body bodies remains corpse corpses charred decomposed mutilated dead nearly "
    "almost over of estimated approximately two three four five six seven eight nine ten eleven twelve"
)
_ANYBODY = word_set("people persons person others other victims victim more way all both them themselves dead")
"""Words that do not tell civilians from fighters."""
_NOBODY = word_set(
    "he she it they him her them himself herself itself themselves we i you who which what half most rest suspects "
    "number total group convoy vehicle car bus truck house village town city area building plane aircraft "
    "airplane helicopter jet drone bomb blast explosion rocket rockets shell shells missile missiles device vehicles "
    "cars buses trucks tank tanks houses homes office offices station base post weapons munitions equipment plant "
    "attack attacks strike strikes airstrike airstrikes air clashes clash fighting violence protest protests targets "
    "back down fire positions position cattle livestock animals dogs year month time cause causes gunfire bullets "
    "and or first to town's land ground district state country war operation raid raids tractor tractors trailer "
    "scooter helicopters minibus tanker tankers reactor detonator "
    "drones uavs projectiles balloons planes jets warships vessel vessels ship ships boat boats launcher launchers"
)
_ARMED = word_set(
    "commander commanders fighter fighters officer officers captain lieutenant sergeant general colonel major corporal "
    "gunman gunmen attacker attackers assailant assailants bomber bombers guard guards terrorist terrorists suspect "
    "insurgent insurgents emir warlord militant militants rebel rebels soldier soldiers kidnappers bandits bandit "
    "troops captains lieutenants sergeants generals colonels majors corporals trooper troopers gunners police "
    "policeman policemen jihadist jihadists extremists radicals jihadis guerrillas guerrilla robbers"
)
_PEOPLE = word_set(
    "people persons men women children youths youth boys girls individuals crowd crowds residents civilians folk "
    "minority community family families brothers sisters gang mob gangsters kurds arabs muslims christians jews "
    "students unknown herdsmen clergy relatives locals supporters opponents"
)
_VERBAL = word_set("had has have was were been off up out down away over")
"""Words that open no phrase of people."""
_STRUCK_DOWN = word_set("deceased accused wounded injured displaced disabled convicted condemned")
_AGENTS = (
    "ers", "ors", "ists", "ians", "men", "women", "ants", "ees", "youths", "folk", "ites", "ents", "icans", "ees",
    "er", "or", "ist", "ian", "man", "woman", "ant", "ee", "chief", "child", "children",
)  # fmt: skip
"""Ends of nouns for people who do something."""
_GROUPS = ("ists", "ians", "men", "women", "ees", "goers", "shippers", "ners", "dents", "kers", "chers", "mers", "vers")
"""Ends of their plurals that things seldom have."""


def people_doing(happening: Happening, *, besides: Quoted[Actor] | None = None) -> Mention | None:
    """Return the people who do a deed, who belong to no force that is named; None where the text names none.

    `besides` is an actor whose own words are not asked for.
    """
    known = besides.evidence if besides else ()
    sentence, head = happening.sentence, happening.head
    if head.trigger.lemma in _BEFALLING:
        return None
    for signal in happening.signals[:8]:
        if signal.trigger.part == "noun" and signal.trigger.sub_event_type == "armed_clash":
            partner = target_of(sentence, signal.last, frozenset({"with"}))  # `a clash with armed opponents`
            if partner is not None and _names_people(sentence, partner):
                return _mention(sentence, partner)
    for signal in _verbs(happening):
        if signal.trigger.lemma in _BEFALLING or signal.trigger.role == "none" or finds_dead(sentence, signal):
            continue
        passive = is_told_of_victim(sentence, signal)
        if not passive and head.event_type is EventType.STRATEGIC_DEVELOPMENTS:
            continue
        phrase = agent_of(sentence, signal.last) if passive else subject_of(sentence, signal.first)
        crowd = phrase is not None and head.event_type is EventType.PROTESTS and _counts_many(sentence, phrase)
        if phrase is not None and (crowd or _names_people(sentence, phrase)):
            people = _mention(sentence, phrase)
            if not any(words.start < people.end and people.start < words.end for words in known):
                return people
    return None


def person_befallen(happening: Happening) -> Mention | None:
    """Return the words for those whom only their own phrase names: `an opposition leader was arrested`.

    They are told of by a verb that befalls persons alone. None for people of whom nothing is told (`ten people`), for
    the armed, and for names that the lists know as actors or places.
    """
    sentence = happening.sentence
    for signal in _verbs(happening):
        of_persons = signal.trigger.lemma.partition(" ")[0] in _OF_PERSONS
        suffers = signal.trigger.lemma in _BEFALLING or is_told_of_victim(sentence, signal)
        phrase = subject_of(sentence, signal.first) if suffers else object_of(sentence, signal.last)
        if phrase is None or not (
            of_persons or _is_hit(sentence, signal, phrase) or _is_of_bodies(sentence, signal, phrase)
        ):
            continue
        if _is_somebody(sentence, phrase):
            return _mention(sentence, phrase)
    return None


def is_armed_word(sentence: Sentence, low: str) -> bool:
    """Return whether a noun is of those who bear arms."""
    return low in _ARMED or sentence.reading.lexicon.forces.get(low) is not None


def _is_of_bodies(sentence: Sentence, signal: Signal, phrase: Phrase) -> bool:
    """Return whether bodies were found: those of `the bodies of six men were found`."""
    lows = {sentence.low(at) for at in range(phrase.first, min(phrase.head, phrase.first + 5))}
    found = sentence.low(signal.first) in ("found", "discovered", "recovered", "dumped")
    return found and bool(lows & {"body", "bodies", "corpse", "corpses", "remains"}) and "of" in lows


def _is_hit(sentence: Sentence, signal: Signal, phrase: Phrase) -> bool:
    """Return whether a verb that may befall anything is told of people: `attacked worshippers`."""
    if signal.event_type not in _VIOLENT or signal.trigger.role == "damage":
        return False
    noun = _noun(_lows(sentence, phrase))
    known = sentence.reading.lexicon.targets.get(noun)
    person = known is not None and known.kind == "person"
    return person or noun in _PEOPLE or (known is None and noun.endswith(_GROUPS))


def _verbs(happening: Happening) -> list[Signal]:
    ordered = sorted(happening.signals, key=lambda signal: signal is not happening.head)
    return [signal for signal in ordered[:8] if signal.trigger.part == "verb"]


def _lows(sentence: Sentence, phrase: Phrase) -> list[str]:
    return [sentence.low(at) for at in range(_start(sentence, phrase), phrase.head)]


def _start(sentence: Sentence, phrase: Phrase) -> int:
    first = phrase.first
    while first < phrase.head - 1 and (sentence.low(first) in _LEADING or sentence.low(first)[0].isdigit()):
        first += 1
    return first


def _noun(lows: list[str]) -> str:
    """Return the noun that says who they are: the last before `of` or `from`, or the last of all."""
    border = next((index for index, low in enumerate(lows) if low in ("of", "from", "'s") and index), len(lows))
    return lows[border - 1] if lows else ""


def _counts_many(sentence: Sentence, phrase: Phrase) -> bool:
    """Return whether a phrase only tells how many: `Tens of thousands marched`."""
    return set(_lows(sentence, phrase)) <= _LEADING | {"tens"} and not _MANY.isdisjoint(_lows(sentence, phrase))


_MANY = frozenset({"dozens", "scores", "hundreds", "thousands", "many", "several", "some"})


def _names_people(sentence: Sentence, phrase: Phrase) -> bool:
    lows = _lows(sentence, phrase)
    noun = _noun(lows)
    if lows and lows[0] in _VERBAL:
        return False  # the `had taken shelter` of `who had taken shelter`
    if not noun.isalpha() or set(lows) & (_NOBODY - {"and", "or"}):
        return False
    known = sentence.reading.lexicon.targets.get(noun)
    person = known is not None and known.kind == "person"
    return person or noun in _PEOPLE or noun in _ARMED or noun.endswith(_AGENTS)


def _is_somebody(sentence: Sentence, phrase: Phrase) -> bool:
    """Return whether a phrase is of persons or of a known kind of people, none of them armed."""
    lows = _lows(sentence, phrase)
    if set(lows) <= _LEADING or (len(lows) == 1 and lows[0].endswith("ly")):
        return False
    if lows[0] in _VERBAL or (len(lows) == 1 and lows[0].endswith("ed") and lows[0] not in _STRUCK_DOWN):
        return False  # `pelted officers and tried to …`, `killed off the game`
    known = sentence.reading.lexicon.targets.get(_noun(lows))
    if known is not None and known.kind == "facility":
        return False  # `burned a tent school`
    if bears_arms(sentence, phrase.first, phrase.last) or not names_unarmed(sentence, _mention(sentence, phrase)):
        return False
    once = bool(set(lows) & FORMER)
    if set(lows) & (_NOBODY if once else _NOBODY | _ARMED) or _is_anybody(lows) or not lows[-1].isalpha():
        return False
    if once:
        return True  # `a former rebel commander`
    marks = [*sentence.of_kind(MentionKind.ACTOR), *sentence.of_kind(MentionKind.TOPONYM)]
    return not any(phrase.holds(sentence.at(m.end - 1)) and sentence.at(m.end - 1) == phrase.head - 1 for m in marks)


def _is_anybody(lows: list[str]) -> bool:
    """Return whether words tell only that there were people; `people of the village` tells more."""
    return _noun(lows) in _ANYBODY and not {"of", "from"} & set(lows)


def _mention(sentence: Sentence, phrase: Phrase) -> Mention:
    first = _start(sentence, phrase)
    start, end = sentence.words[first].start, sentence.words[phrase.head - 1].end
    return Mention(start, end, sentence.text[start:end], MentionKind.TARGET)
