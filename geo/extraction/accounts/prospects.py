"""Which triggers may tell an event of conflict, by the word lists alone: only of these the model is asked.

Most reports of a general archive hold some word of violence and tell no event of conflict: a disease that killed, a
team that was beaten. The rules that refuse them need none of the model's marks, and cost a tenth of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.accounts.assembly import told_threads
from geo.extraction.accounts.relevance import is_of_conflict, is_short, speaks_of_conflict
from geo.extraction.drafts.drafts import news_of
from geo.extraction.happenings.happenings import signals_of
from geo.extraction.lexicon.lexicon import Lexicon
from geo.extraction.reading import Reading
from geo.model import Document, Mention, Recognition
from geo.vocabulary import MentionKind


def promising_triggers(document: Document, marked: Recognition, *, lexicon: Lexicon) -> Sequence[Mention]:
    """Return the triggers of a document that may tell an event of conflict, wherever it was; `marked` by word lists.

    In a text that speaks of conflict throughout these are all that tell news; in a short one all, where sorting them
    would cost more than asking.
    """
    triggers = marked.of_kind(MentionKind.TRIGGER)
    if not triggers:
        return ()
    reading = Reading(document, marked, lexicon)
    if is_short(reading):
        return triggers
    refused = _no_news(reading) if speaks_of_conflict(reading) else set(triggers) - _of_conflict(reading)
    return [trigger for trigger in triggers if trigger not in refused]


def _no_news(reading: Reading) -> set[Mention]:
    """Return the triggers that tell a plan, a wish or history; one that lacks a name beside it may yet get one."""
    refused: set[Mention] = set()
    for sentence in reading.sentences:
        if sentence.of_kind(MentionKind.TRIGGER):
            refused |= {signal.mention for signal in signals_of(sentence)}
            refused -= {signal.mention for told in news_of(sentence, None) for signal in told.happening.signals}
    return refused


def _of_conflict(reading: Reading) -> set[Mention]:
    drafts = (draft for thread in told_threads(reading) if is_of_conflict(reading, thread) for draft in thread.drafts)
    return {signal.mention for draft in drafts for signal in draft.happening.signals}
