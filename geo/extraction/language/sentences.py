"""Sentences of dirty text, as spans of offsets; time linear in the length of the text.

Copes with tokenised wire style (`said . " You ca n't`), with text without capitals, with hard-wrapped lines, and with
text that never ends a sentence: a sentence longer than `LONGEST` characters is cut at the last space before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from geo.extraction.language.words import word_set

LONGEST = 1000
"""Characters: longer than sentences of news get, short enough that the work on one sentence stays bounded."""

_KEPT = 50_000
"""Characters: the sentences of texts up to this length are kept, since every step of reading asks for them."""

_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)|[؟。！？]|\n[^\S\n]*\n\s*|\n")
_ABBREVIATIONS = word_set(
    "mr mrs ms dr st gen lt col maj capt sgt cpl adm brig cmdr gov sen rep pres prof rev hon jr sr vs etc no nos "
    "dept jan feb mar apr jun jul aug sep sept oct nov dec approx est inc ltd co corp ft mt km al ca u.s u.n u.k "
    "e.g i.e a.m p.m ret supt insp fr"
)
_LAST_WORD = re.compile(r"(\S+)\s*$")
_LOOK_BACK = 24
_WRAPPED = 55
"""A line at least this long that ends without a mark was wrapped, not finished."""
_TITLE, _ROOM = 200, 40
"""Characters of a headline, and more than lines of wrapped text differ by."""


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a text, in order, without the space around them."""
    return list(_kept_spans(text) if len(text) <= _KEPT else _spans(text))


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    lower = is_lower_case(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for end, following in _ends(text, lower=lower):
        spans.extend(_pieces(text, start, end))
        start = following
    spans.extend(_pieces(text, start, len(text)))
    return tuple(spans)


_kept_spans = lru_cache(maxsize=64)(_spans)


def is_lower_case(text: str) -> bool:
    """Return whether a text has lost its case, all lower or all upper, so that case tells nothing in it."""
    return _is_lower_case(text[:20_000])


@lru_cache(maxsize=64)
def _is_lower_case(text: str) -> bool:
    told = Counter(text)
    upper = sum(count for character, count in told.items() if character.isupper())
    lower = sum(count for character, count in told.items() if character.islower())
    return upper + lower > 0 and (upper < 0.004 * lower or lower < 0.1 * upper)


def _ends(text: str, *, lower: bool) -> Iterator[tuple[int, int]]:
    line = 0
    for match in _END.finditer(text):
        mark = match.group()
        if mark[0] == "\n":
            if mark.count("\n") > 1 or _line_is_done(text, line, match.start()):
                yield match.start(), match.end()
            line = match.end()
        elif mark[0] != "." or _is_full_stop(text, match, lower=lower):
            yield match.end(), match.end()


def _line_is_done(text: str, start: int, end: int) -> bool:
    line = text[start:end].rstrip()
    if not line or line[-1] in ".!?:;\"”’'" or len(line) < _WRAPPED:
        return True
    # A line that is followed by one with room for more was broken on purpose: a headline above its text.
    following = text[end + 1 : end + 2 + _ROOM + len(line)].split("\n", 1)[0]
    return len(line) <= _TITLE and len(following) > len(line) + _ROOM


def _is_full_stop(text: str, match: re.Match[str], *, lower: bool) -> bool:
    following = text[match.end() : match.end() + 4].lstrip(" \t\n\"“‘'([")
    if following[:1].islower() and not lower:
        return False
    word = _LAST_WORD.search(text, max(0, match.start() - _LOOK_BACK), match.start())
    if word is None or len(match.group()) > 1:
        return True
    last = word.group(1).strip("\"“”'’()[],")
    if last.lower().rstrip(".") in _ABBREVIATIONS:
        return False
    if len(last) == 1 and last.isalpha() and not lower:
        return False
    return not (last.lower() == "p" or (lower and following[:1].isdigit() and last.isdigit()))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield start, cut
        start = cut + 1 if text[cut : cut + 1] == " " else cut
    if end > start:
        yield start, end
