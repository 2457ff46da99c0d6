"""One document with its sentences, words, marks, days and counts, each worked out when first asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from geo.extraction.casualties.casualties import Casualty, sentence_casualties
from geo.extraction.days.chronicles import is_full_date, is_the_month, tells_of_old
from geo.extraction.days.dates import DayMention, find_days
from geo.extraction.language.backers import only_backs
from geo.extraction.language.clauses import SPEECH, clause_numbers
from geo.extraction.language.sentences import is_lower_case, split_sentences
from geo.extraction.language.speakers import find_speakers
from geo.extraction.language.words import Found, Lows, Positions, SentenceWords, is_past_form, sentence_words, word_set
from geo.extraction.lexicon.lexicon import Country, Cue, Lexicon
from geo.model import Document, Mention, Recognition
from geo.vocabulary import MentionKind

_COUNTRY_WITHIN = 20_000
"""Characters from which the country of a document is told."""
_OPENING_SENTENCES = 3
"""Sentences, headlines included, that may open with where and when a report was filed."""
_SOON = 31
"""Days after which a report that was filed earlier is published at most."""
_DATELINE = 8
"""Words before the day in them."""
_DASHES = frozenset({"-", "–", "—", "--", ":", ")", "("})
_SUPERLATIVES = word_set("deadliest bloodiest worst biggest heaviest fiercest")


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence and everything marked in it."""

    index: int
    start: int
    end: int
    reading: Reading

    @cached_property
    def text(self) -> str:
        """The text of the whole document; offsets are into it."""
        return self.reading.document.text

    @cached_property
    def words(self) -> SentenceWords:
        """Its words in order."""
        return sentence_words(self.text, self.start, self.end)

    @cached_property
    def lows(self) -> list[str]:
        """Its words in lower case."""
        return self.words.lows

    @cached_property
    def trigger_positions(self) -> frozenset[int]:
        """The positions of the first words of its triggers."""
        return frozenset(self.at(mention.start) for mention in self.of_kind(MentionKind.TRIGGER))

    @cached_property
    def actor_positions(self) -> frozenset[int]:
        """The positions of the words that name actors."""
        return frozenset(
            at
            for mention in self.of_kind(MentionKind.ACTOR)
            for at in range(self.at(mention.start), self.at(mention.end - 1) + 1)
        )

    @cached_property
    def toponym_positions(self) -> frozenset[int]:
        """The positions of the first words of its names of places."""
        return frozenset(self.at(mention.start) for mention in self.of_kind(MentionKind.TOPONYM))

    @cached_property
    def day_ranges(self) -> dict[int, tuple[int, int]]:
        """The first and the last word of the words for a day, by the position of each of them."""
        spans = [(self.at(day.start), self.at(day.end - 1)) for day in self.days]
        return {at: span for span in spans for at in range(span[0], span[1] + 1)}

    @cached_property
    def past_verbs(self) -> list[int]:
        """The positions of its triggers that have the form of a past tense or participle, in order."""
        marks = self.of_kind(MentionKind.TRIGGER)
        return [self.at(m.start) for m in marks if is_past_form(m.text.split(maxsplit=1)[0].lower())]

    @cached_property
    def clauses(self) -> list[int]:
        """The number of the clause of each word."""
        return clause_numbers(self.words)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The marks that start in it."""
        return self.reading.mentions_between(self.start, self.end)

    @cached_property
    def every_day(self) -> tuple[DayMention, ...]:
        """The words for days in it."""
        return find_days(self.text, self.start, self.end, published=self.reading.filed)

    @cached_property
    def days(self) -> tuple[DayMention, ...]:
        """The words for days in it, less the day on which it was filed: `LAGOS, 3 May 2014 — …`."""
        days = (day for day in self.every_day if not self._is_of_filing(day))
        return tuple(
            replace(day, kind="at") if day.kind == "past" and self.reading.is_entry(day) else day for day in days
        )

    def day_of_filing(self, published: date) -> date | None:
        """Return the single day on which the report says that it was filed, None where it opens with none."""
        if _DASHES.isdisjoint(self.lows):
            return None
        told = find_days(self.text, self.start, self.end, published=published)
        named = [day.days for day in told if day.kind == "at" and day.days is not None and self._is_of_filing(day)]
        return named[0].start if named and named[0].start == named[0].end else None

    def _is_of_filing(self, day: DayMention) -> bool:
        first, last = self.at(day.start), self.at(day.end - 1)
        if self.index >= _OPENING_SENTENCES or not 0 < first <= _DATELINE or self.low(last + 1) not in _DASHES:
            return False
        before = self.words[:first]
        return all(word.capital or word.is_mark for word in before) and any(word.capital for word in before)

    @cached_property
    def casualties(self) -> tuple[Casualty, ...]:
        """The counts of people killed or injured in it; the number of a day counts nobody."""
        told = sentence_casualties(self.text, self.start, self.end)
        dated = (
            {at for day in self.every_day for at in range(self.at(day.start), self.at(day.end - 1) + 1)} if told else ()
        )
        return tuple(item for item in told if item.first not in dated)

    @cached_property
    def cues(self) -> tuple[Found[Cue], ...]:
        """Words in it that change how the report stands to an event; none is part of an actor's name."""
        found = self.reading.lexicon.cues.find(self.text, self.words, cased=False)
        # Words of a model's mark may be more than a name: the `suspected of` of `nine men suspected of killing`.
        names = self.actor_positions
        free = (cue for cue in found if cue.first not in names or (cue.last - cue.first > 1 and cue.last - 1 in names))
        return tuple(cue for cue in free if not is_the_month(self.words, cue.first))

    @cached_property
    def speakers(self) -> tuple[tuple[int, int], ...]:
        """The spans of words `[first, last)` that name who says something in it."""
        return find_speakers(self.words, cased=self.reading.cased)

    @property
    def compares(self) -> bool:
        """Whether it sets an event against what came before: `the deadliest strike since the war began`."""
        return any(word.low in _SUPERLATIVES for word in self.words)

    def is_speaking(self, offset: int) -> bool:
        """Return whether the word at an offset belongs to the name of who says something."""
        position = self.at(offset)
        return any(first <= position < last for first, last in self.speakers)

    @cached_property
    def _by_kind(self) -> dict[MentionKind, list[Mention]]:
        marks: dict[MentionKind, list[Mention]] = {}
        for mention in self.mentions:
            marks.setdefault(mention.kind, []).append(mention)
        return marks

    def of_kind(self, kind: MentionKind) -> Sequence[Mention]:
        """Return its marks of one kind, in order."""
        return self._by_kind.get(kind, ())

    @cached_property
    def at(self) -> Callable[[int], int]:
        """The position of the word that covers, or first follows, an offset; the same few are asked for again."""
        return Positions(word.start for word in self.words).__getitem__

    @cached_property
    def low(self) -> Callable[[int], str]:
        """A word in lower case by its position, empty outside the sentence; rules ask for some hundred a sentence."""
        return Lows(enumerate(self.lows)).__getitem__

    def clause_at(self, offset: int) -> int:
        """Return the clause of the word at an offset."""
        return self.clauses[self.at(offset)] if self.words else 0


_AIRBORNE = word_set(
    "air airstrike airstrikes strike strikes raid raids planes jets warplanes aircraft drone drones bombing"
)
_ACTS = word_set("has had is was began did will would sent gave put took holds held wants")


def _acts(following: str) -> bool:
    """Return whether the word after a country's name makes it a party, not a place: `Russia offered`, `Turkey's`."""
    return following in _ACTS or following == "'s" or (following.endswith("ed") and len(following) > 4)


@dataclass(frozen=True, eq=False)
class Reading:
    """A document as extraction sees it."""

    document: Document
    recognition: Recognition
    lexicon: Lexicon

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Its sentences in order."""
        spans = split_sentences(self.document.text)
        return [Sentence(index, start, end, self) for index, (start, end) in enumerate(spans)]

    @cached_property
    def filed(self) -> date | None:
        """The day from which `Tuesday` counts: that of its dateline, where it was published soon after."""
        published = self.document.published
        if published is None:
            return None
        days = (sentence.day_of_filing(published) for sentence in self.sentences[:_OPENING_SENTENCES])
        found = next((day for day in days if day is not None), None)
        return found if found is not None and 0 < (published - found).days <= _SOON else published

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self.recognition.mentions]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def cased(self) -> bool:
        """Whether upper case tells anything in it."""
        return not is_lower_case(self.document.text)

    @cached_property
    def links(self) -> dict[Mention, tuple[Mention, ...]]:
        """The places that the recogniser itself linked to a trigger."""
        return {link.trigger: link.places for link in self.recognition.links}

    @cached_property
    def weapon_types(self) -> frozenset[str]:
        """The sub-event types that weapons named anywhere in the document speak for."""
        marks = self.recognition.of_kind(MentionKind.WEAPON)
        known = (self.lexicon.weapons.get(mark.text) for mark in marks)
        return frozenset(weapon.sub_event_type for weapon in known if weapon is not None)

    @cached_property
    def signed(self) -> frozenset[int]:
        """The numbers of the sentences with a sign of conflict: an actor, a weapon, or people harmed."""
        kinds = (MentionKind.ACTOR, MentionKind.WEAPON)
        marked = {self.sentence_at(mention.start).index for kind in kinds for mention in self.recognition.of_kind(kind)}
        return frozenset(marked | {sentence.index for sentence in self.sentences if sentence.casualties})

    def is_entry(self, day: DayMention) -> bool:
        """Return whether a day dates an entry of a chronicle, and is no history told beside the news."""
        return is_full_date(day) and self.is_chronicle

    @cached_property
    def is_chronicle(self) -> bool:
        """Whether it tells of days long back, entry by entry."""
        return tells_of_old((sentence.start, sentence.every_day) for sentence in self.sentences)

    def mentions_between(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return the marks that start in `[start, end)`."""
        first, last = bisect_left(self._mention_starts, start), bisect_left(self._mention_starts, end)
        return self.recognition.mentions[first:last]

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that covers, or last starts before, an offset."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    @cached_property
    def country(self) -> Country | None:
        """The country that the document speaks of most, for `the army` and `rebels`; None without a clear one.

        Its name, a force of it, and a listed group of it count; `Russian nurses` alone says nothing of where.
        """
        text = self.document.text
        words = SentenceWords(word for one in self.sentences if one.start < _COUNTRY_WITHIN for word in one.words)
        told: Counter[str] = Counter()
        found = list(self.lexicon.forces.find(text, words, cased=self.cased))
        # Who flies over a country does not tell which one it is.
        forces = {force.first for force in found if not _AIRBORNE & set(force.value.word.split())}
        owned = {force.first for force in found}
        for name in self.lexicon.countries.find(text, words, cased=self.cased):
            following = words[name.last].low if name.last < len(words) else ""
            # Whose troops they are (`US troops`) is not yet where they are.
            acts = only_backs(words, name.first) or following in SPEECH or _acts(following) or name.last in owned
            told[name.value.code] += (following == "'s") if acts else 2
        for demonym in self.lexicon.demonyms.find(text, words, cased=self.cased):
            told[demonym.value.code] += demonym.last in forces and not only_backs(words, demonym.first)
        for group in self.lexicon.actors.find(text, words, cased=self.cased):
            weight = 2 if group.value.side not in ("government", "") else 1
            told[group.value.country] += 0 if only_backs(words, group.first) else weight
        del told[""]
        ranked = told.most_common(2)
        if not ranked or not ranked[0][1] or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return self.lexicon.country_of(ranked[0][0])
