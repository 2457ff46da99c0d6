"""Names of places in running text: a scan for the longest names that the gazetteer knows.

This is what a recogniser without a learned model has. It looks only at whole words, only where a name could begin,
and leaves out what is more likely a person, an ordinary word or a demonym.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from geo.model import Mention
from geo.places.compilation import NameRank
from geo.places.cues import LOCATIVE, PLACE_NOUNS, TITLES
from geo.places.index import Index
from geo.places.names import fold
from geo.places.wordlists import Wordlists
from geo.vocabulary import MentionKind

LONGEST = 6
"""Words in the longest name looked for."""
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ\-][^\W_]+)*")
_GAP = re.compile(r"[ \t\u00a0]{1,2}|\.? |-|\n(?! *\n)|/")
_CELEBRATED = frozenset(("country", "admin1", "continent", "territory", "sea"))
_CODE = re.compile(r"[A-Z]{2,3}\Z")


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    capital: bool
    opens: bool
    """First of its sentence."""


@dataclass(frozen=True, slots=True)
class _Found:
    first: int
    last: int
    key_number: int
    score: float


class ToponymScan:
    """The scan over one index."""

    def __init__(self, index: Index, wordlists: Wordlists) -> None:
        self._index = index
        self._lists = wordlists

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the names of places in a text, ordered by start; none overlap."""
        words = _words(text)
        lower = frozenset(word.text for word in words if word.text.islower())
        cased = _is_cased(words)
        if not cased:
            words = [replace(word, capital=False) for word in words]
        found: list[_Found] = []
        at = 0
        while at < len(words):
            hit = self._longest(text, words, at, cased=cased)
            if hit is None:
                at += 1
                continue
            found.append(hit)
            at = hit.last + 1
        return tuple(self._kept(text, words, found, lower=lower, cased=cased))

    def _longest(self, text: str, words: Sequence[_Word], at: int, *, cased: bool) -> _Found | None:
        if cased and not words[at].capital:
            return None
        reach = at
        while reach + 1 < min(len(words), at + LONGEST) and _GAP.fullmatch(
            text, words[reach].end, words[reach + 1].start
        ):
            reach += 1
        for last in range(reach, at - 1, -1):
            if cased and not words[last].capital:
                continue
            key = fold(text[words[at].start : words[last].end])
            number = self._index.key_number(key) if key else -1
            if number >= 0 and key not in self._lists.demonyms:
                return _Found(at, last, number, 0.0)
        return None

    def _kept(
        self, text: str, words: Sequence[_Word], found: Sequence[_Found], *, lower: frozenset[str], cased: bool
    ) -> list[Mention]:
        scored = [
            (hit, self._score(text, words, hit, following, lower=lower, cased=cased))
            for hit, following in zip(found, [*found[1:], None][: len(found)], strict=True)
        ]
        sure = {hit.key_number for hit, score in scored if score >= 0.7}
        kept = []
        for hit, score in scored:
            if score >= 0.5 or (hit.key_number in sure and score >= 0.3):
                start, end = words[hit.first].start, words[hit.last].end
                start = _without_the(text, start, end)
                kept.append(Mention(start, end, text[start:end], MentionKind.TOPONYM, score=round(max(score, 0.5), 3)))
        return kept

    def _score(
        self,
        text: str,
        words: Sequence[_Word],
        hit: _Found,
        following: _Found | None,
        *,
        lower: frozenset[str],
        cased: bool,
    ) -> float:
        """Return how sure it is that this is a place, in [0, 1]: rules of thumb that add up."""
        first, last = words[hit.first], words[hit.last]
        before = words[hit.first - 1] if hit.first and not first.opens else None
        after = words[hit.last + 1] if hit.last + 1 < len(words) and not words[hit.last + 1].opens else None
        score = self._notability(hit.key_number)
        if before is not None and before.text.lower() in LOCATIVE:
            score += 0.25
        follows = following is not None and following.first == hit.last + 1
        if follows and text[last.end : words[hit.last + 1].start].strip() == ",":
            score += 0.25
        if before is not None and hit.first and text[words[hit.first - 1].end : first.start].strip() == ",":
            score += 0.1
        if after is not None and after.text.lower() in PLACE_NOUNS:
            score += 0.2
        if hit.first == hit.last:
            score -= self._single_word_doubt(text, first, before, after, lower=lower)
        else:
            score += 0.2
        if not cased:
            score -= 0.15
        return max(0.0, min(1.0, score))

    def _notability(self, key_number: int) -> float:
        index = self._index
        best = 0.0
        for one in index.postings(key_number):
            people = index.population[one.number]
            value = 0.35 if people < 5_000 else 0.45 if people < 30_000 else 0.55 if people < 300_000 else 0.7
            kind = index.kind_name(one.number)
            if kind in _CELEBRATED:
                value = 0.75
            elif kind not in ("city", "town", "village", "admin2"):
                value = max(value, 0.65)
            if one.rank is NameRank.WEAK:
                value -= 0.45
            elif one.rank is not NameRank.MAIN and value < 0.75:
                value -= 0.05
            best = max(best, value)
        return best

    def _single_word_doubt(
        self, text: str, word: _Word, before: _Word | None, after: _Word | None, *, lower: frozenset[str]
    ) -> float:
        key = fold(word.text)
        doubt = 0.0
        if key in self._lists.ordinary:
            doubt += 0.7
        elif word.text.lower() in lower:
            doubt += 0.4
        if _CODE.match(word.text) and not word.text.startswith(("US", "UK", "UA")):
            doubt += 0.35
        if len(key) <= 2 and key not in ("us", "uk"):
            doubt += 0.4
        if before is not None and _adjoin(text, before, word):
            name = fold(before.text)
            if name in TITLES or name in self._lists.persons:
                doubt += 0.5
            elif before.capital and not before.opens and name not in self._lists.ordinary:
                doubt += 0.25
        if after is not None and after.capital and _adjoin(text, word, after):
            if key in self._lists.persons:
                doubt += 0.5
            elif after.text.lower() not in PLACE_NOUNS:
                doubt += 0.2
        elif key in self._lists.persons:
            doubt += 0.15
        return doubt


def _adjoin(text: str, first: _Word, second: _Word) -> bool:
    return text[first.end : second.start].strip(" .") == ""


def _words(text: str) -> list[_Word]:
    found = list(_WORD.finditer(text))
    words: list[_Word] = []
    previous = 0
    for match in found:
        between = text[previous : match.start()]
        opens = not words or bool(re.search(r"[.!?:\n\"“”]", between)) and words[-1].text.lower() not in TITLES
        previous = match.end()
        word = match.group()
        # Scripts without case have no capitals: every word may begin a name.
        capital = word[0].isupper() or word[0].isalpha() and word[0].lower() == word[0].upper() or _articled(word)
        words.append(_Word(match.start(), match.end(), word, capital, opens))
    return words


def _articled(word: str) -> bool:
    head, _, tail = word.partition("-")
    return bool(tail) and tail[0].isupper() and head.islower() and len(head) <= 3


def _is_cased(words: Sequence[_Word]) -> bool:
    """Whether capitals mean anything in this text: not where there are none, or nothing else."""
    lettered = [word for word in words if word.text[0].isalpha()]
    if len(lettered) < 4:
        return any(word.capital for word in lettered)
    share = sum(word.capital for word in lettered) / len(lettered)
    return share > 0.0 and (share < 0.9 or not all(one.text.isupper() for one, _ in pairwise(lettered)))


def _without_the(text: str, start: int, end: int) -> int:
    return start + 4 if text[start : start + 4].lower() == "the " and end - start > 6 else start
