"""Verbs that tell an event only together with what stands around them: `set up … a base`, `took … captive`.

A row of data/lexicon/deeds.csv names verbs, words that must stand before them (the doer), words that must stand after
(the object; in the passive before the verb), and words that speak against it. `@name` stands for a class of
data/lexicon/word_classes.csv, `+` for both, `;` for either; `^` is a word with a capital, as names have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from geo.extraction.language.inflection import noun_forms
from geo.extraction.language.words import Found, Word, lows_of, word_set

T = TypeVar("T")

_AFTER = 9
"""Words after a verb in which its object stands."""
_BEFORE = 12
_BORDERS = word_set('. : while whereas but " “ ”')
_SAYING = word_set("said says say told tells added reported reports wrote according")
_BE = word_set("was were been being is are be got")
_HYPHENS = frozenset("-\u2010\u2011\u2013")
_NAME = "^"
_DAYS = word_set(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday"
)

Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Phrases by their first word."""


def phrases_of(phrases: Iterable[str]) -> Phrases:
    """Return phrases by their first word, each in singular and plural, without hyphens."""
    table: dict[str, set[tuple[str, ...]]] = {}
    for phrase in phrases:
        for form in noun_forms(phrase):
            key = tuple(form.replace("-", " ").split())
            table.setdefault(key[0], set()).add(key)
    return {head: tuple(sorted(keys)) for head, keys in table.items()}


@dataclass(frozen=True, slots=True)
class Deed(Generic[T]):
    """A verb with what must stand around it."""

    verb: tuple[str, ...]
    before: tuple[Phrases, ...]
    """All of them must stand before the verb; of each any phrase."""
    after: tuple[Phrases, ...]
    """All of them must stand after the verb, or before it in the passive."""
    unless: Phrases
    value: T


class DeedTable(Generic[T]):
    """Deeds by the first word of their verb. Cannot change once made."""

    def __init__(self, deeds: Iterable[Deed[T]]) -> None:
        table: dict[str, list[Deed[T]]] = {}
        for deed in deeds:
            table.setdefault(deed.verb[0], []).append(deed)
        self._table = {head: tuple(rows) for head, rows in table.items()}
        self._longest = max((len(deed.verb) for rows in self._table.values() for deed in rows), default=1)
        self._likely: dict[str, _Likely[T]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._table.values()))

    def values(self) -> Iterator[T]:
        """Yield what every deed stands for."""
        return (row.value for rows in self._table.values() for row in rows)

    def find(self, words: Sequence[Word]) -> Iterator[Found[T]]:
        """Yield the verbs among `words` whose surroundings fit, left to right; of several rows the first that fits."""
        table = self._table
        if table.keys().isdisjoint(lows_of(words)):
            return
        kept = [index for index, word in enumerate(words) if word.low not in _HYPHENS]
        lows = _without_march([words[index].low for index in kept], [words[index].capital for index in kept])
        names = frozenset(words[index].low for index in kept if words[index].capital and index) - _DAYS
        for position in [index for index, low in enumerate(lows) if low in table and not _is_noun(lows, index)]:
            around: dict[int, _Surroundings] = {}
            for deed in self._rows(lows, position):
                last = position + len(deed.verb)
                if last > position + 1 and tuple(lows[position:last]) != deed.verb:
                    continue
                if last not in around:
                    around[last] = _Surroundings(lows, position, last, names)
                if around[last].fit(deed):
                    yield Found(kept[position], kept[last - 1] + 1, deed.value)
                    break

    def _rows(self, lows: Sequence[str], position: int) -> Sequence[Deed[T]]:
        """Return the rows of the verb at a position that words around it may complete, in their order."""
        head = lows[position]
        known = self._likely.get(head)
        if known is None:
            known = self._likely[head] = _Likely(self._table[head])
        return known.among(lows[max(0, position - _BEFORE) : position + self._longest + _AFTER])


def _is_noun(lows: Sequence[str], position: int) -> bool:
    """Return whether a word that is also a verb stands behind an article: `in answer to the strike on the camp`."""
    low, before = lows[position], lows[position - 1] if position else ""
    if low == "down":
        return True  # `a rocket came down`: no verb
    return before in ("the", "a", "an", "this") and not low.endswith(("ed", "ing")) and low in _ALSO_NOUNS


_ALSO_NOUNS = word_set("strike hit raid attack assault blast storm capture seizure clash fight")


class _Likely(Generic[T]):
    """The rows of one verb by the words that their objects begin with: most verbs have a hundred, a sentence few."""

    def __init__(self, rows: Sequence[Deed[T]]) -> None:
        self._rows = rows
        self._always: list[int] = []
        """Rows that ask for no object, or for a name."""
        self._by_word: dict[str, list[int]] = {}
        for number, deed in enumerate(rows):
            if not deed.after or _NAME in deed.after[0]:
                self._always.append(number)
                continue
            for word in deed.after[0]:
                self._by_word.setdefault(word, []).append(number)

    def among(self, lows: Sequence[str]) -> Sequence[Deed[T]]:
        """Return the rows that these words may complete."""
        if self._by_word.keys().isdisjoint(lows):
            return [self._rows[number] for number in self._always]
        numbers = {number for low in lows for number in self._by_word.get(low, ())}
        return [self._rows[number] for number in sorted(numbers.union(self._always))]


class _Surroundings:
    """The words around a verb. Rows name the same classes of words over and over, so each is looked for once."""

    def __init__(self, lows: Sequence[str], first: int, last: int, names: frozenset[str]) -> None:
        ahead = _until_other_deed(_until_border(lows[last : last + _AFTER]))
        before = lows[first - 1 : first - 1 - _BEFORE : -1] if first > _BEFORE else lows[:first][::-1]
        self._behind = _until_border(before)[::-1]
        self._passive = _is_passive(lows, first, last)
        # In the passive the object stands before, and what follows a preposition stays after.
        self._room = (
            [*_of_this_clause(_after_speech(self._behind)), "|", *_before_speaker(ahead)]
            if self._passive
            else _before_speaker(ahead)
        )
        self._near = [*self._behind[-6:], "|", *lows[first:last], *ahead]
        self._names = names
        self._after: dict[int, bool] = {}
        self._before: dict[int, bool] = {}

    def fit(self, deed: Deed[T]) -> bool:
        """Return whether what must stand around the verb does, and nothing that speaks against it."""
        # Loops, not `all`: of the many rows of a common verb nearly every one ends here.
        for phrases in deed.after:
            if not self._told(phrases, self._room, self._after):
                return False
        # A passive verb may leave out who did it; a row without an object has only words before it to hold on to.
        if not (self._passive and deed.after):
            for phrases in deed.before:
                if not self._told(phrases, self._behind, self._before):
                    return False
        return not (deed.unless and _holds(deed.unless, self._near, self._names))

    def _told(self, phrases: Phrases, lows: Sequence[str], known: dict[int, bool]) -> bool:
        # By identity: the table that is asked holds every one of these as long as it is asked.
        told = known.get(id(phrases))
        if told is None:
            told = known[id(phrases)] = _holds(phrases, lows, self._names)
        return told


def _without_march(lows: list[str], capitals: Sequence[bool]) -> list[str]:
    """Return the words without the name of the month that is also a crowd on its way: `have held Bria since March`."""
    if "march" not in lows:
        return lows
    return [
        ""
        if low == "march" and capitals[index] and _is_dated(lows[index - 1 : index], lows[index + 1 : index + 2])
        else low
        for index, low in enumerate(lows)
    ]


def _is_dated(before: Sequence[str], after: Sequence[str]) -> bool:
    return any(low in _DATING or low.isdigit() for low in (*before, *after))


_DATING = word_set("since in last until till from by early late mid this next of")


def _is_passive(lows: Sequence[str], first: int, last: int) -> bool:
    if lows[first].endswith("ing"):
        return lows[first - 1 : first] == ["being"]
    if not _THEMSELVES.isdisjoint(lows[last : last + 1]):
        return False  # `was then killed himself`: the one told of before, and by whom is left open
    return any(low in _BE for low in lows[max(0, first - 3) : first]) or lows[last : last + 1] == ["by"]


_THEMSELVES = word_set("himself herself themselves itself")


def _after_speech(lows: Sequence[str]) -> Sequence[str]:
    """Return what stands behind who says it: `activists said | a man was held`."""
    last = next((index for index in range(len(lows) - 1, -1, -1) if lows[index] in _SAYING), None)
    return lows if last is None else lows[last + 1 :]


def _before_speaker(lows: Sequence[str]) -> Sequence[str]:
    """Return what stands before who says it: `… was held in the capital | , activists said`."""
    said = next((index for index, low in enumerate(lows) if low in _SAYING), None)
    if said is None:
        return lows
    comma = next((index for index in range(said, -1, -1) if lows[index] == ","), said)
    return lows[:comma]


def _until_border(lows: Sequence[str]) -> Sequence[str]:
    for index, low in enumerate(lows):
        if low in _BORDERS:
            return lows[:index]
    return lows


def _until_other_deed(lows: Sequence[str]) -> Sequence[str]:
    """Return what stands before another deed is told: `seized Halfaya | after a car bomb destroyed a checkpoint`."""
    for index, low in enumerate(lows):
        if low in _THEN and lows[index + 1 : index + 2] and lows[index + 1] in _ARTICLES:
            return lows[:index]
    return lows


def _of_this_clause(lows: Sequence[str]) -> Sequence[str]:
    """Return what stands behind the word that opens a clause: `torched a party's office after | results were told`."""
    last = next((index for index in range(len(lows) - 1, -1, -1) if lows[index] in _THEN), None)
    return lows if last is None else lows[last + 1 :]


_THEN = word_set("after when while because")
_ARTICLES = word_set("a an the their its his")


def _holds(phrases: Phrases, lows: Sequence[str], names: frozenset[str]) -> bool:
    for index, low in enumerate(() if phrases.keys().isdisjoint(lows) else lows):
        for phrase in phrases.get(low, ()):
            if len(phrase) == 1 or tuple(lows[index : index + len(phrase)]) == phrase:
                return True
    return _NAME in phrases and not names.isdisjoint(lows)
