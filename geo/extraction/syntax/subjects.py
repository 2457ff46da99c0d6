"""Whose deed a verb tells: the phrase before it.

It stands past the verb's auxiliaries, adverbs and days, past appositions and relative clauses that commas or dashes
close, and without the phrases of place and time that open a sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from geo.extraction.language.clauses import OPENERS, SPEECH
from geo.extraction.language.words import word_set
from geo.extraction.reading import Sentence
from geo.extraction.syntax.phrases import AUXILIARIES, Phrase, phrase_of

_LIGHT = word_set(
    "also then later not only first again both all each early late already still now today yesterday tonight"
)
_BEFORE_TO = word_set(
    "managed attempted began begun started continued tried used said reported believed alleged known thought "
    "understood helped"
)
"""Words between a subject and an infinitive that tells its deed: `are reported to have killed`."""
_OPENING = word_set(
    "in on at near after before during following amid since as while when where with without by from for under over "
    "outside inside around across along through despite according backed supported using including among meanwhile "
    "earlier later elsewhere separately also however but and then although though because until if who whom whose "
    "which that of to into late early last next formerly especially suddenly moreover furthermore"
)
_PAIRED = {"(": ")", "–": "–", "—": "—"}
_JOINED = 6
"""Verbs that one subject is followed through: hostile text joins thousands."""
_LONGEST = 45
"""Words before a verb that are looked at: longer subjects stand in lists only."""


@lru_cache(maxsize=64)
def subject_of(sentence: Sentence, verb: int) -> Phrase | None:
    """Return the subject of the verb at a position; None where the words before it are none."""
    noun = sentence.low(verb - 1) == "of" and not sentence.low(verb).endswith("ing")
    if sentence.low(verb + 1) == "of" or noun:
        return None  # `the killing of X`, `signs of torture` are nouns
    at = _before_group(sentence, verb)
    for _ in range(_JOINED):
        previous = _verb_before(sentence, at)
        if previous is None:
            break
        at = _before_group(sentence, previous)  # `shot and killed`: the subject of the verb before
        verb = previous
    when = _when_before(sentence, at)
    if when is not None:
        return phrase_of(sentence, when + 1, at - 1)
    floor = max(0, at - _LONGEST)
    if _is_participle(sentence, verb, at) and not sentence.words[at - 1].is_mark:
        border = _last_verb(sentence, at - 1)
        if border >= 0 and at - border <= 6:
            return phrase_of(sentence, border + 1, at)  # `dispersed students protesting`
    parts = _segments(sentence, floor, at)
    closed = sentence.low(at - 1) in (",", "–", "—")
    if not closed and parts:
        first, last = parts[-1]
        opened = _after_opener(sentence, first, last)
        if opened != first:
            return _antecedent(sentence, opened, parts) if opened == last else phrase_of(sentence, opened, last)
        if _joins_clause(sentence, first, parts):
            return phrase_of(sentence, first + 1, last)  # `… hit a jeep, and ten constables died`
        if not _continues_list(sentence, first, last, parts):
            first = _past_days(sentence, first, last)
            if not _opens_aside(sentence, first) and not _is_participle(sentence, verb, at):
                return phrase_of(sentence, first, last)
    for first, last in parts:
        opened = _after_opener(sentence, first, last) if not closed else _after_speech(sentence, first, last)
        opened = _past_days(sentence, opened, last)
        if opened < last and not _opens_aside(sentence, opened):
            return phrase_of(sentence, opened, last)
    return None


def _is_participle(sentence: Sentence, verb: int, group: int) -> bool:
    """Return whether a verb only goes with another: `…, killing ten and wounding 20`."""
    return sentence.low(verb).endswith("ing") and group == verb


def _opens_aside(sentence: Sentence, at: int) -> bool:
    """Return whether words open a phrase of time, place or manner, and no subject."""
    low, following = sentence.low(at), sentence.low(at + 1)
    if following in ("least", "most") or (low in _ABOUT and (following[:1].isdigit() or following in _NUMBERS)):
        return False
    return low in _OPENING or low.endswith("ing") or (low.endswith("ed") and following in ("by", "with", "from"))


_ABOUT = frozenset({"around", "over", "under"})
_NUMBERS = word_set("a two three four five six seven eight nine ten twelve twenty thirty forty fifty hundred dozen")


def _past_days(sentence: Sentence, first: int, last: int) -> int:
    """Return where a stretch goes on past the days that open it: `Earlier this week students …`."""
    day = sentence.day_ranges.get(first) or sentence.day_ranges.get(first + 1)
    if day is not None and day[1] < last - 1:
        return day[1] + 1
    return first


def _antecedent(sentence: Sentence, opened: int, parts: list[tuple[int, int]]) -> Phrase | None:
    """Return what a relative pronoun right before a verb stands for."""
    first = next((first for first, end in parts if first <= opened <= end), opened)
    if sentence.low(opened - 1) in ("who", "which", "that") and opened - 1 > first:
        return phrase_of(sentence, max(first, _last_verb(sentence, opened - 1) + 1), opened - 1)
    return None


def _last_verb(sentence: Sentence, at: int) -> int:
    """Return the position of the last deed told before a position, -1 where there is none."""
    index = bisect_left(sentence.past_verbs, at)
    return sentence.past_verbs[index - 1] if index else -1


def _verb_before(sentence: Sentence, at: int) -> int | None:
    """Return another deed of the same subject before a joining word, with no subject after it; None for none."""
    if at < 1 or sentence.low(at - 1) not in ("and", "or", "but", ","):
        return None
    before = _last_verb(sentence, at - 1)
    near = before >= 0 and at - 1 - before <= 14
    return before if near and "when" not in sentence.lows[before:at] else None


def _when_before(sentence: Sentence, at: int) -> int | None:
    """Return where `when` opens the clause that `and` goes on: `died when gunmen blocked a bridge and opened fire`."""
    before = _last_verb(sentence, at - 1)
    if sentence.low(at - 1) != "and" or not 0 <= before < at - 1 <= before + 14:
        return None
    return next((index for index in range(at - 3, before, -1) if sentence.low(index) == "when"), None)


def _before_group(sentence: Sentence, verb: int) -> int:
    """Return where the verb's auxiliaries, adverbs and days begin."""
    at = verb
    while at > 0:
        low = sentence.low(at - 1)
        day = sentence.day_ranges.get(at - 1)
        if day is not None and day[0] > 0:
            at = day[0]
        elif low == "to" and sentence.low(at - 2) in _BEFORE_TO:
            at -= 2
        elif low in AUXILIARIES or low in _LIGHT or (low.endswith("ly") and len(low) > 4):
            at -= 1
        else:
            break
    return at


def _segments(sentence: Sentence, floor: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches between commas before a verb, without what brackets or dashes enclose."""
    parts: list[tuple[int, int]] = []
    first = at = floor
    while at < end:
        low = sentence.low(at)
        paired = _PAIRED.get(low)
        close = next((i for i in range(at + 1, end) if sentence.low(i) == paired), None) if paired else None
        if close is not None:
            if low != "(":
                parts.append((first, at))
                first = close + 1
            at = close + 1
            continue
        if low in (",", ";", ":", '"', "“", "”", "–", "—") or (low == "-" and _is_dash(sentence, at)):
            parts.append((first, at))
            if low in (";", ":") or _closes_dateline(sentence, at):
                parts = []
            first = at + 1
        at += 1
    parts.append((first, end))
    return [(a, b) for a, b in parts if a < b]


def _is_dash(sentence: Sentence, at: int) -> bool:
    """Return whether a hyphen stands between spaces, as that of a dateline does: `KISUMU, Kenya - A student …`."""
    return sentence.text[sentence.words[at].end : sentence.words[at].end + 1].isspace()


def _closes_dateline(sentence: Sentence, at: int) -> bool:
    """Return whether a dash stands behind where the report was filed: `KISUMU, Kenya - `."""
    if not 0 < at < _DATELINE or sentence.low(at) not in ("-", "–", "—"):
        return False
    town = sentence.words[0]
    return sentence.text[town.start : town.end].isupper() and town.end - town.start > 2


_DATELINE = 10
"""Words that a dateline has at most."""


def _after_opener(sentence: Sentence, first: int, last: int) -> int:
    """Return the word after the last word that opens a clause, or that tells speech, of a stretch."""
    for at in range(last - 1, first - 1, -1):
        low = sentence.low(at)
        if low in SPEECH and (at == last - 1 or at > first or low.endswith("ing") or low in _SAID):
            return at + 1  # `The mayor, Jane Roe, said rebels …`
        if low in OPENERS and low not in ("following", "since", "amid"):
            return at + 1
        if low == "and" and "between" in sentence.lows[max(first, at - _BOTH) : at]:
            continue  # `stopped a bus between X and Y and abducted …`
        if low == "and" and _last_verb(sentence, at) >= first:
            return at + 1
        if low in ("and", "but") and at + 1 < last and _told_between(sentence, first, at):
            return at + 1
    return first


_SAID = frozenset({"said", "says"})


_BOTH = 6
"""Words from `between` to its `and`, at most."""


def _told_between(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether a verb of any kind is told in a stretch, so that what follows `and` has a subject of its own."""
    for at in range(first + 1, last - 1):
        low, before, after = sentence.low(at), sentence.low(at - 1), sentence.low(at + 1)
        if not (low.endswith("ed") or low in _PAST) or low in _ADJECTIVES or sentence.words[at].capital:
            continue
        subject = before.isalpha() and before not in _NO_SUBJECTS and not before.endswith("ly")
        if subject and (after in _AFTER_VERB or sentence.words[at + 1].capital or after[:1].isdigit()):
            return True
    return False


_PAST = word_set("went came met held left took saw said told gave made began won lost sent put led ran spoke flew fell")
_ADJECTIVES = word_set("armed united allied masked wounded injured based backed uniformed hundred led held made red")
_NO_SUBJECTS = AUXILIARIES | word_set(
    "the a an its their his her of by in at and or to for with from on two three four five six seven eight some other "
    "more about least than as which that who"
)
_AFTER_VERB = word_set("the a an its their his her to in on at into with over for from another several two three")


def _after_speech(sentence: Sentence, first: int, last: int) -> int:
    spoken = next((at + 1 for at in range(last - 1, first, -1) if sentence.low(at) in SPEECH), first)
    # `residents told our correspondent by telephone that fighters …`
    told = range(spoken, min(last - 1, spoken + _LISTENERS)) if spoken != first else ()
    return next((at + 1 for at in told if sentence.low(at) == "that"), spoken)


_LISTENERS = 8
"""Words between `told` and its `that`."""


def _joins_clause(sentence: Sentence, first: int, parts: list[tuple[int, int]]) -> bool:
    """Return whether a comma and `and` open a clause of its own, as a deed is told before them."""
    if sentence.low(first) not in ("and", "but") or len(parts) < 2 or parts[-2][1] != first - 1:
        return False
    before, end = parts[-2]
    if any(sentence.low(at) in SPEECH for at in range(before, end)):
        return True  # `…, officials said, and troops handed over the barracks`
    return _last_verb(sentence, end) >= before or _told_between(sentence, before, end)


def _continues_list(sentence: Sentence, first: int, last: int, parts: list[tuple[int, int]]) -> bool:
    """Return whether the last stretch ends a list: `X, Y and Z attacked` is X's deed."""
    if len(parts) < 2 or parts[-2][1] != first - 1:
        return False
    return sentence.low(first) == "and"
