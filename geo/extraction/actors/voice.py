"""Active and passive voice, and words that bind one actor to another: `forces allied with the government`."""

from __future__ import annotations

from geo.extraction.happenings.signals import Signal
from geo.extraction.language.clauses import OPENERS
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.objects import agent_of, object_of
from geo.model import Mention

AUXILIARIES = word_set("was were been being be are is get got")
_HAVING = frozenset({"have", "has", "had", "having"})
_COMING = word_set("came come comes coming was were is are been fell remain remained")
_PREPOSITIONS = frozenset({"by", "against", "on", "of", "with", "from", "between", "at", "targeting", "to", "in"})
_DONE_BY = frozenset({"by"})
_ASCRIBED = frozenset({"attributed", "ascribed", "imputed"})
_LAUNCHED = word_set(
    "launched conducted fired dropped carried blamed staged mounted perpetrated executed led claimed planted placed "
    "installed buried laid detonated"
)
_BORNE = word_set("carried worn used owned held driven inhabited occupied frequented guarded run manned")
_BOUND = word_set(
    "allied backed supported loyal linked affiliated aligned opposed trained armed funded tied close hostile faithful"
)
_BINDING = frozenset({"with", "by", "to"})
_EMPLOYED = word_set("employee employees worker workers clerk clerks contractor contractors teacher teachers")
_AIMED = word_set("at on targeting")


def is_passive(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a trigger is told of whom it befalls: `was shelled`, `being shelled`, `shelled by`."""
    low = signal.mention.text.lower()
    if low.endswith("ing"):
        return sentence.low(signal.first - 1) == "being"
    for index in range(signal.first - 1, max(-1, signal.first - 5), -1):
        low = sentence.low(index)
        if low in AUXILIARIES:
            return True
        if low in _HAVING or low in OPENERS or index in sentence.actor_positions:
            break  # `are reported to have killed`, `were hurt when gunmen attacked`, `said to be rebels killed`
    return sentence.low(signal.last + 1) == "by" or is_suffered(sentence, signal)


def is_told_of_victim(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a verb is passive, also without its auxiliary: `the priests murdered last week by gunmen`."""
    if is_passive(sentence, signal):
        return True
    if sentence.low(signal.first) in _NEVER_PASSIVE:
        return False
    if signal.mention.text.lower().endswith("ing") or object_of(sentence, signal.last) is not None:
        return False
    return agent_of(sentence, signal.last) is not None or _is_left_short(sentence, signal) or _burns(sentence, signal)


_NEVER_PASSIVE = word_set("came fell went landed crashed exploded erupted died clashed fought rose blew threw took")


def _burns(sentence: Sentence, signal: Signal) -> bool:
    """Return whether people burned to death, and nobody is told to have burned them."""
    ahead = [sentence.low(signal.first + 1), sentence.low(signal.first + 2)]
    return sentence.low(signal.first) in ("burned", "burnt") and (ahead == ["to", "death"] or ahead[0] == "alive")


def _is_left_short(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a verb of harm is passive without auxiliary, object or doer: `two killed in …`, `ten injured.`"""
    if signal.trigger.part != "verb" or signal.trigger.lemma not in _HARMING:
        return False
    before, after = sentence.low(signal.first - 1), sentence.low(signal.last + 1)
    return before not in _HAVING and (after in _PLACING or not after)


_HARMING = word_set("kill injure wound hurt arrest detain abduct kidnap displace behead execute")
"""Verbs that need an object unless they are told of it."""
_PLACING = word_set("in at near when after as during on from outside inside across over . , ;")


def is_suffered(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a noun is told of whom it befalls: `came under heavy attack`, `were under fire`."""
    window = [sentence.low(index) for index in range(max(0, signal.first - 4), signal.last + 1)]
    return "under" in window and bool(_COMING & set(window[: window.index("under")]))


def is_bound(sentence: Sentence, mention: Mention) -> bool:
    """Return whether an actor only tells whose side another is on: the government of `forces loyal to the government`.

    What a trigger is aimed at is bound as well: the army of `bombs aimed at the army`; so is the employer of somebody.
    """
    first = sentence.at(mention.start)
    if is_employer(sentence, mention):
        return True
    for position in range(first - 1, max(-1, first - 5), -1):
        low = sentence.low(position)
        if low in _BINDING and sentence.low(position - 1) in _BOUND:
            return True
        if low in _AIMED and (low == "targeting" or sentence.low(position - 1) == "aimed"):
            return True
        if (sentence.words[position].is_mark and low != "-") or position in sentence.trigger_positions:
            return False
    return False


def is_employer(sentence: Sentence, mention: Mention) -> bool:
    """Return whether an actor only tells whose worker somebody is."""
    last = sentence.at(mention.end - 1)
    official = sentence.low(last) in _CIVIL and sentence.low(last + 1) in _OFFICIALS  # `a local government official`
    return official or sentence.low(last + 1) in _EMPLOYED


_CIVIL = frozenset({"government", "state"})
_OFFICIALS = word_set("official officials minister ministers adviser advisers spokesman spokeswoman delegate delegates")


def is_former(sentence: Sentence, mention: Mention) -> bool:
    """Return whether an actor is only what somebody once was of: `a former rebel commander`, `an ex-soldier`."""
    first = sentence.at(mention.start)
    return bool({sentence.low(first), sentence.low(first - 1), sentence.low(first - 2)} & FORMER)


FORMER = frozenset({"former", "ex", "retired", "demobilised", "demobilized", "ousted"})


def is_bearer(sentence: Sentence, mention: Mention) -> bool:
    """Return whether somebody only carries or holds what is told of: `pagers carried by members of the group`."""
    by = sentence.at(mention.start) - 1
    by -= sentence.low(by) == "the"
    return sentence.low(by) == "by" and sentence.low(by - 1) in _BORNE


def is_mere_weapon(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a weapon is told of without an owner: `artillery fire struck`."""
    last = sentence.at(mention.end - 1)
    return mention.text.lower() in _WEAPONS and sentence.low(last + 1) in _FIRE


_WEAPONS = frozenset({"artillery", "drone", "missile", "rocket", "mortar", "helicopter"})
_FIRE = word_set("fire shelling shell shells bombardment barrage strike strikes attack attacks rounds")


def lead_of(sentence: Sentence, mention: Mention) -> str:
    """Return the word that leads to an actor, past its article and adjectives."""
    position = sentence.at(mention.start) - 1
    lead = sentence.low(position)
    for back in range(4):
        if sentence.low(position - back) in _PREPOSITIONS:
            return sentence.low(position - back)
        if sentence.low(position - back) in (",", "and", "") or sentence.low(position - back) in AUXILIARIES:
            break
    return lead


def is_led_by(sentence: Sentence, mention: Mention, signal: Signal) -> bool:
    """Return whether the words before an actor make it the one who does it: `by`, `blamed on`."""
    lead = lead_of(sentence, mention)
    if lead == "to" and any(sentence.low(i) in _ASCRIBED for i in range(signal.last, sentence.at(mention.start))):
        return True
    if lead in _DONE_BY:
        by = next(i for i in range(sentence.at(mention.start), -1, -1) if sentence.low(i) == "by")
        participle = sentence.low(by - 1)
        if by - 1 > signal.last and participle.endswith(("ed", "held", "led", "run")) and participle not in _LAUNCHED:
            return False  # `shelling Aleppo, which is held by …` tells who holds it
        return abs(sentence.clause_at(mention.start) - sentence.clauses[signal.first]) <= 1
    position = sentence.at(mention.start) - 1
    if any(sentence.low(index) in ("accusing", "blaming", "accused", "blamed") for index in (position, position - 1)):
        return True
    return lead == "on" and any(
        sentence.low(index) in ("blamed", "pinned") for index in range(signal.last, sentence.at(mention.start))
    )


def is_launched_by(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a participle gives a weapon its owner: `bombs launched by the army hit …`."""
    first = sentence.at(mention.start)
    window = [sentence.low(index) for index in range(max(0, first - 4), first)]
    launched = "by" in window and any(low in _LAUNCHED - {"led"} for low in window)
    return launched and not is_bearer(sentence, mention)


def only_comments(sentence: Sentence, mention: Mention) -> bool:
    """Return whether an actor only speaks of a deed: `his government regrets the minister's murder`."""
    at = sentence.at(mention.end - 1) + 1
    return any(low.strip('"“') in _COMMENTING for low in (sentence.low(at), sentence.low(at + 1), sentence.low(at + 2)))


_COMMENTING = word_set(
    "regrets regretted condemns condemned deplores deplored mourns mourned laments denounces denounced investigates "
    "investigated investigating confirms confirmed probes probed"
)
