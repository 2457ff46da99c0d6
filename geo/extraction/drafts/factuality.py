"""How the report stands to an event: whether it happened at all, and who says so.

Words of data/lexicon/cues.csv that stand near enough before a trigger (or anywhere in its clause or sentence, as the
row says) make the event claimed, denied or announced, or no event: hypothetical, called for, ended, background.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.extraction.drafts.cues import applies, crosses_verb
from geo.extraction.drafts.moments import Moment, Origin
from geo.extraction.happenings.happenings import Happening
from geo.extraction.happenings.signals import Signal
from geo.extraction.language.words import Found, word_set
from geo.extraction.lexicon.lexicon import Cue
from geo.extraction.reading import Sentence
from geo.model import Evidence, Quoted
from geo.vocabulary import EventType, Factuality

_NEAR = 6
_NO_EVENT = frozenset({"hypothetical", "background", "call", "ended", "negated"})
_CONTRACTED = re.compile(r"\b\w+n\s?['’]t\b", re.IGNORECASE)
_HEARSAY = re.compile(
    r"\bit\s+(?:was|is|has\s+been)\s+(?:\w+\s+)?(?:known|reported|learned|learnt|said|announced|claimed)\b"
    r"|\b(?:is|are|was|were)\s+(?:reported|said|believed|alleged|understood|thought)\s+to\b"
    r"|\b(?:was|were)\s+reported\s+(?:from|in|at|near|across)\b",
    re.IGNORECASE,
)
"""Words by which nobody in particular says it."""
_REFUTED = re.compile(
    r"\b(?:reports?|rumou?rs?|claims?|allegations?|suggestions?)\b([^;]{1,200}?)\b((?:is|are|was|were)\s+(?:\w+\s+)?"
    r"(?:false|untrue|baseless|unfounded|groundless|fabricated|incorrect|a\s+lie|lies))\b",
    re.IGNORECASE,
)
"""What is told and refuted in one breath: `reports that the mayor was shot are false`."""
_TO_COME = re.compile(
    r"(?:\b(?:is|are|was|were)\s+(?:also\s+)?(?:(?:due|set|scheduled|slated|supposed)\s+)?to"
    r"|\bwill(?:\s+also)?)\s+(?:start|begin|commence|take\s+effect|come\s+into|enter\s+into|go\s+into)\b",
    re.IGNORECASE,
)
"""What tells that the thing named before it has not begun: `a curfew was to start at midnight`."""
_FACTUAL = {
    "claimed": Factuality.CLAIMED,
    "denied": Factuality.DENIED,
    "announced": Factuality.ANNOUNCED,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """How the report stands to a happening."""

    factuality: Quoted[Factuality] | None
    """None where the words tell no event."""
    presupposed: bool
    """Whether the event is only referred to (`condemned the attack`), or told in general (`often shelled`)."""
    reason: str
    """Why it is no event; empty where it is one."""


def is_told(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a trigger tells an event at all, and not a wish, a plan of others, an end or a denial of one."""
    names = {cue.value.effect for cue in sentence.cues if applies(sentence, signal, cue)}
    if "denied" in names or ("announced" in names and "negated" not in names):
        return True
    if _is_supposed(sentence, signal) or _is_asked(sentence) or _is_demanded(sentence, signal):
        return False
    over = _is_over(sentence, signal) or _is_purpose(sentence, signal)
    return not (over or names & _NO_EVENT or _is_contracted_negation(sentence, signal))


def judge(happening: Happening, attribution: Quoted[str] | None) -> Judgement:
    """Return how the report stands to a happening, with the words that say so."""
    sentence, head = happening.sentence, happening.head
    effects = [(cue.value.effect, cue) for cue in sentence.cues if applies(sentence, head, cue)]
    names = {effect for effect, _ in effects}
    if "denied" in names:
        return _as(Factuality.DENIED, sentence, next(cue for effect, cue in effects if effect == "denied"))
    if _is_contracted_negation(sentence, head):
        names.add("negated")
    refuted = _REFUTED.search(sentence.text, sentence.start, sentence.end)
    if refuted is not None and refuted.start() < head.mention.start < refuted.end():
        return Judgement(Quoted(Factuality.DENIED, (Evidence.of(sentence.text, *refuted.span(2)),)), False, "")
    reason = next((name for name in ("negated", "hypothetical", "call", "ended", "background") if name in names), "")
    if reason == "hypothetical" and "announced" in names and head.trigger.sub_event_type != "attack":
        reason = ""
    if reason:
        return Judgement(None, False, reason)
    if "announced" in names and (_is_conditional(sentence, head) or _was_vowed(sentence, effects)):
        return Judgement(None, False, "hypothetical")
    if "announced" in names:
        return _as(Factuality.ANNOUNCED, sentence, next(cue for effect, cue in effects if effect == "announced"))
    to_come = _to_come(sentence, head)
    if to_come is not None:
        return Judgement(Quoted(Factuality.ANNOUNCED, (to_come,)), False, "")
    presupposed = bool(names & {"comment", "generic"})
    claimed = next((cue for effect, cue in effects if effect == "claimed"), None)
    if claimed is not None:
        words = sentence.words
        evidence = Evidence.of(sentence.text, words[claimed.first].start, words[claimed.last - 1].end)
        return Judgement(Quoted(Factuality.CLAIMED, (evidence,)), presupposed, "")
    if attribution is not None:
        return Judgement(Quoted(Factuality.CLAIMED, attribution.evidence), presupposed, "")
    hearsay = _HEARSAY.search(sentence.text, sentence.start, sentence.end)
    if hearsay is not None:
        evidence = Evidence.of(sentence.text, hearsay.start(), hearsay.end())
        return Judgement(Quoted(Factuality.CLAIMED, (evidence,)), presupposed, "")
    return Judgement(Quoted(Factuality.ASSERTED, (head.mention.evidence,)), presupposed, "")


def _was_vowed(sentence: Sentence, effects: Sequence[tuple[str, Found[Cue]]]) -> bool:
    """Return whether what was announced had been so before the news: `the group had vowed to fight there`."""
    return any(
        effect == "announced"
        and sentence.low(cue.first) in _VOWED
        and "had" in (sentence.low(cue.first - 1), sentence.low(cue.first - 2))
        for effect, cue in effects
    )


_VOWED = word_set("vowed threatened pledged promised sworn warned")


def _to_come(sentence: Sentence, head: Signal) -> Evidence | None:
    """Return the words that tell what a noun names to have yet to begin; None where it has, or nothing says so."""
    if head.trigger.part != "noun":
        return None
    match = _TO_COME.search(sentence.text, head.mention.end, sentence.end)
    if match is None or sentence.at(match.start()) - head.last > _NEAR:
        return None
    parted = crosses_verb(sentence, head.last + 1, sentence.at(match.start()))
    return None if parted else Evidence.of(sentence.text, *match.span())


def is_mere_plan(factuality: Quoted[Factuality], moment: Moment) -> bool:
    """Return whether something is only meant to come, on no day that is named: `it planned to retake the town`."""
    if factuality.value is not Factuality.ANNOUNCED or moment.future or moment.origin is Origin.OWN:
        return False
    return not _MEANT.isdisjoint(factuality.evidence[0].text.lower().split())


_MEANT = word_set("plan plans planned planning intend intends preparing prepares prepared poised set will upcoming")


def _is_supposed(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a deed is only supposed: `Had it exploded, the bomb would have killed everybody`."""
    opens = sentence.low(0) in ("had", "were") and "," in sentence.lows[:14] and "?" not in sentence.lows[-2:]
    return opens and signal.first < sentence.lows.index(",") and "would" in sentence.lows


def _is_over(sentence: Sentence, signal: Signal) -> bool:
    """Return whether what a noun names is told to have stopped: `clashes at the gates have ceased since …`."""
    if signal.trigger.part != "noun":
        return False
    ahead = sentence.lows[signal.last + 1 : signal.last + 10]
    at = next((index for index, low in enumerate(ahead) if low in ("have", "has", "had")), None)
    return at is not None and ahead[at + 1 : at + 2] != [] and ahead[at + 1] in _OVER


_OVER = word_set("stopped ceased ended subsided abated")


def _is_asked(sentence: Sentence) -> bool:
    """Return whether a sentence asks and tells nothing: `How can a stranger detain him?`."""
    return "?" in sentence.lows[-2:] and sentence.low(0).strip('"“') in _ASKING


_ASKING = word_set("how can could will would should is are do does")
"""Words that open a question about what may be; `who bombed the hospital?` takes it for known."""


def _is_demanded(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a noun names what people march for: `demonstrated for the withdrawal of the troops`."""
    if signal.trigger.part != "noun" or signal.event_type is not EventType.STRATEGIC_DEVELOPMENTS:
        return False
    before = sentence.lows[max(0, signal.first - 3) : signal.first]
    leads = "for" in before and _DEMANDING.issuperset(before[before.index("for") + 1 :])
    return leads and bool(_MARCHED & set(sentence.lows[: signal.first]))


_DEMANDING = word_set("the a an immediate full their")
_MARCHED = word_set(
    "demonstrated demonstrating demonstrators protested protesting protesters protest marched marching rallied rally"
)


def _is_conditional(sentence: Sentence, head: Signal) -> bool:
    """Return whether what is to come hangs on something else: `the army will enter the city if talks fail`."""
    return any(
        sentence.low(at) in ("if", "unless") and sentence.low(at - 1) not in ("as", "even")
        for at in range(head.last + 1, len(sentence.words))
    )


def _is_purpose(sentence: Sentence, signal: Signal) -> bool:
    """Return whether a verb stands as an infinitive of purpose or wish: `on their way to evacuate`."""
    if sentence.low(signal.first - 1) != "to":
        return False
    form, following = sentence.low(signal.first), sentence.low(signal.last + 1)
    # A noun may be meant as a verb: `to raid villages`, and not `responded to attacks`, `subjected to attack by`.
    if signal.trigger.part != "verb" and (form.endswith(("s", "ment", "ion")) or not _TAKEN.match(following)):
        return False
    return not form.endswith(("ed", "ing")) and sentence.low(signal.first - 2) not in _DONE_TO


_TAKEN = re.compile(
    r"(?!(?:and|or|but|of|by|on|in|at|near|from|against|with|for|as|after|during|between|is|was|were)$)[a-z]"
)
"""What may be the object of a verb, and leads on from no noun."""
_DONE_TO = word_set(
    "tried attempted attempting trying "
    "began begun continued continue continues managed started helped proceeded went came returned on appeared seemed"
)
"""Words after which an infinitive tells what was done: `managed to capture`."""


def _as(value: Factuality, sentence: Sentence, cue: Found[Cue]) -> Judgement:
    words = sentence.words
    evidence = Evidence.of(sentence.text, words[cue.first].start, words[cue.last - 1].end)
    return Judgement(Quoted(value, (evidence,)), False, "")


def _is_contracted_negation(sentence: Sentence, signal: Signal) -> bool:
    first = max(0, signal.first - 4)
    start, end = sentence.words[first].start, sentence.words[signal.first].start
    return _CONTRACTED.search(sentence.text, start, end) is not None
