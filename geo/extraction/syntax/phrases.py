"""Phrases round a verb, read without a parser: the words, and where the part ends that says who it is."""

from __future__ import annotations

from dataclasses import dataclass

from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence

AUXILIARIES = word_set("was were been being be are is has have had get got will would")
ENDS_HEAD = word_set(
    "in at near against over after during on under for by with riding using to into outside inside around wearing "
    "carrying travelling traveling who which that"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words `[first, last)` of a sentence, and where the head part ends that names who it is."""

    first: int
    last: int
    head: int

    def holds(self, position: int) -> bool:
        """Whether a word stands in the part that names who it is."""
        return self.first <= position < self.head


def phrase_of(sentence: Sentence, first: int, last: int) -> Phrase | None:
    """Return the words `[first, last)` as a phrase, with the end of its head part; None for no words."""
    if last <= first:
        return None
    head = next((at for at in range(first + 1, last) if _ends_head(sentence, at)), last)
    return Phrase(first, last, head)


def _ends_head(sentence: Sentence, at: int) -> bool:
    low, following = sentence.low(at), sentence.low(at + 1)
    if low in ENDS_HEAD or low in AUXILIARIES:
        return is_apart(sentence, at)
    if low.endswith("ing") and at in sentence.trigger_positions:
        return True
    participle = low.endswith("ed") or low in ("led", "held", "run", "loyal")
    return participle and following in _AFTER_VERB and sentence.low(at - 1) not in _ARTICLES


_ARTICLES = word_set("the a an its their his her")
_AFTER_VERB = _ARTICLES | word_set("to in on at by from with of another several two that")


def is_apart(sentence: Sentence, at: int) -> bool:
    """Return whether a word stands alone: not the `at` of `Hay'at`."""
    start = sentence.words[at].start
    return sentence.words[at].is_mark or start == 0 or sentence.text[start - 1] not in "'’‘-"
