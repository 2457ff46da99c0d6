"""Rough clauses of a sentence, and words of speech.

A clause starts at a semicolon, a dash, and at words that open one (`while`, `after`, `but`, a relative `who`). This is
no parser: it tells which words belong together closely enough to keep two happenings of one sentence apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.language.words import Word, word_set

OPENERS = word_set(
    "while whereas although though but meanwhile because after before when following amid as since if unless "
    "until despite where whom who which that"
)
SPLITTERS = word_set("while whereas but meanwhile although though ; separately elsewhere")
"""Openers behind which another happening is told, not the circumstances of the same one."""
_DASHES = frozenset({"—", "–", ";", ":"})
SPEECH = word_set(
    "said says say saying told tells telling reported reports report according claimed claims claim confirmed "
    "confirms announced announces added adds stated states alleged alleges acknowledged admitted insisted insists "
    "wrote tweeted estimated estimates recorded records documented documents quoted speaking warned warns noted "
    "informed indicated indicates described describes denied denies accused accuses blamed explained revealed declared "
    "testified disclosed asserted stressed remarked conceded recounted commented claiming alleging confirming "
    "announcing spoke"
)
"""Words that tell that somebody says something."""


def clause_numbers(words: Sequence[Word]) -> list[int]:
    """Return the number of the clause of each word, counted from 0."""
    numbers: list[int] = []
    current = 0
    for position in range(len(words)):
        if position and _opens(words, position):
            current += 1
        numbers.append(current)
    return numbers


def _opens(words: Sequence[Word], position: int) -> bool:
    low = words[position].low
    previous = words[position - 1].low
    if low in _DASHES:
        return True
    if low not in OPENERS or previous in OPENERS:
        return False
    following = words[position + 1].low if position + 1 < len(words) else ""
    if low == "as":
        # `as many as`, `as well as`, `such as`, `as part of` open nothing.
        return previous not in ("such", "well", "many", "known", "far", "soon") and following not in (
            "many", "well", "part", "a", "an", "of", "much", "far", "soon",
        )  # fmt: skip
    if low == "since":
        if previous in ("have", "has", "had"):
            return False  # `have since arrested eight men`
        return following not in _TIMES and not following[:1].isdigit()
    if low == "that":
        return previous in SPEECH or previous == ","
    return True


_TIMES = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december last then early late yesterday"
)
