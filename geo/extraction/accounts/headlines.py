"""Headlines: lines above the text that tell in short what it tells in full.

A headline is told apart by its form alone: a short first line without a full stop, above sentences that have one. What
it tells is held against what the text tells and fills there what is missing; only what the text does not tell again
stands for itself. Its places and days are the vaguer ones, and it says less often who says so.
"""

from __future__ import annotations

from dataclasses import replace

from geo.extraction.accounts.threads import Thread
from geo.extraction.drafts.counts import least_told
from geo.extraction.drafts.drafts import Draft
from geo.extraction.drafts.moments import Moment, Origin
from geo.extraction.happenings.signals import type_of
from geo.extraction.reading import Reading, Sentence
from geo.model import Count, Quoted, Unresolved
from geo.vocabulary import EventType

_LONGEST = 200
"""Characters of a headline."""
_MOST = 3
"""Headline, sub-title and a line of who wrote it when."""
_ENDS = (".", "!", "?", "…", '."', ".”", ".’", ".)")
_LEAD = 3
"""Happenings of the text that a headline may tell without a place, a count or a type in common."""
_VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS})


def headline_sentences(reading: Reading) -> frozenset[int]:
    """Return the numbers of the sentences that are headlines, none for a text without."""
    found: list[int] = []
    for sentence in reading.sentences[:_MOST]:
        if not _is_title(sentence):
            break
        found.append(sentence.index)
    rest = reading.sentences[len(found) : len(found) + _MOST]
    is_text = any(item.text[item.start : item.end].endswith(_ENDS) for item in rest)
    return frozenset(found if is_text else ())


def join_headline(threads: list[Thread], draft: Draft) -> None:
    """Let a headline's draft fill the happening of the text that it tells; let it stand first where there is none."""
    fitting = [(_likeness(thread, draft, place), -place, thread) for place, thread in enumerate(threads)]
    likeness, _, thread = max(fitting, key=lambda item: item[:2], default=(0.0, 0, Thread()))
    if likeness <= 0.0:
        threads.insert(0, Thread([draft]))
        return
    thread.drafts.append(
        replace(
            draft,
            where=None if thread.where is not None else draft.where,
            where_origin=Origin.NONE,
            moment=Moment(Unresolved("a headline"), Origin.NONE),
            presupposed=True,
        )
    )


def _is_title(sentence: Sentence) -> bool:
    told = sentence.text[sentence.start : sentence.end]
    following = sentence.text[sentence.end : sentence.end + 3].lstrip(" \t\r")
    return len(told) <= _LONGEST and not told.endswith(_ENDS) and following.startswith("\n")


def _likeness(thread: Thread, draft: Draft, place: int) -> float:
    """Return how much speaks for one happening, zero or less where something speaks against it."""
    types = {type_of(thread.sub_type.value), type_of(draft.sub_type.value)}
    if len(types) > 1 and not types <= _VIOLENT:
        return 0.0
    counts = [_alike(thread.killed, draft.killed), _alike(thread.injured, draft.injured)]
    doers = {actor.value.side for actor in (thread.actor1, draft.roles.actor1) if actor is not None}
    if False in counts or len(doers - {""}) > 1:
        return 0.0
    score = 1.0 if thread.sub_type.value == draft.sub_type.value else -0.7
    score += 1.5 * counts.count(True)
    if thread.where is not None and draft.where is not None:
        score += 1.0 if thread.where.toponym.text.lower() == draft.where.toponym.text.lower() else -0.5
    return score + (0.6 if place < _LEAD else 0.0)


def _alike(one: Quoted[Count] | None, other: Quoted[Count] | None) -> bool | None:
    """Return whether two counts say the same, None where one of them is missing."""
    if one is None or other is None:
        return None
    return least_told(one.value) == least_told(other.value)
