"""Why a word that could tell an event makes no account: for people who ask, not for reading.

Nothing here decides. It asks the same rules again, one after the other, and names the first that refuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from geo.extraction.accounts.assembly import refusing_rule, told_threads
from geo.extraction.drafts.attribution import attribution_of
from geo.extraction.drafts.counts import is_total
from geo.extraction.drafts.factuality import is_told, judge
from geo.extraction.drafts.history import is_history
from geo.extraction.drafts.moments import moment_of
from geo.extraction.happenings.happenings import Happening, happenings_of, signals_of
from geo.extraction.happenings.signals import Signal
from geo.extraction.lexicon.lexicon import Lexicon
from geo.extraction.reading import Reading, Sentence
from geo.model import Document, Evidence, Mention, Recognition
from geo.vocabulary import MentionKind


class Refused(StrEnum):
    """Why a word makes no account."""

    OTHER_SENSE = "other_sense"
    """It means something else here: a name, a thing, a habit."""
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    """Feared, possible, or under a condition."""
    CALL = "call"
    """Called for or demanded."""
    ENDED = "ended"
    PURPOSE = "purpose"
    """What somebody means to do."""
    BACKGROUND = "background"
    """Told as history or as the course of the war."""
    TOTAL = "total"
    """A count over a longer time or a wider place."""
    PERIOD = "period"
    """It sums up weeks or months."""
    OCCASION = "occasion"
    """Sport, trade, an exercise, everyday crime."""
    SCANT = "scant"
    """It says neither where, nor when, nor how many."""
    NO_CONFLICT = "no_conflict"
    """Nothing beside it speaks of a conflict: an accident, a disease, the weather."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A word that could tell an event, and why it makes no account."""

    evidence: Evidence
    reason: Refused


def refused_triggers(document: Document, recognition: Recognition, *, lexicon: Lexicon) -> tuple[Refusal, ...]:
    """Return the triggers of a document that make no account, in order, each with the rule that refused it.

    What was joined to another telling of the same event is not refused.
    """
    triggers = recognition.of_kind(MentionKind.TRIGGER)
    if not triggers:
        return ()
    reading = Reading(document, recognition, lexicon)
    threads = told_threads(reading)
    rules = {
        signal.mention: rule
        for thread in reversed(threads)
        for rule in (refusing_rule(reading, thread),)
        for draft in thread.drafts
        for signal in draft.happening.signals
    }
    told = {mention for mention, rule in rules.items() if not rule}
    early = {
        mention: reason
        for sentence in reading.sentences
        if sentence.of_kind(MentionKind.TRIGGER)
        for mention, reason in _refused_in(sentence)
    }
    refusals = []
    for mention in dict.fromkeys(triggers):
        reason = early.get(mention) or (Refused(rules[mention]) if rules.get(mention) else None)
        if reason is not None and mention not in told:
            refusals.append(Refusal(mention.evidence, reason))
    return tuple(refusals)


def _refused_in(sentence: Sentence) -> Iterator[tuple[Mention, Refused]]:
    """Yield the triggers of a sentence that it takes no account from, whatever stands around it."""
    signals = signals_of(sentence)
    known = {signal.mention for signal in signals}
    for mention in sentence.of_kind(MentionKind.TRIGGER):
        if mention not in known:
            yield mention, Refused.OTHER_SENSE
    heard = [signal for signal in signals if is_told(sentence, signal)]
    for signal in signals:
        if signal not in heard:
            yield signal.mention, _unheard(sentence, signal)
    for happening in happenings_of(sentence, heard):
        reason = _untold(happening)
        if reason is not None:
            yield from ((signal.mention, reason) for signal in happening.signals)


def _unheard(sentence: Sentence, signal: Signal) -> Refused:
    reason = judge(Happening(sentence, (signal,)), None).reason
    return Refused(reason) if reason else Refused.PURPOSE


def _untold(happening: Happening) -> Refused | None:
    judgement = judge(happening, attribution_of(happening))
    if judgement.factuality is None:
        return Refused(judgement.reason)
    moment = moment_of(happening, None)
    if moment.past or is_history(happening, moment):
        return Refused.BACKGROUND
    counts = happening.sentence.casualties
    if happening.only_harm and counts and all(is_total(happening.sentence, item) for item in counts):
        return Refused.TOTAL
    return None
