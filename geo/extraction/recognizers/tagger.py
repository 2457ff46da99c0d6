"""The learned recogniser, the default: names and places of events by the model, words for events by the lexicon.

The model marks names of places, says for each trigger where its event happened, and adds actors, victims, targets and
weapons that the word lists do not know. What a trigger means stays with the word lists, which people can read and
correct.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from geo.extraction.accounts.prospects import promising_triggers
from geo.extraction.language.readability import unreadable
from geo.extraction.language.sentences import split_sentences
from geo.extraction.language.words import word_set
from geo.extraction.lexicon.lexicon import Lexicon
from geo.extraction.recognizers import ToponymFinder
from geo.extraction.recognizers.choice import (
    PlaceChoice,
    chosen_names,
    chosen_places,
    datelines,
    gazetteer_lists,
    under_fire,
)
from geo.extraction.recognizers.decoding import Span
from geo.extraction.recognizers.entities import EntityReader
from geo.extraction.recognizers.model import LinkedPlaces, Tagged, TaggerModel
from geo.extraction.recognizers.rules import RulesRecognizer
from geo.model import Document, Link, Mention, Recognition
from geo.vocabulary import MentionKind

FOLDER = "tagger"
"""Folder of the weights below `data/models`."""
_KINDS = {
    "actor": MentionKind.ACTOR,
    "victim": MentionKind.TARGET,
    "target": MentionKind.TARGET,
    "weapon": MentionKind.WEAPON,
}
"""What the model's further labels add to the word lists; their `Mention.label` stays empty."""

_SENTENCES_BEFORE = 3
"""Sentences before a trigger in which the place of its event may have been named: assembly looks back as far."""

Triggers = Sequence[tuple[int, int]]


def load_tagger(
    models: Path, *, lexicon: Lexicon, find_toponyms: ToponymFinder, threads: int | None = None
) -> TaggerRecognizer:
    """Return the tagger of `data/models`; ConfigurationError where its files are missing.

    A name that `find_toponyms` lists stands with less certainty of the model than one that it does not.
    """
    return TaggerRecognizer(TaggerModel(models / FOLDER, threads=threads), lexicon, find_toponyms)


class TaggerRecognizer:
    """Marks by the learned tagger together with the word lists."""

    def __init__(self, model: TaggerModel, lexicon: Lexicon, find_toponyms: ToponymFinder) -> None:
        self.model = model
        self._lexicon = lexicon
        self._listed = gazetteer_lists(find_toponyms)
        self._rules = RulesRecognizer(lexicon, _no_toponyms)
        self._entities = EntityReader(model)

    def recognize(self, documents: Sequence[Document]) -> list[Recognition]:
        """Return one recognition a document, in the same order, with a link for every trigger."""
        return self._recognitions(documents, [None] * len(documents))

    def recognize_events(self, documents: Sequence[Document]) -> list[Recognition]:
        """Return recognitions for reading events: names are marked where events may be told, and not far from there.

        A report of which no word tells an event of conflict is not put through the model at all, nor are stretches of
        a long one that lie several sentences from any such word; its opening always is, since it says where it was
        written. Triggers that tell none by the word lists have no link; a report of such alone has no trigger.
        """
        return self._recognitions(documents, [None] * len(documents), far=False)

    def recognize_entities(self, documents: Sequence[Document]) -> list[list[Mention]]:
        """Return the locations and organisations of each document, wider than names; none of one that is not read."""
        texts = ["" if unreadable(document) else document.text for document in documents]
        return [
            [replace(_mention(text, span, MentionKind.ENTITY), label=span.label) for span in spans]
            for text, spans in zip(texts, self._entities.read(texts), strict=True)
        ]

    def recognize_given(self, documents: Sequence[Document], triggers: Sequence[Triggers]) -> list[Recognition]:
        """Return recognitions whose links are those of the given triggers, half-open spans of each document.

        A place may lie anywhere near the trigger, not in its sentence alone: texts with a given trigger are short.
        """
        return self._recognitions(documents, triggers)

    def _recognitions(
        self, documents: Sequence[Document], given: Sequence[Triggers | None], *, far: bool = True
    ) -> list[Recognition]:
        listed = self._rules.recognize(documents)
        own = [
            self._triggers(document, recognition, far=far) if spans is None else spans
            for document, recognition, spans in zip(documents, listed, given, strict=True)
        ]
        # What the rules refuse to read (another language, no words) the model is not asked to read either.
        texts = [
            document.text if triggers or (far and (recognition.mentions or not unreadable(document))) else ""
            for document, recognition, triggers in zip(documents, listed, own, strict=True)
        ]
        wide = any(spans is not None for spans in given)
        read = None if far else [_near(text, triggers) for text, triggers in zip(texts, own, strict=True)]
        tagged = self.model.tag(texts, triggers=own, wide=wide, read=read)
        return [
            _composed(
                document.text,
                recognition if far or triggers else _untold(recognition),
                marks,
                self._names(document.text, marks),
                choice=self.model.card.places,
                snap=not wide,
            )
            for document, recognition, triggers, marks in zip(documents, listed, own, tagged, strict=True)
        ]

    def _triggers(self, document: Document, listed: Recognition, *, far: bool) -> Triggers:
        """Return the triggers to ask of: with `far` all, else those that may tell an event."""
        marks: Sequence[Mention] = listed.of_kind(MentionKind.TRIGGER)
        if not far:
            marks = promising_triggers(document, listed, lexicon=self._lexicon)
        return [(mention.start, mention.end) for mention in marks]

    def _names(self, text: str, tagged: Tagged) -> list[Span]:
        candidates = [span for span in tagged.spans if span.label == "toponym"]
        choice = self.model.card.names["toponym"]
        candidates += under_fire(text, listed=self._listed, choice=choice)
        return chosen_names(text, candidates, listed=self._listed, choice=choice)


def _untold(listed: Recognition) -> Recognition:
    """Return marks without the triggers, where none of them tells an event: nobody has to weigh them again."""
    return replace(listed, mentions=tuple(one for one in listed.mentions if one.kind is not MentionKind.TRIGGER))


def _near(text: str, triggers: Triggers) -> Triggers:
    """Return the stretches of a text around triggers, apart and in order: sentences before each, and the opening."""
    if not triggers:
        return []
    sentences = split_sentences(text)
    starts = [start for start, _ in sentences]
    stretches = [(0, sentences[0][1])]
    for start, end in sorted(triggers):
        at = max(0, bisect_right(starts, start) - 1)
        low = sentences[max(0, at - _SENTENCES_BEFORE)][0]
        if low <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((low, end))
    return stretches


def _no_toponyms(text: str) -> Sequence[Mention]:
    return ()


def _composed(
    text: str, listed: Recognition, tagged: Tagged, names: Sequence[Span], *, choice: PlaceChoice, snap: bool
) -> Recognition:
    """Join the marks of the word lists and of the model; where they overlap, the word lists' stand."""
    mentions = list(listed.mentions)
    actors = [(mention.start, mention.end) for mention in listed.of_kind(MentionKind.ACTOR)]
    arms = {(mention.start, mention.end) for mention in listed.of_kind(MentionKind.WEAPON)}  # `drones` are nobody
    # The Syria of `Syrian Democratic Forces` is no place.
    toponyms = [_mention(text, span, MentionKind.TOPONYM) for span in _free(names, actors)]
    # Nobody acts in a dateline: neither the Abuja nor the `ABUJA - Police` of `ABUJA - Police fired …`.
    written_at = datelines(text)
    for label, kind in _KINDS.items():
        taken = [(mention.start, mention.end) for mention in mentions if mention.kind is kind]
        taken += [(mention.start, mention.end) for mention in toponyms]
        taken += written_at
        told = (span for span in tagged.spans if span.label == label and (span.start, span.end) not in arms)
        spans = [span for span in (_without_ending(text, span) for span in told) if span.end > span.start]
        mentions += [_mention(text, span, kind) for span in _free(spans, taken)]
    triggers = {(mention.start, mention.end): mention for mention in listed.of_kind(MentionKind.TRIGGER)}
    starts = [mention.start for mention in toponyms]
    further: dict[Mention, None] = {}
    links = []
    for linked in tagged.links:
        chosen = chosen_places(text, linked.places, choice=choice, apart_from=written_at)
        places = [_mention(text, span, MentionKind.TOPONYM) for span in chosen]
        if snap:
            places = [_snapped(place, toponyms, starts) for place in places]
            further |= dict.fromkeys(places)
        links.append(_link(text, linked, triggers.get(linked.trigger), tuple(dict.fromkeys(places))))
    ordered = sorted(
        [*mentions, *(dict.fromkeys(toponyms) | further)], key=lambda mention: (mention.start, mention.end)
    )
    return replace(listed, mentions=tuple(ordered), links=tuple(links))


_LITTLE = word_set("the a an of in at on by to and or its his her their our this that these those some one two s")


def _without_ending(text: str, span: Span) -> Span:
    """Return a mark without the little words that it ends with: `factions of the`; empty where it holds no others."""
    words = list(_WORD.finditer(text, span.start, span.end))
    while words and (words[-1][0].lower() in _LITTLE or not words[-1][0][-1].isalnum()):
        words.pop()
    return replace(span, end=words[-1].end() if words else span.start)


_WORD = re.compile(r"\S+")


def _mention(text: str, span: Span, kind: MentionKind) -> Mention:
    return Mention(span.start, span.end, text[span.start : span.end], kind, score=span.score)


def _free(spans: Iterable[Span], taken: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Yield the spans that overlap none of the taken stretches; linear, both in order of their starts."""
    stretches = iter(sorted(taken))
    stretch = next(stretches, None)
    for span in sorted(spans):
        while stretch is not None and stretch[1] <= span.start:
            stretch = next(stretches, None)
        if stretch is None or span.end <= stretch[0]:
            yield span


def _snapped(place: Mention, toponyms: Sequence[Mention], starts: Sequence[int]) -> Mention:
    """Return the toponym that a linked span overlaps, so that both name one place; else the span itself."""
    at = bisect_right(starts, place.start)
    near = toponyms[max(0, at - 1) : at + 1]
    return next((mention for mention in near if mention.start < place.end and place.start < mention.end), place)


def _link(text: str, linked: LinkedPlaces, trigger: Mention | None, places: tuple[Mention, ...]) -> Link:
    start, end = linked.trigger
    score = min((place.score for place in places), default=1.0)
    return Link(trigger or Mention(start, end, text[start:end], MentionKind.TRIGGER), places, score)
