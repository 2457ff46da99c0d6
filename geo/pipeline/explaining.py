"""How one document was read: everything recognised in it, and what makes no event and why."""

from __future__ import annotations

from dataclasses import dataclass

from geo.extraction import EventReader, Refusal, refused_triggers
from geo.model import Document, Mention
from geo.pipeline.coding import load_tools
from geo.pipeline.plan import Plan
from geo.vocabulary import MentionKind


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was recognised in a document, whether or not an event came of it."""

    mentions: tuple[Mention, ...]
    """Every name, place, weapon and word for an event, in order."""
    refusals: tuple[Refusal, ...]
    """The words for events that make none, in order."""


def explain_document(document: Document, *, plan: Plan) -> Explanation:
    """Read a document once more, with all its names, and return how it was read."""
    tools = load_tools(plan)
    recognizer, lexicon = tools.recognizer, tools.lexicon
    (everything,) = recognizer.recognize([document])
    # What an ingest reads: there a report without any event of conflict has no words for events at all.
    (read,) = recognizer.recognize_events([document]) if isinstance(recognizer, EventReader) else (everything,)
    weighed = read if read.of_kind(MentionKind.TRIGGER) else everything
    return Explanation(everything.mentions, refused_triggers(document, weighed, lexicon=lexicon))
