"""Who says something in a sentence: the words before `said`, after `according to`, after `," said`."""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.language.clauses import SPEECH
from geo.extraction.language.words import Word, word_set

PRONOUNS = word_set("he she they it his who which we i that")
_BREAKS = frozenset({",", ".", ";", ":", "—", '"', "“", "”", "(", ")", "but", "and", "while", "as", "when", "after"})
_HAS_SUBJECT = SPEECH - word_set("saying telling speaking quoted according recorded records documents wrote described")
_BESIDE_SPEECH = word_set("have has had was were also later earlier on late")
_LONGEST = 14
"""Words of a name with its office that are quoted at most."""


def find_speakers(words: Sequence[Word], *, cased: bool = True) -> tuple[tuple[int, int], ...]:
    """Return the spans `[first, last)` of the words that name who says something in a sentence.

    Where a text has lost its upper case (not `cased`), whatever stands before a word of speech names somebody.
    """
    spans = []
    for position, word in enumerate(words):
        if word.low not in SPEECH or (position and word.capital) or _describes(words, position):
            continue  # the United States is no `states`
        if word.low == "according":
            spans.append(_after(words, position + (2 if _low(words, position + 1) == "to" else 1)))
        elif word.low in _ACCUSED and _low(words, position + 1) == "by" and _is_passive(words, position):
            spans.append(_accuser(words, position + 2))
        elif word.low == "quoted" and _low(words, position + 1) == "as":
            spans.append(_before(words, position - 1, cased=cased))
        elif word.low in _HAS_SUBJECT and not _is_passive(words, position):
            before = _before(words, position, cased=cased)
            following = _after(words, position + 1) if _may_follow(words, position) else None
            apposed = before and (before[1] < position - 1 or any(_low(words, at) == "," for at in range(*before)))
            if apposed and following and not _is_marked(words[position + 1]):
                following = None  # `the monitor, citing witnesses, said rebels attacked …`
            span = following or before
            if span is not None:
                spans.append(span)
    return tuple(span for span in spans if span is not None)


def _accuser(words: Sequence[Word], first: int) -> tuple[int, int] | None:
    """Return who accuses in `was accused by villagers of killing …`; None where no `of` follows."""
    last = next(
        (at for at in range(first, min(first + _LONGEST, len(words))) if _low(words, at) in ("of", "for")), first
    )
    marked = any(words[at].is_mark for at in range(first, last))
    return (first, last) if last > first and not marked and _low(words, last + 1).endswith("ing") else None


_ACCUSED = frozenset({"accused", "blamed"})


def _describes(words: Sequence[Word], position: int) -> bool:
    """Return whether a word of speech is an adjective, or tells of responsibility: `an estimated 200`, `claimed by`."""
    low, previous, following = (_low(words, position + step) for step in (0, -1, 1))
    if low.endswith("ed") and previous in ("a", "an", "the", "any", "his", "her", "its", "their"):
        return True
    if low.startswith("claim") and {"life", "lives"} & {_low(words, position + step) for step in (2, 3, 4)}:
        return True  # `the road claimed the life of a driver`
    if low in _ACCUSED and following in ("of", "for"):
        return True  # `men accused of spying`: who accuses names the accused next
    return low in ("claimed", "reported", "confirmed") and following in ("by", "responsibility")


def _is_marked(word: Word) -> bool:
    """Return whether a word starts a name or a phrase with its article."""
    return word.capital or word.low in _ARTICLES


def _may_follow(words: Sequence[Word], position: int) -> bool:
    """Return whether the speaker stands after the verb: `…" said Abu Roma`, `, said the doctor`."""
    return _low(words, position) in ("said", "says", "reported", "added") and _low(words, position - 1) in (
        ",", '"', "”", "'", "’",
    )  # fmt: skip


def _is_passive(words: Sequence[Word], position: int) -> bool:
    return _low(words, position - 1) in ("was", "were", "been", "be", "being", "is", "are")


def _before(words: Sequence[Word], position: int, *, cased: bool) -> tuple[int, int] | None:
    last = position
    if _low(words, last - 1) in ("which", "who", "that") and last > 2 and _low(words, last - 2) not in _BREAKS:
        last -= 1  # `a report which says that …`
    while last > 0 and _low(words, last - 1) in _BETWEEN:
        last -= 1
    first, named = last, None
    if _low(words, first - 1) == "," and first >= 3:
        # `Rick Brennan, spokesman of the agency, said`: skip back over the apposition.
        opened = next((i for i in range(first - 2, max(-1, first - _LONGEST), -1) if _low(words, i) == ","), None)
        if opened is not None and (words[opened - 1].capital or not cased or _opens_phrase(words, opened)):
            # The name behind an office (`the governor, Jane Roe, said`) speaks too, and is nobody told of.
            named = first - 1 if _is_all_name(words[opened + 1 : first - 1]) else None
            last = first = opened
    while first > 0 and last - first < _LONGEST:
        if _low(words, first - 1) in _BREAKS and not _joins_speakers(words, first - 1):
            break
        if _is_dash(words, first - 1):
            break
        first -= 1
        if _low(words, first) in ("that", "which", "what"):
            first += 1
            break
    if last <= first:
        return None
    told = _is_plain_saying(words, first, last, position)
    return (first, named or last) if told or _names_somebody(words, first, last, cased=cased) else None


def _is_all_name(words: Sequence[Word]) -> bool:
    """Return whether words are a person's name and no more."""
    return 0 < len(words) <= _LONGEST_NAME and all(word.capital for word in words)


_LONGEST_NAME = 4


def _is_dash(words: Sequence[Word], at: int) -> bool:
    """Return whether a hyphen stands apart, as one behind the hour of an entry does: `14:20 - The army said`."""
    if words[at].low not in ("-", "–"):
        return False
    return bool(at) and words[at - 1].end < words[at].start and words[at].end < words[at + 1].start


def _opens_phrase(words: Sequence[Word], comma: int) -> bool:
    """Return whether an office stands before a name set off by commas: `the regional governor, Jane Roe, said`."""
    office = [_low(words, at) for at in range(comma - 2, comma - 2 - _LONGEST_OFFICE, -1)]
    return not _ARTICLES.isdisjoint(office) and words[comma + 1].capital


_LONGEST_OFFICE = 3


def _is_plain_saying(words: Sequence[Word], first: int, last: int, verb: int) -> bool:
    """Return whether a phrase without a name speaks: `a volunteer committee said`, `survivors told reporters`."""
    low, opening = _low(words, verb), _low(words, first)
    reports = low in ("report", "reports") and (opening in _ARTICLES or _low(words, verb + 1) in (".", ",", "that", ""))
    if low not in _SAYING and not (reports and verb - last < 2):
        return False
    phrase = [word.low for word in words[first:last]]
    if opening in _NOBODY or opening in PRONOUNS or last - first > _LONGEST - 4 or not phrase[-1].isalpha():
        return False
    return not (set(phrase) & _NO_SPEAKER or any(low.endswith(("ed", "ing")) for low in phrase[-1:]))


_SAYING = word_set("said says say told tells added")
_BETWEEN = word_set("have has had was were also later earlier on late now again then")
"""Words between a speaker and the verb."""
_NO_SPEAKER = word_set("was were is are been be had has have will would which that what when where if day days more")


def _joins_speakers(words: Sequence[Word], position: int) -> bool:
    """Return whether an `and` stands between two who speak: `officials and elders said`."""
    return _low(words, position) == "and" and _low(words, position - 1) in _OFFICES


def _after(words: Sequence[Word], position: int) -> tuple[int, int] | None:
    last = position
    while last < len(words) and last - position < _LONGEST and _low(words, last) not in _BREAKS:
        last += 1
    told = words[position - 1].low == "to"
    if told and _low(words, position) in _VAGUE and _low(words, position + 1) in _NEWS:
        return None  # `according to preliminary information`
    if last == position or not _names_somebody(words, position, last, cased=not told):
        return None
    # `said clashes erupted in …`: what is said follows, not who says it.
    starts = words[position].capital or words[position].low in (_OFFICES | PRONOUNS | _ARTICLES)
    return (position, last) if starts or words[position - 1].low == "to" else None


_VAGUE = word_set("preliminary initial first early available latest some")
_NEWS = word_set("information data estimates figures reports indications findings")
_ARTICLES = frozenset({"the", "a", "an", "one", "two", "several", "local", "another", "some", "state", "its", "their"})


def _names_somebody(words: Sequence[Word], first: int, last: int, *, cased: bool) -> bool:
    words = words[first:last]
    if len(words) == 1 and words[0].low in PRONOUNS:
        return True
    if not cased:
        return words[0].low not in _NOBODY and words[-1].low.isalpha()
    return any(word.capital or word.low in _OFFICES for word in words) and words[0].low not in ("in", "on", "at", "it")


_NOBODY = word_set("in on at it there to and but this that these those also as by for with from not plan plans")
"""Words that open no name of who speaks."""
_OFFICES = word_set(
    "officials official police army military residents activists witnesses doctors medics spokesman spokeswoman "
    "ministry authorities sources source workers agencies media rebels monitors observers reports commander "
    "governor hospital rescuers group nurses villagers officers government"
)


def _low(words: Sequence[Word], position: int) -> str:
    return words[position].low if 0 <= position < len(words) else ""
