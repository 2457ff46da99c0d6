"""Which triggers may tell an event of conflict, by the word lists alone: only of these the model is asked.

Most reports of a general archive hold some word of violence and tell no event of conflict: a disease that killed, a
team that was beaten. The rules that refuse them need none of the model's marks, and cost a tenth of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.extraction.accounts.assembly import told_threads
from geo.extraction.accounts.relevance import is_of_conflict, speaks_of_conflict
from geo.extraction.lexicon.lexicon import Lexicon
from geo.extraction.reading import Reading
from geo.model import Document, Mention, Recognition
from geo.vocabulary import MentionKind


def promising_triggers(document: Document, marked: Recognition, *, lexicon: Lexicon) -> Sequence[Mention]:
    """Return the triggers of a document that may tell an event of conflict, wherever it was; `marked` by word lists.

    In a text that speaks of conflict throughout, and in a short one, these are all.
    """
    triggers = marked.of_kind(MentionKind.TRIGGER)
    if not triggers:
        return ()
    reading = Reading(document, marked, lexicon)
    if speaks_of_conflict(reading):
        return triggers
    promising = {
        signal.mention
        for thread in told_threads(reading)
        if is_of_conflict(reading, thread)
        for draft in thread.drafts
        for signal in draft.happening.signals
    }
    return [trigger for trigger in triggers if trigger in promising]
