"""Who is said to say it: `according to X`, `X said`, `said X`. Who reports is no actor."""

from __future__ import annotations

from geo.extraction.happenings.happenings import Happening
from geo.extraction.language.speakers import PRONOUNS
from geo.extraction.language.words import PhraseTable
from geo.extraction.reading import Sentence
from geo.model import Evidence, Quoted


def attribution_of(happening: Happening) -> Quoted[str] | None:
    """Return who is said to tell a happening, with the words; None where the report itself does.

    A pronoun stands for whoever the text named last as saying something.
    """
    sentence = happening.sentence
    spans = sentence.speakers
    if not spans:
        return None
    head = happening.head.first
    first, last = min(spans, key=lambda span: min(abs(span[0] - head), abs(span[1] - head)))
    if last - first == 1 and sentence.low(first) in PRONOUNS:
        earlier = _named_before(sentence)
        pronoun = Evidence.of(sentence.text, sentence.words[first].start, sentence.words[first].end)
        if earlier is None:
            return Quoted(pronoun.text, (pronoun,))
        return Quoted(earlier.value, (*earlier.evidence, pronoun))
    return _quoted(sentence, first, last)


def _named_before(sentence: Sentence) -> Quoted[str] | None:
    for index in range(sentence.index - 1, max(-1, sentence.index - 6), -1):
        earlier = sentence.reading.sentences[index]
        for first, last in reversed(earlier.speakers):
            if not (last - first == 1 and earlier.low(first) in PRONOUNS):
                return _quoted(earlier, first, last)
    return None


def _quoted(sentence: Sentence, first: int, last: int) -> Quoted[str]:
    words = sentence.words[first:last]
    evidence = Evidence.of(sentence.text, words[0].start, words[-1].end)
    sources: PhraseTable[str] = sentence.reading.lexicon.sources
    known = next(iter(sources.find(sentence.text, words, cased=sentence.reading.cased)), None)
    name = known.value if known else " ".join(evidence.text.split())
    return Quoted(name, (evidence,))
