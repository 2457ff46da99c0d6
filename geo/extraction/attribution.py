"""Who is said to say it: `according to X`, `X said`, `said X`. Who reports is no actor."""

from __future__ import annotations

from geo.extraction.clauses import SPEECH
from geo.extraction.happenings import Happening
from geo.extraction.reading import Sentence
from geo.extraction.words import PhraseTable, word_set
from geo.model import Evidence, Quoted

_PRONOUNS = word_set("he she they it his who which we i that")
_BREAKS = frozenset({",", ".", ";", ":", "—", '"', "“", "”", "(", ")", "but", "and", "while", "as", "when", "after"})
_HAS_SUBJECT = SPEECH - word_set(
    "saying telling speaking quoted according blamed accused recorded records documents wrote described"
)
_LONGEST = 14
"""Words of a name with its office that are quoted at most."""


def attribution_of(happening: Happening) -> Quoted[str] | None:
    """Return who is said to tell a happening, with the words; None where the report itself does.

    A pronoun stands for whoever the text named last as saying something.
    """
    sentence = happening.sentence
    spans = speakers(sentence)
    if not spans:
        return None
    head = happening.head.first
    first, last = min(spans, key=lambda span: min(abs(span[0] - head), abs(span[1] - head)))
    if last - first == 1 and sentence.low(first) in _PRONOUNS:
        earlier = _named_before(sentence)
        if earlier is None:
            return None
        pronoun = Evidence.of(sentence.text, sentence.words[first].start, sentence.words[first].end)
        return Quoted(earlier.value, (*earlier.evidence, pronoun))
    return _quoted(sentence, first, last)


def speakers(sentence: Sentence) -> list[tuple[int, int]]:
    """Return the spans of words `[first, last)` that name who says something in a sentence."""
    spans = []
    words = sentence.words
    for position, word in enumerate(words):
        if word.low not in SPEECH:
            continue
        if word.low == "according":
            spans.append(_after(sentence, position + (2 if sentence.low(position + 1) == "to" else 1)))
        elif word.low in _HAS_SUBJECT and not _is_passive(sentence, position):
            before = _before(sentence, position)
            following = _after(sentence, position + 1) if _may_follow(sentence, position) else None
            span = following or before
            if span is not None:
                spans.append(span)
    return [span for span in spans if span is not None]


def _may_follow(sentence: Sentence, position: int) -> bool:
    """Return whether the speaker stands after the verb: `…" said Abu Roma`, `, said the doctor`."""
    return sentence.low(position) in ("said", "says", "reported", "added") and sentence.low(position - 1) in (
        ",", '"', "”", "'", "’",
    )  # fmt: skip


def _is_passive(sentence: Sentence, position: int) -> bool:
    return sentence.low(position - 1) in ("was", "were", "been", "be", "being", "is", "are")


def _before(sentence: Sentence, position: int) -> tuple[int, int] | None:
    last = position
    while last > 0 and sentence.low(last - 1) in ("have", "has", "had", "also", "later", "earlier", "on", "late"):
        last -= 1
    first = last
    if sentence.low(first - 1) == "," and first >= 3:
        # `Rick Brennan, spokesman of the agency, said`: skip back over the apposition.
        opened = next((i for i in range(first - 2, max(-1, first - _LONGEST), -1) if sentence.low(i) == ","), None)
        if opened is not None and sentence.words[opened - 1].capital:
            last = first = opened
    while first > 0 and last - first < _LONGEST and sentence.low(first - 1) not in _BREAKS:
        first -= 1
        if sentence.low(first) in ("that", "which", "what"):
            first += 1
            break
    return (first, last) if last > first and _names_somebody(sentence, first, last) else None


def _after(sentence: Sentence, position: int) -> tuple[int, int] | None:
    last = position
    while last < len(sentence.words) and last - position < _LONGEST and sentence.low(last) not in _BREAKS:
        last += 1
    return (position, last) if last > position and _names_somebody(sentence, position, last) else None


def _names_somebody(sentence: Sentence, first: int, last: int) -> bool:
    words = sentence.words[first:last]
    if len(words) == 1 and words[0].low in _PRONOUNS:
        return True
    return any(word.capital or word.low in _OFFICES for word in words) and words[0].low not in ("in", "on", "at", "it")


_OFFICES = word_set(
    "officials official police army military residents activists witnesses doctors medics spokesman spokeswoman "
    "ministry authorities sources source workers agencies media rebels monitors observers reports commander "
    "governor hospital rescuers group nurses villagers officers government"
)


def _named_before(sentence: Sentence) -> Quoted[str] | None:
    for index in range(sentence.index - 1, max(-1, sentence.index - 6), -1):
        earlier = sentence.reading.sentences[index]
        for first, last in reversed(speakers(earlier)):
            if not (last - first == 1 and earlier.low(first) in _PRONOUNS):
                return _quoted(earlier, first, last)
    return None


def _quoted(sentence: Sentence, first: int, last: int) -> Quoted[str]:
    words = sentence.words[first:last]
    evidence = Evidence.of(sentence.text, words[0].start, words[-1].end)
    sources: PhraseTable[str] = sentence.reading.lexicon.sources
    known = next(iter(sources.find(sentence.text, words, cased=sentence.reading.cased)), None)
    name = known.value if known else " ".join(evidence.text.split())
    return Quoted(name, (evidence,))
