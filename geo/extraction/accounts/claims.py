"""Who is told to have done what was told before, in a sentence that tells nothing else: claims and accusations.

`Jaish-e-Mohammad claimed responsibility.`  `The Islamic State said it was behind the bombings.`  `Kyiv blamed the
Russian army.` That no group has claimed it names nobody.
"""

from __future__ import annotations

from geo.extraction.accounts.threads import Thread
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.naming import is_reporting, quoted_actor, whole_name
from geo.model import Actor, Mention, Quoted
from geo.vocabulary import EventType, MentionKind

_CLAIMING = word_set("claimed claims claim took accepted admitted assumed")
_CREDIT = word_set("responsibility credit it them attack bombing blast ambush raid killing killings attacks bombings")
_ACCUSING = word_set("blamed accused blames accuses")
_DENYING = word_set("denied denies denying rejected rejects dismissed dismisses")
_NEAR = 2
"""Sentences after a deed in which somebody claims it or is accused of it."""
_LAST = 3
"""Happenings of which the last violent one is claimed: houses may have burned since."""
_VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS})


def add_claim(threads: list[Thread], sentence: Sentence) -> None:
    """Let a sentence's claim or accusation say who did what was told last; nothing where it holds none."""
    recent = [thread for thread in threads[-_LAST:] if 0 < sentence.index - thread.last_index <= _NEAR]
    violent = [thread for thread in recent if thread.head.happening.head.event_type in _VIOLENT]
    if not violent or violent[-1].head.presupposed:
        return
    thread = violent[-1]
    actor = _claimant(sentence) or _accused(sentence, thread)
    if actor is not None and not (thread.actor2 is not None and actor.value == thread.actor2.value):
        thread.claims.append(actor)


def _claimant(sentence: Sentence) -> Quoted[Actor] | None:
    for mention in _actors(sentence):
        last = sentence.at(mention.end - 1)
        ahead = [sentence.low(at) for at in range(last + 1, last + 9)]
        if {"no", "not", "never"} & {*ahead[:4], sentence.low(sentence.at(mention.start) - 1)}:
            continue
        verb = next((at for at, low in enumerate(ahead[:4]) if low in _CLAIMING), None)
        claimed = verb is not None and not _CREDIT.isdisjoint(ahead[verb + 1 : verb + 4])
        own = _sent_its_own(sentence) and bool({"said", "announced"} & {*ahead[:2], sentence.low(last - 1)})
        itself = "said" in ahead[:2] and "behind" in ahead[2:6] and bool({"it", "they"} & set(ahead[:5]))
        behind = own or itself
        if claimed or behind:
            return quoted_actor(sentence.reading, whole_name(sentence, mention))
    return None


def _sent_its_own(sentence: Sentence) -> bool:
    """Return whether a speaker's own men did it: `One of its suicide bombers carried out the attack, … said.`"""
    lows = sentence.lows
    return any(
        low in ("its", "their")
        and not _MEN.isdisjoint(lows[at + 1 : at + 4])
        and not _DID.isdisjoint(lows[at + 2 : at + 8])
        for at, low in enumerate(lows)
    )


_MEN = word_set("bomber bombers fighter fighters men members militants soldiers cells unit units gunmen")
_DID = word_set("carried staged conducted behind executed detonated")


def _accused(sentence: Sentence, thread: Thread) -> Quoted[Actor] | None:
    """Return who is blamed for what was told, and for no deed that the sentence itself names."""
    verb = next((at for at, low in enumerate(sentence.lows) if low in _ACCUSING), None)
    if verb is None or {"was", "were", "been"} & {sentence.low(verb - 1), sentence.low(verb - 2)}:
        return None
    if not _DENYING.isdisjoint(sentence.lows[verb + 1 :]):
        return None  # `accused India, which denied any role`: word against word
    for mention in _actors(sentence):
        first, last = sentence.at(mention.start), sentence.at(mention.end - 1)
        if not verb < first <= verb + 3:
            continue
        following, second = sentence.low(last + 1), sentence.low(last + 2)
        if following in ("of", "for") and second.endswith("ing") and second not in _AGAIN:
            return None
        if following in ("of", "for") and second in ("a", "an") and _names_another(sentence, last + 3, thread):
            return None  # `accused the army of an air strike`, where a bomb went off
        return quoted_actor(sentence.reading, whole_name(sentence, mention))
    return None


def _names_another(sentence: Sentence, first: int, thread: Thread) -> bool:
    """Return whether one of the next words names a deed of another kind than the one told."""
    marks = (m for m in sentence.of_kind(MentionKind.TRIGGER) if first <= sentence.at(m.start) < first + 3)
    known = (sentence.reading.lexicon.triggers.get(mark.text) for mark in marks)
    return any(one is not None and one.sub_event_type not in ("attack", thread.sub_type.value) for one in known)


_AGAIN = frozenset({"being", "carrying", "committing", "staging"})
"""Words by which what was told before is meant: `accused the army of carrying out the attack`."""


def _actors(sentence: Sentence) -> list[Mention]:
    return [mention for mention in sentence.of_kind(MentionKind.ACTOR) if not is_reporting(sentence, mention)]
