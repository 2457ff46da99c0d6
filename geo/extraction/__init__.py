"""Text to accounts of events. Knows no coordinates."""

from geo.extraction.accounts.assembly import extract_accounts, locate_trigger
from geo.extraction.accounts.refusals import Refusal, Refused, refused_triggers
from geo.extraction.homeland import at_home
from geo.extraction.language.readability import unreadable
from geo.extraction.lexicon.lexicon import Lexicon, load_lexicon
from geo.extraction.recognizers import (
    EntityFinder,
    EventReader,
    Recognizer,
    ToponymFinder,
    TriggerReader,
    load_recognizer,
)

__all__ = [
    "EntityFinder",
    "EventReader",
    "Lexicon",
    "Recognizer",
    "Refusal",
    "Refused",
    "ToponymFinder",
    "TriggerReader",
    "at_home",
    "extract_accounts",
    "load_lexicon",
    "load_recognizer",
    "locate_trigger",
    "refused_triggers",
    "unreadable",
]
