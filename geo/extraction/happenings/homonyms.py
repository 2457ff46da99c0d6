"""Words that look like triggers and tell no deed: parts of names and of compounds, aims, things that are published."""

from __future__ import annotations

from geo.extraction.happenings.crowd_words import is_forced
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import is_past_form, word_set
from geo.extraction.lexicon.lexicon import TERRITORY
from geo.extraction.reading import Sentence
from geo.model import Mention
from geo.vocabulary import MentionKind


def is_a_thing(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a word that is also a verb stands as a noun: `artillery shells`, `these charges`."""
    low, at = mention.text.lower(), sentence.at(mention.start)
    if low == "protest" and sentence.low(at - 1) == "to":
        return True  # why people did something else
    if low == "fire" and sentence.text[mention.start - 1 : mention.start] == "-":
        return True  # `hell-fire cannons`
    if low in _CLOSE_TO_VERBS:
        weapons = sentence.of_kind(MentionKind.WEAPON)
        is_weapon = any(m.start < mention.start and mention.end <= m.end for m in weapons)
        return is_weapon or not _has_subject(sentence, at)
    if low == "united":
        following = sentence.words[at + 1 : at + 2]
        named = at > 0 and mention.text[0].isupper() and any(word.capital for word in following)
        return named or sentence.low(at + 1) in ("states", "nations", "kingdom", "arab")
    if low == "march":
        if is_forced(sentence.lows, at):
            return True
        return sentence.low(at - 1) in _ARTICLES and sentence.low(at + 1) in _TOWARDS and bool(sentence.actor_positions)
    if low == "arrest" and "warrant" in sentence.lows[max(0, at - 4) : at]:
        return True
    if low == "release":
        return sentence.low(at - 1) in _SHEETS and sentence.low(at + 1) not in ("of", "them")
    if sentence.reading.lexicon.triggers.get(mention.text) is not None or not low.isalpha():
        return False
    if low.endswith(("ed", "ing")) or is_past_form(low) or low in _SAME_IN_PAST:
        return False
    # A deed of data/lexicon/deeds.csv is a verb.
    before = sentence.low(at - 1)
    return before in _ARTICLES or before in _DETERMINERS or before in _OF or before[:1].isdigit()


_CLOSE_TO_VERBS = frozenset({"shells", "fires", "hits", "storm", "storms", "flood", "floods"})
"""Forms that are nouns wherever no subject of theirs stands before them."""
_TOWARDS = frozenset({"toward", "towards", "on", "into"})
_SHEETS = word_set("a news press media")
_OF = word_set("by of amid despite")
_ARTICLES = word_set("the a an this these those its their his her our no any some every each")
_SUBJECTS = word_set("it he she they who which we i and to would will did not also again still often or army")


def _has_subject(sentence: Sentence, at: int) -> bool:
    """Return whether the word before a verb may be its subject: a name, an actor, a pronoun, an adverb, `to`."""
    if at == 0:
        return False
    before = sentence.words[at - 1]
    if before.low in _SUBJECTS or before.low.endswith("ly") or at - 1 in sentence.actor_positions:
        return True
    if before.capital and at > 1 and sentence.reading.cased:
        return True
    return before.low.endswith("s") and before.low not in _NOT_PLURAL and len(before.low) > 3


_NOT_PLURAL = word_set("this various previous numerous serious dangerous famous")


def is_another(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a noun only counts its like: `the third such attack this month`, `a series of such raids`."""
    return sentence.low(sentence.at(mention.start) - 1) == "such"


def breaks_up(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a crowd goes home by itself: `the demonstrators dispersed after handing over a letter`."""
    at = sentence.at(mention.start)
    return mention.text.lower() == "dispersed" and sentence.low(at - 1) in _CROWDS and sentence.low(at + 1) not in _BY


_BY = frozenset({"by", "with", "using", "the"})
_CROWDS = word_set(
    "protesters demonstrators crowd crowds marchers students protestors they rally march peacefully later"
)


def rises(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a price shoots up: `had shot up by a third`, but not `was shot up by gunmen`."""
    at = sentence.at(mention.start)
    up = mention.text.lower() == "shot" and sentence.low(at + 1) == "up" and sentence.low(at + 2) in _HOW_FAR
    return up and sentence.low(at - 1) not in ("was", "were", "been")


_HOW_FAR = frozenset(
    {"by", "from", "to", "since", "in", "as", "again", "sharply", "after", "this", "last", ",", ".", ""}
)


def is_in_a_name(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a word stands in the name of an organisation: the Liberation of `National Liberation Army`."""
    following = sentence.at(mention.end - 1) + 1
    if _is_surname(sentence, sentence.at(mention.start)):
        return True
    return (
        mention.text[0].isupper()
        and sentence.low(following) in _ORGANISATIONS
        and sentence.words[following].capital
        and sentence.reading.cased
    )


_ORGANISATIONS = word_set("army front movement forces force party tigers council organization organisation committee")


def enters_a_site(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a house or a hospital is entered, and no ground."""
    if signal.trigger.lemma == "enter" and sentence.low(signal.first - 1) in _ENTRANTS:
        return True  # `checked cars entering the town`
    ahead = range(signal.last + 1, signal.last + 4)
    sites = [mention for mention in sentence.of_kind(MentionKind.TARGET) if sentence.at(mention.start) in ahead]
    names = {sentence.at(m.start) for m in sentence.of_kind(MentionKind.TOPONYM)}
    return signal.trigger.lemma == "enter" and bool(sites) and names.isdisjoint(ahead)


_ENTRANTS = word_set(
    "cars car vehicles trucks lorries people residents goods aid supplies journalists migrants refugees"
)


def is_of_a_force(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a word ends the name of a force: the last of `Resistance forces`."""
    if mention.text.lower() not in _FORCE:
        return False
    return any(m.start < mention.start and mention.end <= m.end for m in sentence.of_kind(MentionKind.ACTOR))


_FORCE = frozenset({"forces", "force", "resistance", "defence", "defense"})


def is_habit(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a verb says what people do in general: `soldiers who burn villages`."""
    low = sentence.low(signal.first)
    if signal.trigger.part != "verb" or low.endswith(("ed", "ing")) or is_past_form(low) or low in _SAME_IN_PAST:
        return False
    if sentence.low(signal.first - 1) == "who" and sentence.low(signal.first - 2) in ("anyone", "anybody", "everyone"):
        return True  # `a bill under which anyone who kidnaps …`
    if sentence.low(signal.first - 2) in ("those", "all"):
        return False  # it goes with what is told of them: `those who kill will be hunted down`
    return sentence.low(signal.first - 1) == "who" and low == signal.trigger.lemma.partition(" ")[0]


def takes_people(sentence: Sentence, signal: Signal) -> bool:
    """Return whether it is men who are taken, and no ground: `captured three soldiers`."""
    if signal.trigger.part != "verb" or signal.trigger.sub_event_type != TERRITORY:
        return False
    if sentence.low(signal.first - 1) in ("was", "were", "been", "being") and sentence.low(signal.last + 1) == "by":
        return sentence.low(signal.first - 2) in _MEN  # `one attacker was captured by troops`
    ahead = range(signal.last + 1, signal.last + 4)
    men = next((index for index in ahead if sentence.low(index) in _MEN), None)
    numbered = sentence.low(signal.last + 1)[:1].isdigit() or sentence.low(signal.last + 1) in _DETERMINERS
    if men is None or not numbered or sentence.low(men + 1) in _SEATS or _is_alone(sentence, signal):
        return False
    return not any(sentence.at(m.start) in ahead for m in sentence.of_kind(MentionKind.TOPONYM))


def _is_alone(sentence: Sentence, signal: Signal) -> bool:
    """Return whether no other trigger of a sentence tells of force: then that men were taken is the news."""
    known = sentence.reading.lexicon.triggers
    others = (mention for mention in sentence.of_kind(MentionKind.TRIGGER) if mention != signal.mention)
    return not any(
        (found := known.get(one.text)) is not None and found.role == "event" and not found.need for one in others
    )


_MEN = word_set(
    "soldiers soldier fighters fighter militants militant rebels policemen policeman officers attacker attackers "
    "sailors marines"
)
_SEATS = word_set("base bases post posts camp camps barracks positions position headquarters checkpoint checkpoints")


def is_aim(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a verb goes on an infinitive of purpose: the seizing of `in order to weaken … and seize …`."""
    low = sentence.low(signal.first)
    if signal.trigger.part != "verb" or low.endswith(("ed", "ing", "s")) or is_past_form(low) or low in _SAME_IN_PAST:
        return False
    if sentence.low(signal.first - 1) not in ("and", "or"):
        return False
    before = [sentence.low(index) for index in range(max(0, signal.first - _AIM_WITHIN), signal.first - 1)]
    borders = [index for index, word in enumerate(before) if word in (",", ";", ":", "that")]
    before = before[borders[-1] + 1 :] if borders else before
    return any(one in _AIMS and other == "to" for one, other in zip(before, before[1:], strict=False))


_AIM_WITHIN = 20
_AIMS = word_set("order bid attempt attempts effort efforts aim aiming trying seeking hoping planned plans plan wants")
_SAME_IN_PAST = frozenset({"hit", "set", "burst", "cut", "put", "overrun"})


def _is_surname(sentence: Sentence, at: int) -> bool:
    """Return whether a word with a capital ends a person's name, in a sentence of few capitals: `Gov. John Lynch`."""
    words = sentence.words
    if at < 1 or not sentence.reading.cased or not words[at].capital:
        return False
    surface = sentence.text[words[at].start : words[at].end]
    if at > 1 and words[at - 1].low == "." and words[at - 2].low in _BEFORE_SURNAMES:
        return not surface.isupper()  # `Mr. Lynch said`
    if at < 2 or not words[at - 1].capital:
        return False
    titled = words[at - 2].low in _TITLES or (words[at - 2].low == "." and at > 2 and words[at - 3].low in _TITLES)
    return titled and not surface.isupper()


_BEFORE_SURNAMES = word_set("mr mrs ms dr gov sen rep gen col maj capt lt sgt prof rev")
_TITLES = word_set(
    "mr mrs ms dr gov governor president senator sen rep judge mayor minister general gen colonel col captain capt "
    "major lt sgt sergeant lieutenant coach professor prof sir lady rev pastor bishop officer spokesman spokeswoman"
)


def takes_goods(sentence: Sentence, signal: Signal) -> bool:
    """Return whether goods are taken, and no ground: `seized 12 bags`, `lost control of the van`."""
    if signal.trigger.part != "verb" or signal.trigger.sub_event_type != TERRITORY:
        return False
    for index in range(signal.last + 1, signal.last + 7):
        low = sentence.low(index)
        if low in _GOODS:
            return True
        if low in _PLACING or low in _ENDS or index in sentence.toponym_positions:
            return False
    return False


_PLACING = word_set("in at near on from after during when as while before by")
_ENDS = word_set(", . ; : and but")
_GOODS = word_set(
    "bags bag kilos kilo kilograms kilogram kg tonnes tons pounds pound grams heroin cocaine marijuana cannabis opium "
    "drugs methamphetamine narcotics cash dollars euros pills tablets cigarettes laptops computers documents phones "
    "passports assets shipment cargo opportunity initiative lead ball car vehicle truck bus van motorcycle aircraft "
    "plane helicopter company airline narrative senate congress agenda inflation spending budget finances shares"
)


def describes_only(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a word is no deed but a part of a name for people or sites.

    `a camp for displaced people`, `the displacement camp`, `rapid deployment battalions`.
    """
    low, first = mention.text.lower(), sentence.at(mention.start)
    before, after = sentence.low(first - 1), sentence.low(sentence.at(mention.end - 1) + 1)
    if low == "displaced":
        return after in _DISPLACED and (before in _DESCRIBED or before.endswith("ing") or before[:1].isdigit())
    if after in _COMPOUNDS and low.endswith(_NOUN_ENDS):
        return True  # `demolition crews`, `kidnapping warrants`, `murder charges`
    if low in _ATTRIBUTES and (before in _DETERMINERS or before == "over" or before[:1].isdigit()) and after.isalpha():
        return after not in _AFTER_PARTICIPLE  # `in a stolen van`, `two kidnapped teachers`
    if low in _OVERTHROWN and after in _RULERS and before in _LEADING_ON:
        return True  # `loyal to ousted president Roe`
    if low == "displaced" and after == "by" and before in _DISPLACED:
        return True  # `people displaced by fighting`
    if before in ("by", "the") and sentence.low(first - (1 if before == "by" else 2)) == "by":
        displaced = first - (2 if before == "by" else 3)
        if sentence.low(displaced) == "displaced" and sentence.low(displaced - 1) in _DISPLACED:
            return True
    if low.startswith("releas"):
        near = {sentence.low(index) for index in range(first - 4, first + 5)}
        return bool(near & _PUBLISHED) and not near & _CAPTIVES
    if low == "detention" and after in _SITES | {"facility", "facilities", "order", "orders"}:
        return True  # `a detention centre`
    if low == "protest" and after in _SITES:
        return True  # `fired at a protest camp`
    return (low == "displacement" and after in _SITES) or (low == "deployment" and after in _BODIES)


_NOUN_ENDS = ("ing", "tion", "ion", "er", "murder", "attack", "assault", "rape", "protest", "arson", "arrest", "ault")
_COMPOUNDS = word_set(
    "warrant warrants charge charges case cases trial trials conviction convictions allegation allegations accusation "
    "accusations plot plots rate rates threat threats crew crews investigation investigations inquiry statistics law "
    "laws bill insurance probe suspect suspects victim squad range ranges season lawsuit complaint complaints"
)
_DISPLACED = word_set("people persons person families residents civilians women children households population")
_DESCRIBED = word_set("for of the to by with and internally many newly most other among from some on at in where when")
_ATTRIBUTES = word_set(
    "stolen captured kidnapped abducted hijacked seized looted detained arrested occupied bombed burned burnt "
    "destroyed murdered slain assassinated"
)
_OVERTHROWN = word_set("ousted deposed toppled overthrown")
_RULERS = word_set("president leader dictator ruler king premier prime strongman government regime autocrat shah")
_LEADING_ON = word_set("to of by for with from against under and 's the a its")
_DETERMINERS = word_set("a an the this that its their his her two three four five six seven several of some other")
_AFTER_PARTICIPLE = word_set("by from in at on after and to with near during when while as for the a an its their over")
_PUBLISHED = word_set(
    "statement statements details report reports figures data video footage photo photos photographs picture pictures "
    "information news press names list study survey album film image images audio document documents results toll"
)
_CAPTIVES = word_set("hostage hostages prisoner prisoners detainee detainees captive captives freed bail custody")
_SITES = word_set("camp camps site sites centre centres center centers shelter shelters crisis situation settlement")
_BODIES = word_set("battalion battalions force forces unit units group groups brigade brigades")
